"""How strongly a few sentences tell of danger now, by their words in order: a small network.

Trained by models/scripts/train_danger_network.py; here plain numpy: vectors of the words and of their endings, layers that look one
word to either side, and a summary in which each head weighs the words that it looks for.
"""

from __future__ import annotations

import zlib
from collections.abc import Mapping, Sequence
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

LONGEST, AT_ONCE = 400, 100  # words of a stretch that are read, and stretches that are read together
STRANGE, END, ASKED = 1, 2, 3  # rows of a word unknown, of the end of a unit, of the end of its question
FIRST = 4  # row of the vocabulary's first word
Row = tuple[int, int]  # of a word, and of its ending
ENDINGS, LETTERS = 512, 4  # rows for endings, and how many letters one has


def odds(said: Sequence[Unit]) -> float:
    """Of the stretch that tells of danger most strongly, the logarithm of its odds; -inf where nothing is said."""
    if not said:
        return float("-inf")
    known = load()
    each = [known.of_unit(unit) for unit in said]  # a unit stands in several stretches
    stretches = [joined(each[first : first + count]) for first, count in groups(len(said))]
    parts = [stretches[start : start + AT_ONCE] for start in range(0, len(stretches), AT_ONCE)]
    return max(float(known.odds_of(part).max()) for part in parts)


def joined(each: Sequence[Sequence[Row]]) -> Ints:
    """(words, 2): the rows of the units of one stretch, one after the other."""
    return np.array([row for rows in each for row in rows][:LONGEST], np.int64).reshape(-1, 2)


@dataclass(frozen=True)
class Network:
    """`vocabulary` gives the row of a word as `plain_words` gives it; `weights` are the layers by name."""

    vocabulary: Mapping[str, int]
    weights: Mapping[str, Floats]

    def rows(self, stretch: Sequence[Unit]) -> Ints:
        """(words, 2): the rows of each word and of its ending, those of a question before its answer."""
        return joined([self.of_unit(unit) for unit in stretch])

    def of_unit(self, unit: Unit) -> list[Row]:
        """The same of one unit."""
        asked = [*map(self._word, plain_words(unit.question)), (ASKED, 0)] if unit.question else []
        return [*asked, *map(self._word, plain_words(unit.text)), (END, 0)]

    def _word(self, word: str) -> Row:
        row = self.vocabulary.get(word) or self.vocabulary.get(word.removesuffix("s"), STRANGE)
        return row, zlib.crc32(word[-LETTERS:].encode("utf-8")) % ENDINGS

    def odds_of(self, read: Sequence[Ints]) -> Floats:
        """(stretches,): the logarithm of the odds of each, from its rows; none is empty."""
        known, rows = self.weights, np.concatenate(read)
        sizes = np.array([len(part) for part in read])
        part, starts = np.repeat(np.arange(len(read)), sizes), np.r_[0, np.cumsum(sizes)[:-1]]
        vectors = np.concatenate([known["words"][rows[:, 0]], known["endings"][rows[:, 1]]], axis=1)
        hidden = layers.read(vectors, part, known)
        summary = _summary(hidden, layers.dense(hidden, known, "heads"), part, starts, sizes)
        result: Floats = layers.dense(layers.gelu(layers.dense(summary, known, "join")), known, "output")[:, 0]
        return result


def _summary(hidden: Floats, scores: Floats, part: Ints, starts: Ints, sizes: Ints) -> Floats:
    """What each head looks for, the mean and the maximum of each stretch, (stretches, (heads + 2) · width)."""
    weight = layers.attention(scores, part, starts)
    found = [np.add.reduceat(hidden * weight[:, [head]], starts, axis=0) for head in range(weight.shape[1])]
    return np.concatenate([*found, layers.whole(hidden, starts, sizes)], axis=1).astype(np.float32)


@cache
def load(path: Path = MODELS / "statements" / "danger_network.npz") -> Network:
    """The network that comes with the package. Raises ModelError if it is missing or broken."""
    words, weights = layers.load(path, "urgency")
    return Network({word: row for row, word in enumerate(words, FIRST)}, weights)
