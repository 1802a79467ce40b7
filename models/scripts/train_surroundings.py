#!/usr/bin/env python3
"""Train what weighs a stretch by what stands around it (referral_lint/understanding/wording/surroundings.py).

    train_surroundings.py [FILE]

FILE: the weights that train_wording.py left, to which it adds its own: `found` for stretches that the network finds, `listed` for those
that the words of a rule with the condition `unlikely` find. Learns from the drafts that no network learned from (corpus.KEPT and the
development author's); prints the best F1 of each label without it and with it, each author left out in turn. Needs torch and
scikit-learn.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
import train_wording
from sklearn.linear_model import LogisticRegression
from train_wording import Text

from referral_lint.engine import Linter
from referral_lint.model import Source
from referral_lint.paths import MODELS
from referral_lint.readers import read
from referral_lint.rules.holds import LABELS, UNLIKELY
from referral_lint.rules.load import load_packs
from referral_lint.understanding.wording import EXTENT, Reading, network, surroundings, tokens

WEIGHTS = MODELS / "wording" / "weights.npz"
STRENGTH = 0.3  # inverse regularisation
ALIKE = {"AMB": {"AMB", "JRG"}, "JRG": {"AMB", "JRG"}}  # marks that count for each other


@dataclass
class Stretches:
    """Stretches that may have a label: their signs, whether a mark is there, who wrote it; and how many marks there are."""

    signs: list[np.ndarray] = field(default_factory=list)
    right: list[bool] = field(default_factory=list)
    authors: list[str] = field(default_factory=list)
    marks: int = 0

    def add(self, text: Text, reading: Reading, label: str, stretches: Iterable[tuple[int, int]]) -> None:
        """Those of one draft, by their first token and that behind the last."""
        number = network.LABELS.index(label)
        left = [mark for mark in text.marks if mark[2] in ALIKE.get(label, {label})]
        self.marks += sum(mark[2] == label for mark in left)
        for first, last in stretches:
            found = train_wording.hit(left, int(text.rows.starts[first]), int(text.rows.ends[last - 1]))
            if found is not None:
                left.remove(found)
            self.signs.append(reading.around.signs(number, first, last))
            self.right.append(found is not None)
            self.authors.append(text.author)

    def weights(self, chosen: np.ndarray | None = None) -> np.ndarray:
        """(SIGNS + 1,), learned from those chosen, or from all."""
        chosen = np.full(len(self.right), True) if chosen is None else chosen
        model = LogisticRegression(C=STRENGTH, max_iter=1000).fit(
            np.array(self.signs)[chosen], np.array(self.right)[chosen]
        )
        return np.array([*model.coef_[0], model.intercept_[0]])

    def left_out(self) -> np.ndarray:
        """How likely each is right by what the other authors teach."""
        authors, likely = np.array(self.authors), np.zeros(len(self.right))
        for author in set(self.authors):
            own = authors == author
            *by_sign, bias = self.weights(~own)
            likely[own] = surroundings.likely(np.array(self.signs)[own] @ by_sign + bias)
        return likely

    def best(self, likely: np.ndarray) -> str:
        """The best F1 over all limits, and its limit."""
        order = np.argsort(-likely)
        f = 2 * np.cumsum(np.array(self.right)[order]) / (np.arange(1, len(order) + 1) + self.marks)
        return f"{f.max():.3f} from {likely[order][f.argmax()]:.2f}"

    def silenced(self, likely: np.ndarray, limit: float) -> str:
        """What a limit takes away."""
        below, right = likely < limit, np.array(self.right)
        return f"{right.sum()} right and {(~right).sum()} false, of which less than {limit}: {(below & right).sum()} and {(below & ~right).sum()}"


def listed(linter: Linter, text: Text, reading: Reading) -> dict[str, list[tuple[int, int]]]:
    """The stretches that rules find, by their label."""
    document = next(iter(read(Source("draft.txt", text.text.encode(), "text/plain"))))
    out: dict[str, list[tuple[int, int]]] = {label: [] for label in network.LABELS}
    for finding in linter.check(document).findings:
        if finding.span is not None:
            first, last = reading.tokens(finding.span)
            if last > first:
                out[LABELS[finding.family]].append((first, last))
    return out


def never_silent() -> Linter:
    """The rules that the network may silence, without that."""
    rules, _ = load_packs(("core",))
    return Linter(
        rules=[
            replace(rule, unless=tuple(c for c in rule.unless if c.name != "unlikely"))
            for rule in rules
            if any(c.name == "unlikely" for c in rule.unless)
        ]
    )


def main(path: Path) -> None:
    known, linter = network.load(path), never_silent()
    texts = [text for text in train_wording.texts(dict(known.vocabulary)) if train_wording.is_unseen(text)]
    readings = [Reading(t.rows, known.probabilities(t.rows), tokens.words(t.text, t.rows)) for t in texts]
    by_rules = [listed(linter, text, reading) for text, reading in zip(texts, readings, strict=True)]
    tables: dict[str, list[np.ndarray]] = {"found": [], "listed": []}
    for number, label in enumerate(network.LABELS):
        of_network, of_rules = Stretches(), Stretches()
        for text, reading, theirs in zip(texts, readings, by_rules, strict=True):
            of_network.add(text, reading, label, reading.stretches(number, EXTENT))
            of_rules.add(text, reading, label, theirs[label])
        alone = surroundings.likely(np.array(of_network.signs)[:, 0])
        print(f"{label}: {of_network.best(alone)} alone; {of_network.best(of_network.left_out())}", flush=True)
        print(f"  by rules {of_rules.silenced(of_rules.left_out(), UNLIKELY)}", flush=True)
        tables["found"].append(of_network.weights())
        tables["listed"].append(of_rules.weights())
    with np.load(path) as file:
        arrays = dict(file)
    arrays.update({name: np.array(table, np.float16) for name, table in tables.items()})
    np.savez_compressed(path, **arrays)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else WEIGHTS)
