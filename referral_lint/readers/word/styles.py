"""What a style says of the words that wear it: hidden, bold, white, a heading, part of a list."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from lxml import etree

from referral_lint.readers.word.names import PARAGRAPH_PROPERTIES, RUN_PROPERTIES, VALUE, q, switched_on

_STYLE_ID, _FILL, _FONT = q("w:styleId"), q("w:fill"), q("w:ascii")
_PARAGRAPH_STYLE, _RUN_STYLE, _SHADING = q("w:pStyle"), q("w:rStyle"), q("w:shd")
_OUTLINE, _NUMBERING, _NUMBERING_ID = q("w:outlineLvl"), q("w:numPr"), q("w:numId")
_WHITE = 0xF0  # from here up, each of red, green and blue is white to the eye
_TINY = 4  # half-points
_SAME = 0x20  # steps of red, green and blue within which two colours are one to the eye
_MARKERS = {
    "black": "000000", "darkBlue": "000080", "darkRed": "800000", "darkGreen": "008000", "darkGray": "808080",
    "darkMagenta": "800080", "darkCyan": "008080", "darkYellow": "808000", "blue": "0000FF", "red": "FF0000",
}  # fmt: skip

Properties = dict[str, str]


@dataclass(frozen=True, slots=True)
class Look:
    """What can be seen of a run's words."""

    hidden: bool = False
    blacked_out: bool = False  # letters on a ground of their own colour
    bold: bool = False
    font: str = ""  # lower case


@dataclass(frozen=True, slots=True)
class ParagraphLook:
    """What a paragraph is by its style and its own settings."""

    style: str = ""
    outline: int = 0  # heading level from 1; 0 is no heading
    listed: bool = False
    shaded: bool = False


@dataclass(frozen=True, slots=True)
class TableLook:
    """What a table's style gives it."""

    shaded: bool = False  # any cell of it may have a colour
    first_row: bool = False  # the first row stands out


class Styles:
    """The style sheet of a document; one without any is fine."""

    def __init__(self, root: etree._Element | None) -> None:
        self._styles: dict[str, etree._Element] = {}
        self._defaults: Properties = {}
        self._bases: dict[tuple[str, str, bool], Properties] = {}
        self._plain: dict[tuple[str, str, bool], Look] = {}
        if root is not None:
            self._styles = {s.get(_STYLE_ID, ""): s for s in root.iter(q("w:style"))}
            default = root.find(f"{q('w:docDefaults')}/{q('w:rPrDefault')}/{RUN_PROPERTIES}")
            self._defaults = _run_properties(default)

    def paragraph(self, properties: etree._Element | None) -> ParagraphLook:
        """What a paragraph with these properties (`w:pPr`) is."""
        style = _value(properties, _PARAGRAPH_STYLE) or self._default_paragraph
        own = [] if properties is None else [properties]
        chain = own + [p for s in self._chain(style) if (p := s.find(PARAGRAPH_PROPERTIES)) is not None]
        fill = next((s for p in chain if (s := p.find(_SHADING)) is not None), None)
        return ParagraphLook(style, self._outline(chain, style), _listed(chain), _filled(fill))

    def run(self, properties: etree._Element | None, style: str, backdrop: bool) -> Look:
        """How a run with these properties (`w:rPr`) in a paragraph of this style looks.

        `backdrop`: something other than white paper may lie behind it, so that white words can be seen.
        """
        key = (style, _value(properties, _RUN_STYLE), backdrop)
        base = self._bases.get(key)
        if base is None:
            base = self._bases[key] = self._inherited(style, key[1])
            self._plain[key] = _look(base, backdrop)
        if properties is None:
            return self._plain[key]
        return _look(base | _run_properties(properties), backdrop)

    def table(self, properties: etree._Element | None) -> TableLook:
        """How a table with these properties (`w:tblPr`) looks by its style."""
        styles = list(self._chain(_value(properties, q("w:tblStyle"))))
        if properties is None or not styles:
            return TableLook()
        shaded = any(_filled(shading) for style in styles for shading in style.iter(_SHADING))
        special = {part.get(q("w:type")) for style in styles for part in style.iter(q("w:tblStylePr"))}
        return TableLook(shaded, "firstRow" in special and _wants_first_row(properties.find(q("w:tblLook"))))

    @cached_property
    def _default_paragraph(self) -> str:
        kind, default = q("w:type"), q("w:default")
        of_paragraphs = (i for i, s in self._styles.items() if s.get(kind) == "paragraph")
        return next((i for i in of_paragraphs if switched_on(self._styles[i].get(default, "0"))), "")

    def _chain(self, style: str) -> Iterator[etree._Element]:
        """A style and those it is based on; a circle is walked once."""
        seen: set[str] = set()
        while style in self._styles and style not in seen:
            seen.add(style)
            yield self._styles[style]
            style = _value(self._styles[style], q("w:basedOn"))

    def _inherited(self, *styles: str) -> Properties:
        found = dict(self._defaults)
        for style in styles:
            for element in reversed(list(self._chain(style))):
                found |= _run_properties(element.find(RUN_PROPERTIES))
        return found

    def _outline(self, chain: list[etree._Element], style: str) -> int:
        for properties in chain:
            level = _value(properties, _OUTLINE)
            if level.isdigit():
                return int(level) + 1 if int(level) < 9 else 0
        for element in self._chain(style):
            name = _value(element, q("w:name")).lower()
            if name == "title":
                return 1
            if name.startswith("heading ") and name[8:].isdigit():
                return int(name[8:])
        return 0


