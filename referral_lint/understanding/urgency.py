"""Does the text itself show that somebody is in immediate danger, now or today?

Better once too often than once too seldom: an urgent draft is shown its findings below the line about 999 and is never held.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from referral_lint.understanding import danger

if TYPE_CHECKING:
    from referral_lint.understanding.draft import Draft
    from referral_lint.understanding.saying.units import Unit

LIMIT = -2.3  # the odds above which a draft is urgent


def is_urgent(draft: Draft) -> bool:
    """True if a few sentences that stand together tell of danger now strongly enough."""
    return danger.odds(spoken(draft), draft.heard) > LIMIT


def spoken(draft: Draft) -> list[Unit]:
    """What the writer says, without titles, subject lines and the words of others in quotation marks."""
    return [unit for unit in draft.units if unit.role != "title" and not draft.is_quoted(unit.span)]
