"""Days whose year is not written: which year each check takes is its own affair, which days there are is said here."""

from __future__ import annotations

from datetime import date

from referral_lint.understanding.dates import Dated


def day_in(year: int, month: int, day: int) -> date | None:
    """That day; None if no calendar has it."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def around(dated: date, day: Dated) -> list[date]:
    """The day in the year of the draft and in the one before and after, the nearest to the draft first."""
    found = (day_in(year, day.month, day.day) for year in (dated.year - 1, dated.year, dated.year + 1))
    return sorted((one for one in found if one is not None), key=lambda one: abs((one - dated).days))
