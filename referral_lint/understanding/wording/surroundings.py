"""What stands around a stretch that may be a fault: a draft that is careful elsewhere means the same words harmlessly more often.

The weights are a logistic regression for each label (models/scripts/train_surroundings.py).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from referral_lint.understanding.layers import Floats, Ints, sigmoid

SIGNS = 9
# Of a few sentences nobody knows how careful their writer is: they count as if so many more stood there, rather careless ones.
_UNSEEN, _ANY, _SAME = 4, 0.4, 0.05
_FEWEST = 8  # sentences that a draft is taken to have at least


def logit(likely: float) -> float:
    """A probability as log odds, within bounds."""
    bounded = min(max(likely, 1e-4), 1 - 1e-4)
    return float(np.log(bounded / (1 - bounded)))


def likely(odds: Floats) -> Floats:
    """Log odds as probabilities."""
    return sigmoid(odds).astype(np.float32)


@dataclass(frozen=True)
class Surroundings:
    """`any_label` is (tokens,): how likely each has any label; `by_label` is (tokens, labels); `sentence` their numbers from 0."""

    any_label: Floats
    by_label: Floats
    sentence: Ints

    @cached_property
    def _starts(self) -> Ints:
        return np.flatnonzero(np.r_[True, self.sentence[1:] != self.sentence[:-1]])

    @cached_property
    def _faulty(self) -> Floats:
        """(sentences,): how likely its likeliest word has any label."""
        result: Floats = np.maximum.reduceat(self.any_label, self._starts)
        return result

    @cached_property
    def _labelled(self) -> Floats:
        """(sentences, labels): the same for each label."""
        result: Floats = np.maximum.reduceat(self.by_label, self._starts, axis=0)
        return result

    def signs(self, label: int, first: int, last: int) -> Floats:
        """(SIGNS,) of the tokens from `first` to before `last`, which stand in one sentence.

        How likely they have the label; how likely the other sentences have any, or this one; so the sentence before and the one after;
        how many there are; how likely the rest of the sentence has any; how likely the words have it on the whole; how many they are.
        """
        own = self.by_label[first:last, label]
        at = int(np.searchsorted(self._starts, first, "right")) - 1
        many = len(self._starts)
        begin, end = self._starts[at], self._starts[at + 1] if at + 1 < many else len(self.sentence)
        beside = max(self.any_label[begin:first].max(initial=0), self.any_label[last:end].max(initial=0))
        others = [
            (each.sum() - each[at] + _UNSEEN * typical) / (many - 1 + _UNSEEN)
            for each, typical in ((self._faulty, _ANY), (self._labelled[:, label], _SAME))
        ]
        before = self._faulty[at - 1] if at else 0.0
        after = self._faulty[at + 1] if at + 1 < many else 0.0
        rates = [logit(float(own.max())), *map(logit, others), before, after]
        return np.array([*rates, np.log(max(many, _FEWEST)), beside, own.mean(), last - first], np.float32)
