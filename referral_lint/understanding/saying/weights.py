"""The trained part: how likely each unit is to make each statement, and how likely a draft is to lack one.

Trained by models/scripts/train_statements.py; plain numbers in one small file, no words of any draft.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from referral_lint.paths import MODELS
from referral_lint.understanding import layers
from referral_lint.understanding.purposes import DANGER
from referral_lint.understanding.saying import frames, units

if TYPE_CHECKING:
    from referral_lint.understanding.draft import Draft

Floats = NDArray[np.float64]

NAMES = (
    "purpose", "recipient", "informed", "consent", "consent_what", "consent_who", "consent_onward", "consent_why",
    "override", "wishes", "rationale", "risk", "imminence", "benefit", "relationship", "timing", "sources",
)  # fmt: skip
# What became of asking: consent was given; it was refused or not asked for, or the family was not told.
STANCES = ("agreed", "against")
COLUMNS = (*NAMES, *STANCES)
_TYPICAL = [NAMES.index(name) for name in ("rationale", "benefit", "timing", "wishes", "sources", "informed")]
# What is said of one of these tells of the others.
_AGREEMENT = np.array(
    [name in ("informed", "consent", "override", *STANCES) or name.startswith("consent_") for name in COLUMNS]
)
SUMMARIES = 16
FEWEST = 8  # a draft shorter than this many units is measured as if it had so many


@dataclass(frozen=True, slots=True)
class Look:
    """What a draft is, apart from its units. `blank`: the statements that a form's unanswered questions ask for."""

    kind: str = "letter"
    is_danger: bool = False  # its purpose is somebody's protection
    blank: frozenset[str] = frozenset()


def look(draft: Draft) -> Look:
    """A draft's kind, purpose and unanswered questions."""
    blank = (frames.asked_by(draft.heard(question)) for question in units.unanswered(draft))
    danger = any(purpose.id in DANGER for purpose in draft.purposes[:1])
    return Look(draft.kind, danger, frozenset().union(*blank))


@dataclass(frozen=True)
class Weights:
    """`keys`: checksums of the known features, sorted; `table`, (features, columns), times `scale`, (columns,), is what each adds.

    `lacking` is (columns, summaries + 1).
    """

    keys: NDArray[np.uint32]
    table: NDArray[Any]  # small whole numbers, as they come from the file: there are millions
    scale: Floats
    bias: Floats
    lacking: Floats
    threshold: Floats

    def score_features(self, rows: Sequence[set[str]]) -> Floats:
        """Log odds, (units, columns), that a unit makes a statement (COLUMNS), from the units' features."""
        out: Floats = np.tile(self.bias, (len(rows), 1))
        sizes = [len(found) for found in rows]
        sought = np.fromiter((layers.checksum(f) for found in rows for f in found), np.uint32, sum(sizes))
        at, known = layers.looked_up(self.keys, sought)
        counts = np.bincount(np.repeat(np.arange(len(rows)), sizes)[known], minlength=len(rows))
        told = np.flatnonzero(counts)
        if len(told):
            starts = np.cumsum(counts[told]) - counts[told]
            sums = np.add.reduceat(self.table[at[known]], starts, axis=0, dtype=np.float64)
            out[told] += sums * self.scale / np.sqrt(counts[told])[:, None]
        return out

    def lacks(self, scores: Floats, look: Look) -> Floats:
        """The probability, (columns,), that a draft of which a statement is asked does not make it."""
        summary = summaries(scores, look)
        odds = (summary * self.lacking[:, :-1]).sum(axis=1) + self.lacking[:, -1]
        return layers.sigmoid(odds)


def summaries(scores: Floats, look: Look) -> Floats:
    """What a draft's unit scores come to, (columns, SUMMARIES): the best three, how many, their share, the others' level."""
    count = max(FEWEST, len(scores))
    best = np.full((3, scores.shape[1]), -4.0)
    ordered = np.sort(scores, axis=0)[::-1][:3]
    best[: len(ordered)] = ordered
    said = layers.sigmoid(scores).sum(axis=0)
    others = best[0, _TYPICAL].mean()
    width = scores.shape[1]
    facts = (look.kind == "form", look.kind == "email", look.is_danger, np.log(count) - 3.5)
    shared = [np.full(width, float(fact)) for fact in facts]
    shared.append(np.array([float(name in look.blank) for name in COLUMNS]))
    columns = [*best[:2], best[2] / 2, np.log(said + 0.1), np.log((said + 0.1) / count) * 0.7, others - best[0] / 6]
    kin = [
        np.where(_AGREEMENT, best[0, COLUMNS.index(name)], 0.0)
        for name in ("informed", "consent", "override", *STANCES)
    ]
    return np.stack([*columns, *shared, *kin], axis=1)


@cache
def load(path: Path = MODELS / "statements" / "weights.npz") -> Weights:
    """The weights that come with the package. Raises ModelError if they are missing or broken."""
    with layers.opened(path, "statements") as file:
        return Weights(*(file[name] for name in ("keys", "table", "scale", "bias", "lacking", "threshold")))
