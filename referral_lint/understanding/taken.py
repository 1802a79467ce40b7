"""Stretches of a text that are taken: does another one overlap any of them?"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable

from referral_lint.model import Span


class Taken:
    """Spans of which no two overlap, in order, so that a question costs a look-up and not a walk over all of them."""

    def __init__(self, spans: Iterable[Span] = ()) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []
        for span in spans:
            self.add(span)

    def overlaps(self, span: Span) -> bool:
        """Has a taken span a character in common with this one, which is not empty?"""
        before = bisect_left(self._starts, span.end) - 1
        return before >= 0 and self._ends[before] > span.start

    def add(self, span: Span) -> None:
        """Take a span that overlaps none."""
        at = bisect_left(self._starts, span.start)
        self._starts.insert(at, span.start)
        self._ends.insert(at, span.end)
