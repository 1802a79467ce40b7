"""How the cost grows: with the number of documents in one process, and with the length of one document; as a picture."""

from __future__ import annotations

import json
import resource
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from tests.benchmarks import documents, measure

COUNTS = (10, 50, 200, 500, 1000, 2000)
LENGTHS = (1_000, 5_000, 20_000, 50_000, 100_000, 200_000)
Points = list[tuple[float, float]]


def draw(path: Path, most: float = 1.0) -> Iterator[str]:
    """Measure both curves up to the share `most` of their ends and write them to `path` (SVG); lines to print."""
    many: Points = []
    for count in (c for c in COUNTS if c <= COUNTS[-1] * most):
        found = measure.python("tests.benchmarks.curve", "many", str(count))
        if found is not None:
            many.append((count, 1000 * found["seconds"] / count))
            yield f"{count:6} documents  {many[-1][1]:8.1f} ms a document   peak {found['peak']:4.0f} MiB"
    long: Points = []
    for length in (n for n in LENGTHS if n <= LENGTHS[-1] * most):
        found = measure.python("tests.benchmarks.curve", "long", str(length))
        if found is not None:
            long.append((length, found["seconds"]))
            a_word = 1e6 * found["seconds"] / length
            yield f"{length:6} words      {long[-1][1]:8.2f} s  {a_word:6.1f} µs a word   peak {found['peak']:4.0f} MiB"
    path.write_text(picture(many, long), encoding="utf-8")
    yield f"drawn: {path}"


def picture(many: Points, long: Points) -> str:
    """The two curves side by side, each from zero, so that flat looks flat and straight looks straight."""
    left = _panel(20, "Milliseconds a document", "documents in one process", many)
    right = _panel(440, "Seconds for one document", "words in the document", long)
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 860 360" font-family="sans-serif" font-size="13">'
        f'<rect width="860" height="360" fill="white"/>{left}{right}</svg>\n'
    )


def _panel(x: int, title: str, below: str, points: Points) -> str:
    wide, high = max((p[0] for p in points), default=1), max((p[1] for p in points), default=1) * 1.15
    placed = [(x + 60 + 320 * a / wide, 300 - 240 * b / high) for a, b in points]
    line = " ".join(f"{a:.1f},{b:.1f}" for a, b in placed)
    dots = "".join(
        f'<circle cx="{a:.1f}" cy="{b:.1f}" r="3.5" fill="#1d4f91"/><text x="{a:.1f}" y="{b - 8:.1f}" text-anchor="middle">{v:.3g}</text>'
        for (a, b), (_, v) in zip(placed, points, strict=True)
    )
    return (
        f'<text x="{x + 60}" y="30" font-weight="bold">{title}</text>'
        f'<path d="M{x + 60} 50V300H{x + 390}" fill="none" stroke="#555"/>'
        f'<text x="{x + 380}" y="320" text-anchor="end">{wide:,.0f}</text><text x="{x + 60}" y="320">0</text>'
        f'<text x="{x + 220}" y="340" text-anchor="middle">{below}</text>'
        f'<polyline points="{line}" fill="none" stroke="#1d4f91" stroke-width="2"/>{dots}'
    )


def main(which: str, size: int) -> None:
    """Measure one point in a process of its own; prints JSON."""
    from tests.benchmarks.warm import ours

    task = ours()
    for text in documents.some(3):
        task(text)
    texts = documents.some(size) if which == "many" else [documents.letter(size)]
    start = time.process_time()
    for text in texts:
        task(text)
    spent = time.process_time() - start
    print(json.dumps({"seconds": spent, "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
