"""Small numbers are not shown, and neither is what would give them away: a total less the others.

A table has a row a measure ("has an unexplained short form") and a column a team or period; a cell says in how many
drafts it is so. Row totals are shown elsewhere, and some rows share the same drafts out among them (said, not found, not
asked for). So every line in which one number could be worked out from the others loses a second one, and
where numbers follow from several lines taken together, one more of those is hidden.

A number can also be worked out from what is left of its whole: 35 of 36 is one that is not. So what is left is a row, too.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Sequence
from fractions import Fraction
from itertools import chain

Place = tuple[int, int]
Cells = Sequence[Sequence[int]]


def small(count: int, smallest: int) -> bool:
    return 0 < count < smallest


def hidden(
    cells: Cells,
    smallest: int,
    splits: Sequence[Sequence[int]] = (),
    wholes: Cells | None = None,
    dear: Container[int] = (),
    spare: Container[int] = (),
) -> set[Place]:
    """The places (row, column) that must not be shown.

    `splits`: rows whose sum is known in each column. `wholes`: of how many each cell is, where that is shown beside it.
    `dear`: rows that go last where another can be hidden in their place. `spare`: columns that go first, being shown
    nowhere.
    """
    n = len(cells)
    if wholes is not None:
        left = [[whole - count for whole, count in zip(*rows, strict=True)] for rows in zip(wholes, cells, strict=True)]
        splits = [split for own in splits for split in (own, [n + i for i in own])]
        cells = [*cells, *left]
    twin = {i: (i + n) % len(cells) for i in range(len(cells))}  # a number goes with what is left of its whole
    few = [(i, j) for i, row in enumerate(cells) for j, count in enumerate(row) if small(count, smallest)]
    found = {(k, j) for i, j in few for k in (i, twin[i])}
    across = [[[(i, j) for i in split] for split in splits] for j in range(len(cells[0]) if cells else 0)]

    def settle(line: list[Place]) -> None:
        """Hide what the line needs, and at once what follows in the column, so that rows that hang together agree."""
        while place := _one_more(line, found, cells, smallest, dear, spare):
            i, j = place
            found.update({(i, j), (twin[i], j)})
            for other in across[j]:
                settle(other)

    lines = [*chain(*across), *([(i, j) for j in range(len(row))] for i, row in enumerate(cells))]
    before = -1
    while len(found) > before:
        before = len(found)
        for line in lines:
            settle(line)
        if len(found) == before:
            # One number alone is no line with a total that is shown.
            own = [line for line in lines if len(line) > 1 and line[0][0] < n]
            found |= {
                (k, j)
                for line in _crossing(
                    own,
                    found,
                    lambda place: any(small(cells[k][place[1]], smallest) for k in (place[0], twin[place[0]])),
                )
                for i, j in [_cheapest(line, found, cells, dear, spare)]
                for k in (i, twin[i])
            }
    return {(i, j) for i, j in found if i < n}


def _crossing(lines: Sequence[list[Place]], found: set[Place], matters: Callable[[Place], bool]) -> list[list[Place]]:
    """A line in which one more must be hidden because of numbers that follow from several lines taken together."""
    rows: dict[Place, dict[Place, Fraction]] = {}  # what is solved for, and what it hangs on
    for line in lines:
        row = {place: Fraction(1) for place in line if place in found}
        for lead in [place for place in row if place in rows]:
            _less(row, rows[lead], row[lead])
        if row:
            lead = min(row)
            row = {place: value / row[lead] for place, value in row.items()}
            for other in rows.values():
                if lead in other:
                    _less(other, row, other[lead])
            rows[lead] = row
    follow = {place for place, row in rows.items() if len(row) == 1 and matters(place)}
    near = [line for line in lines if any(place not in found for place in line)]
    own = [line for line in near if follow.intersection(line)] or [line for line in near if found.intersection(line)]
    return own[:1] if follow else []


def _less(row: dict[Place, Fraction], other: dict[Place, Fraction], factor: Fraction) -> None:
    for place, value in other.items():
        left = row.get(place, Fraction(0)) - factor * value
        if left:
            row[place] = left
        else:
            row.pop(place, None)


def _one_more(
    line: list[Place],
    found: set[Place],
    cells: Cells,
    smallest: int,
    dear: Container[int],
    spare: Container[int],
) -> Place | None:
    """The cell to hide as well so that none of the line can be worked out; None if it is safe or all is hidden."""
    away = [place for place in line if place in found]
    left = [place for place in line if place not in found]
    if not away or not left:
        return None
    if len(away) > 1 and sum(cells[i][j] for i, j in away) >= smallest:
        return None

    return _cheapest(line, found, cells, dear, spare)


def _cheapest(line: list[Place], found: set[Place], cells: Cells, dear: Container[int], spare: Container[int]) -> Place:
    """The smallest costs the reader least; that there is nothing is worth knowing, and the dear rows are most so."""

    def cost(place: Place) -> tuple[bool, bool, bool, int, Place]:
        count = cells[place[0]][place[1]]
        return place[0] in dear, place[1] not in spare, count == 0, count, place

    return min((place for place in line if place not in found), key=cost)
