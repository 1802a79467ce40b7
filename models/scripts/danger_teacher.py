#!/usr/bin/env python3
"""Teach a sentence encoder to tell immediate danger, and let it judge many more stretches of text for the small network.

    danger_teacher.py MODEL_FOLDER models/build/vectors.txt CORPUS_FOLDER ... [--short FILE ...] [--epochs 2] [--out FILE]

MODEL_FOLDER: all-mpnet-base-v2 (Apache-2.0); models/README.md says where it comes from. It learns from the texts of
danger_texts.py; then it gives the odds of danger for the texts, parts of them, copies with other words or carelessly written,
texts that are joined, and some of the corpus's passages. Needs torch and transformers; the encoder is not part of the package.
"""

from __future__ import annotations

import argparse
import pickle
import random
import re
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import torch
from torch import nn
from torch.nn import functional
from transformers import AutoModel, AutoTokenizer

from referral_lint.paths import MODELS
from referral_lint.understanding.danger.stretches import GROUP

sys.path.insert(0, str(Path(__file__).parent))
import danger_texts
import learning
import train_wording
from altering import Alter
from check_passages import passages
from danger_texts import Judged, Stretch

FROZEN = 4  # of its twelve layers
RATE, OUTPUT_RATE, DECAY, DROP = 6e-5, 1e-3, 0.01, 0.1
BATCH, LONGEST = 7000, 160  # characters of a batch, pieces of a stretch
URGENT = 1.5  # how much more a text with danger counts
INSIDE, PART = 0.2, 0.1  # how often a short text stands among calm sentences, or only a part of it is shown
COPIES = 2  # with other words
SOME = 0.5  # of the other ways of changing a text, how many are taken
CALM, PASSAGES = 0.5, 25_000  # how many stretches of calm drafts and how many passages it judges
MOST = 6.0  # no odds are surer
PIECES = re.compile(r"[^\W\d_]+|[\W\d_]+")


def read_out(stretch: Stretch) -> str:
    return " ".join(f"{unit.question} – {unit.text}" if unit.question else unit.text for unit in stretch)


class Encoder(nn.Module):
    """The encoder, and over its words a mean and what it attends to."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.cut = AutoTokenizer.from_pretrained(folder)
        self.encoder = AutoModel.from_pretrained(folder)
        layers = self.encoder.encoder
        for part in (self.encoder.embeddings, layers.relative_attention_bias, *layers.layer[:FROZEN]):
            part.requires_grad_(False)
        width = self.encoder.config.hidden_size
        self.attend, self.output, self.drop = nn.Linear(width, 1), nn.Linear(2 * width, 1), nn.Dropout(DROP)

    def forward(self, stretches: Sequence[Stretch]) -> torch.Tensor:
        words = [read_out(stretch) for stretch in stretches]
        cut = self.cut(words, truncation=True, max_length=LONGEST, padding=True, return_tensors="pt")
        with learning.half_precision():
            hidden = self.encoder(input_ids=cut["input_ids"], attention_mask=cut["attention_mask"]).last_hidden_state
        hidden = hidden.float()
        mask = cut["attention_mask"][..., None].float()
        weight = (self.attend(hidden) - 1e4 * (1 - mask)).softmax(1)
        mean = (hidden * mask).sum(1) / mask.sum(1)
        return self.output(self.drop(torch.cat([mean, (hidden * weight).sum(1)], -1)))[:, 0]


def lesson(texts: Sequence[danger_texts.Text]) -> Iterator[tuple[Stretch, bool]]:
    """What one epoch shows: every short text, now and then among others' sentences, and one stretch of each long one."""
    calm = [text for text in texts if not text.short and not text.urgent and text.units]
    for text in texts:
        if text.short and text.units:
            chance = random.random()
            if chance < INSIDE and calm:
                yield among(text.units, random.choice(calm).units), text.urgent
            elif chance < INSIDE + PART and not text.urgent:
                first = random.randrange(len(text.units))
                yield text.units[first : first + random.randint(1, 3)], False
            else:
                yield text.units, text.urgent
        elif text.urgent:
            yield from ((text.around(random.choice(text.shown)), True) for _ in range(2 if text.shown else 0))
        elif text.units and random.random() < 0.5:
            yield random.choice(text.stretches()), False


def among(units: Stretch, others: Stretch) -> Stretch:
    """A short text between one or two sentences of another before and after."""
    count = random.randint(1, 2)
    first = random.randrange(max(1, len(others) - 2 * count))
    return [*others[first : first + count], *units, *others[first + count : first + 2 * count]]


def taught(folder: Path, texts: Sequence[danger_texts.Text], epochs: int, seed: int) -> Encoder:
    random.seed(seed)
    torch.manual_seed(seed)
    encoder, began = Encoder(folder).train(), time.time()
    own = [p for p in encoder.encoder.parameters() if p.requires_grad]
    head = [*encoder.attend.parameters(), *encoder.output.parameters()]
    groups = [{"params": own, "lr": RATE}, {"params": head, "lr": OUTPUT_RATE}]
    every = [train_wording.batches(list(lesson(texts)), lambda s: len(read_out(s[0])), BATCH) for _ in range(epochs)]
    learner = learning.Learner(encoder, groups, DECAY, 40, sum(map(len, every)))
    for epoch, batches in enumerate(every):
        for batch in batches:
            aim = torch.tensor([0.98 if urgent else 0.02 for _, urgent in batch])
            odds = encoder([stretch for stretch, _ in batch])
            loss = functional.binary_cross_entropy_with_logits(odds, aim, pos_weight=torch.tensor(URGENT))
            learner.learn(loss)
        print(f"seed {seed}, epoch {epoch}, {time.time() - began:.0f} s", flush=True)
    return encoder.eval()


