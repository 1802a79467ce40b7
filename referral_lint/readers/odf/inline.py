"""The characters of one OpenDocument paragraph: what is seen, what is not, and what hangs in it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from lxml import etree

from referral_lint.readers.odf import names as n
from referral_lint.readers.odf.controls import control_text, field_mark
from referral_lint.readers.odf.styles import Look, Styles

_SPACES, _COUNT = n.q("text:s"), n.q("text:c")
_LAYOUT = {n.q("text:tab"): "\t", n.q("text:line-break"): "\n"}
_CHANGE, _CHANGE_ID = n.q("text:change"), n.q("text:change-id")
_HIDDEN_TEXT, _HIDDEN_VALUE = n.q("text:hidden-text"), n.q("text:string-value")
_PLACEHOLDER = n.q("text:placeholder")
_CONTROL, _CONTROL_ID = n.q("draw:control"), n.q("draw:control")
_CONTENT_CONTROL, _FIELD_MARK = n.q("loext:content-control"), n.q("field:fieldmark")
_SILENT = {
    n.q("text:note-citation"),
    n.q("text:ruby-text"),
    n.q("svg:title"),
    n.q("svg:desc"),
    n.q("office:annotation-end"),
}
_DRAWN = n.NAMESPACES["draw"]
_MOST_SPACES = 1_000


@dataclass(slots=True)
class Words:
    """One paragraph's words and what was met among them."""

    seen: list[str] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)
    printed: list[tuple[int, int]] = field(default_factory=list)
    bold: bool = True  # as long as every word is
    notes: list[etree._Element] = field(default_factory=list)
    comments: list[etree._Element] = field(default_factory=list)
    deleted: list[str] = field(default_factory=list)  # ids of tracked deletions
    drawn: list[etree._Element] = field(default_factory=list)
    length: int = 0

    @property
    def text(self) -> str:
        return "".join(self.seen)


@dataclass(frozen=True, slots=True)
class _Around:
    look: Look
    backdrop: bool
    printed: bool = False
    tick: str = ""


class Inline:
    """Walks paragraphs. `controls`: form controls by their id."""

    def __init__(self, styles: Styles, controls: dict[str, etree._Element]) -> None:
        self._styles, self._controls = styles, controls

    def walk(self, paragraph: etree._Element, backdrop: bool, hidden: bool) -> Words:
        """The words of a `text:p` or `text:h`. `hidden`: it stands in a hidden section."""
        look = self._styles.look("paragraph", paragraph.get(n.STYLE_NAME, ""))
        if hidden:
            look = replace(look, hidden=True)
        words = Words()
        self._into(words, paragraph, _Around(look, backdrop))
        return words

    def _into(self, words: Words, element: etree._Element, around: _Around) -> None:
        self._characters(words, element.text, around)
        for child in element:
            if isinstance(child.tag, str):
                self._child(words, child, around)
            self._characters(words, child.tail, around)

    def _child(self, words: Words, child: etree._Element, around: _Around) -> None:
        tag = child.tag
        if tag in _LAYOUT:
            _say(words, _LAYOUT[tag], around)
        elif tag == _SPACES:
            count = child.get(_COUNT, "1")
            _say(words, " " * min(int(count) if count.isdigit() else 1, _MOST_SPACES), around)
        elif tag == n.NOTE:
            words.notes.append(child)
        elif tag == n.ANNOTATION:
            words.comments.append(child)
        elif tag == _CHANGE:
            words.deleted.append(child.get(_CHANGE_ID, ""))
        elif tag == _HIDDEN_TEXT:
            words.hidden.append(child.get(_HIDDEN_VALUE, "") or "".join(str(text) for text in child.itertext()))
        elif tag == _FIELD_MARK:
            _say(words, field_mark(child), around)
            self._into(words, child, around)
        elif tag == _CONTROL:
            _say(words, control_text(self._controls.get(child.get(_CONTROL_ID, ""))), around)
        elif tag.startswith(f"{{{_DRAWN}}}"):
            words.drawn.append(child)
        elif tag not in _SILENT:
            self._into(words, child, self._inside(child, around))

    def _inside(self, element: etree._Element, around: _Around) -> _Around:
        if element.tag == n.SPAN:
            look = self._styles.look("text", element.get(n.STYLE_NAME, ""))
            return replace(around, look=look.over(around.look))
        if element.tag == _PLACEHOLDER or element.get(n.q("loext:showing-place-holder")) == "true":
            return replace(around, printed=True)
        if element.tag == _CONTENT_CONTROL and element.get(n.q("loext:checkbox")) == "true":
            return replace(around, tick="☒" if element.get(n.q("loext:checked")) == "true" else "☐")
        return around

    def _characters(self, words: Words, text: str | None, around: _Around) -> None:
        """Characters of the file: runs of white space are one space there, and none at a paragraph's beginning."""
        if not text:
            return
        said = " ".join(text.replace("\n", " ").replace("\r", " ").replace("\t", " ").split(" "))
        parts = [part for part in said.split(" ") if part]
        joined = " ".join(parts)
        opens, closes = said[:1] == " ", said[-1:] == " " and bool(parts)
        last = words.seen[-1][-1:] if words.seen else ""
        if opens and last not in ("", " ", "\n", "\t"):
            joined = " " + joined
        if closes:
            joined += " "
        if around.tick and joined.strip():
            joined = around.tick
        _say(words, joined, around)


def _say(words: Words, text: str, around: _Around) -> None:
    if not text:
        return
    if around.look.unseen(around.backdrop):
        words.hidden.append(text)
        return
    if text.strip():
        words.bold = words.bold and bool(around.look.bold)
    if around.printed:
        words.printed.append((words.length, words.length + len(text)))
    words.seen.append(text)
    words.length += len(text)


def boxes(drawn: etree._Element) -> Iterator[etree._Element]:
    """The text boxes and shapes with words in something drawn, outermost first."""
    if drawn.find(n.PARAGRAPH) is not None or drawn.find(n.LIST) is not None or drawn.find(n.TABLE) is not None:
        yield drawn
        return
    for child in drawn:
        if isinstance(child.tag, str):
            yield from boxes(child)
