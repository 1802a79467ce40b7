"""The words of a draft as rows of numbers: which word, how it ends, how it is written, where it stands."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from referral_lint.model import Block, BlockKind, Span
from referral_lint.understanding.vocabulary import plain

if TYPE_CHECKING:
    from referral_lint.understanding.draft import Draft

TOKEN = re.compile(r"[^\W_]+(?:['’][^\W_]+)*|[^\w\s]|_")
BUCKETS = 2000  # words that the table of vectors does not know share these rows
FLAGS = 12  # of a token and of its sentence
_QUOTES = "“”\"'‘’"

Ints = NDArray[np.int64]
Floats = NDArray[np.float32]


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
def _of_word(word: str) -> tuple[str, int, int, int]:
    low = plain(word)
    return low, zlib.crc32(f"s{low[-3:]}".encode()) % BUCKETS, zlib.crc32(f"w{low}".encode()) % BUCKETS, _writing(word)


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
    places, columns, flags = [], [], []
    for number, (block, place, sentence) in enumerate(_sentences(draft)):
        tokens = list(TOKEN.finditer(draft.text, sentence.start, sentence.end))
        whole, own = _flags(draft, block, place, tokens)
        for token, its in zip(tokens, own, strict=True):
            low, ending, checksum, writing = _of_word(token[0])
            places.append((token.start(), token.end(), number))
            columns.append((vocabulary.get(low, 1), ending, checksum, writing))
            flags.append((*its, *whole))
    at = np.array(places, np.int64).reshape(-1, 3)
    return Rows(
        at[:, 0],
        at[:, 1],
        at[:, 2],
        np.array(columns, np.int64).reshape(-1, 4),
        np.array(flags, np.float32).reshape(-1, FLAGS),
    )


def words(text: str, of: Rows) -> list[str]:
    """The tokens themselves, in small letters."""
    return [text[start:end].lower() for start, end in zip(of.starts, of.ends, strict=True)]


def _sentences(draft: Draft) -> Iterator[tuple[Block, tuple[int, int], Span]]:
    """The writer's own sentences, with their place in the block and how many it has."""
    for block in draft.own_blocks():
        inside = draft.sentences_of(block)
        for i, sentence in enumerate(inside):
            if TOKEN.search(draft.text, sentence.start, sentence.end):
                yield block, (i, len(inside)), sentence


def _flags(
    draft: Draft, block: Block, place: tuple[int, int], tokens: Sequence[re.Match[str]]
) -> tuple[tuple[bool, ...], list[tuple[bool, ...]]]:
    """What is true of the sentence, and of each token in it."""
    last = len(tokens) - 1
    own: list[tuple[bool, ...]] = [
        (draft.is_quoted_offset(t.start()), draft.is_date_offset(t.start()), i == 0, i == last)
        for i, t in enumerate(tokens)
    ]
    whole = (
        any(flags[1] for flags in own),
        any(t[0][0].isdigit() for t in tokens),
        any(flags[0] for flags in own),
        place[0] == 0,
        place[1] == 1,
        draft.kind == "form",
        draft.kind == "email",
        block.kind is not BlockKind.PARAGRAPH,
    )
    return whole, own
