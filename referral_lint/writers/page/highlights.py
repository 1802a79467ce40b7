"""Which words of a draft are marked, and where the marks begin and end when the text is shown in stretches."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from referral_lint.model import Span

Point = tuple[int, str]  # an offset of the text, and the name of an anchor there


@dataclass(frozen=True, slots=True)
class Mark:
    """Words to mark. `key` joins them to their note, `label` is what the reader sees, `look` how it is drawn."""

    span: Span
    key: str
    label: str
    look: str
    rank: int = 0  # of overlapping marks the highest is on top


@dataclass(frozen=True, slots=True)
class Piece:
    """Words with the same marks from first to last."""

    lines: tuple[str, ...]  # joined by line breaks
    over: tuple[Mark, ...] = ()  # the marks that cover it, the gravest first
    opens: tuple[str, ...] = ()  # anchors that begin here
    ends: tuple[Mark, ...] = ()  # the marks whose last words these are
    raw: bool = False  # a tick box as it was typed

    @property
    def link(self) -> Mark | None:
        """The mark that the words themselves lead to."""
        return self.over[0] if self.over and self.over[0] in self.ends else None

    @property
    def badges(self) -> tuple[Mark, ...]:
        """The marks that end here and need a link of their own."""
        return tuple(mark for mark in self.ends if mark is not self.link)


class Highlights:
    """Marks and anchors laid over the stretches of a text that are shown, in the order of the text.

    `shown` has the key of every mark, and the name of every anchor, that some stretch shows.
    """

    def __init__(self, text: str, stretches: Sequence[Span], marks: Iterable[Mark], points: Iterable[Point]) -> None:
        self._text, self._stretches = text, stretches
        self._starts = [s.start for s in stretches]
        self._marks: dict[int, list[Mark]] = {}
        self._points: dict[int, list[Point]] = {}
        self._first: dict[str, int] = {}
        self._last: dict[str, int] = {}
        for mark in marks:
            for i in self._touched(mark.span):
                self._marks.setdefault(i, []).append(mark)
                self._first.setdefault(mark.key, i)
                self._last[mark.key] = i
        anchors: set[str] = set()
        for offset, name in points:
            for i in self._touched(Span(offset, offset)):
                self._points.setdefault(i, []).append((offset, name))
                anchors.add(name)
                break
        self.shown = anchors | self._first.keys()

    def _touched(self, span: Span) -> Iterator[int]:
        """The stretches that show a part of a span; for an empty span the one that it stands in."""
        i = max(0, bisect_right(self._starts, span.start) - 1)
        empty = span.start >= span.end
        for n in range(i, bisect_left(self._starts, max(span.end, span.start + 1))):
            start, end = self._stretches[n]
            if (start <= span.start <= end) if empty else (span.start < end and start < span.end):
                yield n

    def pieces(self, stretch: int, breaks: frozenset[int] = frozenset(), raw: Span | None = None) -> list[Piece]:
        """One stretch, cut where its marks change. `breaks`: offsets of newlines to keep; `raw`: a typed tick box."""
        start, end = self._stretches[stretch]
        marks, points = self._marks.get(stretch, []), self._points.get(stretch, [])
        edges = {start, end, *(raw or ()), *(edge for mark in marks for edge in mark.span), *(o for o, _ in points)}
        inside = sorted(edge for edge in edges if start <= edge <= end)
        hollow = {mark.span.start for mark in marks if mark.span.start >= mark.span.end}
        windows = [*pairwise(inside), *((at, at) for at in hollow)]
        return [self._piece(stretch, Span(a, b), breaks, raw) for a, b in sorted(windows)]

    def _piece(self, stretch: int, window: Span, breaks: frozenset[int], raw: Span | None) -> Piece:
        (start, end), (a, b) = self._stretches[stretch], window
        over, ends = [], []
        # The anchors of marks come last, next to their words.
        points = self._points.get(stretch, ())
        opens = [name for offset, name in points if a != b and (offset == a or offset == end == b)]
        for mark in self._marks.get(stretch, ()):
            hollow = mark.span.start >= mark.span.end
            if hollow != (a == b) or not mark.span.start <= a <= b <= max(mark.span.end, mark.span.start):
                continue
            over.append(mark)
            if self._last[mark.key] == stretch and min(max(mark.span), end) == b:
                ends.append(mark)
            if self._first[mark.key] == stretch and max(mark.span.start, start) == a:
                opens.append(mark.key)
        over.sort(key=lambda mark: (-mark.rank, max(mark.span) - mark.span.start))
        is_raw = raw is not None and raw.start <= a < b <= raw.end
        return Piece(tuple(self._lines(window, breaks)), tuple(over), tuple(opens), tuple(ends), is_raw)

    def _lines(self, window: Span, breaks: frozenset[int]) -> Iterator[str]:
        at = window.start
        for offset in sorted(o for o in breaks if window.start <= o < window.end) if breaks else ():
            yield self._text[at:offset]
            at = offset + 1
        yield self._text[at : window.end]
