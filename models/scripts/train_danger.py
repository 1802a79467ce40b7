#!/usr/bin/env python3
"""Train the weights for urgency (referral_lint/understanding/danger.py).

    train_danger.py CORPUS_FOLDER ... [--short FILE ...] [--test FILE ...] [--out FILE]

CORPUS_FOLDER: one author's drafts with the key `urgent` (models/corpus/FORMAT.md); their other keys are not used, but for the
words that show imminence. --short: files of short drafts (keys `urgent` and `calm`), as tests/understanding/urgency_*.yaml;
models/statements/danger.txt is always read. --test files are measured and not learned from. Needs the extra `train`.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import scipy.sparse as sparse
import yaml
from sklearn.linear_model import LogisticRegression
from train_statements import MARK, TOKENIZER, _place, _unit

from referral_lint.model import Source
from referral_lint.paths import MODELS
from referral_lint.readers import read
from referral_lint.understanding import danger, urgency
from referral_lint.understanding.draft import Draft
from referral_lint.understanding.setting import Setting

STRENGTH = 2.0  # inverse regularisation
CALM_SHORT, CALM_LONG, SEEN = 0.7, 1.0, 0.7  # how much a window counts, by where it comes from
Row = tuple[dict[str, float], bool, float]  # features, danger, weight


def draft_of(text: str) -> Draft:
    document = next(iter(read(Source("draft.txt", text.encode("utf-8"), "text/plain"))))
    return Draft(document, TOKENIZER(document.text), Setting())


def of_line(line: str) -> tuple[bool, list[danger.Signs]]:
    kind, _, words = line.partition(" | ")
    units = [_unit(words)] if " >> " in words else urgency.spoken(draft_of(words))
    return kind == "danger", [danger.signs(unit) for unit in units]


def of_short(path: Path) -> Iterator[tuple[bool, list[danger.Signs]]]:
    drafts = yaml.safe_load(path.read_text(encoding="utf-8"))
    for key, holds in (("urgent", True), ("calm", False)):
        for text in drafts[key]:
            yield holds, [danger.signs(unit) for unit in urgency.spoken(draft_of(text))]


def short_rows(holds: bool, found: Sequence[danger.Signs]) -> Iterator[Row]:
    """The whole of a short draft tells of danger, each part of a calm one does not."""
    if holds:
        yield danger.of_window(found[: danger.MOST]), True, 1.0
        if len(found) > danger.MOST:
            yield danger.of_window(found[-danger.MOST :]), True, 0.5
    else:
        for window in danger.windows(found):
            yield danger.of_window(window), False, CALM_SHORT


def whole_rows(holds: bool, found: Sequence[danger.Signs]) -> Iterator[Row]:
    """A draft that tells of danger by its beginning, a calm one by each of its stretches."""
    stretches = danger.groups(len(found)) if found else []
    for first, size in stretches[:1] if holds else stretches:
        yield whole(found[first : first + size]), holds, 1.0 if len(stretches) == 1 or holds else 0.5


def whole(stretch: Sequence[danger.Signs]) -> dict[str, float]:
    return {danger.WHOLE + name: worth for name, worth in danger.of_window(stretch).items()}


def corpus_rows(path: Path) -> tuple[list[Row], list[Row]]:
    """The rows of both models: of an urgent draft the words that show imminence with what stands beside them."""
    raw = path.read_text(encoding="utf-8")
    head = re.match(r"---\n(.*?)\n---\n", raw, re.S)
    header = dict(re.findall(r"(?m)^([\w.]+): *(.*)$", head[1])) if head else {}
    text = MARK.sub(r"\1", raw[head.end() :]) if head else raw
    said = urgency.spoken(draft_of(text))
    found = [danger.signs(unit) for unit in said]
    if not header.get("urgent", "no").startswith("yes"):
        near = [(danger.of_window(w), False, CALM_LONG) for w in danger.windows(found) if len(w) != 2]
        stretches = danger.groups(len(found))[::2]
        return near, [(whole(found[first : first + size]), False, 0.5) for first, size in stretches]
    places = [_place(text, words.strip()) for words in header.get("ev.imminence", "").split(";;") if words.strip()]
    shown = [
        i
        for i, unit in enumerate(said)
        if any(p is not None and p.start < unit.span.end and unit.span.start < p.end for p in places)
    ]
    return (
        [(danger.of_window(found[max(0, i - 1) : i + 2]), True, SEEN) for i in shown],
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
    """Whole numbers from -127 to 127 and one scale; what weighs next to nothing is left out."""
    scale = max(map(abs, weights.values())) / 127
    table = {danger.checksum(n): round(w / scale) for n, w in weights.items() if round(w / scale) != 0}
    keys = np.array(list(table), np.uint32)
    np.savez_compressed(path, keys=keys, table=np.array(list(table.values()), np.int8), scale=scale, biases=biases)
    print(f"{path}: {len(keys)} features, {path.stat().st_size // 1024} KiB", file=sys.stderr)


def measure(path: Path) -> None:
    found = list(of_short(path))
    called = [(holds, danger.score(signs) > urgency.limit(len(signs))) for holds, signs in found]
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
    lines = (MODELS / "statements" / "danger.txt").read_text(encoding="utf-8").splitlines()
    short = [of_line(line) for line in lines if " | " in line and not line.startswith("#")]
    short += [item for path in args.short for item in of_short(path)]
    near = [row for holds, found in short for row in short_rows(holds, found)]
    wide = [row for holds, found in short for row in whole_rows(holds, found)]
    for path in (path for folder in args.folders for path in sorted(folder.glob("*.txt"))):
        of_near, of_wide = corpus_rows(path)
        near += of_near
        wide += of_wide
    fitted = [fit(near), fit(wide)]
    save(args.out, fitted[0][0] | fitted[1][0], [bias for _, bias in fitted])
    for path in args.test:
        measure(path)
    return 0


if __name__ == "__main__":
    sys.exit(main())
