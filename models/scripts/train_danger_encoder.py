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
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import torch
from torch import nn
from torch.nn import functional
from transformers import AutoModel

from referral_lint.paths import MODELS
from referral_lint.understanding.danger import encoder, pieces

sys.path.insert(0, str(Path(__file__).parent))
import corpus
import learning
import train_wording
from danger_texts import Judged

LAYERS, PLACES = 3, encoder.AT_ONCE + 4
VECTOR, INNER = 192, 768  # the widths of a piece's vector and of the inner layers, once it is made small
OFTEN = 8  # how often a piece is found for it to be kept
AROUND = ("[PAD]", "[UNK]", "[CLS]", "[SEP]")  # the first rows
BATCH = 1750  # pieces of a batch
RATE, HEAD_RATE, WORD_RATE = 2e-4, 4e-4, 1e-4
DECAY, DROP, WARM = 0.01, 0.1, 60
KNOWN = 2.0  # how much more a stretch counts of which it is known whether it tells of danger
LOOKED_AT = 120  # batches that show which parts of the inner layers matter

Lesson = tuple[list[int], float, float]  # the rows of a stretch, how surely it tells of danger, how much it counts


class Reader(nn.Module):
    """The encoder of referral_lint/understanding/danger/encoder.py; the names of its parts are the same."""

    def __init__(self, rows: int, vector: int, width: int, inner: int, layers: int = LAYERS) -> None:
        super().__init__()
        self.words, self.places = nn.Embedding(rows, vector), nn.Embedding(PLACES, width)
        self.wide = nn.Linear(vector, width)
        self.ask = nn.ModuleList(nn.Linear(width, 3 * width) for _ in range(layers))
        self.tell = nn.ModuleList(nn.Linear(width, width) for _ in range(layers))
        self.inner = nn.ModuleList(nn.Linear(width, inner) for _ in range(layers))
        self.outer = nn.ModuleList(nn.Linear(inner, width) for _ in range(layers))
        self.norm = nn.ModuleList(nn.LayerNorm(width) for _ in range(2 * layers + 1))
        self.heads, self.output = nn.Linear(width, 2), nn.Linear(3 * width, 1)
        self.drop = nn.Dropout(DROP)

    def forward(self, rows: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        """Odds (stretches,) of rows (stretches, pieces, 1), of which `mask` says which are pieces."""
        size = rows.shape[1]
        x = self.drop(self.norm[0](self.wide(self.words(rows[..., 0])) + self.places.weight[:size]))
        hidden_away = ((1 - mask) * -1e4)[:, None, None, :, 0]
        for layer, (ask, tell, inner, outer) in enumerate(
            zip(self.ask, self.tell, self.inner, self.outer, strict=True)
        ):
            before, after = self.norm[2 * layer + 1], self.norm[2 * layer + 2]
            with learning.half_precision(self.training):
                question, answer, says = ask(x).view(*x.shape[:2], 3, encoder.HEADS, -1).permute(2, 0, 3, 1, 4)
                found = functional.scaled_dot_product_attention(
                    question, answer, says, attn_mask=hidden_away.to(question.dtype)
                )
                x = before((x + self.drop(tell(found.transpose(1, 2).flatten(2)))).float())
                seen = functional.gelu(inner(x), approximate="tanh")
                x = after((x + self.drop(outer(seen))).float())
        weight = (self.heads(x) - 1e4 * (1 - mask)).softmax(1)
        found = torch.einsum("bth,btd->bhd", weight, x).flatten(1)
        return self.output(self.drop(torch.cat([(x * mask).sum(1) / mask.sum(1), found], -1)))[:, 0]


def vocabulary(folder: Path, texts: Sequence[str]) -> list[str]:
    """The encoder's pieces that these texts need often, and all letters, behind those that stand around a text."""
    every = (folder / "vocab.txt").read_text(encoding="utf-8").split("\n")[:-1]
    rows = {piece: row for row, piece in enumerate(every)}
    counted = Counter(row for text in texts for word in pieces.words_of(text) for row in pieces.cut(word, rows, -1))
    letter = [len(p.removeprefix(pieces.INSIDE)) == 1 and p.isascii() for p in every]
    kept = [p for row, p in enumerate(every) if p[:1] != "[" and (counted[row] >= OFTEN or letter[row])]
    return [*AROUND, *kept]


def beginning(folder: Path, words: Sequence[str]) -> Reader:
    """The first layers of the encoder in that folder, with the vectors of these pieces only."""
    model = AutoModel.from_pretrained(folder)
    at = {p: row for row, p in enumerate((folder / "vocab.txt").read_text(encoding="utf-8").split("\n"))}
    known, table = model.embeddings, model.embeddings.word_embeddings.weight.detach()[[at[p] for p in words]]
    width = table.shape[1]
    reader = Reader(len(words), width, width, model.config.intermediate_size)
    with torch.no_grad():
        reader.words.weight.copy_(table)
        reader.wide.weight.copy_(torch.eye(width))
        reader.wide.bias.zero_()
        reader.places.weight.copy_(known.position_embeddings.weight[:PLACES] + known.token_type_embeddings.weight[0])
    parts = [(reader.norm[0], known.LayerNorm)]
    for i, layer in enumerate(model.encoder.layer[:LAYERS]):
        own, told = layer.attention.self, layer.attention.output
        asks = (own.query, own.key, own.value)
        with torch.no_grad():
            reader.ask[i].weight.copy_(torch.cat([part.weight for part in asks]))
            reader.ask[i].bias.copy_(torch.cat([part.bias for part in asks]))
        parts += [(reader.tell[i], told.dense), (reader.norm[2 * i + 1], told.LayerNorm)]
        parts += [(reader.inner[i], layer.intermediate.dense), (reader.outer[i], layer.output.dense)]
        parts += [(reader.norm[2 * i + 2], layer.output.LayerNorm)]
    for part, theirs in parts:
        part.load_state_dict(theirs.state_dict())
    return reader


@torch.no_grad()
def made_small(reader: Reader, every: Sequence[Lesson]) -> Reader:
    """The same with narrower vectors (principal components) and inner layers (those parts that say most)."""
    counted = Counter(row for rows, _, _ in every for row in rows)
    often = torch.tensor([counted[row] + 1.0 for row in range(len(reader.words.weight))])[:, None].sqrt()
    mean = (reader.words.weight * often).sum(0) / often.sum()
    axes = torch.linalg.svd((reader.words.weight - mean) * often.log1p(), full_matrices=False)[2][:VECTOR]
    small = Reader(len(reader.words.weight), VECTOR, reader.wide.out_features, INNER, len(reader.ask))
    same = {n: v for n, v in reader.state_dict().items() if not n.startswith(("words", "wide", "inner", "outer"))}
    small.load_state_dict(same, strict=False)
    small.words.weight.copy_((reader.words.weight - mean) @ axes.T)
    small.wide.weight.copy_(reader.wide.weight @ axes.T)
    small.wide.bias.copy_(reader.wide(mean))
    for i, shown in enumerate(_shown(reader, every)):
        best = (shown * reader.outer[i].weight.norm(dim=0)).topk(INNER).indices
        small.inner[i].weight.copy_(reader.inner[i].weight[best])
        small.inner[i].bias.copy_(reader.inner[i].bias[best])
        small.outer[i].weight.copy_(reader.outer[i].weight[:, best])
        small.outer[i].bias.copy_(reader.outer[i].bias)
    return small


def _shown(reader: Reader, every: Sequence[Lesson]) -> list[torch.Tensor]:
    """How strongly each part of each inner layer speaks on the whole."""
    out = [torch.zeros(part.out_features) for part in reader.inner]

    def note(layer: int, seen: torch.Tensor) -> None:
        out[layer] += functional.gelu(seen.float(), approximate="tanh").abs().sum((0, 1))

    hooks = [part.register_forward_hook(lambda _, __, seen, i=i: note(i, seen)) for i, part in enumerate(reader.inner)]
    reader.eval()
    for batch in batches(every)[:LOOKED_AT]:
        reader(*learning.packed([[(row,) for row in rows] for rows, _, _ in batch]))
    for hook in hooks:
        hook.remove()
    return out


def lessons(judged: Judged, known: encoder.Encoder) -> list[Lesson]:
    out = []
    for stretch, urgent, odds in zip(judged.stretches, judged.known, 1 / (1 + np.exp(-judged.odds)), strict=True):
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
    words = vocabulary(args.model, [*said, *texts_of_the_corpus()])
    every = lessons(judged, encoder.Encoder({word: row for row, word in enumerate(words)}, {}))
    reader, began = beginning(args.model, words), time.time()
    for size in ("full", "small"):
        reader = reader if size == "full" else made_small(reader, every)
        for epoch in fit(reader, every, args.epochs):
            print(f"{size}, epoch {epoch}, {time.time() - began:.0f} s", flush=True)
    learning.save(args.out, words, learning.exported(reader.eval()))


if __name__ == "__main__":
    main()
