"""What small networks over the words of a draft are made of, in plain numpy; rows are words."""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from referral_lint.errors import BROKEN_FILE, ModelError
from referral_lint.pipeline.decode import softmax as softmax  # one for all networks

Ints = NDArray[np.int64]
Floats = NDArray[np.float32]


def checksum(feature: str, before: int = 0) -> int:
    """A feature as a number: the files of weights hold no words. `before`: the checksum of what it goes on from."""
    return zlib.crc32(feature.encode("utf-8"), before)


def looked_up(keys: NDArray[np.uint32], sought: NDArray[np.uint32]) -> tuple[Ints, NDArray[np.bool_]]:
    """Where each number stands among the keys, which are sorted, and whether it is one of them."""
    if not len(keys):
        return np.zeros(len(sought), np.int64), np.zeros(len(sought), bool)
    at = np.minimum(np.searchsorted(keys, sought), len(keys) - 1)
    return at, keys[at] == sought


def neighbours(part: Ints) -> tuple[Ints, Ints]:
    """For each word the number of the one before and after it in the same part (sentence or stretch), or -1."""
    numbers = np.arange(len(part))
    same = part[1:] == part[:-1]
    before, after = np.full(len(part), -1), np.full(len(part), -1)
    before[1:][same] = numbers[:-1][same]
    after[:-1][same] = numbers[1:][same]
    return before, after


def around(hidden: Floats, before: Ints, after: Ints) -> Floats:
    """Each word between its neighbours, (words, 3 · width); zeros where there is none."""
    return np.concatenate(
        [hidden[before] * (before >= 0)[:, None], hidden, hidden[after] * (after >= 0)[:, None]], axis=1
    )


def read(vectors: Floats, part: Ints, weights: Mapping[str, Floats]) -> Floats:
    """What each word comes to, (words, width): the input layer, then the layers that look one word to either side in its part."""
    hidden = normal(gelu(dense(vectors, weights, "input")), weights, 0)
    before, after = neighbours(part)
    for layer in range(sum(name.startswith("look") and name.endswith(".weight") for name in weights)):
        seen = dense(around(hidden, before, after), weights, f"look{layer}")
        hidden = looked(hidden, seen, weights, layer + 1)
    return hidden


def attention(scores: Floats, part: Ints, starts: Ints) -> Floats:
    """How much each word of a part counts for each head, (words, heads): over a part these add up to one."""
    weight = np.exp(scores - np.maximum.reduceat(scores, starts, axis=0)[part])
    return (weight / np.add.reduceat(weight, starts, axis=0)[part]).astype(np.float32)


def whole(hidden: Floats, starts: Ints, sizes: Ints) -> Floats:
    """Mean and maximum of each part's words, (parts, 2 · width)."""
    mean = np.add.reduceat(hidden, starts, axis=0) / sizes[:, None]
    return np.concatenate([mean, np.maximum.reduceat(hidden, starts, axis=0)], axis=1).astype(np.float32)


def looked(x: Floats, seen: Floats, weights: Mapping[str, Floats], number: int) -> Floats:
    """A layer's outcome: the larger half of what it saw, added to what was known."""
    half = seen.shape[1] // 2
    return normal(x + np.maximum(seen[:, :half], seen[:, half:]), weights, number)


def normal(x: Floats, weights: Mapping[str, Floats], number: int) -> Floats:
    centred = x - x.mean(axis=1, keepdims=True)
    spread = np.sqrt((centred**2).mean(axis=1, keepdims=True) + 1e-5)
    result: Floats = centred / spread * weights[f"norm{number}.weight"] + weights[f"norm{number}.bias"]
    return result


def dense(x: Floats, weights: Mapping[str, Floats], name: str) -> Floats:
    result: Floats = x @ weights[f"{name}.weight"] + weights[f"{name}.bias"]
    return result


def gelu(x: Floats) -> Floats:
    result: Floats = 0.5 * x * (1 + np.tanh(0.7978845608 * (x + 0.044715 * x * x * x)))
    return result


def sigmoid(odds: NDArray[Any]) -> NDArray[Any]:
    """Log odds as probabilities."""
    result: NDArray[Any] = 1 / (1 + np.exp(-odds))
    return result


@contextmanager
def opened(path: Path, what: str) -> Iterator[Mapping[str, NDArray[Any]]]:
    """The arrays of a file of weights; `what` they are for. Raises ModelError if it is missing or broken, in what it holds as well."""
    try:
        with path.open("rb") as raw, np.load(raw, allow_pickle=False) as file:
            yield file
    except BROKEN_FILE as fault:
        raise ModelError(f"the weights for {what} cannot be read; install referral-lint again", path) from fault


def load(path: Path, what: str) -> tuple[list[str], dict[str, Any]]:
    """The words and the weights by name of a file; `what` they are for. Raises ModelError if it is missing or broken."""
    with opened(path, what) as file:
        words = bytes(file["vocabulary"]).decode("utf-8").split("\n")
        weights: dict[str, Any] = {n: file[n].astype(np.float32) for n in file if n != "vocabulary"}
    for name in [n for n in weights if n.endswith(".scale")]:
        weights[name.removesuffix(".scale")] *= weights.pop(name)
    return words, weights
