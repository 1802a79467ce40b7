"""The date under a draft against the date at its head."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from referral_lint.checks.calendar import day_in
from referral_lint.patterns import compiled
from referral_lint.rules.rule import Match, Rule
from referral_lint.understanding.dates import Dated, without_stop
from referral_lint.understanding.signing import closes

if TYPE_CHECKING:
    from referral_lint.understanding.draft import Draft

_OF_ANOTHER = compiled(r"(?i)\brequest(?:ed)?(?: dated| of)?\W*$")


def closing_date(draft: Draft, rule: Rule) -> Iterator[Match]:
    """“Signed 2.4.25” under a draft of 3 April 2025: the last date of a draft, if it closes it."""
    head = next((d for d in draft.dates if d.value == draft.dated), None) if draft.dated is not None else None
    day = draft.dates[-1] if draft.dates else None
    if (
        head is None
        or day is None
        or draft.dated is None
        or not _is_last(draft, day, head)
        or not closes(draft.document, day)
    ):
        return
    closed = day_in(day.year or draft.dated.year, day.month, day.day)
    if closed is not None and closed != draft.dated and abs((closed - draft.dated).days) < _MOST:
        why = f"does not fit the date at the head, “{draft.words(head.span)}”"
        yield Match(rule, without_stop(draft.text, day.span), {"why": why}, related=(head.span,))


_MOST = 400  # days: another year is a slip; more, and the date at the head is of something else


def _is_last(draft: Draft, day: Dated, head: Dated) -> bool:
    """Does it stand in the last third, and is the date at the head the draft's own?"""
    before = draft.text[max(0, head.span.start - 25) : head.span.start]
    return day.span.start > max(head.span.end, 2 * len(draft.text) // 3) and _OF_ANOTHER.search(before) is None
