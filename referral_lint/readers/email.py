"""Email messages (.eml): the message itself, what is nested in it and what is attached to it."""

from __future__ import annotations

import binascii
import mimetypes
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from email import errors, message_from_bytes, policy
from email.header import decode_header
from email.message import Message
from itertools import repeat

from referral_lint.model import Block, BlockKind, Document, Gap, Source
from referral_lint.readers import Limits
from referral_lint.readers.envelope import LONGEST, envelope
from referral_lint.readers.html import TOO_DEEP, is_too_deep, to_text
from referral_lint.readers.layout import blocks_of, moved
from referral_lint.readers.parts import Parts, clean_name
from referral_lint.readers.text import decoded, decoded_as, is_noise

SHOWN = ("Subject", "From", "To", "Cc", "Bcc", "Date")
_ENCODED = re.compile(r"=\?[^?\s]{1,60}\?[bBqQ]\?")
_BASE64 = re.compile(r"[A-Za-z0-9+/=\s]*")
_BASE64_WORD = re.compile(r"=\?(?P<charset>[^?\s]{1,60})\?[bB]\?(?P<words>[^?\s]*)\?=")
_CID = re.compile(r"(?i)\bcid:([^\s\"'<>)]{1,300})")
_PGP = re.compile(r"-----BEGIN PGP MESSAGE-----.*?(?:-----END PGP MESSAGE-----|\Z)", re.S)
_WORD = re.compile(r"\w+")
_CALENDAR = re.compile(r"^(?:SUMMARY|DESCRIPTION|LOCATION|ORGANIZER|ATTENDEE|COMMENT)[^:\r\n]{0,500}:.*", re.M | re.I)
LARGEST_LOGO = 100_000  # bytes of a picture that a formatted message shows among its words; a scan is larger
_TRANSFERS = frozenset(
    {"", "7bit", "8bit", "binary", "quoted-printable", "base64", "uuencode", "x-uuencode", "uue", "x-uue"}
)
_DAMAGED = (errors.InvalidBase64CharactersDefect, errors.InvalidBase64LengthDefect)
UNDECODED = "Some of this message could not be decoded, so not all of its words were read."
_UNDECODABLE = (errors.HeaderParseError, binascii.Error, ValueError, LookupError)
_ENCRYPTED = "The message is encrypted, so it was not checked."
_LONG = "A header line of this email is longer than can be read, and its end was not checked."
_SEALED = frozenset({"application/pkcs7-mime", "application/x-pkcs7-mime", "application/pgp-encrypted"})
_SIGNATURES = frozenset({"application/pkcs7-signature", "application/x-pkcs7-signature", "application/pgp-signature"})


def read(source: Source, limits: Limits) -> Iterable[Document]:
    """The message, then each message nested in it and each attachment, as documents of their own."""
    parts = Parts(source, limits)
    message = message_from_bytes(source.data, policy=policy.compat32)
    documents = [_message(message, parts, limits.depth), *parts.documents]
    return finished(documents, parts)


def finished(documents: list[Document], parts: Parts) -> list[Document]:
    """The documents with the gaps of the whole on the first, which is the "body" if there are others."""
    first = documents[0]
    gaps = (*first.gaps, *parts.gaps)
    part = "body" if len(documents) > 1 or (first.envelope and first.envelope.attachments) else first.part
    if not gaps and not any(document.text.strip() for document in documents):
        gaps = (Gap(parts.source.name, "The message holds no text."),)
    return [replace(first, gaps=gaps, part=part), *documents[1:]]


@dataclass
class _Body:
    """What one message says itself."""

    texts: list[str] = field(default_factory=list)
    known: list[list[Block]] = field(default_factory=list)
    attachments: list[str] = field(default_factory=list)
    others: list[str] = field(default_factory=list)  # the same message in a version that was not chosen
    shown: set[str] = field(default_factory=set)  # the pictures among its words, by Content-ID

    def add(self, text: str, known: list[Block] | None = None) -> None:
        if text.strip():
            self.texts.append(text)
            self.known.append(known or [])


def _message(message: Message, parts: Parts, depth: int) -> Document:
    body = _Body()
    _walk(message, body, parts, depth)
    headers = header_values(message)
    for name in SHOWN:
        if not all(_is_whole(str(value)) for value in message.get_all(name, ())):
            parts.say(UNDECODED, name)
    document = message_document(parts.source, headers, body.texts, body.known, body.attachments)
    return replace(document, beside=tuple(map(_version, body.others)))


def _version(text: str) -> Document:
    return Document("", text, tuple(blocks_of(text, letter=True)))


