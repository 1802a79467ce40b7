"""Which words a text has, and where: what lets a rule skip a draft that lacks its rarest word."""

from __future__ import annotations

import re
from collections.abc import Mapping

WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")


def plain(word: str) -> str:
    """A word in small letters, without apostrophes."""
    return word.lower().replace("'", "").replace("’", "")


def places(text: str) -> Mapping[str, list[int]]:
    """Every plain word of the text and the offsets at which it begins."""
    found: dict[str, list[int]] = {}
    for word in WORD.finditer(text):
        found.setdefault(plain(word[0]), []).append(word.start())
    return found
