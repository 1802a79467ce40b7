#!/usr/bin/env python3
"""Train the network that finds wording which hides, judges or is a term of the trade (ambiguity, opinion, jargon, private matters).

    word_vectors.py MODEL_FOLDER --out models/build/vectors.txt
    sentence_teacher.py MODEL_FOLDER models/build/vectors.txt --out models/build/altered.npz
    train_wording.py models/build/vectors.txt --altered models/build/altered.npz [--epochs 10] [--out FILE]

Learns from the drafts of models/corpus/drafts and from sentences with a teacher's odds (those of models/corpus/passages and altered copies);
prints how well each label is found in the development drafts and in those kept (corpus.KEPT). Needs torch. train_surroundings.py
adds to what it leaves.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import numpy as np
import torch
from torch import nn
from torch.nn import functional

from referral_lint import language
from referral_lint.model import Source
from referral_lint.paths import MODELS
from referral_lint.readers import read
from referral_lint.understanding.draft import Draft
from referral_lint.understanding.setting import Setting
from referral_lint.understanding.vocabulary import plain
from referral_lint.understanding.wording import Reading, network, tokens

sys.path.insert(0, str(Path(__file__).parent))
import corpus
import learning
from check_passages import passages

SEED, WIDTH, LOOKS, SMALL = 7, 128, 3, 24
BATCH = 1500  # tokens
RATE, DECAY, DROP, UNKNOWN = 2e-3, 0.01, 0.15, 0.1
MARKED = 0.5  # how much a marked batch counts beside one with a teacher's odds
SLOWLY = 0.3  # how much slower the vectors, which know more words than the corpus, may move
# A file of passages on one subject has only its own label marked throughout: of the others little is known there.
UNSAID = 0.15  # how readily a word there may have another label than none
SUBJECT = {"ambiguity": ["AMB"], "opinion": ["OPN"], "jargon": ["JRG"], "oversharing": ["OVR"]}
KEPT = " kept"  # behind the author's name
WORDING = ["AMB", "OPN", "JRG"]  # what is marked throughout in the other files
PIPELINE = language.load(())


@dataclass(frozen=True, eq=False)
class Text:
    """One draft or passage: its rows, how readily each token may have each tag, (tokens, TAGS), and its marks."""

    author: str
    rows: tokens.Rows
    allowed: np.ndarray
    marks: list[corpus.Label]
    text: str


def texts(vocabulary: dict[str, int]) -> Iterator[Text]:
    """The drafts of all authors who may teach, kept ones too."""
    for split in ("train", "later", "dev"):
        for file in corpus.files(split):
            draft = corpus.read(file)
            kept = KEPT if corpus.is_kept(file) else ""
            yield text_of(file.parent.name + kept, draft.text, draft.marks, vocabulary)


def of_passages(vocabulary: dict[str, int]) -> Iterator[Text]:
    for file in sorted((MODELS / "corpus" / "passages").glob("*.txt")):
        author, _, subject = file.stem.partition("-")
        for passage in passages(file):
            body = re.sub(r"\A\[purpose: .*\]\n", "", passage)
            yield text_of(f"{author} passages", *_marked(body), vocabulary, SUBJECT.get(subject, WORDING))


def _marked(raw: str) -> tuple[str, list[corpus.Label]]:
    text, marks, at = "", [], 0
    for mark in corpus.MARK.finditer(raw):
        text += raw[at : mark.start()]
        marks.append((len(text), len(text) + len(mark[2]), mark[1]))
        text += mark[2]
        at = mark.end()
    return text + raw[at:], marks


def text_of(
    author: str, text: str, marks: list[corpus.Label], vocabulary: dict[str, int], known: Sequence[str] = network.LABELS
) -> Text:
    document = next(iter(read(Source("draft.txt", text.encode(), "text/plain"))))
    rows = tokens.rows(Draft(document, PIPELINE.doc(document.text), Setting()), vocabulary)
    marks = [mark for mark in marks if mark[2] in network.LABELS]
    allowed = np.zeros((len(rows.starts), network.TAGS), np.float32)
    allowed[:, 0] = 1
    for i, label in enumerate(network.LABELS):
        allowed[:, 1 + 2 * i : 3 + 2 * i] = 0.0 if label in known else UNSAID
    for start, end, label in marks:
        inside = np.flatnonzero((rows.starts < end) & (rows.ends > start))
        allowed[inside] = 0
        allowed[inside, 2 + 2 * network.LABELS.index(label)] = 1
        allowed[inside[:1]] = 0
        allowed[inside[:1], 1 + 2 * network.LABELS.index(label)] = 1
    return Text(author, rows, allowed, marks, text)


class Tagger(nn.Module):
    """The network of referral_lint/understanding/wording/network.py; the names of its parts are the same."""

    def __init__(self, vectors: np.ndarray) -> None:
        super().__init__()
        self.words = nn.Embedding.from_pretrained(torch.tensor(vectors), freeze=False)
        self.endings, self.checksums = nn.Embedding(tokens.BUCKETS, SMALL), nn.Embedding(tokens.BUCKETS, SMALL)
        self.writing = nn.Embedding(8, 8)
        for table in (self.endings, self.checksums):
            nn.init.normal_(table.weight, std=0.3)
        self.input = nn.Linear(vectors.shape[1] + 2 * SMALL + 8 + tokens.FLAGS, WIDTH)
        self.look = nn.ModuleList(nn.Linear(3 * WIDTH, 2 * WIDTH) for _ in range(LOOKS))
        self.norm = nn.ModuleList(nn.LayerNorm(WIDTH) for _ in range(LOOKS + 1))
        self.summary, self.join = nn.Linear(2 * WIDTH, WIDTH), nn.Linear(2 * WIDTH, WIDTH)
        self.output, self.drop = nn.Linear(WIDTH, network.TAGS), nn.Dropout(DROP)

    def forward(self, columns: torch.Tensor, flags: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        word, ending, checksum, writing = columns.unbind(-1)
        if self.training:
            word = torch.where(torch.rand(word.shape) < UNKNOWN, 1, word)
            checksum = torch.where(torch.rand(checksum.shape) < UNKNOWN * 3, 0, checksum)
        parts = [
            self.drop(self.words(word)),
            self.endings(ending),
            self.checksums(checksum),
            self.writing(writing),
            flags,
        ]
        x = self.norm[0](functional.gelu(self.input(torch.cat(parts, -1)), approximate="tanh")) * mask
        for look, norm in zip(self.look, self.norm[1:], strict=True):
            around = functional.pad(x, (0, 0, 1, 1))
            seen = look(self.drop(torch.cat([around[:, :-2], x, around[:, 2:]], -1)))
            x = norm(x + torch.maximum(*seen.chunk(2, -1))) * mask
        whole = torch.cat([x.sum(1) / mask.sum(1), (x - 1e4 * (1 - mask)).max(1).values], -1)
        whole = functional.gelu(self.summary(whole), approximate="tanh")[:, None].expand(-1, x.shape[1], -1)
        joined = functional.gelu(self.join(self.drop(torch.cat([x, whole], -1))), approximate="tanh")
        return self.output(self.drop(joined))


Sentence = tuple[np.ndarray, np.ndarray, np.ndarray]
Item = TypeVar("Item")


def sentences(every: Sequence[Text]) -> list[Sentence]:
    """Columns, flags and allowed tags of each sentence."""
    out = []
    for text in every:
        cuts = np.flatnonzero(np.diff(text.rows.sentence)) + 1
        parts = (np.split(a, cuts) for a in (text.rows.columns, text.rows.flags, text.allowed))
        out += [s for s in zip(*parts, strict=True) if len(s[0])]
    return out


def batches(every: Sequence[Item], length: Callable[[Item], float], most: int = BATCH) -> list[list[Item]]:
    """Sentences of like length together, at random; `most` is what the length of all in one batch may come to."""
    shuffled, out = random.sample(list(every), len(every)), []
    for start in range(0, len(shuffled), 800):
        batch: list[Item] = []
        for sentence in sorted(shuffled[start : start + 800], key=length):
            if batch and (len(batch) + 1) * length(sentence) > most:
                out.append(batch)
                batch = []
            batch.append(sentence)
        out.append(batch)
    random.shuffle(out)
    return out


def packed(batch: Sequence[Sentence]) -> tuple[torch.Tensor, ...]:
    longest = max(len(s[0]) for s in batch)
    columns = torch.zeros(len(batch), longest, 4, dtype=torch.long)
    flags, allowed = torch.zeros(len(batch), longest, tokens.FLAGS), torch.zeros(len(batch), longest, network.TAGS)
    mask = torch.zeros(len(batch), longest, 1)
    for i, (its_columns, its_flags, its_allowed) in enumerate(batch):
        many = len(its_columns)
        columns[i, :many], flags[i, :many] = torch.tensor(its_columns), torch.tensor(its_flags)
        allowed[i, :many], mask[i, :many] = torch.tensor(its_allowed), 1
    return columns, flags, mask, allowed


def _length(sentence: Sentence) -> int:
    return len(sentence[0])


def altered(path: Path) -> list[Sentence]:
    """Columns, flags and a teacher's odds of each sentence that sentence_teacher.py left."""
    with np.load(path) as file:
        cuts = np.cumsum(file["many"])[:-1]
        columns, flags, odds = (np.split(file[name], cuts) for name in ("columns", "flags", "odds"))
    return [(c, f, o.astype(np.float32)) for c, f, o in zip(columns, flags, odds, strict=True)]


