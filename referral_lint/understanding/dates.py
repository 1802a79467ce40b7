"""Dates as people write them in the UK: `3/11/26`, `3 November 2026`, `Tues 3rd Nov`, `2026-11-03`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from referral_lint.model import Span
from referral_lint.patterns import compiled
from referral_lint.understanding.alternatives import either

MONTHS = {
    name: i
    for i, names in enumerate(
        (
            "january jan",
            "february feb febuary",
            "march mar",
            "april apr",
            "may",
            "june jun",
            "july jul",
            "august aug",
            "september sept sep",
            "october oct",
            "november nov",
            "december dec",
        ),
        1,
    )
    for name in names.split()
}
DAYS = {
    name: i
    for i, names in enumerate(
        (
            "monday mon",
            "tuesday tues tue",
            "wednesday weds wed",
            "thursday thurs thur thu",
            "friday fri",
            "saturday sat",
            "sunday sun",
        )
    )
    for name in names.split()
}
_MONTH = either(MONTHS)
_DAY = either(DAYS)
PATTERN = compiled(
    rf"(?i)(?<![\w/.-])(?:(?P<weekday>{_DAY})\.?,?\s+(?:the\s+)?)?(?:"
    rf"(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<m1>{_MONTH})\b\.?(?:,?\s+(?P<y1>(?:19|20)\d\d)\b)?"
    rf"|(?P<d2>\d{{1,2}})(?P<sep>[/.\-])(?P<m2>\d{{1,2}})(?:(?P=sep)(?P<y2>(?:19|20)?\d\d))?(?![\d/-]|\.\d)"
    rf"|(?P<y3>(?:19|20)\d\d)-(?P<m3>\d\d)-(?P<d3>\d\d)"
    rf"|(?P<m4>{_MONTH})\s+(?P<y4>(?:19|20)\d\d)\b)(?![\w/])"
)

BEFORE_BIRTH = r"(?:born|d\.?o\.?b\.?|date of birth|birth ?date|b\.)(?: again(?: for [\w ]{3,15})?)?(?:\W{0,6}|[ \t|:]{0,40})(?:on |in )?(?:the )?"
_BIRTH = compiled(rf"(?i)\b{BEFORE_BIRTH}$")
_BORN = compiled(rf"(?i)[^.\n]{{0,40}}?(?:\n[^\w\n]*)?\b{BEFORE_BIRTH}|,? \(?(?=\d{{1,2}}[/.]\d{{1,2}}[/.]\d)")
_IN_THE_NEXT_CELL = compiled(r"[ ]?[\t|][ ]?(?=\d{1,2}[/.]\d{1,2}[/.]\d)")
_BESIDE = 4  # characters at most between “born” and the date
OF_AGE = 18


@dataclass(frozen=True, slots=True)
class Dated:
    """One date in the text. `day` is 0 for a month alone, `year` 0 where none is written; `value` only if complete and real."""

    span: Span
    day: int
    month: int
    year: int
    weekday: int | None = None  # Monday is 0
    value: date | None = None

    @property
    def is_full(self) -> bool:
        return bool(self.day and self.month and self.year)


def without_stop(text: str, span: Span) -> Span:
    """The span of a date without the full stop of its month or its sentence."""
    return Span(span.start, span.end - (text[span.end - 1] == "."))


def all_in(text: str, start: int = 0, end: int | None = None, today: date = date.max) -> Iterator[Dated]:
    """Every date, in order; impossible ones (31 November) have no value. A birth with a short year (“DOB 5/5/41”) is not after `today`."""
    for found in PATTERN.finditer(text, start, len(text) if end is None else end):
        parts = [found[f"{part}{i}"] for i in (1, 2, 3) for part in "dmy" if found[f"d{i}"]]
        if found["m4"]:
            parts = ["0", found["m4"], found["y4"]]
        day, month, year = int(parts[0]), _month(parts[1]), _year(parts[2])
        if found["sep"] and not year and (found["sep"] != "/" or month > 12 or day > 31 or not day or not month):
            continue  # 3.10 is a time, 2-3 a range; 3/10 without a year may be a date
        if year > today.year and len(parts[2]) == 2 and _BIRTH.search(text[max(0, found.start() - 60) : found.start()]):
            year -= 100
        weekday = DAYS.get((found["weekday"] or "").lower())
        yield Dated(Span(*found.span()), day, month, year, weekday, _real(day, month, year))


def birth_year(after: str, today: date) -> int:
    """The year of the birth date that stands right behind a name, else 0. In the next cell any date of an adult's life is one."""
    for before, youngest in ((_BORN, 0), (_IN_THE_NEXT_CELL, OF_AGE + 1)):
        birth = before.match(after)
        day = next(all_in(after, birth.end(), today=today), None) if birth else None
        if birth and day is not None and day.year and day.span.start - birth.end() < _BESIDE:
            return day.year if today.year - day.year >= youngest else 0
    return 0


def _month(word: str) -> int:
    return int(word) if word.isdigit() else MONTHS[word.lower()]


def _year(word: str | None) -> int:
    if not word:
        return 0
    year = int(word)
    return year if year > 99 else 2000 + year if year < 50 else 1900 + year


def _real(day: int, month: int, year: int) -> date | None:
    try:
        return date(year, month, day) if year and day else None
    except ValueError:
        return None
