"""Tick boxes that a PDF draws with lines, as office programs do with those of a form: no letter stands for them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from referral_lint.readers.pdf_unseen import SMALL, Box
from referral_lint.readers.pdf_words import Word

_LEAST = 6.0  # points: the side of the smallest box; the largest is SMALL
_BESIDE = 3.0  # times its side: how far from the words that say what it is for
_FIRST = -1_000_000  # their place among the page's characters: none has it, and no annotation


def drawn_boxes(small: Sequence[Box], words: Sequence[Word]) -> list[Word]:
    """The boxes among the small drawings of a page, as words where they stand.

    Squares in a row, one for each figure of a date, are none, nor are those with letters in them or far from any words.
    """
    squares = {(round(one.x0), round(one.y0)): one for one in small if _is_square(one)}
    boxes = [one for one in squares.values() if not _touches(one, squares.values()) and _labelled(one, words)]
    return [_word(box, _FIRST - n, small) for n, box in enumerate(boxes)]


def _word(box: Box, at: int, small: Iterable[Box]) -> Word:
    side = min(box.y1 - box.y0, 12.0)
    ticked = any(_is_tick(one, box) for one in small)
    return Word("☒" if ticked else "☐", at, box.x0, box.x1, (box.y0 + box.y1) / 2 - side * 0.35, side)


def _is_square(one: Box) -> bool:
    width, height = one.x1 - one.x0, one.y1 - one.y0
    return one.outline and _LEAST <= width <= SMALL and abs(width - height) < 0.15 * width


def _is_tick(one: Box, box: Box) -> bool:
    """A cross, a tick or a filled square over most of the box, drawn after it."""
    wide, high = one.x1 - one.x0, one.y1 - one.y0
    inside = one.order > box.order and box.holds(one.x0, one.y0) and box.holds(one.x1, one.y1)
    return inside and min(wide, high) > 0.4 * (box.x1 - box.x0) and (one.dark or not one.outline)


def _touches(box: Box, others: Iterable[Box]) -> bool:
    return any(
        one is not box and one.x0 < box.x1 + 2 and box.x0 < one.x1 + 2 and one.y0 < box.y1 + 2 and box.y0 < one.y1 + 2
        for one in others
    )


def _labelled(box: Box, words: Iterable[Word]) -> bool:
    level = [word for word in words if box.y0 - 2 < word.middle < box.y1 + 2]
    return any(True for _ in _near(box, level)) and not any(box.holds((w.x0 + w.x1) / 2, w.middle) for w in level)


def _near(box: Box, level: Iterable[Word]) -> Iterator[Word]:
    reach = _BESIDE * (box.x1 - box.x0)
    yield from (word for word in level if -reach < word.x0 - box.x1 < reach or -reach < box.x0 - word.x1 < reach)
