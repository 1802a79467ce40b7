"""What the teacher says of public texts; what is doubtful is marked as such."""

from __future__ import annotations

import json
import random
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import corpus
from generate import Grammar, Piece

from referral_lint.pipeline.features import names

SAME = {"PERSON": "PERSON", "ORG": "ORG", "GPE": "PLACE", "LOC": "PLACE", "FAC": "PLACE"}
UNKNOWN = "?"  # a label: may be a name or none, and is to teach nothing. The teacher's dates are other than ours.
NOT_OURS = ("DATE", "TIME")
ENOUGH, SURE = 3, 0.75  # how often the teacher has read the same words, and how often in the same way
AGAIN = 0.5  # of the pieces with people: a second time, with others
SMALL, LARGE = 0.06, 0.03  # of the pieces: written without capitals, in nothing but capitals


def notes(path: Path, teacher: Any) -> Iterator[Piece]:
    """Public clinical notes (README.md says where to get them) with the people whom the teacher finds, if it is sure of all."""
    for line in path.open(encoding="utf-8"):
        text = json.loads(line)["text"][:1500]
        spans = [(e.start_char, e.end_char, "PERSON" if e.label_ == "PERSON" else UNKNOWN) for e in teacher(text).ents]
        if all(_in_lists(text[s:e]) for s, e, label in spans if label == "PERSON"):
            yield text, spans


def _in_lists(words: str) -> bool:
    return all(w.lower() in names("given") | names("family") or len(w) < 3 for w in re.findall(r"[\w'’-]+", words))


def web(paths: Iterable[Path], teacher: Any, grammar: Grammar, draw: random.Random) -> Iterator[Piece]:
    """Pieces of public general text with people, organisations and places; those with people again with other names."""
    texts = [json.loads(line)["text"].strip() for path in paths for line in path.open(encoding="utf-8")]
    pieces = [
        (doc.text, [_trimmed(e) for e in doc.ents if e.label_ in SAME or e.label_ in NOT_OURS])
        for doc in teacher.pipe(texts)
    ]
    said = Said(pieces)
    for piece in map(said.firm, pieces):
        yield written(piece, draw)
        if any(label == "PERSON" for *_, label in piece[1]) and draw.random() < AGAIN:
            yield written(renamed(piece, grammar), draw)


def _trimmed(entity: Any) -> tuple[int, int, str]:
    """Without the dash before the one who said it, or the ’s behind."""
    head = re.match(r"[\s–—-]*", entity.text).end()
    tail = len(re.search(r"(?:\s*['’]s)?\s*$", entity.text)[0])
    return (
        entity.start_char + head,
        max(entity.start_char + head, entity.end_char - tail),
        SAME.get(entity.label_, UNKNOWN),
    )


class Said:
    """What the teacher called the same words everywhere."""

    def __init__(self, pieces: list[Piece]) -> None:
        self._votes: dict[str, Counter[str]] = {}
        self._family: set[str] = set(names("family"))
        for text, spans in pieces:
            for start, end, label in spans:
                self._votes.setdefault(text[start:end], Counter())[label] += 1
                words = text[start:end].split()
                if label == "PERSON" and len(words) > 1 and words[0].lower() in names("given"):
                    self._family.add(words[-1].lower())

    def firm(self, piece: Piece) -> Piece:
        """The piece as most of the teacher's readings have it."""
        text, spans = piece
        called = [(s, e, self._called(text[s:e], label)) for s, e, label in spans]
        return text, [(s, e, label) for s, e, label in called if label]

    def _called(self, words: str, label: str) -> str:
        """A label, "" for no name, UNKNOWN for a doubt."""
        if label == UNKNOWN:
            return label
        parts = [w.lower() for w in re.findall(r"[^\W\d_]+(?:['’-][^\W\d_]+)*", words)]
        if not words[:1].isupper() or not parts or all(w in names("ordinary") for w in parts):
            return "" if label == "PERSON" or not words[:1].isupper() else label
        best, count = self._votes[words].most_common(1)[0]
        total = self._votes[words].total()
        if total >= ENOUGH and count >= SURE * total:
            return best
        if label != "PERSON":
            return label
        return label if any(w in names("given") or w in self._family for w in parts) else UNKNOWN


def renamed(piece: Piece, grammar: Grammar) -> Piece:
    """The piece with other people in it, the same for the same throughout."""
    new: dict[str, str] = {}

    def other(words: str, label: str) -> str:
        if label != "PERSON":
            return words
        parts = re.findall(r"[^\s,]+|[\s,]+", words)
        for i, part in enumerate(parts):
            if part[0].isupper() and len(part) > 2:
                draw = grammar.given if i == 0 and len(parts) > 1 else grammar.family
                parts[i] = new.setdefault(
                    part, draw() if len(parts) > 1 or grammar.draw.random() < 0.4 else grammar.given()
                )
        return "".join(parts)

    draft = corpus.replaced(corpus.Draft("", piece[0], {}, [], sorted(piece[1])), other)
    return draft.text, draft.names


def written(piece: Piece, draw: random.Random) -> Piece:
    """Now and then without capitals, or in nothing else."""
    text, spans = piece
    chance = draw.random()
    other = text.lower() if chance < SMALL else text.upper() if chance < SMALL + LARGE else text
    return (other, spans) if len(other) == len(text) else piece
