"""Text that a PDF carries and its pages do not show: under a box, a stamp or ink, in white, cut off, or invisible.

The file says what may hide a word; whether it does depends on how it is blended, so the page is drawn and looked at.
"""

from __future__ import annotations

import ctypes
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium

from referral_lint.model import BlockKind
from referral_lint.readers.pdf_notes import annotations_on
from referral_lint.readers.pdf_picture import Sight, picture_of, view_of
from referral_lint.readers.pdf_words import HYPHENS, Word, turned_box

_MOST = 20_000  # objects of one page that are looked at
SMALL = 18.0  # points: the longest side of what may be a tick box or the cross in one
_THICK = 4.0  # points: a line that can cover words
_LAST = 1 << 30  # the order of what lies over everything
_COVERS = {
    pdfium.FPDF_ANNOT_SQUARE, pdfium.FPDF_ANNOT_CIRCLE, pdfium.FPDF_ANNOT_POLYGON, pdfium.FPDF_ANNOT_INK,
    pdfium.FPDF_ANNOT_LINE, pdfium.FPDF_ANNOT_POLYLINE, pdfium.FPDF_ANNOT_HIGHLIGHT, pdfium.FPDF_ANNOT_STRIKEOUT,
    pdfium.FPDF_ANNOT_STAMP, pdfium.FPDF_ANNOT_FREETEXT,
}  # fmt: skip


class Box(NamedTuple):
    x0: float
    y0: float
    x1: float
    y1: float
    order: int  # the larger is drawn later
    dark: bool
    outline: bool = False  # four sides and nothing in them

    def holds(self, x: float, y: float) -> bool:
        return self.x0 - 1 <= x <= self.x1 + 1 and self.y0 - 1 <= y <= self.y1 + 1


class Ink(NamedTuple):
    """How the letters of a word are drawn."""

    order: int  # _LAST for those inside a form object: nothing is known to lie over them
    invisible: bool
    white: bool
    in_layer: bool  # a layer that may be switched off


@dataclass
class Drawn:
    """What stands on a page besides its words. Places as the page is shown."""

    boxes: list[Box] = field(default_factory=list)
    pictures: list[Box] = field(default_factory=list)
    small: list[Box] = field(default_factory=list)  # every drawing no larger than a tick box
    redactions: list[Box] = field(default_factory=list)  # marked to be taken out, and not taken out
    drawings: int = 0  # objects that hold others, which are not looked into
    texts: dict[int, int] = field(default_factory=dict)  # address of a text object: its order

    def scanned(self, width: float, height: float) -> bool:
        """Whether one picture fills most of the page: then text under it was put there by character recognition."""
        return any((p.x1 - p.x0) * (p.y1 - p.y0) > 0.6 * width * height for p in self.pictures)


def drawn_on(page: Any, rotation: int = 0) -> Drawn:
    """Every filled box, thick line, picture and text object of a page, in the order of drawing, then what lies on it."""
    found = Drawn()
    for order in range(min(pdfium.FPDFPage_CountObjects(page), _MOST)):
        item = pdfium.FPDFPage_GetObject(page, order)
        kind = pdfium.FPDFPageObj_GetType(item)
        if kind == pdfium.FPDF_PAGEOBJ_TEXT:
            found.texts[_address(item)] = order
        elif kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            found.pictures.append(_box(item, order, rotation, dark=True))
        elif kind in (pdfium.FPDF_PAGEOBJ_FORM, pdfium.FPDF_PAGEOBJ_SHADING):
            found.drawings += 1
        elif kind == pdfium.FPDF_PAGEOBJ_PATH:
            _path(item, order, rotation, found)
    for _, annotation in annotations_on(page, _MOST):
        _lay_over(annotation, rotation, found)
    return found


def unseen(words: Sequence[Word], drawn: Drawn, page: Any, textpage: Any, rotation: int) -> dict[int, BlockKind]:
    """By character index of a word: how it is hidden. Words that are seen are not named."""
    scanned = drawn.scanned(*page.get_size())
    if not words or (scanned and not drawn.boxes and not drawn.redactions):
        return {}  # nothing lies over a scanned page, and drawing it takes long
    scene = _Scene(drawn, view_of(page, rotation), textpage, scanned)
    suspects = {word.at: scene.suspected(word) for word in words}
    if not drawn.boxes and not drawn.pictures and not drawn.drawings and not any(suspects.values()):
        return {}  # black on white: there is nothing to look for
    look = picture_of(page, rotation)
    found: dict[int, BlockKind] = {}
    for word in words:
        if any(char in HYPHENS for char in word.text):
            continue  # it stands on two lines, and its place is neither
        kind, sight = suspects[word.at], look(word) if look else Sight(legible=False, inked=False)
        if kind is not None and (not sight.legible or scene.marked(word)):
            found[word.at] = kind
        elif sight.inked and _is_drawn(word):
            found[word.at] = BlockKind.COVERED
    legible = [word for word in words if word.at not in found]
    under = [word for word in legible if suspects[word.at] is BlockKind.COVERED]
    over = [word for word in legible if suspects[word.at] is not BlockKind.COVERED]
    return found | {word.at: BlockKind.COVERED for word in under if _overwritten(word, over)}


def _is_drawn(word: Word) -> bool:
    """Letters that every machine has: of others, and of signs, the picture may show nothing for want of a font."""
    return sum(char.isascii() and char.isalnum() for char in word.text) > 1


