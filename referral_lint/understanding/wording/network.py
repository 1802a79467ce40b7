"""A small network over the words of a sentence: how likely each is to hide, judge or be a term of the trade.

Trained by models/scripts/train_wording.py; here plain numpy: three layers that look one word to either side, and a
summary of the sentence beside each word.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from referral_lint.paths import MODELS
from referral_lint.understanding import layers
from referral_lint.understanding.layers import Floats, Ints
from referral_lint.understanding.wording.tokens import Rows

LABELS = ("AMB", "OPN", "JRG", "OVR")
TAGS = 1 + 2 * len(LABELS)  # outside; begins and goes on, for each label


@dataclass(frozen=True)
class Network:
    """`vocabulary` gives the row of a plain word; `weights` are the layers by name."""

    vocabulary: Mapping[str, int]
    weights: Mapping[str, Floats]

    def probabilities(self, rows: Rows) -> Floats:
        """(tokens, TAGS), each row adding up to one."""
        if not len(rows.starts):
            return np.zeros((0, TAGS), np.float32)
        known = self.weights
        tables = [
            known[name][rows.columns[:, i]] for i, name in enumerate(("words", "endings", "checksums", "writing"))
        ]
        hidden = layers.normal(
            layers.gelu(self._dense("input", np.concatenate([*tables, rows.flags], axis=1))), known, 0
        )
        before, after = layers.neighbours(rows.sentence)
        for layer in range(sum(name.startswith("look") and name.endswith(".weight") for name in known)):
            seen = self._dense(f"look{layer}", layers.around(hidden, before, after))
            hidden = layers.looked(hidden, seen, known, layer + 1)
        summary = layers.gelu(self._dense("summary", _summaries(hidden, rows.sentence)))[rows.sentence]
        scores = self._dense("output", layers.gelu(self._dense("join", np.concatenate([hidden, summary], axis=1))))
        return layers.softmax(scores)

    def _dense(self, name: str, x: Floats) -> Floats:
        return layers.dense(x, self.weights, name)


def _summaries(hidden: Floats, sentence: Ints) -> Floats:
    """Mean and maximum of each sentence's tokens, (sentences, 2 · width)."""
    starts = np.flatnonzero(np.r_[True, sentence[1:] != sentence[:-1]])
    counts = np.diff(np.r_[starts, len(sentence)])[:, None]
    return np.concatenate(
        [np.add.reduceat(hidden, starts, axis=0) / counts, np.maximum.reduceat(hidden, starts, axis=0)], axis=1
    ).astype(np.float32)


@cache
def load(path: Path = MODELS / "wording" / "weights.npz") -> Network:
    """The network that comes with the package. Raises ModelError if it is missing or broken."""
    words, weights = layers.load(path, "wording")
    return Network({word: i + 2 for i, word in enumerate(words)}, weights)
