"""Does the text itself show that somebody is in immediate danger? A first version: the words for danger now."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from referral_lint.understanding.draft import Draft

_NOW = re.compile(
    r"(?i)\b(?:immediate(?:ly)? (?:danger|risk|harm)|in danger (?:now|today|tonight)|at immediate risk|ring(?:ing)? 999|called 999"
    r"|before (?:he|she|they) (?:go(?:es)?|is collected|are collected|get[s]?) home|not safe (?:to go home|tonight|today)"
    r"|(?:unsafe|frightened|scared|afraid) to go home|emergency protection|imminent (?:risk|danger|harm)"
    r"|(?:going|goes) home to him (?:today|tonight))\b"
)
_NOT = re.compile(r"(?i)\b(?:no|not|n't|without|never|isn't|aren't|don't)\b[^.\n]{0,40}$")


def is_urgent(draft: Draft) -> bool:
    for block in draft.own_blocks():
        for found in _NOW.finditer(draft.text, block.start, block.end):
            before = draft.text[max(block.start, found.start() - 60) : found.start()]
            if not _NOT.search(before) and not draft.is_quoted_offset(found.start()):
                return True
    return False
