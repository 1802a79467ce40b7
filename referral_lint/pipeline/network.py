"""The shared network and the names on it, computed with numpy: what spaCy would compute, without loading it.

A word is looked up in six hash tables (norm, first letter, last three, shape, two name lists), mixed, and then sees its
neighbours in layers of window 1. The first mixing is linear in the tables, so the tables are multiplied once, when loaded.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from typing import Any

import numpy

from referral_lint.pipeline import hashes
from referral_lint.pipeline.decode import softmax
from referral_lint.pipeline.tokens import Piece, Tokens

PIECES = 3  # of each maxout
STRETCH = 4000  # tokens computed at once: a long text must not take memory by its length
DEPTH = 3  # layers of window 1; as many empty rows stand before and behind a text, as in training
KEPT = 4000  # entries of a table of first letters, endings or shapes; beyond that they are worked out anew


class Network:
    """Weights as models/scripts/pack.py writes them; `lists`: is a word in the list of given, of family names?"""

    def __init__(
        self, weights: Mapping[str, Any], tables: Mapping[str, Any], lists: Sequence[Callable[[str], bool]]
    ) -> None:
        self._weights, self._lists = weights, lists
        self._norms: dict[str, str] = tables["norms"]
        self._numbers: dict[str, int] = tables["numbers"]
        self._small: tuple[dict[str, Any], ...] = ({}, {}, {})
        self._everyday = frozenset(tables["everyday"])
        self._known: dict[str, Any] = {}  # everyday words looked up before; no other word is kept
        self.labels = [str(label) for label in weights["names_labels"]]
        self.threshold = float(weights["names_threshold"])

    def probabilities(self, tokens: Tokens) -> Any:
        """The probability of each class (outside, then begin and inside of every label) for each token."""
        kinds: dict[Piece, int] = {}
        order = numpy.array([kinds.setdefault(piece, len(kinds)) for piece in tokens.pieces])
        x = numpy.pad(self._embedded(list(kinds))[order], ((DEPTH, DEPTH), (0, 0)))
        starts = range(0, len(order), STRETCH)
        return numpy.concatenate([self._judged(x[at : at + STRETCH + 2 * DEPTH]) for at in starts])

    def _judged(self, x: Any) -> Any:
        """The probabilities of a stretch, which comes with as many rows on either side as the layers look around."""
        for layer in range(1, 1 + DEPTH):
            x = x + self._layer(_windows(x), layer)
        return softmax(x[DEPTH:-DEPTH] @ self._weights["names_W"].T + self._weights["names_b"])

    def _layer(self, x: Any, layer: int) -> Any:
        matrix, bias = self._matrices[layer]
        return self._normed(_maxout(x @ matrix + bias), layer)

    def _normed(self, x: Any, layer: int) -> Any:
        x = x - x.mean(axis=1, keepdims=True)
        x *= ((x * x).mean(axis=1, keepdims=True) + 1e-8) ** -0.5
        return x * self._weights[f"norm{layer}_G"] + self._weights[f"norm{layer}_b"]

    @cached_property
    def _matrices(self) -> list[tuple[Any, Any]]:
        """Of each layer (inputs, pieces x outputs), so that the pieces lie in blocks and their maximum is quick."""
        out = []
        for layer in range(1 + DEPTH):
            matrix, bias = (self._weights[f"maxout{layer}_{name}"] for name in ("W", "b"))
            outputs, pieces, inputs = matrix.shape
            turned = matrix.transpose(2, 1, 0).reshape(inputs, pieces * outputs)
            out.append((numpy.ascontiguousarray(turned), bias.T.reshape(-1)))
        return out

    @cached_property
    def _tables(self) -> list[tuple[Any, int]]:
        """Each table times its part of the first mixing, and its seed."""
        matrix, width = self._matrices[0][0], self._weights["table0"].shape[1]
        return [
            (self._weights[f"table{i}"] @ matrix[i * width : (i + 1) * width], int(self._weights[f"seed{i}"]))
            for i in range(6)
        ]

    def _embedded(self, kinds: list[Piece]) -> Any:
        """One row a kind of token. Everyday words are looked up once a process."""
        fresh = [kind for kind in kinds if kind[1] or kind[0] not in self._known]
        rows = dict(zip(fresh, self._fresh(fresh), strict=True)) if fresh else {}
        self._known.update((word, row) for (word, norm), row in rows.items() if not norm and word in self._everyday)
        return numpy.array([rows[kind] if kind in rows else self._known[kind[0]] for kind in kinds])

    def _fresh(self, kinds: list[Piece]) -> Any:
        norms = [norm or self._norms.get(word) or word.lower() for word, norm in kinds]
        x = self._looked_up(0, [hashes.of_string(n, self._numbers) for n in norms])
        x += self._matrices[0][1]
        for i, parts in enumerate(zip(*((w[0], w[-3:], shape(w)) for w, _ in kinds), strict=True)):
            x += self._of_small(i, parts)
        for i, known in enumerate(self._lists):
            x += self._flags[i][[int(known(word)) for word, _ in kinds]]
        return self._normed(_maxout(x), 0)

    def _looked_up(self, table: int, numbers: list[int]) -> Any:
        matrix, seed = self._tables[table]
        return matrix[hashes.rows(numbers, seed, len(matrix))].sum(axis=1)

    @cached_property
    def _flags(self) -> list[Any]:
        return [self._looked_up(4 + i, [0, 1]) for i in range(len(self._lists))]

    def _of_small(self, which: int, parts: Sequence[str]) -> Any:
        """First letters, endings and shapes are few: each is worked out once (none of them is anybody's name)."""
        known = self._small[which]
        fresh = sorted(set(parts) - known.keys())
        if fresh:
            if len(known) > KEPT:
                known.clear()
                fresh = sorted(set(parts))
            numbers = [hashes.of_string(part, self._numbers) for part in fresh]
            known.update(zip(fresh, self._looked_up(1 + which, numbers), strict=True))
        return numpy.array([known[part] for part in parts])


def shape(word: str) -> str:
    """ "Xxxx" for "Kayden": letters, digits and marks, no more than four of a kind in a row."""
    if len(word) >= 100:
        return "LONG"
    out, last, run = "", "", 0
    for char in word:
        kind = ("X" if char.isupper() else "x") if char.isalpha() else "d" if char.isdigit() else char
        run = run + 1 if kind == last else 0
        last = kind
        if run < 4:
            out += kind
    return out


def _windows(x: Any) -> Any:
    """Each row between its neighbours; beyond the ends stand zeros."""
    none = numpy.zeros((1, x.shape[1]), dtype=x.dtype)
    return numpy.concatenate([numpy.concatenate([none, x[:-1]]), x, numpy.concatenate([x[1:], none])], axis=1)


def _maxout(x: Any) -> Any:
    width = x.shape[1] // PIECES
    return numpy.maximum(numpy.maximum(x[:, :width], x[:, width : 2 * width]), x[:, 2 * width :])
