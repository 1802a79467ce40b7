#!/usr/bin/env python3
"""Train the network that tells immediate danger by the order of words (referral_lint/understanding/danger/network.py).

    danger_teacher.py MODEL_FOLDER models/build/vectors.txt CORPUS_FOLDER ... --out models/build/danger.pickle
    train_danger_network.py models/build/vectors.txt models/build/danger.pickle [--out FILE]

It learns from what the encoder made of the stretches that danger_teacher.py left, and from what is known of them. Needs torch.
"""

from __future__ import annotations

import argparse
import pickle
import random
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import torch
from torch import nn
from torch.nn import functional

from referral_lint.paths import MODELS
from referral_lint.understanding.danger import network
from referral_lint.understanding.saying.features import plain_words

sys.path.insert(0, str(Path(__file__).parent))
import danger_texts
import learning
import train_wording
from danger_texts import Judged

SEED, WORDS, VECTOR, ENDING, WIDTH, LOOKS, HEADS, JOINED = 7, 12_000, 48, 8, 96, 2, 6, 64
BATCH = 64
RATE, SLOWLY, DECAY, DROP, STRANGE = 2e-3, 0.3, 0.01, 0.15, 0.06
KNOWN = 2.0  # how much more a stretch counts of which it is known whether it tells of danger


class Reader(nn.Module):
    """The network of referral_lint/understanding/danger/network.py; the names of its parts are the same."""

    def __init__(self, vectors: np.ndarray) -> None:
        super().__init__()
        self.words = nn.Embedding.from_pretrained(torch.tensor(vectors), freeze=False, padding_idx=0)
        self.endings = nn.Embedding(network.ENDINGS, ENDING)
        nn.init.normal_(self.endings.weight, std=0.3)
        self.input = nn.Linear(vectors.shape[1] + ENDING, WIDTH)
        self.look = nn.ModuleList(nn.Linear(3 * WIDTH, 2 * WIDTH) for _ in range(LOOKS))
        self.norm = nn.ModuleList(nn.LayerNorm(WIDTH) for _ in range(LOOKS + 1))
        self.heads, self.join, self.output = (
            nn.Linear(WIDTH, HEADS),
            nn.Linear(WIDTH * (HEADS + 2), JOINED),
            nn.Linear(JOINED, 1),
        )
        self.drop = nn.Dropout(DROP)

    def forward(self, rows: torch.Tensor) -> torch.Tensor:
        """Odds (stretches,) of rows (stretches, words, 2); where the first is 0 there is no word: behind a unit, no look goes beyond it."""
        word, ending = rows.unbind(-1)
        mask = (word > 0)[..., None].float()
        if self.training:
            word = torch.where((torch.rand(word.shape) < STRANGE) & (word >= network.FIRST), network.STRANGE, word)
        parts = torch.cat([self.drop(self.words(word)), self.endings(ending)], -1)
        x = self.norm[0](functional.gelu(self.input(parts), approximate="tanh")) * mask
        for look, norm in zip(self.look, self.norm[1:], strict=True):
            around = functional.pad(x, (0, 0, 1, 1))
            seen = look(self.drop(torch.cat([around[:, :-2], x, around[:, 2:]], -1)))
            x = norm(x + torch.maximum(*seen.chunk(2, -1))) * mask
        attention = (self.heads(x) - 1e4 * (1 - mask)).softmax(1)
        found = torch.einsum("bth,btd->bhd", attention, x).flatten(1)
        whole = torch.cat([found, x.sum(1) / mask.sum(1), (x - 1e4 * (1 - mask)).max(1).values], -1)
        joined = functional.gelu(self.join(self.drop(whole)), approximate="tanh")
        return self.output(self.drop(joined))[:, 0]


def vocabulary(stretches: Sequence[danger_texts.Stretch], others: Sequence[str]) -> list[str]:
    """The words said more than once, the more frequent first, those said once that have a vector, and other words with one."""
    said = Counter(
        word for s in stretches for unit in s for text in (unit.text, unit.question) for word in plain_words(text)
    )
    often = [word for word, count in said.most_common() if count > 1]
    return list(dict.fromkeys([*often, *(word for word in others if word in said), *others]))[:WORDS]


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


Lesson = tuple[np.ndarray, float, float]  # the rows of a stretch, how surely it tells of danger, how much it counts


def lessons(judged: Judged, known: network.Network) -> list[Lesson]:
    sure = 1 / (1 + np.exp(-judged.odds))
    return [
        (rows_of(stretch, known), odds, 1.0)
        if urgent < 0
        else (rows_of(stretch, known), 0.5 * odds + 0.5 * (0.98 if urgent else 0.02), KNOWN)
        for stretch, urgent, odds in zip(judged.stretches, judged.known, sure, strict=True)
    ]


def rows_of(stretch: danger_texts.Stretch, known: network.Network) -> np.ndarray:
    """(words, 2): the rows of its units with an empty one between two."""
    return np.array([row for unit in stretch for row in (*known.rows(unit), (0, 0))][:-1], np.int64)


def fit(reader: Reader, every: Sequence[Lesson], epochs: int) -> Iterator[int]:
    """Trains; gives the number of each epoch when it is over."""

    def mixed() -> list[list[Lesson]]:
        return train_wording.batches(every, lambda lesson: len(lesson[0]), BATCH * 55)

    groups = learning.with_slow_words(reader, reader.words, RATE, SLOWLY)
    learner = learning.Learner(reader, groups, DECAY, 100, epochs * len(mixed()))
    for epoch in range(epochs):
        reader.train()
        for batch in mixed():
            sure, counts = (torch.tensor([lesson[i] for lesson in batch], dtype=torch.float32) for i in (1, 2))
            odds = reader(learning.packed([rows for rows, _, _ in batch])[0])
            loss = (functional.binary_cross_entropy_with_logits(odds, sure, reduction="none") * counts).mean()
            learner.learn(loss)
        yield epoch


def save(path: Path, words: Sequence[str], weights: dict[str, np.ndarray]) -> None:
    """Tables as whole numbers from -127 to 127 with one scale a column, all else in half precision."""
    small: dict[str, np.ndarray] = {}
    for name, array in weights.items():
        if array.ndim == 2:
            scale = np.abs(array).max(axis=0) / 127
            small[name], small[f"{name}.scale"] = np.rint(array / scale).astype(np.int8), scale.astype(np.float32)
        else:
            small[name] = array.astype(np.float16)
    np.savez_compressed(path, vocabulary=np.frombuffer("\n".join(words).encode(), np.uint8), **small)
    print(f"{path}: {path.stat().st_size // 1024} KiB", file=sys.stderr)


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("vectors", type=Path)
    ask.add_argument("judged", type=Path)
    ask.add_argument("--epochs", type=int, default=8)
    ask.add_argument("--seed", type=int, default=SEED)
    ask.add_argument("--out", type=Path, default=MODELS / "statements" / "danger_network.npz")
    args = ask.parse_args()
    random.seed(args.seed)
    torch.manual_seed(args.seed)
    torch.set_num_threads(1)
    judged: Judged = pickle.loads(args.judged.read_bytes())
    words = vocabulary(judged.stretches, train_wording.vectors(args.vectors)[0])
    every = lessons(judged, network.Network({word: row for row, word in enumerate(words, network.FIRST)}, {}))
    reader, began = Reader(table(words, args.vectors, network.FIRST, VECTOR)), time.time()
    for epoch in fit(reader, every, args.epochs):
        print(f"epoch {epoch}, {time.time() - began:.0f} s", flush=True)
    save(args.out, words, learning.exported(reader))


if __name__ == "__main__":
    main()
