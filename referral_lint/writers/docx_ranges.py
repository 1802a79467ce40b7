"""Comment ranges on exact characters of a Word paragraph: runs are cut, their words and looks stay as they are."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from copy import deepcopy
from itertools import accumulate
from typing import NamedTuple

from lxml import etree

from referral_lint.readers.word import names as n
from referral_lint.readers.word.walk import Story

_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_ID = n.q("w:id")
_FIELD_TYPE = n.q("w:fldCharType")
# Content controls that hold one thing: a range goes around them, never into them.
_ONE_THING = [
    n.q(f"w:{name}") for name in ("dropDownList", "comboBox", "date", "text", "dataBinding", "picture", "showingPlcHdr")
] + [n.q("w14:checkbox")]
_HOLDS_RUNS = {n.PARAGRAPH, n.CONTROL_CONTENT} | {
    n.q(f"w:{name}") for name in ("hyperlink", "ins", "moveTo", "smartTag", "customXml", "bdo", "dir")
}


class Piece(NamedTuple):
    """Some characters of a paragraph: they begin with the first element and end with the last."""

    first: etree._Element
    last: etree._Element


class Ruler:
    """Where each character that a paragraph shows stands, kept true while its runs are cut.

    The paragraph is walked once: a long one has thousands of runs, and may have a hundred comments.
    """

    def __init__(self, story: Story, paragraph: etree._Element) -> None:
        self._atoms = list(story.characters(paragraph))
        self._starts = list(accumulate((len(atom.text) for atom in self._atoms), initial=0))[:-1]
        self.text = "".join(atom.text for atom in self._atoms)

    def cut(self, start: int, end: int) -> Piece:
        """Makes characters `start` to `end` (exclusive) of what the paragraph shows stand in elements of their own.

        Raises `ValueError` if the paragraph does not show so many, or `start` is not before `end`.
        """
        if not 0 <= start < end <= len(self.text):
            raise ValueError(f"a paragraph of {len(self.text)} characters has no {start} to {end}")
        # The end first: that leaves everything before it where it is. Cutting the start may then cut the same run again.
        self._edge(end, at_end=True)
        first = self._edge(start, at_end=False)
        return Piece(first, self._edge(end, at_end=True))

    def _edge(self, offset: int, at_end: bool) -> etree._Element:
        """The element that begins (or, `at_end`, ends) exactly at `offset`, cut if need be."""
        place = (bisect_left if at_end else bisect_right)(self._starts, offset) - 1
        return _beyond_field(_around(self._split(place, offset - self._starts[place], at_end)), at_end)

    def _split(self, place: int, offset: int, at_end: bool) -> etree._Element:
        atom = self._atoms[place]
        node, run = atom.node, _outermost_run(atom.node)
        if run is None or node.getparent() is not run:
            return node if run is None else run
        if node.tag == n.FIELD_CHARACTER:
            return run if at_end else _split_run(run, node)
        if node.tag == n.TEXT and len(node.text or "") == len(atom.text) and 0 < offset < len(atom.text):
            right = _split_run(run, self._split_text(place, offset))
            return run if at_end else right
        following = node.getnext()
        if not at_end:
            return _split_run(run, node)
        if following is not None:
            _split_run(run, following)
        return run

    def _split_text(self, place: int, offset: int) -> etree._Element:
        """Cuts the words of one `w:t`; the second half, which stands behind the first."""
        atom = self._atoms[place]
        text, words = atom.node, atom.node.text or ""
        rest = deepcopy(text)
        rest.tail = None
        rest.text, text.text = words[offset:], words[:offset]
        for half in (text, rest):
            half.set(_SPACE, "preserve")
        text.addnext(rest)
        self._atoms[place] = atom._replace(text=atom.text[:offset])
        self._atoms.insert(place + 1, atom._replace(text=atom.text[offset:], node=rest))
        self._starts.insert(place + 1, self._starts[place] + offset)
        return rest


def mark(piece: Piece, number: str) -> None:
    """Puts the comment with this number on a piece."""
    start, end = _ends(number)
    piece.first.addprevious(start)
    piece.last.addnext(end)
    end.addnext(reference(number))


def mark_start(paragraph: etree._Element, number: str) -> None:
    """Puts the comment with this number before a paragraph's first word, on nothing.

    LibreOffice loses the words before a comment's reference in a content control that holds paragraphs.
    """
    start, end = _ends(number)
    properties = paragraph.find(n.PARAGRAPH_PROPERTIES)
    at = 0 if properties is None else paragraph.index(properties) + 1
    paragraph[at:at] = [start, end, reference(number)]


def reference(number: str) -> etree._Element:
    """The run that ties a comment to its place."""
    run = etree.Element(n.RUN)
    etree.SubElement(run, n.q("w:commentReference")).set(_ID, number)
    return run


def _ends(number: str) -> tuple[etree._Element, etree._Element]:
    start, end = etree.Element(n.q("w:commentRangeStart")), etree.Element(n.q("w:commentRangeEnd"))
    start.set(_ID, number)
    end.set(_ID, number)
    return start, end


def _outermost_run(node: etree._Element) -> etree._Element | None:
    found = None
    for above in node.iterancestors():
        if above.tag == n.PARAGRAPH:
            break
        if above.tag == n.RUN:
            found = above
    return found


def _split_run(run: etree._Element, child: etree._Element) -> etree._Element:
    """The run that begins with `child`: what stands before it stays in the old one."""
    before = [c for c in child.itersiblings(preceding=True) if c.tag != n.RUN_PROPERTIES]
    if not before:
        return run
    right = _same_look(run)
    for moved in [child, *child.itersiblings()]:
        right.append(moved)
    run.addnext(right)
    return right


def _same_look(run: etree._Element) -> etree._Element:
    twin = etree.Element(n.RUN)
    twin.attrib.update(run.attrib)
    properties = run.find(n.RUN_PROPERTIES)
    if properties is not None:
        twin.append(deepcopy(properties))
    return twin


def _beyond_field(element: etree._Element, at_end: bool) -> etree._Element:
    """The outermost field's edge if the element stands in one: LibreOffice puts a comment in a field among its words.

    A field that does not begin and end among the element's neighbours stays as it is.
    """
    parent = element.getparent()
    if parent is None or next(parent.iter(n.FIELD_CHARACTER), None) is None:
        return element
    siblings = list(parent)
    places = {sibling: i for i, sibling in enumerate(siblings)}
    place, depth, begin = places[element], 0, 0
    for character in parent.iter(n.FIELD_CHARACTER):
        at = next(places[above] for above in (character, *character.iterancestors()) if above in places)
        kind = character.get(_FIELD_TYPE)
        if kind == "begin":
            begin = at if depth == 0 else begin
            depth += 1
        elif kind == "end" and depth:
            depth -= 1
            if depth == 0 and begin <= place <= at:
                return siblings[at] if at_end else siblings[begin]
    return element


def _around(element: etree._Element) -> etree._Element:
    """The element itself, or the outermost one around it that must not be opened."""
    found = node = element
    while node.tag != n.PARAGRAPH:
        above = node.getparent()
        if above is None:
            break
        if node.tag == n.CONTROL_CONTENT:
            if any(above.find(f"{n.CONTROL_PROPERTIES}/{tag}") is not None for tag in _ONE_THING):
                found = above
        elif above.tag not in _HOLDS_RUNS:
            found = above
        node = above
    return found
