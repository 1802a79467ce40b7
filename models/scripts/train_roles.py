#!/usr/bin/env python3
"""Train the weights for the roles of people from annotated drafts (models/corpus/FORMAT.md, key `person`).

    train_roles.py [--out FILE] [--folds]

Learns from all drafts of models/corpus in which people are marked but the test authors' and those kept (corpus.KEPT), and prints how
often the role of those found is right in the test authors' drafts, with the weights and by the rules alone. --folds leaves each
author out in turn and stops there. Needs the extra `train` (scikit-learn).
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import corpus
import numpy as np
import scipy.sparse as sparse
from sklearn.linear_model import LogisticRegression

from referral_lint import language
from referral_lint.model import Source
from referral_lint.paths import MODELS
from referral_lint.readers import read
from referral_lint.understanding import layers
from referral_lint.understanding.draft import Draft
from referral_lint.understanding.people import roles
from referral_lint.understanding.people.find import weighed
from referral_lint.understanding.people.ties import Group
from referral_lint.understanding.setting import Setting

PIPELINE = language.load(())
STRENGTH = 0.3  # inverse regularisation
FEWEST = 3  # a sign that fewer people have is not learned
LEAST = 0.02  # signs of less weight are left out
Folder = Sequence[Path]


@dataclass(frozen=True)
class Known:
    """One person whom the draft names and the pipeline finds. `ruled` is the role that the rules give."""

    author: str
    role: str
    ruled: str
    signs: roles.Signs


def known(files: Sequence[Path]) -> Iterator[Known]:
    for path in files:
        one = corpus.read(path)
        if one.people:
            yield from _known(one, path.parent.name)


def _known(one: corpus.Draft, author: str) -> Iterator[Known]:
    document = next(iter(read(Source("draft.txt", one.text.encode("utf-8"), "text/plain"))))
    with PIPELINE.memory_zone():
        draft = Draft(document, PIPELINE.doc(document.text), Setting())
        groups, seen, ruled = weighed(draft)
        for role, forms in one.people:
            at = next((i for i, group in enumerate(groups) if _is_one(draft, group, forms)), None)
            if at is not None and role in roles.ROLES:
                yield Known(author, role, ruled[at], roles.of(draft, at, groups, seen, ruled))


def _is_one(draft: Draft, group: Group, forms: Sequence[str]) -> bool:
    return group.fullest in forms or any(draft.words(name.span) in forms for name in group.names)


def fit(people: Sequence[Known]) -> roles.Weights:
    """A logistic regression over the signs, one set of weights a role."""
    counts = Counter(layers.checksum(sign) for one in people for sign in one.signs)
    keys = np.array(sorted(key for key, count in counts.items() if count >= FEWEST), np.uint32)
    number = {int(key): i for i, key in enumerate(keys)}
    rows, columns, amounts = [], [], []
    for row, one in enumerate(people):
        for sign, amount in one.signs.items():
            if (column := number.get(layers.checksum(sign))) is not None:
                rows.append(row)
                columns.append(column)
                amounts.append(amount)
    matrix = sparse.csr_matrix((amounts, (rows, columns)), (len(people), len(keys)))
    model = LogisticRegression(C=STRENGTH, max_iter=3000)
    model.fit(matrix, [one.role for one in people])
    by_sign, bias = (
        np.zeros((len(keys), len(roles.ROLES))),
        np.full(len(roles.ROLES), -20.0),
    )  # of a role that nobody has
    for own, role in enumerate(model.classes_):
        if role in roles.ROLES:
            by_sign[:, roles.ROLES.index(role)], bias[roles.ROLES.index(role)] = model.coef_[own], model.intercept_[own]
    return roles.Weights(keys, by_sign, bias)


def shares(people: Sequence[Known], model: roles.Weights) -> str:
    """How many have their role by the rules, and by the weights."""
    ruled = sum(one.role == one.ruled for one in people)
    right = sum(one.role == model.role(one.signs, one.ruled) for one in people)
    return f"{len(people):5} people, rules {ruled / len(people):.3f}, weights {right / len(people):.3f}"


def report_folds(people: Sequence[Known]) -> None:
    for author, others, own in corpus.folds(people):
        print(f"{author:10}", shares(own, fit(others)))


def save(path: Path, model: roles.Weights) -> None:
    """The weights as whole numbers from -127 to 127 with one scale a role; signs of next to no weight are left out."""
    kept = np.abs(model.by_sign).max(axis=1) > LEAST
    scale = np.abs(model.by_sign).max(axis=0) / 127
    scale[scale == 0] = 1  # a role that nobody has
    table = np.rint(model.by_sign[kept] / scale).astype(np.int8)
    path.parent.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(path, keys=model.keys[kept], table=table, scale=scale, bias=model.bias)
    print(f"{path}: {kept.sum()} of {len(kept)} signs, {path.stat().st_size // 1024} KiB", file=sys.stderr)


def main() -> int:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--out", type=Path, default=MODELS / "people" / "roles.npz")
    ask.add_argument("--folds", action="store_true")
    args = ask.parse_args()
    files = sorted((MODELS / "corpus" / "drafts").glob("*/*.txt"))
    people = list(known([path for path in files if not corpus.is_kept(path)]))
    if args.folds:
        report_folds(people)
        return 0
    model = fit(people)
    save(args.out, model)
    print(f"learned from {len(people)} people")
    for name in corpus.TESTS:
        if tested := list(known(corpus.files(name))):
            print(f"{name:10}", shares(tested, model))
    return 0


if __name__ == "__main__":
    sys.exit(main())
