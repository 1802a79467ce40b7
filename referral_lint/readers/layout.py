"""Lines of plain text become Blocks: headings, paragraphs, lists, form questions and answers, tick boxes.

These decide what is the writer's own and what is the form's printed wording. Every letter and digit of the text is
in exactly one block; what lies between blocks is space, bullets' rulers and column bars.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from referral_lint.model import Block, BlockKind
from referral_lint.patterns import compiled
from referral_lint.readers.headings import BAR, BULLET, is_heading, is_pairs, looks_like_form
from referral_lint.readers.lines import Piece, split_line
from referral_lint.readers.mailtext import Zone, mark_signature, zones

__all__ = ["Piece", "blocks_of", "looks_like_form", "moved", "split_line"]

_BREAK = compiled(r"\r\n|[\r\n\f\v\x1c-\x1e\x85\u2028\u2029]")
_BOX_NUMBER = compiled(r"\d{1,2} \| ")


class Line(NamedTuple):
    """One line without the space at its ends; `start` and `end` are characters of the whole text."""

    start: int
    end: int
    text: str
    indent: int = 0


def blocks_of(
    text: str, start: int = 0, *, letter: bool = False, form: bool = False, known: Sequence[Block] = ()
) -> list[Block]:
    """The blocks of `text` from character `start` on, in order; `Block.question` counts from the first of them.

    `letter`: the text is known to be a letter or the body of an email, where far more must look like a form to be one.
    `form`: the text is known to be a filled-in form. `known`: what a format says of itself (headings, quotations, page headers), in order; lines in there are that.
    """
    lines = _lines(text, start)
    marks = zones([line.text for line in lines], _known(lines, known), letter=letter)
    own = [line.text for line, mark in zip(lines, marks, strict=True) if mark is None]
    form = form or looks_like_form(own, letter=letter)
    mark_signature([line.text for line in lines], marks, form=form)
    return _Layout(lines, marks, form).run()


def moved(blocks: Sequence[Block], characters: int, before: int) -> list[Block]:
    """The same blocks `characters` further on in a text, with `before` other blocks in front of them."""
    return [
        replace(
            block,
            start=block.start + characters,
            end=block.end + characters,
            question=None if block.question is None else block.question + before,
        )
        for block in blocks
    ]


def _known(lines: Sequence[Line], known: Sequence[Block]) -> list[Zone | None]:
    starts = [block.start for block in known]
    found: list[Zone | None] = []
    for line in lines:
        n = bisect_right(starts, line.start) - 1
        inside = n >= 0 and line.text and line.start < known[n].end
        found.append((known[n].kind, known[n].level) if inside else None)
    return found


def _lines(text: str, start: int) -> list[Line]:
    """Every line, and one blank line for each run of blank ones."""
    found: list[Line] = []
    at = start
    for stop in [*_BREAK.finditer(text, start), None]:
        end = stop.start() if stop else len(text)
        raw = text[at:end]
        words = raw.strip()
        indent = len(raw) - len(raw.lstrip()) if words else 0
        if words or not found or found[-1].text:
            found.append(Line(at + indent, at + indent + len(words), words, indent))
        at = stop.end() if stop else end
    return found


@dataclass
class _Layout:
    """One pass over the lines; a block that may go on over several lines stays open."""

    lines: list[Line]
    marks: list[Zone | None]
    form: bool
    blocks: list[Block] = field(default_factory=list)
    question: int | None = None  # index of the last question, while answers may follow it
    open: bool = False  # whether the last block may take the next line
    pieces: list[list[Piece]] = field(default_factory=list)
    at: int = 0  # the line being looked at
    texts: list[str] = field(default_factory=list)  # the lines of the draft itself, empty for all others

    def run(self) -> list[Block]:
        self.texts = [line.text if mark is None else "" for line, mark in zip(self.lines, self.marks, strict=True)]
        self.pieces = [
            [] if mark else split_line(line.text, form=self.form)
            for line, mark in zip(self.lines, self.marks, strict=True)
        ]
        for i, (line, mark) in enumerate(zip(self.lines, self.marks, strict=True)):
            if not line.text:
                self.open = False
            elif mark is not None:
                self._zone(line, mark)
            else:
                self.at = i
                self._own(i, line)
        return self.blocks

    def _zone(self, line: Line, mark: Zone) -> None:
        kind, level = mark
        last = self.blocks[-1] if self.blocks else None
        if self.open and last and (last.kind, last.level) == (kind, level):
            self._grow(line)
        else:
            self._add(line.start, line.end, kind, level=level)
        self.open, self.question = True, None

    def _own(self, i: int, line: Line) -> None:
        if self.open and self.blocks and self.blocks[-1].kind in (
            BlockKind.QUOTED, BlockKind.SIGNATURE, BlockKind.BANNER,
        ):  # fmt: skip
            self.open = False
        if self._is_row(i) and not (_BOX_NUMBER.match(line.text) and is_heading(self.texts, i, self.form)):
            self._row(line)
        elif self._is_fields(i):
            self._fields(i, line)
        elif is_heading(self.texts, i, self.form):
            self._heading(i, line)
        elif BULLET.match(line.text):
            self._item(line)
        else:
            self._prose(line)

    # --- table rows

    def _is_row(self, i: int) -> bool:
        bars = len(BAR.findall(self.lines[i].text))
        if bars >= 2:
            return True
        near = (self._text(i - 1), self._text(i + 1))
        return bars == 1 and not self.pieces[i] and any(BAR.search(line) for line in near)

    def _row(self, line: Line) -> None:
        cells = [(at, at + len(words), words) for at, words in _cells(line)]
        if not cells[0][2]:
            cells = cells[1:]  # a bar before the first cell
        pairs = self.form and is_pairs(line.text)
        for n, (start, end, words) in enumerate(cells):
            pieces = split_line(words, form=self.form)
            if not words:
                continue
            if pairs and n % 2 == 0:
                self._add(start, end, BlockKind.QUESTION)
            elif pieces:
                self._add_pieces(start, pieces)
            elif pairs:
                self._add(start, end, BlockKind.ANSWER)
            else:
                self._add(start, end, BlockKind.CELL)
        self.open = False

    # --- form lines

    def _is_fields(self, i: int) -> bool:
        pieces = self.pieces[i]
        if not pieces or self._is_bullet_box(i):
            return False
        if self.form or any(p.kind is BlockKind.OPTION for p in pieces):
            return True
        if self.lines[i].text[pieces[0].end - 1] == "?" and len(pieces) > 1:
            return True
        several = sum(p.kind is BlockKind.QUESTION for p in pieces) > 1
        answered = pieces[-1].kind is BlockKind.ANSWER
        return several or (answered and (self._answered(i - 1) or self._answered(i + 1)))

    def _answered(self, i: int) -> bool:
        return 0 <= i < len(self.pieces) and [p.kind for p in self.pieces[i][-1:]] == [BlockKind.ANSWER]

    def _is_bullet_box(self, i: int) -> bool:
        """ "■ Free school meals" in a letter is a bullet, not a tick box."""
        pieces, text = self.pieces[i], self.lines[i].text
        return not self.form and len(pieces) == 1 and text[0] in "■▪✓✔□◻◼" and pieces[0].start == 0

    def _fields(self, i: int, line: Line) -> None:
        if _letter_prefix(line.text) == "A" and self.question is not None:
            # "Q: …" over "A: …": the letter is printed, the rest is the answer.
            self.blocks[-1] = replace(self.blocks[-1], end=line.start + 2)
            self._prose(line._replace(start=line.start + 2 + len(line.text[2:]) - len(line.text[2:].lstrip())))
            return
        if _letter_prefix(line.text) == "Q":
            self._question(line)
            return
        self._add_pieces(line.start, self.pieces[i])

    def _add_pieces(self, offset: int, pieces: Sequence[Piece]) -> None:
        for piece in pieces:
            self._add(offset + piece.start, offset + piece.end, piece.kind, ticked=piece.ticked)
        self.open = pieces[-1].kind is BlockKind.ANSWER

    def _question(self, line: Line) -> None:
        self._add(line.start, line.end, BlockKind.QUESTION)
        self.open = False

    # --- headings

    def _heading(self, i: int, line: Line) -> None:
        after = next((j for j in range(i + 1, min(i + 4, len(self.lines))) if self.lines[j].text), None)
        asks = self.form and after is not None and self.marks[after] is None and not self._opens_section(i, after)
        if asks or (self.form and line.text.endswith("?")):
            self._question(line)
        else:
            self._add(line.start, line.end, BlockKind.HEADING, level=1)
            self.question = None
        self.open = False

    def _opens_section(self, i: int, after: int) -> bool:
        """Whether the line after a title is a question of its own, so that the title is not one."""
        if i == 0 or (i < 4 and not any(self._text(j) for j in range(i))):
            return True
        pieces = self.pieces[after]
        if pieces:
            return pieces[0].kind is BlockKind.QUESTION
        return is_heading(self.texts, after, self.form)

    # --- running text

    def _item(self, line: Line) -> None:
        """With its mark: “1.” may be what a later line refers to."""
        question = self.question if self.form else None
        self._add(line.start, line.end, BlockKind.LIST_ITEM, question=question)
        self.open = True

    def _prose(self, line: Line) -> None:
        last = self.blocks[-1] if self.blocks else None
        wraps = last is not None and (
            last.kind is BlockKind.PARAGRAPH
            or (last.kind is BlockKind.ANSWER and (not self._labelled(last) or self._wraps()))
            or (last.kind is BlockKind.LIST_ITEM and (line.indent > 0 or self._wraps()))
        )
        if self.open and wraps:
            self._grow(line)
        elif self.form and self.question is not None:
            self._add(line.start, line.end, BlockKind.ANSWER)
        else:
            self._add(line.start, line.end, BlockKind.PARAGRAPH)
        self.open = True

    def _labelled(self, block: Block) -> bool:
        """Whether an answer stands on the line of its question."""
        if block.question is None:
            return False
        return self.blocks[block.question].end >= self.lines[self._line_of(block.start)].start

    def _line_of(self, offset: int) -> int:
        return bisect_right(self.lines, offset, key=lambda line: line.start) - 1

    def _wraps(self) -> bool:
        """Whether the line above is so long that its words may go on here."""
        return self.at > 0 and len(self.lines[self.at - 1].text) >= 60

    # --- the blocks

    def _text(self, i: int) -> str:
        return self.texts[i] if 0 <= i < len(self.texts) else ""

    def _grow(self, line: Line) -> None:
        self.blocks[-1] = replace(self.blocks[-1], end=line.end)

    def _add(
        self,
        start: int,
        end: int,
        kind: BlockKind,
        *,
        ticked: bool | None = None,
        level: int = 0,
        question: int | None = None,
    ) -> None:
        if kind is BlockKind.ANSWER and self.question is None:
            kind = BlockKind.HEADING  # what stands before the first label of a form line is a title
        if kind in (BlockKind.ANSWER, BlockKind.OPTION):
            question = self.question
        elif kind is BlockKind.QUESTION:
            self.question = len(self.blocks)
        self.blocks.append(Block(start, end, kind, question=question, ticked=ticked, level=level))


def _cells(line: Line) -> list[tuple[int, str]]:
    found = []
    at = 0
    for stop in [*(bar.start() for bar in BAR.finditer(line.text)), len(line.text)]:
        raw = line.text[at:stop]
        words = raw.strip(" \t\xa0")
        found.append((line.start + at + len(raw) - len(raw.lstrip(" \t\xa0")), words))
        at = stop + 1
    return found


def _letter_prefix(text: str) -> str:
    return text[0] if re.match(r"[QA][:.)]?(?::|\.|\))\s", text) else ""
