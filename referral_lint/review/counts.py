"""How many drafts have what, for everybody together, by team and by month; small numbers hidden before anyone sees them."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from statistics import median

from referral_lint.review import periods
from referral_lint.review.stats import Interval, trend, wilson
from referral_lint.review.suppress import hidden, small

ALL = "All drafts"
SMALLER = "Smaller teams"
MOST_TEAMS = 24
_OUTSIDE = ""  # the period of the drafts from outside the months that are shown
ENOUGH = 20  # drafts in a period, below which its figure says little
CHANGE = ("change", "change")
Measure = tuple[str, str]  # kind (verdict, change, danger, family, rule, statement, sharing, term) and name

# Each gives (kind, name, team, month, drafts). `d` holds the drafts that could be read.
_MEASURES = (
    "SELECT 'verdict', verdict, shown, month, count(*) FROM d GROUP BY 2, 3, 4",
    "SELECT 'change', 'change', shown, month, count(*) FROM d WHERE stop + fix > 0 GROUP BY 3, 4",
    "SELECT 'danger', 'danger', shown, month, count(*) FROM d WHERE urgent OR danger_beside GROUP BY 3, 4",
    "SELECT 'family', family, shown, month, count(*) FROM (SELECT DISTINCT file, document, family FROM finding "
    "WHERE waived = 0 AND severity <> 'think') JOIN d USING (file, document) GROUP BY 2, 3, 4",
    "SELECT 'rule', rule, shown, month, count(*) FROM (SELECT DISTINCT file, document, rule FROM finding "
    "WHERE waived = 0) JOIN d USING (file, document) GROUP BY 2, 3, 4",
    "SELECT 'statement', name || ' ' || status, shown, month, count(*) FROM statement JOIN d USING (file, document) "
    "GROUP BY 2, 3, 4",
    "SELECT 'sharing', who || ' ' || category, shown, month, count(*) FROM sharing JOIN d USING (file, document) "
    "GROUP BY 2, 3, 4",
    "SELECT 'term', term, shown, month, count(*) FROM (SELECT DISTINCT file, document, term FROM finding "
    "WHERE waived = 0 AND term <> '') JOIN d USING (file, document) GROUP BY 2, 3, 4",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Cell:
    """So many drafts of so many; `count` None: a number that cannot be shown, though perhaps that it is `least` or more.

    `unsaid`: nor can be shown of how many.
    """

    count: int | None
    whole: int
    least: int = 0
    unsaid: bool = False

    @property
    def interval(self) -> Interval | None:
        if self.count is not None:
            return wilson(self.count, self.whole) if self.whole else None
        if not self.least:
            return None
        return Interval(self.least / self.whole, wilson(self.least, self.whole).low, 1.0)


@dataclass(frozen=True, slots=True)
class Series:
    """Periods of `step` months, each with its cell."""

    step: int
    cells: list[tuple[str, Cell]]

    @property
    def tells(self) -> bool:
        """Whether at least two periods, and most of those with drafts, can be shown."""
        filled = [cell for _, cell in self.cells if cell.whole]
        shown = sum(cell.interval is not None for cell in filled)
        return shown >= 2 and shown >= 0.8 * len(filled)

    @property
    def typical(self) -> float:
        """How many drafts a period usually has."""
        return median(cell.whole for _, cell in self.cells)


@dataclass
class Counts:
    """Everything counted. `smallest`: from how many drafts on a number is shown."""

    smallest: int
    cube: Counter[tuple[Measure, str, str]] = field(default_factory=Counter)
    wholes: Counter[tuple[str, str]] = field(default_factory=Counter)  # (team, month) -> drafts

    @cached_property
    def teams(self) -> list[str]:
        sizes = Counter[str]()
        for (team, _), n in self.wholes.items():
            sizes[team] += n
        return sorted(sizes, key=lambda team: (team == SMALLER, team.casefold()))

    @cached_property
    def months(self) -> list[str]:
        """The months of the drafts, without the few stray ones before the first and after the last that has enough.

        Where most are in months with few, the quarter, half year or year has to have enough.
        """
        made = (self._from_first_to_last(step) for step in periods.STEPS)
        return next(
            (months for months in made if 2 * self._drafts_of(months) > self.whole), self._from_first_to_last(1)
        )

    def _from_first_to_last(self, step: int) -> list[str]:
        sizes = Counter[str]()
        for (_, month), n in self.wholes.items():
            sizes[periods.period(month, step) if month else ""] += n if month else 0
        least = max(self.smallest, max(sizes.values(), default=0) / 10)
        enough = {period for period, n in sizes.items() if n >= least}
        return periods.every([month for _, month in self.wholes if month and periods.period(month, step) in enough], 1)

    def _drafts_of(self, months: Container[str]) -> int:
        return sum(n for (_, month), n in self.wholes.items() if month in months)

    @cached_property
    def measures(self) -> list[Measure]:
        return sorted({measure for measure, _, _ in self.cube})

    @property
    def whole(self) -> int:
        return sum(self.wholes.values())

    @cached_property
    def by_team(self) -> dict[tuple[Measure, str], Cell]:
        """Every measure for all drafts and for each team."""
        rows = {measure: Counter[str]() for measure in self.measures}
        whole = Counter[str]()
        for (measure, team, _), n in self.cube.items():
            rows[measure].update({ALL: n, team: n})
        for (team, _), n in self.wholes.items():
            whole.update({ALL: n, team: n})
        made = {}
        # What is shown of the teams and of all hangs together, so that a line has its total in it.
        columns = [*self.teams, ALL]
        cells = [[rows[m][c] for c in columns] for m in self.measures]
        wholes = [[whole[c] for c in columns]] * len(cells)
        away = hidden(cells, self.smallest, _splits(self.measures), wholes, _dear(self.measures))
        for i, m in enumerate(self.measures):
            gone = {j for k, j in away if k == i}
            line = [
                Cell(None if j in gone else n, whole[c]) for j, (c, n) in enumerate(zip(columns, cells[i], strict=True))
            ]
            if m == CHANGE:
                line = cells_of(cells[i], wholes[i], gone, self.smallest)
            made.update({(m, c): cell for c, cell in zip(columns, line, strict=True)})
        return made

    @cached_property
    def outside(self) -> int:
        """How many drafts are from before or after the months that are shown."""
        return sum(n for (_, month), n in self.wholes.items() if month not in self._shown)

    def series(self, measure: Measure) -> Series | None:
        """A measure of all drafts by period; None if it tells nothing."""
        if measure == CHANGE:
            return self.by_period.get(ALL)
        made = self._series(measure, [ALL], self.step)[ALL] if self.step else None
        return made if made and made.tells else None

    @cached_property
    def step(self) -> int:
        """Months in a period: the fewest that tell something, if possible with ENOUGH drafts in each; 0 if none do.

        One for all series: of two lengths one would give away what the other hides.
        """
        every = [(step, self._series(CHANGE, [ALL], step)[ALL]) for step in periods.STEPS]
        telling = [(step, made) for step, made in every if made.tells]
        return next((step for step, made in telling if made.typical >= ENOUGH), telling[0][0] if telling else 0)

    @cached_property
    def by_period(self) -> dict[str, Series]:
        """Drafts with something to change by period, of all, and of each team if every team's tell something."""
        if not self.step:
            return {}
        made = self._series(CHANGE, [*self.teams, ALL], self.step) if len(self.teams) > 1 else {}
        if made and all(series.tells for team, series in made.items() if team != SMALLER):
            return made
        return self._series(CHANGE, [ALL], self.step)

    def _series(self, measure: Measure, names: Sequence[str], step: int) -> dict[str, Series]:
        """`names`: teams and ALL. What is shown of the teams and of all hangs together, and so does what is hidden."""
        every = periods.every(self.months, step)
        counts, wholes = Counter[tuple[str, str]](), Counter[tuple[str, str]]()
        for (team, month), n in self.wholes.items():
            at = periods.period(month, step) if month in self._shown else _OUTSIDE
            for name in (team, ALL):
                wholes[name, at] += n
                counts[name, at] += self.cube[measure, team, month]
        # The totals are shown elsewhere: the drafts from outside these months are one number more of each line.
        cells, sizes = ([[kept[name, p] for p in (*every, _OUTSIDE)] for name in names] for kept in (counts, wholes))
        splits = [range(len(names))] if len(names) > 1 else []
        away = hidden(cells, self.smallest, splits, sizes, spare={len(every)})
        # How many drafts a period has is a number, too. How many are from outside is said, unless they are few.
        columns = len(every) + small(self.outside, self.smallest)
        few = hidden([row[:columns] for row in sizes], self.smallest, splits)
        if measure != CHANGE and len(self.by_period) > 1:
            few = {(0, j) for j, (_, cell) in enumerate(self.by_period[ALL].cells) if cell.unsaid}
        made = {}
        for i, name in enumerate(names):
            gone = {j for k, j in away if k == i}
            line = (
                cells_of(cells[i], sizes[i], gone, self.smallest)
                if len(names) == 1
                else [
                    Cell(None if j in gone else n, whole)
                    for j, (n, whole) in enumerate(zip(cells[i], sizes[i], strict=True))
                ]
            )
            told = (self._told(cell, (i, j) in few) for j, cell in enumerate(line[:-1]))
            made[name] = Series(step, list(zip(every, told, strict=True)))
        return made

    @cached_property
    def _shown(self) -> frozenset[str]:
        return frozenset(self.months)

    def _told(self, cell: Cell, unsaid: bool) -> Cell:
        """Of so few drafts a figure says nothing."""
        return Cell(None, cell.whole, unsaid=unsaid) if unsaid or cell.whole < 2 * self.smallest else cell

    def trend(self, measure: Measure) -> Interval | None:
        """The change of a measure's share a month; None if there is too little to say."""
        counts, wholes = Counter[str](), Counter[str]()
        for (of, _, month), n in self.cube.items():
            counts[month] += n if of == measure else 0
        for (_, month), n in self.wholes.items():
            wholes[month] += n
        if self.whole < 4 * self.smallest:
            return None
        return trend([(i, counts[month], wholes[month]) for i, month in enumerate(self.months)])


