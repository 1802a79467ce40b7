"""Lines and tables become one text and its Blocks."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from referral_lint.model import Block, BlockKind, Where
from referral_lint.readers.forms import Part, Role, box_only, parts, ticked
from referral_lint.readers.layout import blocks_of, split_line
from referral_lint.readers.structure import Cell, Item, Line, Table

_PROSE = {BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.HEADING}
_TYPED = _PROSE | {BlockKind.CELL, BlockKind.ANSWER}
_BOLD_HEADING = 12  # words


@dataclass(slots=True, eq=False)
class _Mark:
    """A Block to be: it points at its question instead of counting."""

    start: int
    end: int
    kind: BlockKind
    line: Line
    at: int  # where the line begins in the text
    question: _Mark | None = None
    ticked: bool | None = None
    level: int = 0
    where: Where = ()


@dataclass(slots=True)
class Composer:
    """Builds the text of one document, up to `limit` characters; beyond it, `full` is true and nothing is added."""

    limit: int
    full: bool = False
    _text: list[str] = field(default_factory=list)
    length: int = 0  # characters so far
    _marks: list[_Mark] = field(default_factory=list)
    _prose: list[tuple[int, Line, int]] = field(default_factory=list)  # place among the marks, line, offset

    def add(self, items: Iterable[Item]) -> None:
        """Adds what is seen, in its order, each line and each table row on a line of its own."""
        for item in items:
            self._newline()
            if isinstance(item, Table):
                self._table(item)
            else:
                self._line(item)

    def unseen(self, lines: Iterable[Line]) -> None:
        """Adds what travels unseen; empty ones are left out."""
        self.add(line for line in lines if line.text.strip())

    def result(self) -> tuple[str, tuple[Block, ...]]:
        """The text and its blocks."""
        marks = [part for mark in self._with_prose() for part in _without_printed(mark)]
        number = {id(mark): i for i, mark in enumerate(marks)}
        text = "".join(self._text).rstrip("\n")
        return text, tuple(_block(mark, number) for mark in marks)

    # --- the text

    def _put(self, text: str) -> int:
        """Adds characters and returns where they begin."""
        at = self.length
        if at + len(text) > self.limit:
            text, self.full = text[: self.limit - at], True
        self._text.append(text)
        self.length += len(text)
        return at

    def _newline(self) -> None:
        if self.length:
            self._put("\n")

    def _line(self, line: Line) -> None:
        at = self._put(line.text)
        if line.kind in _PROSE:
            self._prose.append((len(self._marks), line, at))
        else:
            self._whole(line, at, line.kind)

    def _whole(self, line: Line, at: int, kind: BlockKind, question: _Mark | None = None) -> _Mark | None:
        return self._mark(line, at, 0, len(line.text), kind, question)

    def _mark(
        self, line: Line, at: int, start: int, end: int, kind: BlockKind, question: _Mark | None = None
    ) -> _Mark | None:
        """Marks characters of a line, without the space at their ends; None if nothing is left."""
        start, end = _trim(line.text, start, min(end, self.length - at))
        if start >= end:
            return None
        mark = _Mark(at + start, at + end, kind, line, at, question, level=line.level, where=line.where)
        self._marks.append(mark)
        return mark

    # --- tables

    def _table(self, table: Table) -> None:
        roles = parts(table)
        form = any(part.role in (Role.LABEL, Role.PAIR) for row in roles for part in row)
        labels: dict[tuple[int, int], _Mark | None] = {}
        for r, row in enumerate(table.rows):
            if r:
                self._newline()
            for c, cell in enumerate(row.cells):
                if c:
                    self._put("\t")
                part, first = roles[r][c], len(self._marks)
                if part.role is Role.PAIR and part.of and part.of[1] < c:
                    self._join_pair(cell, row.cells[part.of[1]])
                    continue
                self._cell(cell, part, labels.get(part.of) if part.of else None, form)
                if part.role is Role.LABEL:
                    labels[r, c] = self._marks[first] if len(self._marks) > first else None
                if self.full:
                    return

    def _join_pair(self, cell: Cell, other: Cell) -> None:
        """A tick box and its words in two cells are one OPTION; the first cell's mark is stretched over both."""
        words = cell.text
        at = self._put(words)
        if self._marks and not self.full:
            option = self._marks[-1]
            option.kind, option.end = BlockKind.OPTION, at + len(words)
            option.ticked = ticked((cell if box_only(words) else other).text)

    def _cell(self, cell: Cell, part: Part, question: _Mark | None, form: bool) -> None:
        asked: _Mark | None = None  # a label inside the cell, over its answer
        for i, item in enumerate(cell.items):
            if i:
                self._newline()
            if isinstance(item, Table):
                self._table(item)
                continue
            at = self._put(item.text)
            if item.kind not in _TYPED:
                self._whole(item, at, item.kind)
            elif part.role in (Role.LABEL, Role.PAIR):
                self._whole(item, at, BlockKind.QUESTION)
            elif part.role is Role.HEADING:
                self._whole(item, at, BlockKind.HEADING)
            elif part.role is Role.VALUE:
                self._value(item, at, question)
            else:
                asked = self._plain(item, at, asked, form)

    def _value(self, line: Line, at: int, question: _Mark | None) -> None:
        for start, piece in _segments(line.text):
            pieces = split_line(piece, form=True)
            if any(p.kind is BlockKind.OPTION for p in pieces) or box_only(piece):
                self._pieces(line, at, start, piece, BlockKind.ANSWER, question)
            else:
                self._mark(line, at, start, start + len(piece), BlockKind.ANSWER, question)

    def _plain(self, line: Line, at: int, asked: _Mark | None, form: bool) -> _Mark | None:
        """A cell without a part in the form; it may still hold labels with their values, or over them."""
        for start, piece in _segments(line.text):
            if split_line(piece, form=form):
                asked = self._pieces(line, at, start, piece, line.kind, asked, form=form) or asked
            elif asked:
                self._mark(line, at, start, start + len(piece), BlockKind.ANSWER, asked)
            else:
                self._mark(line, at, start, start + len(piece), line.kind)
        return asked

    def _pieces(
        self,
        line: Line,
        at: int,
        start: int,
        text: str,
        kind: BlockKind,
        question: _Mark | None,
        form: bool = True,
    ) -> _Mark | None:
        """Marks the pieces of one line of a cell and what lies between them; the last question among them."""
        last: _Mark | None = None
        done = 0
        if box_only(text):
            mark = self._mark(line, at, start, start + len(text), BlockKind.OPTION, question)
            if mark:
                mark.ticked = ticked(text)
            return None
        for piece in split_line(text, form=form):
            self._mark(line, at, start + done, start + piece.start, kind, question)
            belongs = None if piece.kind is BlockKind.QUESTION else last or question
            mark = self._mark(line, at, start + piece.start, start + piece.end, piece.kind, belongs)
            if mark:
                mark.ticked = piece.ticked
                last = mark if piece.kind is BlockKind.QUESTION else last
            done = piece.end
        self._mark(line, at, start + done, start + len(text), kind, question)
        return last

    # --- running text

    def _with_prose(self) -> Iterator[_Mark]:
        """All marks in order, those of the running text among them."""
        found = self._read_prose()
        done = 0
        for (place, _, _), marks in zip(self._prose, found, strict=True):
            yield from self._marks[done:place]
            yield from marks
            done = place
        yield from self._marks[done:]

    def _read_prose(self) -> list[list[_Mark]]:
        """What the paragraphs outside tables are, read together: a label may be answered in the next one."""
        texts = [line.text[: max(0, self.length - at)] for _, line, at in self._prose]
        starts, at = [], 0
        for text in texts:
            starts.append(at)
            at += len(text) + 2
        found: list[list[_Mark]] = [[] for _ in texts]
        blocks = blocks_of("\n\n".join(texts))
        firsts: list[_Mark | None] = []
        for block in blocks:
            question = None if block.question is None else firsts[block.question]
            marks = list(self._split(block, starts, texts, question))
            firsts.append(marks[0][1] if marks else None)
            for i, mark in marks:
                found[i].append(mark)
        for (_, line, _), own in zip(self._prose, found, strict=True):
            _as_styled(line, own)
        return found

    def _split(
        self, block: Block, starts: Sequence[int], texts: Sequence[str], question: _Mark | None
    ) -> Iterator[tuple[int, _Mark]]:
        """A block as marks of the paragraphs that it covers."""
        i = max(0, bisect_right(starts, block.start) - 1)
        while i < len(starts) and starts[i] < block.end:
            _, line, at = self._prose[i]
            start, end = max(block.start - starts[i], 0), min(block.end - starts[i], len(texts[i]))
            start, end = _trim(texts[i], start, end)
            if start < end:
                yield (
                    i,
                    _Mark(at + start, at + end, block.kind, line, at, question, block.ticked, block.level, line.where),
                )
            i += 1


