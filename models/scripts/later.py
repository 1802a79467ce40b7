"""Drafts in which nobody marked people and places, as referral-lint reads them; what is doubtful is marked as such."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import corpus
import numpy
from teacher import UNKNOWN

from referral_lint import language
from referral_lint.model import Source, Span
from referral_lint.pipeline.tokens import Tokens
from referral_lint.readers import read
from referral_lint.understanding.draft import Draft
from referral_lint.understanding.people.verdict import Stretches
from referral_lint.understanding.setting import Setting

AUTHORS = [author for author in corpus.LATER if author not in corpus.SPLITS["named"]]
SURE = 0.75  # least probability of a label, or of none


def drafts() -> Iterator[corpus.Draft]:
    """Each with its people as the rules around the network find them, and what else the network is sure of."""
    pipeline = language.load(["names"])
    for author in AUTHORS:
        for file in sorted((corpus.MODELS / "corpus" / "drafts" / author).glob("*.txt")):
            text = corpus.read(file).text
            yield corpus.Draft(file.stem, text, {}, [], sorted(_labels(text, pipeline)))


def _labels(text: str, pipeline: language.Pipeline) -> Iterator[corpus.Label]:
    (document,) = read(Source("draft.txt", text.encode()))
    doc = pipeline.doc(text)
    people = [n.span for n in Draft(document, doc, Setting()).names]
    unsure = list(_unsure(doc.tokens, pipeline.light.probabilities(doc.tokens)))
    taken, doubt = Stretches(people), Stretches(unsure)
    yield from ((*span, "PERSON") for span in people)
    for start, end, label, _ in doc.ents:
        if not taken.touch(Span(start, end)):
            yield start, end, UNKNOWN if label == "PERSON" or doubt.touch(Span(start, end)) else label
    taken = Stretches([*people, *(Span(e.start_char, e.end_char) for e in doc.ents)])
    yield from ((*span, UNKNOWN) for span in unsure if not taken.touch(span))


def _unsure(tokens: Tokens, table: Any) -> Iterator[Span]:
    """Tokens that the network may take for a name or for none."""
    labels = table[:, 1::2] + table[:, 2::2]
    sure = numpy.maximum(table[:, 0], labels.max(axis=1)) >= SURE
    for start, (word, _), known in zip(tokens.starts, tokens.pieces, sure, strict=True):
        if not known:
            yield Span(start, start + len(word))
