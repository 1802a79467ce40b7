"""RTF as tokens: braces, control words, bytes and characters."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from referral_lint.patterns import compiled

_TOKEN = compiled(
    r"\\(?P<word>[a-zA-Z]{1,32})(?P<number>-?\d{1,10})? ?"
    r"|\\'(?P<hex>[0-9a-fA-F]{2})|\\(?P<sign>[^a-zA-Z])|(?P<brace>[{}])|[\r\n\0]+|(?P<text>[^\\{}\r\n\0]+)|\\"
)


class Token(NamedTuple):
    """One token; `kind` is "word", "byte", "sign", "brace" or "text"."""

    kind: str
    value: str
    number: int | None = None


def tokens(text: str) -> Iterator[Token]:
    """The tokens of an RTF file that was decoded as Latin-1. Binary data is passed over."""
    at = 0
    while at < len(text):
        found = _TOKEN.match(text, at)
        if found is None:
            at += 1
            continue
        at = found.end()
        kind = found.lastgroup
        if kind in ("word", "number"):
            number = None if found["number"] is None else int(found["number"])
            if found["word"] == "bin":
                at += max(number or 0, 0)
            else:
                yield Token("word", found["word"], number)
        elif kind == "hex":
            yield Token("byte", chr(int(found["hex"], 16)))
        elif kind is not None:
            yield Token(kind, found[kind])
