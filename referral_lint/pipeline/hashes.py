"""The numbers that spaCy gives to strings and that its hash embeddings give to those, many at once, in numpy.

MurmurHash64A with seed 1 (spacy.strings) and MurmurHash3 x64 128 of one 64-bit number (thinc's HashEmbed); both by
Austin Appleby, public domain.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import numpy

_M = 0xC6A4A7935BD1E995
_ALL = 0xFFFFFFFFFFFFFFFF
_C1, _C2 = numpy.uint64(0x87C37B91114253D5), numpy.uint64(0x4CF5AD432745937F)


def of_string(word: str, numbers: Mapping[str, int]) -> int:
    """The 64-bit number of a string; `numbers` are spaCy's own names, which have small ones."""
    if not word:
        return 0
    fixed = numbers.get(word)
    return _murmur64(word.encode("utf-8")) if fixed is None else fixed


def _murmur64(data: bytes) -> int:
    h = 1 ^ (len(data) * _M & _ALL)
    whole = len(data) & ~7
    for at in range(0, whole, 8):
        k = int.from_bytes(data[at : at + 8], "little") * _M & _ALL
        h = (h ^ ((k ^ (k >> 47)) * _M & _ALL)) * _M & _ALL
    if whole < len(data):
        h = (h ^ int.from_bytes(data[whole:], "little")) * _M & _ALL
    h = (h ^ (h >> 47)) * _M & _ALL
    return h ^ (h >> 47)


def rows(numbers: Iterable[int], seed: int, length: int) -> Any:
    """Four rows of a table of `length` rows for each 64-bit number, as integers of shape (numbers, 4)."""
    key = numpy.array(list(numbers), dtype="uint64") * _C1
    one = numpy.uint64(seed ^ 8) ^ (((key << numpy.uint64(31)) | (key >> numpy.uint64(33))) * _C2)
    two = numpy.full_like(one, seed ^ 8)
    one += two
    two += one
    one, two = _mixed(one), _mixed(two)
    one += two
    two += one
    return (numpy.stack([one, two], axis=1).view("uint32") % numpy.uint32(length)).astype("int64")


def _mixed(x: Any) -> Any:
    x = (x ^ (x >> numpy.uint64(33))) * numpy.uint64(0xFF51AFD7ED558CCD)
    x = (x ^ (x >> numpy.uint64(33))) * numpy.uint64(0xC4CEB9FE1A85EC53)
    return x ^ (x >> numpy.uint64(33))
