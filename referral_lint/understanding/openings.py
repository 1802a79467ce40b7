"""With which letters the matches of a pattern begin, where each begins with a word: then only such words are tried.

A search that does not heed case tries every character of a text; a text has five times fewer words than characters, and
few of them begin as a pattern asks.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import product
from typing import Any

from referral_lint.patterns import compiled
from referral_lint.understanding import parsed

SIZE = 2  # letters of a word that are looked at
MOST = 200  # beginnings of one pattern; a pattern with more may begin with almost any word
Beginnings = frozenset[str]
_WORD = compiled(r"\b\w\w?")


def places(text: str) -> dict[str, list[int]]:
    """The first letters, small, of every word of a text, and where such words begin."""
    found: dict[str, list[int]] = {}
    for word in _WORD.finditer(text):
        found.setdefault(word[0].lower(), []).append(word.start())
    return found


def openings(pattern: str, flags: int = 0) -> Beginnings | None:
    """The first letters, small, of the words with which a match can begin; None if a match may begin with anything else.

    Raises re.error for a broken pattern.
    """
    items = parsed.parts(pattern, flags)
    ways = _ways(items) if items is not None and _at_word(items) else None
    if ways is None or not all(len(way) == SIZE and _is_word(way[0]) for way in ways):
        return None
    return frozenset(way if _is_word(way[1]) else way[0] for way in ways)


def _is_word(char: str) -> bool:
    return char.isalnum() or char == "_"


def _at_word(items: Iterable[Any]) -> bool:
    """Does each way through begin with “\\b”?"""
    for operation, value in items:
        match str(operation):
            case "ASSERT" | "ASSERT_NOT":
                continue
            case "AT":
                return str(value) == "AT_BOUNDARY"
            case "SUBPATTERN":
                return _at_word(value[3])
            case "BRANCH":
                return all(map(_at_word, value[1]))
        return False
    return False


def _ways(items: Iterable[Any]) -> Beginnings | None:
    """The first SIZE characters of all that items can match, fewer where a match ends sooner; None if there are many."""
    ways: Beginnings = frozenset({""})
    for operation, value in items:
        short = {way for way in ways if len(way) < SIZE}
        if not short:
            break
        more = _part(str(operation), value)
        if more is None:
            return None
        ways = (ways - short) | _joined(short, more)
        if len(ways) > MOST:
            return None
    return ways


def _joined(first: Iterable[str], then: Iterable[str]) -> Beginnings:
    return frozenset((a + b)[:SIZE] for a, b in product(first, then))


def _part(name: str, value: Any) -> Beginnings | None:
    match name:
        case "LITERAL":
            return frozenset({chr(value).lower()})
        case "IN":
            if all(str(operation) == "LITERAL" for operation, _ in value):
                return frozenset(chr(char).lower() for _, char in value)
            return None
        case "BRANCH":
            every = [_ways(branch) for branch in value[1]]
            return None if None in every else frozenset[str]().union(*(ways for ways in every if ways is not None))
        case "SUBPATTERN":
            return _ways(value[3])
        case "MAX_REPEAT" | "MIN_REPEAT":
            least, most, items = value
            once = _ways(items)
            if once is None:
                return None
            several = once if most == 1 else once | _joined(once, once)
            return several | {""} if least == 0 else several
        case "AT" | "ASSERT" | "ASSERT_NOT":
            return frozenset({""})
    return None
