"""Dates that cannot be: 31 November, a weekday that does not fit, a day to come that is told as past."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING

from referral_lint.checks.birthdays import stay
from referral_lint.checks.order import out_of_order
from referral_lint.checks.weekdays import misfits
from referral_lint.model import Span
from referral_lint.rules.rule import Match, Rule
from referral_lint.understanding.dates import DAYS, Dated

if TYPE_CHECKING:
    from referral_lint.understanding.draft import Draft

_LONGEST = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_TOLD = re.compile(
    r"(?i)\b(?:was|were|had|did|told|said|saw|seen|came|went|attended|visited|rang|called|reported|noticed|disclosed|met|spoke|wrote|gave|took|found|asked|agreed|arrived|left|moved|started|fell|hit|presented|happened|occurred|discharged|admitted|DNA['’]?d|brought|moved in|seen on)\b"
)
_COMING = re.compile(
    r"(?i)\b(?:will|shall|due|next|until|till|by|before|from|review|deadline|appointment|book\w*|plan(?:s|ned)?|start(?:s|ing)|begin\w*|return\w*|expir\w*|valid|meeting|hearing|conference|court|trial|listed|ends?|EDD|expected|going|to be|can|could|would|please|session is|is on|are on|set for|arranged|scheduled|hold|holds|birthday|turns|moves|moving|transfer|leaves?|leaving|collect\w*|invit\w*|postponed|cancelled|after|offered|next seen|asked for|requested|moved to|now on|rearranged|swapped|changed to)\b"
)
_NEXT = re.compile(
    r"(?i)\b(?:will (?:\w+ ){0,4}|next (?:\w+ ){0,3}(?:is|was|on|appt)?|is due (?:\w+ ){0,3}|see (?:him|her|them|you) (?:again )?)(?:on |in |by |until |at )?(?:the )?$|\bwill (?:see|visit|review|meet|ring|write) [^.]{0,30}\b(?:on|in|by) $"
)
_AFTER_DAY = re.compile(
    rf"(?i),? \(?(?:which (?:is|was) )?(?:a )?(?P<w>{'|'.join(sorted(DAYS, key=len, reverse=True))})\b"
)


_TODAY = re.compile(
    rf"(?i)\b(?P<when>today|tonight|this (?:morning|afternoon|evening)|yesterday|last night|tomorrow)(?:,? \(?|, )(?:on |which is )?(?P<w>{'|'.join(d for d in sorted(DAYS, key=len, reverse=True) if len(d) > 3)})\b\)?"
)
_SHIFT = {"yesterday": -1, "last night": -1, "tomorrow": 1}
_TIME = re.compile(
    r"(?im)\btime\b[^\n:|\d]{0,15}[:|]\s*(?P<t>\d{1,2}[.:]\d\d)\b|\b(?P<t2>\d{1,2}[.:]\d\d) ?(?:am|pm|hrs|hours|o'clock)\b"
)


def impossible(draft: Draft, rule: Rule) -> Iterator[Match]:
    """Dates and times that no calendar and no clock has, or that do not fit the day of the draft."""
    yield from _calendar(draft, rule)
    yield from stay(draft, rule)
    yield from out_of_order(draft, rule)
    yield from misfits(draft, rule)
    for found in _TODAY.finditer(draft.text):
        day = _SHIFT.get(found["when"].lower(), 0)
        if draft.dated and (draft.dated + timedelta(day)).weekday() != DAYS[found["w"].lower()]:
            yield Match(rule, Span(*found.span()))
    for clock in _TIME.finditer(draft.text):
        hour, minute = re.split(r"[.:]", clock["t"] or clock["t2"])
        if int(hour) > 24 or int(minute) > 59:
            yield Match(rule, Span(*clock.span("t" if clock["t"] else "t2")))


def _calendar(draft: Draft, rule: Rule) -> Iterator[Match]:
    for day in draft.dates:
        if not day.day:
            if _month_does_not_fit(draft, day):
                yield Match(rule, day.span)
            continue
        span = _wrong(draft, day)
        if span is not None:
            yield Match(rule, Span(span.start, span.end - (draft.text[span.end - 1] == ".")))


_SINCE = re.compile(r"(?i)\bsince ?[:|]? ?$")
_DONE = re.compile(
    r"(?i)\b(?:was|were|had|been|did|carried out|held|completed|issued|served|died|born|left|moved|met|saw|went|lost|passed)\b[^.;\n]{0,50}\b(?:in|of) $"
)


def _month_does_not_fit(draft: Draft, month: Dated) -> bool:
    """A month to come that is told as past, or one gone by that is told as to come."""
    before = draft.text[max(0, month.span.start - 60) : month.span.start]
    if _is_after(month, draft.dated or draft.setting.today):
        told = draft.dated is not None and _DONE.search(before) is not None and not _COMING.search(before)
        return told or _SINCE.search(before[-10:]) is not None
    gone = draft.dated is not None and (month.year, month.month) < (draft.dated.year, draft.dated.month)
    return gone and _promised(before)


def _is_after(month: Dated, today: date) -> bool:
    """Is it a month that has not begun?"""
    return month.month > 0 and (month.year, month.month) > (today.year, today.month)


_FAR = 15  # years ahead; no appointment, birthday or order is told of so long before


def _wrong(draft: Draft, day: Dated) -> Span | None:
    if day.value is not None and day.year > draft.date.year + _FAR:
        return day.span
    if not 1 <= day.month <= 12 or not _exists(day):
        return day.span if _is_date(draft, day) else None
    if day.weekday is not None and not _weekday_fits(draft, day, day.weekday):
        return day.span
    after = _AFTER_DAY.match(draft.text, day.span.end, day.span.end + 25)
    if (
        after
        and day.weekday is None
        and len(after["w"]) > 4
        and not _weekday_fits(draft, day, DAYS[after["w"].lower()])
    ):
        return Span(day.span.start, after.end())
    return day.span if _told_too_soon(draft, day) else None


def _is_date(draft: Draft, day: Dated) -> bool:
    """Fractions, ratios and file numbers are no dates: one in figures needs its year, or others like it in the draft."""
    words = draft.words(day.span)
    if day.day > 31 or not 1 <= day.month <= 31:
        return False
    if day.month > 12:
        return _IN_FULL.fullmatch(words) is not None
    return (
        day.year > 0
        or re.search(r"[A-Za-z]", words) is not None
        or any(not d.year and d.day and _exists(d) and "/" in draft.words(d.span) for d in draft.dates if d is not day)
    )


_IN_FULL = re.compile(r"\d{1,2}([/.-])\d{1,2}\1(?:19|20)\d\d")


def _exists(day: Dated) -> bool:
    if day.year:
        return day.value is not None
    return day.day <= _LONGEST[day.month - 1]


def _weekday_fits(draft: Draft, day: Dated, weekday: int) -> bool:
    if day.value is not None:
        return day.value.weekday() == weekday
    if draft.dated is None:
        return True
    for year in (draft.dated.year - 1, draft.dated.year, draft.dated.year + 1):
        try:
            one = date(year, day.month, day.day)
        except ValueError:
            continue
        if abs(one - draft.dated) < timedelta(days=200) and one.weekday() == weekday:
            return True
    return False


def _told_too_soon(draft: Draft, day: Dated) -> bool:
    """A full date after the day of the draft in a sentence about what was."""
    if draft.dated is None or not draft.is_own_offset(day.span.start):
        return False
    sentence = draft.sentence_at(day.span.start)
    start = max(sentence.start, draft.text.rfind("\n", sentence.start, day.span.start) + 1, day.span.start - 110)
    before = draft.text[start : day.span.start]
    value = day.value
    if value is None and re.search(r"[A-Za-z]", draft.words(day.span)):
        value = _nearest(draft.dated, day)
    if value is None:
        return False
    if value <= draft.dated:
        return day.value is not None and (draft.dated - value).days > 1 and _promised(before)
    if day.value is None and (
        (value - draft.dated).days > 70
        or not _TOLD.search(before)
        or re.search(r"(?i)\b(?:is|are|for|without)\b", before[-30:])
    ):
        return False
    if re.search(r"(?i)\bsince $", before):
        return True
    near = Span(max(start, day.span.start - 45), min(sentence.end, day.span.end + 25))
    told = (
        draft.has(_TOLD, Span(start, min(sentence.end, day.span.end + 60)))
        or _TOLD.search(_question(draft, day)) is not None
    )
    return told and not draft.has(_COMING, near)


def _question(draft: Draft, day: Dated) -> str:
    """The printed question that the date answers."""
    block = draft.document.block_at(day.span.start)
    if block is None or block.question is None:
        return ""
    return draft.words(draft.document.blocks[block.question])


def _promised(before: str) -> bool:
    """Is the day told as still to come?"""
    return _NEXT.search(before[-40:]) is not None and not re.search(
        r"(?i)\b(?:said|told|promised|would|was to|agreed|was)\b", before
    )


def _nearest(dated: date, day: Dated) -> date | None:
    """The year left out is the draft's own, or a neighbour if that is nearer by far."""
    found = []
    for year in (dated.year - 1, dated.year, dated.year + 1):
        try:
            found.append(date(year, day.month, day.day))
        except ValueError:
            continue
    return min(found, key=lambda d: abs((d - dated).days), default=None)
