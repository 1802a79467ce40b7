"""Whose information of which category the draft shares, against what the purpose needs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from referral_lint.model import Sharing, Span
from referral_lint.understanding.harm_done import takings, tells_of_harm
from referral_lint.understanding.sharing.at_home import tells_who_lives_there
from referral_lint.understanding.sharing.found import Fact, private_facts
from referral_lint.understanding.sharing.reasons import is_asked_for, is_explained

if TYPE_CHECKING:
    from referral_lint.understanding.draft import Draft

__all__ = [
    "Fact",
    "find",
    "is_asked_for",
    "is_explained",
    "private_facts",
    "takings",
    "tells_of_harm",
    "tells_who_lives_there",
]


def find(draft: Draft) -> tuple[Sharing, ...]:
    rows: dict[tuple[str, str, str, bool], list[Span]] = {}
    for fact in draft.private_facts:
        spans = rows.setdefault((fact.who, fact.category, fact.standing, fact.explained), [])
        if fact.clause not in spans:
            spans.append(fact.clause)
    return tuple(
        Sharing(who, category, how, explained, tuple(spans)) for (who, category, how, explained), spans in rows.items()
    )
