"""What a style of an OpenDocument file says of the words that wear it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from referral_lint.readers.odf.names import q

_NAME, _FAMILY, _PARENT = q("style:name"), q("style:family"), q("style:parent-style-name")
_TEXT, _PARAGRAPH, _CELL = q("style:text-properties"), q("style:paragraph-properties"), q("style:table-cell-properties")
_SECTION = q("style:section-properties")
_DISPLAY, _COLOUR, _BACKGROUND, _WEIGHT = (
    q("text:display"),
    q("fo:color"),
    q("fo:background-color"),
    q("fo:font-weight"),
)
_OUTLINE = q("style:default-outline-level")
_WHITE = 0xF0  # from here up, each of red, green and blue is white to the eye


@dataclass(frozen=True, slots=True)
class Look:
    """How words look; None where a style says nothing."""

    hidden: bool | None = None
    bold: bool | None = None
    colour: str | None = None
    background: str | None = None

    def over(self, base: Look) -> Look:
        """This look on top of another."""
        return Look(
            base.hidden if self.hidden is None else self.hidden,
            base.bold if self.bold is None else self.bold,
            base.colour if self.colour is None else self.colour,
            base.background if self.background is None else self.background,
        )

    def unseen(self, backdrop: bool) -> bool:
        """Whether nobody sees such words: hidden, or white on white paper."""
        return bool(self.hidden) or (_is_white(self.colour) and not backdrop and not filled(self.background))


class Styles:
    """The styles of both XML parts, the named and the automatic ones."""

    def __init__(self, *roots: etree._Element | None) -> None:
        self._styles: dict[tuple[str, str], etree._Element] = {}
        self._looks: dict[tuple[str, str], Look] = {}
        for root in roots:
            for style in () if root is None else root.iter(q("style:style")):
                self._styles[style.get(_FAMILY, ""), style.get(_NAME, "")] = style

    def look(self, family: str, name: str) -> Look:
        """How a "paragraph" or "text" (span) of this style looks."""
        key = (family, name)
        if key not in self._looks:
            found = Look()
            for style in self._chain(family, name):
                found = found.over(_look(style))
            self._looks[key] = found
        return self._looks[key]

    def outline(self, name: str) -> int:
        """The heading level that a paragraph style gives, 0 for none."""
        for style in self._chain("paragraph", name):
            level = style.get(_OUTLINE, "")
            if level.isdigit() and int(level):
                return int(level)
            if style.get(_NAME) == "Title":
                return 1
        return 0

    def shaded_cell(self, name: str) -> bool:
        """Whether a table cell of this style has a colour."""
        properties = (style.find(_CELL) for style in self._chain("table-cell", name))
        return any(p is not None and filled(p.get(_BACKGROUND)) for p in properties)

    def _chain(self, family: str, name: str) -> Iterator[etree._Element]:
        seen: set[str] = set()
        while (family, name) in self._styles and name not in seen:
            seen.add(name)
            yield self._styles[family, name]
            name = self._styles[family, name].get(_PARENT, "")


def filled(colour: str | None) -> bool:
    """Whether this is a background other than paper."""
    return colour is not None and colour not in ("transparent", "") and not _is_white(colour)


def _look(style: etree._Element) -> Look:
    text, paragraph = style.find(_TEXT), style.find(_PARAGRAPH)
    behind = None if paragraph is None else paragraph.get(_BACKGROUND)
    if text is None:
        return Look(background=behind)
    display, weight = text.get(_DISPLAY), text.get(_WEIGHT)
    return Look(
        None if display is None else display == "none",
        None if weight is None else weight == "bold",
        text.get(_COLOUR),
        text.get(_BACKGROUND, behind),
    )


def _is_white(colour: str | None) -> bool:
    try:
        return colour is not None and len(colour) == 7 and min(bytes.fromhex(colour[1:])) >= _WHITE
    except ValueError:
        return False
