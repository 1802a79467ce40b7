"""Two lines for the writer's own record, filled in as far as the draft says it. Nothing of this is part of what is sent."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from referral_lint.facts import facts
from referral_lint.model import Status
from referral_lint.rules.rule import Match, Rule

if TYPE_CHECKING:
    from referral_lint.understanding.draft import Draft

_BLANK = "____"


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
    return ", ".join(party.name for party in draft.recipients[:3] if party.name) or _BLANK


def _purpose(draft: Draft) -> str:
    known = facts("report_words.yaml")["purposes"]
    return known.get(draft.purposes[0].id, _BLANK) if draft.purposes else _BLANK


def _said(draft: Draft, name: str) -> str:
    words = " ".join(draft.statement(name).text.split()).rstrip(".")
    return f"“{words}”" if 0 < len(words) <= 120 else _BLANK
