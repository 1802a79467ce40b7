"""What the small transformers of this package have in common: pieces of words, and layers in which each looks at all others.

Trained by models/scripts/encoders.py from the first layers of MiniLM; here plain numpy, several stretches at a time.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import sqrt

import numpy as np

from referral_lint.understanding import layers
from referral_lint.understanding.layers import Floats

STRANGE, BEGIN, END = 1, 2, 3  # rows of a piece unknown, and of what stands around all pieces
HEADS = 12


def hidden(known: Mapping[str, Floats], stretches: Sequence[Sequence[int]]) -> Floats:
    """What each piece comes to, (pieces of all stretches, width); a stretch is the rows of its pieces, and sees itself alone.

    `known` are the layers by name; no stretch may have more pieces than `places` has rows.
    """
    rows = np.concatenate([np.asarray(rows, np.int64) for rows in stretches])
    ends = np.cumsum([len(rows) for rows in stretches])
    place = np.concatenate([np.arange(len(rows)) for rows in stretches])
    x = layers.normal(layers.dense(known["words"][rows], known, "wide") + known["places"][place], known, 0)
    for layer in range(sum(name.startswith("ask") and name.endswith(".weight") for name in known)):
        asked = layers.dense(x, known, f"ask{layer}")
        taken = [_attended(part) for part in np.split(asked, ends[:-1])]
        told = layers.dense(np.concatenate(taken), known, f"tell{layer}")
        x = layers.normal(x + told, known, 2 * layer + 1)
        inner = layers.gelu(layers.dense(x, known, f"inner{layer}"))
        x = layers.normal(x + layers.dense(inner, known, f"outer{layer}"), known, 2 * layer + 2)
    return x


def _attended(asked: Floats) -> Floats:
    """What each piece takes from the others, (pieces, width), by what it asks, what they answer to, and what they say."""
    size = len(asked)
    question, answer, says = asked.reshape(size, 3, HEADS, -1).transpose(1, 2, 0, 3)
    weight = layers.softmax(question @ answer.transpose(0, 2, 1) / np.float32(sqrt(question.shape[-1])))
    result: Floats = (weight @ says).transpose(1, 0, 2).reshape(size, -1)
    return result