def fit(tagger: Tagger, every: Sequence[Sentence], taught: Sequence[Sentence], epochs: int) -> Iterator[int]:
    """Trains; gives the number of each epoch when it is over."""

    def mixed() -> list[tuple[bool, list[Sentence]]]:
        both = [(source is every, batch) for source in (every, taught) for batch in batches(source, _length)]
        return random.sample(both, len(both))

    groups = learning.with_slow_words(tagger, tagger.words, RATE, SLOWLY)
    learner = learning.Learner(tagger, groups, DECAY, 100, epochs * len(mixed()))
    for epoch in range(epochs):
        tagger.train()
        for is_marked, batch in mixed():
            columns, flags, mask, allowed = packed(batch)
            with learning.half_precision():
                scores = tagger(columns, flags, mask)
            odds = scores.float().log_softmax(-1)
            if is_marked:
                likely = MARKED * torch.logsumexp(odds + allowed.clamp(min=1e-9).log(), -1)
            else:
                likely = (odds * allowed).sum(-1)
            loss = -(likely * mask[..., 0]).sum() / mask.sum()
            learner.learn(loss)
        yield epoch


def scores(every: Sequence[Text], known: network.Network) -> str:
    """For each label the best F1 over thresholds (a span that overlaps a mark is right), with its threshold."""
    readings = [
        Reading(text.rows, known.probabilities(text.rows), tokens.words(text.text, text.rows)) for text in every
    ]
    out = []
    for label in network.LABELS:
        found = [
            (f, threshold, *counts)
            for threshold in (0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)
            for f, *counts in [_f1(every, readings, label, threshold)]
        ]
        best = max(found)
        out.append(f"{label} F1 {best[0]:.3f} from {best[1]} (right {best[2]}, false {best[3]}, missed {best[4]})")
    return "; ".join(out)


