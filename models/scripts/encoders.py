"""The transformers that are made from the first layers of MiniLM: how they begin, how they are made small. Needs torch and transformers."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

import torch
from torch import nn
from torch.nn import functional
from transformers import AutoModel

from referral_lint.understanding import pieces, transformer

sys.path.insert(0, str(Path(__file__).parent))
import learning

LAYERS, WIDTH, INNERMOST = 3, 384, 1536  # as MiniLM has them
VECTOR, INNER = 192, 768  # the widths of a piece's vector and of the inner layers, once it is made small
OFTEN = 8  # how often a piece is found for it to be kept
AROUND = ("[PAD]", "[UNK]", "[CLS]", "[SEP]")  # the first rows
DROP = 0.1


class Encoder(nn.Module):
    """The layers of referral_lint/understanding/transformer.py; the names of its parts are the same."""

    def __init__(
        self,
        rows: int,
        places: int,
        vector: int = WIDTH,
        width: int = WIDTH,
        inner: int = INNERMOST,
        layers: int = LAYERS,
    ) -> None:
        super().__init__()
        self.words, self.places = nn.Embedding(rows, vector), nn.Embedding(places, width)
        self.wide = nn.Linear(vector, width)
        self.ask = nn.ModuleList(nn.Linear(width, 3 * width) for _ in range(layers))
        self.tell = nn.ModuleList(nn.Linear(width, width) for _ in range(layers))
        self.inner = nn.ModuleList(nn.Linear(width, inner) for _ in range(layers))
        self.outer = nn.ModuleList(nn.Linear(inner, width) for _ in range(layers))
        self.norm = nn.ModuleList(nn.LayerNorm(width) for _ in range(2 * layers + 1))
        self.drop = nn.Dropout(DROP)

    def hidden(self, rows: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        """What each piece comes to, (stretches, pieces, width), of rows (stretches, pieces, 1), of which `mask` says which are pieces."""
        size = rows.shape[1]
        x = self.drop(self.norm[0](self.wide(self.words(rows[..., 0])) + self.places.weight[:size]))
        hidden_away = ((1 - mask) * -1e4)[:, None, None, :, 0]
        for layer, (ask, tell, inner, outer) in enumerate(
            zip(self.ask, self.tell, self.inner, self.outer, strict=True)
        ):
            before, after = self.norm[2 * layer + 1], self.norm[2 * layer + 2]
            with learning.half_precision(self.training):
                question, answer, says = ask(x).view(*x.shape[:2], 3, transformer.HEADS, -1).permute(2, 0, 3, 1, 4)
                found = functional.scaled_dot_product_attention(
                    question, answer, says, attn_mask=hidden_away.to(question.dtype)
                )
                x = before((x + self.drop(tell(found.transpose(1, 2).flatten(2)))).float())
                seen = functional.gelu(inner(x), approximate="tanh")
                x = after((x + self.drop(outer(seen))).float())
        return x

    def begin(self, folder: Path, words: Sequence[str]) -> None:
        """Takes over the first layers of the encoder in that folder, with the vectors of these pieces only."""
        model = AutoModel.from_pretrained(folder)
        at = {p: row for row, p in enumerate((folder / "vocab.txt").read_text(encoding="utf-8").split("\n"))}
        known = model.embeddings
        with torch.no_grad():
            self.words.weight.copy_(known.word_embeddings.weight[[at[p] for p in words]])
            self.wide.weight.copy_(torch.eye(self.wide.out_features))
            self.wide.bias.zero_()
            places = known.position_embeddings.weight[: len(self.places.weight)]
            self.places.weight.copy_(places + known.token_type_embeddings.weight[0])
        parts = [(self.norm[0], known.LayerNorm)]
        for i, layer in enumerate(model.encoder.layer[: len(self.ask)]):
            own, told = layer.attention.self, layer.attention.output
            asks = (own.query, own.key, own.value)
            with torch.no_grad():
                self.ask[i].weight.copy_(torch.cat([part.weight for part in asks]))
                self.ask[i].bias.copy_(torch.cat([part.bias for part in asks]))
            parts += [(self.tell[i], told.dense), (self.norm[2 * i + 1], told.LayerNorm)]
            parts += [(self.inner[i], layer.intermediate.dense), (self.outer[i], layer.output.dense)]
            parts += [(self.norm[2 * i + 2], layer.output.LayerNorm)]
        for part, theirs in parts:
            part.load_state_dict(theirs.state_dict())

    def small_sizes(self) -> dict[str, int]:
        """How wide the parts of one like this are, once it is made small."""
        return {"vector": VECTOR, "width": self.wide.out_features, "inner": INNER, "layers": len(self.ask)}

    @torch.no_grad()
    def take_small(
        self, full: Encoder, every: Sequence[Sequence[int]], batches: Iterable[Sequence[Sequence[int]]]
    ) -> None:
        """Takes over another one with narrower vectors (principal components) and inner layers (those parts that say most).

        `every`: the rows of all stretches; `batches`: some of them, which show what matters.
        """
        counted = Counter(row for rows in every for row in rows)
        often = torch.tensor([counted[row] + 1.0 for row in range(len(full.words.weight))])[:, None].sqrt()
        mean = (full.words.weight * often).sum(0) / often.sum()
        vector, most = self.words.embedding_dim, self.inner[0].out_features
        axes = torch.linalg.svd((full.words.weight - mean) * often.log1p(), full_matrices=False)[2][:vector]
        same = {n: v for n, v in full.state_dict().items() if not n.startswith(("words", "wide", "inner", "outer"))}
        self.load_state_dict(same, strict=False)
        self.words.weight.copy_((full.words.weight - mean) @ axes.T)
        self.wide.weight.copy_(full.wide.weight @ axes.T)
        self.wide.bias.copy_(full.wide(mean))
        for i, shown in enumerate(_shown(full, batches)):
            best = (shown * full.outer[i].weight.norm(dim=0)).topk(most).indices
            self.inner[i].weight.copy_(full.inner[i].weight[best])
            self.inner[i].bias.copy_(full.inner[i].bias[best])
            self.outer[i].weight.copy_(full.outer[i].weight[:, best])
            self.outer[i].bias.copy_(full.outer[i].bias)


def _shown(full: Encoder, batches: Iterable[Sequence[Sequence[int]]]) -> list[torch.Tensor]:
    """How strongly each part of each inner layer speaks on the whole."""
    out = [torch.zeros(part.out_features) for part in full.inner]

    def note(layer: int, seen: torch.Tensor) -> None:
        out[layer] += functional.gelu(seen.float(), approximate="tanh").abs().sum((0, 1))

    hooks = [part.register_forward_hook(lambda _, __, seen, i=i: note(i, seen)) for i, part in enumerate(full.inner)]
    full.eval()
    for batch in batches:
        full.hidden(*learning.packed([[(row,) for row in rows] for rows in batch]))
    for hook in hooks:
        hook.remove()
    return out


def vocabulary(folder: Path, texts: Iterable[str], often: int = OFTEN) -> list[str]:
    """The encoder's pieces that these texts need often, and all letters, behind those that stand around a text."""
    every = (folder / "vocab.txt").read_text(encoding="utf-8").split("\n")[:-1]
    rows = {piece: row for row, piece in enumerate(every)}
    counted = Counter(row for text in texts for word in pieces.words_of(text) for row in pieces.cut(word, rows, -1))
    letter = [len(p.removeprefix(pieces.INSIDE)) == 1 and p.isascii() for p in every]
    kept = [p for row, p in enumerate(every) if p[:1] != "[" and (counted[row] >= often or letter[row])]
    return [*AROUND, *kept]
