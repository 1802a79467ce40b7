"""Word files for the tests, made of the XML that a test is about."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_NAMESPACES = (
    f'xmlns:w="{_W}" xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
)
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_CONTENT = """<?xml version="1.0" encoding="UTF-8"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Default Extension="xml" ContentType="application/xml"/>
<Override PartName="/word/document.xml"
 ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>{}</Types>"""


def word(body: str, parts: Mapping[str, str] | None = None, properties: str = "", strict: bool = False) -> bytes:
    """A Word file with this in its `w:body`.

    `parts`: by name ("header", "footnotes", "comments", "styles"…) what stands inside the part's root element.
    `properties`: what stands inside the core properties.
    """
    files = {"word/document.xml": f"<w:document {_NAMESPACES}><w:body>{body}</w:body></w:document>"}
    roots = {"header": "hdr", "footer": "ftr"}
    for name, inside in (parts or {}).items():
        root = roots.get(name, name)
        files[f"word/{name}.xml"] = f"<w:{root} {_NAMESPACES}>{inside}</w:{root}>"
    links = [f'<Relationship Id="{name}" Type="{_TYPES}/{name}" Target="{name}.xml"/>' for name in parts or {}]
    files["word/_rels/document.xml.rels"] = _relations(*links)
    top = [f'<Relationship Id="d" Type="{_TYPES}/officeDocument" Target="word/document.xml"/>']
    if properties:
        core = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
        top.append('<Relationship Id="c" Type="http://x.example.org/core-properties" Target="docProps/core.xml"/>')
        files["docProps/core.xml"] = (
            f'<cp:coreProperties xmlns:cp="{core}" xmlns:dc="http://purl.org/dc/elements/1.1/">'
            f"{properties}</cp:coreProperties>"
        )
    files["_rels/.rels"] = _relations(*top)
    files["[Content_Types].xml"] = _CONTENT.format("")
    if strict:
        files = {name: _strict(content) for name, content in files.items()}
    return zipped({name: content.encode() for name, content in files.items()})


def zipped(files: Mapping[str, bytes]) -> bytes:
    """A zip file of these parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def p(*runs: str, properties: str = "") -> str:
    """A paragraph; plain words become a run."""
    inside = "".join(run if run.startswith("<") else r(run) for run in runs)
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{inside}</w:p>"


def r(text: str, properties: str = "") -> str:
    """A run of words."""
    looks = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{looks}<w:t xml:space="preserve">{text}</w:t></w:r>'


def table(*rows: list[str], properties: str = "") -> str:
    """A table of paragraphs; a cell that begins with `<` is taken as it stands."""
    made = ""
    for row in rows:
        cells = "".join(f"<w:tc>{cell if cell.startswith('<') else p(cell)}</w:tc>" for cell in row)
        made += f"<w:tr>{cells}</w:tr>"
    return f"<w:tbl><w:tblPr>{properties}</w:tblPr>{made}</w:tbl>"


def field(instruction: str, *result: str) -> str:
    """A field in the long form, with its result."""
    shown = "".join(result)
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> {instruction} </w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{shown}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def _relations(*links: str) -> str:
    return f'<Relationships xmlns="{_RELATIONS}">{"".join(links)}</Relationships>'


def _strict(content: str) -> str:
    return content.replace(_W, "http://purl.oclc.org/ooxml/wordprocessingml/main").replace(
        _TYPES, "http://purl.oclc.org/ooxml/officeDocument/relationships"
    )
