"""Where a draft is signed: the date under it, and whose signature it is."""

from __future__ import annotations

import re

from referral_lint.model import BlockKind, Document
from referral_lint.patterns import compiled
from referral_lint.understanding.dates import PATTERN, Dated

_DONE = compiled(
    r"(?i)\b(?:signed|form completed|completed|returned by|signature)\b(?:[^\n.;]|\b[A-Z]\.){0,45}$|(?:^|\s{3,}|\t|\|)\s*dated?\W*$"
)
_FAMILY = r"parents?|mum|mother|dad|father|carer|consent\w*|agree\w*"
_OTHERS = compiled(
    rf"(?i)\b(?:enc|encl|enclosed|attached|review|next|by the|due|letter|{_FAMILY}|told|discharge|birth|d\.?o\.?b|born|start\w*|seen|visit\w*|since|until|deadline|panel)\b"
)
# “Dean signed 1 October” is told of somebody else.
_SIGNS = compiled(r"(?<![:|] )(?<![:|])\b[A-Z][\w'’-]+ signed\b")
_AMENDED = compiled(
    r"(?i:[\s,]*(?:\(?(?:\w+day|mon|tues?|weds?|thurs?|fri|sat|sun)\)?|amended|corrected copy|corrected|final)?[\s,.)]*)(?:[A-Z][^\n:;£\d]{0,40})?$"
)
_NEAR = 150  # characters beside a date in which it is said what it is of


def closes(document: Document, day: Dated) -> bool:
    """Does it stand where one signs: alone in one of the last lines, or after “Signed”?"""
    text, start = document.text, document.text.rfind("\n", 0, day.span.start) + 1
    end = text.find("\n", day.span.end)
    before, after = text[start : day.span.start], text[day.span.end : end if end >= 0 else len(text)].rstrip()
    block = document.block_at(day.span.start)
    if block is None or block.kind in (BlockKind.QUOTED, BlockKind.BANNER) or _is_of_others(text, start, before):
        return False
    rest = text[end:].strip() if end >= 0 else ""
    if rest.count("\n") > 1:
        return False
    if _DONE.search(before[-_NEAR:]):
        return True
    return (
        not before.strip(" (")
        and len(after) < _NEAR
        and _AMENDED.fullmatch(after) is not None
        and not _is_a_row(text, start)
    )


def _is_of_others(text: str, start: int, before: str) -> bool:
    """Is it the date of an enclosure, a deadline, or of a parent's signature, by its line or the heading over it?"""
    sentence = re.split(r"(?<!\b[A-Z])[.;] ", before)[-1]
    return bool(_OTHERS.search(sentence) or _SIGNS.search(sentence)) or is_of_family(text, start)


# “Parent's consent”, and below it “Signed: K Vance”: a heading says nothing of its own, it has no colon and no stop.
_UNDER_FAMILY = compiled(
    rf"(?i)(?:^|\n)[^\n:.?;]{{0,30}}\b(?:{_FAMILY})\b[^\n:.?;\d]{{0,30}}:?[ \t]*\n+(?:[^\n]{{0,60}}\n){{0,2}}$"
)


def is_of_family(text: str, start: int) -> bool:
    """Does the line that begins at `start` stand under a heading about the family's agreement?"""
    return _UNDER_FAMILY.search(text, max(0, start - _NEAR), start) is not None


def _is_a_row(text: str, start: int) -> bool:
    """Does the line before it begin with a date too, as in a chronology?"""
    above = text[:start].rstrip().rpartition("\n")[2]
    return PATTERN.match(above.lstrip()) is not None
