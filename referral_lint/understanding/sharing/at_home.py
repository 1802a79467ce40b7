"""Does the draft tell a reader who must know it who lives in the home? Social care asks so of every family: it is never surplus there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from referral_lint.facts import facts
from referral_lint.model import Span
from referral_lint.understanding import agencies
from referral_lint.understanding.harm_done import ways
from referral_lint.understanding.purposes import DANGER

if TYPE_CHECKING:
    from referral_lint.understanding.draft import Draft

_DATA = facts("at_home.yaml")
_LIVES_THERE = ways(_DATA["ways"], _DATA["words"])
_READER, _ASKED_OF = "children's social care", DANGER | {"child_in_need", "early_help"}
_OF_THE_FAMILY = frozenset({"family_history", "third_parties", "housing", "location_safety", "identifiers_adult"})


def tells_who_lives_there(draft: Draft, span: Span) -> bool:
    """Do the words say that, to a reader who asks for it, and nothing else that is private?"""
    if not any(draft.has(way, span) for way in _LIVES_THERE) or not _must_know(draft):
        return False
    return not any(
        fact.category not in _OF_THE_FAMILY
        for fact in draft.private_facts
        if fact.clause.start < span.end and span.start < fact.clause.end
    )


def _must_know(draft: Draft) -> bool:
    if any(p.id in _ASKED_OF for p in draft.purposes) or any(r.agency == _READER for r in draft.recipients):
        return True
    named = draft.statement("recipient").span  # `MASH REFERRAL` in a title
    return named is not None and agencies.sector(draft.words(named)) == _READER
