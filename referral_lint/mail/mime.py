"""The parts of a message that the filter itself must know: seals, invitations, our own copies, and what it consists of."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import Message

from referral_lint.mail.tag import without
from referral_lint.patterns import compiled
from referral_lint.readers.mimeparts import SEALED, content, file_name, header_text
from referral_lint.writers.copies import is_annotated

MOST_PARTS = 500
_SEALS = SEALED | {"multipart/signed", "multipart/encrypted"}  # what a change would break
_TAG = compiled(rb"<[^<>]*>")
_PGP = (b"-----BEGIN PGP MESSAGE-----", b"-----BEGIN PGP SIGNED MESSAGE-----")


def parsed(raw: bytes) -> Message:
    """The message with its headers as they came."""
    return message_from_bytes(raw, policy=policy.compat32)


def is_sealed(message: Message) -> bool:
    """Signed or encrypted, as a whole or in a part: a change would break it."""
    return any(part.get_content_type() in _SEALS or _is_pgp(part) for part in parts(message))


def is_invitation(message: Message) -> bool:
    """A meeting request or an answer to one, as calendars send it; a calendar file as an attachment is none."""
    return any(p.get_content_type() == "text/calendar" and p.get_param("method") for p in parts(message))


def attachments(message: Message) -> Iterator[tuple[str, bytes]]:
    """Name and bytes of each file that goes with the message, in nested messages too."""
    for part in parts(message):
        if not part.is_multipart() and (name := file_name(part)):
            yield name, content(part)


def has_checked_copy(message: Message) -> bool:
    """Is one of our own annotated copies or reports attached, under whatever name?"""
    return any(is_annotated(data) for _, data in attachments(message))


def fingerprint(message: Message, key: bytes, sender: str, recipients: tuple[str, ...]) -> str:
    """The same for the same words and files from the same sender to the same readers, whatever program sends them.

    Keyed: it gives nothing of the message away. Dates, message numbers, the tag in the subject, white space and the
    mark-up do not count: programs write new names for the pictures in it each time.
    """
    mark = hmac.new(key, digestmod=hashlib.sha256)
    subject, mailbox = (header_text(str(message.get(name, ""))) for name in ("Subject", "From"))
    said = [sender, mailbox, *sorted(set(recipients)), without(subject)]
    for text in said:
        mark.update(hashlib.sha256(" ".join(text.split()).encode("utf-8", "replace")).digest())
    for part in parts(message):
        if not part.is_multipart():
            data = content(part)
            mark.update(hashlib.sha256(_words(part, data) if _is_text(part) else data).digest())
    return mark.hexdigest()


def parts(message: Message) -> Iterator[Message]:
    """The message and what is in it, the first few hundred."""
    for count, part in enumerate(message.walk()):
        if count >= MOST_PARTS:
            return
        yield part


def _words(part: Message, data: bytes) -> bytes:
    return b" ".join((_TAG.sub(b" ", data) if part.get_content_subtype() == "html" else data).split())


def _is_text(part: Message) -> bool:
    return part.get_content_maintype() == "text"


def _is_pgp(part: Message) -> bool:
    return part.get_content_type() == "text/plain" and content(part)[:2000].lstrip().startswith(_PGP)
