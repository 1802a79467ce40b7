"""Pronouns that could mean two people: “he” and “she”, with both of them.

Two people are sought whom the pronoun fits; a small linear model then judges, by how they are spoken of, whether a careful
reader would ask who is meant.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from referral_lint.understanding.pronouns import known, pairs, signs, weights
from referral_lint.understanding.pronouns.mentions import Who
from referral_lint.understanding.pronouns.pairs import Pair
from referral_lint.understanding.pronouns.words import PRONOUN

if TYPE_CHECKING:
    from referral_lint.understanding.draft import Draft

__all__ = ["BESIDE", "PRONOUN", "Pair", "Who", "unclear"]
BESIDE = 40  # characters: the next pronoun so near is asked about with the one before it


def unclear(draft: Draft) -> Iterator[Pair]:
    """The pronouns of the writer's own words that could be either of two people, in order.

    Raises ModelError if the weights are missing.
    """
    if not pairs.SUBJECT.search(draft.text):
        return
    model, people = weights.load(), known.of(draft)
    end = -BESIDE - 1
    for pair in pairs.find(draft, people):
        if pair.pronoun.start - end > BESIDE and model.likelihood(signs.of(draft, pair, people)) >= model.limit:
            end = pair.pronoun.end
            yield pair
