"""PDF files for tests, drawn on the spot."""

from __future__ import annotations

import io
from collections.abc import Callable

from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    NameObject,
    NumberObject,
    RectangleObject,
    StreamObject,
    TextStringObject,
)
from reportlab.lib import colors
from reportlab.pdfgen.canvas import Canvas

Draw = Callable[[Canvas], None]


def pdf(*pages: Draw) -> bytes:
    """A PDF of A4 pages, one for each function, which draws it."""
    data = io.BytesIO()
    canvas = Canvas(data, pagesize=(595, 842))
    for draw in pages:
        canvas.setFont("Helvetica", 10)
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return data.getvalue()


def text(*lines: tuple[float, float, str], size: float = 10) -> Draw:
    """Draws words at (x, y), in the order given."""

    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", size)
        for x, y, words in lines:
            canvas.drawString(x, y, words)

    return draw


def paragraph(words: str, *, y: float = 700, x: float = 60, step: float = 12, width: int = 60) -> Draw:
    """Draws words as running text, `width` characters a line."""
    lines: list[tuple[float, float, str]] = []
    line = ""
    for word in [*words.split(), ""]:
        if not word or len(line) + len(word) > width:
            lines.append((x, y - step * len(lines), line))
            line = ""
        line = f"{line} {word}".strip()
    return text(*lines)


def both(*draws: Draw) -> Draw:
    def draw(canvas: Canvas) -> None:
        for one in draws:
            one(canvas)

    return draw


def box(x: float, y: float, width: float, height: float, colour: str = "black") -> Draw:
    def draw(canvas: Canvas) -> None:
        canvas.setFillColor(getattr(colors, colour))
        canvas.rect(x, y, width, height, fill=1, stroke=0)
        canvas.setFillColor(colors.black)

    return draw


def coloured(colour: str, draw: Draw) -> Draw:
    def drawn(canvas: Canvas) -> None:
        canvas.setFillColor(getattr(colors, colour))
        draw(canvas)
        canvas.setFillColor(colors.black)

    return drawn


def turned(data: bytes, degrees: int, shown: tuple[float, float, float, float]) -> bytes:
    """The PDF with its pages turned clockwise and cut to what lies between left, bottom, right and top."""
    return changed(data, lambda writer: _turn(writer, degrees, shown))


def _turn(writer: PdfWriter, degrees: int, shown: tuple[float, float, float, float]) -> None:
    for page in writer.pages:
        page.rotate(degrees)
        page.cropbox = RectangleObject(shown)


def changed(data: bytes, change: Callable[[PdfWriter], object]) -> bytes:
    """The PDF after pypdf was given it to change."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(data)))
    change(writer)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def laid_over(kind: str, place: tuple[float, float, float, float]) -> Callable[[PdfWriter], None]:
    """Puts a black annotation ("Square", "Ink", "Redact"…) on the first page."""

    def change(writer: PdfWriter) -> None:
        left, bottom, right, top = place
        look = StreamObject()
        look.set_data(f"0 g 0 0 {right - left} {top - bottom} re f".encode())
        look[NameObject("/Subtype")] = NameObject("/Form")
        look[NameObject("/BBox")] = RectangleObject((0, 0, right - left, top - bottom))
        note = DictionaryObject({NameObject("/Subtype"): NameObject(f"/{kind}"), NameObject("/F"): NumberObject(4)})
        note[NameObject("/Rect")] = RectangleObject(place)
        note[NameObject("/AP")] = DictionaryObject({NameObject("/N"): writer._add_object(look)})
        writer.pages[0][NameObject("/Annots")] = ArrayObject([writer._add_object(note)])

    return change


def pinned(name: str, data: bytes) -> Callable[[PdfWriter], None]:
    """Hangs a file on the first page as a paper clip."""

    def change(writer: PdfWriter) -> None:
        stream = StreamObject()
        stream.set_data(data)
        held = DictionaryObject({NameObject("/F"): writer._add_object(stream)})
        file = DictionaryObject({NameObject("/F"): TextStringObject(name), NameObject("/EF"): held})
        note = DictionaryObject({NameObject("/Subtype"): NameObject("/FileAttachment"), NameObject("/FS"): file})
        note[NameObject("/Rect")] = RectangleObject((400, 690, 420, 715))
        writer.pages[0][NameObject("/Annots")] = ArrayObject([writer._add_object(note)])

    return change
