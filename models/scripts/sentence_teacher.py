#!/usr/bin/env python3
"""Teach a sentence encoder to mark wording and to tell what a sentence states, and let it label altered copies for the small networks.

    sentence_teacher.py MODEL_FOLDER models/build/vectors.txt --out models/build/altered.npz [--epochs 2] [--threads 2] [--seed 7]

MODEL_FOLDER: all-mpnet-base-v2 (Apache-2.0); models/README.md says where it comes from. It knows what the corpus has no example of, how
people say that things go badly above all; networks of our size learn much of that from its labels for the same sentences with other
words in them. Needs torch and transformers; the encoder is not part of the package.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import torch
from torch import nn
from torch.nn import functional
from transformers import AutoModel, AutoTokenizer

from referral_lint.understanding.saying.weights import COLUMNS
from referral_lint.understanding.wording import network, tokens

sys.path.insert(0, str(Path(__file__).parent))
import learning
import lessons
import train_wording as small
from altering import Alter
from lessons import Sentence

FROZEN = 4  # of its twelve layers
RATE, OUTPUT_RATE, DECAY, DROP = 6e-5, 7.2e-4, 0.01, 0.2
STATEMENTS, SAID = 0.1, 2.0  # how much the statements count beside the tags, and what is said beside what is not
BATCH, LONGEST = 2000, 200  # pieces
PIECES = 1.2  # of a word, about
MOST = 80  # words of a sentence that is copied
COPIES = {
    True: (0.6, 0.1),
    False: (1.2, 0.3),
}  # of a draft's sentence and of one written to teach: if it has a mark or states something, if not
JOINED = 0.1  # joins for each sentence


class Encoder(nn.Module):
    """The encoder; the odds of each tag at the first piece of each word, and of each of COLUMNS for the sentence."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.cut = AutoTokenizer.from_pretrained(folder)
        self.encoder = AutoModel.from_pretrained(folder)
        layers = self.encoder.encoder
        for part in (self.encoder.embeddings, layers.relative_attention_bias, *layers.layer[:FROZEN]):
            part.requires_grad_(False)
        width = self.encoder.config.hidden_size
        self.drop = nn.Dropout(DROP)
        self.output = nn.Linear(width, network.TAGS)
        self.look_for, self.said = nn.Linear(width, len(COLUMNS)), nn.Linear(width, len(COLUMNS))

    def forward(self, batch: Sequence[Sentence]) -> tuple[torch.Tensor, list[torch.Tensor], torch.Tensor]:
        """Scores (all known words of the batch, TAGS); for each sentence, which of its words these are; scores (sentences, COLUMNS)."""
        words = [[*s.before, *s.words] for s in batch]
        cut = self.cut(
            words, is_split_into_words=True, truncation=True, max_length=LONGEST, padding=True, return_tensors="pt"
        )
        with learning.half_precision():
            hidden = self.encoder(input_ids=cut["input_ids"], attention_mask=cut["attention_mask"]).last_hidden_state
        hidden = hidden.float()
        places, known, own = [], [], torch.zeros(cut["input_ids"].shape)
        own[:, 0] = 1
        for i, sentence in enumerate(batch):
            first: dict[int, int] = {}
            for place, word in enumerate(cut.word_ids(i)):
                if word is not None and word >= len(sentence.before):
                    first.setdefault(word - len(sentence.before), place)
                    own[i, place] = 1
            places.append(hidden[i, list(first.values())])
            known.append(torch.tensor(list(first), dtype=torch.long))
        return self.output(self.drop(torch.cat(places))), known, self._states(self.drop(hidden), own)

    def _states(self, hidden: torch.Tensor, own: torch.Tensor) -> torch.Tensor:
        """Each statement weighs the pieces of the sentence itself that speak of it."""
        weight = (self.look_for(hidden) + (own[..., None] - 1) * 1e4).softmax(1)
        found = torch.einsum("btc,bth->bch", weight, hidden)
        return (found * self.said.weight).sum(-1) + self.said.bias


def batches(every: Sequence[Sentence], most: int = BATCH) -> list[list[Sentence]]:
    return small.batches(every, lambda s: (len(s.words) + len(s.before)) * PIECES, most)


