"""The draft as a page: its blocks become headings, paragraphs, lists, form lines and tables, as it reads."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from referral_lint.boxes import BOXES, TICKS
from referral_lint.model import UNSEEN, Block, BlockKind, Document, Span
from referral_lint.patterns import compiled
from referral_lint.wrapping import broken
from referral_lint.writers.page.highlights import Highlights, Mark, Piece, Point

_BOX = rf"[{BOXES}]|[\[({{][ _]{{0,3}}[xX✓✔√✗✘]?[ _]?[\])}}]|[{TICKS}](?!\w)"
_BOX_FIRST = compiled(rf"\s*(?:{_BOX})\s?")
_BOX_LAST = compiled(rf"\s?(?:{_BOX})\s*$")
_BULLET = compiled(r"\s*(?:[-–—*•·‣◦▪▫●○]|\(?\w{1,3}[.)])\s")
_SQUARE = compiled(r"([A-Z]{1,3})([1-9]\d{0,6})")  # “AB12”
_ROOM = 24  # characters of a square
_WIDEST = 16  # cells of a row that are filled up where the row is short
_FIELD = frozenset({BlockKind.QUESTION, BlockKind.ANSWER, BlockKind.OPTION, BlockKind.PLACEHOLDER})
_APART = {
    BlockKind.SIGNATURE: "signature",
    BlockKind.BANNER: "banner",
    BlockKind.QUOTED: "quoted",
    BlockKind.PAGE_HEADER: "margin",
    BlockKind.PAGE_FOOTER: "margin",
    BlockKind.FOOTNOTE: "footnote",
    BlockKind.TEXT_BOX: "box",
    BlockKind.EMAIL_HEADER: "header",
    BlockKind.FILE_NAME: "header",
}


@dataclass(frozen=True, slots=True)
class Node:
    """One thing on the page. `kind` says how it is drawn; `items` are the things in it."""

    kind: str
    items: tuple[Node, ...] = ()
    pieces: tuple[Piece, ...] = ()
    level: int = 0
    title: str = ""
    ticked: bool | None = None
    span: int = 1  # columns, of a cell


@dataclass(frozen=True, slots=True)
class Sheet:
    """A draft as it reads, and what travels with it unseen (one node a kind)."""

    seen: tuple[Node, ...]
    unseen: tuple[Node, ...]
    shown: frozenset[str]  # keys of the marks and names of the anchors that are on the page


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Words that are shown, and the block that they are of."""

    number: int
    span: Span
    block: Block

    def place(self, key: str) -> Any:
        return next((value for name, value in self.block.where if name == key), None)

    def square(self, word: str) -> tuple[int, int]:
        """The row and the cell in its table; in a spreadsheet, which has letters for columns, as numbers too."""
        row, cell = self.place(f"{word}row"), self.place(f"{word}cell") or self.place("column")
        if found := _SQUARE.fullmatch(str(cell)):
            cell = sum((ord(letter) - 64) * 26**i for i, letter in enumerate(reversed(found[1])))
            row = int(found[2])
        return row or 1, cell or 1


def sheet(document: Document, marks: Iterable[Mark] = (), points: Iterable[Point] = ()) -> Sheet:
    """The draft as a page with its marks. No word of the text is left out, whatever a reader made of it."""
    stretches = [_Stretch(i, Span(b.start, b.end), b) for i, b in enumerate(_whole(document))]
    highlights = Highlights(document.text, [s.span for s in stretches], marks, points)
    page = _Page(document, highlights)
    listed = {s.number for s in stretches if _in_header(stretches, s.number)}
    seen = [s for s in stretches if s.block.kind not in UNSEEN or s.number in listed]
    unseen = [s for s in stretches if s.block.kind in UNSEEN and s.number not in listed]
    unseen.sort(key=lambda s: shown_last(s.block.kind))
    hidden = [
        Node(
            "facts" if name is BlockKind.PROPERTY else "unseen",
            tuple(page.unseen(s) for s in group),
            title=_title(name),
        )
        for name, group in groupby(unseen, key=lambda s: s.block.kind)
    ]
    return Sheet(tuple(page.flow(seen)), tuple(hidden), frozenset(highlights.shown))


