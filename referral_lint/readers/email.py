"""Email messages (.eml): the message itself, what is nested in it and what is attached to it."""

from __future__ import annotations

import mimetypes
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from email import message_from_bytes, policy
from email.message import Message
from itertools import repeat

from referral_lint.model import Block, BlockKind, Document, Gap, Source, written
from referral_lint.patterns import compiled
from referral_lint.readers import Limits
from referral_lint.readers.detect import EMAIL
from referral_lint.readers.envelope import LONGEST, envelope
from referral_lint.readers.gaps import LITTLE_TEXT, LOOK
from referral_lint.readers.html import TOO_DEEP, is_too_deep, to_text
from referral_lint.readers.layout import blocks_of, moved
from referral_lint.readers.mimeparts import (
    SEALED,
    SIGNATURES,
    content,
    file_name,
    header_text,
    header_values,
    is_damaged,
    is_whole_header,
    text_of,
)
from referral_lint.readers.parts import Parts, clean_name
from referral_lint.readers.text import is_noise

SHOWN = ("Subject", "From", "To", "Cc", "Bcc", "Date")
_CID = compiled(r"(?i)\bcid:([^\s\"'<>)]{1,300})")
_PGP = compiled(r"-----BEGIN PGP MESSAGE-----.*?(?:-----END PGP MESSAGE-----|\Z)", re.S)
_WORD = compiled(r"\w+")
_CALENDAR = compiled(r"^(?:SUMMARY|DESCRIPTION|LOCATION|ORGANIZER|ATTENDEE|COMMENT)[^:\r\n]{0,500}:.*", re.M | re.I)
PICTURE = "A picture in the email was not looked at."
LARGEST_LOGO = 100_000  # bytes of a picture that a formatted message shows among its words; a scan is larger
UNDECODED = "Some of this message could not be decoded, so not all of its words were read."
_ENCRYPTED = "The message is encrypted, so it was not checked."
_LONG = "A header line of this email is longer than can be read, and its end was not checked."


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
    if written(first.blocks) <= LITTLE_TEXT:  # then a large picture is what it says
        gaps = tuple(Gap(gap.what, f"{PICTURE} {LOOK}") if gap.why == PICTURE and gap.unread else gap for gap in gaps)
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
        if not all(is_whole_header(str(value)) for value in message.get_all(name, ())):
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
        media_type=EMAIL,
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
        name = file_name(part) or header_values(child).get("subject") or "message"
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
    return message_from_bytes(content(whole), policy=policy.compat32)


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
    name = file_name(part)
    shown = str(part.get("Content-Disposition", "")).strip().lower()
    attached = shown.startswith("attachment") or bool(name)
    if kind in SIGNATURES:
        return
    if kind in SEALED:
        parts.say("The message is encrypted or sealed with a signature, so its words were not checked.", name)
    elif kind == "text/calendar":
        body.add("\n".join(_CALENDAR.findall(re.sub(r"\r?\n[ \t]", "", _words(part, parts)))))
    elif (kind in ("text/plain", "text/html") and not attached) or kind.startswith("multipart/"):
        _body_text(part, kind, body, parts)
    elif kind.startswith("image/") and not shown.startswith("attachment"):
        unread = not _is_among_the_words(part, body)
        parts.say(PICTURE, clean_name(name), note=True, unread=unread)
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


def _words(part: Message, parts: Parts) -> str:
    words = text_of(part)
    if is_damaged(part) or is_noise(words[:100_000]):
        parts.say(UNDECODED)
    return words


def _is_among_the_words(part: Message, body: _Body) -> bool:
    """Is the picture a small one that the formatted message shows in its text, such as a logo? Any other may be a page of words."""
    return str(part.get("Content-ID", "")).strip(" <>") in body.shown and len(content(part)) <= LARGEST_LOGO


def _attachment(part: Message, kind: str, name: str, body: _Body, parts: Parts) -> None:
    data = content(part)
    name = clean_name(name or "unnamed" + (mimetypes.guess_extension(kind) or ""))
    if is_damaged(part):
        parts.say(UNDECODED, name)
    body.attachments.append(name)
    if not data.strip():
        parts.say("This file is empty: attach it again.", name, note=True)
    else:
        parts.attach(name, data, "text/plain" if kind == "text/plain" and "." not in name else "")
