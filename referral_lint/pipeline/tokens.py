"""Tokens as spaCy's English tokenizer cuts them, without importing spaCy: the same patterns and special cases, as data.

The algorithm is that of spaCy 3.8 (spacy/tokenizer.pyx, MIT); tests hold that both cut the same text alike. Most words of
a draft are plain letters with at most one mark behind them, and take a short way.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from functools import cached_property
from typing import Any, NamedTuple

from referral_lint.patterns import compiled

Piece = tuple[str, str]  # a token's text, and how a special case spells it out (its norm; "" for any other token)

_WORD = compiled(r"\S+")
# Letters with one mark behind them: no pattern of spaCy's cuts the letters, and all of them cut the mark off.
_PLAIN = compiled(r"([A-Za-z]+)(?:([,;:?!)])|(?<=[a-z])(\.))?")


class Tokens(NamedTuple):
    """The tokens of a text: where each begins, and what it is."""

    starts: list[int]
    pieces: list[Piece]


class Tokenizer:
    """Cuts texts, and keeps nothing of them. `tables`: as models/scripts/pack.py writes them."""

    def __init__(self, tables: dict[str, Any]) -> None:
        self._patterns: dict[str, str] = tables["patterns"]
        self._specials: dict[str, list[Piece]] = {k: [(t, n) for t, n in v] for k, v in tables["specials"].items()}
        self._joined: list[str] = tables["joined"]

    def __call__(self, text: str) -> Tokens:
        """The tokens of a text, in order. A single space between two words is none; any other white space is."""
        starts: list[int] = []
        pieces: list[Piece] = []
        known: dict[str, list[Piece]] = {}  # the words of this text
        end = 0
        for found in _WORD.finditer(text):
            start, word = found.start(), found[0]
            if start > end and (start > end + 1 or text[end] != " " or end == 0):
                self._space(text, end, start, starts, pieces)
            cut = known.get(word)
            if cut is None:
                cut = known[word] = self.cut(word)
            at = start
            for piece in cut:
                starts.append(at)
                pieces.append(piece)
                at += len(piece[0])
            end = at
        if end < len(text):
            self._space(text, end, len(text), starts, pieces)
        return self._join(text, starts, pieces)

    def _space(self, text: str, start: int, end: int, starts: list[int], pieces: list[Piece]) -> None:
        if start and text[start] == " ":  # the space that parts two words anyway
            start += 1
        if start < end:
            starts.append(start)
            pieces.extend(self._specials.get(text[start:end], [(text[start:end], "")])[:1])

    def cut(self, word: str) -> list[Piece]:
        """The tokens of one word without white space."""
        special = self._specials.get(word)
        if special is not None:
            return special
        plain = _PLAIN.fullmatch(word)
        if plain and plain[1] not in self._specials:
            mark = plain[2] or plain[3]
            return [(plain[1], ""), (mark, "")] if mark else [(word, "")]
        before, middle, after = self._affixes(word)
        out = [(prefix, "") for prefix in before]
        if middle:
            out += self._specials.get(middle) or [(part, "") for part in self._inner(middle)]
        return out + [(suffix, "") for suffix in reversed(after)]

    def _affixes(self, word: str, specials: bool = True) -> tuple[list[str], str, list[str]]:
        before: list[str] = []
        after: list[str] = []
        start, end = 0, len(word)
        heads, tails = _Ends(self._prefix, first=True), _Ends(self._suffix, first=False)

        def special(start: int, end: int) -> bool:
            return specials and end - start <= self._longest and word[start:end] in self._specials

        while start < end and not special(start, end):
            head = heads.length(word, start, end)
            if head and special(start + head, end):
                return [*before, word[start : start + head]], word[start + head : end], after
            tail = tails.length(word, start + head, end)
            if tail and special(start, end - tail):
                return before, word[start : end - tail], [*after, word[end - tail : end]]
            if not head and not tail:
                break
            if head:
                before.append(word[start : start + head])
            if tail:
                after.append(word[end - tail : end])
            start, end = start + head, end - tail
        return before, word[start:end], after

    def _inner(self, word: str) -> Iterator[str]:
        """A word without its affixes, cut at hyphens and their like; addresses of web pages stay whole."""
        if self._url.match(word):
            yield word
            return
        start = 0
        for mark in self._infix.finditer(word):
            if mark.start() == 0:
                continue
            if mark.start() != start:
                yield word[start : mark.start()]
            if mark.end() != mark.start():
                yield mark[0]
            start = mark.end()
        if start < len(word):
            yield word[start:]

    def _join(self, text: str, starts: list[int], pieces: list[Piece]) -> Tokens:
        """Special cases that were cut apart between other marks, such as “:)”, are put together again."""
        found: list[tuple[int, int, str]] = []
        for i, (first, _) in enumerate(pieces):
            for special, parts in self._rejoined.get(first, ()):
                if [p for p, _ in pieces[i : i + len(parts)]] == parts:
                    found.append((len(parts), i, special))
        taken: set[int] = set()
        joined: list[tuple[int, int, str]] = []
        for length, i, special in sorted(found, key=lambda f: (-f[0], f[1])):  # the longest first
            if i not in taken and i + length - 1 not in taken:
                if text.startswith(special, starts[i]):
                    joined.append((i, length, special))
            taken.update(range(i, i + length))
        for i, length, special in sorted(joined, reverse=True):
            cut = self._specials[special]
            pieces[i : i + length] = cut
            starts[i : i + length] = itertools.accumulate((len(p) for p, _ in cut[:-1]), initial=starts[i])
        return Tokens(starts, pieces)

    @cached_property
    def _rejoined(self) -> dict[str, list[tuple[str, list[str]]]]:
        out: dict[str, list[tuple[str, list[str]]]] = {}
        for special in self._joined:
            parts = self._without_specials(special)
            if len(parts) > 1:
                out.setdefault(parts[0], []).append((special, parts))
        return out

    def _without_specials(self, special: str) -> list[str]:
        before, middle, after = self._affixes(special, specials=False)
        return [*before, *(self._inner(middle) if middle else ()), *reversed(after)]

    @cached_property
    def _longest(self) -> int:
        return max(map(len, self._specials))

    @cached_property
    def _prefix(self) -> re.Pattern[str]:
        return compiled(self._patterns["prefix"])

    @cached_property
    def _suffix(self) -> re.Pattern[str]:
        return compiled(self._patterns["suffix"])

    @cached_property
    def _infix(self) -> re.Pattern[str]:
        return compiled(self._patterns["infix"])

    @cached_property
    def _url(self) -> re.Pattern[str]:
        # “name:password@” written so that a word of colons is not tried at each of them; both match the same.
        return compiled(self._patterns["url"].replace(r"(?:\S+(?::\S*)?@)?", r"(?:\S+@)?"))


class _Ends:
    """How much of a word's beginning or end a pattern cuts off, looking no further than it must.

    A word may be thousands of marks, which are cut off one after the other; nothing but a run of dots is longer than the
    window, and what was found for the same characters is known.
    """

    WINDOW = 32
    MOST_KNOWN = 200

    def __init__(self, pattern: re.Pattern[str], *, first: bool) -> None:
        self._pattern, self._first = pattern, first
        self._known: dict[str, int] = {}

    def length(self, word: str, start: int, end: int) -> int:
        if end - start <= self.WINDOW:
            return self._found(word[start:end])
        near = word[start : start + self.WINDOW] if self._first else word[end - self.WINDOW : end]
        size = self._known.get(near)
        if size is None:
            if len(self._known) >= self.MOST_KNOWN:
                self._known.clear()
            size = self._known[near] = self._found(near)
        return size if size < self.WINDOW else self._dots(word[start:end])

    def _dots(self, text: str) -> int:
        return len(text) - len(text.lstrip(".") if self._first else text.rstrip("."))

    def _found(self, text: str) -> int:
        found = self._pattern.match(text) if self._first else self._pattern.search(text)
        return found.end() - found.start() if found else 0
