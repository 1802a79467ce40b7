"""What the dashboard shows of one scope (all drafts, or one team): rows of words, figures and small charts."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from markupsafe import Markup

from referral_lint.review import charts, periods, wording
from referral_lint.review.counts import ALL, CHANGE, Cell, Counts, Measure, Series
from referral_lint.review.suppress import hidden
from referral_lint.writers.page.sharing import ROLES

MOST_RULES = 15
MOST_TERMS = 15
_SOME = 1e-9
_STATUS = (("present", "yes"), ("absent", "fix"), ("not-applicable", "none"))


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a chart and of the table behind it. `key` and `group` are what a click filters by."""

    label: str
    cell: Cell
    chart: Markup
    key: str = ""
    group: str = ""
    note: str = ""

    @property
    def share(self) -> str:
        return wording.share(self.cell)

    @property
    def between(self) -> str:
        return wording.between(self.cell)

    @property
    def count(self) -> str:
        return "–" if self.cell.count is None else f"{self.cell.count:,}"


@dataclass(frozen=True, slots=True)
class Split:
    """Something that is one of several in each draft: a verdict, what a statement is."""

    label: str
    chart: Markup
    cells: tuple[tuple[str, str, Cell], ...]  # look, words, cell


@dataclass(frozen=True, slots=True)
class Stated(Split):
    """What a statement is in each draft. `missing`: how many do not have it, of those in which it is asked for."""

    missing: Cell


@dataclass(frozen=True, slots=True)
class Trend:
    label: str
    chart: Markup
    says: str
    key: str
    points: tuple[charts.Point, ...]


@dataclass(frozen=True, slots=True)
class Heat:
    chart: Markup
    roles: tuple[str, ...]
    rows: tuple[tuple[str, tuple[Cell, ...]], ...]


@dataclass(frozen=True, slots=True)
class Term:
    """A short form that was left unexplained, and the kinds of service that the drafts went to."""

    row: Row
    readers: tuple[tuple[str, Cell], ...]


@dataclass(frozen=True)
class Scope:
    key: str
    title: str
    whole: int
    verdicts: Split
    families: list[Row]
    rules: list[Row]
    more_rules: list[Row]
    rare: int  # rules that came up in numbers of drafts that are not shown
    every_rule: list[Row]
    statements: list[Stated]
    heat: Heat
    terms: list[Term]
    trend: Trend | None


