"""What a text must hold for a pattern to match at all: plain strings, read off the pattern itself.

Asking whether a string stands in a text is many times quicker than trying a pattern at each of its places, and most
patterns of the rules speak of things that most texts do not hold. A pattern is compiled when a text first holds one.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, cached_property
from hashlib import blake2b
from itertools import chain, product
from typing import Any

from referral_lint import patterns
from referral_lint.paths import RULES
from referral_lint.understanding import openings, parsed

MOST = 64  # strings followed at once; a part with more ways to be written is not spelled out
KEPT = 20_000  # words that a sieve remembers
SETS = 3  # needles are kept in so many sets; more say little that is new
Strings = frozenset[str]
# All that a part can be, if that is little; and sets of strings, of each of which every match holds one.
Known = tuple[Strings | None, tuple[Strings, ...]]
_EMPTY: Known = (frozenset({""}), ())
_ANYTHING: Known = (None, ())


class Sought:
    """A pattern with its needles. Raises re.error when either is first asked for."""

    def __init__(self, pattern: str, flags: int = 0) -> None:
        self.pattern, self._flags = pattern, flags

    @cached_property
    def compiled(self) -> re.Pattern[str]:
        # Our own alone are kept from run to run, not one that holds words of a draft.
        make = patterns.compiled if self.key in _kept() else re.compile
        return make(self.pattern, self._flags)

    @cached_property
    def key(self) -> str:
        """Under which `rules/data/needles.json` keeps what was read off the pattern."""
        return blake2b(f"{int(self._flags)} {self.pattern}".encode(), digest_size=8).hexdigest()

    @cached_property
    def needles(self) -> tuple[tuple[str, ...], ...]:
        kept = _kept().get(self.key)
        return needles(self.pattern, self._flags) if kept is None else tuple(map(tuple, kept[0]))

    @cached_property
    def openings(self) -> frozenset[str] | None:
        kept = _kept().get(self.key)
        if kept is None:
            return openings.openings(self.pattern, self._flags)
        return None if kept[1] is None else frozenset(kept[1])

    def may_match(self, low: str) -> bool:
        """Could the pattern match in this text? `low` is the text in small letters."""
        for strings in self.needles:
            for string in strings:  # a plain loop: this is asked more often than anything else
                if string in low:
                    break
            else:
                return False
        return True


class Searched:
    """A text in which many patterns are looked for: where its words begin is found once."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._starts: dict[Sought, list[int] | None] = {}

    @cached_property
    def low(self) -> str:
        """The text in small letters; its offsets may differ from the text's."""
        return self.text.lower()

    @cached_property
    def _words(self) -> dict[str, list[int]]:
        return openings.places(self.text)

    def every(self, sought: Sought, start: int = 0, end: int | None = None) -> Iterator[re.Match[str]]:
        """As `finditer` of the pattern, in order."""
        if end is None:
            if not sought.may_match(self.low):
                return
            end = len(self.text)
        starts = self._starts_of(sought)
        if starts is None:
            yield from sought.compiled.finditer(self.text, start, end)
            return
        for place in starts[bisect_left(starts, start) : bisect_left(starts, end)]:
            found = sought.compiled.match(self.text, place, end) if place >= start else None
            if found:
                yield found
                start = found.end()

    def first(self, sought: Sought, start: int = 0, end: int | None = None) -> re.Match[str] | None:
        """As `search` of the pattern."""
        return next(self.every(sought, start, end), None)

    def _starts_of(self, sought: Sought) -> list[int] | None:
        """Where a match can begin, in order; None if anywhere."""
        if sought not in self._starts:
            begun, words = sought.openings, self._words
            self._starts[sought] = begun if begun is None else sorted(chain(*(words[b] for b in begun & words.keys())))
        return self._starts[sought]


@cache
def _kept() -> dict[str, tuple[list[list[str]], list[str] | None]]:
    """Needles and openings of our own patterns, read off them beforehand (models/scripts/needles.py): a tenth of a start."""
    try:
        kept: dict[str, tuple[list[list[str]], list[str] | None]] = json.loads(
            (RULES / "data" / "needles.json").read_bytes()
        )
    except (OSError, ValueError):  # then each pattern is read when it is asked for
        return {}
    return kept


