"""Does the draft tell that somebody takes an adult's money, food, tablets or freedom? That is evidence of harm, never surplus."""

from __future__ import annotations

import re
from collections.abc import Iterator
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


def _sought(ways: list[str]) -> tuple[Sought, ...]:
    return tuple(
        Sought(rf"\b(?:(?:his|her|their|the|an?) )?(?:{_spelled(way, _DATA['words'])})\b", re.I) for way in ways
    )


_TAKINGS, _OTHER_WAYS = _sought(_DATA["takings"]), _sought(_DATA["other_ways"])
_OF_A_NEED = re.compile(
    rf"(?i)\b{_DATA['words']['NEEDS']}$"
)  # “takes her shopping”: for a need there is another reading


def tells_of_harm(draft: Draft, span: Span) -> bool:
    """Do the words at the span say so, or a part of it?"""
    sentence = draft.sentence_at(span.start)
    return any(
        found.start() < span.end and span.start < found.end()
        for way in (*_TAKINGS, *_OTHER_WAYS)
        for found in draft.searched.every(way, *sentence)
    )


def takings(draft: Draft) -> Iterator[Span]:
    """Where the writer says that somebody takes another's money or property."""
    for way in _TAKINGS:
        for found in draft.searched.every(way):
            if draft.is_own_offset(found.start()) and not _OF_A_NEED.search(found[0]):
                yield Span(*found.span())
