#!/usr/bin/env python3
"""Train the encoder that reads what a sentence states (referral_lint/understanding/saying/encoder.py).

    train_saying.py MINILM_FOLDER [--epochs 3] [--out FILE]

MINILM_FOLDER: all-MiniLM-L6-v2 (Apache-2.0); models/README.md says where it comes from. Its first layers learn from the sentences of the
corpus and those that were written for the statements; then they are made small, and learn on, from their own odds before too.
Prints how well each unit of the drafts kept (corpus.KEPT) is told. Needs torch, transformers and scikit-learn.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import torch
from sklearn.metrics import average_precision_score
from torch import nn
from torch.nn import functional

from referral_lint.paths import MODELS
from referral_lint.understanding.saying import encoder, weights
from referral_lint.understanding.saying.units import Unit
from referral_lint.understanding.saying.weights import COLUMNS

sys.path.insert(0, str(Path(__file__).parent))
import corpus
import encoders
import learning
import train_statements
import train_wording

SEED = 7
PLACES = encoder.BEFORE + encoder.LONGEST + 4
BATCH = 2600  # pieces
RATE, HEAD_RATE, WORD_RATE, DECAY, WARM = 2e-4, 1.6e-3, 7e-5, 0.01, 100
CALM = 0.5  # share of the sentences that state nothing which an epoch takes
MOST = 4.0  # how much more a statement counts than silence, at most
OWN_ODDS = 0.5  # how much the odds of the full size count beside what is known, once it is small
LOOKED_AT = 120  # batches that show which parts of the inner layers matter


class Reader(encoders.Encoder):
    """The encoder of referral_lint/understanding/saying/encoder.py; the names of its parts are the same."""

    def __init__(self, rows: int, **sizes: int) -> None:
        super().__init__(rows, PLACES, **sizes)
        width, columns = self.wide.out_features, len(COLUMNS)
        self.heads, self.found = nn.Linear(width, columns), nn.Linear(width, columns)
        self.common = nn.Linear(width, columns)

    def forward(self, rows: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        """Odds (units, columns) of rows (units, pieces, 2): each piece, and 1 where it is the unit's own."""
        x = self.hidden(rows[..., :1], mask)
        own = mask * rows[..., 1:]
        weight = (self.heads(x) - 1e4 * (1 - own)).softmax(1)
        found = (weight * (self.drop(x) @ self.found.weight.T)).sum(1) + self.found.bias
        return found + self.common(self.drop(x[:, 0]))


class Lesson(NamedTuple):
    """A unit's rows, what it says, how much each of COLUMNS counts; the odds of the full size when there are any."""

    rows: list[tuple[int, int]]
    says: np.ndarray
    counts: np.ndarray
    odds: np.ndarray | None = None


Known = tuple[Unit, np.ndarray, np.ndarray]


def known() -> list[Known]:
    """Every unit that may teach, what it says, and how much that counts."""
    paths = [p for split in ("train", "dev", "later") for p in corpus.files(split) if not corpus.is_kept(p)]
    out: list[Known] = []
    for draft in (train_statements.annotated(p, p.parent.name) for p in paths):
        counts = np.stack([train_statements.counting(draft, j) for j in range(len(COLUMNS))], axis=1)
        if draft.has_evidence:
            out += list(zip(draft.units, draft.makes, counts, strict=True))
    taught = [*train_statements.taught(), *train_statements.taught_more()]
    return [*out, *((corpus.unit(words), says, counts) for words, says, counts in taught)]


def lessons(every: Sequence[Known], rows: encoder.Encoder) -> list[Lesson]:
    return [
        Lesson(marked(*rows.rows(unit)), says.astype(np.float32), counts.astype(np.float32))
        for unit, says, counts in every
    ]


def marked(rows: list[int], at: int) -> list[tuple[int, int]]:
    return [(row, int(i >= at)) for i, row in enumerate(rows)]


def batches(every: Sequence[Lesson]) -> list[list[Lesson]]:
    return train_wording.batches(every, lambda lesson: len(lesson.rows), BATCH)


def some(every: Sequence[Lesson]) -> list[Lesson]:
    """All that state something, and some of those that do not."""
    return [lesson for lesson in every if lesson.says.any() or random.random() < CALM]


def told_of(batch: Sequence[Lesson], name: str) -> torch.Tensor:
    return torch.tensor(np.stack([getattr(lesson, name) for lesson in batch]), dtype=torch.float32)


def odds_of(reader: Reader, batch: Sequence[Lesson]) -> torch.Tensor:
    return reader(*learning.packed([lesson.rows for lesson in batch]))


def rarity(every: Sequence[Lesson]) -> torch.Tensor:
    """How much more it counts to say each of COLUMNS than not to."""
    says, counts = (np.stack([getattr(lesson, name) for lesson in every]) for name in ("says", "counts"))
    ratio = (counts * (1 - says)).sum(0) / np.maximum(1, (counts * says).sum(0))
    return torch.tensor(np.minimum(MOST, np.sqrt(ratio)), dtype=torch.float32)


