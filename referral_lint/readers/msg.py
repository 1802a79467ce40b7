"""Outlook messages (.msg): named streams in an OLE file, one for each property of the message.

Read with olefile directly: hand-made and damaged files lack streams that stricter readers insist on.
"""

from __future__ import annotations

import codecs
import io
import struct
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import compressed_rtf
from olefile import OleFileIO
from striprtf.striprtf import rtf_to_text

from referral_lint.model import Block, Document, Source
from referral_lint.readers import Limits, Unreadable
from referral_lint.readers.detect import EMAIL
from referral_lint.readers.email import LARGEST_LOGO, PICTURE, UNDECODED, finished, message_document
from referral_lint.readers.html import TOO_DEEP, is_too_deep, to_text
from referral_lint.readers.mimeparts import transport_headers
from referral_lint.readers.parts import Parts, clean_name
from referral_lint.readers.text import decoded

_PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".bmp")
SUBJECT, BODY, HTML, RTF, CLASS, HEADERS = "0037", "1000", "1013", "1009", "001A", "007D"
SENDER_NAME, SENDER_SMTP, SENDER_ADDRESS, REPRESENTING = "0C1A", "5D01", "0C1F", "0042"
NAME, SMTP, ADDRESS, KIND = "3001", "39FE", "3003", 0x0C15
FILE_NAMES, DATA, CONTENT_ID = ("3707", "3704", "3001"), "3701", "3712"
SENT_TIMES, CODE_PAGES = (0x0039, 0x0E06, 0x3007), (0x3FDE, 0x3FFD)
_PAGES = {65001: "utf-8", 20127: "ascii", 28591: "cp1252", 50220: "iso2022_jp", 50221: "iso2022_jp", 51932: "euc_jp"}
_WHO = {2: "cc", 3: "bcc"}


def read(source: Source, limits: Limits) -> Iterable[Document]:
    """The message, then each message nested in it and each attachment, as documents of their own."""
    try:
        ole = OleFileIO(io.BytesIO(source.data))
    except (OSError, struct.error, IndexError, ValueError, OverflowError) as fault:
        raise Unreadable("The Outlook message is damaged and cannot be opened. Save it again from Outlook.") from fault
    with ole:
        parts = Parts(source, limits)
        first = _message(_Storage(ole, (), parts), parts, limits.depth)
        return finished([first, *parts.documents], parts)


class _Storage:
    """One folder of the OLE file: a message, a recipient or an attachment. `parts` are told what cannot be read."""

    def __init__(
        self,
        ole: OleFileIO,
        path: tuple[str, ...],
        parts: Parts,
        tree: dict[tuple[str, ...], list[str]] | None = None,
    ) -> None:
        self.ole, self.path, self.parts = ole, path, parts
        self.tree = tree if tree is not None else _tree(ole)
        self.pages: list[str] = []
        numbers = self.numbers()
        self.pages = [_page(numbers[tag]) for tag in CODE_PAGES if tag in numbers]

    def inside(self, prefix: str) -> Iterator[_Storage]:
        for name in sorted(self.tree[self.path]):
            if name.lower().startswith(prefix):
                yield _Storage(self.ole, (*self.path, name), self.parts, self.tree)

    def stream(self, name: str) -> bytes:
        actual = next((n for n in self.tree[self.path] if n.lower() == name.lower()), None)
        if actual is None:
            return b""
        path, data, is_whole = [*self.path, actual], b"", False
        try:
            data = self.ole.openstream(path).read()
            is_whole = len(data) == self.ole.get_size(path)  # olefile gives what there is of a stream that breaks off
        except (OSError, struct.error, IndexError):
            pass
        if not is_whole:
            self.parts.say(UNDECODED)
        return data

    def text(self, *tags: str) -> str:
        """The first of these properties that holds words."""
        for tag in tags:
            wide = self.stream(f"__substg1.0_{tag}001F")
            words = wide.decode("utf-16-le", "replace") if wide else self.narrow(self.stream(f"__substg1.0_{tag}001E"))
            if words.strip("\0 \r\n\t"):
                return words.replace("\0", "")
        return ""

    def narrow(self, data: bytes) -> str:
        for page in self.pages:
            try:
                return data.decode(page)
            except (LookupError, UnicodeError):
                continue
        return decoded(data)

    def binary(self, tag: str) -> bytes:
        return self.stream(f"__substg1.0_{tag}0102")

    def numbers(self) -> dict[int, int]:
        """Whole numbers and times by property id, from the table of fixed-size properties."""
        data = self.stream("__properties_version1.0")
        head = 32 if not self.path else 24 if self.path[-1].lower().endswith("3701000d") else 8
        found: dict[int, int] = {}
        for at in range(head, len(data) - 15, 16):
            kind, tag = struct.unpack_from("<HH", data, at)
            if kind in (0x0003, 0x0040):
                found[tag] = struct.unpack_from("<Q" if kind == 0x0040 else "<I", data, at + 8)[0]
        return found