def in_line(counts: Sequence[int], wholes: Sequence[int], smallest: int) -> list[Cell]:
    """The cells of one line whose total is known, with what must not be shown hidden; the last is shown nowhere."""
    away = hidden([counts], smallest, wholes=[wholes], spare={len(counts) - 1})
    return cells_of(counts, wholes, {j for _, j in away}, smallest)


def cells_of(counts: Sequence[int], wholes: Sequence[int], away: Container[int], smallest: int) -> list[Cell]:
    """The cells of a line. Of a hidden one that is nearly its whole it is said that fewer than `smallest` are left,
    unless so many would have to be left of each to come to the total.
    """
    left = [whole - n for n, whole in zip(counts, wholes, strict=True)]
    follows = all(n == smallest - 1 for j, n in enumerate(left) if j in away)
    return [
        Cell(n, whole)
        if j not in away
        else Cell(None, whole, 0 if follows or left[j] >= smallest else max(0, whole - smallest + 1))
        for j, (n, whole) in enumerate(zip(counts, wholes, strict=True))
    ]


def _splits(measures: Sequence[Measure]) -> list[list[int]]:
    """Measures that share all drafts out among them: the verdicts, and what each statement is."""
    groups: dict[tuple[str, str], list[int]] = {}
    for i, (kind, name) in enumerate(measures):
        if kind == "verdict":
            groups.setdefault((kind, ""), []).append(i)
        elif kind == "statement":
            groups.setdefault((kind, name.partition(" ")[0]), []).append(i)
        if (kind, name) in (("verdict", "ready"), ("change", "change")):
            groups.setdefault(("ready or not", ""), []).append(i)
    return list(groups.values())


