#!/usr/bin/env python3
"""Train the weights for the seventeen statements from annotated drafts (models/corpus/FORMAT.md).

    train_statements.py [--out FILE]

The linear weights learn from the drafts of models/corpus that nothing was kept from; what a draft lacks, by the sum of these and the encoder's
odds, from those that were (corpus.KEPT). Prints how well an absent statement is found there, each author left out in turn. The weights of
train_saying.py must be there. Needs the extra `train` (scikit-learn).
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import corpus
import numpy as np
import scipy.sparse as sparse
import spacy
import yaml
from sklearn.linear_model import LogisticRegression

from referral_lint.model import Source, Span
from referral_lint.paths import MODELS
from referral_lint.readers import read
from referral_lint.understanding import layers
from referral_lint.understanding.draft import Draft
from referral_lint.understanding.saying import encoder, features, units, weights
from referral_lint.understanding.saying.weights import COLUMNS, NAMES
from referral_lint.understanding.setting import Setting

MARK = re.compile(r"\{\{[A-Z]{3}\|(.*?)\}\}", re.S)
TOKENIZER = spacy.blank("en")
STRENGTH, SECOND_STRENGTH = 5.0, 0.3  # inverse regularisation of the two steps
FRAME_SHARE = 3.0  # a frame is worth so many times a word pair before training
# From which probability a statement counts as lacking: a single limit serves as well as one for each. On the drafts kept, whose readers
# the second step knows, .4 is best; readers whom it does not know ask sooner. Consent given opens four more questions, so that it must be surer.
LACKING = 0.28
# Where the facts come from would hardly ever be asked for at that limit, and whoever is asked seldom has said it.
# What a draft is for is seldom asked for, too, and hardly any draft that says it comes near the limit.
LIMITS = {"consent": 0.25, "agreed": 0.6, "sources": 0.1, "purpose": 0.19}
UNMARKED, SILENT, DOUBTFUL = 0.3, 0.5, 0.05  # how much a unit counts that the annotator did not name


@dataclass(frozen=True)
class Annotated:
    """One draft: its units, their features, which of them make what, and the status of each statement."""

    name: str
    author: str
    draft: Draft
    look: weights.Look
    units: tuple[units.Unit, ...]
    features: list[set[str]]
    makes: np.ndarray
    status: list[str]
    has_evidence: bool


def annotated(path: Path, author: str) -> Annotated:
    """One file of the corpus. Raises ValueError if it has no header."""
    raw = path.read_text(encoding="utf-8")
    head = re.match(r"---\n(.*?)\n---\n", raw, re.S)
    if not head:
        raise ValueError(f"{path} has no header between --- lines")
    header = dict(re.findall(r"(?m)^([\w.]+): *(.*)$", head[1]))
    text = MARK.sub(r"\1", raw[head.end() :])
    document = next(iter(read(Source(path.name, text.encode("utf-8"), "text/plain"))))
    draft = Draft(document, TOKENIZER(document.text), Setting())
    said = units.of(draft)
    makes = np.zeros((len(said), len(COLUMNS)), int)
    for i, name in enumerate(NAMES):
        for words in filter(None, header.get(f"ev.{name}", "").split(";;")):
            _mark(makes[:, i], said, _place(text, words.strip()))
    status = [header.get(f"st.{name}", "na") for name in NAMES]
    _add_stances(makes, status)
    return Annotated(
        path.stem, author, draft, weights.look(draft), said, features.all_of(said), makes, status, bool(makes.any())
    )


def _add_stances(makes: np.ndarray, status: list[str]) -> None:
    """The two columns after the statements: consent_* is asked for where it was given, override where it was not."""
    consent, informed = NAMES.index("consent"), NAMES.index("informed")
    for offset, name in enumerate(("consent_what", "override")):
        holds = status[NAMES.index(name)] != "na"
        if holds:
            source = consent if makes[:, consent].any() else informed
            makes[:, len(NAMES) + offset] = makes[:, source]
        status.append("present" if holds else "absent")


def _place(text: str, words: str) -> Span | None:
    found = re.search(r"\s+".join(map(re.escape, words.split())), text)
    return Span(*found.span()) if found else None


def _mark(column: np.ndarray, said: Sequence[units.Unit], place: Span | None) -> None:
    for i, unit in enumerate(said):
        if place is not None:
            shared = min(unit.span.end, place.end) - max(unit.span.start, place.start)
            if shared >= min(8, unit.span.end - unit.span.start):
                column[i] = 1


Single = tuple[str, np.ndarray, np.ndarray]  # words; labels, and how much each counts, of each of COLUMNS


def sayings(path: Path) -> Iterator[Single]:
    """Single sentences of which some statements are known: the file of sayings and statements.yaml beside it."""
    rows: list[tuple[str, dict[str, int]]] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if "|" in line and not line.startswith("#"):
            names, _, words = line.partition("|")
            labels = {n.strip().lstrip("-"): int(not n.strip().startswith("-")) for n in names.split(",")}
            rows.append((words.strip(), labels))
    for name, entry in yaml.safe_load((path.parent / "statements.yaml").read_text("utf-8"))["statements"].items():
        for key, label in (("satisfies", 1), ("near_misses", 0)):
            rows += [(_as_answer(words), {name: label}) for words in entry[key]]
    for words, said in rows:
        labels, counts = np.zeros(len(COLUMNS)), np.zeros(len(COLUMNS))
        for name, label in said.items():
            labels[COLUMNS.index(name)], counts[COLUMNS.index(name)] = label, 1
        yield words, labels, counts


# Statements that a reader may see in each other's sentences: where only one is named the other is left open, nearly.
ALIKE = (
    "risk imminence", "imminence timing", "rationale risk", "rationale timing", "rationale purpose", "benefit purpose",
    "override risk", "override rationale", "consent agreed", "consent against", "informed against", "informed agreed",
    "relationship informed", "wishes consent", "timing risk", "wishes relationship",
)  # fmt: skip
VOICE, VOICE_SILENT, VOICE_ALIKE = (
    2.0,
    0.8,
    0.2,
)  # how much a sentence of the voices counts: said, not said, perhaps said


def voices(path: Path) -> Iterator[Single]:
    """Sentences of which all that they say is named."""
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        names, _, words = line.partition(" | ")
        said = set(names.split(", ")) - {"nothing"}
        labels, counts = np.zeros(len(COLUMNS)), np.full(len(COLUMNS), VOICE_SILENT if said else VOICE)
        for one, other in [pair for a in ALIKE for pair in (a.split(), a.split()[::-1])]:
            if one in said and other not in said:
                counts[COLUMNS.index(other)] = VOICE_ALIKE
        for name in said:
            labels[COLUMNS.index(name)], counts[COLUMNS.index(name)] = 1, VOICE
        yield words, labels, counts


def taught() -> list[Single]:
    """The single sentences that teach what a sentence says."""
    folder = MODELS / "corpus" / "sayings"
    return [*sayings(folder / "sayings.txt"), *voices(folder / "voices.txt")]


def taught_more() -> Iterator[Single]:
    """What teaches the encoder beside them: with these neither reader found more (models/README.md)."""
    return voices(MODELS / "corpus" / "sayings" / "voices_more.txt")


def _as_answer(words: str) -> str:
    found = re.match(r"(.{8,80}?\?|.{8,45}?:)\s+(\S.*)$", words)
    return f"{found[1]} >> {found[2]}" if found else words


def matrix(rows: Sequence[set[str]], columns: dict[str, int]) -> sparse.csr_matrix:
    """Features as a sparse matrix; a row's values make its length one."""
    index = [[columns[f] for f in row if f in columns] for row in rows]
    data = np.concatenate([np.full(len(r), 1 / np.sqrt(max(1, len(r)))) for r in index])
    pointer = np.cumsum([0, *map(len, index)])
    return sparse.csr_matrix(
        (data, np.concatenate([np.array(r, int) for r in index]), pointer), (len(rows), len(columns))
    )


