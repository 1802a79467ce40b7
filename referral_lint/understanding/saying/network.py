"""What a sentence says, by its words in their order: a small network beside the linear weights.

Trained by models/scripts/train_saying.py; here plain numpy: vectors of the words and of their endings, layers that look one word to
either side, for each statement a head that weighs the words that it looks for, and a summary of the sentence.
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
from referral_lint.understanding.layers import Floats
from referral_lint.understanding.saying.features import plain_words
from referral_lint.understanding.saying.units import Unit

LONGEST, BEFORE = 90, 20  # words of a unit that are read, and of what stands before it or asks for it
AT_ONCE = 4000  # words that are read together, about
STRANGE, END = 1, 2  # rows of a word unknown and of the end
FIRST = 3  # row of the vocabulary's first word
ENDINGS, LETTERS = 1024, 4  # rows for endings, and how many letters one has
SHARE = 0.7  # how much its odds count beside those of the linear weights
EARLIER, SAID, ENDED = 1, 2, 3  # what a word is: of what stands before, of the unit itself, its end


@dataclass(frozen=True)
class Network:
    """`vocabulary` gives the row of a word as `plain_words` gives it; `weights` are the layers by name."""

    vocabulary: Mapping[str, int]
    weights: Mapping[str, Floats]

    def rows(self, unit: Unit) -> list[tuple[int, int, int]]:
        """For each word its row, that of its ending, and what it is."""
        earlier = plain_words(unit.question or unit.before)[-BEFORE:]
        return [
            *(self._word(word, EARLIER) for word in earlier),
            *(self._word(word, SAID) for word in plain_words(unit.text)[:LONGEST]),
            (END, 0, ENDED),
        ]

    def _word(self, word: str, what: int) -> tuple[int, int, int]:
        row = self.vocabulary.get(word) or self.vocabulary.get(word.removesuffix("s"), STRANGE)
        return row, zlib.crc32(word[-LETTERS:].encode("utf-8")) % ENDINGS, what

    def odds(self, said: Sequence[Unit]) -> Floats:
        """(units, columns): the logarithm of the odds that each says each of COLUMNS."""
        parts = [self._odds(part) for part in _portions([self.rows(unit) for unit in said])]
        return np.concatenate(parts) if parts else np.zeros((0, self.weights["heads.bias"].shape[0]), np.float32)

    def _odds(self, read: Sequence[Sequence[tuple[int, int, int]]]) -> Floats:
        known, rows = self.weights, np.array([row for one in read for row in one], np.int64)
        sizes = np.array([len(one) for one in read])
        part, starts = np.repeat(np.arange(len(read)), sizes), np.r_[0, np.cumsum(sizes)[:-1]]
        tables = [known[name][rows[:, i]] for i, name in enumerate(("words", "endings", "part"))]
        hidden = layers.read(np.concatenate(tables, axis=1), part, known)
        weight = layers.attention(layers.dense(hidden, known, "heads"), part, starts)
        found = np.add.reduceat(weight * (hidden @ known["found.weight"]), starts, axis=0) + known["found.bias"]
        summary = layers.gelu(layers.dense(layers.whole(hidden, starts, sizes), known, "join"))
        result: Floats = found + layers.dense(summary, known, "common")
        return result


def _portions(read: Sequence[list[tuple[int, int, int]]]) -> Iterator[list[list[tuple[int, int, int]]]]:
    """Units that are read together, so that a long draft takes no more memory than a short one."""
    portion: list[list[tuple[int, int, int]]] = []
    words = 0
    for one in read:
        if portion and words + len(one) > AT_ONCE:
            yield portion
            portion, words = [], 0
        portion.append(one)
        words += len(one)
    if portion:
        yield portion


@cache
def load(path: Path = MODELS / "statements" / "saying_network.npz") -> Network:
    """The network that comes with the package. Raises ModelError if it is missing or broken."""
    words, weights = layers.load(path, "statements")
    return Network({word: row for row, word in enumerate(words, FIRST)}, weights)
