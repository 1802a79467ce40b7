"""Many phrases looked for at once: by the first token, so that a phrase whose beginning is not there costs nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

from referral_lint.model import Span

if TYPE_CHECKING:
    from referral_lint.language import Text
    from referral_lint.pipeline.tokens import Tokenizer, Tokens

Label = TypeVar("Label")


class Placed(NamedTuple, Generic[Label]):
    """A phrase in a text: its first token, the token after its last, and the characters that it takes."""

    start: int
    end: int
    span: Span
    label: Label


class Phrases(Generic[Label]):
    """Phrases with labels. Case and the amount of white space do not matter; ends of tokens do."""

    def __init__(self, entries: Iterable[tuple[Label, str]], tokenizer: Tokenizer) -> None:
        self._tokenizer = tokenizer
        self._waiting: dict[str, list[tuple[Label, str]]] = {}
        self._ready: dict[str, list[tuple[Label, list[str]]]] = {}
        for label, phrase in entries:
            first = tokenizer.cut(phrase.split(maxsplit=1)[0])[0][0].lower()
            self._waiting.setdefault(first, []).append((label, phrase))

    def find(self, text: Text) -> Iterator[Placed[Label]]:
        """Every phrase in the text, also those that overlap."""
        words = text.lowered
        firsts = self._waiting.keys()
        for i, word in enumerate(words):
            if word in firsts:
                for label, parts in self._phrases(word):
                    end = i + len(parts)
                    if words[i:end] == parts:
                        yield Placed(i, end, _characters(text.tokens, i, end), label)

    def _phrases(self, first: str) -> list[tuple[Label, list[str]]]:
        """The phrases that begin with a token, cut when a text first has it."""
        if first not in self._ready:
            self._ready[first] = [
                (label, [piece.lower() for piece, _ in self._tokenizer(phrase).pieces])
                for label, phrase in self._waiting[first]
            ]
        return self._ready[first]


def _characters(tokens: Tokens, start: int, end: int) -> Span:
    return Span(tokens.starts[start], tokens.starts[end - 1] + len(tokens.pieces[end - 1][0]))


def longest(found: Iterable[Placed[Label]]) -> list[Placed[Label]]:
    """Of overlapping phrases the one with the most tokens, then the first; in order."""
    kept: list[Placed[Label]] = []
    taken: set[int] = set()
    for one in sorted(found, key=lambda p: (p.start - p.end, p.start)):
        if one.start not in taken and one.end - 1 not in taken:
            kept.append(one)
            taken.update(range(one.start, one.end))
    return sorted(kept, key=lambda p: p.start)
