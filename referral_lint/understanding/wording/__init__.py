"""Wording that hides, judges or is a term of the trade, by a small trained network beside the frames."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from referral_lint.model import Span
from referral_lint.understanding.layers import Floats
from referral_lint.understanding.wording import network, tokens
from referral_lint.understanding.wording.tokens import Rows

if TYPE_CHECKING:
    from referral_lint.understanding.draft import Draft

_NEW = 0.3  # a word at least so likely to begin a span, and likelier than to go on with one, begins a new one
_EXTENT = 0.3  # a span goes as far as its words are so likely
# What a span neither ends with nor consists of.
_SMALL = frozenset(
    "a an the of at in on to and or with for from by that who which is are was were be been has have had he she they it"
    " his her their this these between about as but so , . ; : ! ? ( ) - – — “ ” ‘ ’ \" '".split()
)


@dataclass(frozen=True)
class Reading:
    """What the network makes of a draft: `odds` is (tokens, TAGS), see network.py; `words` are the tokens, small."""

    rows: Rows
    odds: Floats
    words: Sequence[str]

    def spans(self, label: str, threshold: float) -> Iterator[Span]:
        """Stretches of one sentence with the label, whose likeliest word has it with at least this probability."""
        number = network.LABELS.index(label)
        begins = 1 + 2 * number
        by_label = self.odds[:, 1::2] + self.odds[:, 2::2]
        likely = by_label[:, number]
        inside = (likely >= min(_EXTENT, threshold)) & (likely >= by_label.max(axis=1))
        new = (self.odds[:, begins] > self.odds[:, begins + 1]) & (self.odds[:, begins] > _NEW)
        sentence = self.rows.sentence
        at = 0
        while at < len(inside):
            end = at + 1
            if inside[at]:
                while end < len(inside) and inside[end] and sentence[end] == sentence[at] and not new[end]:
                    end += 1
                if likely[at:end].max() >= threshold:
                    yield from self._trimmed(at, end)
            at = end

    def _trimmed(self, first: int, last: int) -> Iterator[Span]:
        """Without small words and marks at its end, or marks at its beginning; nothing if no other word is left."""
        while last > first and self.words[last - 1] in _SMALL:
            last -= 1
        while first < last and not self.words[first][0].isalnum():
            first += 1
        if last > first:
            yield Span(int(self.rows.starts[first]), int(self.rows.ends[last - 1]))

    def likelihood(self, span: Span) -> float:
        """The probability, of the likeliest word in the span, that a reviewer would mark it; 1 where nothing was read."""
        first, last = np.searchsorted(self.rows.ends, span.start, "right"), np.searchsorted(self.rows.starts, span.end)
        return float(1 - self.odds[first:last, 0].min()) if last > first else 1.0


def read(draft: Draft) -> Reading:
    """The draft as the network reads it. Raises ModelError if its weights are missing."""
    known = network.load()
    rows = tokens.rows(draft, known.vocabulary)
    return Reading(rows, known.probabilities(rows), tokens.words(draft.text, rows))
