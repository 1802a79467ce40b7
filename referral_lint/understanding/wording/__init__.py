"""Wording that hides, judges or is a term of the trade, by a small trained network beside the frames."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from referral_lint.model import Span
from referral_lint.understanding.edges import SMALL
from referral_lint.understanding.layers import Floats
from referral_lint.understanding.wording import network, surroundings, tokens
from referral_lint.understanding.wording.tokens import Rows

if TYPE_CHECKING:
    from referral_lint.understanding.draft import Draft

_NEW = 0.3  # a word at least so likely to begin a span, and likelier than to go on with one, begins a new one
EXTENT = 0.3  # a span goes as far as its words are so likely
# What a span neither ends with nor consists of.
_SMALL = SMALL | frozenset(", . ; : ! ? ( ) - – — “ ” ‘ ’ \" '".split())


@dataclass(frozen=True)
class Reading:
    """What the network makes of a draft: `odds` is (tokens, TAGS), see network.py; `words` are the tokens, small.

    `found` and `listed`, each (labels, surroundings.SIGNS + 1), weigh a stretch by what stands around it: one that the network found, and
    one that a rule's own words found. Without them the likeliest word decides.
    """

    rows: Rows
    odds: Floats
    words: Sequence[str]
    found: Floats | None = None
    listed: Floats | None = None

    def spans(self, label: str, threshold: float) -> Iterator[Span]:
        """Stretches of one sentence that a reviewer would mark with the label with at least this probability."""
        number = network.LABELS.index(label)
        least = threshold if self.found is None else EXTENT
        for first, last in self.stretches(number, least):
            if self.found is None or self._weighed(self.found[number], number, first, last) >= threshold:
                yield Span(int(self.rows.starts[first]), int(self.rows.ends[last - 1]))

    def stretches(self, number: int, least: float) -> Iterator[tuple[int, int]]:
        """First token, and that behind the last, of each stretch whose likeliest word has the label with at least this probability."""
        begins = 1 + 2 * number
        likely = self._by_label[:, number]
        inside = (likely >= min(EXTENT, least)) & (likely >= self._by_label.max(axis=1))
        new = (self.odds[:, begins] > self.odds[:, begins + 1]) & (self.odds[:, begins] > _NEW)
        sentence = self.rows.sentence
        at = 0
        while at < len(inside):
            end = at + 1
            if inside[at]:
                while end < len(inside) and inside[end] and sentence[end] == sentence[at] and not new[end]:
                    end += 1
                if likely[at:end].max() >= least:
                    yield from self._trimmed(at, end)
            at = end

    @cached_property
    def _by_label(self) -> Floats:
        result: Floats = self.odds[:, 1::2] + self.odds[:, 2::2]
        return result

    @cached_property
    def around(self) -> surroundings.Surroundings:
        return surroundings.Surroundings(1 - self.odds[:, 0], self._by_label, self.rows.sentence)

    def _weighed(self, weights: Floats, number: int, first: int, last: int) -> float:
        *by_sign, bias = weights
        return float(surroundings.likely(self.around.signs(number, first, last) @ by_sign + bias))

    def _trimmed(self, first: int, last: int) -> Iterator[tuple[int, int]]:
        """Without small words and marks at its end, or marks at its beginning; nothing if no other word is left."""
        while last > first and self.words[last - 1] in _SMALL:
            last -= 1
        while first < last and not self.words[first][0].isalnum():
            first += 1
        if last > first:
            yield first, last

    def likelihood(self, span: Span, label: str) -> float:
        """The probability that a reviewer would mark words that a rule found, with the label; 1 where nothing was read."""
        number = network.LABELS.index(label)
        first, last = self.tokens(span)
        if last <= first:
            return 1.0
        if self.listed is None:
            return float(1 - self.odds[first:last, 0].min())
        return self._weighed(self.listed[number], number, first, last)

    def tokens(self, span: Span) -> tuple[int, int]:
        """The first token of the span, and that behind the last of the same sentence; equal where nothing was read."""
        first = int(np.searchsorted(self.rows.ends, span.start, "right"))
        last = int(np.searchsorted(self.rows.starts, span.end))
        if last > first:
            last = first + int(np.searchsorted(self.rows.sentence[first:last], self.rows.sentence[first], "right"))
        return first, last


def read(draft: Draft) -> Reading:
    """The draft as the network reads it. Raises ModelError if its weights are missing."""
    known = network.load()
    rows = tokens.rows(draft, known.vocabulary)
    odds, weights = known.probabilities(rows), known.weights
    return Reading(rows, odds, tokens.words(draft.text, rows), weights.get("found"), weights.get("listed"))
