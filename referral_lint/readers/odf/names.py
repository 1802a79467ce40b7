"""The XML names of OpenDocument files."""

from __future__ import annotations

_BASE = "urn:oasis:names:tc:opendocument:xmlns:"
NAMESPACES = {
    "office": f"{_BASE}office:1.0",
    "text": f"{_BASE}text:1.0",
    "table": f"{_BASE}table:1.0",
    "style": f"{_BASE}style:1.0",
    "draw": f"{_BASE}drawing:1.0",
    "form": f"{_BASE}form:1.0",
    "meta": f"{_BASE}meta:1.0",
    "fo": f"{_BASE}xsl-fo-compatible:1.0",
    "svg": f"{_BASE}svg-compatible:1.0",
    "dc": "http://purl.org/dc/elements/1.1/",
    "xml": "http://www.w3.org/XML/1998/namespace",
    "loext": "urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0",
    "field": "urn:openoffice:names:experimental:ooo-ms-interop:xmlns:field:1.0",
}


def q(name: str) -> str:
    """`text:p` as lxml writes it."""
    prefix, local = name.split(":")
    return f"{{{NAMESPACES[prefix]}}}{local}"


PARAGRAPH, HEADING, SPAN = q("text:p"), q("text:h"), q("text:span")
LIST, SECTION, TABLE = q("text:list"), q("text:section"), q("table:table")
ROW, CELL, COVERED = q("table:table-row"), q("table:table-cell"), q("table:covered-table-cell")
STYLE_NAME = q("text:style-name")
NOTE, NOTE_BODY, ANNOTATION = q("text:note"), q("text:note-body"), q("office:annotation")
TRACKED, CHANGED_REGION = q("text:tracked-changes"), q("text:changed-region")
