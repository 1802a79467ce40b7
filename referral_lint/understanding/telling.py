"""Does the draft tell something of a person or a family? An order of chairs does not, whoever signs it and brings them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from referral_lint.model import Block, BlockKind
from referral_lint.patterns import compiled
from referral_lint.understanding.dates import BEFORE_BIRTH
from referral_lint.understanding.purposes.signs import ARRANGEMENT
from referral_lint.understanding.sharing.owner import FAMILY

if TYPE_CHECKING:
    from referral_lint.understanding.draft import Draft

_NOBODY_KNOWN = frozenset({"unknown"})
_EVERYBODY = frozenset({"Parents", "Mums", "Dads", "Mothers", "Fathers", "Grandparents"})  # of a school, of a street
_BORN = compiled(
    rf"(?i)\b{BEFORE_BIRTH}(?:is )?\d{{1,2}}(?:st|nd|rd|th)?[ /.-]\w+[ /.-]\d{{2,4}}"
    r"|\b(?:NHS|UPN|national insurance|NI)(?: no\.?| number)?\W{0,3}(?:is )?(?=\w*\d)[A-Z\d]{2,3}[ -]?\d"
)
_ONE = compiled(
    r"(?i)\b(?:the|this|that|our|your|my|an?|one|another)(?: (?!of|for|to|in|at|and|or)[\w’'-]+)? "
    r"(?:boy|girl|lad|child|baby|toddler|teenager|(?:young|older|elderly|disabled) person|pupil|student|patient|client"
    r"|tenant|resident|service user|family)\b"
    r"(?! (?:room|kitchen|ticket|seat|place|entrance|day|fun|centre|hub|transport|union|support|services?|team|group)\b)"
)
# In a message that only arranges something this may be the driver, or a colleague.
_PRONOUN = compiled(r"(?i)\b(?:s?he|him|his|her|hers)\b(?!/)")


def tells(draft: Draft) -> bool:
    """In doubt it does, unless all that it is for is to arrange something."""
    if draft.setting.tells or draft.private_facts:
        return True
    said = list(_said(draft))
    if _is_told_of(draft, said, FAMILY) or _any(draft, said, _BORN) or _any(draft, said, _ONE):
        return True
    arranges = [purpose.id for purpose in draft.purposes[:1]] == [ARRANGEMENT]
    return not arranges and (_any(draft, said, _PRONOUN) or _is_told_of(draft, said, _NOBODY_KNOWN))


def _said(draft: Draft) -> Iterator[Block]:
    """What the writer says, and what is sent along below it; not who writes to whom."""
    return (b for b in draft.document.blocks if draft.is_own_block(b) or b.kind is BlockKind.QUOTED)


def _any(draft: Draft, said: list[Block], pattern: re.Pattern[str]) -> bool:
    return any(pattern.search(draft.text, block.start, block.end) for block in said)


def _is_told_of(draft: Draft, said: list[Block], roles: frozenset[str]) -> bool:
    places = [
        mention.start
        for person in draft.people
        if person.role in roles and person.name not in _EVERYBODY
        for mention in person.mentions
        if mention.kind != "pronoun"
    ]
    return any(block.start <= place < block.end for block in said for place in places)
