"""How the networks of this project are trained, and how their weights are handed on. Needs torch."""

from __future__ import annotations

import re
import sys
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import nn


class Learner:
    """Changes a network step by step: the rate rises for `warm` steps and then falls towards a fiftieth over `steps`."""

    def __init__(
        self, network: nn.Module, groups: Sequence[dict[str, Any]], decay: float, warm: int, steps: float
    ) -> None:
        self._network = network
        self._optimizer = torch.optim.AdamW(list(groups), weight_decay=decay)
        self._rate = torch.optim.lr_scheduler.LambdaLR(
            self._optimizer, lambda t: min(1, (t + 1) / warm) * max(0.02, 1 - t / steps)
        )

    def learn(self, loss: torch.Tensor) -> None:
        """One step down the slope of a loss."""
        self._optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(self._network.parameters(), 1.0)
        self._optimizer.step()
        self._rate.step()


def with_slow_words(network: nn.Module, words: nn.Embedding, rate: float, slowly: float) -> list[dict[str, Any]]:
    """Groups for a Learner: the vectors of words, which know more words than the lessons have, move `slowly`."""
    return [
        {"params": [words.weight], "lr": rate * slowly, "weight_decay": 0.0},
        {"params": [p for p in network.parameters() if p is not words.weight], "lr": rate},
    ]


def packed(batch: Sequence[Sequence[Sequence[int]]]) -> tuple[torch.Tensor, torch.Tensor]:
    """The rows of sentences of different length side by side, (sentences, words, columns), and which of these are words."""
    longest, columns = max(map(len, batch)), len(batch[0][0])
    rows, mask = torch.zeros(len(batch), longest, columns, dtype=torch.long), torch.zeros(len(batch), longest, 1)
    for i, its in enumerate(batch):
        rows[i, : len(its)], mask[i, : len(its)] = torch.tensor(np.asarray(its)), 1
    return rows, mask


def exported(network: nn.Module) -> dict[str, np.ndarray]:
    """The weights under the names that the numpy networks use: tables as they are, layers turned so that rows are inputs."""
    own = network.state_dict()
    return {name: _turned(own[ours].detach().numpy(), name) for ours, name in _names(network)}


def restore(network: nn.Module, weights: Mapping[str, np.ndarray]) -> None:
    """Puts what `exported` gave back into a network of the same shape."""
    network.load_state_dict({ours: torch.tensor(_turned(weights[name], name).copy()) for ours, name in _names(network)})


def _names(network: nn.Module) -> Iterator[tuple[str, str]]:
    """The name of each weight in the network, and in numpy."""
    tables = {f"{name}.weight" for name, part in network.named_modules() if isinstance(part, nn.Embedding)}
    for name in network.state_dict():
        yield name, name.removesuffix(".weight") if name in tables else re.sub(r"\.(\d+)\.", r"\1.", name)


def _turned(array: np.ndarray, name: str) -> np.ndarray:
    """A layer turned; the name of a table has no `.weight` in numpy."""
    return array.T if array.ndim == 2 and name.endswith(".weight") else array


def half_precision(enabled: bool = True) -> torch.autocast:
    """Two to three times as fast where the processor can; elsewhere several times slower, and left alone."""
    return torch.autocast("cpu", torch.bfloat16, enabled=enabled and torch.ops.mkldnn._is_mkldnn_bf16_supported())


def save(path: Path, words: Sequence[str], weights: dict[str, np.ndarray], narrow: Collection[str] = ()) -> None:
    """The tables named in `narrow` (all, if none is) as whole numbers from -127 to 127 with one scale a column, the rest in half precision."""
    small: dict[str, np.ndarray] = {}
    for name, array in weights.items():
        if array.ndim == 2 and (not narrow or name in narrow):
            scale = np.abs(array).max(axis=0) / 127
            small[name], small[f"{name}.scale"] = np.rint(array / scale).astype(np.int8), scale.astype(np.float32)
        else:
            small[name] = array.astype(np.float16)
    path.parent.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(path, vocabulary=np.frombuffer("\n".join(words).encode(), np.uint8), **small)
    print(f"{path}: {path.stat().st_size // 1024} KiB", file=sys.stderr)
