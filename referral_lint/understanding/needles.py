"""What a text must hold for a pattern to match at all: plain strings, read off the pattern itself.

Asking whether a string stands in a text is many times quicker than trying a pattern at each of its places, and most
patterns of the rules speak of things that most texts do not hold. A pattern is compiled when a text first holds one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import product
from typing import Any

MOST = 64  # strings followed at once; a part with more ways to be written is not spelled out
Strings = frozenset[str]
# All that a part can be, if that is little; and strings of which every match holds one.
Known = tuple[Strings | None, Strings | None]
_EMPTY: Known = (frozenset({""}), None)
_ANYTHING: Known = (None, None)


class Sought:
    """A pattern with its needles. Raises re.error when either is first asked for."""

    def __init__(self, pattern: str, flags: int = 0) -> None:
        self.pattern, self._flags = pattern, flags

    @cached_property
    def compiled(self) -> re.Pattern[str]:
        return re.compile(self.pattern, self._flags)

    @cached_property
    def needles(self) -> tuple[str, ...]:
        return needles(self.pattern, self._flags)

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        return self.compiled.finditer(text)

    def may_match(self, low: str) -> bool:
        """Could the pattern match in this text? `low` is the text in small letters."""
        return not self.needles or any(needle in low for needle in self.needles)


def needles(pattern: str, flags: int = 0) -> tuple[str, ...]:
    """Strings in small letters, of which every text that the pattern matches holds one; none if there are no such.

    Raises re.error for a broken pattern.
    """
    parser = getattr(re, "_parser", None)
    if parser is None:  # a Python that hides it: then each text is searched
        re.compile(pattern, flags)
        return ()
    found = _better(*_sequence(parser.parse(pattern, flags)))
    if found is None:
        return ()
    return tuple(sorted(s for s in found if not any(o != s and o in s for o in found)))


def _sequence(items: Iterable[Any]) -> Known:
    run: Strings = frozenset({""})
    best: Strings | None = None
    whole = True
    for operation, value in items:
        exact, needed = _part(str(operation), value)
        best = _better(best, needed)
        if exact is not None and len(run) * len(exact) <= MOST:
            run = frozenset(a + b for a, b in product(run, exact))
            continue
        best, whole = _better(best, run), False
        run = exact if exact is not None else frozenset({""})
    return (run if whole else None), _better(best, run)


def _part(name: str, value: Any) -> Known:
    match name:
        case "LITERAL":
            return frozenset({chr(value).lower()}), None
        case "IN":
            if len(value) <= 4 and all(str(operation) == "LITERAL" for operation, _ in value):
                return frozenset(chr(char).lower() for _, char in value), None
            return _ANYTHING
        case "BRANCH":
            return _either([_sequence(branch) for branch in value[1]])
        case "SUBPATTERN":
            return _sequence(value[3])
        case "ATOMIC_GROUP":
            return _sequence(value)
        case "MAX_REPEAT" | "MIN_REPEAT" | "POSSESSIVE_REPEAT":
            return _repeated(*value)
        case "AT" | "ASSERT" | "ASSERT_NOT":
            return _EMPTY
    return _ANYTHING


def _either(ways: list[Known]) -> Known:
    exact: Strings | None = frozenset()
    needed: Strings | None = frozenset()
    for some, strings in ways:
        exact = None if exact is None or some is None else exact | some
        one = _better(some, strings)
        needed = None if needed is None or one is None else needed | one
    return (exact if exact is not None and len(exact) <= MOST else None), needed


def _repeated(least: int, most: Any, items: Any) -> Known:
    exact, needed = _sequence(items)
    once = exact if most == 1 else None
    if least == 0:
        return (None if once is None else once | {""}), None
    return once, _better(exact, needed)


def _better(one: Strings | None, other: Strings | None) -> Strings | None:
    """Of two ways to say what is needed the one that says more: longer strings, then fewer."""
    useful = (strings for strings in (one, other) if strings and all(strings))
    return max(useful, key=lambda strings: (min(4, *map(len, strings), 4), -len(strings)), default=None)


class Sieve:
    """Which of many patterns could match in some words: one look-up a few letters, however many patterns there are."""

    def __init__(self, wanted: Sequence[Sequence[str]]) -> None:
        """`wanted`: for each pattern its needles; those without any always pass. A needle's longest word stands for it."""
        self._always = 0
        self._parts: dict[str, list[tuple[str, int]]] = {}
        parts: dict[str, int] = {}
        for number, strings in enumerate(wanted):
            if not strings:
                self._always |= 1 << number
            for string in strings:
                part = max(string.split(" "), key=len)
                parts[part] = parts.get(part, 0) | 1 << number
        for part, numbers in parts.items():
            self._parts.setdefault(part[:3], []).append((part, numbers))

    def possible(self, words: Iterable[str]) -> int:
        """A bit for each pattern that could match in these words, which stand one space apart."""
        found, parts = self._always, self._parts
        for word in set(words):
            for at in range(len(word)):
                for size in (1, 2, 3):
                    for part, numbers in parts.get(word[at : at + size], ()):
                        if word.startswith(part, at):
                            found |= numbers
        return found


def bits(number: int) -> Iterator[int]:
    """The places of the ones in a number, from 0."""
    while number:
        low = number & -number
        yield low.bit_length() - 1
        number ^= low
