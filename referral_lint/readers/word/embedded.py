"""Files inside a Word document: a sheet pasted as an object, a form dropped in as an icon."""

from __future__ import annotations

import io
import posixpath
import struct
from collections.abc import Iterator

from olefile import OleFileIO

from referral_lint.readers.detect import OLE
from referral_lint.readers.word.package import Package

_KINDS = {"package", "oleObject"}
_WHOLE = {"Package": "", "CONTENTS": ".pdf"}  # streams that are a file of their own, as Office and Acrobat write them
_OLD = {"WordDocument": ".doc", "__properties_version1.0": ".msg"}  # streams by which the object itself is such a file
_NATIVE = "\1Ole10Native"  # a file dropped in as an icon


def embedded(package: Package) -> Iterator[tuple[str, bytes | None]]:
    """The name of each file inside, and its bytes; None where they cannot be taken out."""
    for relation in package.relations(package.main):
        if relation.type in _KINDS and not relation.external and relation.target in package.archive:
            name = posixpath.basename(relation.target)
            data = package.archive.read(relation.target) or b""
            yield _taken_out(name, data) if data.startswith(OLE) else (name, data)


def _taken_out(name: str, data: bytes) -> tuple[str, bytes | None]:
    """What an OLE object holds."""
    try:
        with OleFileIO(io.BytesIO(data)) as ole:
            streams = {path[0] for path in ole.listdir()}
            for stream, ending in _WHOLE.items():
                if stream in streams:
                    return name + ending, ole.openstream(stream).read()
            if _NATIVE in streams:
                return _native(ole.openstream(_NATIVE).read())
            old = next((ending for stream, ending in _OLD.items() if stream in streams), "")
            return name + old, data if old else None
    except (OSError, ValueError, IndexError, KeyError, TypeError, AttributeError, struct.error):
        return name, None  # damaged, or of a kind of its own


def _native(stream: bytes) -> tuple[str, bytes]:
    """The name and bytes of a file that Windows packed: label, path, a copy's path, length, bytes."""
    label, at = _words(stream, 6)
    _, at = _words(stream, at)
    (length,) = struct.unpack_from("<I", stream, at + 4)
    at += 8 + length
    (size,) = struct.unpack_from("<I", stream, at)
    return label or "file", stream[at + 4 : at + 4 + size]


def _words(stream: bytes, at: int) -> tuple[str, int]:
    end = stream.index(b"\0", at)
    return stream[at:end].decode("cp1252", "replace"), end + 1