def _f1(
    every: Sequence[Text], readings: Sequence[Reading], label: str, threshold: float
) -> tuple[float, int, int, int]:
    right = false = missed = 0
    for text, reading in zip(every, readings, strict=True):
        left = [mark for mark in text.marks if mark[2] == label]
        for span in reading.spans(label, threshold):
            found = hit(left, span.start, span.end)
            if found is None:
                false += 1
            else:
                left.remove(found)
                right += 1
        missed += len(left)
    return 2 * right / max(1, 2 * right + false + missed), right, false, missed


def hit(marks: Sequence[corpus.Label], start: int, end: int) -> corpus.Label | None:
    """The first of the marks that these characters find: they overlap it, and are not much longer."""
    found = next((mark for mark in marks if mark[0] < end and start < mark[1]), None)
    return found if found and end - start <= 3 * (found[1] - found[0]) + 20 else None


def is_unseen(text: Text) -> bool:
    """Does no network learn from it?"""
    return text.author.endswith(KEPT) or text.author in corpus.SPLITS["dev"]


def vectors(path: Path) -> tuple[list[str], np.ndarray]:
    """Words in their plain form with their vectors; rows 0 and 1 of the table are padding and unknown words."""
    words: dict[str, list[float]] = {}
    for line in path.read_text(encoding="utf-8").splitlines()[1:]:
        word, *numbers = line.split(" ")
        words.setdefault(plain(word), [2 * float(n) for n in numbers])
    table = np.array(list(words.values()), np.float32)
    return list(words), np.concatenate([np.zeros((2, table.shape[1]), np.float32), table])


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("vectors", type=Path)
    ask.add_argument("--altered", type=Path, help="what sentence_teacher.py left")
    ask.add_argument("--epochs", type=int, default=10)
    ask.add_argument("--seed", type=int, default=SEED)
    ask.add_argument("--out", type=Path, default=MODELS / "wording" / "weights.npz")
    args = ask.parse_args()
    random.seed(args.seed)
    torch.manual_seed(args.seed)
    torch.set_num_threads(1)
    words, table = vectors(args.vectors)
    vocabulary = {word: i + 2 for i, word in enumerate(words)}
    every = list(texts(vocabulary))
    if not args.altered:  # else they teach by the encoder's odds alone: faults are far denser in them than in drafts
        every += of_passages(vocabulary)
    kept = [t for t in every if t.author.endswith(KEPT)]
    dev = [t for t in every if t.author in corpus.SPLITS["dev"]]
    train = sentences([t for t in every if not is_unseen(t)])
    tagger, began = Tagger(table), time.time()
    print(f"{len(train)} sentences, {sum(len(s[0]) for s in train)} tokens")
    taught = altered(args.altered) if args.altered else []
    for epoch in fit(tagger, train, taught, args.epochs):
        if epoch % 3 == 2 or epoch == args.epochs - 1:
            known = network.Network({}, {n: a.astype(np.float32) for n, a in learning.exported(tagger).items()})
            for name, drafts in (("dev", dev), ("kept", kept)):
                print(f"epoch {epoch}, {time.time() - began:.0f} s, {name}: {scores(drafts, known)}", flush=True)
    learning.save(args.out, words, learning.exported(tagger), narrow=["words"])


if __name__ == "__main__":
    main()
