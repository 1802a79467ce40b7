#!/usr/bin/env python3
"""Train the encoder that reads a few sentences for danger (referral_lint/understanding/danger/encoder.py).

    danger_teacher.py MPNET_FOLDER models/build/vectors.txt CORPUS_FOLDER ... --out models/build/danger.pickle
    train_danger_encoder.py MINILM_FOLDER models/build/danger.pickle [--out FILE]

MINILM_FOLDER: all-MiniLM-L6-v2 (Apache-2.0); models/README.md says where it comes from. Its first layers learn from what the larger
encoder made of the stretches that danger_teacher.py left, and from what is known of them; then it is made small, and learns on.
Needs torch and transformers.
"""

from __future__ import annotations

import argparse
import pickle
import random
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import torch
from torch import nn
from torch.nn import functional

from referral_lint.paths import MODELS
from referral_lint.understanding import layers
from referral_lint.understanding.danger import encoder

sys.path.insert(0, str(Path(__file__).parent))
import corpus
import encoders
import learning
import train_wording
from danger_texts import Judged

PLACES = encoder.AT_ONCE + 4
BATCH = 1750  # pieces of a batch
RATE, HEAD_RATE, WORD_RATE = 2e-4, 4e-4, 1e-4
DECAY, WARM = 0.01, 60
KNOWN = 2.0  # how much more a stretch counts of which it is known whether it tells of danger
LOOKED_AT = 120  # batches that show which parts of the inner layers matter

Lesson = tuple[list[int], float, float]  # the rows of a stretch, how surely it tells of danger, how much it counts


class Reader(encoders.Encoder):
    """The encoder of referral_lint/understanding/danger/encoder.py; the names of its parts are the same."""

    def __init__(self, rows: int, **sizes: int) -> None:
        super().__init__(rows, PLACES, **sizes)
        width = self.wide.out_features
        self.heads, self.output = nn.Linear(width, 2), nn.Linear(3 * width, 1)

    def forward(self, rows: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        """Odds (stretches,) of rows (stretches, pieces, 1), of which `mask` says which are pieces."""
        x = self.hidden(rows, mask)
        weight = (self.heads(x) - 1e4 * (1 - mask)).softmax(1)
        found = torch.einsum("bth,btd->bhd", weight, x).flatten(1)
        return self.output(self.drop(torch.cat([(x * mask).sum(1) / mask.sum(1), found], -1)))[:, 0]


def made_small(full: Reader, every: Sequence[Lesson]) -> Reader:
    small = Reader(len(full.words.weight), **full.small_sizes())
    shown = [[rows for rows, _, _ in batch] for batch in batches(every)[:LOOKED_AT]]
    small.take_small(full, [rows for rows, _, _ in every], shown)
    return small


def lessons(judged: Judged, known: encoder.Encoder) -> list[Lesson]:
    out = []
    for stretch, urgent, odds in zip(judged.stretches, judged.known, layers.sigmoid(judged.odds), strict=True):
        rows = [encoder.BEGIN, *known.rows(stretch)[: encoder.AT_ONCE], encoder.END]
        sure = float(odds) if urgent < 0 else 0.5 * float(odds) + 0.5 * (0.98 if urgent else 0.02)
        out.append((rows, sure, 1.0 if urgent < 0 else KNOWN))
    return out


def batches(every: Sequence[Lesson]) -> list[list[Lesson]]:
    return train_wording.batches(every, lambda lesson: len(lesson[0]), BATCH)


def fit(reader: Reader, every: Sequence[Lesson], epochs: int, slower: float = 1.0) -> Iterator[int]:
    """Trains, at a share of the usual rates; gives the number of each epoch when it is over."""
    slow = [reader.words.weight, reader.places.weight]
    fast = [p for part in (reader.heads, reader.output, reader.wide) for p in part.parameters()]
    apart = {id(p) for p in (*slow, *fast)}
    groups = [
        {"params": [p for p in reader.parameters() if id(p) not in apart], "lr": RATE * slower},
        {"params": fast, "lr": HEAD_RATE * slower},
        {"params": slow, "lr": WORD_RATE * slower},
    ]
    learner = learning.Learner(reader, groups, DECAY, WARM, epochs * len(batches(every)))
    for epoch in range(epochs):
        reader.train()
        for batch in batches(every):
            sure, counts = (torch.tensor([lesson[i] for lesson in batch], dtype=torch.float32) for i in (1, 2))
            odds = reader(*learning.packed([[(row,) for row in rows] for rows, _, _ in batch]))
            loss = functional.binary_cross_entropy_with_logits(odds, sure, reduction="none") * counts
            learner.learn(loss.mean())
        yield epoch


def texts_of_the_corpus() -> list[str]:
    """All that may teach, for which pieces are needed."""
    drafts = [corpus.read(path).text for split in ("train", "dev", "later") for path in corpus.files(split)]
    teaching = [*(MODELS / "corpus" / "passages").glob("*.txt"), *(MODELS / "corpus" / "danger").glob("*.txt")]
    return [*drafts, *(path.read_text(encoding="utf-8") for path in teaching)]


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("model", type=Path)
    ask.add_argument("judged", type=Path)
    ask.add_argument("--epochs", type=int, default=2, help="rounds at full size, and as many when it is small")
    ask.add_argument("--threads", type=int, default=2)
    ask.add_argument("--seed", type=int, default=7)
    ask.add_argument("--out", type=Path, default=MODELS / "statements" / "danger_encoder.npz")
    args = ask.parse_args()
    random.seed(args.seed)
    torch.manual_seed(args.seed)
    torch.set_num_threads(args.threads)
    judged: Judged = pickle.loads(args.judged.read_bytes())
    said = [" ".join(word for unit in stretch for word in encoder.read_out(unit)) for stretch in judged.stretches]
    words = encoders.vocabulary(args.model, [*said, *texts_of_the_corpus()])
    every = lessons(judged, encoder.Encoder({word: row for row, word in enumerate(words)}, {}))
    reader, began = Reader(len(words)), time.time()
    reader.begin(args.model, words)
    for size in ("full", "small"):
        reader = reader if size == "full" else made_small(reader, every)
        for epoch in fit(reader, every, args.epochs):
            print(f"{size}, epoch {epoch}, {time.time() - began:.0f} s", flush=True)
    learning.save(args.out, words, learning.exported(reader.eval()))


if __name__ == "__main__":
    main()
