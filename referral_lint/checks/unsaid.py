"""What a draft speaks of without the thing that belongs beside it: a telephone number and no word on when it is safe."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

from referral_lint.model import Span
from referral_lint.rules.rule import Match, Rule
from referral_lint.understanding.needles import Sought

if TYPE_CHECKING:
    from referral_lint.understanding.draft import Draft


def unsaid(draft: Draft, rule: Rule) -> Iterator[Match]:
    """One match if every `given` pattern occurs in the draft and no `said` pattern does.

    Options: `given`, `said` (lists of patterns over the whole text); `at`: a pattern of which the first occurrence in the
    writer's own words is the place, else the finding is about the whole document; `shortest`: fewest characters to ask of.
    """
    options = rule.matcher["options"]
    if len(draft.text) < options.get("shortest", 0):
        return
    if not all(draft.searched.first(_compiled(p)) for p in options.get("given", ())):
        return
    if any(draft.searched.first(_compiled(p)) for p in options["said"]):
        return
    if "at" not in options:
        yield Match(rule, None)
        return
    place = _first(draft, _compiled(options["at"]))
    if place is not None:
        yield Match(rule, place)


def _first(draft: Draft, pattern: Sought) -> Span | None:
    blocks = draft.document.blocks
    for block in draft.own_blocks():
        asked = block if block.question is None else blocks[block.question]
        start = asked.start if 0 <= block.start - asked.end < 8 else block.start  # an answer is read with its question
        found = draft.searched.first(pattern, start, block.end)
        if found:
            first, last = found.span("words" if "words" in found.re.groupindex else 0)
            return Span(max(first, block.start), last) if last > block.start else None
    return None


@cache
def _compiled(pattern: str) -> Sought:
    return Sought(pattern, re.I)
