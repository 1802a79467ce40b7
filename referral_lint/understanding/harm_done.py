"""Does the draft tell that somebody hurts another, or takes an adult's money, food, tablets or freedom? That is evidence of harm, never surplus."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import TYPE_CHECKING

from referral_lint.facts import facts
from referral_lint.model import Span
from referral_lint.patterns import compiled
from referral_lint.understanding.needles import Sought

if TYPE_CHECKING:
    from referral_lint.understanding.draft import Draft


def spelled(pattern: str, words: dict[str, str]) -> str:
    """A pattern of which {NAMES} stand for these words, which may name others."""
    while (filled := re.sub(r"\{([A-Z]+)\}", lambda name: words[name[1]], pattern)) != pattern:
        pattern = filled
    return pattern


def ways(patterns: Iterable[str], words: dict[str, str]) -> tuple[Sought, ...]:
    """Patterns in which {NAMES} stand for these words."""
    return tuple(Sought(rf"\b(?:(?:his|her|their|the|an?) )?(?:{spelled(way, words)})\b", re.I) for way in patterns)


_DATA = facts("harm_done.yaml")
_TAKINGS, _OTHER_WAYS = (ways(_DATA[kind], _DATA["words"]) for kind in ("takings", "other_ways"))
_HURTS = tuple(Sought(rf"\b{spelled(way, _DATA['words'])}", re.I) for way in _DATA["hurts"])
# “Nobody has ever hit him”; but “not sure who hit him”.
_DENIED = compiled(
    r"(?i)(?:\b(?:nobody|no[ -]one|none|never|not|no|without)|n['’]t)(?: (?:is|are|was|were|has|have|had|be|been|being|ever|\w+ly))*\W*$"
)
_BEFORE = 60  # characters before a harm in which it is denied
_OF_A_NEED = compiled(rf"(?i)\b{_DATA['words']['NEEDS']}$")  # “takes her shopping”: for a need there is another reading


def tells_of_harm(draft: Draft, span: Span) -> bool:
    """Do the words at the span say so, or a part of it?"""
    sentence = draft.sentence_at(span.start)
    return any(
        found.start() < span.end and span.start < found.end()
        for way in (*_TAKINGS, *_OTHER_WAYS)
        for found in draft.searched.every(way, *sentence)
    )


def hurts(draft: Draft) -> Iterator[Span]:
    """Where the writer says that somebody is hit, threatened, used or neglected, or of the marks that it left."""
    for way in _HURTS:
        for found in draft.searched.every(way):
            before = draft.text[max(0, found.start() - _BEFORE) : found.start()]
            if draft.is_own_offset(found.start()) and not _DENIED.search(before):
                yield Span(*found.span())


def takings(draft: Draft) -> Iterator[Span]:
    """Where the writer says that somebody takes another's money or property."""
    for way in _TAKINGS:
        for found in draft.searched.every(way):
            if draft.is_own_offset(found.start()) and not _OF_A_NEED.search(found[0]):
                yield Span(*found.span())


def is_told(draft: Draft) -> bool:
    """Does the writer tell of any harm that these patterns know?"""
    ways = (found for way in _OTHER_WAYS for found in draft.searched.every(way) if draft.is_own_offset(found.start()))
    return next(chain(hurts(draft), takings(draft), ways), None) is not None
