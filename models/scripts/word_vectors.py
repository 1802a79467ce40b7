#!/usr/bin/env python3
"""Small static word vectors distilled from a sentence encoder: each word put through it alone, then 64 principal components.

    word_vectors.py MODEL_FOLDER --out models/build/vectors.txt [--width 64]

MODEL_FOLDER: all-mpnet-base-v2 (Apache-2.0); models/README.md says where it comes from. Words: those that what teaches the networks writes
small somewhere inside a sentence, then the encoder's own whole words. The encoder is needed here only; what it leaves is a table of
words. Needs torch and transformers.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import torch
from transformers import AutoModel, AutoTokenizer

sys.path.insert(0, str(Path(__file__).parent))
import corpus

BATCH, LONGEST = 256, 16  # words; pieces of one
_WORD = re.compile(r"(?<![\w'’-])[a-z]+(?:['’-][a-z]+)*(?![\w'’-])")  # a name has a capital, and is left out by that


def words_of(vocabulary: Path) -> list[str]:
    """The words of what teaches, the more frequent first, then the encoder's own."""
    seen = Counter(word for text in _taught() for word in _WORD.findall(text))
    own = [w for w in vocabulary.read_text(encoding="utf-8").splitlines() if re.fullmatch(r"[a-z]{2,}", w)]
    return list(dict.fromkeys([*(word for word, _ in seen.most_common()), *own]))


def _taught() -> Iterator[str]:
    for split in ("train", "later"):
        yield from (corpus.read(file).text for file in corpus.files(split) if not corpus.is_kept(file))
    folders = (corpus.MODELS / "corpus" / name for name in ("passages", "danger", "sayings"))
    for file in sorted(path for folder in folders for path in folder.glob("*.txt")):
        yield corpus.MARK.sub(r"\2", file.read_text(encoding="utf-8"))


@torch.no_grad()
def encoded(folder: Path, words: Sequence[str]) -> np.ndarray:
    """The mean of the last layer over the pieces of each word, (words, width of the encoder)."""
    cut, encoder = AutoTokenizer.from_pretrained(folder), AutoModel.from_pretrained(folder).eval()
    rows = []
    for start in range(0, len(words), BATCH):
        batch = cut(
            list(words[start : start + BATCH]),
            truncation=True,
            max_length=LONGEST,
            padding=True,
            return_tensors="pt",
        )
        mask = batch["attention_mask"][..., None]
        hidden = encoder(input_ids=batch["input_ids"], attention_mask=batch["attention_mask"]).last_hidden_state
        rows.append(((hidden * mask).sum(1) / mask.sum(1)).numpy())
    return np.concatenate(rows)


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("model", type=Path)
    ask.add_argument("--out", type=Path, required=True)
    ask.add_argument("--width", type=int, default=64)
    args = ask.parse_args()
    words = words_of(args.model / "vocab.txt")
    table = encoded(args.model, words)
    table -= table.mean(0)
    _, _, axes = np.linalg.svd(table, full_matrices=False)
    small = table @ axes[: args.width].T
    small /= np.linalg.norm(small, axis=1, keepdims=True)
    args.out.parent.mkdir(parents=True, exist_ok=True)
    with args.out.open("w", encoding="utf-8") as file:
        file.write(f"{len(words)} {args.width}\n")
        for word, row in zip(words, small, strict=True):
            file.write(f"{word} {' '.join(f'{v:.3f}' for v in row)}\n")
    near = {w: [words[i] for i in (small @ small[words.index(w)]).argsort()[::-1][1:7]] for w in ("often", "tearful")}
    print(len(words), near)


if __name__ == "__main__":
    main()