def _as_styled(line: Line, marks: list[_Mark]) -> None:
    """What the document itself says of a paragraph counts more than how it reads."""
    if any(mark.kind in (BlockKind.ANSWER, BlockKind.OPTION) for mark in marks[1:]):
        return
    for mark in marks:
        if line.kind is BlockKind.HEADING and mark.kind is BlockKind.QUESTION:
            mark.level = line.level
        elif line.kind is BlockKind.HEADING and mark.kind in _TYPED | {BlockKind.SIGNATURE}:
            mark.kind, mark.level, mark.question = BlockKind.HEADING, line.level, None
        elif line.kind is BlockKind.LIST_ITEM and mark.kind is BlockKind.PARAGRAPH:
            mark.kind = BlockKind.LIST_ITEM
        elif line.bold and mark.kind is BlockKind.PARAGRAPH and len(marks) == 1 and _is_title(line.text):
            mark.kind, mark.level = BlockKind.HEADING, 1


def _is_title(text: str) -> bool:
    words = text.split()
    return len(words) <= _BOLD_HEADING and "\n" not in text.strip() and not text.rstrip().endswith((".", ",", ";", "!"))


def _segments(text: str) -> Iterator[tuple[int, str]]:
    """The lines inside a paragraph with their offsets."""
    at = 0
    for piece in text.split("\n"):
        yield at, piece
        at += len(piece) + 1


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip())


def _without_printed(mark: _Mark) -> Iterator[_Mark]:
    """A form's placeholder ("Click to enter text") is not an answer."""
    if mark.kind not in _TYPED:
        yield mark
        return
    at = mark.start
    for span in mark.line.printed:
        start, end = max(mark.at + span.start, mark.start), min(mark.at + span.end, mark.end)
        if start >= end:
            continue
        yield from _cut(mark, at, start, mark.kind)
        yield from _cut(mark, start, end, BlockKind.PLACEHOLDER)
        at = end
    if at == mark.start:
        yield mark
    else:
        yield from _cut(mark, at, mark.end, mark.kind)


def _cut(mark: _Mark, start: int, end: int, kind: BlockKind) -> Iterator[_Mark]:
    start, end = _trim(mark.line.text, start - mark.at, end - mark.at)
    if start < end:
        yield replace(mark, start=mark.at + start, end=mark.at + end, kind=kind)


def _block(mark: _Mark, number: dict[int, int]) -> Block:
    anchor = (*mark.line.anchor, mark.start - mark.at) if mark.line.anchor else ()
    question = None if mark.question is None else number.get(id(mark.question))
    return Block(mark.start, mark.end, mark.kind, mark.where, anchor, question, mark.ticked, mark.level)
