"""Phrases by name, as the files of facts write them: several places, each with the words or beginnings that fill it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

Slot = tuple[frozenset[str], tuple[str, ...], bool]  # whole words, beginnings, and whether words may stand before it
Entry = tuple[str, tuple[Slot, ...]]
_GAP = 3  # words that "~" may stand for


class Phrases:
    """What stands in the words of a text: the names of its phrases."""

    def __init__(self, named: Mapping[str, str]) -> None:
        """`named`: by name, phrases parted by commas; "a/b" either word, "a*" any ending, "~" a few words between."""
        self._by_first = _by_first_word(named)
        self._beginning = lru_cache(maxsize=20_000)(self._beginning_with)

    def standing_in(self, words: Sequence[str]) -> set[str]:
        """The names of those that stand in these words."""
        found: set[str] = set()
        for i, word in enumerate(words):
            for name, slots in self._beginning(word):
                if name not in found and _fits(words, i, slots):
                    found.add(name)
        return found

    def _beginning_with(self, word: str) -> tuple[Entry, ...]:
        ways = (*self._by_first.get(word, ()), *self._by_first.get(f"{word[:3]}*", ()))
        return tuple((name, slots) for name, slots in ways if _is_at(word, slots[0]))


def _by_first_word(named: Mapping[str, str]) -> Mapping[str, tuple[Entry, ...]]:
    """Every phrase by its first word, or by the first three letters and "*" of one with any ending."""
    out: dict[str, list[Entry]] = {}
    for name, phrases in named.items():
        for phrase in phrases.split(","):
            slots, gap = list[Slot](), False
            for part in phrase.split():
                if part == "~":
                    gap = True
                    continue
                words = part.split("/")
                starts = tuple(w[:-1] for w in words if w.endswith("*"))
                slots.append((frozenset(w for w in words if not w.endswith("*")), starts, gap))
                gap = False
            for key in (*slots[0][0], *(f"{start[:3]}*" for start in slots[0][1])):
                out.setdefault(key, []).append((name, tuple(slots)))
    return {key: tuple(entries) for key, entries in out.items()}


def _fits(words: Sequence[str], at: int, slots: Sequence[Slot]) -> bool:
    """Do the words from `at` on fill the places? The first was seen to fill its own."""
    size = len(words)
    for slot in slots[1:]:
        at += 1
        last = min(at + _GAP, size - 1) if slot[2] else at
        while at <= last and at < size and not _is_at(words[at], slot):
            at += 1
        if at > last or at >= size:
            return False
    return True


def _is_at(word: str, slot: Slot) -> bool:
    return word in slot[0] or (bool(slot[1]) and word.startswith(slot[1]))
