"""One page of a PDF: its lines, what it hides, and what was written on it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import groupby, takewhile
from typing import Any

from referral_lint.model import BlockKind
from referral_lint.patterns import compiled
from referral_lint.readers.gaps import LITTLE_TEXT
from referral_lint.readers.pdf_boxes import drawn_boxes
from referral_lint.readers.pdf_ligatures import Ligatures
from referral_lint.readers.pdf_notes import notes_on
from referral_lint.readers.pdf_rows import LineText, Row, row_text, rows_of
from referral_lint.readers.pdf_unseen import Drawn, drawn_on, unseen
from referral_lint.readers.pdf_words import Word, words_of

_DIGITS = compiled(r"\d+")
_PAGE_NUMBER = compiled(r"\W*(?:page\s*)?\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?\W*$", re.I)
_EDGE = 0.12  # of a page's height: where page headers and footers stand


@dataclass
class PageLine:
    """One line of the document: its words, where they came from, and what it is if the page itself says so."""

    text: LineText
    page: int
    apart: bool = False
    kind: BlockKind | None = None
    size: float = 0.0  # of its letters, in points
    y: float = 0.0
    edge: str = ""  # "top" or "bottom" if it may be a page header or footer


@dataclass
class Page:
    lines: list[PageLine] = field(default_factory=list)
    extras: list[PageLine] = field(default_factory=list)  # hidden text, text boxes, comments
    picture: bool = False  # it shows something, and hardly any text can be read from it
    filled: bool = False  # whether it has form fields with something in them
    garbled: bool = False  # its letters have no known meaning

    @property
    def has_text(self) -> bool:
        return bool(self.lines or self.extras)


def read_page(page: Any, number: int, form: Any, ligatures: Ligatures) -> Page:
    """What page `number`, from 0, of the file that `ligatures` knows, holds."""
    textpage = page.get_textpage()
    try:
        return _read(page, textpage, number, form, ligatures)
    finally:
        textpage.close()


def _read(page: Any, textpage: Any, number: int, form: Any, ligatures: Ligatures) -> Page:
    rotation = page.get_rotation()
    found = Page()
    words = ligatures.named(words_of(textpage, rotation), number)
    drawn = drawn_on(page, rotation)
    notes = notes_on(page, form, rotation)
    if _garbled(words):
        found.garbled = True
        words = []
    flat = [word for line in words for word in line]
    hidden = unseen(flat, drawn, page, textpage, rotation)
    seen = [[word for word in line if word.at not in hidden] for line in words]
    boxes = drawn_boxes(drawn.small, [word for line in seen for word in line])
    for row in rows_of([line for line in seen if line], [*notes.values, *boxes]):
        found.lines.append(_line(row, number))
    _mark_edges(found.lines, _heights(seen), page.get_size()[1])
    found.lines += [PageLine(LineText(text), number, apart=True) for text in notes.named]
    found.extras = [*_hidden_lines(words, hidden, number), *_written(notes.boxes, BlockKind.TEXT_BOX, number)]
    found.extras += _written(notes.comments, BlockKind.COMMENT, number)
    found.filled = bool(notes.values or notes.named)
    found.picture = _is_picture(found, drawn, page.get_size())
    return found


def _line(row: Row, number: int) -> PageLine:
    return PageLine(row_text(row), number, apart=row.apart, size=row.size, y=row.y)


def _heights(lines: Iterable[Sequence[Word]]) -> tuple[float, float]:
    ys = [word.y for line in lines for word in line]
    return (min(ys), max(ys)) if ys else (0.0, 0.0)


def _mark_edges(lines: Sequence[PageLine], reach: tuple[float, float], height: float) -> None:
    """Say which lines stand so near the top or bottom of the page's text that they may be its header or footer."""
    low, high = reach
    for line in lines:
        near = _EDGE * abs(height)
        line.edge = "top" if high - line.y < near < (high - low) / 3 else "bottom" if line.y - low < near else ""


def mark_repeated(pages: Sequence[Page]) -> None:
    """Mark up to three lines at each edge that stand on half of the pages or more, their numbers left aside."""
    seen: dict[tuple[str, str], set[int]] = {}
    for page in pages:
        for line in page.lines:
            if line.edge:
                seen.setdefault((line.edge, _key(line)), set()).add(line.page)
    often = {key for key, numbers in seen.items() if len(numbers) >= max(2, len(pages) / 2)}
    for page in pages:
        for edge, kind in (("top", BlockKind.PAGE_HEADER), ("bottom", BlockKind.PAGE_FOOTER)):
            lines = [line for line in page.lines if line.edge == edge]
            lines.sort(key=lambda line: -line.y if edge == "top" else line.y)
            for line in takewhile(lambda one: _at_edge(one, often), lines[:3]):
                line.kind = kind


def _at_edge(line: PageLine, often: set[tuple[str, str]]) -> bool:
    return (line.edge, _key(line)) in often or bool(_PAGE_NUMBER.match(line.text.text))


def _key(line: PageLine) -> str:
    return _DIGITS.sub("#", line.text.text.lower())


def _hidden_lines(lines: Iterable[Sequence[Word]], hidden: dict[int, BlockKind], number: int) -> list[PageLine]:
    found = []
    for line in lines:
        for kind, group in groupby(line, key=lambda word: hidden.get(word.at)):
            if kind is not None:
                text = LineText()
                for n, word in enumerate(group):
                    text.add(word, " " if n else "")
                found.append(PageLine(text, number, kind=kind))
    return found


def _written(texts: Iterable[str], kind: BlockKind, number: int) -> list[PageLine]:
    return [PageLine(LineText(text), number, kind=kind, apart=True) for text in texts]


def _garbled(lines: Sequence[Sequence[Word]]) -> bool:
    """Whether most words are in a font that does not say which letters it shows, and the guess gives no words."""
    words = [word for line in lines for word in line]
    unknown = sum(not word.known for word in words) > 0.5 * len(words)
    text = "".join(word.text for word in words[:1_000])
    private = sum(0xE000 <= ord(c) < 0xF900 or c == "\ufffd" for c in text)
    letters = sum(c.isalpha() for c in text)
    return private > 0.5 * len(text) or (unknown and letters < 0.9 * len(text))


def _is_picture(found: Page, drawn: Drawn, size: tuple[float, float]) -> bool:
    """Whether the words are in a picture. What a scanner's program stamps on each page is no text of the page."""
    if not found.has_text:
        return _shows_something(drawn)
    return drawn.scanned(*size) and sum(len(line.text.text) for line in found.lines) <= LITTLE_TEXT


def _shows_something(drawn: Drawn) -> bool:
    return bool(drawn.pictures or drawn.texts or len(drawn.boxes) > 20)