def _tree(ole: OleFileIO) -> dict[tuple[str, ...], list[str]]:
    tree: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for path in ole.listdir(streams=True, storages=True):
        tree[tuple(path[:-1])].append(path[-1])
    return tree


def _page(number: int) -> str:
    name = _PAGES.get(number, f"cp{number}")
    try:
        return codecs.lookup(name).name
    except LookupError:
        return "cp1252"


# --- one message


def _message(storage: _Storage, parts: Parts, depth: int) -> Document:
    text, known = _body(storage, parts)
    names = []
    for attachment in storage.inside("__attach_version1.0_"):
        name = _attachment(attachment, parts, depth, sealed="smime" in storage.text(CLASS).lower())
        if name:
            names.append(name)
    return message_document(parts.source, _headers(storage), [text] if text else [], [known] if text else [], names)


def _body(storage: _Storage, parts: Parts) -> tuple[str, list[Block]]:
    """The plain text; failing that the HTML; failing that the packed RTF."""
    plain = storage.text(BODY)
    if plain.strip():
        return plain, []
    html = storage.binary(HTML)
    page = storage.narrow(html) if html else storage.text(HTML)
    if page.strip():
        if is_too_deep(page):
            parts.say(TOO_DEEP)
        return to_text(page)
    packed = storage.binary(RTF)
    if not packed:
        return "", []
    try:
        rtf = compressed_rtf.decompress(packed).decode("latin-1")
        return rtf_to_text(rtf, errors="replace"), []  # type: ignore[no-untyped-call]
    except Exception:  # what `compressed_rtf` raises has no type of its own, and striprtf breaks in many ways
        parts.say(UNDECODED)
        return "", []


def _headers(storage: _Storage) -> dict[str, str]:
    sent = transport_headers(storage.text(HEADERS))
    address = next((a for a in (storage.text(SENDER_SMTP), storage.text(SENDER_ADDRESS)) if "@" in a), "")
    headers = {
        "subject": " ".join(storage.text(SUBJECT).split()) or sent.get("subject", ""),
        "from": sent.get("from") or _person(storage.text(SENDER_NAME, REPRESENTING), address),
        "date": sent.get("date") or _sent(storage.numbers()),
        "in-reply-to": sent.get("in-reply-to", ""),
    }
    people: dict[str, list[str]] = defaultdict(list)
    for one in storage.inside("__recip_version1.0_"):
        address = next((a for a in (one.text(SMTP), one.text(ADDRESS)) if "@" in a), "")
        people[_WHO.get(one.numbers().get(KIND, 1), "to")].append(_person(one.text(NAME), address))
    for kind in ("to", "cc", "bcc"):
        headers[kind] = "; ".join(filter(None, people[kind])) or sent.get(kind, "")
    return headers


def _person(name: str, address: str) -> str:
    name = " ".join(name.split()).strip("'\"")
    if not address or name.lower() == address.lower():
        return name or address
    return f"{name} <{address}>" if name else address


def _sent(numbers: dict[int, int]) -> str:
    ticks = next((numbers[tag] for tag in SENT_TIMES if numbers.get(tag)), 0)
    try:
        return format_datetime(datetime(1601, 1, 1, tzinfo=UTC) + timedelta(microseconds=ticks // 10)) if ticks else ""
    except OverflowError:
        return ""


def _attachment(one: _Storage, parts: Parts, depth: int, *, sealed: bool) -> str:
    """Read one attachment; its name, or "" for a picture inside the message."""
    nested = next(one.inside("__substg1.0_3701000d"), None)
    name = clean_name(one.text(*FILE_NAMES) or (nested.text(SUBJECT) if nested else "") or "attachment")
    data = one.binary(DATA)
    if nested is not None and nested.tree[nested.path]:
        _nested(nested, name, parts, depth)
    elif sealed and data:
        if b"multipart/signed" in data[:4096].lower():
            parts.attach(name, data, EMAIL)
        else:
            parts.say("The message is encrypted or sealed with a signature, so its words were not checked.")
    elif one.text(CONTENT_ID) and name.lower().endswith(_PICTURES):
        parts.say(PICTURE, name, note=True, unread=len(data) > LARGEST_LOGO)
        return ""
    elif data:
        parts.attach(name, data)
    else:
        parts.say("The message holds only the name of this file, so it was not checked.", name)
    return name


def _nested(storage: _Storage, name: str, parts: Parts, depth: int) -> None:
    if depth <= 1:
        parts.say("Messages inside messages were not read beyond this depth.", name)
    elif any(n.lower().startswith("__substg1.0_") for n in storage.tree[storage.path]):
        inner = parts.inside()
        parts.nest(_message(storage, inner, depth - 1), inner, f"attachment: {name}")
    else:
        parts.say("This object in the message cannot be read.", name)
