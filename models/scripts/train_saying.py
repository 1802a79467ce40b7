#!/usr/bin/env python3
"""Train the network that tells what a sentence states (referral_lint/understanding/saying/network.py).

    sentence_teacher.py MODEL_FOLDER models/build/vectors.txt --out models/build/altered.npz
    train_saying.py models/build/vectors.txt models/build/altered.npz [--epochs 6] [--out FILE]

It learns from what the encoder made of the sentences that sentence_teacher.py left, and from what was known of them. Prints how well
each unit of the drafts kept (corpus.KEPT) is told, alone and beside the linear weights. Needs torch and scikit-learn.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import torch
from sklearn.metrics import average_precision_score
from torch import nn
from torch.nn import functional

from referral_lint.model import Span
from referral_lint.paths import MODELS
from referral_lint.understanding.saying import network, weights
from referral_lint.understanding.saying.features import plain_words
from referral_lint.understanding.saying.units import Unit
from referral_lint.understanding.saying.weights import COLUMNS

sys.path.insert(0, str(Path(__file__).parent))
import corpus
import learning
import train_statements
import train_wording

SEED, WORDS, VECTOR, ENDING, PART, WIDTH, LOOKS, JOINED = 7, 10_000, 40, 12, 4, 96, 3, 64
BATCH = 3500  # words
RATE, SLOWLY, DECAY, DROP, STRANGE = 2e-3, 0.3, 0.01, 0.15, 0.06
KNOWN = 0.35  # how much what was known counts beside the encoder's odds, where it is sure
OFTEN = 3  # how often a word must stand in the sentences


class Reader(nn.Module):
    """The network of referral_lint/understanding/saying/network.py; the names of its parts are the same."""

    def __init__(self, vectors: np.ndarray) -> None:
        super().__init__()
        self.words = nn.Embedding.from_pretrained(torch.tensor(vectors), freeze=False, padding_idx=0)
        self.endings, self.part = nn.Embedding(network.ENDINGS, ENDING), nn.Embedding(network.ENDED + 1, PART)
        nn.init.normal_(self.endings.weight, std=0.3)
        self.input = nn.Linear(vectors.shape[1] + ENDING + PART, WIDTH)
        self.look = nn.ModuleList(nn.Linear(3 * WIDTH, 2 * WIDTH) for _ in range(LOOKS))
        self.norm = nn.ModuleList(nn.LayerNorm(WIDTH) for _ in range(LOOKS + 1))
        self.heads, self.found = nn.Linear(WIDTH, len(COLUMNS)), nn.Linear(WIDTH, len(COLUMNS))
        self.join, self.common = nn.Linear(2 * WIDTH, JOINED), nn.Linear(JOINED, len(COLUMNS))
        self.drop = nn.Dropout(DROP)

    def forward(self, rows: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        word, ending, part = rows.unbind(-1)
        if self.training:
            word = torch.where((torch.rand(word.shape) < STRANGE) & (word >= network.FIRST), network.STRANGE, word)
        parts = torch.cat([self.drop(self.words(word)), self.endings(ending), self.part(part)], -1)
        x = self.norm[0](functional.gelu(self.input(parts), approximate="tanh")) * mask
        for look, norm in zip(self.look, self.norm[1:], strict=True):
            around = functional.pad(x, (0, 0, 1, 1))
            seen = look(self.drop(torch.cat([around[:, :-2], x, around[:, 2:]], -1)))
            x = norm(x + torch.maximum(*seen.chunk(2, -1))) * mask
        weight = (self.heads(x) - 1e4 * (1 - mask)).softmax(1)
        found = (weight * (self.drop(x) @ self.found.weight.T)).sum(1) + self.found.bias
        whole = torch.cat([x.sum(1) / mask.sum(1), (x - 1e4 * (1 - mask)).max(1).values], -1)
        return found + self.common(self.drop(functional.gelu(self.join(self.drop(whole)), approximate="tanh")))


Rows = Sequence[tuple[int, int, int]]
Lesson = tuple[Rows, np.ndarray]  # a sentence's rows, and how likely it is to say each of COLUMNS


def lessons(path: Path) -> tuple[list[Unit], np.ndarray]:
    """The sentences that the encoder read, and how likely each says what: its odds, drawn towards what was known."""
    with np.load(path) as file:
        lines = bytes(file["texts"]).decode().split("\n")
        likely = 1 / (1 + np.exp(-file["said"].astype(np.float32)))
        says, counts = file["says"], file["counts"].astype(np.float32)
    sure = np.where(says < 0, 0, np.minimum(1, counts) * KNOWN)
    pairs = (line.split("\t") for line in lines)
    return [Unit(Span(0, len(said)), said, before=before) for before, said in pairs], likely + sure * (says - likely)


def vocabulary(said: Sequence[Unit]) -> list[str]:
    """The words said most often."""
    counted = Counter(word for unit in said for word in plain_words(unit.text))
    return [word for word, count in counted.most_common(WORDS) if count >= OFTEN]


def table(words: Sequence[str], vectors: Path, first: int, width: int) -> np.ndarray:
    """The first principal components of their vectors, from row `first` on; a word without one begins near zero."""
    known, full = train_wording.vectors(vectors)
    full = full[2:]
    rows = np.random.default_rng(SEED).normal(0, 0.1, (first + len(words), full.shape[1]))
    at = {word: i for i, word in enumerate(known)}
    for row, word in enumerate(words, first):
        if word in at:
            rows[row] = full[at[word]]
    _, _, axes = np.linalg.svd(full - full.mean(0), full_matrices=False)
    small = (rows @ axes[:width].T).astype(np.float32)
    small[0] = 0
    return small


def fit(reader: Reader, every: Sequence[Lesson], epochs: int) -> Iterator[int]:
    """Trains; gives the number of each epoch when it is over."""

    def mixed() -> list[list[Lesson]]:
        return train_wording.batches(every, lambda lesson: len(lesson[0]), BATCH)

    groups = learning.with_slow_words(reader, reader.words, RATE, SLOWLY)
    learner = learning.Learner(reader, groups, DECAY, 100, epochs * len(mixed()))
    for epoch in range(epochs):
        reader.train()
        for batch in mixed():
            likely = torch.tensor(np.stack([lesson[1] for lesson in batch]), dtype=torch.float32)
            odds = reader(*learning.packed([rows for rows, _ in batch]))
            learner.learn(functional.binary_cross_entropy_with_logits(odds, likely, reduction="none").sum(-1).mean())
        yield epoch


class Kept:
    """The units of the drafts kept, what they say, and what the linear weights make of them."""

    def __init__(self) -> None:
        paths = [p for p in corpus.files("later") if corpus.is_kept(p)]
        drafts = [train_statements.annotated(p, p.parent.name) for p in paths]
        self.units = [unit for draft in drafts for unit in draft.units]
        self.makes = np.concatenate([draft.makes for draft in drafts])
        self.linear = np.concatenate([weights.load().score_features(draft.features) for draft in drafts])

    def report(self, known: network.Network) -> str:
        """Mean over COLUMNS of the average precision by the network, by the linear weights, and by both as they are added up."""
        odds = known.odds(self.units)
        ways = {"network": odds, "linear": self.linear, "both": network.SHARE * odds + self.linear}
        return ", ".join(f"{name} {self._precision(scores):.3f}" for name, scores in ways.items())

    def _precision(self, scores: np.ndarray) -> float:
        columns = [i for i in range(len(COLUMNS)) if self.makes[:, i].any()]
        return float(np.mean([average_precision_score(self.makes[:, i], scores[:, i]) for i in columns]))


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("vectors", type=Path)
    ask.add_argument("altered", type=Path)
    ask.add_argument("--epochs", type=int, default=6)
    ask.add_argument("--seed", type=int, default=SEED)
    ask.add_argument("--out", type=Path, default=MODELS / "statements" / "saying_network.npz")
    args = ask.parse_args()
    random.seed(args.seed)
    torch.manual_seed(args.seed)
    torch.set_num_threads(1)
    said, likely = lessons(args.altered)
    words = vocabulary(said)
    known = network.Network({word: row for row, word in enumerate(words, network.FIRST)}, {})
    every = list(zip(map(known.rows, said), likely, strict=True))
    print(f"{len(every)} sentences, {len(words)} words")
    reader, kept, began = Reader(table(words, args.vectors, network.FIRST, VECTOR)), Kept(), time.time()
    for epoch in fit(reader, every, args.epochs):
        reader.eval()
        now = network.Network(known.vocabulary, {n: a.astype(np.float32) for n, a in learning.exported(reader).items()})
        print(f"epoch {epoch}, {time.time() - began:.0f} s, kept: {kept.report(now)}", flush=True)
    learning.save(args.out, words, learning.exported(reader))


if __name__ == "__main__":
    main()
