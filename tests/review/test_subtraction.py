"""Whoever adds and subtracts all numbers of a page finds none that is hidden as too small."""

from fractions import Fraction

from hypothesis import example, given, settings
from hypothesis import strategies as st

from referral_lint.review import counts
from referral_lint.review.suppress import small

SMALLEST = 5
MONTHS = [f"2025-{m:02d}" for m in range(1, 8)]
HOLD, REVIEW, READY = "hold", "review", "ready"
VERDICTS = (HOLD, REVIEW, READY)


def counted(table):
    """Counts of {(team, month): (hold, review, ready)}."""
    made = counts.Counts(SMALLEST)
    for (team, month), numbers in table.items():
        made.wholes[team, month] += sum(numbers)
        for verdict, n in zip(VERDICTS, numbers, strict=True):
            made.cube[("verdict", verdict), team, month] += n
        made.cube[counts.CHANGE, team, month] += numbers[0] + numbers[1]
    return made


class Page:
    """All numbers that a page shows of teams and of periods, each as a sum of numbers of one team, month and verdict."""

    def __init__(self, made):
        self.made, self.atoms = made, {}
        for key in made.wholes:
            self.atoms.update({(*key, verdict): len(self.atoms) + i for i, verdict in enumerate(VERDICTS)})
        self.shown, self.hidden = [], []
        self.told(self.sum(), made.whole)
        for team in made.teams:
            self.told(self.sum(teams=[team]), self.true(self.sum(teams=[team])))
        for team in (None, *made.teams):
            for verdict in VERDICTS:
                self.cell(made.by_team[("verdict", verdict), team or counts.ALL], [team], None, [verdict])
            self.cell(made.by_team[counts.CHANGE, team or counts.ALL], [team], None, [HOLD, REVIEW])
        out = [month for month in {month for _, month in made.wholes} if month not in made.months]
        self.told_unless_small(self.sum(months=out))
        for team, series in self.series():
            for period, cell in series.cells:
                months = [m for m in made.months if counts.periods.period(m, series.step) == period]
                if not cell.whole:
                    self.told(self.sum([team], months), 0)
                elif cell.interval is None:  # the page has a dash for the number and for the whole
                    self.hide(self.sum([team], months, [HOLD, REVIEW]))
                    self.hide(self.sum([team], months, [READY]))
                    self.hide(self.sum([team], months))
                else:
                    self.told(self.sum([team], months), cell.whole)
                    self.cell(cell, [team], months, [HOLD, REVIEW])

    def series(self):
        for name, series in self.made.by_period.items():
            if name == counts.ALL or series.tells:
                yield None if name == counts.ALL else name, series

    def sum(self, teams=(None,), months=None, verdicts=VERDICTS):
        return frozenset(
            i
            for (t, m, v), i in self.atoms.items()
            if (teams[0] is None or t in teams) and (months is None or m in months) and v in verdicts
        )

    def true(self, some):
        return sum(self.made.cube[("verdict", v), t, m] for (t, m, v), i in self.atoms.items() if i in some)

    def told(self, some, number):
        assert self.true(some) == number
        assert not small(number, SMALLEST), "a small number is shown"
        self.shown.append(some)

    def told_unless_small(self, some):
        (self.hide if small(self.true(some), SMALLEST) else self.shown.append)(some)

    def cell(self, cell, teams, months, verdicts):
        some, left = (self.sum(teams, months, v) for v in (verdicts, [v for v in VERDICTS if v not in verdicts]))
        if cell.count is None:
            self.hide(some)
            self.hide(left)
        else:
            self.told(some, cell.count)

    def hide(self, some):
        if small(self.true(some), SMALLEST):
            self.hidden.append(some)

    def found(self):
        """The hidden small numbers that follow from what is shown: their sums are combinations of shown sums."""
        basis = {}  # leading atom -> a row without what leads the others

        def rest(row):
            for lead in sorted(row):
                if lead in row and lead in basis:
                    factor = row[lead]
                    for i, value in basis[lead].items():
                        new = row.get(i, 0) - factor * value
                        if new:
                            row[i] = new
                        else:
                            row.pop(i, None)
            return row

        def reduced(some):
            row, done = dict.fromkeys(some, Fraction(1)), False
            while not done:
                before = dict(row)
                row = rest(row)
                done = row == before
            return row

        for some in self.shown:
            row = reduced(some)
            if row:
                lead = min(row)
                basis[lead] = {i: value / row[lead] for i, value in row.items()}
        return [some for some in self.hidden if not reduced(some)]


@st.composite
def tables(draw):
    teams = draw(st.lists(st.sampled_from(["Ash", "Elm", "Fir", "Oak"]), min_size=1, max_size=4, unique=True))
    months = draw(st.lists(st.sampled_from(MONTHS), min_size=1, max_size=7, unique=True))
    number = st.one_of(st.integers(0, 6), *[st.integers(8, 30)] * draw(st.integers(1, 5)))
    return {(t, m): tuple(draw(number) for _ in VERDICTS) for t in teams for m in months}


@settings(max_examples=150, deadline=None)
@given(tables())
@example(
    {("Ash", "2025-01"): (8, 0, 0), ("Elm", "2025-01"): (8, 8, 0), ("Fir", "2025-01"): (1, 0, 4)}
)  # all less teams
@example({("Ash", "2025-01"): (0, 8, 2), ("Ash", "2025-03"): (0, 0, 1), ("Ash", "2025-02"): (0, 8, 2)})  # few outside
def test_no_small_number_follows_from_all_that_is_shown(table):
    made = counted(table)
    if any(small(sum(n for (t, _), n in made.wholes.items() if t == team), SMALLEST) for team in made.teams):
        return  # such teams are put together before anything is counted
    if small(made.whole, SMALLEST):
        return  # the headline is how many drafts there are
    page = Page(made)
    found = page.found()
    names = {i: atom for atom, i in page.atoms.items()}
    assert not found, [(page.true(some), sorted(names[i] for i in some)) for some in found]
