"""The milter protocol on the wire: a length, a letter and its words. Bytes in, bytes out; no sockets here.

Source: the protocol as Postfix 3.7 speaks it (version 6), see MILTER_README there.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

LONGEST = 2_000_000  # bytes of one frame; mail servers send the body in pieces of 64 KB

VERSION = 6
ADD_HEADER, CHANGE_HEADER, QUARANTINE = 0x01, 0x10, 0x20
_WANTED_ACTIONS = CHANGE_HEADER | QUARANTINE
# What we need not be told, what we need not answer, and that headers come with the space they began with.
_NO_HELO, _NO_UNKNOWN, _NO_DATA, _LEADING_SPACE = 0x02, 0x100, 0x200, 0x100000
UNANSWERED = {
    "L": 0x80,
    "C": 0x1000,
    "H": 0x2000,
    "M": 0x4000,
    "R": 0x8000,
    "T": 0x10000,
    "U": 0x20000,
    "N": 0x40000,
    "B": 0x80000,
}
_WANTED_PROTOCOL = _NO_HELO | _NO_UNKNOWN | _NO_DATA | _LEADING_SPACE | sum(UNANSWERED.values())


class ProtocolError(Exception):
    """What came is not the milter protocol; the connection cannot go on."""


class Frames:
    """Cuts what a mail server sends into commands, however the network cut it."""

    def __init__(self) -> None:
        self._buffer = bytearray()

    def feed(self, data: bytes) -> Iterator[tuple[str, bytes]]:
        """Each complete `(letter, words)` so far. Raises ProtocolError for a length that cannot be."""
        self._buffer += data
        while len(self._buffer) >= 4:
            (length,) = struct.unpack_from(">I", self._buffer)
            if not 1 <= length <= LONGEST:
                raise ProtocolError(f"a frame of {length} bytes")
            if len(self._buffer) < 4 + length:
                return
            frame = bytes(self._buffer[4 : 4 + length])
            del self._buffer[: 4 + length]
            yield chr(frame[0]), frame[1:]


def frame(letter: str, words: bytes = b"") -> bytes:
    """A packet as it goes over the wire: its length, its letter, its contents."""
    return struct.pack(">I", 1 + len(words)) + letter.encode("latin-1") + words


def strings(words: bytes) -> list[str]:
    """The zero-ended strings of a command. Stray bytes survive: `surrogateescape` brings them back."""
    parts = words.split(b"\0")
    return [part.decode("utf-8", "surrogateescape") for part in (parts[:-1] if parts[-1] == b"" else parts)]


def offer(words: bytes) -> tuple[int, int, int]:
    """What the mail server can do: version, actions, protocol flags. Raises ProtocolError."""
    if len(words) < 12:
        raise ProtocolError("an offer that is too short")
    version, actions, protocol = struct.unpack_from(">III", words)
    if version < 2:
        raise ProtocolError(f"version {version} of the protocol")
    return version, actions, protocol


def accepted(version: int, actions: int, protocol: int) -> tuple[bytes, int, int]:
    """The frame that answers an offer, and the actions and protocol flags that then hold."""
    actions &= _WANTED_ACTIONS
    protocol &= _WANTED_PROTOCOL
    return frame("O", struct.pack(">III", min(version, VERSION), actions, protocol)), actions, protocol


CONTINUE, ACCEPT = frame("c"), frame("a")


def refusal(code: str, lines: list[str]) -> bytes:
    """A refusal (`550 5.7.1`) or a deferral (`451 4.7.1`) of one or more lines of plain ASCII."""
    number = code.partition(" ")[0]
    # A mail server takes % for the beginning of a format.
    clean = [line.encode("ascii", "replace").decode().replace("%", " per cent")[:400] for line in lines] or ["Not now."]
    enhanced = code.removeprefix(number).strip()
    marked = [f"{number}{' ' if n == len(clean) else '-'}{enhanced} {line}" for n, line in enumerate(clean, 1)]
    return frame("y", "\r\n".join(marked).encode("ascii") + b"\0")


def quarantine(reason: str) -> bytes:
    """Asks the mail server to keep the message back."""
    return frame("q", reason.encode("ascii", "replace") + b"\0")


def change_header(name: str, value: str) -> bytes:
    """Put another value in the first header of that name; an empty one takes the header out."""
    return frame("m", struct.pack(">I", 1) + f"{name}\0{value}\0".encode("utf-8", "surrogateescape"))
