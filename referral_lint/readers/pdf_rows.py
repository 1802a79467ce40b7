"""The words of a page become rows of cells in reading order.

The order in which a page was drawn is mostly the order in which it is read. What it gets wrong, places on the page put
right: tick boxes drawn before the words of their line, cells that run over several lines, values drawn after all labels.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from referral_lint.boxes import BOXES, TICKS
from referral_lint.patterns import compiled
from referral_lint.readers.pdf_words import HYPHENS, Word

_WIDE = 1.3  # in letter heights: a gap between words that parts two columns
_BEFORE_LABEL = 0.55  # wider than the space between words
_ENDS_BOX = BOXES + "]}"
_OPENS_LINE = compiled(rf"[-–•*▪●○◦{BOXES}{TICKS}]|\(?\w{{1,2}}[.)]$|\[")


@dataclass
class Cell:
    """Words that belong together, over one line or more."""

    lines: list[list[Word]]

    @property
    def x0(self) -> float:
        return self.lines[0][0].x0

    @property
    def x1(self) -> float:
        return max(line[-1].x1 for line in self.lines)

    @property
    def bottom(self) -> float:
        return self.lines[-1][0].y

    @property
    def words(self) -> int:
        return sum(len(line) for line in self.lines)


@dataclass
class Row:
    """Cells beside each other; a line of running text is a row of one cell."""

    cells: list[Cell]
    apart: bool = False  # whether white space parts it from the row before
    table: bool = False  # whether its cells stand in line with those of a neighbour

    @property
    def y(self) -> float:
        return self.cells[0].lines[0][0].y

    @property
    def bottom(self) -> float:
        return min(cell.bottom for cell in self.cells)

    @property
    def size(self) -> float:
        return max(word.size for word in self.cells[0].lines[0])


@dataclass
class LineText:
    """One row as text, and where its characters came from: (offset in the text, index as in `Word.at`), ascending."""

    text: str = ""
    runs: list[tuple[int, int]] = field(default_factory=list)

    def add(self, word: Word, gap: str) -> None:
        self.text += gap
        start = len(self.text)
        last = self.runs[-1] if self.runs else None
        goes_on = last is not None and 0 <= last[1] == word.at - start + last[0]
        if not goes_on:
            self.runs.append((start, word.at))
        self.text += word.text


def rows_of(lines: Sequence[Sequence[Word]], extra: Sequence[Word] = ()) -> list[Row]:
    """Rows in reading order; `extra` are words that are not part of the page's text, such as form values."""
    rows: list[Row] = []
    for line in _with_extra(lines, extra):
        parts = _columns(line)
        if not (len(parts) == 1 and rows and _goes_on(rows, parts[0])) and not _fills(rows, parts):
            rows.append(Row([Cell([part]) for part in parts]))
    _mark_gaps(rows)
    return rows


def row_text(row: Row) -> LineText:
    """The row as one line of text: its cells parted by a bar in a table, else by a run of spaces."""
    out = LineText()
    for n, cell in enumerate(row.cells):
        gap = "" if not n else " | " if row.table else "    "
        for line in cell.lines:
            for word in line:
                out.add(_without_hyphen(word, line), gap)
                gap = "" if word is line[-1] and word.text[-1] in HYPHENS else " "
    return out


def _without_hyphen(word: Word, line: Sequence[Word]) -> Word:
    text = word.text
    if word is line[-1]:
        text = text.rstrip(HYPHENS)
    text = text.replace("\x02", "-").replace("\ufffe", "-")
    return word if text == word.text else word._replace(text=text)


# --- words into lines


def _with_extra(lines: Sequence[Sequence[Word]], extra: Sequence[Word]) -> list[list[Word]]:
    found = [list(line) for line in lines]
    for word in extra:
        beside = [line for line in found if abs(line[0].y - word.y) < 0.7 * line[0].size]
        if beside:
            line = min(beside, key=lambda one: abs(one[0].y - word.y))
            line.append(word._replace(y=line[0].y))
        else:
            found.insert(_place(found, word), [word])
    return [sorted(line, key=lambda word: word.x0) if _level(line) else line for line in found]


def _place(lines: Sequence[Sequence[Word]], word: Word) -> int:
    """The place behind the nearest line above a word that stands on a line of its own."""
    above = [(line[0].y - word.y, n) for n, line in enumerate(lines) if line[0].y > word.y]
    return min(above)[1] + 1 if above else 0


def _level(line: Sequence[Word]) -> bool:
    return max(w.y for w in line) - min(w.y for w in line) < 0.5 * max(w.size for w in line)


