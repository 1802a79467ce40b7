"""Excel workbooks (.xlsx, .xlsm): each sheet a heading and a table; hidden sheets, rows and columns are known as such."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import date, datetime, time
from typing import Any
from xml.etree import ElementTree

from openpyxl import load_workbook
from openpyxl.utils.cell import range_boundaries
from openpyxl.xml.functions import iterparse

from referral_lint.marks import CHECKED_COPY
from referral_lint.model import Block, BlockKind, Document, Gap, Source, Where
from referral_lint.readers import Limits, Unreadable, gaps
from referral_lint.readers.compose import Composer
from referral_lint.readers.detect import OLE, XLSX
from referral_lint.readers.structure import Cell, Item, Line, Row, Table
from referral_lint.readers.zipped import TOO_LARGE, Archive, parse_xml

_MOST_TAGS = 1_500_000  # in all sheets: about 300,000 cells, ten seconds
_MOST_CELLS = 1_000_000  # of a table with its empty cells
_MOST_FILLED = 1_500_000  # by ranges: a whole column has a million, some seconds
_TOO_WIDE = "The sheet joins more cells than can be read safely. Take the joined cells apart, and check that."
_MOST_COLUMNS = 16_384  # Excel's own limit
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_PROPERTIES = {
    "creator": "Author", "lastModifiedBy": "Last saved by", "title": "Title", "subject": "Subject",
    "keywords": "Keywords", "description": "Comments", "category": "Category",
}  # fmt: skip


def read(source: Source, limits: Limits) -> Iterable[Document]:
    """One document a workbook. Raises `Unreadable` if it is protected, damaged or too large."""
    if source.data.startswith(OLE):
        raise Unreadable(gaps.PROTECTED)
    archive = Archive(source.data, limits)
    _measure(archive)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl warns of features that it does not keep when it saves
        book = load_workbook(io.BytesIO(source.data), data_only=True, keep_links=False)
    composer = Composer(limits.characters)
    unseen: list[Line] = []
    for sheet in book.worksheets:
        composer.add(_sheet(sheet, unseen, named=len(book.worksheets) > 1))
    composer.add(_drawings(archive))
    composer.unseen(unseen)
    composer.unseen(_properties(book))
    text, blocks = composer.result()
    said = list(_gaps(source.name, archive, blocks))
    if composer.full:
        said.append(gaps.too_long(source.name, limits.characters))
    yield Document(source.name, text, blocks, XLSX, sha256=source.sha256, gaps=tuple(said))


def _measure(archive: Archive) -> None:
    """Refuses what openpyxl would choke on; every part is unpacked within the limits here first."""
    tags = 0
    for name in archive.names:
        content = archive.read(name) or b""
        if name.lower().endswith((".xml", ".rels")):
            tags += content.count(b"<")
        if tags > _MOST_TAGS or b"<!DOCTYPE" in content[:4096] or b"<!ENTITY" in content[:4096]:
            raise Unreadable(TOO_LARGE)
        if _filled(content) > _MOST_FILLED:
            raise Unreadable(_TOO_WIDE)


def _filled(content: bytes) -> int:
    """How many cells openpyxl will make for the ranges in this part: one for each that is merged or linked."""
    if not any(name in content.replace(b"\0", b"") for name in (b"mergeCell", b"hyperlink")):
        return 0
    cells = 0
    with suppress(ElementTree.ParseError):  # openpyxl meets the same fault, and no range after it
        for _, element in iterparse(io.BytesIO(content)):
            if element.tag.endswith(("}mergeCell", "}hyperlink")) and ":" in element.get("ref", ""):
                cells += _area(element.get("ref", ""))
            element.clear()
    return cells


def _area(ref: str) -> int:
    try:
        left, top, right, bottom = (side or 0 for side in range_boundaries(ref))
    except (ValueError, TypeError):
        return 0
    return (right - left + 1) * (bottom - top + 1)


def _sheet(sheet: Any, unseen: list[Line], named: bool) -> Iterator[Item]:
    """The sheet's name and rows; what is hidden goes to `unseen` instead."""
    hidden = sheet.sheet_state != "visible"
    place: Where = (("sheet", sheet.title),)
    if named and not hidden:
        yield Line(sheet.title, BlockKind.HEADING, place, level=1)
    away = {
        column
        for dimension in sheet.column_dimensions.values()
        if dimension.hidden
        for column in range(dimension.min or 1, min(dimension.max or 1, _MOST_COLUMNS) + 1)
    }
    table = Table()
    for number, cells in _rows(sheet):
        gone = hidden or sheet.row_dimensions[number].hidden
        seen = [] if gone else [cell for cell in cells if cell is None or cell.column not in away]
        shown = Row([_cell(cell, place) for cell in seen])
        if any(cell.items for cell in shown.cells):
            table.rows.append(shown)
        filled = [cell for cell in cells if cell is not None]
        _keep_comments(filled, place, unseen)
        lost = [cell for cell in filled if (gone or cell.column in away) and cell.value is not None]
        if lost:
            where = (*place, ("cell", lost[0].coordinate))
            unseen.append(Line("\t".join(_text(cell) for cell in lost), BlockKind.HIDDEN, where))
    yield table


