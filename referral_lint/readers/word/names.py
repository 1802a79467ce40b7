"""The XML names of Word documents, in the namespaces that Word itself writes."""

from __future__ import annotations

_MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_W14 = "http://schemas.microsoft.com/office/word/2010/wordml"
_MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
_MATH = "http://schemas.openxmlformats.org/officeDocument/2006/math"
_VML = "urn:schemas-microsoft-com:vml"
_OFFICE = "urn:schemas-microsoft-com:office:office"
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

NAMESPACES = {"w": _MAIN, "w14": _W14, "mc": _MC, "m": _MATH, "v": _VML, "o": _OFFICE, "a": _DRAWING, "r": _RELATION}

# "Strict" files use these instead; they are read as if they used the usual ones.
STRICT = {
    b"http://purl.oclc.org/ooxml/wordprocessingml/main": _MAIN.encode(),
    b"http://purl.oclc.org/ooxml/officeDocument/math": _MATH.encode(),
    b"http://purl.oclc.org/ooxml/drawingml/main": _DRAWING.encode(),
    b"http://purl.oclc.org/ooxml/officeDocument/relationships": _RELATION.encode(),
}


def q(name: str) -> str:
    """`w:p` as lxml writes it."""
    prefix, local = name.split(":")
    return f"{{{NAMESPACES[prefix]}}}{local}"


DOCUMENT, BODY, PARAGRAPH, RUN = q("w:document"), q("w:body"), q("w:p"), q("w:r")
TABLE, ROW, TABLE_CELL = q("w:tbl"), q("w:tr"), q("w:tc")
CONTROL, CONTROL_PROPERTIES, CONTROL_CONTENT = q("w:sdt"), q("w:sdtPr"), q("w:sdtContent")
PARAGRAPH_PROPERTIES, RUN_PROPERTIES = q("w:pPr"), q("w:rPr")
TEXT, DELETED_TEXT, INSTRUCTION, SYMBOL = q("w:t"), q("w:delText"), q("w:instrText"), q("w:sym")
FIELD_CHARACTER, FORM_FIELD = q("w:fldChar"), q("w:ffData")
DELETION, MOVED_AWAY = q("w:del"), q("w:moveFrom")
ALTERNATIVES, CHOICE, FALLBACK = q("mc:AlternateContent"), q("mc:Choice"), q("mc:Fallback")
BOX_CONTENT = q("w:txbxContent")
VALUE = q("w:val")


def switched_on(value: str | None) -> bool:
    """Whether an on/off property with this `w:val` is on; a property without a value is."""
    return value not in ("0", "false", "off", "none")
