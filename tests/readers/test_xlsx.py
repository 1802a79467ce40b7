"""Workbooks: the cells as they are seen, and what is hidden in them."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime

import pytest
from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Font

from referral_lint.model import BlockKind, Document, Source
from referral_lint.readers import Limits, read
from tests.readers.wordfile import zipped

K = BlockKind


def doc(book: Workbook | bytes, limits: Limits | None = None) -> Document:
    data = book if isinstance(book, bytes) else saved(book)
    (document,) = read(Source("list.xlsx", data), limits)
    return document


def saved(book: Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def kinds(document: Document) -> list[tuple[BlockKind, str]]:
    return [(block.kind, document.words(block)) for block in document.blocks]


def test_values_as_they_are_shown() -> None:
    book = Workbook()
    book.active.append(["text", 7, 0.7, 2.5, True, datetime(2025, 11, 5), None, "last"])
    book.active["C1"].number_format = "0%"
    assert doc(book).text == "text\t7\t70%\t2.5\tTRUE\t05/11/2025\tlast"


def test_a_row_of_names_asks_for_what_is_below() -> None:
    book = Workbook()
    book.active.append(["Name", "Relationship", "Address"])
    book.active.append(["Owen Pettigrew", "father", "3 Coldharbour Lane"])
    for cell in book.active[1]:
        cell.font = Font(bold=True)
    document = doc(book)
    (father,) = [b for b in document.blocks if document.words(b) == "father"]
    assert document.words(document.blocks[father.question or 0]) == "Relationship"
    assert dict(father.where) == {"sheet": "Sheet", "cell": "B2"}


def test_hidden_sheets_rows_and_columns_travel_unseen() -> None:
    book = Workbook()
    page = book.active
    page.append(["seen", "column away", "seen too"])
    page.append(["row away", "both away"])
    page.column_dimensions["B"].hidden = True
    page.row_dimensions[2].hidden = True
    page["A1"].comment = Comment("Is this true?", "A Colleague")
    away = book.create_sheet("Names")
    away.append(["on a hidden sheet"])
    away.sheet_state = "hidden"
    book.properties.creator = "B Noble"
    document = doc(book)
    assert kinds(document) == [
        (K.HEADING, "Sheet"),
        (K.CELL, "seen"),
        (K.CELL, "seen too"),
        (K.COMMENT, "Is this true?"),
        (K.HIDDEN, "column away"),
        (K.HIDDEN, "row away\tboth away"),
        (K.HIDDEN, "on a hidden sheet"),
        (K.PROPERTY, "Author: B Noble"),
    ]
    assert dict(document.blocks[3].where)["by"] == "A Colleague"


def test_cells_at_opposite_corners_do_not_fill_the_sheet() -> None:
    book = Workbook()
    book.active["A1"] = "first"
    book.active["XFD1048576"] = "far"
    assert doc(book).text == "first\n\tfar"


def test_what_is_too_large_hostile_or_protected_is_said() -> None:
    bomb = zipped({"[Content_Types].xml": b"<a/>", "xl/workbook.xml": b"<!DOCTYPE a [<!ENTITY b 'c'>]><a/>"})
    assert "unpacks" in doc(bomb).gaps[0].why
    assert "unpacks" in doc(Workbook(), Limits(unpacked=100)).gaps[0].why
    assert "password" in doc(b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le")).gaps[0].why


@pytest.mark.parametrize("ends", ["</x:mergeCells>", ""])
@pytest.mark.parametrize("where", ["A1:XFD1048576", "A:XFD", "$A$1:$XFD$1048576", "1:1048576"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_joined_range_of_the_whole_sheet_is_not_filled(where: str, ends: str, encoding: str) -> None:
    sheet = (
        f'<?xml version="1.0" encoding="{encoding}"?>'
        '<x:worksheet xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><x:sheetData>'
        '<x:row r="1"><x:c r="A1" t="inlineStr"><x:is><x:t>Anna</x:t></x:is></x:c></x:row></x:sheetData>'
        f'<x:mergeCells><x:mergeCell ref="{where}"/>{ends}</x:worksheet>'
    )
    document = doc(replaced(Workbook(), "xl/worksheets/sheet1.xml", sheet.encode(encoding)))
    assert document.text == ""
    assert "joins more cells" in document.gaps[0].why or "damaged" in document.gaps[0].why


def test_joined_cells_are_read() -> None:
    book = Workbook()
    book.active["A1"], book.active["C1"] = "Anna", "late"
    book.active.merge_cells("A1:B1")
    assert doc(book).text == "Anna\tlate"


def replaced(book: Workbook, part: str, content: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(saved(book))) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            new.writestr(name, content if name == part else old.read(name))
    return out.getvalue()
