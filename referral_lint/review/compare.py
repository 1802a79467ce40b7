"""Two periods, two teams, before and after: a difference, how sure it is, and a sentence that says no more than that."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from markupsafe import Markup

from referral_lint.errors import ReferralLintError
from referral_lint.patterns import compiled
from referral_lint.review import charts, periods, wording
from referral_lint.review.counts import ALL, CHANGE, Cell, Counts, Measure, count, in_line
from referral_lint.review.stats import Interval, newcombe, rates
from referral_lint.review.suppress import hidden, small

FEWEST = 10  # drafts on each side, below which nothing is said
_DAY = r"\d{4}(?:-\d\d(?:-\d\d)?)?"
_PERIOD = compiled(rf"({_DAY})?(\.\.)?({_DAY})?")


@dataclass(frozen=True, slots=True)
class Side:
    """Which drafts: the condition over `d`, and its values."""

    words: str
    where: str
    values: tuple[str, ...]
    team: str = ""


_EVERY = Side("All drafts", "1", ())


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
        return signed(100 * self.difference.value)

    @property
    def between(self) -> str:
        return f"{signed(100 * self.difference.low)} to {signed(100 * self.difference.high)}"


def signed(value: float, places: int = 0) -> str:
    """A difference with its sign; nothing is neither more nor less."""
    text = f"{value:+.{places}f}"
    return text.replace("-", "−") if float(text) else text[1:]


@dataclass(frozen=True)
class Compared:
    before: Side
    after: Side
    sizes: tuple[int | None, int | None]  # None: it would give a small number away
    smallest: int
    lines: tuple[Line, ...] = ()
    main: Interval | None = None
    rate: Interval | None = None

    @property
    def rate_words(self) -> tuple[str, ...]:
        """The difference of things in 1,000 words, and its ends."""
        return tuple(signed(value, 1) for value in self.rate or ())

    @cached_property
    def sentence(self) -> str:
        """What can be said, and not more."""
        sizes = ["some" if n is None else wording.few(n, self.smallest) for n in self.sizes]
        names = f"“{self.before.words}” ({sizes[0]} drafts) and “{self.after.words}” ({sizes[1]} drafts)"
        if self.main is None:
            fewest = "too few drafts, or too few of them with something to change or with nothing, to compare"
            return f"{names}: {fewest}{' that; the page compares what it is about' if self.lines else ''}."
        line = self.lines[0]
        low, high = sorted((abs(self.main.low), abs(self.main.high)))
        shares = f"something to change was found in {line.before} and {line.after} of the drafts"
        if self.main.low <= 0 <= self.main.high:
            return (
                f"{names}: {shares}. That may be chance: the true difference could lie anywhere from "
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
    wheres, values, team = [], [], ""
    for part in text.split(","):
        part = part.strip()
        if part.startswith("team:"):
            wheres.append("shown = ?")
            team = part.removeprefix("team:").strip()
            values.append(team)
        else:
            first, last = _period(part)
            wheres.append("day >= ? AND day <= ?")
            values += [first, last]
    return Side(", ".join(map(_words_for, text.split(","))), " AND ".join(wheres), tuple(values), team)


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
    page = count(db, smallest)
    before, after = both
    _check_teams(db, both)
    sizes = (_count(db, before), _count(db, after))
    together = f"({before.where}) AND ({after.where})"
    if db.execute(f"SELECT count(*) FROM d WHERE {together}", (*before.values, *after.values)).fetchone()[0]:  # noqa: S608
        raise ReferralLintError("--compare: some drafts are on both sides; choose two that do not overlap")
    fewest, told = min(sizes), _told(db, both, page)
    if fewest < max(FEWEST, smallest):
        return Compared(before, after, told, smallest)
    found: list[tuple[str, Cell, Cell]] = []
    changed = _shown(db, both, page, CHANGE, "stop + fix > 0")
    if changed:
        found.append(("Something to change", *changed))
    for family, words in wording.families().items():
        if cells := _shown(db, both, page, ("family", family), _HAS_FAMILY, family):
            found.append((words, *cells))
    if not found:
        return Compared(before, after, told, smallest)
    lines = _lines(found)
    main = lines[0].difference if changed else None
    return Compared(before, after, told, smallest, tuple(lines), main, rates(_words(db, before), _words(db, after)))


def _check_teams(db: sqlite3.Connection, both: tuple[Side, Side]) -> None:
    """Raises ReferralLintError for a team that the page does not show either."""
    there = [team for (team,) in db.execute("SELECT DISTINCT shown FROM d ORDER BY 1")]
    for side in both:
        if side.team and side.team not in there:
            raise ReferralLintError(
                f"--compare: no team is shown as {side.team!r} (small ones are put together); there are: {', '.join(there)}"
            )


def _shown(
    db: sqlite3.Connection, both: tuple[Side, Side], page: Counts, measure: Measure, more: str, *values: str
) -> tuple[Cell, Cell] | None:
    """The drafts of both sides of which something is so; None if a small number of those, of the others of a side, or
    of the drafts on neither side could be worked out.
    """
    sides = [*both, _EVERY]
    counts, wholes = ([_count(db, side, *asked) for side in sides] for asked in ((more, *values), ()))
    counts[2], wholes[2] = counts[2] - sum(counts[:2]), wholes[2] - sum(wholes[:2])
    cells = [
        _as_on_the_page(side, cell, page, measure)
        for side, cell in zip(both, in_line(counts, wholes, page.smallest), strict=False)
    ]
    if any(
        small(n, page.smallest)
        for side in both
        for both_of in _left(db, side, page, measure, more, *values)
        for n in both_of
    ):
        return None
    return (cells[0], cells[1]) if all(cell.interval for cell in cells) else None


def _left(
    db: sqlite3.Connection, side: Side, page: Counts, measure: Measure, more: str = "1", *values: str
) -> Iterator[tuple[int, int]]:
    """What is left of a side, and of all beside it, less the periods that the page shows: of so many drafts it is so, of
    so many not.
    """
    name = side.team or ALL
    series = page.by_period.get(name) if measure == CHANGE else page.series(measure) if name == ALL else None
    step, shown = (series.step, dict(series.cells)) if series else (1, {})
    inside = {asked: _by_period(db, side, step, *asked) for asked in {(more, *values), ("1",)}}
    every = Side(name, "shown = ?", (name,)) if side.team else _EVERY
    whole = {asked: _by_period(db, every, step, *asked) for asked in inside}
    for of_side in (True, False):
        left = {}
        for asked, mine in inside.items():
            of = {p: mine[p] if of_side else n - mine[p] for p, n in whole[asked].items()}
            sizes = {p: inside["1",][p] if of_side else n - inside["1",][p] for p, n in whole["1",].items()}
            told = [p for p, n in sizes.items() if p in shown and shown[p].count is not None and n == shown[p].whole]
            left[asked] = sum(of.values()) - sum(of.get(p, 0) for p in told)
        yield left[(more, *values)], left["1",] - left[(more, *values)]


def _by_period(db: sqlite3.Connection, side: Side, step: int, more: str = "1", *values: str) -> Counter[str]:
    query = f"SELECT month, count(*) FROM d WHERE ({side.where}) AND {more} GROUP BY 1"  # noqa: S608
    found = Counter[str]()
    for month, n in db.execute(query, (*side.values, *values)):
        found[periods.period(month, step)] += n
    return found


def _told(db: sqlite3.Connection, both: tuple[Side, Side], page: Counts) -> tuple[int | None, int | None]:
    """How many drafts the sides have, unless that would tell of a small number on neither or of the rest of a period."""
    sizes = [_count(db, side) for side in both]
    away = hidden([[*sizes, page.whole - sum(sizes)]], page.smallest, spare={2})
    made = [
        None
        if (n >= page.smallest and (0, j) in away)
        or any(small(sum(rest), page.smallest) for rest in _left(db, side, page, CHANGE))
        else n
        for j, (side, n) in enumerate(zip(both, sizes, strict=True))
    ]
    return made[0], made[1]


def _as_on_the_page(side: Side, cell: Cell, page: Counts, measure: Measure) -> Cell:
    """Of a team what the page shows, and no more; of a part of one nothing of what the page hides of it."""
    told = page.by_team.get((measure, side.team))
    if told is None:
        return cell
    return told if told.whole == cell.whole else cell if told.count is not None else Cell(None, cell.whole)


def _lines(found: Sequence[tuple[str, Cell, Cell]]) -> list[Line]:
    differences = [_difference(before, after) for _, before, after in found]
    reach = max(0.05, *(abs(end) for one in differences for end in one[1:]))
    return [
        Line(label, wording.share(before), wording.share(after), one, charts.difference(one, reach))
        for (label, before, after), one in zip(found, differences, strict=True)
    ]


def _difference(before: Cell, after: Cell) -> Interval:
    """Of cells that are told as "at least": the middle, and the ends for all that they could be."""
    every = [newcombe((m, before.whole), (n, after.whole)) for m in _possible(before) for n in _possible(after)]
    values = [one.value for one in every]
    return Interval((min(values) + max(values)) / 2, min(one.low for one in every), max(one.high for one in every))


def _possible(cell: Cell) -> Sequence[int]:
    return range(cell.least, cell.whole + 1) if cell.count is None else [cell.count]


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
