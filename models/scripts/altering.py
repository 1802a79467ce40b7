"""Copies of what is written, with other words in it: what an encoder labels besides, for the small networks to learn from."""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping, Sequence

import numpy as np

NEIGHBOURS = 15  # words that one may be changed for
CHANGED = (0.15, 0.3, 0.45)  # how many words of a text are changed
STRANGE = 0.15  # how many of those to any word
KEPT = frozenset(
    "a an the of at in on to and or with for from by that who which is are was were be been has have had he she they it his her"
    " their this these as but so not no i we you my our your him them me us do did does if when".split()
)


class Alter:
    """Changes some words of a text for others that mean much the same, and now and then for any word of `words`.

    `vocabulary`: words in small letters with their rows of `table`, from 2 on, as train_wording.vectors gives them.
    """

    def __init__(self, words: Iterable[str], vocabulary: Mapping[str, int], table: np.ndarray) -> None:
        self._rows, self._words = vocabulary, list(vocabulary)
        self._table = table / np.maximum(1e-6, np.linalg.norm(table, axis=1, keepdims=True))
        self._any = [w for w in words if _may_change(w)]
        self._seen: dict[str, list[str]] = {}

    def __call__(self, words: Sequence[str]) -> list[str]:
        share = random.choice(CHANGED)
        return [self._other(w) if random.random() < share else w for w in words]

    def _near(self, word: str) -> list[str]:
        if word not in self._seen:
            row = self._rows.get(word)
            best = np.argpartition(-(self._table @ self._table[row]), NEIGHBOURS + 1)[: NEIGHBOURS + 1] if row else []
            self._seen[word] = [w for i in best if i > 1 and (w := self._words[i - 2]) != word and w.isalpha()]
        return self._seen[word]

    def _other(self, word: str) -> str:
        if not _may_change(word):
            return word
        choice = [random.choice(self._any)] if random.random() < STRANGE else self._near(word.lower())
        other = random.choice(choice or [word])
        return other.capitalize() if word[0].isupper() else other


def _may_change(word: str) -> bool:
    return word.isalpha() and word.lower() not in KEPT
