"""The trained part: how much each sign counts. A readable table, written by models/scripts/train_pronouns.py."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from referral_lint.errors import ModelError
from referral_lint.facts import LOADER
from referral_lint.paths import MODELS


@dataclass(frozen=True)
class Weights:
    """`by_sign`: log odds that a sign of 1 adds; a pronoun at least `limit` likely to be unclear is asked about."""

    by_sign: Mapping[str, float]
    limit: float

    def likelihood(self, signs: Mapping[str, float]) -> float:
        """How likely a careful reader is to ask who is meant, from 0 to 1."""
        score = sum(self.by_sign.get(sign, 0.0) * number for sign, number in signs.items())
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, score))))


@cache
def load(path: Path = MODELS / "pronouns" / "weights.yaml") -> Weights:
    """The table that comes with the package. Raises ModelError if it is missing or broken."""
    try:
        table = yaml.load(path.read_bytes(), Loader=LOADER)  # noqa: S506  (a safe loader)
        return Weights({str(sign): float(number) for sign, number in table["signs"].items()}, float(table["limit"]))
    except (OSError, yaml.YAMLError, KeyError, TypeError, ValueError, AttributeError) as fault:
        raise ModelError("the weights for pronouns cannot be read; install referral-lint again", path) from fault
