"""What kind of file is this? The bytes decide; the name only where the bytes leave it open."""

from __future__ import annotations

import re
from pathlib import PurePath

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_BY_NAME = {
    ".txt": "text/plain",
    ".text": "text/plain",
    ".md": "text/plain",
    ".eml": "message/rfc822",
    ".msg": "application/vnd.ms-outlook",
    ".mbox": "application/mbox",
    ".html": "text/html",
    ".htm": "text/html",
    ".zip": "application/zip",
    ".docx": DOCX,
    ".docm": DOCX,
    ".dotx": DOCX,
    ".pdf": "application/pdf",
}
_OUTLOOK = "__substg1.0_".encode("utf-16-le")
_HEADER_LINE = re.compile(rb"(?im)^(received|return-path|message-id|mime-version|dkim-signature|content-type): ?\S")


def is_document(name: str) -> bool:
    """Does the name end like a document that can be read? For choosing files in a folder."""
    return PurePath(name).suffix.lower() in _BY_NAME


def media_type(name: str, data: bytes) -> str:
    """The media type of an input from its first bytes and its name; "application/octet-stream" if unknown."""
    by_name = _BY_NAME.get(PurePath(name).suffix.lower(), "")
    if data[:1024].lstrip().startswith(b"%PDF-") or b"%PDF-" in data[:1024]:
        return "application/pdf"
    if data.startswith(b"PK\x03\x04"):
        return DOCX if b"word/" in data or by_name == DOCX else "application/zip"
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        if _OUTLOOK in data:
            return "application/vnd.ms-outlook"
        return by_name or "application/x-ole-storage"
    if by_name:
        return by_name
    if data[:512].lstrip().lower().startswith((b"<html", b"<!doctype html")):
        return "text/html"
    if _HEADER_LINE.search(data[:2048]):
        return "message/rfc822"
    return "text/plain" if _looks_like_text(data[:4096]) else "application/octet-stream"


def _looks_like_text(head: bytes) -> bool:
    if head.startswith((b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")):
        return True
    return b"\0" not in head and sum(b < 9 or 13 < b < 32 for b in head) < len(head) / 50
