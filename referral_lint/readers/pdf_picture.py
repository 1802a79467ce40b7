"""A PDF page as the eye sees it: drawn as a picture, to ask of each word whether it can be read there."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import pypdfium2 as pdfium

from referral_lint.readers.pdf_words import Word, turned_box

_SCALE = 2.0  # pixels a point
_LEAST_SCALE = 1.0  # below it small letters run into grey, and nothing is said of them
_MOST_PIXELS = 16_000_000  # of one page: sixteen megabytes
_CONTRAST = 60  # of 255 steps of grey, between letters that can be read and their ground
_EVEN = 20  # steps of grey within which a place holds nothing at all
_PAPER = 200  # from here up a place is paper, below it somebody put ink there
_SIDES = 0.15  # of a word at each end: a box that falls a little short of it covers it all the same


class Sight(NamedTuple):
    """What the eye finds where a word stands."""

    legible: bool
    inked: bool  # nothing but one dark colour


class Picture:
    """The page drawn in shades of grey, with the comments and stamps that lie on it."""

    def __init__(self, page: Any, view: tuple[float, float, float, float], scale: float) -> None:
        self._left, _, _, self._top = view
        self._scale = scale
        self._shades = page.render(scale=scale, grayscale=True).to_numpy()

    def at(self, word: Word) -> Sight:
        """What is seen in the middle of a word; a place outside the picture shows nothing."""
        height, width = self._shades.shape[:2]
        side = (word.x1 - word.x0) * _SIDES
        x0, x1 = ((x - self._left) * self._scale for x in (word.x0 + side, word.x1 - side))
        y0, y1 = ((self._top - word.middle - half) * self._scale for half in (word.size / 3, -word.size / 3))
        rows, columns = slice(max(0, int(y0)), max(0, int(y1) + 1)), slice(max(0, int(x0)), max(0, int(x1) + 1))
        part = self._shades[rows, columns] if y0 < height and x0 < width else self._shades[:0, :0]
        if not part.size:
            return Sight(False, False)
        low, high = int(part.min()), int(part.max())
        return Sight(high - low > _CONTRAST, high - low < _EVEN and high < _PAPER)


def view_of(page: Any, rotation: int) -> tuple[float, float, float, float]:
    """Left, bottom, right and top of what is shown of the page, in the places of its words."""
    left, bottom, right, top = page.get_bbox()
    return turned_box(left, bottom, right, top, rotation)


def picture_of(page: Any, rotation: int) -> Callable[[Word], Sight] | None:
    """A question to ask of each word; None if the page is too large to be drawn finely, or cannot be drawn."""
    left, bottom, right, top = view = view_of(page, rotation)
    area = (right - left) * (top - bottom)
    if area <= 0 or area * _LEAST_SCALE**2 > _MOST_PIXELS:
        return None
    scale = min(_SCALE, (_MOST_PIXELS / area) ** 0.5)
    try:
        return Picture(page, view, scale).at
    except (pdfium.PdfiumError, ValueError, MemoryError):
        return None
