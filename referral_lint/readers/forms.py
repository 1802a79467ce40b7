"""Which cells of a table ask and which answer: forms are tables in Word, LibreOffice and spreadsheets alike."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from itertools import pairwise

from referral_lint.boxes import TICKED, TICKS
from referral_lint.patterns import compiled
from referral_lint.readers.lines import BOX, is_label, is_of_somebody, is_told, split_line
from referral_lint.readers.structure import Cell, Row, Table

_BOX = compiled(rf"{BOX}|[{TICKS}]")
_TICK = compiled(f"[{TICKED}]")
_HINT = compiled(r"(?:\s*\([^()]*\))+\s*\Z")  # what a form prints behind a label: “(for example dogs, stairs)”
_LONGEST_LABEL = 300  # characters, of a cell that looks like a label (bold, shaded)
_FIELD = compiled(
    r"\b(?:name|surname|forenames?|address|date|dob|birth|tel|telephone|phone|mobile|e-?mail|postcode|relationship|school"
    r"|nursery|gp|practice|sex|gender|ethnicity|religion|language|interpreter|disability|reason|agency|role|organisation"
    r"|signature|signed|referrer|referred|referral|consent|nhs|upn|number|ref|reference|age|details|contact|status"
    r"|designation|position|job title|year group|comments|concerns?|risks?|needs|strengths|views|worries)\b",
    re.I,
)


class Role(Enum):
    """What a cell does in its table."""

    PLAIN = "plain"
    HEADING = "heading"
    LABEL = "label"
    VALUE = "value"
    PAIR = "pair"  # one half of a tick box and its words, in two cells


@dataclass(slots=True)
class Part:
    """A cell's role; `of` is (row, cell) of the label it answers, or of the other half of a pair."""

    role: Role = Role.PLAIN
    of: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class _Face:
    """What a cell looks like from afar."""

    empty: bool
    box: bool  # a tick box and nothing else
    label: bool  # its words could be a printed label
    marked: bool  # bold or shaded
    strong: bool  # a label by its looks or its punctuation
    digits: bool
    known: bool  # has a word that forms print
    asks: bool  # ends in a colon or a question mark
    question: bool = False  # ends in a question mark
    options: bool = False  # tick boxes with words: “☒ Yes ☐ No”
    speaks: bool = False  # of somebody, of a day, or asks the reader for something

    def answers(self, label: _Face) -> bool:
        """Whether a question, beside or below a label, is the writer's: “Worries?” “Is Sam safe there tonight?”"""
        if not self.question or self.marked:
            return False
        return self.speaks or label.marked or not label.question


def parts(table: Table) -> list[list[Part]]:
    """The part each cell plays, row by row."""
    found = [[Part() for _ in row.cells] for row in table.rows]
    if not table.plain:
        faces = [[_face(cell) for cell in row.cells] for row in table.rows]
        _Reading(table.rows, faces, found).run()
    return found


def box_only(text: str) -> bool:
    """Whether a cell's text is a tick box and nothing else."""
    return bool(_BOX.fullmatch(text.strip()))


def ticked(text: str) -> bool:
    """Whether a tick box is ticked."""
    return bool(_TICK.search(text))


def _face(cell: Cell) -> _Face:
    text = cell.text
    if not text or cell.nested or len(text) > _LONGEST_LABEL:
        return _Face(not text and not cell.nested, *[False] * 7)
    first = next(line for line in cell.lines if line.text.strip())
    bare = _HINT.sub("", text) or text
    head = _HINT.sub("", first.text.strip()) or first.text.strip()
    asks = bare.endswith((":", "?")) or head.endswith((":", "?"))
    words = head.rstrip(":? *")
    options = any(box for line in text.split("\n") for box in split_line(line, form=True) if box.ticked is not None)
    printed = cell.lines[0].printed and not words[cell.lines[0].printed[0].end :].strip()
    marked = cell.shaded or first.bold
    told = "?" in (head[-1], bare[-1]) and is_told(bare, printed=marked)
    label = not (options or printed or told or _BOX.search(text)) and (head.endswith("?") or is_label(words, 14))
    return _Face(
        empty=False,
        box=box_only(text),
        label=label,
        marked=marked,
        strong=label and (marked or (asks and "\n" not in bare)),
        digits=any(char.isdigit() for char in words),
        known=bool(_FIELD.search(first.text)),
        asks=asks,
        question=head.endswith("?"),
        options=options,
        speaks=is_of_somebody(bare),
    )


