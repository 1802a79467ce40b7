"""Plain pages of text at the end of a PDF, set in one of the fonts that every reader has."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Sequence

from pypdf import PdfWriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

_WIDTH, _HEIGHT, _MARGIN = 595, 842, 56  # points, A4
_SIZE, _STEP = 10, 14
_COLUMNS = 88  # characters of 10 point Helvetica that surely fit
_LINES = (_HEIGHT - 2 * _MARGIN - 3 * _STEP) // _STEP


def add_sheets(writer: PdfWriter, title: str, remarks: Iterable[Iterable[str]]) -> None:
    """Add the remarks, each a few lines that may be long, on as many pages as they need."""
    lines: list[str] = []
    for remark in remarks:
        for line in remark:
            lines += textwrap.wrap(line, _COLUMNS) or [""]
        lines.append("")
    for at in range(0, max(len(lines), 1), _LINES):
        _add(writer, title, lines[at : at + _LINES])


def _add(writer: PdfWriter, title: str, lines: Sequence[str]) -> None:
    page = writer.add_blank_page(_WIDTH, _HEIGHT)
    fonts = DictionaryObject({NameObject("/F1"): _font("/Helvetica"), NameObject("/F2"): _font("/Helvetica-Bold")})
    page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
    drawn = [b"BT /F2 14 Tf %d %d Td %s Tj" % (_MARGIN, _HEIGHT - _MARGIN - 14, _literal(title))]
    drawn.append(b"/F1 %d Tf %d TL 0 -%d Td" % (_SIZE, _STEP, 2 * _STEP))
    drawn += [_literal(line) + b" Tj T*" for line in lines]
    stream = DecodedStreamObject()
    stream.set_data(b"\n".join([*drawn, b"ET"]))
    page[NameObject("/Contents")] = writer._add_object(stream)


def _font(name: str) -> DictionaryObject:
    parts = {"/Type": "/Font", "/Subtype": "/Type1", "/BaseFont": name, "/Encoding": "/WinAnsiEncoding"}
    return DictionaryObject({NameObject(key): NameObject(value) for key, value in parts.items()})


def _literal(text: str) -> bytes:
    """A PDF string in the letters of Western Europe; others become question marks."""
    data = text.encode("cp1252", "replace")
    for char in (b"\\", b"(", b")"):
        data = data.replace(char, b"\\" + char)
    return b"(" + data + b")"
