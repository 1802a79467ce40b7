"""Who writes to whom about what, from the header lines of an email or of a pasted draft."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from email.utils import parsedate_to_datetime

from referral_lint.model import Envelope, Mailbox
from referral_lint.patterns import compiled

LONGEST = 100_000  # characters of a header line that are read
_IN_ADDRESS = r"[^\s<>()\[\],;:\"']"
# Begins where a stretch of such characters begins, so that each is looked at once: a header may hold 100,000 of them.
_ADDRESS = compiled(rf"(?:[<(\[](?:mailto:)?|mailto:|(?<!{_IN_ADDRESS}))({_IN_ADDRESS}+@{_IN_ADDRESS}+)[>)\]]?")
_REPLY = compiled(r"\s*(?:re|aw|sv|antw)\s*(?:\[\d+\])?\s*:", re.I)
_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_MONTH = r"(?P<month>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_DATES = (
    compiled(r"(?P<year>(?:19|20)\d\d)-(?P<number>\d{1,2})-(?P<day>\d{1,2})"),
    compiled(rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)?[ \-/]{_MONTH},?[ \-/](?P<year>(?:19|20)\d\d)", re.I),
    compiled(rf"\b{_MONTH} (?P<day>\d{{1,2}})(?:st|nd|rd|th)?,? (?P<year>(?:19|20)\d\d)", re.I),
    compiled(r"\b(?P<day>\d{1,2})[/.\-](?P<number>\d{1,2})[/.\-](?P<year>(?:19|20)?\d\d)\b"),
)


def envelope(headers: Mapping[str, str], attachments: tuple[str, ...] = ()) -> Envelope:
    """The envelope from header values by lower-case name: subject, from, to, cc, bcc, date or sent."""
    subject = " ".join(headers.get("subject", "").split())
    senders = mailboxes(headers.get("from", ""))
    return Envelope(
        subject=subject,
        sender=senders[0] if senders else None,
        to=mailboxes(headers.get("to", "")),
        cc=mailboxes(headers.get("cc", "")),
        bcc=mailboxes(headers.get("bcc", "")),
        sent=day(headers.get("date", "") or headers.get("sent", "")),
        attachments=attachments,
        is_reply=bool(_REPLY.match(subject) or headers.get("in-reply-to")),
    )


def mailboxes(value: str) -> tuple[Mailbox, ...]:
    """The people of one header value. "Joan Pritchard, headteacher" is one person without an address.

    A semicolon parts two people; a comma does only after an address.
    """
    value = " ".join(value[:LONGEST].split())
    parts: list[str] = []
    for piece in value.split(";"):
        begins = 0
        for found in _ADDRESS.finditer(piece):
            after = re.compile(r"[>)\]\"']*\s*,").match(piece, found.end())
            if after:
                parts.append(piece[begins : found.end()])
                begins = after.end()
        parts.append(piece[begins:])
    return tuple(mailbox(part) for part in parts if part.strip(" ,\"'"))


def mailbox(part: str) -> Mailbox:
    """One person: the name as written and the address, either of which may be empty."""
    found = _ADDRESS.search(part)
    address = found[1].strip(".") if found else ""
    name = part[: found.start()] + " " + part[found.end() :] if found else part
    name = " ".join(name.split()).strip(" ,\"'<>").replace('\\"', '"')
    return Mailbox("" if name == address else name, address)


def day(value: str) -> date | None:
    """The day of a date line as mail programs and people write them, British order; None if there is none."""
    value = value[:200]
    for pattern in _DATES:
        if found := pattern.search(value):
            return _checked(found.groupdict())
    try:
        return parsedate_to_datetime(value).date()
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _checked(parts: Mapping[str, str | None]) -> date | None:
    month = parts.get("month")
    number = _MONTHS.index(month[:3].lower()) + 1 if month else int(parts.get("number") or 0)
    year = int(parts.get("year") or 0)
    try:
        return date(year + 2000 if year < 100 else year, number, int(parts.get("day") or 0))
    except ValueError:
        return None