def shown_last(kind: BlockKind | None) -> tuple[bool, bool, str]:
    """Sorts words by where the page shows them: what is seen, then each kind of what is not, the file's facts last."""
    if kind is None or kind not in UNSEEN or kind is BlockKind.FILE_NAME:
        return False, False, ""
    return True, kind is BlockKind.PROPERTY, kind.value


def _whole(document: Document) -> Iterator[Block]:
    """The blocks, and as paragraphs the words between them that belong to none."""
    at = 0
    for block in [*document.blocks, Block(len(document.text), len(document.text), BlockKind.PARAGRAPH)]:
        between = document.text[at : block.start]
        if any(char.isalnum() for char in between):  # the semicolon between two names says nothing
            before = len(between) - len(between.lstrip())
            yield Block(at + before, at + len(between.rstrip()), BlockKind.PARAGRAPH)
        if block.end > block.start:
            yield block
        at = max(at, block.end)


def _in_header(stretches: Sequence[_Stretch], number: int) -> bool:
    """Whether this is the name of an attachment, which an email shows below its header."""
    while stretches[number].block.kind is BlockKind.FILE_NAME and number:
        number -= 1
        if stretches[number].block.kind is BlockKind.EMAIL_HEADER:
            return True
    return False


def _title(kind: BlockKind) -> str:
    return {
        BlockKind.DELETED: "Deleted words that are still in the file",
        BlockKind.COMMENT: "Comments",
        BlockKind.HIDDEN: "Hidden text",
        BlockKind.COVERED: "Words under a black box",
        BlockKind.PROPERTY: "Facts about the file that it carries with it",
        BlockKind.FILE_NAME: "The file's name",
    }[kind]


