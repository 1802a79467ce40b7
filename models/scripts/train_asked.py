#!/usr/bin/env python3
"""Train what a careful reader looks for in a draft from annotated drafts (models/corpus/FORMAT.md): "absent" against `na`.

    train_asked.py [--out FILE] [--folds]

Learns from the headers of all drafts of models/corpus but the test authors' and those kept (corpus.KEPT), and prints how often a statement
that one of the latter does not make is rightly looked for or left. --folds leaves each author out in turn and stops there. Needs the extra
`train` (scikit-learn); takes seconds.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import corpus
import numpy as np
from sklearn.linear_model import LogisticRegression

from referral_lint.facts import facts
from referral_lint.paths import MODELS
from referral_lint.understanding.saying import asked
from referral_lint.understanding.saying.asked import LEARNED, Case, Stance, Weights

STRENGTH = 1.0  # inverse regularisation
SPLITS = ("train", "dev", "later")


@dataclass(frozen=True)
class Known:
    """One draft as its reader saw it, and whether they missed each of LEARNED: True, False, or None where it is said."""

    author: str
    case: Case
    missed: tuple[bool | None, ...]


def known(path: Path) -> Known:
    """One file of the corpus; its header is enough."""
    one = corpus.read(path)
    status = one.statements
    ids = [name.strip() for name in one.header.get("purposes", "").split(",")]
    against = status.get("override", "na") != "na"
    agreed = not against and any(status.get(name, "na") != "na" for name in asked.UNDERSTOOD)
    case = Case(
        purposes=tuple(name for name in ids if name in facts("purposes.yaml")["purposes"]),
        mode=one.header.get("mode", "named"),
        kind=one.header.get("kind", "letter"),
        urgent=one.header.get("urgent") == "yes",
        stance=Stance(agreed, against),
        said=frozenset(name for name, value in status.items() if value == "present"),
    )
    missed = {"present": None, "absent": True, "na": False}
    return Known(path.parent.name, case, tuple(missed[status.get(name, "na")] for name in LEARNED))


def fit(drafts: Sequence[Known]) -> Weights:
    """One logistic regression a statement, of the drafts that do not make it."""
    numbers = np.array([asked.circumstances(draft.case) for draft in drafts])
    by_fact, bias = np.zeros((numbers.shape[1], len(LEARNED))), np.zeros(len(LEARNED))
    for column in range(len(LEARNED)):
        rows = [i for i, draft in enumerate(drafts) if draft.missed[column] is not None]
        labels = [drafts[i].missed[column] for i in rows]
        model = LogisticRegression(C=STRENGTH, max_iter=3000).fit(numbers[rows], labels)
        by_fact[:, column], bias[column] = model.coef_[0], model.intercept_[0]
    return Weights(by_fact, bias)


def counts(model: Weights, drafts: Sequence[Known]) -> np.ndarray:
    """Rightly looked for, wrongly, wrongly left; (3,)."""
    total = np.zeros(3, int)
    for draft in drafts:
        likely = model.likely(asked.circumstances(draft.case)) > asked.LIKELY
        for missed, looked in zip(draft.missed, likely, strict=True):
            if missed is not None:
                total += [missed and looked, looked and not missed, missed and not looked]
    return total


def _print(author: str, total: np.ndarray) -> None:
    right, wrong, left = total
    print(
        f"{author:10} right {right} false {wrong} left {left}  F1 {2 * right / (2 * right + wrong + left):.3f}",
        flush=True,
    )


def report_folds(drafts: Sequence[Known]) -> None:
    """As counts, of each author by weights that never saw one of theirs."""
    totals = {author: counts(fit(others), own) for author, others, own in corpus.folds(drafts)}
    for author, total in {**totals, "all": sum(totals.values())}.items():
        _print(author, total)


def save(path: Path, model: Weights) -> None:
    """As asked.load reads it."""
    np.savez_compressed(path, by_fact=model.by_fact.astype(np.float32), bias=model.bias)


def main() -> int:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--out", type=Path, default=MODELS / "statements" / "asked.npz")
    ask.add_argument("--folds", action="store_true")
    args = ask.parse_args()
    paths = [path for split in SPLITS for path in corpus.files(split)]
    drafts = [known(path) for path in paths if not corpus.is_kept(path)]
    if args.folds:
        report_folds(drafts)
        return 0
    model = fit(drafts)
    _print("kept", counts(model, [known(path) for path in paths if corpus.is_kept(path)]))
    save(args.out, model)
    return 0


if __name__ == "__main__":
    sys.exit(main())
