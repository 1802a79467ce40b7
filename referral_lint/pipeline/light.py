"""Names in a text, found without loading spaCy: tokenizer, network and decoding, loaded once a process."""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import numpy

from referral_lint.pipeline.decode import spans
from referral_lint.pipeline.features import LISTS, is_in
from referral_lint.pipeline.network import Network
from referral_lint.pipeline.tokens import Tokenizer, Tokens


class Entity(NamedTuple):
    """A name in a text; offsets are characters. Called as spaCy's spans are, so that either can be read."""

    start_char: int
    end_char: int
    label_: str
    text: str


class Light:
    """Tokenizer and network of one folder, as models/scripts/pack.py writes them. Raises OSError, KeyError, ValueError."""

    def __init__(self, folder: Path) -> None:
        tables: dict[str, Any] = json.loads((folder / "light.json").read_bytes())
        with numpy.load(folder / "light.npz", allow_pickle=False) as weights:
            self._network = Network(dict(weights), tables, [partial(is_in, kind) for kind in LISTS])
        self.tokens = Tokenizer(tables)
        meta = json.loads((folder / "meta.json").read_bytes())
        self.name = f"{meta['name']} {meta['version']}"

    def probabilities(self, tokens: Tokens) -> Any:
        """Of each class for each token, (tokens, classes): outside, then begin and inside of every label."""
        return self._network.probabilities(tokens)

    def entities(self, text: str, tokens: Tokens) -> tuple[Entity, ...]:
        """The names in a text that was cut into `tokens`, in order."""
        if not tokens.pieces:
            return ()
        table = self.probabilities(tokens)
        found = spans(table, self._network.threshold)
        ends = [tokens.starts[last] + len(tokens.pieces[last][0]) for _, last, _ in found]
        return tuple(
            Entity(tokens.starts[first], end, self._network.labels[label], text[tokens.starts[first] : end])
            for (first, _, label), end in zip(found, ends, strict=True)
        )
