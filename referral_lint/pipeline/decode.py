"""From a network's scores to probabilities, and from those of tokens to spans: one pass."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy
from numpy.typing import NDArray

OUTSIDE = 0  # class 0; then B and I of each label in turn


def softmax(scores: NDArray[Any]) -> NDArray[Any]:
    """Scores as shares that add up to one along the last axis."""
    exp = numpy.exp(scores - scores.max(axis=-1, keepdims=True))
    result: NDArray[Any] = exp / exp.sum(axis=-1, keepdims=True)
    return result


def spans(table: Any, threshold: float) -> list[tuple[int, int, int]]:
    """(first, last token, label) of each span: a label's begin and inside classes together say whether a token is in it.

    `table`: probabilities of (tokens, outside + begin and inside of every label). A begin or another label begins anew.
    """
    return list(_spans(table, threshold))


def _spans(table: Any, threshold: float) -> Iterator[tuple[int, int, int]]:
    first, label, last = -1, -1, -1
    for i in numpy.flatnonzero(1.0 - table[:, OUTSIDE] >= threshold).tolist():
        best = int(table[i, 1:].argmax())
        begins = best % 2 == 0 or label != best // 2 or i != last + 1
        if begins and first >= 0:
            yield first, last, label
        if begins:
            first, label = i, best // 2
        last = i
    if first >= 0:
        yield first, last, label
