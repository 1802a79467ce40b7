"""Text that a PDF carries and its pages do not show: under a filled box, in white, or drawn invisibly."""

from __future__ import annotations

import ctypes
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium

from referral_lint.model import BlockKind
from referral_lint.readers.pdf_words import Word

_MOST = 20_000  # objects of one page that are looked at
_SCALE = 2  # pixels a point
_CONTRAST = 60  # of 255 steps of grey, between letters that can be read and their ground


class Box(NamedTuple):
    x0: float
    y0: float
    x1: float
    y1: float
    order: int  # the larger is drawn later
    dark: bool

    def holds(self, x: float, y: float) -> bool:
        return self.x0 - 1 <= x <= self.x1 + 1 and self.y0 - 1 <= y <= self.y1 + 1


@dataclass
class Drawn:
    """What stands on a page besides its words."""

    boxes: list[Box]
    pictures: list[Box]
    texts: dict[int, tuple[int, bool, bool]]  # address of a text object: (order, invisible, white)

    def scanned(self, width: float, height: float) -> bool:
        """Whether one picture fills most of the page: then text under it was put there by character recognition."""
        return any((p.x1 - p.x0) * (p.y1 - p.y0) > 0.6 * width * height for p in self.pictures)


def drawn_on(page: Any) -> Drawn:
    """Every filled box, picture and text object of a page, in the order of drawing."""
    found = Drawn([], [], {})
    for order in range(min(pdfium.FPDFPage_CountObjects(page), _MOST)):
        item = pdfium.FPDFPage_GetObject(page, order)
        kind = pdfium.FPDFPageObj_GetType(item)
        if kind == pdfium.FPDF_PAGEOBJ_TEXT:
            found.texts[_address(item)] = (order, pdfium.FPDFTextObj_GetTextRenderMode(item) == 3, _white(item))
        elif kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            found.pictures.append(_box(item, order, dark=True))
        elif kind == pdfium.FPDF_PAGEOBJ_PATH and _filled(item):
            found.boxes.append(_box(item, order, dark=not _white(item)))
    return found


def unseen(words: Sequence[Word], drawn: Drawn, textpage: Any, size: tuple[float, float]) -> dict[int, BlockKind]:
    """By character index of a word: how it is hidden. Words that are seen are not named."""
    boxes = [box for box in drawn.boxes if box.y1 - box.y0 > 4 and box.x1 - box.x0 > 4]
    scanned = drawn.scanned(*size)
    doubtful = any(invisible or white for _, invisible, white in drawn.texts.values())
    if not boxes and not (doubtful and not scanned):
        return {}
    found = {}
    for word in words:
        item = drawn.texts.get(_address(pdfium.FPDFText_GetTextObject(textpage, word.at)))
        if item is not None and (kind := _how(word, item, boxes, drawn.pictures, scanned=scanned)):
            found[word.at] = kind
    return found


def still_shown(page: Any, words: Sequence[Word], hidden: dict[int, BlockKind]) -> set[int]:
    """The character indices of "covered" words that can be read all the same, as under a highlighter's ink.

    What a box does depends on how it is blended, which pdfium does not tell; so the page is drawn and looked at.
    """
    covered = [word for word in words if hidden.get(word.at) is BlockKind.COVERED]
    if not covered:
        return set()
    rest = [word for word in words if word.at not in hidden]
    image = page.render(scale=_SCALE, grayscale=True).to_numpy()
    return {word.at for word in covered if not _overwritten(word, rest) and _legible(word, image)}


def _overwritten(word: Word, others: Sequence[Word]) -> bool:
    """Other words were written into the box: it is those that the picture shows."""
    return any(o.x0 < word.x1 and word.x0 < o.x1 and abs(o.middle - word.middle) < word.size for o in others)


def _legible(word: Word, image: Any) -> bool:
    """Whether light and dark differ where the word stands."""
    height, width = image.shape[:2]
    top, bottom = (height - (word.middle + half) * _SCALE for half in (word.size / 3, -word.size / 3))
    rows = slice(max(0, int(top)), min(height, int(bottom) + 1))
    part = image[rows, max(0, int(word.x0 * _SCALE)) : min(width, int(word.x1 * _SCALE) + 1)]
    return bool(part.size) and int(part.max()) - int(part.min()) > _CONTRAST


def _how(
    word: Word, item: tuple[int, bool, bool], boxes: Sequence[Box], pictures: Sequence[Box], *, scanned: bool
) -> BlockKind | None:
    order, invisible, white = item
    x, y = (word.x0 + word.x1) / 2, word.middle
    if any(box.order > order and box.holds(x, y) for box in boxes):
        return BlockKind.COVERED
    if invisible:
        return None if scanned else BlockKind.HIDDEN
    backed = any(box.dark and box.order < order and box.holds(x, y) for box in (*boxes, *pictures))
    return BlockKind.HIDDEN if white and not backed else None


def _address(item: Any) -> int:
    return ctypes.cast(item, ctypes.c_void_p).value or 0


def _box(item: Any, order: int, *, dark: bool) -> Box:
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    pdfium.FPDFPageObj_GetBounds(item, *map(ctypes.byref, (left, bottom, right, top)))
    return Box(left.value, bottom.value, right.value, top.value, order, dark)


def _filled(item: Any) -> bool:
    """Whether a path is filled with an opaque colour."""
    mode, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(item, ctypes.byref(mode), ctypes.byref(stroke))
    return mode.value != 0 and _colour(item)[3] > 200


def _white(item: Any) -> bool:
    red, green, blue, alpha = _colour(item)
    return min(red, green, blue) > 245 or alpha < 10


def _colour(item: Any) -> tuple[int, int, int, int]:
    parts = [ctypes.c_uint() for _ in range(4)]
    if not pdfium.FPDFPageObj_GetFillColor(item, *map(ctypes.byref, parts)):
        return 0, 0, 0, 255
    red, green, blue, alpha = (part.value for part in parts)
    return red, green, blue, alpha
