"""Counts and times since the filter began, as a text that monitoring programs read (Prometheus). No content."""

from __future__ import annotations

import time
from bisect import bisect_left
from collections import Counter
from pathlib import Path

from referral_lint.files import write_whole
from referral_lint.patterns import compiled

FILE = "metrics.prom"
_BOUNDS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)  # seconds
_HELP = {
    "messages": "Messages by what happened to them.",
    "verdicts": "Messages by verdict.",
    "failures": "Messages that could not be judged, by reason.",
    "reports": "Reports to senders.",
}


class Metrics:
    """Counters by name and label, and how long messages took."""

    def __init__(self) -> None:
        self.began = time.time()
        self._counts: dict[str, Counter[str]] = {name: Counter() for name in _HELP}
        self._times = [0] * (len(_BOUNDS) + 1)
        self._sum = 0.0
        self.in_hand = 0

    def count(self, name: str, label: str) -> None:
        self._counts[name][label] += 1

    def took(self, seconds: float) -> None:
        """One message was answered after so many seconds."""
        self._times[bisect_left(_BOUNDS, seconds)] += 1
        self._sum += seconds

    def text(self) -> str:
        lines = [
            "# HELP referral_lint_began_seconds When the filter began.",
            "# TYPE referral_lint_began_seconds gauge",
        ]
        lines += [f"referral_lint_began_seconds {self.began:.0f}", "# TYPE referral_lint_in_hand gauge"]
        lines.append(f"referral_lint_in_hand {self.in_hand}")
        for name, about in _HELP.items():
            full = f"referral_lint_{name}_total"
            lines += [f"# HELP {full} {about}", f"# TYPE {full} counter"]
            lines += [f'{full}{{of="{label}"}} {n}' for label, n in sorted(self._counts[name].items())]
        return "\n".join([*lines, *self._histogram()]) + "\n"

    def _histogram(self) -> list[str]:
        full = "referral_lint_seconds"
        lines = [f"# HELP {full} Time from the end of a message to its answer.", f"# TYPE {full} histogram"]
        total = 0
        for bound, n in zip((*map(str, _BOUNDS), "+Inf"), self._times, strict=True):
            total += n
            lines.append(f'{full}_bucket{{le="{bound}"}} {total}')
        return [*lines, f"{full}_sum {self._sum:.3f}", f"{full}_count {total}"]

    def save(self, folder: Path) -> None:
        """Into `metrics.prom`, whole or not at all. Raises OSError."""
        write_whole(folder / FILE, self.text().encode())


_LINE = compiled(r'referral_lint_(?P<name>\w+?)(?:_total)?(?:\{of="(?P<label>[^"]*)"\})? (?P<value>[\d.]+)')


def parsed(text: str) -> dict[str, dict[str, float]]:
    """Name → label → value of the lines that count; the histogram's buckets are left out."""
    found: dict[str, dict[str, float]] = {}
    for line in text.splitlines():
        if line_of := _LINE.fullmatch(line):
            found.setdefault(line_of["name"], {})[line_of["label"] or ""] = float(line_of["value"])
    return found
