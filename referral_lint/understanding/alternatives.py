"""Many words as one pattern that a search tries quickly: shared beginnings once, and no try where none can begin."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any


def either(words: Iterable[str]) -> str:
    """A pattern of any one of these words, the longer of two first, in a pattern that heeds case or one that does not."""
    every = sorted(set(words))
    firsts = sorted({char for word in every for char in (word[0].lower(), word[0].upper())})
    return f"(?:(?=[{re.escape(''.join(firsts))}]){written(every)})"


def written(words: Iterable[str], character: Callable[[str], str] = re.escape) -> str:
    """The words as one alternation with shared beginnings taken out; `character` writes one of theirs as a pattern."""
    tree: dict[str, Any] = {}
    for word in words:
        branch: dict[str, Any] = tree
        for char in word:
            branch = branch.setdefault(char, {})
        branch[""] = {}
    return _written(tree, character)


def _written(tree: dict[str, Any], character: Callable[[str], str]) -> str:
    ends = "" in tree
    parts = [character(char) + _written(rest, character) for char, rest in tree.items() if char]
    if not parts:
        return ""
    whole = parts[0] if len(parts) == 1 and not ends else f"(?:{'|'.join(parts)})"
    return whole + "?" if ends else whole
