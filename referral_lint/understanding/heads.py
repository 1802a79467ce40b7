"""Where a draft says to whom it goes and what it is: addressee lines, title and subject."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from referral_lint.model import Document, Span
from referral_lint.patterns import compiled
from referral_lint.understanding.greetings import GREETING

if TYPE_CHECKING:
    from referral_lint.understanding.draft import Draft

HEAD = 1500  # characters in which a draft names its reader

_TO_LINE = compiled(
    r"(?im)^[ \t>*-]*(?:to be sent to|(?:please )?(?:return|send|submit|email|post|address|pass)(?:ed)?(?: \w+)? to(?: the)?|sent to|sent on to|to"
    r"|fao|for the attention of|for|referr(?:ed|al) to|name of service[^:|\n]*|service|team|recipient|agency referred to)\b[ \t]*[:|-]?[ \t]*(?P<who>\S[^\n]*)"
)
_DEAR = compiled(rf"(?im)^[ \t]*(?:{GREETING}|to whom)[ \t,]+(?P<who>[^\n,]+)")
_SUBJECT = compiled(r"(?im)^(?:subject|re)[ \t]*:[ \t]*(?P<who>\S[^\n]*)")
_DATE_LINE = compiled(
    r"(?im)^[ \t]*(?:date[^\n]{0,12}|dictated[^\n]*|(?:\w+day,? )?(?:\d{1,2}|_+)(?:st|nd|rd|th)?[ /.](?:\w+|\d\d?)[ /.](?:20)?\d\d)[ \t]*[^\n]{0,40}$"
)


def addressees(draft: Draft) -> list[Span]:
    """The stretches that name the reader: To lines, the address above the salutation, the salutation."""
    text = draft.text
    envelope = draft.document.envelope is not None
    # In an email the first lines are header lines: From names the writer.
    spans = [Span(*found.span("who")) for found in _TO_LINE.finditer(text, 0, min(len(text), HEAD))]
    dear = _DEAR.search(text, 0, min(len(text), 2 * HEAD))
    if dear:
        spans.append(Span(*dear.span("who")))
        if not envelope:
            spans.append(_address_above(text, dear.start()))
    if not envelope:  # “Please return to …” is often a form's last line
        spans += [Span(*f.span("who")) for f in _RETURN.finditer(text, max(HEAD, len(text) - 400))]
    return spans


_RETURN = compiled(
    r"(?im)^[ \t]*(?:please )?(?:return|send|submit|email)(?:ed)?(?: \w+){0,3} to[ \t]*:?[ \t]*(?P<who>\S[^\n]*)"
)


def _address_above(text: str, dear: int) -> Span:
    """The reader's address in a letter stands between the date and the salutation, below the letterhead."""
    dates = [found.end() for found in _DATE_LINE.finditer(text, 0, dear)]
    if dates and text[dates[-1] : dear].strip():
        return Span(dates[-1], dear)
    blocks = [m.start() for m in re.finditer(r"\n[ \t]*\n", text[:dear])]
    return Span(blocks[-2] if len(blocks) > 1 else 0, dear) if len(blocks) > 1 else Span(dear, dear)


def salutation(draft: Draft) -> int:
    """Where a letter's text begins: at its salutation; 0 for anything else."""
    if draft.kind != "letter":
        return 0
    dear = _DEAR.search(draft.text, 0, min(len(draft.text), HEAD))
    return dear.start() if dear else 0


def titles(draft: Draft) -> list[Span]:
    """Subject line, “Re:” line, and the title of a form or note. A letter begins with the sender's own name."""
    text = draft.text
    spans = [Span(*found.span("who")) for found in _SUBJECT.finditer(text, 0, min(len(text), HEAD))]
    if draft.document.envelope is None and draft.kind in ("form", "note"):
        spans += first_lines(draft.document, 3)
    return spans


def first_lines(document: Document, count: int) -> list[Span]:
    """The first lines that are not empty and do not name the writer."""
    spans = []
    for found in re.finditer(r"[^\n]*\S[^\n]*", document.text[:600]):
        if not re.match(r"(?i)\s*(?:from|by|completed by|written by|referrer|return|date)\b", found[0]):
            spans.append(Span(*found.span()))
        if len(spans) == count:
            break
    return spans