def first_step(drafts: Sequence[Annotated], singles: Sequence[Single]) -> weights.Weights:
    """The unit classifier: one logistic regression a statement."""
    rows = [f for d in drafts for f in d.features] + [features.of(corpus.unit(words)) for words, _, _ in singles]
    says, counts = (np.stack([single[i] for single in singles]) for i in (1, 2))
    counted = Counter(f for row in rows for f in row)
    columns = {f: i for i, f in enumerate(sorted(f for f, n in counted.items() if n > 1))}
    share = np.array([FRAME_SHARE if f.startswith(("f:", "#answer")) else 1.0 for f in columns])
    x = matrix(rows, columns) @ sparse.diags(share)
    table, bias = np.zeros((len(columns), len(COLUMNS))), np.zeros(len(COLUMNS))
    for j in range(len(COLUMNS)):
        y = np.concatenate([*(d.makes[:, j] for d in drafts), says[:, j]])
        w = np.concatenate([*(counting(d, j) for d in drafts), counts[:, j]])
        w = np.where(y == 1, w * min(8.0, np.sqrt(w[y == 0].sum() / w[y == 1].sum())), w)
        model = LogisticRegression(C=STRENGTH, solver="liblinear", max_iter=60, tol=1e-3).fit(x, y, sample_weight=w)
        table[:, j], bias[j] = model.coef_[0], model.intercept_[0]
    # Of two features with one checksum the last counts.
    row = {layers.checksum(f): i for f, i in columns.items()}
    keys = np.array(sorted(row), np.uint32)
    table = (table * share[:, None])[[row[int(key)] for key in keys]]
    lacking = np.zeros((len(COLUMNS), weights.SUMMARIES + 1))
    return weights.Weights(keys, table, np.ones(len(COLUMNS)), bias, lacking, limits())


def counting(draft: Annotated, statement: int) -> np.ndarray:
    status, makes = draft.status[statement], draft.makes[:, statement]
    return np.where(makes == 1, 1.0, silence(status, bool(makes.any())))