@dataclass(slots=True)
class _Reading:
    rows: list[Row]
    faces: list[list[_Face]]
    found: list[list[Part]]
    header: int | None = None  # the row that names the columns

    def run(self) -> None:
        weak = _unmarked_form(self.faces)
        for number, faces in enumerate(self.faces):
            if len(faces) == 1:
                self._alone(number)
            elif self._is_header(number):
                self.header = number
                self._set_all(number, Role.LABEL)
            elif any(face.box for face in faces):
                self._boxes(number)
            elif self.header is not None and self._below_header(number):
                for column, face in enumerate(faces):
                    if not face.empty:
                        self.found[number][column] = Part(Role.VALUE, (self.header, column))
            else:
                self._labels_and_values(number, weak)

    def _set_all(self, row: int, role: Role) -> None:
        for part, face in zip(self.found[row], self.faces[row], strict=True):
            part.role = Role.PLAIN if face.empty else role

    # --- rows of one cell

    def _alone(self, row: int) -> None:
        """A title over what follows, a question over its answer, or the answer."""
        face = self.faces[row][0]
        following = self.faces[row + 1] if row + 1 < len(self.faces) else []
        self.header = None
        below_label = row and len(self.faces[row - 1]) == 1 and self.found[row - 1][0].role is Role.LABEL
        if face.strong and not (below_label and face.answers(self.faces[row - 1][0])):
            answered = len(following) == 1 and not following[0].strong
            self.found[row][0].role = Role.LABEL if answered or face.asks else Role.HEADING
        elif below_label and not face.empty:
            self.found[row][0] = Part(Role.VALUE, (row - 1, 0))

    # --- rows under a row of column names

    def _is_header(self, row: int) -> bool:
        faces = self.faces[row]
        if row + 1 >= len(self.faces) or len(self.faces[row + 1]) != len(faces):
            return False
        named = [face for face in faces if not face.empty]
        if len(named) < 2 or len(named) < len(faces) - 1 or not all(f.label and not f.digits for f in named):
            return False
        if any(cell.text.endswith(":") for cell in self.rows[row].cells):
            return False
        below = [face for face in self.faces[row + 1] if not face.empty]
        if self.rows[row].heading or all(face.marked for face in named):
            return not below or not all(face.strong for face in below)
        if row or len(faces) < 3 or sum(face.known for face in named) * 2 < len(named):
            return False
        return not any(face.marked or face.asks for faces in self.faces[1:] for face in faces)

    def _below_header(self, row: int) -> bool:
        assert self.header is not None
        faces = self.faces[row]
        if len(faces) != len(self.faces[self.header]):
            self.header = None
            return False
        return len(faces) > 2 or not faces[0].strong

    # --- rows with tick boxes in cells of their own

    def _boxes(self, row: int) -> None:
        faces, found = self.faces[row], self.found[row]
        boxes = [column for column, face in enumerate(faces) if face.box]
        if any(b - a == 1 for a, b in pairwise(boxes)) or (self.header is not None and len(boxes) > 1):
            self._grid(row, boxes)
            return
        step = 1 if faces[0].box else -1
        for column in boxes:
            other = column + step
            if 0 <= other < len(faces) and not faces[other].empty and not faces[other].box:
                found[column] = Part(Role.PAIR, (row, other))
                found[other] = Part(Role.PAIR, (row, column))

    def _grid(self, row: int, boxes: list[int]) -> None:
        """One question a row, one choice a column."""
        if self.faces[row][0].empty or self.faces[row][0].box:
            return
        self.found[row][0].role = Role.LABEL
        for column in boxes:
            self.found[row][column] = Part(Role.VALUE, (row, 0))

    # --- label, value, label, value

    def _labels_and_values(self, row: int, weak: bool) -> None:
        faces, found = self.faces[row], self.found[row]
        label: int | None = None
        everywhere = all(face.strong for face in faces if not face.empty)
        for column, face in enumerate(faces):
            asks = face.strong and not (everywhere and column % 2 and not face.asks)
            offered = column + 1 < len(faces) and faces[column + 1].options  # whatever else the table is
            asks = asks or (face.label and (offered or (weak and column % 2 == 0)))
            asks = asks and not (label == column - 1 and column % 2 and face.answers(faces[label]))
            if asks and (face.asks or column + 1 < len(faces)):
                found[column].role, label = Role.LABEL, column
            elif label is not None and not face.empty:
                found[column] = Part(Role.VALUE, (row, label))


def _unmarked_form(faces: list[list[_Face]]) -> bool:
    """Whether the first cells of the rows read like a form's labels though nothing marks them as such."""
    firsts = [row[0] for row in faces if len(row) in (2, 4) and not row[0].empty]
    if len(firsts) < 2 or sum(face.label and not face.digits for face in firsts) * 5 < len(firsts) * 4:
        return False
    return sum(face.known for face in firsts) * 3 >= len(firsts)
