"""The words of diagrams and charts, which stand in parts of their own."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from referral_lint.model import BlockKind
from referral_lint.readers.structure import Line
from referral_lint.readers.word.package import Package

_KINDS = {"diagramData": "diagram", "chart": "chart"}


def drawings(package: Package) -> Iterator[Line]:
    """One line a text of each diagram and chart, in the file's order."""
    for relation in package.relations(package.main):
        root = package.xml(relation.target) if relation.type in _KINDS and not relation.external else None
        for text in () if root is None else _texts(root):
            if text.strip():
                yield Line(text, BlockKind.TEXT_BOX, (("part", _KINDS[relation.type]),))


def _texts(root: etree._Element) -> Iterator[str]:
    """Paragraphs, and the names that a chart took from its table. Its numbers say nothing without their places."""
    for element in root.iter("{*}p", "{*}strCache"):
        if element.tag.endswith("}p"):
            yield "".join(text.text or "" for text in element.iter("{*}t"))
        else:
            yield from (value.text or "" for value in element.iter("{*}v"))
