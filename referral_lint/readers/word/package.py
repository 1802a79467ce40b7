"""A Word file as its parts: what it is made of, and how the parts point at each other.

python-docx is not used here: it refuses macro files, templates, "strict" files and files with one broken picture,
all of which carry text that has to be checked.
"""

from __future__ import annotations

import posixpath
from dataclasses import dataclass

from lxml import etree

from referral_lint.readers import Limits, Unreadable, gaps
from referral_lint.readers.detect import ENCRYPTED, OLE
from referral_lint.readers.word.names import DOCUMENT, STRICT
from referral_lint.readers.zipped import DAMAGED, Archive, parse_xml

_STRICT_KINDS = {"extendedProperties": "extended-properties", "customProperties": "custom-properties"}


@dataclass(frozen=True, slots=True)
class Relation:
    """One part pointing at another, or at something outside the file."""

    id: str
    type: str  # the last word of the type: "header", "comments", "hyperlink"…
    target: str
    external: bool


class Package:
    """A Word file, opened. Raises `Unreadable` with one sentence if it cannot be."""

    def __init__(self, data: bytes, limits: Limits) -> None:
        if data.startswith(OLE):
            old = "This is an old Word file under a new name. Open it in Word and save it as .docx."
            raise Unreadable(gaps.PROTECTED if ENCRYPTED in data else old)
        self.archive = Archive(data, limits)
        self.damaged = self.archive.damaged
        self.strict = False  # whether the file is written in the "strict" namespaces
        self.main = self._find_main()

    def _find_main(self) -> str:
        stated = [r.target for r in self.relations("") if r.type == "officeDocument" and r.target in self.archive]
        for name in [*stated, "word/document.xml"]:
            root = self.xml(name)
            if root is not None:
                return name
        for name in self.archive.names:
            if name.lower().endswith(".xml"):
                root = self.xml(name)
                if root is not None and root.tag == DOCUMENT:
                    return name
        raise Unreadable(DAMAGED if self.damaged else "This is not a Word document. Save it as .docx in Word.")

    def xml(self, name: str) -> etree._Element | None:
        """The root of one part, in the usual namespaces; None if it is missing or no XML at all."""
        content = self.archive.read(name)
        if content is None:
            return None
        for strict, usual in STRICT.items():
            if strict in content:
                content, self.strict = content.replace(strict, usual), True
        root, whole = parse_xml(content)
        if not whole:
            self.damaged.add(name)
        return root

    def written(self, root: etree._Element) -> bytes:
        """A part's XML as it goes back into this file."""
        content: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
        if self.strict:
            for strict, usual in STRICT.items():
                content = content.replace(usual, strict)
        return content

    def relations(self, part: str) -> list[Relation]:
        """What `part` points at, in the file's order; "" is the package itself."""
        folder, name = posixpath.split(part)
        root = self.xml(posixpath.join(folder, "_rels", f"{name}.rels"))
        return [] if root is None else [_relation(element, folder) for element in root.iter("{*}Relationship")]

    def related(self, part: str, kind: str) -> list[Relation]:
        """The parts inside the file that `part` points at as its `kind`, those that exist."""
        return [r for r in self.relations(part) if r.type == kind and not r.external and r.target in self.archive]


def _relation(element: etree._Element, folder: str) -> Relation:
    external = element.get("TargetMode") == "External"
    target = element.get("Target", "")
    if not external:
        target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
    kind = element.get("Type", "").rpartition("/")[2]
    return Relation(element.get("Id", ""), _STRICT_KINDS.get(kind, kind), target, external)
