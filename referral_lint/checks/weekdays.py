"""Weekdays beside a day whose month is not said: “Tues 27th”, “Tuesday 12 and Monday 13”."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from referral_lint.checks.calendar import day_in
from referral_lint.model import Span
from referral_lint.patterns import compiled
from referral_lint.rules.rule import Match, Rule
from referral_lint.understanding.alternatives import either
from referral_lint.understanding.dates import DAYS, MONTHS

if TYPE_CHECKING:
    from referral_lint.understanding.draft import Draft

_DAY, _MONTH = either(DAYS), either(MONTHS)
_NOT_MORE = rf"(?![/.:]\d|\w| (?:of )?(?:{_MONTH})\b| ?(?:am|pm)\b)"
_ORDINAL = compiled(rf"(?i)\b(?P<w>{_DAY})\.?,? (?:the )?(?P<d>\d{{1,2}})(?:st|nd|rd|th){_NOT_MORE}")
_PAIR = compiled(
    rf"(?i)\b(?P<w1>{_DAY})\.? (?P<d1>\d{{1,2}})(?:st|nd|rd|th)?(?: and|,| or| to|,? then| &) "
    rf"(?P<w2>{_DAY})\.? (?P<d2>\d{{1,2}})(?:st|nd|rd|th)?{_NOT_MORE}"
)


def misfits(draft: Draft, rule: Rule) -> Iterator[Match]:
    """A weekday that no month near the draft's own has on that day, or that two days side by side cannot both have."""
    paired = [found for found in _PAIR.finditer(draft.text) if _clash(found)]
    for found in paired:
        first = Span(found.start("w1"), found.end("d1"))
        why = f"does not fit “{draft.words(first)}”"
        yield Match(rule, Span(found.start("w2"), found.end()), {"why": why}, related=(first,))
    if draft.dated is None:
        return
    for found in _ORDINAL.finditer(draft.text):
        place = Span(*found.span())
        if any(p.start() <= place.start < p.end() for p in paired):
            continue
        told = _told(draft, int(found["d"]))
        if told is not None and told.weekday() != DAYS[found["w"].lower()]:
            yield Match(rule, place, {"why": f"does not fit: {told.day} {told:%B} is a {told:%A}"})
        elif told is None and not _near(draft.dated, int(found["d"]), DAYS[found["w"].lower()]):
            yield Match(rule, place, {"why": "fits no month near the date of the draft"})


def _told(draft: Draft, day: int) -> date | None:
    """The one date with a month that the draft gives for this day, if it is near the draft's own."""
    every = {(d.month, d.year) for d in draft.dates if d.day == day and 1 <= d.month <= 12}
    if len(every) != 1 or draft.dated is None:
        return None
    month, year = every.pop()
    told = day_in(year or draft.dated.year, month, day)
    return told if told is not None and 0 <= (told - draft.dated).days < _SOON else None


_SOON = 60  # days from the draft to the days that it speaks of without their month


def _clash(pair: re.Match[str]) -> bool:
    days = int(pair["d2"]) - int(pair["d1"])
    return days > 0 and days % 7 != (DAYS[pair["w2"].lower()] - DAYS[pair["w1"].lower()]) % 7


def _near(dated: date, day: int, weekday: int) -> bool:
    """Does the day fall on the weekday in the month of the draft, or the one before or after?"""
    for months in (-1, 0, 1):
        year, month = divmod(12 * dated.year + dated.month - 1 + months, 12)
        found = day_in(year, month + 1, day)
        if found is not None and found.weekday() == weekday:
            return True
    return False