def message_document(
    source: Source, headers: dict[str, str], texts: list[str], known: list[list[Block]], attachments: list[str]
) -> Document:
    """One message: its visible header lines, then its text."""
    lines = [f"{name}: {headers[name.lower()]}" for name in SHOWN if headers.get(name.lower())]
    blocks: list[Block] = []
    text = ""
    for line in lines:
        blocks.append(Block(len(text), len(text) + len(line), BlockKind.EMAIL_HEADER))
        text += line + "\n"
    text, files = _with_files(text, attachments)
    blocks += files
    own, spans = _joined(texts, known)
    start = len(text) + 1 if text else 0
    text = f"{text}\n{own}" if text else own
    body = blocks_of(text, start, letter=True, known=moved(spans, start, 0))
    return Document(
        source=source.name,
        text=text,
        blocks=(*blocks, *moved(body, 0, len(blocks))),
        media_type="message/rfc822",
        sha256=source.sha256,
        envelope=envelope(headers, tuple(attachments)),
        gaps=(Gap(source.name, _LONG),) if any(len(line) > LONGEST for line in lines) else (),
    )


def _with_files(text: str, names: list[str]) -> tuple[str, list[Block]]:
    """The line of the attachments' names, which travel with the message and may tell too much."""
    if not names:
        return text, []
    blocks = [Block(len(text), len(text) + len("Attachments:"), BlockKind.EMAIL_HEADER)]
    text += "Attachments:"
    for n, name in enumerate(names):
        text += "; " if n else " "
        blocks.append(Block(len(text), len(text) + len(name), BlockKind.FILE_NAME))
        text += name
    return text + "\n", blocks


def _joined(texts: list[str], known: list[list[Block]]) -> tuple[str, list[Block]]:
    text = ""
    spans: list[Block] = []
    for part, inside in zip(texts, known, strict=True):
        text += "\n\n" if text else ""
        spans += moved(inside, len(text), 0)
        text += part
    return text, spans


# --- the parts of a message


def _walk(part: Message, body: _Body, parts: Parts, depth: int) -> None:
    """Take what one part holds: words of the message, a nested message or an attachment."""
    if depth <= 0 or parts.full:
        parts.say("Parts nested too deep or too many were not read.")
        return
    kind = part.get_content_type()
    if kind == "multipart/alternative":
        _alternatives(part, body, parts, depth)
    elif kind == "message/rfc822" or (kind.startswith("message/") and part.is_multipart()):
        _nested(part, body, parts, depth)
    elif part.is_multipart():
        if kind == "multipart/encrypted":
            parts.say(_ENCRYPTED)
        for child in _children(part):
            _walk(child, body, parts, depth - 1)
    else:
        _leaf(part, kind, body, parts)


def _children(part: Message) -> Iterator[Message]:
    payload = part.get_payload()
    return (child for child in payload if isinstance(child, Message)) if isinstance(payload, list) else iter(())


def _nested(part: Message, body: _Body, parts: Parts, depth: int) -> None:
    """A whole message inside the message, a delivery report or another kind of `message/…`."""
    for child in map(_unpacked, repeat(part), _children(part)):
        if part.get_content_type() != "message/rfc822":  # a report of headers only
            lines = [f"{name}: {header_text(str(value))}" for name, value in child.items()]
            body.add("\n".join(lines))
            _walk(child, body, parts, depth - 1)
            continue
        name = _file_name(part) or header_values(child).get("subject") or "message"
        body.attachments.append(clean_name(name))
        inner = parts.inside()
        parts.nest(_message(child, inner, depth - 1), inner, f"attachment: {clean_name(name)}")


def _unpacked(part: Message, child: Message) -> Message:
    """The message inside. Some programs pack it as if it were a file, which Python then takes for its words."""
    packed, kind = child.get_payload(), str(part.get("Content-Transfer-Encoding", "")).strip().lower()
    if kind not in ("base64", "quoted-printable") or child.keys() or not isinstance(packed, str):
        return child
    whole = Message()
    whole["Content-Transfer-Encoding"] = kind
    whole.set_payload(packed)
    return message_from_bytes(_bytes(whole), policy=policy.compat32)


