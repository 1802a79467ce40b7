"""How strongly a few sentences tell of danger now, by their words in order: a small network.

Trained by models/scripts/train_danger_network.py; here plain numpy: vectors of the words and of their endings, layers that look one
word to either side within a unit, and for each stretch a summary in which each head weighs the words that it looks for.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from referral_lint.paths import MODELS
from referral_lint.understanding import layers
from referral_lint.understanding.danger.stretches import groups
from referral_lint.understanding.layers import Floats, Ints
from referral_lint.understanding.saying.features import plain_words
from referral_lint.understanding.saying.units import Unit

LONGEST, ASKING = 400, 60  # words of a unit that are read, and of the question that it answers
AT_ONCE = 30  # stretches that are read together, so that a long draft takes no more memory than a short one
STRANGE, ASKED = 1, 2  # rows of a word unknown, and of the end of the question that a unit answers
FIRST = 3  # row of the vocabulary's first word
Row = tuple[int, int]  # of a word, and of its ending
ENDINGS, LETTERS = 1024, 4  # rows for endings, and how many letters one has


def odds(said: Sequence[Unit]) -> float:
    """Of the stretch that tells of danger most strongly, the logarithm of its odds; -inf where nothing is said."""
    return max((float(part.max()) for part in load().odds(said)), default=float("-inf"))


@dataclass(frozen=True)
class Network:
    """`vocabulary` gives the row of a word as `plain_words` gives it; `weights` are the layers by name."""

    vocabulary: Mapping[str, int]
    weights: Mapping[str, Floats]

    def rows(self, unit: Unit) -> list[Row]:
        """The row of each word and of its ending, those of a question before its answer; never empty."""
        asked = [*map(self._word, plain_words(unit.question)[-ASKING:]), (ASKED, 0)] if unit.question else []
        return [*asked, *map(self._word, plain_words(unit.text)[:LONGEST])] or [(STRANGE, 0)]

    def _word(self, word: str) -> Row:
        row = self.vocabulary.get(word) or self.vocabulary.get(word.removesuffix("s"), STRANGE)
        return row, zlib.crc32(word[-LETTERS:].encode("utf-8")) % ENDINGS

    def odds(self, said: Sequence[Unit]) -> Iterator[Floats]:
        """The logarithm of the odds of each stretch of a draft, in portions of whole stretches."""
        every = groups(len(said)) if said else []
        for start in range(0, len(every), AT_ONCE):
            some = every[start : start + AT_ONCE]
            first, last = some[0][0], sum(some[-1])
            yield self.odds_of([self.rows(unit) for unit in said[first:last]], [(at - first, n) for at, n in some])

    def odds_of(self, units: Sequence[Sequence[Row]], stretches: Sequence[tuple[int, int]]) -> Floats:
        """(stretches,): the logarithm of the odds of each, a stretch being its first unit and how many these are.

        A unit is read once, in however many stretches it stands.
        """
        known, sizes = self.weights, np.array([len(rows) for rows in units])
        rows = np.array([row for unit in units for row in unit], np.int64)
        part, starts = np.repeat(np.arange(len(units)), sizes), np.r_[0, np.cumsum(sizes)[:-1]]
        vectors = np.concatenate([known["words"][rows[:, 0]], known["endings"][rows[:, 1]]], axis=1)
        hidden = layers.read(vectors, part, known)
        scores = layers.dense(hidden, known, "heads")
        summary = np.stack([_summary(hidden, scores, *_words(starts, sizes, at, n)) for at, n in stretches])
        result: Floats = layers.dense(layers.gelu(layers.dense(summary, known, "join")), known, "output")[:, 0]
        return result


def _words(starts: Ints, sizes: Ints, at: int, count: int) -> tuple[int, int]:
    last = at + count - 1
    return int(starts[at]), int(starts[last] + sizes[last])


def _summary(hidden: Floats, scores: Floats, start: int, end: int) -> Floats:
    """What each head looks for, the mean and the maximum of the words of a stretch, ((heads + 2) · width,)."""
    its, weight = hidden[start:end], layers.softmax(scores[start:end].T)
    return np.concatenate([(weight @ its).ravel(), its.mean(axis=0), its.max(axis=0)])


@cache
def load(path: Path = MODELS / "statements" / "danger_network.npz") -> Network:
    """The network that comes with the package. Raises ModelError if it is missing or broken."""
    words, weights = layers.load(path, "urgency")
    return Network({word: row for row, word in enumerate(words, FIRST)}, weights)
