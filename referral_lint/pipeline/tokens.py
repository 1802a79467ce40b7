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

Piece = tuple[str, str]  # a token's text, and how a special case spells it out (its norm; "" for any other token)

_WORD = re.compile(r"\S+")
# Letters with one mark behind them: no pattern of spaCy's cuts the letters, and all of them cut the mark off.
_PLAIN = re.compile(r"([A-Za-z]+)(?:([,;:?!)])|(?<=[a-z])(\.))?")

_LONGEST_SUFFIX = 40  # characters of the longest one that is no run of full stops


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
        size = 0
        while word and len(word) != size:
            if specials and word in self._specials:
                break
            size = len(word)
            head = self._at_beginning(word)
            if head and specials and word[head:] in self._specials:
                return [*before, word[:head]], word[head:], after
            tail = self._at_end(word[head:])
            if tail and specials and word[:-tail] in self._specials:
                return before, word[:-tail], [*after, word[-tail:]]
            if head and tail and head + tail > len(word):
                tail = 0
            if head:
                before.append(word[:head])
            if tail:
                after.append(word[-tail:])
            word = word[head : len(word) - tail]
        return before, word, after

    def _at_beginning(self, word: str) -> int:
        """How long the prefix of a word is; every pattern of one begins with “^”."""
        found = self._prefix.match(word)
        return found.end() if found else 0

    def _at_end(self, word: str) -> int:
        """How long the suffix of a word is. Only its end is looked at, for a word may be a line of a thousand brackets."""
        end = len(word.rstrip(".")) if word.endswith(".") else len(word)
        found = self._suffix.search(word, max(0, end - _LONGEST_SUFFIX))
        return found.end() - found.start() if found else 0

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
    def _prefix(self) -> re.Pattern[str]:
        return re.compile(self._patterns["prefix"])

    @cached_property
    def _suffix(self) -> re.Pattern[str]:
        return re.compile(self._patterns["suffix"])

    @cached_property
    def _infix(self) -> re.Pattern[str]:
        return re.compile(self._patterns["infix"])

    @cached_property
    def _url(self) -> re.Pattern[str]:
        return re.compile(self._patterns["url"])
