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
    """So many drafts of so many; `count` None: a number that cannot be shown, though perhaps that it is `least` or more."""

    count: int | None
    whole: int
    least: int = 0

    @property
    def interval(self) -> Interval | None:
        if self.count is not None:
            return wilson(self.count, self.whole) if self.whole else None
        if not self.least:
            return None
        return Interval((self.least / self.whole + 1) / 2, wilson(self.least, self.whole).low, 1.0)


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
        """The months of the drafts, without the few stray ones before the first and after the last that has enough."""
        sizes = Counter[str]()
        for (_, month), n in self.wholes.items():
            sizes[month] += n if month else 0
        least = max(self.smallest, max(sizes.values(), default=0) / 10)
        enough = [month for month, n in sizes.items() if n >= least]
        return periods.every(enough, 1)

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
        for columns in ([ALL], self.teams):  # the total is in no line with the teams that add up to it
            cells = [[rows[m][c] for c in columns] for m in self.measures]
            wholes = [[whole[c] for c in columns]] * len(cells)
            away = hidden(cells, self.smallest, _splits(self.measures), wholes, _dear(self.measures))
            for i, m in enumerate(self.measures):
                made.update(
                    {(m, c): Cell(None if (i, j) in away else rows[m][c], whole[c]) for j, c in enumerate(columns)}
                )
                if m == CHANGE:
                    line = cells_of(cells[i], wholes[i], {j for k, j in away if k == i}, self.smallest)
                    made.update({(m, c): cell for c, cell in zip(columns, line, strict=True)})
        return made

    @cached_property
    def outside(self) -> int:
        """How many drafts are from before or after the months that are shown."""
        return sum(n for (_, month), n in self.wholes.items() if month not in self._shown)

    def series(self, measure: Measure) -> Series | None:
        """A measure by the shortest periods that tell something, if possible with ENOUGH drafts each; None if none do."""
        telling = [made for step in periods.STEPS if (made := self._series(measure, step)).tells]
        return next((made for made in telling if made.typical >= ENOUGH), telling[0] if telling else None)

    def _series(self, measure: Measure, step: int) -> Series:
        counts, wholes = Counter[str](), Counter[str]()
        for (of, _, month), n in self.cube.items():
            if of == measure and month in self._shown:
                counts[periods.period(month, step)] += n
        for (_, month), n in self.wholes.items():
            if month in self._shown:
                wholes[periods.period(month, step)] += n
        every = periods.every(self.months, step)
        # The total of all drafts is shown elsewhere: those from outside these months are one number more of the line.
        outside = sum(n for (of, _, month), n in self.cube.items() if of == measure and month not in self._shown)
        row, of_row = [*(counts[p] for p in every), outside], [*(wholes[p] for p in every), self.outside]
        line = in_line(row, of_row, self.smallest)
        return Series(step, [(p, self._told(cell)) for p, cell in zip(every, line[:-1], strict=True)])

    def team_series(self, least: int) -> dict[str, Series]:
        """Drafts with something to change by team and period, in periods of at least `least` months; empty if too few."""
        for step in (step for step in periods.STEPS if step >= least):
            made = self._team_series(step)
            if made and all(series.tells for team, series in made.items() if team != SMALLER):
                return made
        return {}

    def _team_series(self, step: int) -> dict[str, Series]:
        every = periods.every(self.months, step)
        counts, wholes = Counter[tuple[str, str]](), Counter[tuple[str, str]]()
        for (team, month), n in self.wholes.items():
            at = periods.period(month, step) if month in self._shown else _OUTSIDE
            wholes[team, at] += n
            counts[team, at] += self.cube[CHANGE, team, month]
        columns = [*every, _OUTSIDE]
        cells, sizes = ([[kept[team, p] for p in columns] for team in self.teams] for kept in (counts, wholes))
        # Totals of teams and of periods are both shown, so both ways nothing may follow from the others.
        away = hidden(cells, self.smallest, [range(len(self.teams))], sizes)
        return {
            team: Series(
                step,
                [
                    (p, self._told(Cell(None if (i, j) in away else cells[i][j], wholes[team, p])))
                    for j, p in enumerate(every)
                ],
            )
            for i, team in enumerate(self.teams)
        }

    @cached_property
    def _shown(self) -> frozenset[str]:
        return frozenset(self.months)

    def _told(self, cell: Cell) -> Cell:
        return cell if cell.whole >= 2 * self.smallest else Cell(None, cell.whole)  # of so few a figure says nothing

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
