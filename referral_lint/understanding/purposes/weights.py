"""The trained part: how likely each purpose is, from the words of each place and the signs.

Trained by models/scripts/train_purposes.py; plain numbers in one small file, no words of any draft.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from referral_lint.paths import MODELS
from referral_lint.understanding import layers

Floats = NDArray[np.float64]
Keys = NDArray[np.uint32]


@dataclass(frozen=True)
class Weights:
    """`keys`: checksums of the known features, sorted; `by_feature`: (features, purposes + 1), the last column none.

    `by_sign`: (numbers of signs and circumstances, purposes + 1); `bias`: (purposes + 1,).
    """

    keys: Keys
    by_feature: Floats
    by_sign: Floats
    bias: Floats

    def scores(self, found: Mapping[str, set[str]], signs: Floats) -> Floats:
        """Log odds, (purposes + 1,), of the purposes in the order of purposes.yaml, and of none. `signs`: all numbers."""
        return sum((self.of_words(words) for words in found.values()), signs @ self.by_sign + self.bias)

    def of_words(self, words: Iterable[str]) -> Floats:
        """What the words of one place add."""
        rows = self._rows(words)
        result: Floats = self.by_feature[rows].sum(axis=0) / np.sqrt(max(1, len(rows)))
        return result

    def _rows(self, words: Iterable[str]) -> NDArray[np.int64]:
        sought = np.fromiter(map(layers.checksum, words), np.uint32)
        at, known = layers.looked_up(self.keys, sought)
        result: NDArray[np.int64] = at[known]
        return result


@cache
def load(path: Path = MODELS / "purposes" / "weights.npz") -> Weights:
    """The weights that come with the package. Raises ModelError if they are missing or broken."""
    with layers.opened(path, "purposes") as file:
        by_feature = file["table"].astype(np.float64) * file["scale"]
        return Weights(file["keys"], by_feature, file["by_sign"].astype(np.float64), file["bias"])
