"""The date under a draft against the date at its head."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from referral_lint.model import BlockKind
from referral_lint.rules.rule import Match, Rule
from referral_lint.understanding.dates import Dated, without_stop

if TYPE_CHECKING:
    from referral_lint.understanding.draft import Draft

_DONE = re.compile(
    r"(?i)\b(?:signed|form completed|completed|returned by|signature)\b(?:[^\n.;]|\b[A-Z]\.){0,45}$|(?:^|\s{3,}|\t|\|)\s*dated?\W*$"
)
_OTHERS = re.compile(
    r"(?i)\b(?:enc|encl|enclosed|attached|review|next|by the|due|letter|parents?|mum|mother|dad|father|carer|consent\w*|agree\w*|told|discharge|birth|d\.?o\.?b|born|start\w*|seen|visit\w*|since|until|deadline|panel)\b"
)
_OF_ANOTHER = re.compile(r"(?i)\brequest(?:ed)?(?: dated| of)?\W*$")
_AMENDED = re.compile(
    r"(?i)[\s,]*(?:\(?(?:\w+day|mon|tues?|weds?|thurs?|fri|sat|sun)\)?|amended|corrected copy|corrected|final)?[\s,.)]*(?:[A-Z][^\n]{0,40})?$"
)


def closing_date(draft: Draft, rule: Rule) -> Iterator[Match]:
    """“Signed 2.4.25” under a draft of 3 April 2025: the last date of a draft, if it closes it."""
    head = next((d for d in draft.dates if d.value == draft.dated), None) if draft.dated is not None else None
    day = draft.dates[-1] if draft.dates else None
    if head is None or day is None or draft.dated is None or not _is_last(draft, day, head) or not _closes(draft, day):
        return
    closed = _read(day, draft.dated)
    if closed != draft.dated and abs((closed - draft.dated).days) < _MOST:
        why = f"the draft is dated “{draft.words(head.span)}”"
        yield Match(rule, without_stop(draft.text, day.span), {"why": why}, related=(head.span,))


_NEAR = 150  # characters beside a date in which it is said what it is of
_MOST = 400  # days: another year is a slip; more, and the date at the head is of something else


def _is_last(draft: Draft, day: Dated, head: Dated) -> bool:
    """Does it stand in the last third, and is the date at the head the draft's own?"""
    before = draft.text[max(0, head.span.start - 25) : head.span.start]
    return day.span.start > max(head.span.end, 2 * len(draft.text) // 3) and _OF_ANOTHER.search(before) is None


def _closes(draft: Draft, day: Dated) -> bool:
    """Does it stand where one signs: alone in one of the last lines, or after “Signed”?"""
    text, start = draft.text, draft.text.rfind("\n", 0, day.span.start) + 1
    end = text.find("\n", day.span.end)
    before, after = text[start : day.span.start], text[day.span.end : end if end >= 0 else len(text)].rstrip()
    block = draft.document.block_at(day.span.start)
    if (
        block is None
        or block.kind in (BlockKind.QUOTED, BlockKind.BANNER)
        or _OTHERS.search(re.split(r"(?<!\b[A-Z])[.;] ", before)[-1])
    ):
        return False
    rest = text[end:].strip() if end >= 0 else ""
    if rest.count("\n") > 1:
        return False
    if _DONE.search(before[-_NEAR:]):
        return True
    return not before.strip(" (") and len(after) < _NEAR and _AMENDED.fullmatch(after) is not None


def _read(day: Dated, dated: date) -> date:
    """The day, in the year of the draft if it gives none."""
    try:
        return date(day.year or dated.year, day.month, day.day)
    except ValueError:
        return dated  # said elsewhere
