"""How strongly a few sentences tell of danger now, as a small transformer reads them; it is asked only where signs.py is in doubt.

Trained by models/scripts/train_danger_encoder.py from three layers of MiniLM; here plain numpy, for one stretch of a draft at a time.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain, islice
from pathlib import Path

import numpy as np

from referral_lint.paths import MODELS
from referral_lint.understanding import layers, pieces, transformer
from referral_lint.understanding.layers import Floats
from referral_lint.understanding.saying import features
from referral_lint.understanding.saying.units import Unit
from referral_lint.understanding.transformer import BEGIN, END, STRANGE

AT_ONCE = 158  # pieces that are read together; a longer stretch is read in parts that overlap by half
LONGEST, ASKING = (
    1000,
    60,
)  # words of a stretch that are read, and the last ones of a printed question before its answer


@dataclass(frozen=True)
class Encoder:
    """`vocabulary` gives the row of a piece (pieces.py); `weights` are the layers by name."""

    vocabulary: Mapping[str, int]
    weights: Mapping[str, Floats]

    def odds(self, stretch: Sequence[Unit]) -> float:
        """The logarithm of the odds that a stretch tells of danger now; of a long one its strongest part decides."""
        return max(self._read(rows) for rows in parts(self.rows(stretch)))

    def rows(self, stretch: Sequence[Unit]) -> list[int]:
        """The rows of all pieces of a stretch."""
        words = islice(chain.from_iterable(map(read_out, stretch)), LONGEST)
        return [row for word in words for row in pieces.cut(word, self.vocabulary, STRANGE)]

    def _read(self, rows: Sequence[int]) -> float:
        known = self.weights
        hidden = transformer.hidden(known, [[BEGIN, *rows, END]])
        found = layers.softmax(layers.dense(hidden, known, "heads").T) @ hidden
        return float(layers.dense(np.concatenate([hidden.mean(axis=0), *found])[None], known, "output")[0, 0])


def read_out(unit: Unit) -> list[str]:
    """Its words, those of the question that it answers first; “cant” as “can’t”, which is what was learned."""
    asked = [*pieces.words_of(unit.question)[-ASKING:], "–"] if unit.question else []
    return [*asked, *pieces.words_of(features.with_apostrophes(unit.text))]


def parts(rows: Sequence[int]) -> Iterator[Sequence[int]]:
    """All rows, or parts that can be read together."""
    for start in range(0, max(1, len(rows) - AT_ONCE // 2), AT_ONCE // 2):
        yield rows[start : start + AT_ONCE]


@cache
def load(path: Path = MODELS / "statements" / "danger_encoder.npz") -> Encoder:
    """The encoder that comes with the package. Raises ModelError if it is missing or broken."""
    words, weights = layers.load(path, "urgency")
    return Encoder({word: row for row, word in enumerate(words)}, weights)
