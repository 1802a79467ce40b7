"""OpenDocument files for the tests, made of the XML that a test is about."""

from __future__ import annotations

from tests.readers.wordfile import zipped

_BASE = "urn:oasis:names:tc:opendocument:xmlns:"
_NAMESPACES = " ".join(
    f'xmlns:{prefix}="{_BASE}{name}:1.0"'
    for prefix, name in [
        ("office", "office"), ("text", "text"), ("table", "table"), ("style", "style"), ("draw", "drawing"),
        ("form", "form"), ("meta", "meta"), ("fo", "xsl-fo-compatible"), ("svg", "svg-compatible"),
    ]
) + (
    ' xmlns:dc="http://purl.org/dc/elements/1.1/"'
    ' xmlns:loext="urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0"'
    ' xmlns:field="urn:openoffice:names:experimental:ooo-ms-interop:xmlns:field:1.0"'
)  # fmt: skip


def odt(body: str, automatic: str = "", masters: str = "", meta: str = "", manifest: str = "") -> bytes:
    """An OpenDocument text: what stands in `office:text`, the automatic styles, the master pages and the metadata."""
    return zipped(
        {
            "mimetype": b"application/vnd.oasis.opendocument.text",
            "content.xml": (
                f"<office:document-content {_NAMESPACES}><office:automatic-styles>{automatic}</office:automatic-styles>"
                f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
            ).encode(),
            "styles.xml": (
                f"<office:document-styles {_NAMESPACES}><office:master-styles>{masters}</office:master-styles>"
                "</office:document-styles>"
            ).encode(),
            "meta.xml": f"<office:document-meta {_NAMESPACES}><office:meta>{meta}</office:meta></office:document-meta>".encode(),
            "META-INF/manifest.xml": f"<m>{manifest}</m>".encode(),
        }
    )


def p(words: str, style: str = "") -> str:
    return f'<text:p text:style-name="{style}">{words}</text:p>'


def table(*rows: list[str]) -> str:
    made = "".join(
        f"<table:table-row>{''.join(f'<table:table-cell>{p(cell)}</table:table-cell>' for cell in row)}</table:table-row>"
        for row in rows
    )
    return f"<table:table>{made}</table:table>"
