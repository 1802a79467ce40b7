"""Intervals that hold for small numbers and shares near 0 or 1, by well-known methods. Shares are from 0 to 1.

All intervals are 95 %. They take drafts as independent of each other, which those of one writer are not quite.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import sqrt
from typing import NamedTuple

import numpy as np

Z = 1.959964


class Interval(NamedTuple):
    """An estimate and the ends of its interval."""

    value: float
    low: float
    high: float


def wilson(count: float, whole: float) -> Interval:
    """A share, with Wilson's score interval (1927). `whole` may be an effective number. 0 of 0 is anything."""
    if whole <= 0:
        return Interval(0.0, 0.0, 1.0)
    share = min(1.0, count / whole)  # an effective number is a quotient, and may lie a little over
    middle = (share + Z * Z / (2 * whole)) / (1 + Z * Z / whole)
    half = Z / (1 + Z * Z / whole) * sqrt(share * (1 - share) / whole + Z * Z / (4 * whole * whole))
    return Interval(share, max(0.0, min(share, middle - half)), min(1.0, max(share, middle + half)))


def newcombe(before: tuple[int, int], after: tuple[int, int]) -> Interval:
    """The difference of two shares (count, whole), after less before: Newcombe's hybrid score interval (1998, no. 10)."""
    one, two = wilson(*after), wilson(*before)
    difference = one.value - two.value
    low = difference - sqrt((one.value - one.low) ** 2 + (two.high - two.value) ** 2)
    high = difference + sqrt((one.high - one.value) ** 2 + (two.value - two.low) ** 2)
    return Interval(difference, max(-1.0, low), min(1.0, high))


def trend(months: Sequence[tuple[int, int, int]]) -> Interval | None:
    """The change of a share a month, from (month, count, whole): least squares over the drafts, with robust errors.

    None if there are fewer than three months with drafts.
    """
    months = [month for month in months if month[2]]
    if len(months) < 3:
        return None
    x, count, whole = (np.array(column, dtype=float) for column in zip(*months, strict=True))
    share, total = count / whole, whole.sum()
    from_middle = x - (x * whole).sum() / total
    spread = (whole * from_middle**2).sum()
    slope = (whole * from_middle * share).sum() / spread
    level = count.sum() / total
    expected = np.clip(level + slope * from_middle, 0, 1)
    # What the drafts of a month vary by around the line: within the month, and the month as a whole.
    error = (from_middle**2 * whole * (share * (1 - share) + (share - expected) ** 2)).sum()
    half = Z * sqrt(error) / spread
    return Interval(float(slope), float(slope - half), float(slope + half))


def rates(before: Sequence[tuple[int, int]], after: Sequence[tuple[int, int]], seed: int = 7) -> Interval:
    """The difference of two rates (things a thousand words) from (things, words) a draft, after less before.

    A bootstrap over drafts (2,000 draws, percentile interval): things come in clusters, which no formula here knows.
    """
    draw = np.random.default_rng(seed)
    one, two = (np.array(rows, dtype=float).reshape(-1, 2) for rows in (after, before))
    difference = _rate(one.sum(axis=0)) - _rate(two.sum(axis=0))
    drawn = [
        _rate(one[draw.integers(len(one), size=len(one))].sum(axis=0))
        - _rate(two[draw.integers(len(two), size=len(two))].sum(axis=0))
        for _ in range(2000)
    ]
    low, high = np.percentile(drawn, [2.5, 97.5])
    return Interval(float(difference), float(low), float(high))


def _rate(sums: np.ndarray[tuple[int, ...], np.dtype[np.float64]]) -> float:
    return float(1000 * sums[0] / sums[1]) if sums[1] else 0.0