def _rows(sheet: Any) -> Iterator[tuple[int, list[Any]]]:
    """The rows that hold something, by number; None where a column that others use is empty.

    Only cells that exist are walked: two cells at opposite corners of a sheet are not 17,000 million.
    """
    rows: dict[int, dict[int, Any]] = {}
    for (row, column), cell in sheet._cells.items():
        if cell.value is not None or getattr(cell, "comment", None) is not None:
            rows.setdefault(row, {})[column] = cell
    used = sorted({column for cells in rows.values() for column in cells})
    aligned = len(rows) * len(used) <= _MOST_CELLS
    for row in sorted(rows):
        cells = rows[row]
        columns = [c for c in used if c <= max(cells)] if aligned else sorted(cells)
        yield row, [cells.get(column) for column in columns]


def _cell(cell: Any, place: Where) -> Cell:
    if cell is None:
        return Cell()
    where = (*place, ("cell", cell.coordinate))
    text = _text(cell)
    font, fill = cell.font, cell.fill
    shaded = fill is not None and fill.fill_type == "solid"
    line = Line(text, BlockKind.CELL, where, bold=bool(font and font.b))
    return Cell([line] if text.strip() else [], shaded, where)


def _text(cell: Any) -> str:
    """The cell's value nearly as Excel shows it."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, datetime):
        whole = value.time() == time(0)
        return value.strftime("%d/%m/%Y" if whole else "%d/%m/%Y %H:%M")
    if isinstance(value, date):
        return value.strftime("%d/%m/%Y")
    if isinstance(value, float):
        return f"{value * 100:g}%" if "%" in (cell.number_format or "") else f"{value:.10g}"
    return str(value)


def _keep_comments(row: Iterable[Any], place: Where, unseen: list[Line]) -> None:
    for cell in row:
        if cell.comment is not None:
            where = (*place, ("cell", cell.coordinate), ("part", "comment"), ("by", str(cell.comment.author or "")))
            unseen.append(Line(str(cell.comment.text), BlockKind.COMMENT, where))


def _drawings(archive: Archive) -> Iterator[Line]:
    """The words of text boxes, which openpyxl does not read."""
    for name in archive.names:
        if name.lower().startswith("xl/drawings/drawing") and name.lower().endswith(".xml"):
            root, _ = parse_xml(archive.read(name) or b"")
            for paragraph in () if root is None else root.iter(f"{_DRAWING}p"):
                text = "".join(t.text or "" for t in paragraph.iter(f"{_DRAWING}t"))
                if text.strip():
                    yield Line(text, BlockKind.TEXT_BOX, (("part", "text box"),))


def _properties(book: Any) -> Iterator[Line]:
    for name, label in _PROPERTIES.items():
        value = str(getattr(book.properties, name) or "").strip()
        if value and value != "openpyxl":
            yield Line(f"{label}: {value}", BlockKind.PROPERTY, (("property", label.lower()),))
    for own in book.custom_doc_props.props:
        if own.name != CHECKED_COPY:
            yield Line(f"{own.name}: {own.value}", BlockKind.PROPERTY, (("property", own.name.lower()),))


def _gaps(name: str, archive: Archive, blocks: Iterable[Block]) -> Iterator[Gap]:
    names = [part.lower() for part in archive.names]
    pictures = sum(part.startswith("xl/media/") for part in names)
    if pictures:
        yield gaps.pictures(pictures, blocks)
    embedded = sum(part.startswith("xl/embeddings/") for part in names)
    if embedded:
        yield gaps.embedded(f"{embedded} embedded")
    if archive.damaged:
        yield gaps.damaged(name)
