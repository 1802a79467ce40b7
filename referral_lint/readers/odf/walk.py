"""One stretch of an OpenDocument file (body, header, note…) as lines and tables, in the order they are read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from lxml import etree

from referral_lint.model import BlockKind, Span, Where
from referral_lint.readers import Limits
from referral_lint.readers.odf import names as n
from referral_lint.readers.odf.inline import Inline, Words, boxes
from referral_lint.readers.odf.styles import Styles
from referral_lint.readers.structure import Cell, Item, Line, Row, Table, lines, without_blank_runs

_REPEATED_ROWS, _REPEATED_CELLS = n.q("table:number-rows-repeated"), n.q("table:number-columns-repeated")
_HEADING_ROWS, _CELL_STYLE = n.q("table:table-header-rows"), n.q("table:style-name")
_DISPLAY = n.q("text:display")
_OBJECTS = (n.q("draw:object"), n.q("draw:object-ole"))
_IMAGE = n.q("draw:image")
_COST = 10
_MOST_REPEATED = 200  # a hostile file repeats an empty cell a million times
_SKIPPED = {
    n.TRACKED,
    n.q("office:forms"),
    n.q("text:sequence-decls"),
    n.q("text:variable-decls"),
    n.q("text:user-field-decls"),
}


@dataclass(slots=True)
class Found:
    """What was met besides the lines."""

    unseen: list[Line] = field(default_factory=list)
    notes: list[etree._Element] = field(default_factory=list)
    comments: list[tuple[etree._Element, Where]] = field(default_factory=list)
    objects: int = 0
    pictures: int = 0
    too_deep: bool = False
    too_much: bool = False


@dataclass(slots=True)
class _Place:
    where: Where = ()
    depth: int = 0
    backdrop: bool = False
    in_cell: bool = False
    in_list: bool = False
    hidden: bool = False
    counts: dict[str, int] = field(default_factory=lambda: {"paragraph": 0, "table": 0})


class Walk:
    """Walks the file's stretches; `deletions` are the tracked ones by id."""

    def __init__(self, styles: Styles, inline: Inline, deletions: dict[str, str], limits: Limits) -> None:
        self._styles, self._inline, self._deletions, self._deepest = styles, inline, deletions, limits.depth
        self._left = limits.characters * 2  # a cell or line counts for its words and _COST: repeats in repeats multiply
        self.found = Found()

    def items(self, container: etree._Element, kind: BlockKind, where: Where = ()) -> list[Item]:
        """The lines and tables of `container`, the lines of this kind."""
        return list(without_blank_runs(self._blocks(container, kind, _Place(where))))

    def _blocks(self, container: etree._Element, kind: BlockKind, place: _Place) -> Iterator[Item]:
        for child in container:
            if self._spent():
                return
            tag = child.tag
            if not isinstance(tag, str) or tag in _SKIPPED:
                continue
            if tag in (n.PARAGRAPH, n.HEADING):
                yield from self._paragraph(child, kind, place)
            elif tag == n.TABLE:
                yield from self._table(child, kind, place)
            elif tag == n.LIST:
                yield from self._blocks(child, kind, replace(place, in_list=True))
            elif tag == n.SECTION:
                hidden = place.hidden or child.get(_DISPLAY) == "none"
                yield from self._blocks(child, kind, replace(place, hidden=hidden))
            elif tag.startswith(f"{{{n.NAMESPACES['draw']}}}"):
                yield from self._drawn(child, kind, place, Line("", where=place.where))
            else:
                yield from self._blocks(child, kind, place)

    def _spent(self, characters: int = 0) -> bool:
        """Count words, a line or a cell; whether there were too many."""
        self._left -= characters + _COST
        self.found.too_much = self.found.too_much or self._left < 0
        return self.found.too_much

    def _paragraph(self, paragraph: etree._Element, kind: BlockKind, place: _Place) -> Iterator[Item]:
        words = self._inline.walk(paragraph, place.backdrop, place.hidden)
        self._spent(len(words.text))
        line = self._line(paragraph, words, kind, place)
        if line.text or not words.hidden:
            yield line
        self._keep_unseen(line, words)
        for drawn in words.drawn:
            yield from self._drawn(drawn, kind, place, line)

    def _line(self, paragraph: etree._Element, words: Words, kind: BlockKind, place: _Place) -> Line:
        line = Line(words.text.rstrip(" "), kind, place.where)
        if line.text.strip():
            place.counts["paragraph"] += 1
            line.bold = words.bold
            line.printed = tuple(Span(*span) for span in words.printed)
        if not place.in_cell:
            line.where = (*place.where, ("paragraph", max(place.counts["paragraph"], 1)))
        if kind is BlockKind.PARAGRAPH:
            style = paragraph.get(n.STYLE_NAME, "")
            level = paragraph.get(n.q("text:outline-level"), "1") if paragraph.tag == n.HEADING else ""
            line.level = int(level) if level.isdigit() else self._styles.outline(style)
            if line.level:
                line.kind = BlockKind.HEADING
            elif place.in_list:
                line.kind = BlockKind.LIST_ITEM
        return line

    def _keep_unseen(self, line: Line, words: Words) -> None:
        hidden = "".join(words.hidden)
        if hidden.strip():
            self.found.unseen.append(Line(hidden.strip(), BlockKind.HIDDEN, line.where))
        for name in words.deleted:
            text = self._deletions.pop(name, "")
            self.found.unseen.append(Line(text, BlockKind.DELETED, line.where))
        self.found.notes += words.notes
        self.found.comments += [(comment, line.where) for comment in words.comments]

    def _drawn(self, drawn: etree._Element, kind: BlockKind, place: _Place, line: Line) -> Iterator[Item]:
        objects = sum(1 for _ in drawn.iter(*_OBJECTS))
        self.found.objects += objects
        if not objects:  # else the picture shows the object
            self.found.pictures += sum(1 for _ in drawn.iter(_IMAGE))
        if place.depth >= self._deepest:
            self.found.too_deep = True
            return
        where = line.where if any(key == "part" for key, _ in line.where) else (("part", "text box"), *line.where)
        inside = _Place(where, place.depth + 1, backdrop=True, in_cell=True, hidden=place.hidden)
        box_kind = BlockKind.TEXT_BOX if kind is BlockKind.PARAGRAPH else kind
        for box in boxes(drawn):
            for item in self._blocks(box, box_kind, inside):
                yield from (inner for inner in lines(item) if inner.text.strip())

    def _table(self, table: etree._Element, kind: BlockKind, place: _Place) -> Iterator[Item]:
        place.counts["table"] += 1
        if place.depth >= self._deepest:
            self.found.too_deep = True
            return
        word = "inner " if place.in_cell else ""
        outer = tuple((key, value) for key, value in place.where if not word or not key.startswith(word))
        made = Table(plain=kind is not BlockKind.PARAGRAPH)
        heading = {row for rows in table.iter(_HEADING_ROWS) for row in rows.iter(n.ROW)}
        for number, element in enumerate(_below(table, n.ROW, _REPEATED_ROWS), 1):
            if self._spent():
                break
            where = (*outer, (f"{word}table", place.counts["table"]), (f"{word}row", number))
            made.rows.append(Row(self._cells(element, kind, place, where, word), element in heading))
        yield made

    def _cells(self, row: etree._Element, kind: BlockKind, place: _Place, where: Where, word: str) -> list[Cell]:
        cells = []
        for number, element in enumerate(_below(row, n.CELL, _REPEATED_CELLS), 1):
            if self._spent():
                break
            shaded = self._styles.shaded_cell(element.get(_CELL_STYLE, ""))
            here = (*where, (f"{word}cell", number))
            backdrop = place.backdrop or shaded
            inside = _Place(here, place.depth + 1, backdrop, in_cell=True, hidden=place.hidden)
            items = list(self._blocks(element, kind, inside))
            for item in items:
                if isinstance(item, Line) and item.kind is BlockKind.PARAGRAPH:
                    item.kind = BlockKind.CELL
            cells.append(Cell([i for i in items if isinstance(i, Table) or i.text.strip()], shaded, here))
        return cells


def _below(element: etree._Element, tag: str, repeated: str) -> Iterator[etree._Element]:
    """Rows or cells through their groups, as often as they are repeated."""
    for child in element:
        if child.tag == tag:
            count = child.get(repeated, "1")
            for _ in range(min(int(count) if count.isdigit() else 1, _MOST_REPEATED)):
                yield child
        elif isinstance(child.tag, str) and child.tag not in (n.CELL, n.ROW, n.COVERED):
            yield from _below(child, tag, repeated)