def fit(reader: Reader, every: Sequence[Lesson], epochs: float, slower: float = 1.0) -> Iterator[tuple[int, float]]:
    """Trains, at a share of the usual rates; gives the number of steps and the mean loss, every hundred steps."""
    slow = [reader.words.weight, reader.places.weight]
    fast = [p for part in (reader.heads, reader.found, reader.common, reader.wide) for p in part.parameters()]
    apart = {id(p) for p in (*slow, *fast)}
    groups = [
        {"params": [p for p in reader.parameters() if id(p) not in apart], "lr": RATE * slower},
        {"params": fast, "lr": HEAD_RATE * slower},
        {"params": slow, "lr": WORD_RATE * slower},
    ]
    plan = [batch for epoch in range(int(np.ceil(epochs))) for batch in batches(some(every))]
    plan = plan[: int(len(plan) * epochs / np.ceil(epochs))]
    learner, rare = learning.Learner(reader, groups, DECAY, WARM, len(plan)), rarity(every)
    reader.train()
    total = 0.0
    for step, batch in enumerate(plan, 1):
        odds, says, counts = odds_of(reader, batch), told_of(batch, "says"), told_of(batch, "counts")
        loss = functional.binary_cross_entropy_with_logits(odds, says, reduction="none", pos_weight=rare) * counts
        if batch[0].odds is not None:
            likely = told_of(batch, "odds").sigmoid()
            own = functional.binary_cross_entropy_with_logits(odds, likely, reduction="none")
            loss = (1 - OWN_ODDS) * loss + OWN_ODDS * own
        mean = loss.sum(-1).mean()
        learner.learn(mean)
        total += mean.item()
        if step % 100 == 0:
            yield step, total / 100
            total = 0.0


@torch.no_grad()
def judged(reader: Reader, every: Sequence[Lesson]) -> list[Lesson]:
    """The same with the reader's own odds."""
    reader.eval()
    order = sorted(range(len(every)), key=lambda i: len(every[i].rows))
    out = list(every)
    for start in range(0, len(order), 64):
        part = order[start : start + 64]
        for i, odds in zip(part, odds_of(reader, [every[i] for i in part]).numpy(), strict=True):
            out[i] = every[i]._replace(odds=odds)
    return out


def made_small(full: Reader, every: Sequence[Lesson]) -> Reader:
    small = Reader(len(full.words.weight), **full.small_sizes())
    rows = [[row for row, _ in lesson.rows] for lesson in every]
    shown = [[[row for row, _ in lesson.rows] for lesson in batch] for batch in batches(some(every))[:LOOKED_AT]]
    small.take_small(full, rows, shown)
    return small


def report(known_rows: encoder.Encoder) -> None:
    """How well the units of the drafts kept are told: average precision over the columns."""
    paths = [p for p in corpus.files("later") if corpus.is_kept(p)]
    drafts = [train_statements.annotated(p, p.parent.name) for p in paths]
    makes = np.concatenate([draft.makes for draft in drafts])
    linear = np.concatenate([weights.load().score_features(draft.features) for draft in drafts])
    odds = np.concatenate([known_rows.odds(draft.units) for draft in drafts])
    for name, scores in {"linear": linear, "encoder": odds, "both": linear + encoder.SHARE * odds}.items():
        every = [average_precision_score(makes[:, j], scores[:, j]) for j in range(len(COLUMNS)) if makes[:, j].any()]
        print(f"{name:8} {np.mean(every):.3f}")


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("model", type=Path)
    ask.add_argument("--epochs", type=float, default=3, help="rounds at full size, and as many when it is small")
    ask.add_argument("--threads", type=int, default=2)
    ask.add_argument("--out", type=Path, default=MODELS / "statements" / "saying_encoder.npz")
    args = ask.parse_args()
    random.seed(SEED)
    torch.manual_seed(SEED)
    torch.set_num_threads(args.threads)
    every, began = known(), time.time()
    words = encoders.vocabulary(args.model, [f"{u.question or u.before} {u.text}" for u, _, _ in every])
    taught = lessons(every, encoder.Encoder({word: row for row, word in enumerate(words)}, {}))
    reader = Reader(len(words))
    reader.begin(args.model, words)
    for size in ("full", "small"):
        if size == "small":
            taught = judged(reader, taught)
            reader = made_small(reader, taught)
        for step, loss in fit(reader, taught, args.epochs, 1.0 if size == "full" else 0.7):
            print(f"{size}, step {step}, {time.time() - began:.0f} s: {loss:.3f}", flush=True)
    learning.save(args.out, words, learning.exported(reader.eval()))
    report(encoder.load(args.out))


if __name__ == "__main__":
    main()
