"""The words of one PDF page with their places, as pdfium finds them: content order, one list for each of its lines."""

from __future__ import annotations

import ctypes
import re
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium

_WORD = re.compile(r"\S+")
_BREAK = re.compile(r"\r\n|\r|\n")
HYPHENS = "\x02\ufffe\xad"  # how pdfium writes a hyphen that only a line end put there


class Word(NamedTuple):
    """One word; places in points, x to the right and y up, as the page is shown."""

    text: str
    at: int  # index of its first character among the page's characters; below 0: not part of the page's text
    x0: float
    x1: float
    y: float  # of the baseline
    size: float  # height of its letters
    middle: float = 0.0  # of the letters' height
    known: bool = True  # whether its font says which letters these are


def page_text(textpage: Any) -> str:
    """The page's characters, one for each that pdfium counts."""
    count: int = textpage.count_chars()
    text: str = textpage.get_text_range()
    if len(text) == count:
        return text
    codes = (pdfium.FPDFText_GetUnicode(textpage, i) for i in range(count))
    return "".join(chr(code) if code < 0x110000 and not 0xD800 <= code < 0xE000 else " " for code in codes)


def words_of(textpage: Any, rotation: int = 0) -> list[list[Word]]:
    """The words of each of pdfium's lines, in its order."""
    text = page_text(textpage).replace("\0", " ")
    places = _Places(textpage, rotation)
    lines = []
    at = 0
    for stop in [*_BREAK.finditer(text), None]:
        end = stop.start() if stop else len(text)
        line = [places.word(found[0], found.start()) for found in _WORD.finditer(text, at, end)]
        if line:
            lines.append(line)
        at = stop.end() if stop else end
    return lines


class _Places:
    """Where characters stand; the C variables are made once for a page."""

    def __init__(self, textpage: Any, rotation: int) -> None:
        self.page, self.rotation = textpage, rotation
        self.box = [ctypes.c_double() for _ in range(4)]
        self.origin = [ctypes.c_double() for _ in range(2)]

    def word(self, text: str, index: int) -> Word:
        first = self._box(index)
        last = self._box(index + len(text) - 1) if len(text) > 1 else first
        pdfium.FPDFText_GetCharOrigin(self.page, index, *map(ctypes.byref, self.origin))
        _, y = turned(self.origin[0].value, self.origin[1].value, self.rotation)
        size = pdfium.FPDFText_GetFontSize(self.page, index)
        height = first[3] - first[1]
        x0, x1, middle = min(first[0], last[0]), max(first[2], last[2]), (first[1] + first[3] + last[1] + last[3]) / 4
        known = pdfium.FPDFText_HasUnicodeMapError(self.page, index) != 1
        return Word(text, index, x0, x1, y, max(min(size, 200.0), height, 1.0), middle, known)

    def _box(self, index: int) -> tuple[float, float, float, float]:
        """Left, bottom, right, top as the page is shown."""
        left, right, bottom, top = self.box
        pdfium.FPDFText_GetCharBox(self.page, index, *map(ctypes.byref, (left, right, bottom, top)))
        return turned_box(left.value, bottom.value, right.value, top.value, self.rotation)


def turned(x: float, y: float, rotation: int) -> tuple[float, float]:
    """A point of a page that is shown turned clockwise by `rotation` degrees."""
    return {90: (y, -x), 180: (-x, -y), 270: (-y, x)}.get(rotation, (x, y))


def turned_box(x0: float, y0: float, x1: float, y1: float, rotation: int) -> tuple[float, float, float, float]:
    (a, b), (c, d) = turned(x0, y0, rotation), turned(x1, y1, rotation)
    return min(a, c), min(b, d), max(a, c), max(b, d)