def _dear(measures: Sequence[Measure]) -> frozenset[int]:
    """Measures that say of a draft only that nothing is wrong: worth knowing, where it gives nothing away."""
    return frozenset(
        i
        for i, (kind, name) in enumerate(measures)
        if (kind, name) == ("verdict", "ready") or (kind == "statement" and not name.endswith(" absent"))
    )


def count(db: sqlite3.Connection, smallest: int, where: str = "1") -> Counts:
    """Count everything in a database of results. `where`: which drafts, as SQL of our own over `document`."""
    drafts(db, smallest, where)
    made = Counts(smallest)
    for team, month, n in db.execute("SELECT shown, month, count(*) FROM d GROUP BY 1, 2"):
        made.wholes[team, month] = n
    for query in _MEASURES:
        for kind, name, team, month, n in db.execute(query):
            made.cube[(kind, name), team, month] += n
    return made


def drafts(db: sqlite3.Connection, smallest: int, where: str = "1") -> None:
    """The temporary table `d`: the drafts that could be read, with the team as it is shown and the month."""
    db.execute("PRAGMA temp_store = MEMORY")
    db.execute("DROP TABLE IF EXISTS temp.d")
    db.execute(
        "CREATE TEMP TABLE d AS SELECT *, team AS shown, substr(day, 1, 7) AS month FROM document "  # noqa: S608
        f"WHERE verdict <> 'unchecked' AND ({where})"
    )
    db.execute("CREATE INDEX temp.d_key ON d (file, document)")
    sizes = db.execute("SELECT shown, count(*) FROM d GROUP BY 1 ORDER BY 2 DESC, 1").fetchall()
    _merge(
        db,
        [team for team, n in sizes[MOST_TEAMS:]] + [team for team, n in sizes[:MOST_TEAMS] if n < smallest],
        smallest,
    )


def _merge(db: sqlite3.Connection, away: Iterable[str], smallest: int) -> None:
    """Teams of few drafts become one; if they are few together, the smallest of the others joins them."""
    db.executemany("UPDATE d SET shown = ? WHERE shown = ?", [(SMALLER, team) for team in away])
    n = db.execute("SELECT count(*) FROM d WHERE shown = ?", (SMALLER,)).fetchone()[0]
    if small(n, smallest):
        db.execute(
            "UPDATE d SET shown = ? WHERE shown = (SELECT shown FROM d WHERE shown <> ? GROUP BY 1 ORDER BY count(*), 1 LIMIT 1)",
            (SMALLER, SMALLER),
        )
