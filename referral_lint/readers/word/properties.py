"""A Word document's properties, which travel with the file: who wrote it, its title, its keywords…"""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from referral_lint.marks import CHECKED_COPY
from referral_lint.model import BlockKind
from referral_lint.readers.structure import Line
from referral_lint.readers.word.package import Package

_CORE = {
    "creator": "Author",
    "lastModifiedBy": "Last saved by",
    "title": "Title",
    "subject": "Subject",
    "keywords": "Keywords",
    "description": "Comments",
    "category": "Category",
    "contentStatus": "Status",
}
_PROGRAM = {"Company": "Company", "Manager": "Manager"}


def properties(package: Package) -> Iterator[Line]:
    """One line a property that says something, as `Label: value`."""
    yield from _labelled(package, "core-properties", _CORE)
    yield from _labelled(package, "extended-properties", _PROGRAM)
    for name, value in _custom(package):
        if name != CHECKED_COPY:
            yield _line(name, value)


def _custom(package: Package) -> Iterator[tuple[str, str]]:
    """The properties that somebody added, as name and value."""
    root = _root(package, "custom-properties")
    for element in () if root is None else root.iter("{*}property"):
        yield element.get("name", ""), "".join(str(text) for text in element.itertext()).strip()


def _labelled(package: Package, kind: str, labels: dict[str, str]) -> Iterator[Line]:
    root = _root(package, kind)
    values: dict[str, str] = {}
    for element in () if root is None else root:
        if isinstance(element.tag, str) and element.text:
            values.setdefault(etree.QName(element).localname, element.text.strip())
    for name, label in labels.items():
        if values.get(name):
            yield _line(label, values[name])


def _line(label: str, value: str) -> Line:
    return Line(f"{label}: {value}" if value else "", BlockKind.PROPERTY, (("property", label.lower()),))


def _root(package: Package, kind: str) -> etree._Element | None:
    relation = next(iter(package.related("", kind)), None)
    return None if relation is None else package.xml(relation.target)
