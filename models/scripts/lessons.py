"""The sentences that teach the encoder: the tags of their words and what they say (sentence_teacher.py)."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from referral_lint import language
from referral_lint.model import BlockKind, Document, Source, Span
from referral_lint.readers import read
from referral_lint.understanding.draft import Draft
from referral_lint.understanding.saying import units
from referral_lint.understanding.saying.weights import COLUMNS, NAMES
from referral_lint.understanding.setting import Setting
from referral_lint.understanding.wording import network, tokens

sys.path.insert(0, str(Path(__file__).parent))
import corpus
import train_statements
import train_wording as small

BEFORE = 25  # words of the sentence before, or of the question, that it sees too
PIPELINE = language.load(())


@dataclass(frozen=True, eq=False)
class Sentence:
    """One sentence's words and those before it.

    `flags` is (words, FLAGS) and `allowed`, how readily each word may have each tag, (words, TAGS); `says` is 1 for each of COLUMNS that
    it says, -1 where nobody knows; `counts` says how much each of these counts.
    """

    words: Sequence[str]
    before: Sequence[str]
    flags: np.ndarray
    allowed: np.ndarray
    says: np.ndarray
    counts: np.ndarray
    is_of_draft: bool = True  # or was it written to teach?

    @property
    def is_telling(self) -> bool:
        """Has it a mark, or does it state something?"""
        return bool((self.allowed[:, 0] < 0.5).any() or (self.says > 0).any())

    @property
    def is_tagged(self) -> bool:
        """Is anything known of its words?"""
        return bool(self.allowed[0].min() < 1)


def every(vocabulary: dict[str, int]) -> list[Sentence]:
    """All that may teach: drafts but those of the development author and those kept, passages, sentences of the statements."""
    drafts = [p for split in ("train", "later") for p in corpus.files(split) if not corpus.is_kept(p)]
    out = [sentence for path in drafts for sentence in of_draft(path, vocabulary)]
    return [*out, *singles(), *of_passages(vocabulary)]


def of_draft(path: Path, vocabulary: dict[str, int]) -> Iterator[Sentence]:
    """Its sentences, tagged and with what they say, then its titles, of which only the latter is known."""
    known = corpus.read(path)
    document = next(iter(read(Source("draft.txt", known.text.encode(), "text/plain"))))
    text = small.text_of(path.parent.name, known.text, known.marks, vocabulary)
    said = _Said(known)
    before: list[str] = []
    for inside in np.split(np.arange(len(text.rows.starts)), np.flatnonzero(np.diff(text.rows.sentence)) + 1):
        if not len(inside):
            continue
        span = Span(int(text.rows.starts[inside[0]]), int(text.rows.ends[inside[-1]]))
        words = [known.text[text.rows.starts[i] : text.rows.ends[i]] for i in inside]
        asked = _question(document, span.start)
        yield Sentence(
            words, (asked or before)[-BEFORE:], text.rows.flags[inside], text.allowed[inside], *said.of(span)
        )
        before = words
    draft = Draft(document, PIPELINE.doc(document.text), Setting())
    for unit in units.of(draft):
        if unit.role == "title" and (words := cut(unit.text)):
            yield _untagged(words, [], *said.of(unit.span))


def cut(text: str) -> list[str]:
    return [found[0] for found in tokens.TOKEN.finditer(text)]


def _question(document: Document, at: int) -> list[str]:
    """The words of the form's question that the block at a character answers."""
    block = next((b for b in document.blocks if b.start <= at < b.end and b.kind is not BlockKind.QUESTION), None)
    if block is None or block.question is None:
        return []
    asked = document.blocks[block.question]
    return cut(document.text[asked.start : asked.end])


class _Said:
    """What the annotators said that the stretches of one draft say."""

    def __init__(self, known: corpus.Draft) -> None:
        self._evidence = [known.evidence.get(name, []) for name in NAMES]
        self._status = [known.statements.get(name, "na") for name in NAMES]
        agreed = self._evidence[NAMES.index("consent")] or self._evidence[NAMES.index("informed")]
        for name in ("consent_what", "override"):  # the stances: see train_statements
            holds = self._status[NAMES.index(name)] != "na"
            self._evidence.append(agreed if holds else [])
            self._status.append("present" if holds else "absent")

    def of(self, span: Span) -> tuple[np.ndarray, np.ndarray]:
        says = np.array([any(_shared(span, place) for place in places) for places in self._evidence], np.float32)
        silent = [
            train_statements.silence(status, bool(places))
            for status, places in zip(self._status, self._evidence, strict=True)
        ]
        return says, np.where(says == 1, 1, silent).astype(np.float32)


def _shared(span: Span, place: corpus.Label) -> bool:
    return min(span.end, place[1]) - max(span.start, place[0]) >= min(8, span.end - span.start)


def _untagged(words: Sequence[str], before: Sequence[str], says: np.ndarray, counts: np.ndarray) -> Sentence:
    flags, allowed = (
        np.full((len(words), width), value, np.float32) for width, value in ((tokens.FLAGS, 0), (network.TAGS, 1))
    )
    return Sentence(words, before[-BEFORE:], flags, allowed, says.astype(np.float32), counts.astype(np.float32))


def singles() -> Iterator[Sentence]:
    """The sentences that are written for the statements: models/corpus/sayings."""
    for words, says, counts in [*train_statements.taught(), *train_statements.taught_more()]:
        question, _, said = words.rpartition(" >> ")
        if cut(said):
            yield replace(_untagged(cut(said), cut(question), says, counts), is_of_draft=False)


def of_passages(vocabulary: dict[str, int]) -> Iterator[Sentence]:
    """Passages, of which only the tags are known."""
    nothing = np.zeros(len(COLUMNS), np.float32)
    for text in small.of_passages(vocabulary):
        before: list[str] = []
        for inside in np.split(np.arange(len(text.rows.starts)), np.flatnonzero(np.diff(text.rows.sentence)) + 1):
            words = [text.text[text.rows.starts[i] : text.rows.ends[i]] for i in inside]
            if words:
                flags, allowed = text.rows.flags[inside], text.allowed[inside]
                yield Sentence(words, before[-BEFORE:], flags, allowed, nothing, nothing, is_of_draft=False)
                before = words
