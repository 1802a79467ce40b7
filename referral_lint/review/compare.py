"""Two periods, two teams, before and after: a difference, how sure it is, and a sentence that says no more than that."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from markupsafe import Markup

from referral_lint.errors import ReferralLintError
from referral_lint.review import charts, wording
from referral_lint.review.counts import drafts
from referral_lint.review.stats import Interval, newcombe, rates
from referral_lint.review.suppress import small

FEWEST = 10  # drafts on each side, below which nothing is said
_DAY = r"\d{4}(?:-\d\d(?:-\d\d)?)?"
_PERIOD = re.compile(rf"({_DAY})?(\.\.)?({_DAY})?")


@dataclass(frozen=True, slots=True)
class Side:
    """Which drafts: the condition over `d`, and its values."""

    words: str
    where: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """One thing compared: counts of both sides, the difference in points, its picture."""

    label: str
    before: str
    after: str
    difference: Interval
    chart: Markup

    @property
    def points(self) -> str:
        return f"{100 * self.difference.value:+.0f}".replace("-", "−")

    @property
    def between(self) -> str:
        return f"{100 * self.difference.low:+.0f} to {100 * self.difference.high:+.0f}".replace("-", "−")


@dataclass(frozen=True)
class Compared:
    before: Side
    after: Side
    sizes: tuple[int, int]
    smallest: int
    lines: tuple[Line, ...] = ()
    main: Interval | None = None
    rate: Interval | None = None

    @property
    def rate_words(self) -> tuple[str, ...]:
        """The difference of things in 1,000 words, and its ends."""
        return tuple(f"{value:+.1f}".replace("-", "−") for value in self.rate or ())

    @cached_property
    def sentence(self) -> str:
        """What can be said, and not more."""
        sizes = [wording.few(n, self.smallest) for n in self.sizes]
        names = f"“{self.before.words}” ({sizes[0]} drafts) and “{self.after.words}” ({sizes[1]} drafts)"
        if self.main is None:
            return f"{names}: too few drafts, or too few of them with something to change, to compare."
        line = self.lines[0]
        low, high = sorted((abs(self.main.low), abs(self.main.high)))
        shares = f"something to change was found in {line.before} and {line.after} of the drafts"
        if self.main.low <= 0 <= self.main.high:
            return (
                f"{names}: {shares}. That may be chance: the true difference could lie anywhere between "
                f"{line.between} points in 100."
            )
        way = "lower" if self.main.value < 0 else "higher"
        return (
            f"{names}: {shares}, {abs(100 * self.main.value):.0f} points in 100 {way} in the second, likely between "
            f"{100 * low:.0f} and {100 * high:.0f}. This does not show why: the drafts may differ in what they were about, "
            "in who wrote them, and in much else."
        )


def sides(given: Sequence[str] | None) -> tuple[Side, Side] | None:
    """Both sides as they were written on the command line. Raises ReferralLintError."""
    return (_side(given[0]), _side(given[1])) if given else None


def _side(text: str) -> Side:
    wheres, values = [], []
    for part in text.split(","):
        part = part.strip()
        if part.startswith("team:"):
            wheres.append("team = ?")
            values.append(part.removeprefix("team:").strip())
        else:
            first, last = _period(part)
            wheres.append("day >= ? AND day <= ?")
            values += [first, last]
    return Side(", ".join(map(_words_for, text.split(","))), " AND ".join(wheres), tuple(values))


def _words_for(part: str) -> str:
    """How a side is called: a team by its name, a period in words."""
    part = part.strip()
    first, dots, last = part.partition("..")
    if part.startswith("team:") or not dots:
        return part.removeprefix("team:").strip()
    return f"{first} to {last}" if first and last else f"until {last}" if last else f"from {first}"


def _period(text: str) -> tuple[str, str]:
    """ISO dates, both included, of "2025", "2025-03", "2025-01..2025-06", "..2025-08", "2025-09.." """
    found = _PERIOD.fullmatch(text)
    if not found or not (found[1] or found[3]):
        raise ReferralLintError(
            f"--compare: {text!r} is no period and no team; write 2025-01..2025-06, 2025, or team:NAME"
        )
    first, last = found[1] or "0001", (found[3] or "9999") if found[2] else found[1]
    begin, end = first + "-01-01"[len(first) - 4 :], last + "-12-31"[len(last) - 4 :]
    for day in (begin, end[:8] + "01"):
        _checked(day, text)
    return begin, end


def _checked(day: str, text: str) -> None:
    try:
        date.fromisoformat(day)
    except ValueError as fault:
        raise ReferralLintError(f"--compare: there is no such day in {text!r}") from fault


def compare(db: sqlite3.Connection, both: tuple[Side, Side], smallest: int) -> Compared:
    """The comparison of two sides. Raises ReferralLintError if a draft would be on both."""
    drafts(db, smallest)
    before, after = both
    sizes = (_count(db, before), _count(db, after))
    together = f"({before.where}) AND ({after.where})"
    if db.execute(f"SELECT count(*) FROM d WHERE {together}", (*before.values, *after.values)).fetchone()[0]:  # noqa: S608
        raise ReferralLintError("--compare: some drafts are on both sides; choose two that do not overlap")
    if min(sizes) < max(FEWEST, smallest):
        return Compared(before, after, sizes, smallest)
    changed = [_count(db, side, "stop + fix > 0") for side in both]
    if any(small(n, smallest) for n in changed):
        return Compared(before, after, sizes, smallest)
    main = newcombe((changed[0], sizes[0]), (changed[1], sizes[1]))
    lines = _lines(db, both, sizes, changed, smallest)
    return Compared(before, after, sizes, smallest, tuple(lines), main, rates(_words(db, before), _words(db, after)))


def _lines(
    db: sqlite3.Connection, both: tuple[Side, Side], sizes: tuple[int, int], changed: list[int], smallest: int
) -> list[Line]:
    found: list[tuple[str, int, int]] = [("Something to change", changed[0], changed[1])]
    for family, words in wording.FAMILIES.items():
        counts = (_count(db, both[0], _HAS_FAMILY, family), _count(db, both[1], _HAS_FAMILY, family))
        if not any(small(n, smallest) for n in counts):
            found.append((words, *counts))
    differences = [newcombe((a, sizes[0]), (b, sizes[1])) for _, a, b in found]
    reach = max(0.05, *(abs(end) for one in differences for end in one[1:]))
    return [
        Line(label, wording.percent(a / sizes[0]), wording.percent(b / sizes[1]), one, charts.difference(one, reach))
        for (label, a, b), one in zip(found, differences, strict=True)
    ]


_HAS_FAMILY = (
    "EXISTS (SELECT 1 FROM finding f WHERE f.file = d.file AND f.document = d.document AND family = ? AND waived = 0 "
    "AND severity <> 'think')"
)


def _count(db: sqlite3.Connection, side: Side, more: str = "1", *values: str) -> int:
    found: Any = db.execute(f"SELECT count(*) FROM d WHERE ({side.where}) AND {more}", (*side.values, *values))  # noqa: S608
    return int(found.fetchone()[0])


def _words(db: sqlite3.Connection, side: Side) -> list[tuple[int, int]]:
    query = f"SELECT stop + fix, words FROM d WHERE {side.where} ORDER BY file, document"  # noqa: S608
    return db.execute(query, side.values).fetchall()
