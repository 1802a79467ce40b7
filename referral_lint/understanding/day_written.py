"""On which day a draft was written: the date that it carries at its head, or that of signing it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from referral_lint.model import Document
from referral_lint.patterns import compiled
from referral_lint.understanding.dates import Dated, all_in
from referral_lint.understanding.signing import closes, is_of_family

# In a line that began with something else: “DOB 13/04/2011   today 11/11/2025”.
_TODAY = compiled(r".*\d.*\b(?=(?:today|date(?: completed)?)\W*$)")
# Before a date that is somebody's birth, or of something else than the writing.
_NOT_ITS_OWN = compiled(
    r"birth|born|\bb\. ?\d?|d\.?o\.?b|\b(?:due|since|review|from|until|seen|visited|admitted|discharged|expires|valid to|tenancy start)(?: dated?| on)?\W*$"
    r"|(?<!completed )(?<!made )(?<!sent )(?<!signed )(?<!written )(?<!typed )(?<!referred )\b(?:on|of) $"
)
# A form asks for the day of writing it, or for that of something that it tells of: “date of visit”, “incident date”.
_WRITING = r"(?:referral|letter|report|request|form|enquiry|complet|writing|sending|sign|email|message|note|notif|application|record|entry|statement|assessment|submission|transfer|handover|answer|reply|issue)"
_EVENT = compiled(
    rf"\bdates?(?:(?: and|,|/)? ?times?)? of (?!(?:(?:this|the|your) )?{_WRITING})(?:(?!\bdate)[^.;\n\d]){{2,}}$"
    r"|\b(?:visit|incident|event|accident|call|contact|appointment|session|meeting|admission|discharge|attendance|injury) date\W*$"
)
# What a form calls the day of writing, where it asks for that of an event before.
_ASKED = compiled(
    rf"\bdated?(?: of (?:(?:this|the|your) )?{_WRITING}\w*| (?:completed|written|signed|sent|submitted))?\W*$|\b(?:signed|completed|written|sent)(?: on)?\W*$"
)
_WITH_AGE = compiled(r",? \(?\d{1,3}(?:\)|,? (?:years?|yrs?|months?|mths?|weeks?)\b)")


_YEARS = range(1900, 2100)  # that a date in the text may have; another is a clock's mistake
_LONG = 1000  # days; a draft is not so much older than the days it tells of
_HEAD = 700  # characters at the top in which a draft says its date
_TABLE = 500  # characters above a date in which the head of its table stands
_BIRTHS = compiled(r"(?i)\b(?:births?|born|d\.?o\.?b)\b[^:]*$")
_BACK = 40  # characters before a date that say what it is of


def of_draft(document: Document, today: date) -> date | None:
    """The date that the draft carries: the email's, else a full date near its top that is its own, else that of signing it."""
    sent = document.envelope.sent if document.envelope is not None else None
    if sent is not None and sent.year in _YEARS:
        return sent
    head = list(_at_head(document, today))
    if head and not _is_of_an_event(document, head[0]):
        return head[0].value
    asked = next((d for d in head[1:] if _ASKED.search(_before(document, d))), None)
    signed = (d for d in all_in(document.text) if d.value is not None and closes(document, d))
    own = asked or max(signed, default=None, key=lambda d: d.span)
    return own.value if own is not None else None


def has_day(document: Document, today: date) -> bool:
    """Does it give its own date, or else that of the visit or call it tells of, by which “yesterday” can be placed?"""
    return of_draft(document, today) is not None or next(_at_head(document, today), None) is not None


def _at_head(document: Document, today: date) -> Iterator[Dated]:
    """The full dates near the top that are no births, no deadlines and not within a sentence."""
    newest = max((d.value for d in all_in(document.text) if d.value and d.value <= today), default=None)
    for found in all_in(document.text, 0, _HEAD):
        if found.value is None or _WITH_AGE.match(document.text, found.span.end) or _is_long_past(found.value, newest):
            continue
        line = document.text.rfind("\n", 0, found.span.start) + 1
        if not _NOT_ITS_OWN.search(_before(document, found)) and not is_of_family(document.text, line):
            if not _is_under_births(document, found, line):
                yield found


def _is_under_births(document: Document, found: Dated, line: int) -> bool:
    """Does it stand in a table or below a label that asks for births? The nearest line above that has no figures says of what it is."""
    before = _before(document, found)
    if ":" in before or _ASKED.search(before):
        return False
    rows = reversed(document.text[max(0, line - _TABLE) : line].splitlines())
    return _BIRTHS.search(next((row for row in rows if not re.search(r"\d", row)), "")) is not None


def _is_of_an_event(document: Document, found: Dated) -> bool:
    """Does the form ask for the day of a visit or a call, in the date's line or in the one above?"""
    above = document.text[max(0, found.span.start - _BACK) : found.span.start].lower().rstrip().rpartition("\n")[2]
    return _EVENT.search(_before(document, found).strip() or above) is not None


def _before(document: Document, found: Dated) -> str:
    """What stands before a date in its line, in small letters."""
    before = document.text[max(0, found.span.start - _BACK) : found.span.start].lower()
    return _TODAY.sub("", before.rsplit("\n", 1)[-1])


def _is_long_past(value: date, newest: date | None) -> bool:
    """Do other dates lie so far behind it that it is a birth or the beginning of something?"""
    return newest is not None and (newest - value).days > _LONG
