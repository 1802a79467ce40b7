"""Months, or longer stretches where months have too few drafts to say anything."""

from __future__ import annotations

from collections.abc import Sequence

STEPS = (1, 3, 6, 12)  # months in a period; each begins with the calendar's
_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()


def period(month: str, step: int) -> str:
    """The first month of the period that a month (2025-03) is in."""
    year, number = month.split("-")
    return f"{year}-{(int(number) - 1) // step * step + 1:02d}"


def every(months: Sequence[str], step: int) -> list[str]:
    """All periods from the first month to the last, those without a draft too; at most the last 60."""
    if not months:
        return []
    at, last, found = period(min(months), step), period(max(months), step), []
    while at <= last:
        found.append(at)
        year, number = map(int, at.split("-"))
        year, number = (year, number + step) if number + step <= 12 else (year + 1, 1)
        at = f"{year:04d}-{number:02d}"
    return found[-60:]


def label(first: str, step: int, months: Sequence[str] = ()) -> str:
    """How a period is called: Mar 25, Jan–Mar 25, 2025. `months`: those that there are; by those of its own it is called."""
    own = [month for month in months if period(month, step) == first]
    year, number = first.split("-")
    begin, end = (_number(own[0]), _number(own[-1])) if own else (int(number), int(number) + step - 1)
    if end - begin == 11:
        return year
    names = dict.fromkeys((_MONTHS[begin - 1], _MONTHS[end - 1]))
    return f"{'–'.join(names)} {year[2:]}"


def _number(month: str) -> int:
    return int(month.split("-")[1])
