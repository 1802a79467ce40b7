"""Old Word files (.doc): turned into .docx by LibreOffice, if it is installed."""

from __future__ import annotations

import io
import struct
from collections.abc import Iterable
from dataclasses import replace

import olefile

from referral_lint.model import Document, Source
from referral_lint.readers import Limits, Unreadable, docx, gaps, office, reader_for
from referral_lint.readers.detect import DOC, OLE, media_type

_IS_ENCRYPTED = 0x0100  # in the flags at byte 10 of the main stream
_MISSING = (
    "This is an old Word file, which can be checked only where LibreOffice is installed. "
    "Open it in Word, save it as .docx and check that."
)
_FAILED = "This old Word file is damaged or of an unknown kind. Open it in Word and save it as .docx."
_SLOW = "This old Word file took too long to open. Open it in Word, save it as .docx and check that."


def read(source: Source, limits: Limits) -> Iterable[Document]:
    """One document a file, as the docx reader reads it. Raises `Unreadable` where LibreOffice is missing or fails."""
    if not source.data.startswith(OLE):
        return _another(source, limits)
    if _encrypted(source.data):
        raise Unreadable(gaps.PROTECTED)
    command = office.program()
    if command is None:
        raise Unreadable(_MISSING)
    try:
        data = office.converted(command, source.data, ".doc", "docx", limits.left.seconds)
    except office.TooSlow as late:
        raise Unreadable(_SLOW) from late
    if data is None:
        raise Unreadable(_FAILED)
    return [_as_doc(document, source) for document in docx.read(Source(source.name, data), limits)]


def _encrypted(data: bytes) -> bool:
    """Whether the file's own header says that a password is needed to open it."""
    try:
        with olefile.OleFileIO(io.BytesIO(data)) as storage:
            head = storage.openstream("WordDocument").read(12)
    except (OSError, ValueError, KeyError, IndexError, TypeError, AttributeError, struct.error):
        return False  # damaged: LibreOffice will say whether anything can be read
    return len(head) == 12 and bool(int.from_bytes(head[10:12], "little") & _IS_ENCRYPTED)


def _another(source: Source, limits: Limits) -> Iterable[Document]:
    """A web page, rich text or plain text that only calls itself .doc."""
    reader = reader_for(media_type("", source.data))
    if reader is None:
        raise Unreadable(_FAILED)
    return reader(source, limits)


def _as_doc(document: Document, source: Source) -> Document:
    """The converted file's document as the original's; its anchors point into a file that is gone."""
    blocks = tuple(replace(block, anchor=()) for block in document.blocks)
    return replace(document, blocks=blocks, media_type=DOC, sha256=source.sha256)
