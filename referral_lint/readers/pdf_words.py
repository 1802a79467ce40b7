"""The words of one PDF page with their places, as pdfium finds them: content order, one list for each of its lines."""

from __future__ import annotations

import ctypes
import re
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium

from referral_lint.patterns import compiled

_WORD = compiled(r"[\S\x0b\x0c\x1c-\x1f]+")  # some of the codes of unnamed letters count as white space
_BREAK = compiled(r"\r\n|\r|\n")
HYPHENS = "\x02\ufffe\xad"  # how pdfium writes a hyphen that only a line end put there


class Word(NamedTuple):
    """One word; places in points, x to the right and y up, as the page is shown."""

    text: str
    at: int  # index of its first character among the page's characters; -1 - n: the value of its annotation n
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
        line = places.line(list(_WORD.finditer(text, at, end)))
        if line:
            lines.append(line)
        at = stop.end() if stop else end
    return lines


class _Places:
    """Where characters stand. Half a million words are asked for in a long file: the C variables are made once."""

    def __init__(self, textpage: Any, rotation: int) -> None:
        self.page, self.rotation = textpage.raw, rotation
        self.values = [ctypes.c_double() for _ in range(6)]  # left, right, bottom, top; x and y of the origin
        self.box = [ctypes.byref(value) for value in self.values[:4]]
        self.origin = [ctypes.byref(value) for value in self.values[4:]]

    def line(self, words: list[re.Match[str]]) -> list[Word]:
        """The words of one line; its font is asked for at its first word."""
        if not words:
            return []
        at = words[0].start()
        size = min(pdfium.FPDFText_GetFontSize(self.page, at), 200.0)
        known = pdfium.FPDFText_HasUnicodeMapError(self.page, at) != 1
        return [self.word(found[0], found.start(), size, known) for found in words]

    def word(self, text: str, at: int, size: float, known: bool) -> Word:
        left, bottom, right, top = self._box(at)
        last = self._box(at + len(text) - 1) if len(text) > 1 else (left, bottom, right, top)
        pdfium.FPDFText_GetCharOrigin(self.page, at, *self.origin)
        x, y = self.values[4].value, self.values[5].value
        x0, x1 = (left, last[2]) if left < last[2] else (last[0], right)
        middle = (bottom + top + last[1] + last[3]) / 4
        height = top - bottom
        size = size if size > height else height if height > 1.0 else 1.0
        return Word(text, at, x0, x1, turned(x, y, self.rotation)[1] if self.rotation else y, size, middle, known)

    def _box(self, at: int) -> tuple[float, float, float, float]:
        """Left, bottom, right, top as the page is shown."""
        pdfium.FPDFText_GetCharBox(self.page, at, *self.box)
        left, right, bottom, top = self.values[:4]
        if self.rotation:
            return turned_box(left.value, bottom.value, right.value, top.value, self.rotation)
        return left.value, bottom.value, right.value, top.value


def turned(x: float, y: float, rotation: int) -> tuple[float, float]:
    """A point of a page that is shown turned clockwise by `rotation` degrees."""
    return {90: (y, -x), 180: (-x, -y), 270: (-y, x)}.get(rotation, (x, y))


def turned_box(x0: float, y0: float, x1: float, y1: float, rotation: int) -> tuple[float, float, float, float]:
    (a, b), (c, d) = turned(x0, y0, rotation), turned(x1, y1, rotation)
    return min(a, c), min(b, d), max(a, c), max(b, d)
