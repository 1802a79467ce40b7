"""How much a PDF unpacks to, asked before it is opened: a few thousand bytes can hold gigabytes, and take the process along."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator
from itertools import chain

from referral_lint.patterns import compiled
from referral_lint.readers import Limits, Unreadable
from referral_lint.readers.zipped import TOO_LARGE

_STREAM = compiled(rb"stream\r?\n(?=[xhXH])")  # the letters that packed bytes begin with
_MOST_STREAMS = 300_000
_DICTIONARY = 600  # bytes before a stream in which its dictionary says what it is
_MOST_DRAWN = 25_000_000  # bytes of one stream of drawing commands: maps have ten million
_STEP = 1 << 20
_TASTE = 4096  # bytes tried first: most of what is not packed gives itself away there


def measure(data: bytes, limits: Limits) -> None:
    """Raises `Unreadable` if a stream, or all of them together, unpack to more than is safe."""
    left = limits.left
    for number, found in enumerate(_STREAM.finditer(data)):
        head = data[max(0, found.start() - _DICTIONARY) : found.start()].rpartition(b"obj")[2]
        if b"/Image" in head:
            continue  # a picture is unpacked line by line, as it is drawn
        most = left.unpacked if b"/EmbeddedFile" in head else min(left.unpacked, _MOST_DRAWN)
        size = sum(map(len, _unpacked(memoryview(data)[found.end() :], most)))
        if not left.unpacks(size) or size > most or number > _MOST_STREAMS:
            raise Unreadable(TOO_LARGE)


def _unpacked(packed: memoryview, most: int) -> Iterator[bytes]:
    """The stream, unpacked twice if it was packed twice, until it ends or gives more than `most` bytes."""
    rest = (bytes(packed[at : at + _STEP]) for at in range(_TASTE, len(packed), _STEP))
    once = _inflated(chain([bytes(packed[:_TASTE])], rest), most)
    first = next(once, b"")
    whole = chain([first], once)
    yield from _inflated(whole, most) if _is_packed(first) else whole


def _is_packed(start: bytes) -> bool:
    try:
        return bool(zlib.decompressobj().decompress(start, 1))
    except zlib.error:
        return False


def _inflated(chunks: Iterable[bytes], most: int) -> Iterator[bytes]:
    unpack, size = zlib.decompressobj(), 0
    try:
        for chunk in chunks:
            while chunk:
                out = unpack.decompress(chunk, _STEP)
                size += len(out)
                yield out
                if unpack.eof or size > most:
                    return
                chunk = unpack.unconsumed_tail
    except zlib.error:
        return  # not packed in this way, or damaged
