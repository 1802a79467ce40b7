"""The parts of an email and its headers, whatever state they are in: what they are called and what they hold."""

from __future__ import annotations

import binascii
import re
from email import errors, message_from_bytes, policy
from email.header import decode_header
from email.message import Message

from referral_lint.patterns import compiled
from referral_lint.readers.envelope import LONGEST
from referral_lint.readers.text import decoded, decoded_as

_ENCODED = compiled(r"=\?[^?\s]{1,60}\?[bBqQ]\?")
_BASE64 = compiled(r"[A-Za-z0-9+/=\s]*")
_BASE64_WORD = compiled(r"=\?(?P<charset>[^?\s]{1,60})\?[bB]\?(?P<words>[^?\s]*)\?=")
_TRANSFERS = frozenset(
    {"", "7bit", "8bit", "binary", "quoted-printable", "base64", "uuencode", "x-uuencode", "uue", "x-uue"}
)
_DAMAGED = (errors.InvalidBase64CharactersDefect, errors.InvalidBase64LengthDefect)
_UNDECODABLE = (errors.HeaderParseError, binascii.Error, ValueError, LookupError)
SEALED = frozenset({"application/pkcs7-mime", "application/x-pkcs7-mime", "application/pgp-encrypted"})
SIGNATURES = frozenset({"application/pkcs7-signature", "application/x-pkcs7-signature", "application/pgp-signature"})


def content(part: Message) -> bytes:
    """The bytes of a part; of those that cannot be decoded, as many as can, else as they came."""
    try:
        payload = part.get_payload(decode=True)
    except (binascii.Error, ValueError, LookupError, AttributeError, UnicodeError):
        payload = None
    raw = part.get_payload()
    if isinstance(payload, bytes) and not (isinstance(raw, str) and _is_cut(part)):
        return payload
    if not isinstance(raw, str):
        return b""
    return _decoded_so_far(raw) if _is_cut(part) else raw.encode("utf-8", "surrogateescape")


def _is_cut(part: Message) -> bool:
    """Is it base64 that breaks off within its last group? Python gives it back as it came."""
    return any(isinstance(defect, errors.InvalidBase64LengthDefect) for defect in part.defects) and bool(
        _BASE64.fullmatch(str(part.get_payload()))
    )


def _decoded_so_far(words: str) -> bytes:
    """What whole groups of base64 hold, and nothing of what breaks off after them."""
    known = re.sub(r"[^A-Za-z0-9+/]", "", words)
    return binascii.a2b_base64(known[: len(known) // 4 * 4])


def is_damaged(part: Message) -> bool:
    """Could the bytes of a part, which were asked for before, not all be decoded?"""
    kind = str(part.get("Content-Transfer-Encoding", "")).strip().lower()
    return kind not in _TRANSFERS or any(isinstance(defect, _DAMAGED) for defect in part.defects)


def text_of(part: Message) -> str:
    """The words of a part, in the character set that it names or in the one that it is written in."""
    data = content(part)
    charset = str(part.get_content_charset("") or "")
    if charset.lower() in ("us-ascii", "ascii", "iso-8859-1", "latin-1", ""):
        return decoded(data)  # often a wrong label
    words = decoded_as(data, charset)
    return decoded(data) if words is None else words.replace("\0", " ")


def file_name(part: Message) -> str:
    """The name of the file that a part is; empty if it is none."""
    try:
        return header_text(part.get_filename() or "")
    except (LookupError, UnicodeError, ValueError, TypeError, IndexError):
        return "unnamed"


def header_values(message: Message) -> dict[str, str]:
    """Header values by lower-case name as a person reads them; of a header that stands twice, the first with words."""
    found: dict[str, str] = {}
    for name, value in message.items():
        key = name.lower()
        if not found.get(key):
            found[key] = header_text(str(value))
    return found


def transport_headers(text: str) -> dict[str, str]:
    """Header values by lower-case name from the headers that a message had on its way."""
    return header_values(message_from_bytes(text.encode("utf-8", "surrogateescape"), policy=policy.compat32))


def header_text(raw: str) -> str:
    """One header value on one line, its encoded words and stray bytes decoded."""
    text = decoded(raw[: 2 * LONGEST].encode("utf-8", "surrogateescape"))  # its encoded words become shorter
    if _ENCODED.search(text):
        end = text.rfind("?=") + 2  # what begins after the last end is no encoded word, and looks for its end in vain
        read = "".join(_piece(words, charset) for words, charset in _pieces(text[:end]))
        text = (read or text[:end]) + text[end:]
    return " ".join(text.split())


def _pieces(text: str) -> list[tuple[bytes | str, str | None]]:
    """What a header consists of; of encoded words that break off, what can be decoded."""
    try:
        return decode_header(text)
    except _UNDECODABLE:
        return [(_BASE64_WORD.sub(_so_far, text), None)]


def _so_far(found: re.Match[str]) -> str:
    return _piece(_decoded_so_far(found["words"]), found["charset"])


def is_whole_header(raw: str) -> bool:
    """Can all encoded words of a header be decoded?"""
    try:
        decode_header(raw[: raw.rfind("?=", 0, 200_000) + 2])
    except _UNDECODABLE:
        return False
    return True


def _piece(words: bytes | str, charset: str | None) -> str:
    if isinstance(words, str):
        return words
    said = decoded_as(words, charset or "ascii")
    return decoded(words) if said is None else said