def _value(parent: etree._Element | None, tag: str) -> str:
    child = None if parent is None else parent.find(tag)
    return "" if child is None else child.get(VALUE, "")


def _listed(chain: list[etree._Element]) -> bool:
    for properties in chain:
        numbering = properties.find(_NUMBERING)
        if numbering is not None:
            return _value(numbering, _NUMBERING_ID) != "0"
    return False


def _filled(shading: etree._Element | None) -> bool:
    return shading is not None and shading.get(_FILL, "auto").lower() not in ("auto", "ffffff", "")


def _wants_first_row(look: etree._Element | None) -> bool:
    if look is None:
        return False
    flag, bits = look.get(q("w:firstRow")), look.get(VALUE, "0")
    if flag is not None:
        return switched_on(flag)
    return bool(int(bits, 16) & 0x20) if re.fullmatch("[0-9a-fA-F]{1,8}", bits) else False


def filled_cell(properties: etree._Element | None) -> bool:
    """Whether a table cell with these properties (`w:tcPr`) has a colour of its own."""
    return properties is not None and _filled(properties.find(_SHADING))


def _run_properties(properties: etree._Element | None) -> Properties:
    found: Properties = {}
    for child in () if properties is None else properties:
        if not isinstance(child.tag, str):
            continue
        name = child.tag.rpartition("}")[2]
        if name in ("vanish", "b"):
            found[name] = "1" if switched_on(child.get(VALUE)) else ""
        elif name in ("color", "sz", "highlight"):
            found[name] = child.get(VALUE, "")
        elif name == "shd":
            found["fill"] = child.get(_FILL, "") if _filled(child) else ""
        elif name == "rFonts" and child.get(_FONT):
            found["font"] = child.get(_FONT, "").lower()
    return found


def _look(properties: Properties, backdrop: bool) -> Look:
    behind = backdrop or properties.get("fill") or properties.get("highlight", "none") not in ("none", "white")
    white = _is_white(properties.get("color", "")) and not behind
    size = properties.get("sz", "")
    tiny = size.isdigit() and int(size) <= _TINY
    hidden = bool(properties.get("vanish")) or white or tiny
    return Look(hidden, _blacked_out(properties), bool(properties.get("b")), properties.get("font", ""))


def _blacked_out(properties: Properties) -> bool:
    """Whether the words have the colour of the marker or shading on them; nobody marks words black to have them read."""
    marker = properties.get("highlight", "none")
    ground = _MARKERS.get(marker, "") or properties.get("fill", "")
    letters = properties.get("color", "auto")
    if letters == "auto":
        return marker == "black"
    return _near(ground, letters)


def _near(one: str, other: str) -> bool:
    try:
        pairs = list(zip(bytes.fromhex(one), bytes.fromhex(other), strict=True))
    except ValueError:
        return False
    return len(pairs) == 3 and all(abs(a - b) < _SAME for a, b in pairs)


def _is_white(colour: str) -> bool:
    try:
        return len(colour) == 6 and min(bytes.fromhex(colour)) >= _WHITE
    except ValueError:
        return False
