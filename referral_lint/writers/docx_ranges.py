"""Comment ranges on exact characters of a Word paragraph: runs are cut, their words and looks stay as they are."""

from __future__ import annotations

from copy import deepcopy
from typing import NamedTuple

from lxml import etree

from referral_lint.readers.word import names as n
from referral_lint.readers.word.inline import Atom
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


def cut(story: Story, paragraph: etree._Element, start: int, end: int) -> Piece:
    """Makes characters `start` to `end` (exclusive) of what the paragraph shows stand in elements of their own.

    Raises `ValueError` if the paragraph does not show so many, or `start` is not before `end`.
    """
    # The end first: that leaves everything before it where it is. Cutting the start may then cut the same run again.
    _edge(story, paragraph, end, at_end=True)
    first = _edge(story, paragraph, start, at_end=False)
    return Piece(first, _edge(story, paragraph, end, at_end=True))


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


def _edge(story: Story, paragraph: etree._Element, offset: int, at_end: bool) -> etree._Element:
    """The element that begins (or, `at_end`, ends) exactly at `offset`, cut if need be."""
    at = 0
    for atom in story.characters(paragraph):
        past = at + len(atom.text)
        if at < offset <= past if at_end else at <= offset < past:
            return _beyond_field(_around(_cut(atom, offset - at, at_end)), at_end)
        at = past
    raise ValueError(f"a paragraph of {at} characters has none at {offset}")


def _cut(atom: Atom, offset: int, at_end: bool) -> etree._Element:
    node = atom.node
    run = _outermost_run(node)
    if run is None or node.getparent() is not run:
        return node if run is None else run
    if node.tag == n.FIELD_CHARACTER:
        return run if at_end else _split_run(run, node)
    if node.tag == n.TEXT and len(node.text or "") == len(atom.text) and 0 < offset < len(atom.text):
        right = _split_text(run, node, offset)
        return run if at_end else right
    following = node.getnext()
    if not at_end:
        return _split_run(run, node)
    if following is not None:
        _split_run(run, following)
    return run


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


def _split_text(run: etree._Element, text: etree._Element, offset: int) -> etree._Element:
    """Cuts the words of one `w:t`; the run that begins with the second part."""
    words = text.text or ""
    rest = deepcopy(text)
    rest.text, text.text = words[offset:], words[:offset]
    for half in (text, rest):
        half.set(_SPACE, "preserve")
    text.addnext(rest)
    return _split_run(run, rest)


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
    siblings = [] if parent is None else list(parent)
    place, depth, begin = siblings.index(element), 0, 0
    for i, sibling in enumerate(siblings):
        inside = depth > 0
        for character in sibling.iter(n.FIELD_CHARACTER):
            kind = character.get(_FIELD_TYPE)
            if kind == "begin":
                begin = i if depth == 0 else begin
                depth += 1
                inside = True
            elif kind == "end":
                depth -= 1
        if inside and depth <= 0:
            depth = 0
            if begin <= place <= i:
                return sibling if at_end else siblings[begin]
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
