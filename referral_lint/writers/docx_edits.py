"""Suggested words as tracked changes, which Word offers to accept or reject."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy

from lxml import etree

from referral_lint.marks import OUR_NAME
from referral_lint.readers.word import names as n
from referral_lint.writers.docx_parts import run
from referral_lint.writers.docx_ranges import Piece

_PLAIN = {n.RUN_PROPERTIES, n.TEXT, n.q("w:tab"), n.q("w:noBreakHyphen"), n.q("w:lastRenderedPageBreak")}
_BETWEEN = {
    n.q(f"w:{name}") for name in ("commentRangeStart", "commentRangeEnd", "bookmarkStart", "bookmarkEnd", "proofErr")
}


def suggest(piece: Piece, words: str, replacement: str, number: int) -> int:
    """Strikes the words of a piece out and puts the replacement beside them, both as tracked changes.

    Where the replacement only adds to the words, nothing is struck out. `number`: a free annotation id.
    Returns the next free one; `number` itself if the place does not allow a tracked change.
    """
    runs = list(_runs(piece))
    if not runs or replacement == words or any(above.tag == n.q("w:ins") for above in piece.first.iterancestors()):
        return number
    looks = runs[0].find(n.RUN_PROPERTIES)
    if replacement.startswith(words):
        runs[-1].addnext(_change("w:ins", number, run(replacement[len(words) :], deepcopy(looks))))
        return number + 1
    if replacement.endswith(words):
        runs[0].addprevious(_change("w:ins", number, run(replacement[: -len(words)], deepcopy(looks))))
        return number + 1
    runs[-1].addnext(_change("w:ins", number, run(replacement, deepcopy(looks))))
    for i, old in enumerate(runs, 1):
        _strike(old, number + i)
    return number + 1 + len(runs)


def next_id(root: etree._Element) -> int:
    """An annotation id beyond all that a part has."""
    name = n.q("w:id")
    return 1 + max((int(e.get(name, "")) for e in root.iter() if e.get(name, "").isdigit()), default=0)


def _runs(piece: Piece) -> Iterator[etree._Element]:
    """The piece's runs if they are plain neighbours; nothing otherwise."""
    if piece.first.getparent() is not piece.last.getparent():
        return
    found = []
    for element in [piece.first, *piece.first.itersiblings()]:
        if element.tag == n.RUN and all(child.tag in _PLAIN for child in element):
            found.append(element)
        elif element.tag not in _BETWEEN and not _is_reference(element):
            return
        if element is piece.last:
            yield from found
            return


def _is_reference(element: etree._Element) -> bool:
    return element.tag == n.RUN and element.find(n.q("w:commentReference")) is not None


def _strike(old: etree._Element, number: int) -> None:
    change = _change("w:del", number)
    old.addprevious(change)
    change.append(old)
    for text in old.iter(n.TEXT):
        text.tag = n.DELETED_TEXT


def _change(tag: str, number: int, *inside: etree._Element) -> etree._Element:
    element = etree.Element(n.q(tag))
    element.set(n.q("w:id"), str(number))
    element.set(n.q("w:author"), OUR_NAME)
    element.extend(inside)
    return element
