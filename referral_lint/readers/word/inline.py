"""The characters of one Word paragraph, each with the element that it came from.

The reader joins them into text; the annotating writer walks the same way to find them again.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import Enum
from typing import NamedTuple

from lxml import etree

from referral_lint.readers.word import names as n
from referral_lint.readers.word.fields import Fields, field_text
from referral_lint.readers.word.styles import Look, Styles
from referral_lint.readers.word.symbols import dingbats, symbol

_CHARACTERS = {
    n.q("w:tab"): "\t",
    n.q("w:ptab"): "\t",
    n.q("w:br"): "\n",
    n.q("w:cr"): "\n",
    n.q("w:noBreakHyphen"): "\u2011",
}
_SKIPPED = {
    n.PARAGRAPH_PROPERTIES,
    n.RUN_PROPERTIES,
    n.CONTROL_PROPERTIES,
    n.INSTRUCTION,
    n.q("w:sdtEndPr"),
    n.q("w:rt"),  # the small print above a ruby word
    n.q("w:delInstrText"),
}
_TEXTS = {n.TEXT, n.DELETED_TEXT, n.q("m:t")}
_WORD_ART = n.q("v:textpath")
_CHECK_BOX, _CHECKED = n.q("w14:checkbox"), n.q("w14:checked")
_PLACEHOLDER = n.q("w:showingPlcHdr")
_PARTS_OF_OWN = {n.q("w:object"): "object", n.q("a:blip"): "picture", n.q("v:imagedata"): "picture"}
_SPACES = str.maketrans("\n\r\t", "   ")  # inside w:t they are typed as elements; as characters they are layout


class Layer(Enum):
    """Whether the reader of the document sees the characters."""

    SEEN = "seen"
    HIDDEN = "hidden"
    COVERED = "covered"
    DELETED = "deleted"


class Atom(NamedTuple):
    """Neighbouring characters of one element."""

    text: str
    node: etree._Element
    layer: Layer
    bold: bool
    printed: bool  # the form's own wording: a placeholder


class Inset(NamedTuple):
    """Something in a paragraph that is not among its characters: "box", "object" or "picture"."""

    kind: str
    node: etree._Element


@dataclass(frozen=True, slots=True)
class Around:
    """What the elements around a run say of it."""

    style: str = ""
    backdrop: bool = False
    deleted: bool = False
    printed: bool = False
    tick: str = ""  # the character to show for a check box


class Inline:
    """Walks paragraphs of one part."""

    def __init__(self, root: etree._Element, styles: Styles) -> None:
        self._styles = styles
        self._fields = Fields(root)

    def walk(self, paragraph: etree._Element, backdrop: bool = False) -> Iterator[Atom | Inset]:
        """The paragraph's characters in order, and what hangs in it. Text boxes are not entered."""
        look = self._styles.paragraph(paragraph.find(n.PARAGRAPH_PROPERTIES))
        yield from self._children(paragraph, Around(look.style, backdrop or look.shaded))

    def _children(self, element: etree._Element, around: Around) -> Iterator[Atom | Inset]:
        for child in element:
            tag = child.tag
            if tag in _SKIPPED or not isinstance(tag, str):
                continue
            if tag == n.RUN:
                yield from self._run(child, around)
            elif tag == n.CONTROL:
                yield from self._control(child, around)
            elif tag in (n.DELETION, n.MOVED_AWAY):
                yield from self._children(child, replace(around, deleted=True))
            elif tag == n.ALTERNATIVES:
                yield from self._children(chosen(child), around)
            elif tag in _TEXTS:  # of a formula
                yield Atom((child.text or "").translate(_SPACES), child, _layer(Look(), around), False, False)
            else:
                yield from self._children(child, around)

    def _control(self, control: etree._Element, around: Around) -> Iterator[Atom | Inset]:
        content = control.find(n.CONTROL_CONTENT)
        if content is None:
            return
        properties = control.find(n.CONTROL_PROPERTIES)
        yield from self._children(content, within_control(around, properties))

    def _run(self, run: etree._Element, around: Around) -> Iterator[Atom | Inset]:
        look = self._styles.run(run.find(n.RUN_PROPERTIES), around.style, around.backdrop)
        layer = _layer(look, around)
        for child in run:
            text = self._text(child, look.font, around)
            if text:
                yield Atom(text, child, layer, look.bold, around.printed)
            elif isinstance(child.tag, str) and child.tag not in _SKIPPED and child.tag not in _TEXTS:
                yield from self._inset(child, around)

    def _text(self, child: etree._Element, font: str, around: Around) -> str:
        tag = child.tag
        if child in self._fields.instructions:
            return ""
        if tag in _TEXTS:
            text: str = (child.text or "").translate(_SPACES)
            if around.tick and text.strip():
                return around.tick
            return dingbats(text, font)
        if tag == n.SYMBOL:
            return around.tick or symbol(child)
        if tag == n.FIELD_CHARACTER:
            return field_text(child)
        return _CHARACTERS.get(tag, "")

    def _inset(self, element: etree._Element, around: Around) -> Iterator[Atom | Inset]:
        """Text boxes, pictures and objects at any depth below a run's child, and the base of a ruby word."""
        tag = element.tag
        if tag == n.BOX_CONTENT:
            yield Inset("box", element)
            return
        if tag in _PARTS_OF_OWN:
            yield Inset(_PARTS_OF_OWN[tag], element)
            return
        if tag == _WORD_ART and element.get("string"):
            yield Inset("word art", element)
        for child in chosen(element) if tag == n.ALTERNATIVES else element:
            if child.tag == n.RUN:
                yield from self._run(child, around)
            elif isinstance(child.tag, str) and child.tag not in _SKIPPED:
                yield from self._inset(child, around)


def chosen(alternatives: etree._Element) -> etree._Element:
    """The version that a present-day Word shows of `mc:AlternateContent`; the other says the same again."""
    choice = alternatives.find(n.CHOICE)
    if choice is None:
        choice = alternatives.find(n.FALLBACK)
    return alternatives if choice is None else choice


def shows_placeholder(control: etree._Element) -> bool:
    """Whether nobody has filled in a content control, so that it still shows what the form printed there."""
    properties = control.find(n.CONTROL_PROPERTIES)
    return properties is not None and _is_placeholder(properties)


def _is_placeholder(properties: etree._Element) -> bool:
    placeholder = properties.find(_PLACEHOLDER)
    return placeholder is not None and n.switched_on(placeholder.get(n.VALUE))


def within_control(around: Around, properties: etree._Element | None) -> Around:
    """What a content control says of the words inside it."""
    if properties is None:
        return around
    box = properties.find(_CHECK_BOX)
    if box is None:
        return replace(around, printed=around.printed or _is_placeholder(properties))
    checked = box.find(_CHECKED)
    ticked = checked is not None and n.switched_on(checked.get(n.q("w14:val")))
    return replace(around, tick="☒" if ticked else "☐")


def _layer(look: Look, around: Around) -> Layer:
    if around.deleted:
        return Layer.DELETED
    if look.hidden:
        return Layer.HIDDEN
    return Layer.COVERED if look.blacked_out else Layer.SEEN