def _alternatives(part: Message, body: _Body, parts: Parts, depth: int) -> None:
    """The same words in several forms: the plain one is read, and compared with the other."""
    versions: list[_Body] = []
    kinds: list[str] = []
    for child in _children(part):
        one = _Body()
        _walk(child, one, parts, depth - 1)
        body.attachments += one.attachments
        body.others += one.others
        body.shown |= one.shown
        versions.append(one)
        kinds.append(child.get_content_type())
    told = [(kind, one) for kind, one in zip(kinds, versions, strict=True) if one.texts]
    if not told:
        return
    plain = next((one for kind, one in told if kind == "text/plain"), None)
    rich = next((one for kind, one in told if kind != "text/plain"), None)
    chosen = plain or told[-1][1]
    if plain and rich and _differ("\n".join(plain.texts), "\n".join(rich.texts)):
        chosen = max((plain, rich), key=lambda one: sum(map(len, one.texts)))
        parts.say("The plain and the formatted version of this email differ; the longer one was checked.", note=True)
    for text, known in zip(chosen.texts, chosen.known, strict=True):
        body.add(text, known)
    said = _words_of(chosen)
    body.others += ["\n\n".join(one.texts) for _, one in told if one is not chosen and _words_of(one) - said]


def _words_of(body: _Body) -> set[str]:
    return {word for text in body.texts for word in _WORD.findall(text.lower())}


def _differ(plain: str, rich: str) -> bool:
    """Whether one version has many words that the other has not."""
    a, b = (set(_WORD.findall(text.lower())) for text in (plain, rich))
    return bool(a or b) and len(a ^ b) > 0.4 * len(a | b) and len(a ^ b) > 12


def _leaf(part: Message, kind: str, body: _Body, parts: Parts) -> None:
    name = _file_name(part)
    shown = str(part.get("Content-Disposition", "")).strip().lower()
    attached = shown.startswith("attachment") or bool(name)
    if kind in _SIGNATURES:
        return
    if kind in _SEALED:
        parts.say("The message is encrypted or sealed with a signature, so its words were not checked.", name)
    elif kind == "text/calendar":
        body.add("\n".join(_CALENDAR.findall(re.sub(r"\r?\n[ \t]", "", _words(part, parts)))))
    elif (kind in ("text/plain", "text/html") and not attached) or kind.startswith("multipart/"):
        _body_text(part, kind, body, parts)
    elif kind.startswith("image/") and not shown.startswith("attachment"):
        unread = not _is_among_the_words(part, body)
        parts.say("A picture in the email was not looked at.", clean_name(name), note=True, unread=unread)
    elif kind.startswith("text/") and not attached:
        body.add(_words(part, parts))
    else:
        _attachment(part, kind, name, body, parts)


def _body_text(part: Message, kind: str, body: _Body, parts: Parts) -> None:
    words, sealed = _PGP.subn("", _words(part, parts))
    if sealed:
        parts.say(_ENCRYPTED)
    body.shown.update(_CID.findall(words) if kind == "text/html" else ())
    if kind == "text/html" or (words.lstrip()[:15].lower().startswith(("<html", "<!doctype html"))):
        if is_too_deep(words):
            parts.say(TOO_DEEP)
        body.add(*to_text(words))
    else:
        body.add(words)


def _is_among_the_words(part: Message, body: _Body) -> bool:
    """Is the picture a small one that the formatted message shows in its text, such as a logo? Any other may be a page of words."""
    return str(part.get("Content-ID", "")).strip(" <>") in body.shown and len(_bytes(part)) <= LARGEST_LOGO


def _attachment(part: Message, kind: str, name: str, body: _Body, parts: Parts) -> None:
    data = _bytes(part)
    name = clean_name(name or "unnamed" + (mimetypes.guess_extension(kind) or ""))
    if _is_damaged(part):
        parts.say(UNDECODED, name)
    body.attachments.append(name)
    if not data.strip():
        parts.say("This file is empty: attach it again.", name, note=True)
    else:
        parts.attach(name, data, "text/plain" if kind == "text/plain" and "." not in name else "")


# --- bytes and headers, whatever state they are in


def _bytes(part: Message) -> bytes:
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


def _is_damaged(part: Message) -> bool:
    """Could the bytes of a part, which were asked for before, not all be decoded?"""
    kind = str(part.get("Content-Transfer-Encoding", "")).strip().lower()
    return kind not in _TRANSFERS or any(isinstance(defect, _DAMAGED) for defect in part.defects)


def _words(part: Message, parts: Parts) -> str:
    words = _text_of(part)
    if _is_damaged(part) or is_noise(words[:100_000]):
        parts.say(UNDECODED)
    return words


def _text_of(part: Message) -> str:
    data = _bytes(part)
    charset = str(part.get_content_charset("") or "")
    if charset.lower() in ("us-ascii", "ascii", "iso-8859-1", "latin-1", ""):
        return decoded(data)  # often a wrong label
    words = decoded_as(data, charset)
    return decoded(data) if words is None else words.replace("\0", " ")


def _file_name(part: Message) -> str:
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


def _is_whole(raw: str) -> bool:
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
