"""What a reader of a laid-out document found, before it becomes one text: lines, and tables of lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from referral_lint.model import BlockKind, Span, Where


@dataclass(slots=True)
class Line:
    """One paragraph as it is seen; it may hold line breaks of its own."""

    text: str
    kind: BlockKind = BlockKind.PARAGRAPH
    where: Where = ()
    anchor: tuple[int, ...] = ()  # the composer adds the offset inside the line as a last number
    level: int = 0
    bold: bool = False
    printed: tuple[Span, ...] = ()  # stretches of the form's own wording inside the line ("Click to enter text")


@dataclass(slots=True)
class Cell:
    """One cell: its lines and the tables inside it."""

    items: list[Item] = field(default_factory=list)
    shaded: bool = False
    where: Where = ()

    @property
    def lines(self) -> list[Line]:
        return [item for item in self.items if isinstance(item, Line)]

    @property
    def text(self) -> str:
        return "\n".join(line.text for line in self.lines).strip()

    @property
    def nested(self) -> bool:
        return len(self.lines) < len(self.items)


@dataclass(slots=True)
class Row:
    cells: list[Cell] = field(default_factory=list)
    heading: bool = False  # marked as a table's heading row


@dataclass(slots=True)
class Table:
    """Rows of cells. `plain`: never a form, whatever it looks like (a letterhead, a page footer)."""

    rows: list[Row] = field(default_factory=list)
    plain: bool = False


Item = Line | Table


def lines(item: Item) -> Iterator[Line]:
    """The lines of an item, through its tables."""
    if isinstance(item, Line):
        yield item
        return
    for row in item.rows:
        for cell in row.cells:
            for inner in cell.items:
                yield from lines(inner)


def without_blank_runs(items: Iterable[Item]) -> Iterator[Item]:
    """The items with no more than one empty line in a row, however often somebody pressed Enter."""
    blank = False
    for item in items:
        empty = isinstance(item, Line) and not item.text.strip()
        if not (empty and blank):
            yield item
        blank = empty
