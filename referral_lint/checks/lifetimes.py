"""Dates of birth and ages as a draft gives them, and how they compare on a day."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from referral_lint.checks.numbers import IN_WORDS, number
from referral_lint.model import Span
from referral_lint.patterns import compiled
from referral_lint.understanding.alternatives import either
from referral_lint.understanding.dates import BEFORE_BIRTH
from referral_lint.understanding.people.words import ROLE_OF

if TYPE_CHECKING:
    from referral_lint.understanding.draft import Draft

_N = rf"(?P<n>\d{{1,3}}|{IN_WORDS})"
_UNIT = r"(?P<u> ?-?(?:years?|yrs?|y/?o|yo)\b(?:[ -]old)?| ?(?:months?|mths?|mos?)\b(?: old)?| ?(?:weeks?|wks?)\b(?: old)?| ?days?\b(?: old)?|/12\b|/52\b)"
_AGE = compiled(
    rf"(?i)(?<![\w/.£-])(?:(?P<a>aged?\b(?: at [\w ]{{3,15}}| stated| given| ?/ ?(?:school )?year(?: group)?| \((?:in )?(?:years|yrs)\))?\s*[:|]?\s*|(?:is (?:only |just |still )?|['’]s (?:only |just |still )?|s |so )){_N}{_UNIT}?|{_N.replace('<n>', '<n2>')}{_UNIT.replace('<u>', '<u2>')}"
    r"|\((?P<n3>\d{1,2})(?: i think)?\b(?=\)|,| i think)|(?P<n4>(?<=[a-z'’] )\(\d{1,2}(?=, (?:born|dob|d\.o\.b))|(?<=[a-z], )\d{1,2}(?=,| \()|(?<=\d, )\d{1,2}(?=,|\.\s| tomorrow| today|\.?[ \t]*$|\.?[ \t]*\n))"
    rf"|(?P<n5>\d{{1,2}}|{IN_WORDS})(?=[.,]? \(?(?:born|dob|d\.o\.b|date of birth)\b|, \d{{1,2}}[/.]\d{{1,2}}[/.]\d{{2,4}}\b)|(?<=\d{{4}}, )(?P<n6>{IN_WORDS})(?=[.,\n]))(?![\w/]|[.:]\d)"
)
_BIRTH = compiled(rf"(?i)(?:\b{BEFORE_BIRTH}(?:\w{{3,9}}day )?$)")
_YEAR_ALONE = compiled(rf"(?i)\b{BEFORE_BIRTH}(?P<y>(?:19|20)\d\d)\b(?![/.-]\d)")
_PAST = compiled(
    r"(?i)\b(?:when|at the time|was aged|since|at age|from the age|until|by the age|were|turn\w*|will be|shortly|soon)\b|\bwas $"
)
# What lasts so long, or is so many: “31 weeks pregnant”, “three weeks on, three off”, “time with us: 7 months”.
_NO_AGE = compiled(r"(?i),? ?(?:\(?(?:pregnant|gestation|gone)\b|(?:on|off|away|apart|later|overdue|ago|long)\b)")
_NO_AGE_BEFORE = compiled(
    r"(?i)(?:\b(?:time|known|stay|length|duration|waiting)\b[^\n:|]{0,20}[:|]\s*|\b(?:for|over|within|past|last|every|about|after|at|took|takes|take|taken|spent|spends)(?: the)? )$"
    r"|\b(?:pregnan(?:t|cy)|gestation)\b[^\n.;]{0,12}$"
)
# Whoever is so old: “this 84 year old gent”.
PERSON = "(?:girl|boy|lad|lass|lady|gent|gentleman|chap|man|woman|widow|widower|resident|tenant|client|child|teenager|toddler|pupil|student|patient|young|male|female)"
# One unit before a noun is how long that lasts (“a 9 month YRO”, “a 2 week parcel”), unless it is somebody (“a 3 month baby”).
_OF_A_NOUN = compiled(
    r"(?i)[ -](?!(?:and|but|or|who|is|was|are|has|had|lives?|living|attends?|with|in|at|on|of|from|to|by|plus)\b)"
    rf"(?!(?:[\w-]+ ){{0,2}}(?:{PERSON}|{either(ROLE_OF)})\b)[a-z]"
)
# What lasts for a time, whichever way round it is told: “12 months’ licence”, “a licence of 12 months”, “YRO, 12 months”.
_LASTING = (
    r"(?:(?:order|licen[cs]e|curfew|sentence|tenancy|lease|review|check|waiting list|wait|course|contract|programme|ban|placement|probation"
    r"|supervision|detention|custody|suspension|notice|injunction|agreement|leave|visa|tag|break|trial|term)s?|(?-i:[A-Z]{1,3}O))\b"
)
_BEFORE_LASTING = compiled(rf"(?i)['’]?[ -](?:(?!(?:and|on|in|with|at|has|is)\b)[\w-]+ ){{0,2}}{_LASTING}")
_AFTER_LASTING = compiled(rf"(?i)\b{_LASTING}(?: of(?: an?)?|[,:(]| \()? ?$")
_LENGTH = {"m": 30.44, "w": 7.0, "d": 1.0, "y": 365.25}


@dataclass(frozen=True, slots=True)
class Birth:
    """A date of birth: the first and the last day that the words allow (a year alone allows all of it)."""

    span: Span
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Age:
    """`count` whole units; `unit` is y, m, w or d. In years it is at least `low` and less than `high`."""

    span: Span
    count: int
    unit: str

    @property
    def low(self) -> float:
        return self.count * _LENGTH[self.unit] / _LENGTH["y"]

    @property
    def high(self) -> float:
        return (self.count + 1) * _LENGTH[self.unit] / _LENGTH["y"]


def births(draft: Draft) -> list[Birth]:
    """Every date of birth, in order."""
    found = []
    for day in draft.dates:
        if day.value is not None and _is_birth(draft, day.span, day.value):
            found.append(Birth(day.span, day.value, day.value))
        elif day.year and 1 <= day.month <= 12 and not day.day and _says_birth(draft, day.span):
            after = date(day.year + day.month // 12, day.month % 12 + 1, 1)
            found.append(Birth(day.span, date(day.year, day.month, 1), after - timedelta(1)))
    for alone in _YEAR_ALONE.finditer(draft.text):
        year = int(alone["y"])
        found.append(Birth(Span(*alone.span("y")), date(year, 1, 1), date(year, 12, 31)))
    return sorted(found, key=lambda b: b.span)


def ages(draft: Draft) -> Iterator[Age]:
    """Every age of a person that the draft gives as of now."""
    for found in _AGE.finditer(draft.text):
        count = number(
            found["n"] or found["n2"] or found["n3"] or found["n5"] or found["n6"] or (found["n4"] or "").strip("(")
        )
        unit = (found["u"] or found["u2"] or "").strip(" -").lower()
        before = draft.text[max(0, found.start() - 30) : found.start()]
        if _PAST.search(before.rsplit(".", 1)[-1]) or re.search(r"(?i)\b(?:years?|yrs?|y)[ ,]*(?:and )?$", before):
            continue
        if _NO_AGE_BEFORE.search(before) or _NO_AGE.match(draft.text, found.end()):
            continue
        if unit and not found["a"] and "old" not in unit and _is_length(draft.text, before, unit, found.end()):
            continue
        if unit == "year" and re.match(r" ?[\d:]", draft.text[found.end() :]):
            continue  # “Two Year 8 girls”; a form's “3 Year: 6”
        group = next(name for name in ("n3", "n4", "n5", "n6", "n2", "n") if found[name])
        span = Span(
            found.start(group) + (group == "n4" and found[group][0] == "("),
            found.end("u" if found["u"] else "u2" if found["u2"] else group),
        )
        yield Age(span, count, {"/12": "m", "/52": "w"}.get(unit, unit[:1] or "y"))


def _is_length(text: str, before: str, unit: str, end: int) -> bool:
    """Is the period that ends here how long something lasts, and not how old somebody is?"""
    return (
        (unit in ("year", "month", "week", "day") and _OF_A_NOUN.match(text, end) is not None)
        or _BEFORE_LASTING.match(text, end) is not None
        or _AFTER_LASTING.search(before) is not None
    )


def elapsed(born: date, day: date, unit: str) -> int:
    """Whole years, months, weeks or days between two days."""
    days = (day - born).days
    if unit in "wd":
        return days // 7 if unit == "w" else days
    months = 12 * (day.year - born.year) + day.month - born.month - (day.day < born.day)
    return months if unit == "m" else months // 12


# How far people round: months and weeks up to the next, days by one either way.
_DOWN, _UP = {"y": 0, "m": 0, "w": 1, "d": 1}, {"y": 0, "m": 1, "w": 1, "d": 1}


def fits(age: Age, birth: Birth, first: date, last: date) -> bool:
    """Could somebody of that birth be of that age on a day from `first` to `last`?"""
    least, most = elapsed(birth.last, first, age.unit), elapsed(birth.first, last, age.unit)
    return least - _DOWN[age.unit] <= age.count <= most + _UP[age.unit]


_SLACK = 3  # years: how old an undated draft may be


def days_of(draft: Draft, at: int | None = None) -> tuple[date, date]:
    """The first and the last day on which the draft, or the dated entry of it that holds `at`, may have been written: one day, if it is dated."""
    entry = entry_day(draft, at) if at is not None else None
    if entry is not None:
        return entry, entry
    if draft.dated is not None:
        return draft.dated, draft.dated
    today = draft.setting.today
    told = [d.value for d in draft.dates if d.value and d.value <= today and not _is_birth(draft, d.span, d.value)]
    return max(told, default=date(today.year - _SLACK, 1, 1)), today


_POINT = " \t•*|–-"  # what may stand before the date of an entry


def entry_day(draft: Draft, at: int) -> date | None:
    """The day of a row or an entry that begins with its date: “03/02/2026 | Moved in with Jay (9)”."""
    start = draft.text.rfind("\n\n", 0, at) + 1
    day = next((d for d in reversed(draft.dates) if start <= d.span.start < at and _opens_a_line(draft, d.span)), None)
    return day.value if day is not None and not _is_birth(draft, day.span, day.value or date.max) else None


def _opens_a_line(draft: Draft, span: Span) -> bool:
    return not draft.text[draft.text.rfind("\n", 0, span.start) + 1 : span.start].strip(_POINT)


def _is_birth(draft: Draft, span: Span, value: date) -> bool:
    return _says_birth(draft, span) or (
        value.year <= draft.date.year and (_beside_a_name(draft, span) or _after_an_age(draft, span))
    )


_AGE_BEFORE = compiled(r"(?P<gap>[A-Z][\w'’-]+(?: yr \d+| year \d+)?(?:,? \(|, ))\d{1,2}(?:, \(?| \()$")


def _after_an_age(draft: Draft, span: Span) -> bool:
    """“Rosa Ghiselli, 10 (14/02/2013)”: a name, an age and a date."""
    start = max(0, span.start - 40)
    found = _AGE_BEFORE.search(draft.text, start, span.start)
    if found is None:
        return re.search(r"(?i)\b(?:dob|date of birth)\W{0,4}\d{1,2}, $", draft.text[start : span.start]) is not None
    return bool(draft.names_between(start, found.end("gap")))


def _says_birth(draft: Draft, span: Span) -> bool:
    if _BIRTH.search(draft.text[max(0, span.start - 60) : span.start]):
        return True
    block = draft.document.block_at(span.start)
    if block is None or block.question is None:
        return False
    return re.search(r"(?i)birth|dob|born", draft.words(draft.document.blocks[block.question])) is not None


_AGE_NEXT = compiled(
    r"[ |,]{0,3}\(?(?:aged? )?\d{1,3} ?(?:years?|yrs?|months?|mths?|weeks?|days?|/12|/52|yo\b)|[ ,|]{0,3}aged? \d|,? ?\(\d{1,3}\)|, \d{1,3}(?=,|[ \t]*\n|[ \t]*$)| \d{1,2}/(?:12|52)\b"
)


def _beside_a_name(draft: Draft, span: Span) -> bool:
    """“Ayaan 12/1/22 (2)”: a date between a name and an age."""
    line = draft.text.rfind("\n", 0, span.start) + 1
    if not _AGE_NEXT.match(draft.text, span.end):
        return False
    named = [n for n in draft.names_between(line, span.start) if n.span.end <= span.start]
    if not named:
        return False
    between = draft.text[named[-1].span.end : span.start]
    return between.strip(" (,") in ("", "|") or re.fullmatch(r"[ |,()]*(?:\w+[ |,]*){0,2}", between) is not None
