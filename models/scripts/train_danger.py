#!/usr/bin/env python3
"""Train the weights for urgency (referral_lint/understanding/danger/signs.py).

    train_danger.py CORPUS_FOLDER ... [--short FILE ...] [--test FILE ...] [--out FILE]

CORPUS_FOLDER: one author's drafts with the key `urgent` (models/corpus/FORMAT.md); their other keys are not used, but for the
words that show imminence. --short: files of short drafts (keys `urgent` and `calm`), as tests/understanding/urgency_*.yaml;
models/corpus/danger/*.txt is always read. --test files are measured and not learned from. Needs the extra `train`.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import scipy.sparse as sparse
from sklearn.linear_model import LogisticRegression

from referral_lint.paths import MODELS
from referral_lint.understanding import danger, layers, urgency
from referral_lint.understanding.danger import signs
from referral_lint.understanding.danger.stretches import groups

sys.path.insert(0, str(Path(__file__).parent))
import danger_texts

STRENGTH = 2.0  # inverse regularisation
LEAST = 4  # of 127: the least that a weight is worth keeping for
CALM_SHORT, CALM_LONG = 0.7, 1.0  # how much a window counts, by where it comes from
SEEN = 20.0  # the words that show danger in a long draft: few beside the short texts, but written as referrals are
Row = tuple[dict[str, float], bool, float]  # features, danger, weight


Found = Sequence[signs.Signs]


def short_rows(holds: bool, found: Found) -> Iterator[Row]:
    """The whole of a short draft tells of danger, each part of a calm one does not."""
    if holds:
        yield signs.of_window(found[: signs.MOST]), True, 1.0
        if len(found) > signs.MOST:
            yield signs.of_window(found[-signs.MOST :]), True, 0.5
    else:
        for window in signs.windows(found):
            yield signs.of_window(window), False, CALM_SHORT


def whole_rows(holds: bool, found: Found) -> Iterator[Row]:
    """A draft that tells of danger by its beginning, a calm one by each of its stretches."""
    stretches = groups(len(found)) if found else []
    for first, size in stretches[:1] if holds else stretches:
        yield whole(found[first : first + size]), holds, 1.0 if len(stretches) == 1 or holds else 0.5


def whole(stretch: Found) -> dict[str, float]:
    return {signs.WHOLE + name: worth for name, worth in signs.of_window(stretch).items()}


def long_rows(text: danger_texts.Text, found: Found) -> tuple[list[Row], list[Row]]:
    """The rows of both models: of an urgent draft the words that show imminence with what stands beside them."""
    if not text.urgent:
        near = [(signs.of_window(w), False, CALM_LONG) for w in signs.windows(found) if len(w) != 2]
        stretches = groups(len(found))[::2]
        return near, [(whole(found[first : first + size]), False, 0.5) for first, size in stretches]
    shown = text.shown or ()
    return (
        [(signs.of_window(found[max(0, i - 1) : i + 2]), True, SEEN) for i in shown],
        [(whole(found[max(0, i - 2) : i + 3]), True, SEEN) for i in shown],
    )


def fit(rows: Sequence[Row]) -> tuple[dict[str, float], float]:
    counted = Counter(name for features, _, _ in rows for name in features)
    columns = {name: i for i, name in enumerate(sorted(n for n, count in counted.items() if count > 1))}
    cells = [
        (i, columns[n], worth)
        for i, (features, _, _) in enumerate(rows)
        for n, worth in features.items()
        if n in columns
    ]
    row, column, worth = zip(*cells, strict=True)
    x = sparse.csr_matrix((worth, (row, column)), (len(rows), len(columns)))
    y = np.array([holds for _, holds, _ in rows])
    w = np.array([weight for _, _, weight in rows])
    w = np.where(y, w * min(20.0, 1.5 * np.sqrt(w[~y].sum() / w[y].sum())), w)
    model = LogisticRegression(C=STRENGTH, solver="liblinear", max_iter=200).fit(x, y, sample_weight=w)
    return {name: float(model.coef_[0][i]) for name, i in columns.items()}, float(model.intercept_[0])


def save(path: Path, weights: dict[str, float], biases: Sequence[float]) -> None:
    """Whole numbers from -127 to 127 and one scale; what weighs less than LEAST is left out."""
    scale = max(map(abs, weights.values())) / 127
    table = {layers.checksum(n): round(w / scale) for n, w in weights.items() if abs(round(w / scale)) >= LEAST}
    keys = np.array(list(table), np.uint32)
    np.savez_compressed(path, keys=keys, table=np.array(list(table.values()), np.int8), scale=scale, biases=biases)
    print(f"{path}: {len(keys)} features, {path.stat().st_size // 1024} KiB", file=sys.stderr)


def measure(path: Path) -> None:
    texts = list(danger_texts.of_short(path))
    called = [(text.urgent, danger.odds(text.units) > urgency.LIMIT) for text in texts]
    right, false = sum(h and c for h, c in called), sum(c and not h for h, c in called)
    every = sum(holds for holds, _ in called)
    print(f"{path.name}: recall {right / every:.2f} precision {right / max(1, right + false):.2f}")


def main() -> int:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("folders", nargs="+", type=Path)
    ask.add_argument("--short", nargs="*", type=Path, default=[])
    ask.add_argument("--test", nargs="*", type=Path, default=[])
    ask.add_argument("--out", type=Path, default=MODELS / "statements" / "danger.npz")
    args = ask.parse_args()
    texts = [*danger_texts.of_lines(), *(t for p in args.short for t in danger_texts.of_short(p))]
    texts += danger_texts.of_corpus(args.folders)
    near, wide = list[Row](), list[Row]()
    for text in texts:
        found = [signs.of(unit) for unit in text.units]
        of_near, of_wide = (
            (list(short_rows(text.urgent, found)), list(whole_rows(text.urgent, found)))
            if text.short
            else long_rows(text, found)
        )
        near += of_near
        wide += of_wide
    fitted = [fit(near), fit(wide)]
    save(args.out, fitted[0][0] | fitted[1][0], [bias for _, bias in fitted])
    for path in args.test:
        measure(path)
    return 0


if __name__ == "__main__":
    sys.exit(main())
