"""The words of a draft as rows of numbers: which word, how it ends, how it is written, where it stands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from referral_lint.model import Block, BlockKind, Span
from referral_lint.patterns import compiled
from referral_lint.understanding.layers import Floats, Ints, checksum
from referral_lint.understanding.vocabulary import plain

if TYPE_CHECKING:
    from referral_lint.understanding.draft import Draft

TOKEN = compiled(r"[^\W_]+(?:['’][^\W_]+)*|[^\w\s]|_")
BUCKETS = 2000  # words that the table of vectors does not know share these rows
FLAGS = 12  # of a token and of its sentence
_QUOTES = "“”\"'‘’"


@dataclass(frozen=True)
class Rows:
    """Tokens of the writer's own sentences, in order. `starts`, `ends`: characters; `sentence`: its number from 0.

    `columns` is (tokens, 4): word, ending, whole word by checksum, writing; `flags` is (tokens, FLAGS).
    """

    starts: Ints
    ends: Ints
    sentence: Ints
    columns: Ints
    flags: Floats


@lru_cache(maxsize=20000)
def of_word(word: str) -> tuple[str, int, int, int]:
    """The plain word, and the rows of its ending, its checksum and its writing."""
    low = plain(word)
    return low, checksum(f"s{low[-3:]}") % BUCKETS, checksum(f"w{low}") % BUCKETS, _writing(word)


def _writing(word: str) -> int:
    if word.isdigit():
        return 1
    if any(c.isdigit() for c in word):
        return 2
    if not word[0].isalpha():
        return 4 if word in _QUOTES else 3
    if word.isupper() and len(word) > 1:
        return 5
    return 6 if word[0].isupper() else 7


def rows(draft: Draft, vocabulary: Mapping[str, int]) -> Rows:
    """All of the draft; `vocabulary` gives the row of a plain word, from 2 (0 is padding, 1 a word unknown)."""
    starts: list[int] = []
    pieces: list[str] = []
    sizes: list[int] = []  # of the sentences, in tokens
    about: list[tuple[bool, ...]] = []
    for block, place, sentence in _sentences(draft):
        before = len(starts)
        for token in TOKEN.finditer(draft.text, sentence.start, sentence.end):
            starts.append(token.start())
            pieces.append(token[0])
        if len(starts) > before:
            sizes.append(len(starts) - before)
            about.append(_about(draft, block, place))
    known = {word: (vocabulary.get(low, 1), *rest) for word in set(pieces) for low, *rest in (of_word(word),)}
    at = np.array(starts, np.int64)
    sentence_of = np.repeat(np.arange(len(sizes)), sizes)
    return Rows(
        at,
        at + np.array([len(piece) for piece in pieces], np.int64),
        sentence_of,
        np.array([known[piece] for piece in pieces], np.int64).reshape(-1, 4),
        _flags(draft, at, pieces, sentence_of, np.array(about, bool).reshape(-1, 5)),
    )


def words(text: str, of: Rows) -> list[str]:
    """The tokens themselves, in small letters."""
    return [text[start:end].lower() for start, end in zip(of.starts, of.ends, strict=True)]


def _sentences(draft: Draft) -> Iterator[tuple[Block, tuple[int, int], Span]]:
    """The writer's own sentences, with their place in the block and how many it has."""
    for block in draft.own_blocks():
        inside = draft.sentences_of(block)
        for i, sentence in enumerate(inside):
            yield block, (i, len(inside)), sentence


def _about(draft: Draft, block: Block, place: tuple[int, int]) -> tuple[bool, ...]:
    """What is true of a sentence wherever its words stand."""
    return (
        place[0] == 0,
        place[1] == 1,
        draft.kind == "form",
        draft.kind == "email",
        block.kind is not BlockKind.PARAGRAPH,
    )


def _flags(draft: Draft, starts: Ints, pieces: Sequence[str], sentence: Ints, about: NDArray[np.bool_]) -> Floats:
    """What is true of each token (quoted, a date's, the first, the last), then what is true of its sentence."""
    if not pieces:
        return np.zeros((0, FLAGS), np.float32)
    quoted, dated = inside(starts, draft.quotations), inside(starts, [date.span for date in draft.dates])
    first = np.r_[True, sentence[1:] != sentence[:-1]]
    numbers = np.array([piece[0].isdigit() for piece in pieces])
    told = np.logical_or.reduceat(np.stack([dated, numbers, quoted], axis=1), np.flatnonzero(first))
    own = np.stack([quoted, dated, first, np.r_[first[1:], True]], axis=1)
    return np.concatenate([own, told[sentence], about[sentence]], axis=1).astype(np.float32)


def inside(offsets: Ints, spans: Sequence[Span]) -> NDArray[np.bool_]:
    """Does each character stand in one of the spans, which are in order?"""
    begins = np.array([-1, *(span.start for span in spans)])
    ends = np.array([-1, *(span.end for span in spans)])
    found: NDArray[np.bool_] = offsets < ends[np.searchsorted(begins, offsets, "right") - 1]
    return found
