"""The parts of a zipped office document, read within limits and without trusting what the archive says of itself."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Mapping
from zipfile import ZipFile, ZipInfo

from lxml import etree

from referral_lint.readers import Limits, Unreadable, gaps

DAMAGED = "The file is damaged. Open it in the program that made it, save it again and check the new copy."
MOST_TAGS = 1_500_000  # in one XML part; a 600-page document has about 500,000
_STEP = 64  # bytes unpacked at a time from a damaged part: the step with the fault is lost
TOO_LARGE = "The file unpacks to more than is safe to read. Send a smaller one."


class Archive:
    """The named parts of a zip file. Raises `Unreadable` when it is none, or when it unpacks beyond the limits."""

    def __init__(self, data: bytes, limits: Limits) -> None:
        try:
            self._zip = ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as fault:
            raise Unreadable(DAMAGED) from fault
        self._data = data
        self._left = limits.begun().left  # writers open a file by itself
        self._lengths: dict[str, int] = {}  # bytes of each part that was read
        self._salvaged: dict[str, bytes] = {}
        self._parts = {tidy(info.filename): info for info in self._zip.infolist()}
        self.damaged: set[str] = set()  # parts of which some text may be missing

    @property
    def names(self) -> list[str]:
        """The parts' names as they were written, in the archive's order."""
        return [info.filename for info in self._parts.values()]

    def __contains__(self, name: str) -> bool:
        return tidy(name) in self._parts

    def read(self, name: str) -> bytes | None:
        """The bytes of one part, None if there is no such part."""
        info = self._parts.get(tidy(name))
        if info is None:
            return None
        if info.flag_bits & 1:
            raise Unreadable(gaps.PROTECTED)
        key = tidy(name)
        if key in self._salvaged:
            return self._salvaged[key]
        most = self._lengths.get(key, self._left.unpacked)
        try:
            with self._zip.open(info) as stream:
                content = stream.read(most + 1)
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, OSError):
            self.damaged.add(name)
            content = self._salvaged[key] = self._salvage(info, most + 1)
        if key not in self._lengths:
            self._left.unpacks(len(content))
        if len(content) > most:
            raise Unreadable(TOO_LARGE)
        self._lengths[key] = len(content)
        return content

    def changed(self, changes: Mapping[str, bytes]) -> bytes:
        """The archive with these parts put in place of the old ones or added; all others keep their bytes."""
        left = {tidy(name): (name, content) for name, content in changes.items()}
        out = io.BytesIO()
        with ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
            for key, info in self._parts.items():
                content = left.pop(key)[1] if key in left else self.read(info.filename) or b""
                stored = info.compress_type == zipfile.ZIP_STORED
                copy = ZipInfo(info.filename, info.date_time)
                new.writestr(copy, content, zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED)
            for name, content in left.values():
                new.writestr(name, content)
        return out.getvalue()

    def _salvage(self, info: ZipInfo, most: int) -> bytes:
        """What can still be unpacked, up to `most` bytes, of a part whose checksum is wrong or whose end is missing."""
        head = self._data[info.header_offset : info.header_offset + 30]
        if len(head) < 30 or not head.startswith(b"PK\x03\x04"):
            return b""
        skip = int.from_bytes(head[26:28], "little") + int.from_bytes(head[28:30], "little")
        start = info.header_offset + 30 + skip
        packed = self._data[start : start + info.compress_size]
        if info.compress_type == zipfile.ZIP_STORED:
            return packed
        unpack, out = zlib.decompressobj(-15), bytearray()
        try:
            for at in range(0, len(packed), _STEP):
                out += unpack.decompress(packed[at : at + _STEP], most - len(out))
                if len(out) >= most:
                    break
        except zlib.error:
            pass  # what came before the fault is what there is
        return bytes(out)


def tidy(name: str) -> str:
    """One spelling for a part's name: archives differ in slashes and capitals."""
    return name.replace("\\", "/").lstrip("/").lower()


def parse_xml(content: bytes) -> tuple[etree._Element | None, bool]:
    """The root of an XML part and whether it was whole. Entities, the network and huge nodes are refused."""
    if content.count(b"<") > MOST_TAGS:
        raise Unreadable(TOO_LARGE)
    try:
        return etree.fromstring(content, _parser(recover=False)), True
    except (etree.XMLSyntaxError, ValueError):
        pass
    try:
        return etree.fromstring(content, _parser(recover=True)), False
    except (etree.XMLSyntaxError, ValueError):
        return None, False


def _parser(recover: bool) -> etree.XMLParser:
    return etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        recover=recover,
        remove_comments=True,
        remove_pis=True,
    )
