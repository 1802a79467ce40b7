"""A small network over the words of a sentence: how likely each is to hide, judge or be a term of the trade.

Trained by models/scripts/train_wording.py; here plain numpy: three layers that look one word to either side, and a
summary of the sentence beside each word.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from referral_lint.errors import ModelError
from referral_lint.paths import MODELS
from referral_lint.understanding.wording.tokens import Floats, Ints, Rows

LABELS = ("AMB", "OPN", "JRG")
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
        hidden = _normal(_gelu(self._dense("input", np.concatenate([*tables, rows.flags], axis=1))), known, 0)
        before, after = _neighbours(rows.sentence)
        for layer in range(sum(name.startswith("look") and name.endswith(".weight") for name in known)):
            around = np.concatenate(
                [hidden[before] * (before >= 0)[:, None], hidden, hidden[after] * (after >= 0)[:, None]], axis=1
            )
            seen = self._dense(f"look{layer}", around)
            half = seen.shape[1] // 2
            hidden = _normal(hidden + np.maximum(seen[:, :half], seen[:, half:]), known, layer + 1)
        summary = _gelu(self._dense("summary", _summaries(hidden, rows.sentence)))[rows.sentence]
        scores = self._dense("output", _gelu(self._dense("join", np.concatenate([hidden, summary], axis=1))))
        return _softmax(scores)

    def _dense(self, name: str, x: Floats) -> Floats:
        result: Floats = x @ self.weights[f"{name}.weight"] + self.weights[f"{name}.bias"]
        return result


def _neighbours(sentence: Ints) -> tuple[Ints, Ints]:
    """For each token the number of the one before and after it in its sentence, or -1."""
    numbers = np.arange(len(sentence))
    same = sentence[1:] == sentence[:-1]
    before, after = np.full(len(sentence), -1), np.full(len(sentence), -1)
    before[1:][same] = numbers[:-1][same]
    after[:-1][same] = numbers[1:][same]
    return before, after


def _summaries(hidden: Floats, sentence: Ints) -> Floats:
    """Mean and maximum of each sentence's tokens, (sentences, 2 · width)."""
    starts = np.flatnonzero(np.r_[True, sentence[1:] != sentence[:-1]])
    counts = np.diff(np.r_[starts, len(sentence)])[:, None]
    return np.concatenate(
        [np.add.reduceat(hidden, starts, axis=0) / counts, np.maximum.reduceat(hidden, starts, axis=0)], axis=1
    ).astype(np.float32)


def _normal(x: Floats, weights: Mapping[str, Floats], number: int) -> Floats:
    centred = x - x.mean(axis=1, keepdims=True)
    spread = np.sqrt((centred**2).mean(axis=1, keepdims=True) + 1e-5)
    result: Floats = centred / spread * weights[f"norm{number}.weight"] + weights[f"norm{number}.bias"]
    return result


def _gelu(x: Floats) -> Floats:
    result: Floats = 0.5 * x * (1 + np.tanh(0.7978845608 * (x + 0.044715 * x * x * x)))
    return result


def _softmax(x: Floats) -> Floats:
    exp = np.exp(x - x.max(axis=1, keepdims=True))
    result: Floats = exp / exp.sum(axis=1, keepdims=True)
    return result


@cache
def load(path: Path = MODELS / "wording" / "weights.npz") -> Network:
    """The network that comes with the package. Raises ModelError if it is missing or broken."""
    try:
        with np.load(path, allow_pickle=False) as file:
            words = bytes(file["vocabulary"]).decode("utf-8").split("\n")
            weights: dict[str, Any] = {n: file[n].astype(np.float32) for n in file.files if n != "vocabulary"}
    except (OSError, ValueError, KeyError) as fault:
        raise ModelError("the weights for wording cannot be read; install referral-lint again", path) from fault
    for name in [n for n in weights if n.endswith(".scale")]:
        weights[name.removesuffix(".scale")] *= weights.pop(name)
    return Network({word: i + 2 for i, word in enumerate(words)}, weights)
