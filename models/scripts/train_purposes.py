#!/usr/bin/env python3
"""Train the weights for the purposes of a draft from annotated drafts (models/corpus/FORMAT.md, key `purposes`).

    train_purposes.py [--out FILE] [--folds]

Learns from all drafts of models/corpus but the test authors' and those kept (corpus.KEPT), and prints how well the purposes of the
latter are found. --folds leaves each author out in turn and stops there. Needs the extra `train` (scikit-learn).
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import corpus
import numpy as np
import scipy.sparse as sparse
import spacy
from sklearn.linear_model import LogisticRegression

from referral_lint.model import Source
from referral_lint.paths import MODELS
from referral_lint.readers import read
from referral_lint.understanding import layers, purposes
from referral_lint.understanding.draft import Draft
from referral_lint.understanding.purposes import looks, signs, weights
from referral_lint.understanding.setting import Setting

TOKENIZER = spacy.blank("en")
NAMES = (*signs.names(), "")
STRENGTH = 1.0  # inverse regularisation
WORTH = {"T": 4.0, "S": 2.8, "A": 2.0, "O": 2.0, "B": 2.8, "K": 2.0}  # how much a place's words count before training
SECONDS = 0.3  # how much a purpose counts that is not the draft's main one


@dataclass(frozen=True)
class Known:
    """One draft: how it looks, and its purposes by number, the main one first."""

    author: str
    look: looks.Look
    purposes: tuple[int, ...]
    asks_in_general: bool


def known(path: Path, author: str) -> Known:
    """One file of the corpus."""
    one = corpus.read(path)
    document = next(iter(read(Source(path.name, one.text.encode("utf-8"), "text/plain"))))
    draft = Draft(document, TOKENIZER(document.text), Setting())
    named = [name.strip() for name in one.header.get("purposes", "").split(",")]
    numbers = tuple(NAMES.index(name) for name in named if name and name in NAMES)
    return Known(author, looks.of(draft), numbers or (len(NAMES) - 1,), draft.asks_in_general)


@dataclass(frozen=True)
class Columns:
    """Features that more than one author uses: their number and what they are worth by being rare."""

    number: dict[str, int]
    worth: np.ndarray

    @classmethod
    def of(cls, drafts: Sequence[Known]) -> Columns:
        """The features of these drafts."""
        users, counts = defaultdict(set), Counter()
        for draft in drafts:
            for words in draft.look.words.values():
                counts.update(words)
                for word in words:
                    users[word].add(draft.author)
        kept = sorted(word for word in counts if len(users[word]) > 1)
        rare = np.log(len(drafts) / np.array([counts[word] for word in kept]))
        return cls({word: i for i, word in enumerate(kept)}, rare * [WORTH[word[0]] for word in kept])

    def matrix(self, drafts: Sequence[Known]) -> sparse.csr_matrix:
        """(drafts, features): each place's known words share a length of about one."""
        rows, columns, values = [], [], []
        for i, draft in enumerate(drafts):
            for words in draft.look.words.values():
                found = [self.number[word] for word in words if word in self.number]
                rows += [i] * len(found)
                columns += found
                values += [1 / np.sqrt(max(1, len(found)))] * len(found)
        size = (len(drafts), len(self.number))
        return sparse.csr_matrix((values, (rows, columns)), size) @ sparse.diags(self.worth / TYPICAL)


TYPICAL = 4.0  # what a word is worth by being rare, on the whole


