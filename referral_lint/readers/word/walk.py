"""One part of a Word document (body, header, footnote…) as lines and tables, in the order they are read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from lxml import etree

from referral_lint.model import BlockKind, Span, Where
from referral_lint.readers.structure import Cell, Item, Line, Row, Table, lines, without_blank_runs
from referral_lint.readers.word import names as n
from referral_lint.readers.word.inline import Atom, Inline, Inset, Layer, chosen, shows_placeholder
from referral_lint.readers.word.styles import Styles, filled_cell

_TABLE_PROPERTIES, _CELL_PROPERTIES = n.q("w:tblPr"), n.q("w:tcPr")
_ROW_PROPERTIES, _HEADING_ROW = n.q("w:trPr"), n.q("w:tblHeader")
_CHUNK, _SUBDOCUMENT, _OLE = n.q("w:altChunk"), n.q("w:subDoc"), n.q("o:OLEObject")
_UNSEEN = {Layer.DELETED: BlockKind.DELETED, Layer.HIDDEN: BlockKind.HIDDEN, Layer.COVERED: BlockKind.COVERED}
_OUTSIDE_CONTROL = n.q("w:control")
_PAGE = 0.4 * 7_560_000 * 10_692_000  # of the area of A4, in the units of Word: a photograph is smaller


@dataclass(slots=True)
class Found:
    """What a part holds besides its lines."""

    unseen: list[Line] = field(default_factory=list)
    objects: list[str] = field(default_factory=list)  # what kind of thing, in its maker's words
    pictures: int = 0
    pages: int = 0  # of the pictures: those as large as a page
    elsewhere: int = 0  # pieces kept in a document of their own
    too_deep: bool = False


@dataclass(slots=True)
class _Place:
    """Where the walk is: the way there, and what has been counted on this level."""

    where: Where = ()
    depth: int = 0  # of tables in tables
    backdrop: bool = False
    in_cell: bool = False
    paragraphs: int = 0
    tables: int = 0


class Story:
    """Walks one part. `number` goes into each line's anchor, with the paragraph's place among the part's `w:p`."""

    def __init__(self, root: etree._Element, styles: Styles, number: int, kind: BlockKind, depth: int) -> None:
        self.styles, self._number, self._kind, self._deepest = styles, number, kind, depth
        self._inline = Inline(root, styles)
        self.paragraphs: list[etree._Element] = list(root.iter(n.PARAGRAPH))
        self._index = {paragraph: i for i, paragraph in enumerate(self.paragraphs)}
        self._on_colour: set[etree._Element] = set()
        self.found = Found()

    def items(self, container: etree._Element, where: Where = (), backdrop: bool = False) -> list[Item]:
        """The lines and tables of `container`; what is not seen, and what cannot be read, gathers in `found`."""
        return list(without_blank_runs(self._blocks(container, _Place(where, backdrop=backdrop))))

    def characters(self, paragraph: etree._Element) -> Iterator[Atom]:
        """What is seen of a paragraph that `items` has been through."""
        for piece in self._inline.walk(paragraph, paragraph in self._on_colour):
            if isinstance(piece, Atom) and piece.layer is Layer.SEEN:
                yield piece

    def _blocks(self, container: etree._Element, place: _Place) -> Iterator[Item]:
        for child in container:
            tag = child.tag
            if tag == n.PARAGRAPH:
                yield from self._paragraph(child, place)
            elif tag == n.TABLE:
                yield from self._table(child, place)
            elif tag == n.CONTROL:
                yield from self._control(child, place)
            elif tag == n.ALTERNATIVES:
                yield from self._blocks(chosen(child), place)
            elif tag in (_CHUNK, _SUBDOCUMENT):
                self.found.elsewhere += 1
            elif isinstance(tag, str) and len(child):
                yield from self._blocks(child, place)

    def _control(self, control: etree._Element, place: _Place) -> Iterator[Item]:
        content = control.find(n.CONTROL_CONTENT)
        if content is None:
            return
        for item in self._blocks(content, place):
            if shows_placeholder(control):
                _print(item)
            yield item

    def _paragraph(self, paragraph: etree._Element, place: _Place) -> Iterator[Item]:
        atoms: list[Atom] = []
        insets: list[Inset] = []
        if place.backdrop:
            self._on_colour.add(paragraph)
        for piece in self._inline.walk(paragraph, place.backdrop):
            if isinstance(piece, Atom):
                atoms.append(piece)
            else:
                insets.append(piece)
        line = self._line(paragraph, [a for a in atoms if a.layer is Layer.SEEN], place)
        if line.text or not atoms:
            yield line
        self._keep_unseen(line, atoms)
        for inset in insets:
            yield from self._inset(inset, line, place)

    def _line(self, paragraph: etree._Element, atoms: list[Atom], place: _Place) -> Line:
        text = "".join(atom.text for atom in atoms)
        line = Line(text, self._kind, place.where, (self._number, self._index[paragraph]))
        if text.strip():
            place.paragraphs += 1
            line.bold = all(atom.bold for atom in atoms if atom.text.strip())
            line.printed = tuple(_printed(atoms))
        if not place.in_cell:
            line.where = (*place.where, ("paragraph", max(place.paragraphs, 1)))
        if self._kind is BlockKind.PARAGRAPH:
            look = self.styles.paragraph(paragraph.find(n.PARAGRAPH_PROPERTIES))
            line.level = look.outline
            if look.outline:
                line.kind = BlockKind.HEADING
            elif look.listed:
                line.kind = BlockKind.LIST_ITEM
        return line

    def _keep_unseen(self, line: Line, atoms: list[Atom]) -> None:
        """What is deleted, hidden or blacked out, one line for each stretch of it."""
        gathered: list[str] = []
        layer = Layer.SEEN
        for atom in [*atoms, Atom("", atoms[0].node, Layer.SEEN, False, False)] if atoms else ():
            if atom.layer is not layer:
                text = "".join(gathered)
                if layer is not Layer.SEEN and text.strip():
                    self.found.unseen.append(Line(text, _UNSEEN[layer], line.where, line.anchor))
                gathered, layer = [], atom.layer
            gathered.append(atom.text)

    def _inset(self, inset: Inset, line: Line, place: _Place) -> Iterator[Item]:
        if inset.kind == "picture":
            self.found.pictures += 1
            self.found.pages += self._kind is BlockKind.PARAGRAPH and _is_page(inset.node)
        elif inset.kind == "object":
            self.found.objects.append(_object_name(inset.node))
        elif inset.kind == "word art":
            kind = BlockKind.TEXT_BOX if self._kind is BlockKind.PARAGRAPH else self._kind
            yield Line(inset.node.get("string", ""), kind, line.where, line.anchor)
        else:
            yield from self._box(inset.node, line, place)

    def _box(self, content: etree._Element, line: Line, place: _Place) -> Iterator[Item]:
        """A text box stands on lines of its own after the paragraph that holds it."""
        if place.depth >= self._deepest:
            self.found.too_deep = True
            return
        where = line.where if any(key == "part" for key, _ in line.where) else (("part", "text box"), *line.where)
        inside = _Place(where, place.depth + 1, backdrop=True, in_cell=True)
        for item in self._blocks(content, inside):
            for inner in lines(item):
                if self._kind is BlockKind.PARAGRAPH:
                    inner.kind = BlockKind.TEXT_BOX
                if inner.text.strip():
                    yield inner

    def _table(self, table: etree._Element, place: _Place) -> Iterator[Item]:
        place.tables += 1
        if place.depth >= self._deepest:
            self.found.too_deep = True
            return
        properties = table.find(_TABLE_PROPERTIES)
        look = self.styles.table(properties)
        word = "inner " if place.in_cell else ""
        inside = replace(place, depth=place.depth + 1, backdrop=place.backdrop or look.shaded)
        found = Table(plain=self._kind is not BlockKind.PARAGRAPH)
        for number, row in enumerate(_below(table, n.ROW), 1):
            inside.where = (*_outer(place.where, word), (f"{word}table", place.tables), (f"{word}row", number))
            found.rows.append(self._row(row, inside, word))
        if found.rows and look.first_row:
            found.rows[0].heading = True
        yield found

    def _row(self, row: etree._Element, place: _Place, word: str) -> Row:
        heading = row.find(f"{_ROW_PROPERTIES}/{_HEADING_ROW}")
        found = Row(heading=heading is not None and n.switched_on(heading.get(n.VALUE)))
        for number, cell in enumerate(_below(row, n.TABLE_CELL), 1):
            shaded = filled_cell(cell.find(_CELL_PROPERTIES))
            where = (*place.where, (f"{word}cell", number))
            inside = _Place(where, place.depth, place.backdrop or shaded, in_cell=True)
            items = list(self._blocks(cell, inside))
            controls = cell.iterancestors(n.CONTROL_CONTENT, n.ROW)  # a control may hold a whole cell
            content = next(controls, row)
            control = None if content is row else content.getparent()
            for item in items:
                if control is not None and shows_placeholder(control):
                    _print(item)
                if isinstance(item, Line) and item.kind is BlockKind.PARAGRAPH:
                    item.kind = BlockKind.CELL
            found.cells.append(Cell(_trimmed(items), shaded, where))
        return found


