"""Variants in a word list: `refus{es,ed} to {,always }engage` spelled out."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

_BRACES = re.compile(r"\{([^{}]*)\}")


def spelled(phrase: str) -> Iterator[str]:
    """Every variant; an apostrophe is read both straight and curly."""
    parts = _BRACES.split(phrase)
    choices = [part.split(",") if i % 2 else [part] for i, part in enumerate(parts)]
    for words in itertools.product(*choices):
        joined = "".join(words)
        yield joined
        if "'" in joined:
            yield joined.replace("'", "’")
