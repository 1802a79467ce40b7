"""Does the text itself show that somebody is in immediate danger, now or today?

Better once too often than once too seldom: an urgent draft is shown its findings below the line about 999 and is never held.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from referral_lint.model import BlockKind
from referral_lint.understanding import danger

if TYPE_CHECKING:
    from referral_lint.understanding.draft import Draft
    from referral_lint.understanding.saying.units import Unit

LIMIT = -2.3  # the odds above which a draft is urgent
TICKED = 0.8  # how much lower they may be where a box says “now”
_NOW = re.compile(
    r"(?i)\W*(?:x\W+)?(?:now|immediate(?:ly)?|emergency|today|tonight|same day|within (?:\d|one|two|four|a few) hours?)\s*(?:$|[-–—:;,.(\[])"
)


def is_urgent(draft: Draft) -> bool:
    """True if a few sentences that stand together tell of danger now strongly enough."""
    return danger.odds(spoken(draft), draft.heard) > LIMIT - TICKED * says_now(draft)


def says_now(draft: Draft) -> bool:
    """Did the writer tick that something is needed now, or today?"""
    return any(
        block.ticked and _NOW.match(draft.text, block.start, block.end)
        for block in draft.document.blocks_of(BlockKind.OPTION)
    )


def spoken(draft: Draft) -> list[Unit]:
    """What the writer says, without titles, subject lines and the words of others in quotation marks."""
    return [unit for unit in draft.units if unit.role != "title" and not draft.is_quoted(unit.span)]
