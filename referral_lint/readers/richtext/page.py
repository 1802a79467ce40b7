"""One stretch of an RTF file (body, header, note…): its paragraphs and table rows as they are finished."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from referral_lint.model import BlockKind, Where
from referral_lint.readers.structure import Cell, Item, Line, Row, Table, lines

_ENDS = {"par", "sect", "page", "softpage", "column"}
_NAMES = {BlockKind.PAGE_HEADER: "header", BlockKind.PAGE_FOOTER: "footer", BlockKind.TEXT_BOX: "text box"}


class Run(NamedTuple):
    text: str
    hidden: bool
    deleted: bool
    bold: bool


@dataclass(slots=True)
class Page:
    """Gathers runs into lines, lines into cells, cells into rows."""

    kind: BlockKind
    items: list[Item] = field(default_factory=list)
    unseen: list[Line] = field(default_factory=list)
    runs: list[Run] = field(default_factory=list)
    listed: bool = False
    _outline: int = 0
    _in_table: bool = False
    _cell: list[Item] = field(default_factory=list)
    _row: list[Cell] = field(default_factory=list)
    _paragraphs: int = 0
    _tables: int = 0

    def layout(self, word: str, number: int | None = None) -> bool:
        """Acts on a control word that ends something or says what a paragraph is; False if it does neither."""
        if word in _ENDS:
            self.end_paragraph()
        elif word == "cell":
            self._end_cell()
        elif word == "row":
            self._end_row()
        elif word == "pard":
            self._in_table, self.listed, self._outline = False, False, 0
        elif word == "intbl":
            self._in_table = True
        elif word == "ls":
            self.listed = True
        elif word == "outlinelevel":
            self._outline = number + 1 if number is not None and 0 <= number < 9 else 0
        else:
            return False
        return True

    def lines(self) -> Iterator[Line]:
        for item in self.items:
            yield from lines(item)

    def finish(self) -> None:
        """Ends what the file left open."""
        if self.runs:
            self.end_paragraph()
        if self._cell:
            self._end_cell()
        self._end_row()

    def end_paragraph(self) -> None:
        """The runs so far are one line."""
        runs, self.runs = self.runs, []
        seen = [run for run in runs if not run.hidden and not run.deleted]
        line = Line(_joined(seen), self.kind)
        if line.text.strip():
            self._paragraphs += not self._in_table
            line.bold = all(run.bold for run in seen if run.text.strip())
        line.where = self._where()
        if self.kind is BlockKind.PARAGRAPH:
            line.kind, line.level = self._kind(), self._outline
        if line.text or len(seen) == len(runs):
            self._add(line)
        self._keep_unseen(BlockKind.DELETED, [run for run in runs if run.deleted], line.where)
        self._keep_unseen(BlockKind.HIDDEN, [run for run in runs if run.hidden and not run.deleted], line.where)

    def _keep_unseen(self, kind: BlockKind, runs: list[Run], where: Where) -> None:
        text = _joined(runs)
        if text.strip():
            self.unseen.append(Line(text, kind, where))

    def _kind(self) -> BlockKind:
        if self._outline:
            return BlockKind.HEADING
        if self.listed:
            return BlockKind.LIST_ITEM
        return BlockKind.CELL if self._in_table else BlockKind.PARAGRAPH

    def _add(self, line: Line) -> None:
        if self._in_table:
            self._cell.append(line)
        else:
            self._end_row()
            self.items.append(line)

    def _end_cell(self) -> None:
        self._in_table = True
        if self.runs or not self._cell:
            self.end_paragraph()
        kept = [item for item in self._cell if isinstance(item, Table) or item.text.strip()]
        self._row.append(Cell(kept))
        self._cell = []

    def _end_row(self) -> None:
        if not self._row:
            return
        last = self.items[-1] if self.items else None
        table = last if isinstance(last, Table) else None
        if table is None:
            self._tables += 1
            table = Table(plain=self.kind is not BlockKind.PARAGRAPH)
            self.items.append(table)
        table.rows.append(Row(self._row))
        self._row = []

    def _where(self) -> Where:
        part: Where = (("part", _NAMES[self.kind]),) if self.kind in _NAMES else ()
        if not self._in_table:
            return (*part, ("paragraph", max(self._paragraphs, 1)))
        last = self.items[-1] if self.items else None
        rows = len(last.rows) if isinstance(last, Table) else 0
        table = self._tables if rows else self._tables + 1
        return (*part, ("table", table), ("row", rows + 1), ("cell", len(self._row) + 1))


def _joined(runs: list[Run]) -> str:
    """The runs' words; halves of a character that was written as two are put together."""
    text = "".join(run.text for run in runs)
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace").replace("\0", "")
