"""What sounds like danger and is none: mess, a place that is at risk, advice to anybody, exercises for learners. It is not weighed.

Only such sentences are left out, never the rest of a draft in which they stand. The phrases are rules/data/urgency_words.yaml.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cache

from referral_lint.facts import facts
from referral_lint.patterns import compiled
from referral_lint.understanding.danger import shapes
from referral_lint.understanding.danger.phrases import Phrases
from referral_lint.understanding.saying import features
from referral_lint.understanding.saying.units import Unit

_SOMEBODY = compiled(r"(?i)\b(?:s?he|him|her|his|hers|i|we|me|us|my)\b")  # “they” may be anybody
_LONGEST = 12  # sentences of an exercise


def without(units: Sequence[Unit], cut: Callable[[str], list[str]] = features.tokens) -> list[Unit]:
    """What is left to weigh."""
    left_out = {
        *shapes.matching("ordinary", units, cut),
        *(i for i in shapes.matching("advice", units, cut) if not _SOMEBODY.search(units[i].text)),
        *_exercises(units, cut),
    }
    return [unit for i, unit in enumerate(units) if i not in left_out]


def _exercises(units: Sequence[Unit], cut: Callable[[str], list[str]]) -> Iterator[int]:
    """Everything from where an exercise is announced to the last question to those who learn."""
    found = [_phrases().standing_in(cut(unit.text)) for unit in units]
    for first in (i for i, said in enumerate(found) if "announces" in said):
        asked = [i for i in range(first, min(first + _LONGEST, len(found))) if "asks" in found[i]]
        if asked and any("learners" in said for said in found[first : asked[-1] + 2]):
            yield from range(first, asked[-1] + 1)


@cache
def _phrases() -> Phrases:
    return Phrases(facts("urgency_words.yaml")["exercise"])