class Panels:
    """Builds scopes from counts. `rules` says of each its family, its severity and what it is called."""

    def __init__(self, counts: Counts, rules: Mapping[str, tuple[str, str, str]]) -> None:
        self.counts, self.rules = counts, rules
        self.titles = {rule: title for rule, (_, _, title) in rules.items()}

    def scope(self, column: str, key: str, readers: Mapping[str, Mapping[str, Cell]]) -> Scope:
        every = self._rules(column)
        rules = [row for row in every if row.cell.count]
        return Scope(
            key=key,
            title=column,
            whole=sum(n for (team, _), n in self.counts.wholes.items() if column in (ALL, team)),
            verdicts=self._verdicts(column),
            families=self._families(column),
            rules=rules[:MOST_RULES],
            more_rules=rules[MOST_RULES:],
            rare=sum(row.cell.count is None for row in every),
            every_rule=every,
            statements=self._statements(column),
            heat=self._heat(column),
            terms=[Term(row, tuple(readers.get(row.key, {}).items())) for row in self._terms(column)],
            trend=self._trend(column),
        )

    def cell(self, kind: str, name: str, column: str) -> Cell:
        """A measure that no draft has is not in the table: then nobody has it, which gives nobody away."""
        whole = sum(n for (team, _), n in self.counts.wholes.items() if column in (ALL, team))
        return self.counts.by_team.get(((kind, name), column), Cell(0, whole))

    def teams(self) -> list[Row]:
        """By name: a list from the worst on would be a ranking, and the figures do not bear one."""
        return [
            self._row(team, self.cell(*CHANGE, team), "fix", key=f"team-{i}")
            for i, team in enumerate(self.counts.teams, 1)
        ]

    def months(self) -> list[Trend]:
        """The trend of everything, then of each family."""
        measures: list[Measure] = [CHANGE]
        measures += [("family", f) for f in wording.families() if ("family", f) in self.counts.measures]
        return [self._month(measure) for measure in measures] if len(self.counts.months) > 1 else []

    def _month(self, measure: Measure) -> Trend:
        series, whole = self.counts.series(measure), measure[0] == "change"
        points = self._points(series)
        look, height = ("fix", 210) if whole else ("", 112)
        chart = charts.line(points, look, height) if points else Markup("")
        # What is not shown has no direction either: the sentence would tell of it what the picture must not.
        says = wording.trend(self.counts.trend(measure), len(self.counts.months)) if points else ""
        return Trend(wording.name(measure, self.titles), chart, says, measure[1], points)

    def _trend(self, column: str) -> Trend | None:
        series = self.counts.by_period.get(column) if column != ALL else None
        if series is None or not series.tells:
            return None
        points = self._points(series)
        return Trend("Something to change, over time", charts.line(points, "fix"), "", "", points)

    def _points(self, series: Series | None) -> tuple[charts.Point, ...]:
        if series is None:
            return ()
        months = self.counts.months
        return tuple(charts.Point(periods.label(p, series.step, months), cell) for p, cell in series.cells)

    def _row(self, label: str, cell: Cell, look: str, **more: str) -> Row:
        return Row(label, cell, charts.bar(cell, look), **more)

    def _verdicts(self, column: str) -> Split:
        cells = tuple(
            (name, wording.VERDICTS[name], self.cell("verdict", name, column)) for name in ("ready", "review", "hold")
        )
        return Split("", charts.stack([(look, cell) for look, _, cell in cells]), cells)

    def _families(self, column: str) -> list[Row]:
        rows = [
            self._row(words, self.cell("family", family, column), "fix", key=family, group=family)
            for family, words in wording.families().items()
        ]
        return sorted(rows, key=lambda row: -_value(row.cell))

    def _rules(self, column: str) -> list[Row]:
        rows = []
        for rule, (family, severity, title) in self.rules.items():
            note = wording.severity(severity)
            rows.append(self._row(title, self.cell("rule", rule, column), severity, key=rule, group=family, note=note))
        return sorted(rows, key=lambda row: (-_value(row.cell), row.key))

    def _statements(self, column: str) -> list[Stated]:
        names = list(
            dict.fromkeys(name.partition(" ")[0] for kind, name in self.counts.measures if kind == "statement")
        )
        made = []
        for name in names:
            words = {"present": "said", "absent": "not found", "not-applicable": "not asked for here"}
            cells = tuple(
                (look, words[status], self.cell("statement", f"{name} {status}", column)) for status, look in _STATUS
            )
            missing = _missing(*(cell for _, _, cell in cells))
            made.append(Stated(wording.statement(name), charts.bar(missing, "fix"), cells, missing))
        return sorted(made, key=lambda one: -_value(one.missing))

    def _heat(self, column: str) -> Heat:
        names = [name.split(" ") for kind, name in self.counts.measures if kind == "sharing"]
        who = [role for role in ROLES if role in {role for role, _ in names}]
        what = sorted({what for _, what in names}, key=lambda what: -self._most(column, who, what))
        rows = [(wording.category(w), tuple(self.cell("sharing", f"{role} {w}", column) for role in who)) for w in what]
        rows = [(name, cells) for name, cells in rows if any(cell.count != 0 for cell in cells)]
        roles = tuple(wording.role(role) for role in who)
        return Heat(charts.heat(roles, rows), roles, tuple(rows))

    def _most(self, column: str, who: Iterable[str], what: str) -> float:
        return sum(_value(self.cell("sharing", f"{role} {what}", column)) for role in who)

    def _terms(self, column: str) -> list[Row]:
        terms = [name for kind, name in self.counts.measures if kind == "term"]
        rows = [self._row(term, self.cell("term", term, column), "fix", key=term) for term in terms]
        shown = sorted((row for row in rows if row.cell.count), key=lambda row: (-_value(row.cell), row.key))[
            :MOST_TERMS
        ]
        top = max((_value(row.cell) for row in shown), default=1.0)
        return [replace(row, chart=charts.bar(row.cell, "fix", top)) for row in shown]


def _missing(present: Cell, absent: Cell, elsewhere: Cell) -> Cell:
    """How many of the drafts in which a statement is asked for do not have it: only of numbers that are all shown, so
    that none of the hidden ones can be worked out from it.
    """
    if present.count is None or absent.count is None or elsewhere.count is None:
        return Cell(None, 0)
    return Cell(absent.count, present.count + absent.count)


def readers_of_terms(db: sqlite3.Connection, counts: Counts) -> dict[str, dict[str, Cell]]:
    """For each short form left unexplained: how many of the drafts with it went to which kind of service."""
    query = (
        "SELECT term, coalesce(agency, ''), count(*) FROM (SELECT DISTINCT f.file, f.document, term, agency FROM finding f "
        "JOIN d USING (file, document) LEFT JOIN recipient r USING (file, document) WHERE waived = 0 AND term <> '') "
        "GROUP BY 1, 2 ORDER BY 1, 3 DESC"
    )
    found: dict[str, dict[str, int]] = {}
    for term, agency, n in db.execute(query):
        found.setdefault(term, {})[agency or "not known"] = n
    made = {}
    for term, agencies in found.items():
        whole = sum(counts.cube[("term", term), team, month] for team, month in counts.wholes)
        cells = [list(agencies.values())]
        away = hidden(cells, counts.smallest, wholes=[[whole] * len(agencies)])
        made[term] = {a: Cell(None if (0, j) in away else n, whole) for j, (a, n) in enumerate(agencies.items())}
    return made


def _value(cell: Cell) -> float:
    """What to sort by. A number that is not shown stands before those that are nought: it is more than that."""
    found = cell.interval
    return found.value if found is not None else _SOME
