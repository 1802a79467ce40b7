"""Words in the pieces of which an encoder knows them: the longest known beginning, then the longest known rest, and so on.

The pieces of a word but its first are written with "##" in front, as in the vocabulary of BERT (Devlin et al. 2019).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping

from referral_lint.patterns import compiled

_WORD = compiled(r"[^\W_]+|[^\w\s]|_")
_ACCENTS = dict.fromkeys(range(0x300, 0x370))
INSIDE = "##"
LONGEST = 40  # characters of a word; a longer one is not looked into


def words_of(text: str) -> list[str]:
    """Words and marks of a text in small letters, without accents."""
    return _WORD.findall(unicodedata.normalize("NFD", text.lower()).translate(_ACCENTS))


def cut(word: str, rows: Mapping[str, int], strange: int) -> list[int]:
    """The rows of a word's pieces; that of `strange` alone if it cannot be put together from known ones."""
    found = list[int]()
    start = 0
    while start < len(word) <= LONGEST:
        head = INSIDE if start else ""
        end = next((e for e in range(len(word), start, -1) if head + word[start:e] in rows), None)
        if end is None:
            return [strange]
        found.append(rows[head + word[start:end]])
        start = end
    return found or [strange]