def _object_name(element: etree._Element) -> str:
    """What its maker calls an embedded object or a form control from outside Word."""
    control = next(element.iter(_OUTSIDE_CONTROL), None)
    if control is not None:
        return f"form control {control.get(n.q('w:name'), '')}".strip()
    ole = next(element.iter(_OLE), None)
    return f"embedded {'file' if ole is None else ole.get('ProgID', 'file')}"


def _below(element: etree._Element, tag: str) -> Iterator[etree._Element]:
    """The rows of a table or cells of a row, through content controls and tracked changes but not into cells."""
    for child in element:
        if child.tag == tag:
            yield child
        elif child.tag == n.ALTERNATIVES:
            yield from _below(chosen(child), tag)
        elif isinstance(child.tag, str) and child.tag not in (n.TABLE, n.ROW, n.TABLE_CELL, n.PARAGRAPH):
            yield from _below(child, tag)


def _is_page(picture: etree._Element) -> bool:
    """Whether a picture is so large that it is a scanned page, and does not lie behind the text as a letterhead does."""
    frame = next(picture.iterancestors("{*}inline", "{*}anchor"), None)
    extent = None if frame is None else frame.find("{*}extent")
    if frame is None or extent is None or n.switched_on(frame.get("behindDoc", "0")):
        return False
    sides = (extent.get("cx", ""), extent.get("cy", ""))
    return all(side.isdecimal() for side in sides) and int(sides[0]) * int(sides[1]) > _PAGE


def _outer(where: Where, word: str) -> Where:
    """The way to a table: only the outermost and the innermost table are named."""
    return tuple((key, value) for key, value in where if not word or not key.startswith(word))


def _trimmed(items: list[Item]) -> list[Item]:
    """A cell's items without the empty paragraphs at its ends, which Word insists on."""
    filled = [i for i, item in enumerate(items) if not isinstance(item, Line) or item.text.strip()]
    return items[filled[0] : filled[-1] + 1] if filled else []


def _print(item: Item) -> None:
    """All of it is the form's own wording."""
    if isinstance(item, Line):
        item.printed = (Span(0, len(item.text)),)


def _printed(atoms: list[Atom]) -> Iterator[Span]:
    at = 0
    for atom in atoms:
        if atom.printed:
            yield Span(at, at + len(atom.text))
        at += len(atom.text)
