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
from referral_lint.understanding.layers import Floats
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
        hidden = layers.read(np.concatenate([*tables, rows.flags], axis=1), rows.sentence, known)
        starts = np.flatnonzero(np.r_[True, rows.sentence[1:] != rows.sentence[:-1]])
        sizes = np.diff(np.r_[starts, len(rows.sentence)])
        summary = layers.gelu(self._dense("summary", layers.whole(hidden, starts, sizes)))[rows.sentence]
        scores = self._dense("output", layers.gelu(self._dense("join", np.concatenate([hidden, summary], axis=1))))
        return layers.softmax(scores)

    def _dense(self, name: str, x: Floats) -> Floats:
        return layers.dense(x, self.weights, name)


@cache
def load(path: Path = MODELS / "wording" / "weights.npz") -> Network:
    """The network that comes with the package. Raises ModelError if it is missing or broken."""
    words, weights = layers.load(path, "wording")
    return Network({word: i + 2 for i, word in enumerate(words)}, weights)
