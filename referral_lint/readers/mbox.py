"""Mailboxes (.mbox): one message after another, each read as an email."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from referral_lint.model import Document, Source
from referral_lint.patterns import compiled
from referral_lint.readers import Limits, Unreadable
from referral_lint.readers.detect import MBOX
from referral_lint.readers.email import read as read_message
from referral_lint.readers.parts import Parts

_OPENS = compiled(rb"(?:^|(?<=\n))From [^\r\n]{0,200}\d{4}[^\r\n]{0,40}\r?\n", re.A)
_ESCAPED = compiled(rb"(?m)^>(>*From )")


def read(source: Source, limits: Limits) -> Iterable[Document]:
    """One document for each message, and for each of its attachments. Raises `Unreadable` if there is no message."""
    opens = list(_OPENS.finditer(source.data))
    if not opens:
        raise Unreadable("The mailbox holds no messages.")
    parts = Parts(source, limits)
    for n, found in enumerate(opens[: limits.parts], start=1):
        if parts.spent:
            break
        end = opens[n].start() if n < len(opens) else len(source.data)
        data = _ESCAPED.sub(rb"\1", source.data[found.end() : end])
        for document in read_message(Source(source.name, data), replace(parts.lower(), depth=limits.depth)):
            parts.add(document, f"message {n}")
    if len(opens) > limits.parts:
        parts.say(f"Only the first {limits.parts} messages were read: there are very many.")
    return parts.told(MBOX)