def loss(encoder: Encoder, batch: Sequence[Sentence]) -> torch.Tensor:
    scores, known, said = encoder(batch)
    allowed = torch.cat([torch.tensor(s.allowed)[k] for s, k in zip(batch, known, strict=True)])
    tags = -torch.logsumexp(scores.log_softmax(-1) + allowed.clamp(min=1e-9).log(), -1).mean()
    says, counts = (torch.tensor(np.stack(rows)) for rows in ([s.says for s in batch], [s.counts for s in batch]))
    each = functional.binary_cross_entropy_with_logits(said, says, reduction="none") * counts
    return tags + STATEMENTS * torch.where(says > 0, each * SAID, each).sum() / len(batch)


def taught(folder: Path, every: Sequence[Sentence], epochs: int, seed: int) -> Encoder:
    random.seed(seed)
    torch.manual_seed(seed)
    encoder, began = Encoder(folder).train(), time.time()
    own = [p for p in encoder.encoder.parameters() if p.requires_grad]
    heads = [p for part in (encoder.output, encoder.look_for, encoder.said) for p in part.parameters()]
    groups = [{"params": own, "lr": RATE}, {"params": heads, "lr": OUTPUT_RATE}]
    learner = learning.Learner(encoder, groups, DECAY, 50, epochs * len(batches(every)))
    for epoch in range(epochs):
        for batch in batches(every):
            learner.learn(loss(encoder, batch))
        print(f"epoch {epoch}, {time.time() - began:.0f} s", flush=True)
    return encoder.eval()


def joined(one: Sentence, other: Sentence) -> Sentence:
    """The beginning of one sentence and the end of another; what they say together nobody knows."""
    i, j = random.randrange(2, len(one.words) - 2), random.randrange(2, len(other.words) - 2)
    flags, allowed = (
        np.concatenate([a[:i], b[j:]]) for a, b in ((one.flags, other.flags), (one.allowed, other.allowed))
    )
    words = [*one.words[:i], *other.words[j:]]
    return Sentence(words, one.before, flags, allowed, np.full_like(one.says, -1), one.counts)


def copies(every: Sequence[Sentence], alter: Alter) -> Iterator[Sentence]:
    """Each sentence as it is, some altered copies (COPIES), and some joins."""
    every = [s for s in every if len(s.words) <= MOST]
    long = [s for s in every if len(s.words) > 6]
    for sentence in every:
        yield sentence
        if len(sentence.words) > 2:
            share = COPIES[sentence.is_of_draft][not sentence.is_telling]
            yield from (
                replace(sentence, words=alter(sentence.words))
                for _ in range(int(share) + (random.random() < share % 1))
            )
    for sentence in long:
        if random.random() < JOINED:
            yield joined(sentence, random.choice(long))


@torch.no_grad()
def labelled(encoder: Encoder, every: Sequence[Sentence], vocabulary: Mapping[str, int]) -> dict[str, np.ndarray]:
    """What train_wording.py reads: columns, flags and odds of all words of tagged sentences, and how many words each has."""
    columns, flags, odds, many = [], [], [], []
    for batch in batches(every, BATCH * 3 // 2):
        scores, known, _ = encoder(batch)
        likely, at = scores.softmax(-1).numpy(), 0
        for sentence, places in zip(batch, known, strict=True):
            its = np.zeros((len(sentence.words), network.TAGS), np.float16)
            its[:, 0] = 1
            its[places.numpy()] = likely[at : at + len(places)]
            at += len(places)
            if sentence.is_tagged:
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
    ask.add_argument("--epochs", type=int, default=2)
    ask.add_argument("--threads", type=int, default=2)
    ask.add_argument("--seed", type=int, default=7)
    ask.add_argument("--out", type=Path, default=Path("models/build/altered.npz"))
    args = ask.parse_args()
    torch.set_num_threads(args.threads)
    words, table = small.vectors(args.vectors)
    vocabulary = {word: i + 2 for i, word in enumerate(words)}
    every = lessons.every(vocabulary)
    encoder = taught(args.model, every, args.epochs, args.seed)
    random.seed(3)
    more = list(copies(every, Alter((w for s in every for w in s.words), vocabulary, table)))
    args.out.parent.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(args.out, **labelled(encoder, more, vocabulary))
    print(f"{args.out}: {len(more)} sentences", file=sys.stderr)


if __name__ == "__main__":
    main()
