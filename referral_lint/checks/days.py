"""Dates that cannot be: 31 November, a weekday that does not fit, a day to come that is told as past."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING

from referral_lint.checks.calendar import around
from referral_lint.checks.clocks import clocks
from referral_lint.checks.closing import closing_date
from referral_lint.checks.lengths import due, so_long, stay
from referral_lint.checks.lifetimes import births
from referral_lint.checks.order import out_of_order
from referral_lint.checks.tense import wrong_time
from referral_lint.checks.weekdays import misfits
from referral_lint.model import Span
from referral_lint.patterns import compiled
from referral_lint.rules.rule import Match, Rule
from referral_lint.understanding.alternatives import either
from referral_lint.understanding.dates import DAYS, MONTHS, Dated, without_stop

if TYPE_CHECKING:
    from referral_lint.understanding.draft import Draft

_LONGEST = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_AFTER_DAY = compiled(
    rf"(?i),? \(?(?:which (?:is|was) )?(?:a )?(?P<w>{'|'.join(sorted(DAYS, key=len, reverse=True))})\b(?! (?:morning|afternoon|evening|night)s)"
)


_TODAY = compiled(
    rf"(?i)\b(?P<when>today|tonight|this (?:morning|afternoon|evening)|yesterday|last night|tomorrow)(?:,? \(?|, )(?:on |which is )?(?P<w>{'|'.join(d for d in sorted(DAYS, key=len, reverse=True) if len(d) > 3)})\b\)?"
)
_SHIFT = {"yesterday": -1, "last night": -1, "tomorrow": 1}


def impossible(draft: Draft, rule: Rule) -> Iterator[Match]:
    """Dates and times that no calendar and no clock has, or that do not fit the day of the draft."""
    yield from _calendar(draft, rule)
    yield from stay(draft, rule)
    yield from out_of_order(draft, rule)
    yield from misfits(draft, rule)
    yield from wrong_time(draft, rule)
    yield from closing_date(draft, rule)
    yield from _today(draft, rule)
    yield from clocks(draft, rule)
    yield from so_long(draft, rule)
    yield from due(draft, rule)


def _today(draft: Draft, rule: Rule) -> Iterator[Match]:
    """“Tonight (Wednesday)” in a draft of a Friday."""
    for found in _TODAY.finditer(draft.text) if draft.dated else ():
        then = (draft.dated or draft.date) + timedelta(_SHIFT.get(found["when"].lower(), 0))
        if then.weekday() != DAYS[found["w"].lower()]:
            yield Match(
                rule, Span(*found.span()), {"why": f"does not fit: by the date of the draft that is a {then:%A}"}
            )


def _calendar(draft: Draft, rule: Rule) -> Iterator[Match]:
    """Days that no calendar has, weekdays that do not fit the date."""
    for day in draft.dates:
        wrong = _wrong(draft, day) if day.day else None
        if wrong is not None:
            span, why = wrong
            yield Match(rule, without_stop(draft.text, span), {"why": why})
    for found in _NO_DAY.finditer(draft.text):
        month = MONTHS[found["m"].lower()] if found["m"] else 1
        if int(found["d"] or found["d2"]) > _LONGEST[month - 1]:
            yield Match(rule, Span(found.start("d" if found["d"] else "d2"), found.end()), {"why": NO_DAY})


NO_DAY = "is a day that no calendar has"
# “Feb 30th”; “on the 32nd.”, but a child is “on the 50th” centile.
_NO_DAY = compiled(
    rf"\b(?P<m>{either(m.capitalize() for m in MONTHS)})\.? (?P<d>\d{{1,2}})(?:st|nd|rd|th)\b|\b(?:on|for|by|until|from) the (?!50|75|91|98|99)(?P<d2>[3-9]\d)(?:st|nd|rd|th)\b(?=[.,;)]|\n|$)"
)


_AHEAD = 366  # days: nobody dates a letter so long before
_NEAR = 200  # days from the draft within which the year of a date goes without saying
_FAR = 15  # years ahead; no appointment, birthday or order is told of so long before

_BESIDE = 60  # days from another date of a draft that carries none of its own


def _wrong(draft: Draft, day: Dated) -> tuple[Span, str] | None:
    """The words that cannot be right, and why."""
    if day.value is not None and day.year > min(draft.date.year, draft.setting.today.year) + _FAR:
        return day.span, "is many years ahead"
    if day.value is not None and day.value == draft.dated and (day.value - draft.setting.today).days > _AHEAD:
        return day.span, "is more than a year from now"
    if not 1 <= day.month <= 12 or not _exists(day):
        return (day.span, NO_DAY) if _is_date(draft, day) else None
    if day.weekday is not None and not _weekday_fits(draft, day, day.weekday):
        return day.span, _another_weekday(draft, day)
    after = _AFTER_DAY.match(draft.text, day.span.end, day.span.end + 25)
    if (
        after
        and day.weekday is None
        and (len(after["w"]) > 4 or "(" in after[0])
        and not _weekday_fits(draft, day, DAYS[after["w"].lower()])
    ):
        end = after.end() + ("(" in after[0] and draft.text[after.end() : after.end() + 1] == ")")
        return Span(day.span.start, end), _another_weekday(draft, day)
    return None


def _another_weekday(draft: Draft, day: Dated) -> str:
    """Which weekday the date is, on the day that its weekday was judged by."""
    meant = _meant(draft, day)
    return f"is a {meant[0]:%A}" if meant else "has the wrong weekday"


def _is_date(draft: Draft, day: Dated) -> bool:
    """Fractions, ratios and file numbers are no dates: one in figures needs its year, or others like it in the draft."""
    words = draft.words(day.span)
    if 31 < day.day < 40 and day.year and 1 <= day.month <= 12 and re.search(r"[A-Za-z]", words):
        return True  # “32 May 2024”
    if day.day > 31 or not 1 <= day.month <= 31:
        return False
    if re.search(r"\d ?[ap]m $", draft.text[max(0, day.span.start - 5) : day.span.start]):
        return True  # “3pm 30/2”
    if day.month > 12:
        return _IN_FULL.fullmatch(words) is not None
    return (
        day.year > 0
        or re.search(r"[A-Za-z]", words) is not None
        or any(not d.year and d.day and _exists(d) and "/" in draft.words(d.span) for d in draft.dates if d is not day)
    )


_IN_FULL = compiled(r"\d{1,2}([/.-])\d{1,2}\1(?:19|20)\d\d")


def _exists(day: Dated) -> bool:
    if day.year:
        return day.value is not None
    return day.day <= _LONGEST[day.month - 1]


def _weekday_fits(draft: Draft, day: Dated, weekday: int) -> bool:
    meant = _meant(draft, day)
    return (draft.dated is None and not meant) or any(one.weekday() == weekday for one in meant)


def _meant(draft: Draft, day: Dated) -> list[date]:
    """The day; where its year is not written the days that it can be, the nearest to the draft first."""
    if day.value is not None:
        return [day.value]
    if draft.dated is not None:
        return _within(_NEAR, draft.dated, day)
    return [one for told in _told_in_full(draft) for one in _within(_BESIDE, told, day)]


def _within(most: int, dated: date, day: Dated) -> list[date]:
    """The day in whichever year brings it less than so many days from that date."""
    return [one for one in around(dated, day) if abs((one - dated).days) < most]


def _told_in_full(draft: Draft) -> list[date]:
    """What a draft without a date of its own dates with the year: the days of its last twelve months, and no birth."""
    born = {birth.span for birth in births(draft)}
    told = [d.value for d in draft.dates if d.value and d.span not in born]
    return [one for one in told if (max(told) - one).days < _AHEAD]
