"""Which words a text has, and where: what lets a rule skip a draft that lacks its rarest word."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache

from referral_lint.model import Span
from referral_lint.patterns import compiled

WORD = compiled(r"[^\W_]+(?:['’][^\W_]+)*")


_APOSTROPHE = compiled("['’]")


@lru_cache(maxsize=20_000)
def plain(word: str) -> str:
    """A word in small letters, without apostrophes."""
    return word.lower().replace("'", "").replace("’", "")


def words(text: str, span: Span) -> Iterator[str]:
    """Every plain word of a stretch of the text, and what stands before an apostrophe as a word of its own."""
    for found in WORD.finditer(text, *span):
        yield plain(found[0])
        if "'" in found[0] or "’" in found[0]:
            for part in _APOSTROPHE.split(found[0]):
                yield part.lower()


def places(text: str) -> Mapping[str, list[int]]:
    """Every plain word of the text and the offsets at which it begins."""
    found: dict[str, list[int]] = {}
    for word in WORD.finditer(text):
        found.setdefault(plain(word[0]), []).append(word.start())
    return found