def silence(status: str, is_shown: bool) -> float:
    """How surely a unit that was not named as evidence is silent: hardly where the statement is made and not shown."""
    return {"absent": 1.0, "na": SILENT}.get(status, UNMARKED if is_shown else DOUBTFUL)


def with_best_units(drafts: Sequence[Annotated], model: weights.Weights) -> list[Annotated]:
    """Drafts annotated without evidence get it: the best unit of each statement that they make."""
    out = []
    for draft in drafts:
        if draft.has_evidence or not draft.units:
            out.append(draft)
            continue
        scores, makes = score(model, draft), draft.makes.copy()
        for j, status in enumerate(draft.status):
            if status == "present" and scores[:, j].max() > -1:
                makes[scores[:, j].argmax(), j] = 1
        out.append(replace(draft, makes=makes))
    return out


def score(model: weights.Weights, draft: Annotated) -> np.ndarray:
    return model.score_features(draft.features)


def fit(drafts: Sequence[Annotated], singles: Sequence[Single]) -> weights.Weights:
    """Both looks at the drafts: with evidence first, then all."""
    model = first_step([d for d in drafts if d.has_evidence], singles)
    return first_step(with_best_units(drafts, model), singles)


def combined(model: weights.Weights, drafts: Sequence[Annotated]) -> list[np.ndarray]:
    """The unit scores of each draft, linear weights and encoder together."""
    return [encoder.beside(score(model, d), d.units) for d in drafts]


def second_step(drafts: Sequence[Annotated], scores: Sequence[np.ndarray]) -> np.ndarray:
    """From a draft's unit scores to the odds that it does not make a statement that it is asked for."""
    x = np.array([weights.summaries(s, d.look) for d, s in zip(drafts, scores, strict=True)])
    out = np.zeros((len(COLUMNS), x.shape[2] + 1))
    for j in range(len(COLUMNS)):
        asked = [i for i, d in enumerate(drafts) if d.status[j] in ("present", "absent")]
        y = [drafts[i].status[j] == "absent" for i in asked]
        model = LogisticRegression(C=SECOND_STRENGTH, max_iter=3000).fit(x[asked, j], y)
        out[j] = [*model.coef_[0], model.intercept_[0]]
    return out


def limits() -> np.ndarray:
    return np.array([LIMITS.get(name, LACKING) for name in COLUMNS])


# Weights of a second step alone.
NOTHING = weights.Weights(
    np.zeros(0, np.uint32), np.zeros((0, len(COLUMNS))), *np.zeros((2, len(COLUMNS))), np.zeros(0), limits()
)


def report_folds(drafts: Sequence[Annotated], scores: Sequence[np.ndarray]) -> None:
    """Precision, recall and F1 of "absent" among the drafts that are asked, by authors left out."""
    total = np.zeros(3)
    right = {name: np.zeros(3) for name in COLUMNS}
    for author in dict.fromkeys(d.author for d in drafts):
        inside = [i for i, d in enumerate(drafts) if d.author != author]
        lacking = second_step([drafts[i] for i in inside], [scores[i] for i in inside])
        model = replace(NOTHING, lacking=lacking)
        for draft, found in zip(drafts, scores, strict=True):
            if draft.author == author:
                called = model.lacks(found, draft.look) >= model.threshold
                for j, name in enumerate(COLUMNS):
                    if draft.status[j] != "na" and name != "recipient":
                        is_absent = draft.status[j] == "absent"
                        right[name] += [
                            called[j] and is_absent,
                            called[j] and not is_absent,
                            not called[j] and is_absent,
                        ]
    for name, (tp, fp, fn) in right.items():
        total += (tp, fp, fn) if name in NAMES else (0, 0, 0)
        print(f"{name:15} F1 {2 * tp / max(1, 2 * tp + fp + fn):.2f}  right {tp:.0f} false {fp:.0f} missed {fn:.0f}")
    print(f"{'all':15} F1 {2 * total[0] / (2 * total[0] + total[1] + total[2]):.3f}  {total}")


def save(path: Path, model: weights.Weights) -> None:
    """The weights as whole numbers from -127 to 127 with one scale a statement; features of no weight are left out."""
    scale = np.abs(model.table).max(axis=0) / 127
    kept = np.abs(model.table).max(axis=1) > 0.08
    path.parent.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(
        path,
        keys=model.keys[kept],
        table=np.rint(model.table[kept] / scale).astype(np.int8),
        scale=scale,
        bias=model.bias,
        lacking=model.lacking,
        threshold=model.threshold,
    )
    print(f"{path}: {kept.sum()} features, {path.stat().st_size // 1024} KiB", file=sys.stderr)


def main() -> int:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--out", type=Path, default=MODELS / "statements" / "weights.npz")
    args = ask.parse_args()
    paths = [p for split in ("train", "dev", "later") for p in corpus.files(split)]
    model = fit([annotated(p, p.parent.name) for p in paths if not corpus.is_kept(p)], taught())
    kept = [annotated(p, p.parent.name) for p in paths if corpus.is_kept(p)]
    scores = combined(model, kept)
    report_folds(kept, scores)
    save(args.out, replace(model, lacking=second_step(kept, scores)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