@dataclass
class _Page:
    document: Document
    highlights: Highlights
    heading: int = 0  # level of the last heading, so that no level is skipped
    page: int = 0

    def flow(self, stretches: Sequence[_Stretch], inner: str = "") -> Iterator[Node]:
        """Neighbours of the same sort are drawn together."""
        for (_, sort), group in groupby(stretches, key=lambda s: (s.place("page"), self._sort(s, inner))):
            members = list(group)
            if not inner:
                yield from self._page_turn(members[0])
            yield from self._draw(sort[0], members, inner)

    def _sort(self, stretch: _Stretch, inner: str) -> tuple[Any, ...]:
        kind = stretch.block.kind
        table = stretch.place("inner table" if inner else "table") if inner != "cell of cell" else None
        if (
            table is None
            and not inner
            and kind is BlockKind.CELL
            and (stretch.place("cell") or stretch.place("column"))
        ):
            table = stretch.place("sheet") or 1  # all of a sheet is a table
        if table is not None:
            return ("table", stretch.place("part"), table)
        if kind in _APART:
            return (_APART[kind], stretch.block.level if kind is BlockKind.QUOTED else 0, stretch.place("part"))
        if kind is BlockKind.LIST_ITEM:
            return ("list",)
        return ("heading",) if kind is BlockKind.HEADING else ("lines",)

    def _draw(self, sort: str, members: list[_Stretch], inner: str) -> Iterator[Node]:
        if sort == "table":
            yield self._table(members, inner)
        elif sort == "list":
            yield Node("list", tuple(self._item(s) for s in members))
        elif sort == "heading":
            yield from (self._heading(s) for s in members)
        elif sort == "lines":
            yield from self._lines(members)
        else:
            leaf = self._header_line if sort == "header" else self._paragraph
            yield Node(sort, tuple(leaf(s) for s in members), level=min(members[0].block.level, 4))

    def _page_turn(self, stretch: _Stretch) -> Iterator[Node]:
        page = stretch.place("page")
        if isinstance(page, int) and page != self.page:
            if self.page:
                yield Node("turn", title=f"Page {page}")
            self.page = page

    # --- leaves

    def pieces(self, stretch: _Stretch, raw: Span | None = None) -> tuple[Piece, ...]:
        breaks = _hard_breaks(self.document.text, stretch.span, stretch.block.kind)
        return tuple(self.highlights.pieces(stretch.number, breaks, raw))

    def _paragraph(self, stretch: _Stretch) -> Node:
        return Node("para", pieces=self.pieces(stretch))

    def unseen(self, stretch: _Stretch) -> Node:
        """Words that are not seen, with the name of whoever wrote them if it is known."""
        return Node("para", pieces=self.pieces(stretch), title=str(stretch.place("by") or ""))

    def _heading(self, stretch: _Stretch) -> Node:
        self.heading = max(1, min(stretch.block.level or 1, self.heading + 1, 3))
        return Node("heading", pieces=self.pieces(stretch), level=self.heading)

    def _item(self, stretch: _Stretch) -> Node:
        own = _BULLET.match(self.document.words(stretch.span))
        return Node("item", pieces=self.pieces(stretch), title="own" if own else "")

    def _header_line(self, stretch: _Stretch) -> Node:
        named = stretch.block.kind is BlockKind.EMAIL_HEADER
        colon = self.document.words(stretch.span).find(":") + 1 if named else 0
        raw = Span(stretch.span.start, stretch.span.start + colon) if colon else None
        return Node("header line", pieces=self.pieces(stretch, raw))

    def _option(self, stretch: _Stretch) -> Node:
        words = self.document.words(stretch.span)
        found = _BOX_FIRST.match(words) or _BOX_LAST.search(words)
        raw = Span(stretch.span.start + found.start(), stretch.span.start + found.end()) if found else None
        return Node("option", pieces=self.pieces(stretch, raw), ticked=stretch.block.ticked)

    # --- form lines

    def _lines(self, members: list[_Stretch]) -> Iterator[Node]:
        """Questions, answers and boxes that stand on one line stay on it; a paragraph stands alone."""
        row: list[_Stretch] = []
        for stretch in members:
            if row and "\n" in self.document.text[row[-1].span.end : stretch.span.start]:
                yield self._row(row)
                row = []
            row.append(stretch)
        yield self._row(row)

    def _row(self, row: list[_Stretch]) -> Node:
        if len(row) == 1 and row[0].block.kind not in _FIELD:
            return self._paragraph(row[0])
        return Node("field", tuple(self._part(s) for s in row))

    def _part(self, stretch: _Stretch) -> Node:
        if stretch.block.kind is BlockKind.OPTION:
            return self._option(stretch)
        kinds = {BlockKind.QUESTION: "question", BlockKind.PRINTED: "question", BlockKind.PLACEHOLDER: "placeholder"}
        return Node(kinds.get(stretch.block.kind, "answer"), pieces=self.pieces(stretch))

    # --- tables

    def _table(self, members: list[_Stretch], inner: str) -> Node:
        word = "inner " if inner else ""
        rows: dict[int, dict[int, list[_Stretch]]] = {}
        for stretch in members:
            row, cell = stretch.square(word)
            rows.setdefault(row, {}).setdefault(cell, []).append(stretch)
        width = min(max(max(cells) for cells in rows.values()), _WIDEST)
        nested = "cell of cell" if inner else "cell"
        return Node("table", tuple(self._table_row(cells, width, nested) for _, cells in sorted(rows.items())))

    def _table_row(self, cells: dict[int, list[_Stretch]], width: int, nested: str) -> Node:
        title = len(cells) == 1 and all(s.block.kind is BlockKind.HEADING for s in next(iter(cells.values())))
        if title or width == 1:
            (only,) = list(cells.values())[:1]
            return Node("row", (self._cell(only, nested, width),))
        last = max(cells)
        if self._runs_on(cells[last]) and last < width:
            numbers = sorted({*range(1, last), *cells} - {last})
            drawn = [self._cell(cells.get(n, []), nested) for n in numbers]
            return Node("row", (*drawn, self._cell(cells[last], nested, width - last + 1)))
        numbers = sorted({*range(1, width + 1), *cells})
        return Node("row", tuple(self._cell(cells.get(n, []), nested) for n in numbers))

    def _runs_on(self, members: list[_Stretch]) -> bool:
        """Whether these words run over the empty squares behind them, as a spreadsheet shows long ones."""
        return members[0].place("sheet") is not None and members[-1].span.end - members[0].span.start > _ROOM

    def _cell(self, members: list[_Stretch], nested: str, span: int = 1) -> Node:
        asks = bool(members) and all(s.block.kind in (BlockKind.QUESTION, BlockKind.HEADING) for s in members)
        return Node("cell", tuple(self.flow(members, nested)), title="asks" if asks else "", span=span)


def _hard_breaks(text: str, span: Span, kind: BlockKind) -> frozenset[int]:
    """The newlines that the writer put there, rather than a program that wraps long lines."""
    every = (found.start() + span.start for found in re.finditer("\n", text[span.start : span.end]))
    return frozenset(every) - frozenset(broken(text, span, kind))