def needles(pattern: str, flags: int = 0) -> tuple[tuple[str, ...], ...]:
    """Sets of strings in small letters: a text that the pattern matches holds one of each set. The most telling first.

    Raises re.error for a broken pattern.
    """
    items = parsed.parts(pattern, flags)
    if items is None:  # then each text is searched
        return ()
    exact, needed = _sequence(items)
    sets = {_fewest(strings) for strings in (*needed, exact) if strings and all(s.strip() for s in strings)}
    return tuple(sorted(sorted(sets), key=_telling, reverse=True)[:SETS])


def _fewest(strings: Strings) -> tuple[str, ...]:
    return tuple(sorted(s for s in strings if not any(o != s and o in s for o in strings)))


def _telling(strings: Iterable[str]) -> tuple[int, int]:
    """Longer strings say more, then fewer."""
    sizes = [len(string) for string in strings]
    return min(4, *sizes, 4), -len(sizes)


def _sequence(items: Iterable[Any]) -> Known:
    run: Strings = frozenset({""})
    every: list[Strings] = []
    whole = True
    for operation, value in items:
        exact, needed = _part(str(operation), value)
        every += needed
        if exact is not None and len(run) * len(exact) <= MOST:
            run = frozenset(a + b for a, b in product(run, exact))
            continue
        every.append(run)
        whole = False
        run = exact if exact is not None else frozenset({""})
    if whole:
        return run, tuple(every)
    return None, tuple(strings for strings in (*every, run) if all(strings))


def _part(name: str, value: Any) -> Known:
    match name:
        case "LITERAL":
            return frozenset({chr(value).lower()}), ()
        case "IN":
            if len(value) <= 4 and all(str(operation) == "LITERAL" for operation, _ in value):
                return frozenset(chr(char).lower() for _, char in value), ()
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
    for some, sets in ways:
        exact = None if exact is None or some is None else exact | some
        telling = [strings for strings in (*sets, some) if strings and all(strings)]
        needed = None if needed is None or not telling else needed | max(telling, key=_telling)
    few = exact if exact is not None and len(exact) <= MOST else None
    return few, () if needed is None else (needed,)


def _repeated(least: int, most: Any, items: Any) -> Known:
    exact, needed = _sequence(items)
    once = exact if most == 1 else None
    if least == 0:
        return (None if once is None else once | {""}), ()
    return once, needed if exact is None or not all(exact) else (*needed, exact)


class Sieve:
    """Which of many patterns could match in some words: a look-up for a few letters, however many patterns there are."""

    def __init__(self, wanted: Sequence[Sequence[Sequence[str]]]) -> None:
        """`wanted`: for each pattern its needles; one without any always passes. A needle's longest word stands for it."""
        self._asks = [0]  # by rank of the set: the patterns that have so many sets
        parts: dict[str, list[int]] = {}
        for number, sets in enumerate(wanted):
            for rank, strings in enumerate(sets):
                self._asks += [0] * (rank + 1 - len(self._asks))
                self._asks[rank] |= 1 << number
                for part in {max(string.split(" "), key=len) for string in strings}:
                    ranks = parts.setdefault(part, [])
                    ranks += [0] * (rank + 1 - len(ranks))
                    ranks[rank] |= 1 << number
        self._all = (1 << len(wanted)) - 1
        self._parts: dict[str, list[tuple[str, list[int]]]] = {}
        for part, ranks in parts.items():
            self._parts.setdefault(part[:3], []).append((part, ranks))
        self._met: dict[str, list[int]] = {}  # of words seen before

    def possible(self, words: Iterable[str]) -> int:
        """A bit for each pattern that could match in these words, which stand one space apart."""
        met, known = [0] * len(self._asks), self._met
        if len(known) > KEPT:
            known.clear()
        for word in set(words):
            ranks = known.get(word)
            if ranks is None:
                ranks = known[word] = self._of_word(word)
            for rank, numbers in enumerate(ranks):
                met[rank] |= numbers
        found = self._all
        for numbers, asks in zip(met, self._asks, strict=True):
            found &= numbers | ~asks
        return found

    def _of_word(self, word: str) -> list[int]:
        met = list[int]()
        for at in range(len(word)):
            for size in (1, 2, 3):
                for part, ranks in self._parts.get(word[at : at + size], ()):
                    if word.startswith(part, at):
                        met += [0] * (len(ranks) - len(met))
                        for rank, numbers in enumerate(ranks):
                            met[rank] |= numbers
        return met


def bits(number: int) -> Iterator[int]:
    """The places of the ones in a number, from 0."""
    while number:
        low = number & -number
        yield low.bit_length() - 1
        number ^= low
