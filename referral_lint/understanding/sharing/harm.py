"""Does the draft tell that somebody takes an adult's money, food, tablets or freedom? That is evidence of harm, never surplus."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from referral_lint.facts import facts
from referral_lint.model import Span
from referral_lint.understanding.needles import Sought

if TYPE_CHECKING:
    from referral_lint.understanding.draft import Draft


def _spelled(pattern: str, words: dict[str, str]) -> str:
    while (filled := re.sub(r"\{([A-Z]+)\}", lambda name: words[name[1]], pattern)) != pattern:
        pattern = filled
    return pattern


_DATA = facts("harm_done.yaml")
_DONE = tuple(Sought(rf"\b(?:{_spelled(way, _DATA['words'])})\b", re.I) for way in _DATA["ways"])


def tells_of_harm(draft: Draft, span: Span) -> bool:
    """Do the words at the span say so, or a part of it?"""
    sentence = draft.sentence_at(span.start)
    return any(
        found.start() < span.end and span.start < found.end()
        for way in _DONE
        for found in draft.searched.every(way, *sentence)
    )