def altering(texts: Sequence[danger_texts.Text], vectors: Path) -> Alter:
    words, table = train_wording.vectors(vectors)
    said = (word for text in texts if text.short for unit in text.units for word in PIECES.findall(unit.text))
    return Alter(said, {word: row for row, word in enumerate(words, 2)}, table)


def altered(stretch: Stretch, alter: Alter) -> Stretch:
    """A stretch with some words changed for neighbours."""
    return [replace(unit, text="".join(alter(PIECES.findall(unit.text)))) for unit in stretch]


def careless(stretch: Stretch) -> Stretch:
    return [replace(unit, text=re.sub("['’,]", "", unit.text.lower())) for unit in stretch]


def variants(texts: Sequence[danger_texts.Text], alter: Alter) -> Iterator[tuple[Stretch, int]]:
    """Stretches, and whether each is known to tell of danger, as in Judged."""
    short = [text for text in texts if text.short and text.units]
    calm = [text for text in texts if not text.short and not text.urgent and text.units]
    for text in short:
        yield text.units[:GROUP], int(text.urgent)
        yield from ((other[:GROUP], -1) for other in _others(text.units, short, calm, alter))
    for text in texts:
        if text.short:
            continue
        some = [stretch for stretch in text.stretches() if stretch and random.random() < CALM]
        yield from ((stretch, -1 if text.urgent else 0) for stretch in some)
        for stretch in (text.around(i) for i in text.shown or () for _ in range(4)):
            yield stretch, 1
            yield altered(stretch, alter), -1
            yield careless(stretch), -1


def _others(
    units: Stretch, short: Sequence[danger_texts.Text], calm: Sequence[danger_texts.Text], alter: Alter
) -> Iterator[Stretch]:
    """What else a short text could be: copies, carelessly written ones, parts, with another, among calm sentences, in another order."""
    yield from (altered(units, alter) for _ in range(COPIES))
    ways = [
        lambda: careless(units),
        lambda: altered(careless(units), alter),
        lambda: altered([*units, *random.choice(short).units], alter),
        lambda: random.sample(units, len(units)),
        *([lambda: among(units, random.choice(calm).units)] * 2 if calm else ()),
    ]
    if len(units) > 1:
        first = random.randrange(len(units) - 1)
        ways += [lambda: units[first : first + 1], lambda: altered(units[first : first + 2], alter)]
    yield from (way() for way in ways if random.random() < SOME)


def of_passages() -> list[tuple[Stretch, int]]:
    found = []
    for file in sorted((MODELS / "corpus" / "passages").glob("*.txt")):
        for passage in passages(file):
            words = train_wording.corpus.MARK.sub(r"\2", re.sub(r"\A\[purpose: .*\]\n", "", passage))
            if units := danger_texts.said(words)[:GROUP]:
                found.append((units, -1))
    return random.sample(found, min(PASSAGES, len(found)))


@torch.no_grad()
def judged(encoders: Sequence[Encoder], found: Sequence[tuple[Stretch, int]]) -> Judged:
    odds = np.zeros(len(found), np.float32)
    order = sorted(range(len(found)), key=lambda i: len(read_out(found[i][0])))
    for start in range(0, len(order), 64):
        batch = order[start : start + 64]
        read = [encoder([found[i][0] for i in batch]).clamp(-MOST, MOST).numpy() for encoder in encoders]
        odds[batch] = sum(read) / len(read)
    return Judged([stretch for stretch, _ in found], np.array([known for _, known in found]), odds)


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("model", type=Path)
    ask.add_argument("vectors", type=Path)
    ask.add_argument("folders", nargs="+", type=Path)
    ask.add_argument("--short", nargs="*", type=Path, default=[])
    ask.add_argument("--epochs", type=int, default=2)
    ask.add_argument("--seeds", type=int, nargs="+", default=[7])
    ask.add_argument("--out", type=Path, default=Path("models/build/danger.pickle"))
    args = ask.parse_args()
    torch.set_num_threads(2)
    texts = [*danger_texts.of_lines(), *(t for p in args.short for t in danger_texts.of_short(p))]
    texts += danger_texts.of_corpus(args.folders)
    encoders = [taught(args.model, texts, args.epochs, seed) for seed in args.seeds]
    random.seed(3)
    found = [*variants(texts, altering(texts, args.vectors)), *of_passages()]
    args.out.parent.mkdir(parents=True, exist_ok=True)
    args.out.write_bytes(pickle.dumps(judged(encoders, found)))
    print(f"{args.out}: {len(found)} stretches", file=sys.stderr)


if __name__ == "__main__":
    main()
