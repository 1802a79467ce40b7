"""Events told in an order that cannot be: a funeral before the death, a discharge before the admission."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from referral_lint.rules.rule import Match, Rule
from referral_lint.understanding.dates import Dated, without_stop
from referral_lint.understanding.needles import Sought

if TYPE_CHECKING:
    from referral_lint.understanding.draft import Draft

# What comes first, and what can only follow it. A date belongs to the words right before it.
_PAIRS = (
    (r"\b(?:died|passed away|passed|death)\b", r"\bfuneral\b"),
    (
        r"\b(?:admitted|admission|came in|brought in|came to (?:us|the ward))\b",
        r"\b(?:discharged?|went home|on (?:our|the|this) ward since|in (?:hospital|here) since)\b",
    ),
    (r"\b(?:arrested)\b", r"\b(?:charged|bailed|released)\b"),
)
_COMPILED = tuple((Sought(one, re.I), Sought(other, re.I)) for one, other in _PAIRS)
_REACH = 25  # characters from the event's last word to its date


def out_of_order(draft: Draft, rule: Rule) -> Iterator[Match]:
    """The date of the later event, if it lies before that of the earlier one and each is told once."""
    for one, other in _COMPILED:
        first, then = _dated(draft, one), _dated(draft, other)
        if len(first) == 1 and len(then) == 1 and _key(draft, then[0], first[0]) < _key(draft, first[0], then[0]):
            late = without_stop(draft.text, max(first[0].span, then[0].span))
            early = min(first[0].span, then[0].span)
            why = f"and “{draft.words(early)}” are in an order that cannot be"
            yield Match(rule, late, {"why": why}, related=(early,))


def _key(draft: Draft, day: Dated, other: Dated) -> tuple[int, int, int]:
    return day.year or other.year or draft.date.year, day.month, day.day


def _dated(draft: Draft, event: Sought) -> list[Dated]:
    """The days on which an event of this kind is said to have been."""
    if draft.searched.first(event) is None:
        return []
    found = []
    for day in draft.dates:
        before = draft.text[max(0, day.span.start - 45) : day.span.start]
        hits = list(event.compiled.finditer(before))
        own = draft.is_own_offset(day.span.start) and day.day and 1 <= day.month <= 12
        if (
            own
            and hits
            and len(before) - hits[-1].end() <= _REACH
            and not re.search(r"[.;\n]", before[hits[-1].end() :])
        ):
            found.append(day)
    return found
