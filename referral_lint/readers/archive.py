"""Zip files: each file inside becomes documents of its own, one level deep."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterable
from pathlib import PurePath

from referral_lint.model import Document, Source
from referral_lint.readers import Limits, Unreadable
from referral_lint.readers.detect import ZIP
from referral_lint.readers.parts import PROTECTED, Parts, clean_name

_PASSED_OVER = ("__MACOSX/", ".DS_Store", "Thumbs.db", "desktop.ini")
_APPLE = "buildversionhistory.plist"  # what Pages, Numbers and Keynote put into their files
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    OSError,
    EOFError,
    NotImplementedError,
    RuntimeError,
    struct.error,
    ValueError,
)


def read(source: Source, limits: Limits) -> Iterable[Document]:
    """Every document of every file in the archive. Raises `Unreadable` if it cannot be opened or holds no file."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(source.data))
        members = [one for one in archive.infolist() if not one.is_dir() and not _passed_over(one.filename)]
    except _BROKEN as fault:
        raise Unreadable("The zip file is damaged and cannot be opened. Make it again.") from fault
    if not members:
        raise Unreadable("The zip file holds no files.")
    parts = Parts(source, limits)
    with archive:
        if all(one.flag_bits & 1 for one in members):
            raise Unreadable(
                "The zip file is protected with a password, so it was not checked. Check the files before."
            )
        if any(PurePath(one.filename).name.lower() == _APPLE for one in members):
            members = [one for one in members if one.filename.lower().endswith(".pdf")]
            parts.say("Of a Pages document only its preview can be read. Save it as Word or PDF, and check that.")
        for member in members[: limits.parts]:
            if parts.spent:
                break
            _member(archive, member, parts)
    if len(members) > limits.parts:
        parts.say(f"Only the first {limits.parts} files were read: there are very many.")
    return parts.told(ZIP)


def _member(archive: zipfile.ZipFile, member: zipfile.ZipInfo, parts: Parts) -> None:
    name = clean_name(member.filename)
    if member.flag_bits & 1:
        parts.say(PROTECTED, name, note=True, unread=True)
    elif PurePath(name).suffix.lower() == ".zip":
        parts.say("A zip file inside a zip file was not opened.", name)
    else:
        data = _unpacked(archive, member, min(parts.limits.bytes, parts.limits.left.unpacked))
        if data is None:
            parts.limits.left.unpacks(min(member.file_size, parts.limits.bytes))  # that was the work, in vain
            parts.say("This file is damaged or unpacks to more than can be read safely.", name)
        else:
            parts.attach(name, data)


def _unpacked(archive: zipfile.ZipFile, member: zipfile.ZipInfo, most: int) -> bytes | None:
    """The member's bytes, never more than `most` of them; None if it is longer or broken."""
    if member.file_size > most:
        return None
    try:
        with archive.open(member) as stream:
            data = stream.read(most + 1)
    except _BROKEN:
        return None
    return data if len(data) <= most else None


def _passed_over(name: str) -> bool:
    return name.startswith(_PASSED_OVER[0]) or PurePath(name).name in _PASSED_OVER[1:]
