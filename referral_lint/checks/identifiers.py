"""National numbers, account numbers and codes that the purpose of the draft does not need."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

from referral_lint.facts import facts
from referral_lint.model import Span
from referral_lint.patterns import compiled
from referral_lint.rules.rule import Match, Rule

if TYPE_CHECKING:
    from referral_lint.understanding.draft import Draft

_WHY = compiled(
    r"(?i)\b(?:because|you (?:asked|need|will need|require)|needed (?:for|to)|so that you|as requested|to match)\b"
)


@cache
def _numbers() -> list[tuple[re.Pattern[str], frozenset[str]]]:
    """rules/data/numbers.yaml: a pattern, and the purposes in which its number is no surprise."""
    return [(compiled(kind["pattern"]), frozenset(kind["purposes"])) for kind in facts("numbers.yaml").values()]


def not_needed(draft: Draft, rule: Rule) -> Iterator[Match]:
    """Numbers of kinds that none of the draft's purposes needs, unless the sentence says why they stand there."""
    purposes = {p.id for p in draft.purposes}
    for pattern, fits in _numbers():
        for found in pattern.finditer(draft.text):
            group = "n" if found["n"] else "n2"
            span = Span(*found.span(group))
            if purposes & fits or (fits and not purposes) or draft.has(_WHY, draft.sentence_at(span.start)):
                continue
            yield Match(rule, span)
