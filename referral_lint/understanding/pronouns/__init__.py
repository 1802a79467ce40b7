"""Pronouns that could mean two people: “he” and “she”, with both of them.

Two people are sought whom the pronoun fits; a small linear model then judges, by how they are spoken of, whether a careful
reader would ask who is meant.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from referral_lint.understanding.pronouns import known, mentions, pairs, signs, weights
from referral_lint.understanding.pronouns.known import Known
from referral_lint.understanding.pronouns.mentions import Who
from referral_lint.understanding.pronouns.pairs import Pair
from referral_lint.understanding.pronouns.words import NAME, PRONOUN

if TYPE_CHECKING:
    from referral_lint.understanding.draft import Draft

__all__ = ["BESIDE", "NAME", "PRONOUN", "Pair", "Who", "unclear"]
BACK = 4  # sentences before in which somebody may have been named
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
            yield _with_nouns(draft, pair, people)


def _with_nouns(draft: Draft, pair: Pair, people: Known) -> Pair:
    """With somebody who was spoken of before, where the first of the two is a pronoun itself or only the other's owner."""
    is_owner = pair.one.owns and pair.other.span.start <= pair.one.span.start < pair.other.span.end
    if pair.one.kind != PRONOUN and not is_owner:
        return pair
    at = bisect_left([s.start for s in draft.sentences], pair.sentence.start)
    for sentence in reversed(draft.sentences[max(0, at - BACK) : at + 1]):
        fitting = pairs.fitting(mentions.of(draft, sentence, people), pair.sex)
        for who in reversed(fitting):
            earlier = who.span.end <= pair.one.span.start and not who.owns
            if earlier and who.kind != PRONOUN and not (who.is_same(pair.other) or who.is_same(pair.one)):
                return replace(pair, one=who)
    return pair