def _overwritten(word: Word, others: Sequence[Word]) -> bool:
    """Other words were written into the box: it is those that the picture shows."""
    return any(o.x0 < word.x1 and word.x0 < o.x1 and abs(o.middle - word.middle) < word.size for o in others)


class _Scene:
    """What the file itself says may hide a word."""

    def __init__(self, drawn: Drawn, view: tuple[float, float, float, float], textpage: Any, scanned: bool) -> None:
        self._drawn, self._textpage, self._scanned = drawn, textpage, scanned
        self._view = Box(*view, order=0, dark=False)
        self._cut = self._view.x1 > self._view.x0 and self._view.y1 > self._view.y0  # else no size is stated
        self._boxes = [box for box in drawn.boxes if box.y1 - box.y0 > 4 and box.x1 - box.x0 > 4]
        self._backs = [box for box in (*self._boxes, *drawn.pictures) if box.dark]
        self._covers = self._boxes if scanned else [*self._boxes, *drawn.pictures]
        self._inks: dict[int, Ink] = {}

    def suspected(self, word: Word) -> BlockKind | None:
        ink = self._ink(word)
        x, y = (word.x0 + word.x1) / 2, word.middle
        if any(box.order > ink.order and box.holds(x, y) for box in self._covers) or self.marked(word):
            return BlockKind.COVERED
        if ink.in_layer or (self._cut and not self._view.holds(x, y)):
            return BlockKind.HIDDEN
        if ink.invisible:
            return None if self._scanned else BlockKind.HIDDEN
        backed = any(box.order < ink.order and box.holds(x, y) for box in self._backs)
        return BlockKind.HIDDEN if ink.white and not backed else None

    def marked(self, word: Word) -> bool:
        """Whether it was marked to be taken out."""
        return any(box.holds((word.x0 + word.x1) / 2, word.middle) for box in self._drawn.redactions)

    def _ink(self, word: Word) -> Ink:
        item = pdfium.FPDFText_GetTextObject(self._textpage, word.at)
        address = _address(item)
        if address not in self._inks:
            order = self._drawn.texts.get(address, _LAST - 1)
            invisible = pdfium.FPDFTextObj_GetTextRenderMode(item) == 3
            self._inks[address] = Ink(order, invisible, bool(address) and _white(item), _in_layer(item))
        return self._inks[address]


def _lay_over(annotation: Any, rotation: int, found: Drawn) -> None:
    """Takes note of a shape, ink or stamp that somebody put on the page, and of a mark for taking words out."""
    kind = pdfium.FPDFAnnot_GetSubtype(annotation)
    rect = pdfium.FS_RECTF()
    if kind not in (*_COVERS, pdfium.FPDF_ANNOT_REDACT) or not pdfium.FPDFAnnot_GetRect(annotation, ctypes.byref(rect)):
        return
    place = turned_box(rect.left, rect.bottom, rect.right, rect.top, rotation)
    box = Box(*place, order=_LAST, dark=True)
    (found.redactions if kind == pdfium.FPDF_ANNOT_REDACT else found.boxes).append(box)


def _path(item: Any, order: int, rotation: int, found: Drawn) -> None:
    filled = _filled(item)
    box = _box(item, order, rotation, dark=not _white(item))
    if filled or _thick(item):
        found.boxes.append(box)
    if max(box.x1 - box.x0, box.y1 - box.y0) <= SMALL:
        dark = filled and box.dark
        outline = not dark and pdfium.FPDFPath_CountSegments(item) in (4, 5)
        found.small.append(box._replace(dark=dark, outline=outline))


def _address(item: Any) -> int:
    return ctypes.cast(item, ctypes.c_void_p).value or 0


def _box(item: Any, order: int, rotation: int, *, dark: bool) -> Box:
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    pdfium.FPDFPageObj_GetBounds(item, *map(ctypes.byref, (left, bottom, right, top)))
    return Box(*turned_box(left.value, bottom.value, right.value, top.value, rotation), order, dark)


def _filled(item: Any) -> bool:
    """Whether a path is filled with an opaque colour."""
    mode, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(item, ctypes.byref(mode), ctypes.byref(stroke))
    return mode.value != 0 and _colour(item)[3] > 200


def _thick(item: Any) -> bool:
    width = ctypes.c_float()
    return bool(pdfium.FPDFPageObj_GetStrokeWidth(item, ctypes.byref(width))) and width.value >= _THICK


def _in_layer(item: Any) -> bool:
    """Whether the object belongs to optional content ("OC")."""
    name, size = (ctypes.c_ushort * 8)(), ctypes.c_ulong()
    for number in range(min(pdfium.FPDFPageObj_CountMarks(item), 8)) if item else ():
        mark = pdfium.FPDFPageObj_GetMark(item, number)
        pdfium.FPDFPageObjMark_GetName(mark, name, ctypes.sizeof(name), ctypes.byref(size))
        if size.value == 6 and bytes(name)[:4] == "OC".encode("utf-16-le"):
            return True
    return False


def _white(item: Any) -> bool:
    red, green, blue, alpha = _colour(item)
    return min(red, green, blue) > 245 or alpha < 10


def _colour(item: Any) -> tuple[int, int, int, int]:
    parts = [ctypes.c_uint() for _ in range(4)]
    if not pdfium.FPDFPageObj_GetFillColor(item, *map(ctypes.byref, parts)):
        return 0, 0, 0, 255
    red, green, blue, alpha = (part.value for part in parts)
    return red, green, blue, alpha
