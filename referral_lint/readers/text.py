"""Plain text: the file decoded as it stands, so that every span indexes into it."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable

from charset_normalizer import from_bytes

from referral_lint.model import Block, BlockKind, Document, Envelope, Source
from referral_lint.patterns import compiled
from referral_lint.readers import Limits, Unreadable, gaps
from referral_lint.readers.detect import TEXT
from referral_lint.readers.envelope import envelope
from referral_lint.readers.layout import blocks_of, moved

_BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe\0\0", "utf-32"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_LIKELY = ["cp1252", "cp1250", "mac_roman", "cp437", "cp850"]  # of UK offices; a wide search mistakes a few pound signs
# Python's own spellings of text, which no program sends as a charset; some take very long.
_NOT_OF_MAIL = frozenset({"idna", "punycode", "unicode-escape", "raw-unicode-escape", "undefined"})
_CONTROL = compiled(r"[\x00-\x06\x0e-\x1a\x1c-\x1f\x7f\ufffd]")
_NAME = r"(?P<name>subject|from|to|cc|bcc|date|sent|reply-to|importance|attachments?|sensitivity|priority)[ ]?:[ \t]*"
_HEADER = compiled(_NAME + r"(?P<value>[^\r\n]*)(?:\r\n|\r|\n|$)", re.I)
_FOLDED = compiled(r"[ \t]+(?P<value>[^\s][^\r\n]*)(?:\r\n|\r|\n|$)")
# What a program broke off a long header line, without the white space that mail has there: another header line follows.
_BROKEN_OFF = compiled(rf"(?P<value>[^\s][^\r\n]*)(?:\r\n|\r|\n)(?={_NAME})", re.I)
_LONG = 55  # characters of a line that may have been broken
_BLANK = compiled(r"\s*")


def read(source: Source, limits: Limits) -> Iterable[Document]:
    """One document a file. Raises `Unreadable` if the bytes are no text at all."""
    text = decoded(source.data, limits.characters * 4 + 4)
    if not text.strip():
        raise Unreadable("The file holds no text.")
    if is_noise(text[:100_000]):
        raise Unreadable("The file is not text. Save it as Word, PDF or text and try again.")
    said = []
    if len(text) > limits.characters or len(source.data) > limits.characters * 4 + 4:
        text = text[: limits.characters]
        said.append(gaps.too_long(source.name, limits.characters))
    blocks, parsed = parts_of(text)
    yield Document(
        source=source.name,
        text=text,
        blocks=tuple(blocks),
        media_type=TEXT,
        sha256=source.sha256,
        envelope=parsed,
        gaps=tuple(said),
    )


def parts_of(text: str) -> tuple[list[Block], Envelope | None]:
    """The blocks of a text, and its envelope if it begins with the header lines of an email."""
    headers, values = header_lines(text)
    if not headers:
        return blocks_of(text), None
    body = moved(blocks_of(text, headers[-1].end, letter=True), 0, len(headers))
    return [*headers, *body], envelope(values)


def header_lines(text: str) -> tuple[list[Block], dict[str, str]]:
    """The `Subject: …`, `From: …` lines that a pasted email begins with, and their values by lower-case name."""
    start = at = _BLANK.match(text).end()  # type: ignore[union-attr]  # matches the empty string too
    blocks: list[Block] = []
    values: dict[str, str] = {}
    name = ""
    while at < len(text):
        if found := _HEADER.match(text, at):
            name = found["name"].lower()
            values.setdefault(name, found["value"].strip())
            blocks.append(Block(at, at + len(text[at : found.end()].rstrip()), BlockKind.EMAIL_HEADER))
        elif name and (found := _FOLDED.match(text, at) or _rest(text, at, blocks[-1])):
            values[name] += " " + found["value"].strip()
            blocks[-1] = Block(blocks[-1].start, at + len(text[at : found.end()].rstrip()), BlockKind.EMAIL_HEADER)
        else:
            break
        at = found.end()
    known = "subject" in values or {"from", "to"} <= values.keys()
    return (blocks, values) if known and len(blocks) > 1 and start < at else ([], {})


def _rest(text: str, at: int, header: Block) -> re.Match[str] | None:
    """The rest of a header line that was long enough to be broken."""
    return _BROKEN_OFF.match(text, at) if header.end - header.start >= _LONG else None


def decoded(data: bytes, most: int | None = None) -> str:
    """The bytes as text, whatever their encoding; a byte order mark is left out, NULs become spaces.

    `most` bytes at the most are looked at.
    """
    head = data[:most] if most else data
    for bom, encoding in _BOMS:
        if head.startswith(bom):
            text = head.decode("utf-8-sig" if encoding == "utf-8" else encoding, errors="replace")
            return text.replace("\0", " ")
    if wide := _wide(head[:4096]):
        return head.decode(wide, errors="replace").replace("\0", " ")
    try:
        return head.decode("utf-8").replace("\0", " ")
    except UnicodeDecodeError as fault:
        # A long file cut in the middle of a character is still UTF-8.
        if fault.start > len(head) - 4 and len(head) < len(data):
            return head[: fault.start].decode("utf-8").replace("\0", " ")
    text = head.decode("utf-8", errors="replace").replace("\0", " ")
    if text.count("\ufffd") * 4 < sum(ord(c) > 127 for c in text):
        return text  # UTF-8 with a few damaged places
    best = from_bytes(head[:50_000], cp_isolation=_LIKELY).best()
    encoding = best.encoding if best else "cp1252"
    if encoding in ("cp1250", "ascii", "utf_8"):
        encoding = "cp1252"
    return head.decode(encoding, errors="replace").replace("\0", " ")


def decoded_as(data: bytes, charset: str) -> str | None:
    """The bytes in the charset that they are said to be in; None if they are not, or if that is none of letters.

    Half a character, which some charsets can spell, becomes a question mark: nothing could write it anywhere.
    """
    try:
        if codecs.lookup(charset).name in _NOT_OF_MAIL:
            return None
        return data.decode(charset).encode("utf-8", "replace").decode("utf-8")
    except (LookupError, ValueError):
        return None


def _wide(head: bytes) -> str:
    """UTF-16 without a byte order mark: every other byte of English text is then a NUL."""
    half = len(head) // 2
    if half < 4:
        return ""
    even, odd = head[0 : half * 2 : 2].count(0), head[1 : half * 2 : 2].count(0)
    if odd > half * 0.7 and even < half * 0.1:
        return "utf-16-le"
    return "utf-16-be" if even > half * 0.7 and odd < half * 0.1 else ""


def is_noise(text: str) -> bool:
    """Whether these characters are the bytes of a program or a picture rather than words."""
    return len(_CONTROL.findall(text)) > len(text) * 0.03
