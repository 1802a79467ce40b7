#!/usr/bin/env python3
"""Fit the table of signs for a “he” or “she” that could be two people, from annotated drafts (models/corpus/FORMAT.md).

    train_pronouns.py FOLDER ... [--out FILE] [--folds]

A folder is one author's drafts. What is marked AMB and is a pronoun is unclear; every other pronoun that two people fit is
clear. The examples of the rule count too, a few times each. --folds leaves each author out in turn, prints how well the marks of an author never seen are found, and stops
there. Needs the extra `train` (scikit-learn).
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from corpus import read as read_annotated
from sklearn.linear_model import LogisticRegression

from referral_lint import language
from referral_lint.engine import Linter
from referral_lint.model import Source
from referral_lint.paths import MODELS
from referral_lint.readers import read
from referral_lint.understanding.draft import Draft
from referral_lint.understanding.pronouns import BESIDE, known, pairs, signs
from referral_lint.understanding.pronouns.weights import Weights
from referral_lint.understanding.setting import Setting

RULE = "pronoun-or-role-ambiguous"
WORTH = 5.0  # so many places of a draft count as much as one of an example
STRENGTH = 0.25  # inverse regularisation
LEAST, LEAST_WORDS = 4, 12  # a sign seen less often is not learned; a word has to be seen more often
LIMIT = 0.4  # from this likelihood on a pronoun is asked about
PIPELINE = language.load(())
_PRONOUN = re.compile(r"(?i)(?:s?he|hers?|him|his|they|them|their)(?:['’]?s|['’]d)?")


@dataclass(frozen=True)
class Place:
    """One pronoun that two people fit."""

    author: str
    start: int
    end: int
    signs: Mapping[str, float]
    is_marked: bool


@dataclass(frozen=True)
class Known:
    """One draft: its places, how many pronouns are marked in it, and every mark of the same family or jargon."""

    places: tuple[Place, ...]
    marked: int
    others: tuple[tuple[int, int], ...]


def drafts(folders: Sequence[Path]) -> Iterator[Known]:
    for folder in folders:
        for path in sorted(folder.glob("*.txt")):
            yield _known(path, folder.name)


def _known(path: Path, author: str) -> Known:
    one = read_annotated(path)
    marks = [m[:2] for m in one.marks if m[2] == "AMB" and _PRONOUN.fullmatch(one.text[m[0] : m[1]])]
    others = tuple(m[:2] for m in one.marks if m[2] in ("AMB", "JRG"))
    return Known(tuple(_places(one.text, author, marks)), len(marks), others)


def examples() -> list[Place]:
    """The places of the rule's own examples."""
    rule = next(rule for rule in Linter().rules if rule.id == RULE)
    every = [*rule.bad, *rule.good]
    return [place for one in every for place in _places(one.text, RULE, [tuple(span) for span in one.spans])]


def _places(text: str, author: str, marks: Sequence[tuple[int, int]]) -> Iterator[Place]:
    document = next(iter(read(Source("draft.txt", text.encode("utf-8"), "text/plain"))))
    with PIPELINE.memory_zone():
        draft = Draft(document, PIPELINE.doc(document.text), Setting())
        people = known.of(draft)
        for pair in pairs.find(draft, people):
            yield Place(author, *pair.pronoun, signs.of(draft, pair, people), _meets(pair.pronoun, marks))


def _meets(span: tuple[int, int], marks: Sequence[tuple[int, int]]) -> bool:
    return any(start < span[1] and span[0] < end for start, end in marks)


def fit(places: Sequence[Place]) -> Weights:
    """A logistic regression over the signs."""
    counts = Counter(sign for place in places for sign in place.signs)
    names = sorted(s for s, count in counts.items() if count >= (LEAST_WORDS if _is_word(s) else LEAST))
    number = {sign: i for i, sign in enumerate(names)}
    matrix = np.zeros((len(places), len(names)))
    for row, place in zip(matrix, places, strict=True):
        for sign, value in place.signs.items():
            if sign in number:
                row[number[sign]] = value
    worth = [WORTH if place.author == RULE else 1.0 for place in places]
    model = LogisticRegression(C=STRENGTH, max_iter=3000)
    model.fit(matrix, [place.is_marked for place in places], sample_weight=worth)
    by_sign = dict(zip(names, model.coef_[0], strict=True))
    by_sign["always"] = by_sign.get("always", 0.0) + model.intercept_[0]
    return Weights({sign: round(float(weight), 2) for sign, weight in by_sign.items()}, LIMIT)


def _is_word(sign: str) -> bool:
    return sign.startswith(("then ", "after them "))


def counted(model: Weights, every: Sequence[Known]) -> tuple[int, int, int]:
    """Right, false and missed, as the rule would find them; what meets another mark of the family counts as neither."""
    right = false = marked = 0
    for draft in every:
        end = -BESIDE - 1
        marked += draft.marked
        for place in draft.places:
            if place.start - end > BESIDE and model.likelihood(place.signs) >= model.limit:
                end = place.end
                right += place.is_marked
                false += not place.is_marked and not _meets((place.start, place.end), draft.others)
    return right, false, marked - right


def report_folds(every: Sequence[Known]) -> None:
    """Each author's marks by a table that knows none of their drafts."""
    total, shown = np.zeros(3, int), examples()
    for author in dict.fromkeys(place.author for draft in every for place in draft.places):
        own = [draft for draft in every if draft.places and draft.places[0].author == author]
        model = fit(shown + [place for draft in every for place in draft.places if place.author != author])
        found = counted(model, own)
        total += found
        _print(author, *found)
    unseen = sum(draft.marked for draft in every if not draft.places)
    _print("all", *total[:2], total[2] + unseen)


def _print(author: str, right: int, false: int, missed: int) -> None:
    precision, recall = right / max(1, right + false), right / max(1, right + missed)
    f1 = 2 * right / max(1, 2 * right + false + missed)
    print(
        f"{author:10} right {right:3} false {false:3} missed {missed:3}  P {precision:.3f} R {recall:.3f} F1 {f1:.3f}"
    )


def save(path: Path, model: Weights) -> None:
    """The table, the signs that count most first; those that count for nothing are left out."""
    rows = sorted(((s, w) for s, w in model.by_sign.items() if abs(w) > 0.01), key=lambda row: (-abs(row[1]), row[0]))
    head = "# Written by models/scripts/train_pronouns.py: what each sign of referral_lint/understanding/pronouns/signs.py adds\n"
    body = "".join(f'  "{sign}": {weight:.2f}\n' for sign, weight in rows)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"{head}limit: {model.limit}\nsigns:\n{body}", encoding="utf-8")
    print(f"{path}: {len(rows)} signs", file=sys.stderr)


def main() -> int:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("folders", nargs="+", type=Path)
    ask.add_argument("--out", type=Path, default=MODELS / "pronouns" / "weights.yaml")
    ask.add_argument("--folds", action="store_true")
    args = ask.parse_args()
    every = list(drafts(args.folders))
    if args.folds:
        report_folds(every)
    else:
        save(args.out, fit(examples() + [place for draft in every for place in draft.places]))
    return 0


if __name__ == "__main__":
    sys.exit(main())
