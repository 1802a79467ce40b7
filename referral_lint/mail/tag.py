"""`[send: the reason]` in a subject: the sender has looked and says why the message goes as it is."""

from __future__ import annotations

import re
from email.header import Header

from referral_lint.patterns import compiled

_TAG = compiled(r"\s*\[\s*send\s*:\s*(?P<reason>[^\[\]]{1,300}?)\s*\]\s*", re.I)


def reason_in(subject: str) -> str:
    """The reason that the subject gives; empty if there is none in words."""
    found = _TAG.search(subject)
    reason = found["reason"] if found else ""
    return reason if re.search(r"\w", reason) else ""


def without(subject: str) -> str:
    """The subject without the tag."""
    return _TAG.sub(" ", subject).strip()


def encoded(subject: str) -> str:
    """A subject as a header carries it: with the space before it, other than plain letters encoded, folded."""
    if subject.isascii():
        return f" {subject}"
    return " " + Header(subject.encode("utf-8", "replace").decode(), "utf-8", header_name="Subject").encode()
