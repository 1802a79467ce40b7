"""Two lines for the writer's own record, filled in as far as the draft says it. Nothing of this is part of what is sent."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from referral_lint.facts import facts
from referral_lint.model import Status
from referral_lint.phrasing import answer, lowered, ticked
from referral_lint.rules.rule import Match, Rule

if TYPE_CHECKING:
    from referral_lint.understanding.draft import Draft

_BLANK = "____"
_LONGEST = 120  # characters that a line of a note quotes


def decision_note(draft: Draft, rule: Rule) -> Iterator[Match]:
    """One match where a decision was taken that somebody may ask about: against a wish, unasked, untold, or without names."""
    if draft.mode == "no-names":
        note = f"Asked in general, without names, on {_day(draft)}: {_BLANK}. Advice: {_BLANK}. Decided: {_BLANK}, because {_BLANK}."
    elif draft.statement("override").status is not Status.NOT_APPLICABLE:
        note = (
            f"Shared on {_day(draft)} with {_readers(draft)}, for {_purpose(draft)}. "
            f"Told: {_said(draft, 'informed')}. Agreed: {_said(draft, 'consent')}. Reason: {_said(draft, 'override')}."
        )
    else:
        return
    yield Match(rule, None, suggestion=f"“{note}”")


def _day(draft: Draft) -> str:
    return f"{draft.date.day} {draft.date:%B %Y}" if draft.dated else _BLANK


def _readers(draft: Draft) -> str:
    named = ", ".join(party.name for party in draft.recipients[:3] if party.name)
    return named or _answer(draft, "recipient") or _BLANK


def _purpose(draft: Draft) -> str:
    known = facts("report_words.yaml")["purposes"]
    return known.get(draft.purposes[0].id, _BLANK) if draft.purposes else _said(draft, "purpose")


def _said(draft: Draft, name: str) -> str:
    """What the draft says, in its own words or in those of the box that it ticks; a blank if it says nothing, or much."""
    option = ticked(draft.document, draft.statement(name))
    if option:
        return lowered(option)
    words = _answer(draft, name)
    return f"“{words}”" if words else _BLANK


def _answer(draft: Draft, name: str) -> str:
    words = " ".join(answer(draft.statement(name)).split()).rstrip(".")
    return words if len(words) <= _LONGEST else ""