def fit(drafts: Sequence[Known]) -> weights.Weights:
    """One logistic regression over all purposes, in the space that the drafts span: they are fewer than the words."""
    columns = Columns.of(drafts)
    words, numbers = columns.matrix(drafts), np.array([draft.look.signs for draft in drafts])
    share, turn = np.linalg.eigh((words @ words.T).toarray() + numbers @ numbers.T)
    turn, share = turn[:, share > 1e-8], share[share > 1e-8]
    wanted = [(i, n, SECONDS if k else 1.0) for i, d in enumerate(drafts) for k, n in enumerate(d.purposes[:3])]
    rows, labels, worth = map(np.array, zip(*wanted, strict=True))
    worth = worth / np.bincount(rows, worth)[rows]
    model = LogisticRegression(C=STRENGTH, max_iter=200).fit((turn * np.sqrt(share))[rows], labels, sample_weight=worth)
    by_draft = (turn / np.sqrt(share)) @ model.coef_.T
    table = np.zeros((len(columns.number), len(NAMES)))
    table[:, model.classes_] = (words.T @ by_draft) * (columns.worth / TYPICAL)[:, None]
    by_sign, bias = np.zeros((numbers.shape[1], len(NAMES))), np.full(len(NAMES), -20.0)
    by_sign[:, model.classes_], bias[model.classes_] = numbers.T @ by_draft, model.intercept_
    keys = np.array([layers.checksum(word) for word in columns.number], np.uint32)
    order = np.argsort(keys)
    return weights.Weights(keys[order], table[order], by_sign, bias)


def found(model: weights.Weights, draft: Known) -> np.ndarray:
    """How likely each purpose is."""
    if draft.asks_in_general:
        return np.eye(len(NAMES))[NAMES.index("no_names_consultation")]
    return layers.softmax(model.scores(draft.look.words, draft.look.signs))


def report_folds(drafts: Sequence[Known]) -> None:
    """As report, of each author by weights that never saw one of theirs."""
    totals = {author: counts(fit(others), own) for author, others, own in corpus.folds(drafts)}
    for author, total in {**totals, "all": sum(totals.values())}.items():
        _print(author, total)


def counts(model: weights.Weights, drafts: Sequence[Known]) -> np.ndarray:
    """Drafts; right main purposes; main ones among those named; of all purposes those right, those found and those named."""
    total = np.zeros(6)
    for draft in drafts:
        said = [NAMES.index(name) for name in purposes.chosen(found(model, draft), draft.look)]
        wanted = set(draft.purposes) - {len(NAMES) - 1}
        first = said[0] if said else len(NAMES) - 1
        right = wanted & set(said)
        total += [1, first == draft.purposes[0], first in draft.purposes, len(right), len(said), len(wanted)]
    return total


def _print(author: str, total: np.ndarray) -> None:
    count, right, among, both, said, wanted = total
    print(
        f"{author:10} {count:4.0f} drafts  main {right / count:.3f}  among {among / count:.3f}  F1 {2 * both / (said + wanted):.3f}",
        flush=True,
    )


def save(path: Path, model: weights.Weights) -> None:
    """The weights as whole numbers from -127 to 127 with one scale a purpose; features of next to no weight are left out."""
    scale = np.abs(model.by_feature).max(axis=0) / 127
    scale[scale == 0] = 1
    kept = np.abs(model.by_feature).max(axis=1) > LEAST
    kept &= np.r_[True, model.keys[1:] != model.keys[:-1]]
    path.parent.mkdir(parents=True, exist_ok=True)
    table = np.rint(model.by_feature[kept] / scale).astype(np.int8)
    by_sign = model.by_sign.astype(np.float32)
    np.savez_compressed(path, keys=model.keys[kept], table=table, scale=scale, by_sign=by_sign, bias=model.bias)
    print(f"{path}: {kept.sum()} of {len(kept)} features, {path.stat().st_size // 1024} KiB", file=sys.stderr)


LEAST = 0.08


def main() -> int:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--out", type=Path, default=MODELS / "purposes" / "weights.npz")
    ask.add_argument("--folds", action="store_true")
    args = ask.parse_args()
    paths = [path for split in ("train", "dev", "later") for path in corpus.files(split)]
    drafts = [known(path, path.parent.name) for path in paths if not corpus.is_kept(path)]
    if args.folds:
        report_folds(drafts)
        return 0
    model = fit(drafts)
    _print("kept", counts(model, [known(path, path.parent.name) for path in paths if corpus.is_kept(path)]))
    save(args.out, model)
    return 0


if __name__ == "__main__":
    sys.exit(main())
