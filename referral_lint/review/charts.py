"""Charts as SVG. Lengths are percentages, so that a chart fills its place while its letters keep their size.

Colours are classes of the style sheet; every number is in the words beside the chart and in the table behind it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from referral_lint.review.counts import Cell
from referral_lint.review.stats import Interval


def interval(found: Interval) -> Markup:
    """A share that is no count of drafts, as a bar with its interval."""
    marks = '<rect class="track" width="100%" height="12" y="3" rx="3"/>'
    marks += f'<rect class="fill" width="{_in(found.value)}" height="12" y="3" rx="3"/>'
    return _svg(marks + _whisker(found, 9), 18, "bar")


def bar(cell: Cell, look: str = "", top: float = 1.0) -> Markup:
    """A share as a bar, with its interval as a line across the end. Empty where the number is too small to be shown.

    `top`: the share that fills the width. Of a scale of its own no interval is drawn.
    """
    found = cell.interval
    marks = '<rect class="track" width="100%" height="12" y="3" rx="3"/>'
    if found is not None:
        marks += f'<rect class="fill {look}" width="{_in(found.value / top)}" height="12" y="3" rx="3"/>'
        marks += _whisker(found, 9) if top == 1.0 else ""
    return _svg(marks, 18, "bar")


def _whisker(found: Interval, y: int) -> str:
    low, high = _in(found.low), _in(found.high)
    ends = "".join(f'<line x1="{x}" x2="{x}" y1="{y - 4}" y2="{y + 4}"/>' for x in (low, high))
    return f'<g class="whisker"><line x1="{low}" x2="{high}" y1="{y}" y2="{y}"/>{ends}</g>'


def stack(parts: Sequence[tuple[str, Cell]]) -> Markup:
    """Shares of one whole side by side: (look, cell) each. What is hidden leaves its place empty."""
    marks, at = '<rect class="track" width="100%" height="16" y="1" rx="3"/>', 0.0
    for look, cell in parts:
        if cell.count and cell.whole:
            share = cell.count / cell.whole
            marks += f'<rect class="part {look}" x="{_in(at)}" width="{_in(share)}" height="16" y="1"/>'
            at += share
    return _svg(marks, 18, "stack")


@dataclass(frozen=True, slots=True)
class Point:
    label: str  # of the period, as it is shown
    cell: Cell


def line(points: Sequence[Point], look: str = "", height: int = 190) -> Markup:
    """Shares over time, with the band of their intervals; periods of too few drafts are left out."""
    inner = height - 30
    known = [(i, point.cell.interval) for i, point in enumerate(points)]
    placed = [(_x(i, len(points)), found) for i, found in known if found is not None]
    top = _nice(max((found.high for _, found in placed), default=1.0))
    marks = _grid(top, inner) + _band(placed, top, inner, look)
    for x, found in placed:
        marks += f'<circle class="dot {look}" cx="{_in(x)}" cy="{8 + inner * (1 - found.value / top):.1f}" r="{3.5 if height > 120 else 2.5}"/>'
    return _svg(marks + _labels(points, height), height, "line")


def _x(i: int, n: int) -> float:
    """Where period i stands, as a share of the width: room for the figures on the left."""
    return 0.08 + 0.9 * (i + 0.5) / max(n, 1)


def _nice(top: float) -> float:
    return next(step for step in (0.05, 0.1, 0.2, 0.4, 0.6, 0.8, 1.0) if top <= step + 1e-9)


def _grid(top: float, inner: int) -> str:
    lines = ""
    for part in (0.0, 0.5, 1.0):
        y = 8 + inner * (1 - part)
        lines += f'<line class="grid" x1="8%" x2="100%" y1="{y:.1f}" y2="{y:.1f}"/>'
        if inner > 120 or part != 0.5:
            lines += f'<text class="axis" x="7.2%" y="{y + 4:.1f}" text-anchor="end">{100 * top * part:.3g}%</text>'
    return lines


def _band(placed: Sequence[tuple[float, Interval]], top: float, inner: int, look: str) -> str:
    """Polygons cannot have percentages, so this part is drawn in a square that is stretched."""
    if len(placed) < 2:
        return ""
    upper = [f"{100 * x:.2f},{100 * (1 - min(found.high, top) / top):.2f}" for x, found in placed]
    lower = [f"{100 * x:.2f},{100 * (1 - found.low / top):.2f}" for x, found in reversed(placed)]
    middle = [f"{100 * x:.2f},{100 * (1 - found.value / top):.2f}" for x, found in placed]
    return (
        f'<svg x="0" y="8" width="100%" height="{inner}" viewBox="0 0 100 100" preserveAspectRatio="none">'
        f'<polygon class="band {look}" points="{" ".join(upper + lower)}"/>'
        f'<polyline class="trend {look}" points="{" ".join(middle)}" vector-effect="non-scaling-stroke"/></svg>'
    )


def _labels(points: Sequence[Point], height: int) -> str:
    """At most six, and fewer in a small chart or for long words: they must not run into each other on a phone."""
    longest = max((len(point.label) for point in points), default=1)
    step = -(-len(points) // max(2, (36 if height > 120 else 24) // longest))
    return "".join(
        f'<text class="axis" x="{_in(_x(i, len(points)))}" y="{height - 5}" text-anchor="middle">{escape(point.label)}</text>'
        for i, point in enumerate(points)
        if i % step == 0
    )


def heat(columns: Sequence[str], rows: Sequence[tuple[str, Sequence[Cell]]]) -> Markup:
    """People × information: the darker, the more drafts. Nothing there: empty; too few to show: a dash."""
    left, head, tall = 32.0, 74, 27
    wide = (100 - left) / max(len(columns), 1)
    most = max(
        (cell.interval.value for _, cells in rows for cell in cells if cell.count and cell.interval), default=1.0
    )
    marks = "".join(
        f'<svg x="{left + wide * (j + 0.5):.2f}%" y="{head - 8}" overflow="visible"><text class="axis" transform="rotate(-32)">{escape(name)}</text></svg>'
        for j, name in enumerate(columns)
    )
    for i, (name, cells) in enumerate(rows):
        y = head + i * tall
        marks += f'<text class="name" x="{left - 1.2}%" y="{y + 18}" text-anchor="end">{escape(name)}</text>'
        for j, cell in enumerate(cells):
            marks += _heat_cell(cell, left + wide * j, wide, y, tall, most)
    return _svg(marks, head + tall * len(rows) + 4, "heat")


def _heat_cell(cell: Cell, x: float, wide: float, y: int, tall: int, most: float) -> str:
    share = cell.interval.value if cell.interval and cell.count else 0.0
    level = 0 if not cell.count else min(5, 1 + int(4.999 * share / most))
    text = "–" if cell.count is None else f"{100 * share:.0f}" if share >= 0.005 else "<1" if cell.count else ""
    return (
        f'<rect class="cell heat{level}" x="{x:.2f}%" y="{y}" width="{wide - 0.4:.2f}%" height="{tall - 3}" rx="3"/>'
        f'<text class="value heat{level}" x="{x + wide / 2 - 0.2:.2f}%" y="{y + 17}" text-anchor="middle">{text}</text>'
    )


def difference(found: Interval, reach: float) -> Markup:
    """A difference with its interval, around a line at zero; `reach` is the end of the scale, both ways."""

    def at(value: float) -> float:
        return 0.5 + 0.5 * max(-1.0, min(1.0, value / reach))

    placed = Interval(at(found.value), at(found.low), at(found.high))
    sure = "sure" if found.low > 0 or found.high < 0 else "unsure"
    marks = '<line class="zero" x1="50%" x2="50%" y1="0" y2="18"/>' + _whisker(placed, 9)
    return _svg(marks + f'<circle class="dot {sure}" cx="{_in(placed.value)}" cy="9" r="5"/>', 18, "difference")


def _in(share: float) -> str:
    return f"{100 * share:.2f}%"


def _svg(marks: str, height: int, look: str) -> Markup:
    return Markup(  # noqa: S704  (numbers and escaped names)
        f'<svg class="chart {look}" width="100%" height="{height}" aria-hidden="true" focusable="false">{marks}</svg>'
    )
