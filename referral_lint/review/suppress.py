"""Small numbers are not shown, and neither is what would give them away: a total less the others.

A table has a row a measure ("has an unexplained short form") and a column a team or period; a cell says in how many
drafts it is so. Row totals are shown elsewhere, and some rows share the same drafts out among them (said, not found, not
asked for). So every line in which one number could be worked out from the others loses a second one.

That few drafts have something is hidden; that few have nothing is nobody's harm.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence

Place = tuple[int, int]
Cells = Sequence[Sequence[int]]


def small(count: int, smallest: int) -> bool:
    return 0 < count < smallest


def hidden(
    cells: Cells, smallest: int, splits: Iterable[Sequence[int]] = (), harmless: Container[int] = ()
) -> set[Place]:
    """The places (row, column) that must not be shown.

    `splits`: rows whose sum is known in each column. `harmless`: rows that only say that there is nothing; they are
    hidden where they would give another away, and only if no other row can be.
    """
    found = {
        (i, j)
        for i, row in enumerate(cells)
        for j, count in enumerate(row)
        if i not in harmless and small(count, smallest)
    }
    lines = list(_lines(cells, splits))
    while more := {place for line in lines if (place := _one_more(line, found, cells, smallest, harmless))}:
        found |= more
    return found


def _lines(cells: Cells, splits: Iterable[Sequence[int]]) -> Iterator[list[Place]]:
    for i, row in enumerate(cells):
        yield [(i, j) for j in range(len(row))]
    for split in splits:
        for j in range(len(cells[split[0]]) if split else 0):
            yield [(i, j) for i in split]


def _one_more(
    line: list[Place], found: set[Place], cells: Cells, smallest: int, harmless: Container[int]
) -> Place | None:
    """The cell to hide as well so that none of the line can be worked out; None if it is safe or all is hidden."""
    away = [place for place in line if place in found]
    left = [place for place in line if place not in found]
    if not away or not left:
        return None
    if len(away) > 1 and sum(cells[i][j] for i, j in away) >= smallest:
        return None

    def cost(place: Place) -> tuple[bool, bool, int, Place]:
        """The smallest costs the reader least; that there is nothing is worth knowing, and the harmless rows are most so."""
        count = cells[place[0]][place[1]]
        return place[0] in harmless, count == 0, count, place

    return min(left, key=cost)
