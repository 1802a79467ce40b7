"""The parts of a Word file that an annotated copy changes: its comments, its properties and what names them."""

from __future__ import annotations

import posixpath
from collections.abc import Sequence

from lxml import etree

from referral_lint.marks import CHECKED_COPY, OUR_NAME
from referral_lint.readers.word import names as n
from referral_lint.readers.word.package import Package

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_PROPERTIES = f"{{{_OFFICE}/custom-properties}}"
_VALUES = f"{{{_OFFICE}/docPropsVTypes}}"
_RELATIONS = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_COMMENTS_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_PROPERTIES_TYPE = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
_ADDED_BY_A_USER = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"  # the format id of all such properties
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_ID = n.q("w:id")


class Copy:
    """A Word file with some parts changed and marked as a checked copy; all other parts stay as they were."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._parts: dict[str, etree._Element] = {}  # by name, those that are changed
        empty = etree.Element(n.q("w:comments"), nsmap={"w": n.NAMESPACES["w"]})
        self._comments = self._part(package.main, "comments", _COMMENTS_TYPE, empty)
        self._next = 1 + max((int(c.get(_ID, "")) for c in self._comments if c.get(_ID, "").isdigit()), default=-1)
        self._mark()

    def put(self, name: str, root: etree._Element) -> None:
        """Changes a part."""
        self._parts[name] = root

    def comment(self, paragraphs: Sequence[str]) -> str:
        """Adds a comment and returns its number, for the range that it belongs to."""
        number = str(self._next)
        self._next += 1
        comment = etree.SubElement(self._comments, n.q("w:comment"))
        comment.set(_ID, number)
        comment.set(n.q("w:author"), OUR_NAME)
        comment.set(n.q("w:initials"), "rl")
        for words in paragraphs:
            comment.append(paragraph(words))
        return number

    def bytes(self) -> bytes:
        """The whole file. Raises `Unreadable` if it unpacks to more than is safe."""
        changes = {name: self._package.written(root) for name, root in self._parts.items()}
        return self._package.archive.changed(changes)

    def _mark(self) -> None:
        """A property by which the copy is known again, whatever it is called."""
        empty = etree.fromstring(f'<Properties xmlns="{_PROPERTIES[1:-1]}" xmlns:vt="{_VALUES[1:-1]}"/>')
        root = self._part("", "custom-properties", _PROPERTIES_TYPE, empty)
        if any(p.get("name") == CHECKED_COPY for p in root):
            return
        used = [int(p.get("pid", "")) for p in root if p.get("pid", "").isdigit()]
        property_ = etree.SubElement(root, f"{_PROPERTIES}property")
        property_.set("fmtid", _ADDED_BY_A_USER)
        property_.set("pid", str(max(used, default=1) + 1))
        property_.set("name", CHECKED_COPY)
        etree.SubElement(property_, f"{_VALUES}lpwstr").text = "do not send"

    def _part(self, owner: str, kind: str, content_type: str, empty: etree._Element) -> etree._Element:
        """The part that `owner` has as its `kind`, made and made known if there is none."""
        for relation in self._package.related(owner, kind):
            root = self._package.xml(relation.target)
            if root is not None:
                self._parts[relation.target] = root
                return root
        folder = posixpath.dirname(owner) or "docProps"
        name = self._free(posixpath.join(folder, "comments" if kind == "comments" else "custom"))
        self._relate(owner, kind, name)
        types = self._known("[Content_Types].xml", f"{_TYPES}Types")
        etree.SubElement(types, f"{_TYPES}Override", PartName=f"/{name}", ContentType=content_type)
        self._parts[name] = empty
        return empty

    def _relate(self, owner: str, kind: str, target: str) -> None:
        folder, name = posixpath.split(owner)
        root = self._known(posixpath.join(folder, "_rels", f"{name}.rels"), f"{_RELATIONS}Relationships")
        used = {element.get("Id") for element in root}
        number = next(f"rl{i}" for i in range(len(used) + 1) if f"rl{i}" not in used)
        word = "customProperties" if self._package.strict and kind == "custom-properties" else kind
        link = etree.SubElement(root, f"{_RELATIONS}Relationship", Id=number, Target=f"/{target}")
        link.set("Type", f"{_OFFICE}/relationships/{word}")

    def _known(self, name: str, tag: str) -> etree._Element:
        """A part that may have been changed already, or is not there yet."""
        if name not in self._parts:
            space, _, word = tag[1:].partition("}")
            root = self._package.xml(name)
            self._parts[name] = etree.fromstring(f'<{word} xmlns="{space}"/>') if root is None else root
        return self._parts[name]

    def _free(self, stem: str) -> str:
        names = (f"{stem}{i or ''}.xml" for i in range(10_000))
        return next(name for name in names if name not in self._package.archive)


def paragraph(words: str) -> etree._Element:
    """A plain paragraph."""
    element = etree.Element(n.PARAGRAPH)
    element.append(run(words))
    return element


def run(words: str, properties: etree._Element | None = None, tag: str = n.TEXT) -> etree._Element:
    """A run of words that looks as `properties` (`w:rPr`) say; characters that XML cannot hold are left out."""
    element = etree.Element(n.RUN)
    if properties is not None:
        element.append(properties)
    text = etree.SubElement(element, tag)
    text.text = "".join(char for char in words if char >= " " or char == "\t")
    text.set(_SPACE, "preserve")
    return element
