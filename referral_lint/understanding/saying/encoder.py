"""What a sentence says, as a small transformer reads it; it is asked only about those of which the linear weights are in doubt.

Trained by models/scripts/train_saying.py; here plain numpy.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from referral_lint.paths import MODELS
from referral_lint.understanding import layers, pieces, transformer
from referral_lint.understanding.layers import Floats
from referral_lint.understanding.saying.units import Unit
from referral_lint.understanding.saying.weights import COLUMNS
from referral_lint.understanding.transformer import BEGIN, END, STRANGE

Sums = NDArray[np.float64]  # the linear weights' odds, and those of both
LONGEST, BEFORE = 120, 32  # pieces of a unit that are read, and the last ones of what asks for it or stands before it
AT_ONCE = 1500  # pieces that are read together, about
FIRST = 2  # units of a draft that are read for each statement: those that say it best by the linear weights
DOUBT = (-1.5, 2.5)  # the odds by the linear weights between which a unit is read
ASKED = [i for i, name in enumerate(COLUMNS) if name != "recipient"]  # recipient.py looks for the reader elsewhere
# What the encoder's odds count beside the linear ones, and what stands for them where a unit was not read.
SHARE, UNREAD = 1.2, (0.8, -0.5)


@dataclass(frozen=True)
class Encoder:
    """`vocabulary` gives the row of a piece (pieces.py); `weights` are the layers by name."""

    vocabulary: Mapping[str, int]
    weights: Mapping[str, Floats]

    def rows(self, unit: Unit) -> tuple[list[int], int]:
        """The rows of its pieces behind those of what stands before, and where its own begin."""
        before = self._cut(unit.question or unit.before)[-BEFORE:]
        return [BEGIN, *before, END, *self._cut(unit.text)[:LONGEST], END], len(before) + 2

    def _cut(self, text: str) -> list[int]:
        return [row for word in pieces.words_of(text) for row in pieces.cut(word, self.vocabulary, STRANGE)]

    def odds(self, said: Sequence[Unit]) -> Floats:
        """(units, columns): the logarithm of the odds that each says each of COLUMNS."""
        parts = [self._odds(part) for part in _portions([self.rows(unit) for unit in said])]
        return np.concatenate(parts) if parts else np.zeros((0, len(self.weights["heads.bias"])), np.float32)

    def _odds(self, read: Sequence[tuple[list[int], int]]) -> Floats:
        known = self.weights
        hidden = transformer.hidden(known, [rows for rows, _ in read])
        starts = np.cumsum([0, *(len(rows) for rows, _ in read)])[:-1]
        own = np.concatenate(
            [np.arange(start + at, start + len(rows)) for start, (rows, at) in zip(starts, read, strict=True)]
        )
        sizes = np.array([len(rows) - at for rows, at in read])
        part, firsts = np.repeat(np.arange(len(read)), sizes), np.r_[0, np.cumsum(sizes)[:-1]]
        weight = layers.attention(layers.dense(hidden[own], known, "heads"), part, firsts)
        found = np.add.reduceat(weight * (hidden[own] @ known["found.weight"]), firsts, axis=0) + known["found.bias"]
        result: Floats = found + layers.dense(hidden[starts], known, "common")
        return result


def _portions(read: Sequence[tuple[list[int], int]]) -> Iterator[list[tuple[list[int], int]]]:
    """Units that are read together, so that a long draft takes no more memory than a short one."""
    portion: list[tuple[list[int], int]] = []
    size = 0
    for one in read:
        if portion and size + len(one[0]) > AT_ONCE:
            yield portion
            portion, size = [], 0
        portion.append(one)
        size += len(one[0])
    if portion:
        yield portion


def doubtful(linear: Sums) -> list[int]:
    """The numbers of the units that are worth reading, by the odds that the linear weights give them, (units, columns)."""
    told = linear[:, ASKED]
    best = np.argsort(-told, axis=0, kind="stable")[:FIRST]
    odds = np.take_along_axis(told, best, axis=0)
    return sorted({int(unit) for unit in best[(odds > DOUBT[0]) & (odds < DOUBT[1])]})


def beside(linear: Sums, said: Sequence[Unit]) -> Sums:
    """The linear odds of a draft's units, (units, columns), and those of the encoder, added up."""
    every = linear * UNREAD[0] + UNREAD[1]
    if read := doubtful(linear):
        every[read] = load().odds([said[unit] for unit in read])
    result: Sums = linear + SHARE * every
    return result


@cache
def load(path: Path = MODELS / "statements" / "saying_encoder.npz") -> Encoder:
    """The encoder that comes with the package. Raises ModelError if it is missing or broken."""
    words, weights = layers.load(path, "statements")
    return Encoder({word: row for row, word in enumerate(words)}, weights)
