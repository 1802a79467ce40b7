"""Whose a telephone number is: different people and services have different numbers, and often similar ones."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from referral_lint.model import Span
from referral_lint.patterns import compiled
from referral_lint.understanding.alternatives import either
from referral_lint.understanding.needles import Sought
from referral_lint.understanding.people.words import ROLE_OF, WORK

if TYPE_CHECKING:
    from referral_lint.understanding.draft import Draft

NUMBER = compiled(r"(?<![\d+/])0\d{3,4} ?\d{3} ?\d{3,4}(?![\d/])")
_REACH = 70  # characters before a number, in its line, in which it is said whose it is
_WRITER = "the writer"
_PLACES = "team|line|helpline|service|services|clinic|surgery|practice|school|nursery|college|office|duty|reception|switchboard|desk|ward|hospital|unit|hub|centre|council|advice|police|charity|shelter|hostel|hours|emergency|emergencies|secretary|fax|mobile|mob|landline|home|work|evenings?|daytime"
_OWNER = Sought(
    rf"(?i)\b(?:{either(ROLE_OF)})\b|\b(?:{WORK})\b|\b(?:(?!(?:the|our|my|your|a|an|this|call|ring|on|or|and|to|of|from|at)\b)[a-z][\w-]* )?(?:{_PLACES})\b|\b(?:his|her|their)\b|\b(?-i:[A-Z]{{3,}})\b"
)
_OWN = compiled(r"(?i)\b(?:me|my|mine|us|i|i['’]m|ours?)\b")


def is_of_one(draft: Draft, first: Span, then: Span) -> bool:
    """Are the two meant to be the number of one person or service?

    A number of which nothing is said is the writer's, as in a letterhead, or if it comes second that of the first.
    """
    one = _owners(draft, first) or {_WRITER}
    return bool(one & (_owners(draft, then) or one))


def _owners(draft: Draft, number: Span) -> set[str]:
    """The people and services named right before a number, or in brackets behind it."""
    near = _said_of(draft, number)
    owners = {hit[0].lower() for hit in draft.searched.every(_OWNER, *near)}
    for name in draft.names_between(*near):
        words = {word.lower() for word in name.words}
        owners |= {_WRITER} if draft.sender is not None and words & set(draft.sender.name.lower().split()) else words
    if _OWN.search(draft.text, *near) and not owners - {"mobile", "mob", "landline"}:
        owners.add(_WRITER)
    return owners


def _said_of(draft: Draft, number: Span) -> Span:
    """From the beginning of the sentence, the line, or the number before."""
    start = max(
        draft.sentence_at(number.start).start, draft.text.rfind("\n", 0, number.start) + 1, number.start - _REACH
    )
    before = [hit.end() for hit in NUMBER.finditer(draft.text, start, number.start)]
    behind = re.compile(r" ?\([^)\n]{1,30}\)").match(draft.text, number.end)
    return Span(max([start, *before]), behind.end() if behind else number.start)
