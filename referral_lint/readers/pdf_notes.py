"""Form fields and comments of a PDF page, which its text does not hold."""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pypdfium2.raw as pdfium

from referral_lint.readers.pdf_words import Word, turned_box

_TICKED, _EMPTY = "☒", "☐"
_COMMENTS = {
    pdfium.FPDF_ANNOT_TEXT,
    pdfium.FPDF_ANNOT_HIGHLIGHT,
    pdfium.FPDF_ANNOT_UNDERLINE,
    pdfium.FPDF_ANNOT_SQUIGGLY,
    pdfium.FPDF_ANNOT_STRIKEOUT,
    pdfium.FPDF_ANNOT_CARET,
    pdfium.FPDF_ANNOT_INK,
    pdfium.FPDF_ANNOT_SQUARE,
    pdfium.FPDF_ANNOT_CIRCLE,
    pdfium.FPDF_ANNOT_LINE,
    pdfium.FPDF_ANNOT_POLYGON,
}
_MOST = 2_000  # annotations of one page that are looked at


@dataclass
class Notes:
    """What was put on a page beside its own text."""

    values: list[Word] = field(default_factory=list)  # of form fields, where they stand
    named: list[str] = field(default_factory=list)  # "name: value" of fields that stand nowhere
    boxes: list[str] = field(default_factory=list)  # text typed over the page
    comments: list[str] = field(default_factory=list)


def notes_on(page: Any, form: Any, rotation: int = 0) -> Notes:
    """The filled fields, text boxes and comments of a page; `form` is pdfium's form environment or None."""
    found = Notes()
    for number, annotation in annotations_on(page):
        kind = pdfium.FPDFAnnot_GetSubtype(annotation)
        if kind == pdfium.FPDF_ANNOT_WIDGET:
            if form is not None:
                _field(annotation, number, form, rotation, found)
        elif kind == pdfium.FPDF_ANNOT_FREETEXT:
            found.boxes.append(_string(annotation, b"Contents"))
        elif kind in _COMMENTS:
            found.comments.append(_string(annotation, b"Contents"))
    found.boxes = [text for text in found.boxes if text]
    found.comments = [text for text in found.comments if text]
    return found


def annotations_on(page: Any, most: int = _MOST) -> Iterator[tuple[int, Any]]:
    """The first annotations of a page, each with its number and open until the next is asked for."""
    for n in range(min(pdfium.FPDFPage_GetAnnotCount(page), most)):
        annotation = pdfium.FPDFPage_GetAnnot(page, n)
        if annotation:
            try:
                yield n, annotation
            finally:
                pdfium.FPDFPage_CloseAnnot(annotation)


def _field(annotation: Any, number: int, form: Any, rotation: int, found: Notes) -> None:
    kind = pdfium.FPDFAnnot_GetFormFieldType(form, annotation)
    if kind in (pdfium.FPDF_FORMFIELD_CHECKBOX, pdfium.FPDF_FORMFIELD_RADIOBUTTON):
        text = _TICKED if pdfium.FPDFAnnot_IsChecked(form, annotation) else _EMPTY
    elif kind in (pdfium.FPDF_FORMFIELD_PUSHBUTTON, pdfium.FPDF_FORMFIELD_SIGNATURE, pdfium.FPDF_FORMFIELD_UNKNOWN):
        return
    else:
        text = " ".join(_wide(pdfium.FPDFAnnot_GetFormFieldValue, form, annotation).split())
    place = _place(annotation, number, text, rotation)
    if text and place is not None:
        found.values.append(place)
    elif text not in ("", _EMPTY):
        name = _wide(pdfium.FPDFAnnot_GetFormFieldAlternateName, form, annotation)
        found.named.append(f"{name or _wide(pdfium.FPDFAnnot_GetFormFieldName, form, annotation)}: {text}")


def _place(annotation: Any, number: int, text: str, rotation: int) -> Word | None:
    """The value as a word on the first line of its field; its index -1 - n says that it is annotation n."""
    rect = pdfium.FS_RECTF()
    if not pdfium.FPDFAnnot_GetRect(annotation, ctypes.byref(rect)):
        return None
    x0, y0, x1, y1 = turned_box(rect.left, rect.bottom, rect.right, rect.top, rotation)
    if x1 - x0 < 1 or y1 - y0 < 1:
        return None
    size = min(y1 - y0, 12.0)
    baseline = (y0 + y1) / 2 - size * 0.35 if y1 - y0 < 30 else y1 - size
    return Word(text, -1 - number, x0, x1, baseline, size)


def _string(annotation: Any, key: bytes) -> str:
    text = _wide(lambda _, *rest: pdfium.FPDFAnnot_GetStringValue(annotation, key, *rest), None, annotation)
    return " ".join(text.split())


def _wide(call: Callable[..., int], form: Any, annotation: Any) -> str:
    """A string that pdfium gives as UTF-16: asked for its length first."""
    size = call(form, annotation, None, 0) if form is not None else call(annotation, None, 0)
    if size <= 2 or size > 2_000_000:
        return ""
    buffer = ctypes.create_string_buffer(size)
    pointer = ctypes.cast(buffer, ctypes.POINTER(pdfium.FPDF_WCHAR))
    call(form, annotation, pointer, size) if form is not None else call(annotation, pointer, size)
    return buffer.raw[: size - 2].decode("utf-16-le", "replace").replace("\0", "")
