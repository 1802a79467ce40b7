"""What kind of file is this? The bytes decide; the name only where the bytes leave it open."""

from __future__ import annotations

import io
import zipfile
from pathlib import PurePath

from referral_lint.patterns import compiled

TEXT, CSV, HTML, EMAIL = "text/plain", "text/csv", "text/html", "message/rfc822"
OUTLOOK, MBOX = "application/vnd.ms-outlook", "application/mbox"
ZIP, PDF, DOC, RTF = "application/zip", "application/pdf", "application/msword", "application/rtf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ODT = "application/vnd.oasis.opendocument.text"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
# Kinds that have no reader, by what people call them.
UNREAD = {
    PPTX: "A presentation",
    "application/vnd.oasis.opendocument.presentation": "A presentation",
    "application/vnd.oasis.opendocument.spreadsheet": "An OpenDocument spreadsheet",
    "application/vnd.oasis.opendocument.graphics": "A drawing",
}
_BY_NAME = {
    ".txt": TEXT,
    ".text": TEXT,
    ".md": TEXT,
    ".eml": EMAIL,
    ".msg": OUTLOOK,
    ".mbox": MBOX,
    ".html": HTML,
    ".htm": HTML,
    ".zip": ZIP,
    ".docx": DOCX,
    ".docm": DOCX,
    ".dotx": DOCX,
    ".dotm": DOCX,
    ".doc": DOC,
    ".dot": DOC,
    ".rtf": RTF,
    ".odt": ODT,
    ".ott": ODT,
    ".xlsx": XLSX,
    ".xlsm": XLSX,
    ".csv": CSV,
    ".tsv": CSV,
    ".pdf": PDF,
}
OLE = b"\xd0\xcf\x11\xe0"  # what Outlook, old Word and a password make a file begin with
_OF_OUTLOOK = "__substg1.0_".encode("utf-16-le")
ENCRYPTED, _WORD_97 = "EncryptedPackage".encode("utf-16-le"), "WordDocument".encode("utf-16-le")
_HEADER_LINE = compiled(rb"(?im)^(received|return-path|message-id|mime-version|dkim-signature|content-type): ?\S")


def is_document(name: str) -> bool:
    """Does the name end like a document that can be read? For choosing files in a folder."""
    return PurePath(name).suffix.lower() in _BY_NAME


def media_type(name: str, data: bytes) -> str:
    """The media type of an input from its first bytes and its name; "application/octet-stream" if unknown."""
    by_name = _BY_NAME.get(PurePath(name).suffix.lower(), "")
    if data[:1024].lstrip().startswith(b"%PDF-") or b"%PDF-" in data[:1024]:
        return PDF
    if data.startswith(b"PK\x03\x04"):
        return _zipped(data) or (by_name if by_name in (DOCX, ODT, XLSX) else ZIP)
    if data.startswith(OLE):
        if _OF_OUTLOOK in data:
            return OUTLOOK
        if ENCRYPTED in data:
            return by_name if by_name == XLSX else DOCX
        return by_name or (DOC if _WORD_97 in data else "application/x-ole-storage")
    if data[:64].lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"{\\rtf"):
        return RTF
    if by_name:
        return by_name
    if data[:512].lstrip().lower().startswith((b"<html", b"<!doctype html")):
        return HTML
    if _HEADER_LINE.search(data[:2048]):
        return EMAIL
    return TEXT if _looks_like_text(data[:4096]) else "application/octet-stream"


def _zipped(data: bytes) -> str:
    """What kind of office file a zip file is; "" if none that is known, or too damaged to tell."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = {name.replace("\\", "/").lower() for name in archive.namelist()}
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        return ""
    if "[content_types].xml" in names or "_rels/.rels" in names or "word/document.xml" in names:
        folders = {name.partition("/")[0] for name in names}
        return next((kind for folder, kind in (("word", DOCX), ("xl", XLSX), ("ppt", PPTX)) if folder in folders), "")
    if "content.xml" not in names:
        return ""
    head = data[:200]
    if b"opendocument.text" in head or b"sun.xml.writer" in head:
        return ODT
    return next((kind for kind in UNREAD if kind.encode() in head), "")


def _looks_like_text(head: bytes) -> bool:
    if head.startswith((b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")):
        return True
    return b"\0" not in head and sum(b < 9 or 13 < b < 32 for b in head) < len(head) / 50
