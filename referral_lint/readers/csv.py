"""Comma-separated values, as systems export them: a table, one row a line."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from referral_lint.model import BlockKind, Document, Gap, Source, Where
from referral_lint.readers import Limits, Unreadable, gaps
from referral_lint.readers.compose import Composer
from referral_lint.readers.detect import CSV
from referral_lint.readers.structure import Cell, Line, Row, Table
from referral_lint.readers.text import decoded, is_noise

_MOST_CELLS = 100_000  # of a table; some seconds
_SAMPLE = 10_000  # characters that show which sign separates the cells
_MOST_QUOTES, _SHORT_SAMPLE = 500, 2_000  # the library looks for the end of each quotation in all that follows


def read(source: Source, limits: Limits) -> Iterable[Document]:
    """One document a file. Raises `Unreadable` if it is no text."""
    text = decoded(source.data, limits.characters * 4 + 4)
    if is_noise(text[:100_000]):
        raise Unreadable("The file is not text. Save it again as .csv or .xlsx.")
    rows, cut = _first(_rows(text))
    table = Table([Row([_cell(r, c, value) for c, value in enumerate(row, 1)]) for r, row in enumerate(rows, 1)])
    table.rows = [row for row in table.rows if any(cell.items for cell in row.cells)]
    composer = Composer(limits.characters)
    composer.add([table])
    words, blocks = composer.result()
    said = [gaps.too_long(source.name, limits.characters)] if composer.full else []
    if cut:
        said.append(Gap(source.name, f"Only the first {_MOST_CELLS:,} cells were checked: the table is very large."))
    yield Document(source.name, words, blocks, CSV, sha256=source.sha256, gaps=tuple(said))


def _first(rows: list[list[str]]) -> tuple[list[list[str]], bool]:
    """The rows up to the limit of cells, and whether some were left out."""
    kept: list[list[str]] = []
    left = _MOST_CELLS
    for row in rows:
        if len(row) > left:
            return [*kept, row[:left]], True
        kept.append(row)
        left -= len(row)
    return kept, False


def _rows(text: str) -> list[list[str]]:
    sample = text[:_SAMPLE]
    if sample.count('"') + sample.count("'") > _MOST_QUOTES:
        sample = sample[:_SHORT_SAMPLE]
    try:
        dialect: type[csv.Dialect] = csv.Sniffer().sniff(sample, delimiters=",;\t|")
    except csv.Error:
        dialect = csv.excel
    try:
        return list(csv.reader(io.StringIO(text, newline=""), dialect))
    except csv.Error:  # a cell beyond the library's limit, or quotes that do not match
        return [[line] for line in text.splitlines()]


def _cell(row: int, column: int, value: str) -> Cell:
    where: Where = (("row", row), ("column", column))
    text = value.replace("\r\n", "\n").replace("\r", "\n")
    return Cell([Line(text, BlockKind.CELL, where)] if text.strip() else [], where=where)