def _columns(line: Sequence[Word]) -> list[list[Word]]:
    """The line parted at its wide gaps."""
    parts = [[line[0]]]
    for n, word in enumerate(line[1:], start=1):
        before = parts[-1][-1]
        wide = 2 * _WIDE if before.text[-1] in _ENDS_BOX else _WIDE
        if any(one.text.endswith(":") for one in line[n : n + 3]):
            wide = _BEFORE_LABEL  # a short tab before "Age:"
        if word.x0 - before.x1 > wide * min(word.size, 14.0):
            parts.append([word])
        else:
            parts[-1].append(word)
    return parts


# --- lines into rows


def _goes_on(rows: list[Row], part: list[Word]) -> bool:
    """Whether these words went on with the last row: a cell more, or a further line of its last cell."""
    row, word = rows[-1], part[0]
    if _same_line(row.y, word) and word.x0 > row.cells[-1].x1 + word.size * 0.5:
        row.cells.append(Cell([part]))
        return True
    cell = row.cells[-1]
    under = 0 < cell.bottom - word.y < 1.7 * word.size and abs(cell.x0 - word.x0) < 4
    if len(row.cells) > 1 and under and not _OPENS_LINE.match(word.text) and not word.text.endswith(":"):
        cell.lines.append(part)
        return True
    return _after_wrapped_label(rows, part)


def _same_line(y: float, word: Word) -> bool:
    return abs(y - word.y) < 0.4 * word.size


def _after_wrapped_label(rows: list[Row], part: list[Word]) -> bool:
    """A cell to the right of a label that took up to four lines: those rows become the row's first cell."""
    word = part[0]
    for n in range(len(rows) - 1, max(len(rows) - 5, -1), -1):
        group = rows[n:]
        if _same_line(rows[n].y, word):
            one = all(len(row.cells) == 1 and abs(row.cells[0].x0 - rows[n].cells[0].x0) < 4 for row in group)
            tight = all(0 < a.bottom - b.y < 1.7 * b.size for a, b in pairwise(group))
            left = all(row.cells[0].x1 < word.x0 for row in group)
            if len(group) > 1 and one and tight and left and sum(row.cells[0].words for row in group) <= 25:
                lines = [line for row in group for line in row.cells[0].lines]
                rows[n:] = [Row([Cell(lines), Cell([part])])]
                return True
            return False
    return False


def _fills(rows: list[Row], parts: list[list[Word]]) -> bool:
    """Whether these words, drawn later, stand behind labels further up; then they went there."""
    word = parts[0][0]
    if not rows or word.y < rows[-1].y + word.size:
        return False
    placed = []
    for part in parts:
        row = next(
            (row for n, row in enumerate(rows) if _same_line(row.y, part[0]) and _label_left_of(rows, n, part[0])), None
        )
        if row is None:
            return False
        placed.append((row, part))
    for row, part in placed:
        row.cells.append(Cell([part]))
        row.cells.sort(key=lambda cell: cell.x0)
    return True


def _label_left_of(rows: Sequence[Row], n: int, word: Word) -> bool:
    """Whether row `n` is a label with nothing behind it yet where this word stands."""
    left = [cell for cell in rows[n].cells if cell.x1 <= word.x0 + 1]
    if not left or any(cell.x0 <= word.x0 <= cell.x1 for cell in rows[n].cells):
        return False
    label, last = left[-1], left[-1].lines[-1][-1].text
    if last.endswith((":", "?")):
        return True
    # Words without a colon are a label only if they are not a line of running text, as in two columns.
    below = rows[n + 1].cells[0].lines[0][0].text if n + 1 < len(rows) else "."
    whole = label.lines[0][0].text[:1].isupper() and not below[:1].islower()
    return whole and label.words <= 6 and not last.endswith((".", ","))


# --- white space and tables


def _mark_gaps(rows: list[Row]) -> None:
    steps = [a.bottom - b.y for a, b in pairwise(rows)]
    usual = median([s for s in steps if 0 < s < 60] or [0.0])
    for (row, after), step in zip(pairwise(rows), steps, strict=True):
        sized = abs(row.size - after.size) > 0.15 * max(row.size, after.size)
        ended = row.cells[-1].lines[-1][-1].text.endswith((".", "!", "?", ":"))
        after.apart = step > max(1.3 * usual, after.size) or (step <= 0 and ended) or sized
        if len(row.cells) > 1 and len(after.cells) > 1 and _aligned(row, after):
            row.table = after.table = True


def _aligned(row: Row, after: Row) -> bool:
    return len(row.cells) == len(after.cells) and all(
        abs(a.x0 - b.x0) < 3 for a, b in zip(row.cells, after.cells, strict=True)
    )
