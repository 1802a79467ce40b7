"""A component that labels stretches of tokens: one softmax over the shared network, decoded in one pass.

It takes the place of spaCy's transition-based `ner`, whose cost dominated a small pipeline (README of models/).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import numpy
from spacy.language import Language
from spacy.pipeline import TrainablePipe
from spacy.tokens import Doc, Span
from spacy.training import Example
from spacy.util import from_disk, to_disk

from referral_lint.pipeline.decode import OUTSIDE, softmax, spans

UNKNOWN = 0  # what spaCy's `ent_iob` is where a document's names are not known


@Language.factory(
    "referral_bio",
    default_config={"spans_key": "", "threshold": 0.5},
    default_score_weights={"bio_f": 1.0},
)
def make(nlp: Language, name: str, model: Any, spans_key: str, threshold: float) -> BioTagger:
    """`spans_key` empty: writes `doc.ents`; else `doc.spans[spans_key]` with scores. `threshold`: least probability."""
    return BioTagger(nlp.vocab, model, name, spans_key=spans_key, threshold=threshold)


class BioTagger(TrainablePipe):  # type: ignore[misc]  # a compiled class without types
    """Labels spans by begin/inside/outside classes of tokens."""

    def __init__(self, vocab: Any, model: Any, name: str, *, spans_key: str = "", threshold: float = 0.5) -> None:
        self.vocab, self.model, self.name = vocab, model, name
        self.cfg: dict[str, Any] = {"labels": [], "spans_key": spans_key, "threshold": threshold}

    @property
    def labels(self) -> tuple[str, ...]:
        return tuple(self.cfg["labels"])

    def add_label(self, label: str) -> int:
        if label in self.labels:
            return 0
        self.cfg["labels"] = [*self.cfg["labels"], label]
        return 1

    def predict(self, docs: Iterable[Doc]) -> list[Any]:
        """Probabilities, one array of (tokens, classes) a Doc."""
        docs = list(docs)
        if not any(len(doc) for doc in docs):
            return [numpy.zeros((len(doc), 1 + 2 * len(self.labels)), dtype="f") for doc in docs]
        return [softmax(self.model.ops.to_numpy(scores)) for scores in self.model.predict(docs)]

    def set_annotations(self, docs: Iterable[Doc], scores: list[Any]) -> None:
        for doc, table in zip(docs, scores, strict=True):
            found = list(self._spans(doc, table))
            if self.cfg["spans_key"]:
                group = doc.spans.get(self.cfg["spans_key"], [])
                doc.spans[self.cfg["spans_key"]] = [*group, *(span for span, _ in found)]
                doc.spans[self.cfg["spans_key"]].attrs["scores"] = [score for _, score in found]
            else:
                doc.ents = [span for span, _ in found]

    def _spans(self, doc: Doc, table: Any) -> Iterator[tuple[Span, float]]:
        inside = 1.0 - table[:, OUTSIDE]
        for first, last, label in spans(table, self.cfg["threshold"]):
            yield self._span(doc, first, last + 1, label, inside)

    def _span(self, doc: Doc, start: int, end: int, label: int, inside: Any) -> tuple[Span, float]:
        return Span(doc, start, end, label=self.labels[label]), float(inside[start:end].mean())

    def get_loss(self, examples: Iterable[Example], scores: list[Any]) -> tuple[float, list[Any]]:
        """Cross-entropy against the gold spans of each example's reference."""
        loss, gradients = 0.0, []
        for example, table in zip(examples, scores, strict=True):
            known = not self.cfg["spans_key"] or self.cfg["spans_key"] in example.reference.spans
            # A text that nobody annotated for this label set teaches nothing, not "no spans".
            gradient = table - (self._truth(example, table) if known else table)
            gradients.append(gradient)
            loss += float((gradient**2).sum())
        return loss, gradients

    def _truth(self, example: Example, table: Any) -> Any:
        truth = self.model.ops.alloc2f(*table.shape)
        truth[:, OUTSIDE] = 1.0
        for token in example.reference if not self.cfg["spans_key"] else ():
            if token.ent_iob == UNKNOWN:  # nobody said whether this is a name: it teaches nothing
                twin = example.predicted.char_span(token.idx, token.idx + len(token), alignment_mode="expand")
                if twin is not None:
                    truth[twin.start : twin.end] = table[twin.start : twin.end]
        for span in self._gold(example.reference):
            twin = example.predicted.char_span(span.start_char, span.end_char, alignment_mode="expand")
            if twin is None or span.label_ not in self.labels:
                continue
            label = 1 + 2 * self.labels.index(span.label_)
            truth[twin.start : twin.end, :] = 0.0
            truth[twin.start, label] = 1.0
            truth[twin.start + 1 : twin.end, label + 1] = 1.0
        return truth

    def _gold(self, doc: Doc) -> Iterable[Span]:
        key = self.cfg["spans_key"]
        return doc.spans.get(key, ()) if key else doc.ents

    def initialize(
        self,
        get_examples: Callable[[], Iterable[Example]],
        *,
        nlp: Language | None = None,  # noqa: ARG002  (spaCy passes it)
        labels: list[str] | None = None,
    ) -> None:
        examples = list(get_examples())
        for label in labels or sorted({span.label_ for e in examples for span in self._gold(e.reference)}):
            self.add_label(label)
        sample = [example.x for example in examples[:10]]
        width = 1 + 2 * len(self.labels)
        self.model.initialize(X=sample, Y=[self.model.ops.alloc2f(len(doc), width) for doc in sample])

    def score(self, examples: Iterable[Example], **_: Any) -> dict[str, float]:
        """Exact spans: `bio_p`, `bio_r`, `bio_f`."""
        right = said = gold = 0
        for example in examples:
            want = {(s.start_char, s.end_char, s.label_) for s in self._gold(example.reference)}
            got = {(s.start_char, s.end_char, s.label_) for s in self._gold(example.predicted)}
            right, said, gold = right + len(want & got), said + len(got), gold + len(want)
        p, r = right / max(1, said), right / max(1, gold)
        return {
            f"{self.name}_p": p,
            f"{self.name}_r": r,
            f"{self.name}_f": 2 * p * r / max(1e-9, p + r),
            "bio_f": 2 * p * r / max(1e-9, p + r),
        }

    def to_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> None:
        to_disk(path, {"cfg": lambda p: _write(p, self.cfg), "model": lambda p: self.model.to_disk(p)}, exclude)

    def from_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> BioTagger:
        from_disk(path, {"cfg": lambda p: self.cfg.update(_read(p))}, exclude)
        self._resize()
        from_disk(path, {"model": lambda p: self.model.from_disk(p)}, exclude)
        return self

    def _resize(self) -> None:
        for node in self.model.walk():
            if node.name == "softmax" and node.has_dim("nO") is None:
                node.set_dim("nO", 1 + 2 * len(self.labels))
        if self.model.has_dim("nO") is None:
            self.model.set_dim("nO", 1 + 2 * len(self.labels))


def _write(path: Path, data: dict[str, Any]) -> None:
    import srsly

    srsly.write_json(path, data)


def _read(path: Path) -> dict[str, Any]:
    import srsly

    found: dict[str, Any] = srsly.read_json(path)
    return found
