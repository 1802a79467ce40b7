#!/usr/bin/env python3
"""Exact-span figures of a pipeline's names on the drafts of a split, beside the teacher's on the same.

evaluate.py PIPELINE [--split dev|test] [--errors LABEL]
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))
import corpus
import spacy
from thinc.api import NumpyOps, set_current_ops

from referral_lint import pipeline
from referral_lint.pipeline.features import add_flags

# The teacher's labels in our words.
SAME = {"GPE": "PLACE", "LOC": "PLACE", "FAC": "PLACE"}


def tally(nlp: Any, drafts: list[corpus.Draft], errors: str) -> dict[str, Counter[str]]:
    found: dict[str, Counter[str]] = {}
    for draft in drafts:
        doc = nlp(draft.text)
        got = {(e.start_char, e.end_char, SAME.get(e.label_, e.label_)) for e in doc.ents}
        want = set(draft.names)
        for label in ("PERSON", "ORG", "PLACE", "DATE"):
            row = found.setdefault(label, Counter())
            mine, gold = {s for s in got if s[2] == label}, {s for s in want if s[2] == label}
            row.update(tp=len(mine & gold), fp=len(mine - gold), fn=len(gold - mine))
            row.update(
                ctp=len(_chars(mine, draft) & _chars(gold, draft)),
                cfp=len(_chars(mine, draft) - _chars(gold, draft)),
                cfn=len(_chars(gold, draft) - _chars(mine, draft)),
            )
            if label == errors:
                for kind, spans in (("false", mine - gold), ("missed", gold - mine)):
                    for s, e, _ in sorted(spans):
                        print(
                            f"{draft.name}: {kind}: {draft.text[max(0, s - 25) : s]!r} [{draft.text[s:e]!r}] {draft.text[e : e + 15]!r}"
                        )
    return found


def _chars(spans: set[corpus.Label], draft: corpus.Draft) -> set[int]:
    return {i for s, e, _ in spans for i in range(s, e) if not draft.text[i].isspace()}


def _f(tp: int, fp: int, fn: int) -> str:
    p, r = tp / max(1, tp + fp), tp / max(1, tp + fn)
    return f"P {p:.3f} R {r:.3f} F1 {2 * p * r / max(1e-9, p + r):.3f}"


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("pipeline")
    ask.add_argument("--split", default="dev")
    ask.add_argument("--errors", default="")
    args = ask.parse_args()
    set_current_ops(NumpyOps(use_blis=False))
    pipeline.register()
    package = Path(args.pipeline)
    nlp = spacy.load(args.pipeline if package.exists() else corpus.teacher_path(args.pipeline))
    if package.exists():
        add_flags(nlp.vocab)
    for label, row in tally(nlp, corpus.by_split()[args.split], args.errors).items():
        print(
            f"{label:7} spans {_f(row['tp'], row['fp'], row['fn'])}   characters {_f(row['ctp'], row['cfp'], row['cfn'])}"
        )


if __name__ == "__main__":
    main()
