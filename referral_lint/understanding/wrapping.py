"""Lines that a program broke because they were full are read as if they ran on; every offset stays what it is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from referral_lint.model import Block, BlockKind, Document

FULL = 55  # characters; nobody breaks a shorter line for want of room
ROOM = 0.85  # of the longest line of its block: a line to which the next word would add more was full
_RUNNING = frozenset({BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.ANSWER, BlockKind.CELL, BlockKind.QUOTED})
_ENDS = frozenset(".!?:;")  # what comes after these stands on its own, on whatever line
# A quoted line, an item of a list, “Name: …”: these begin a line of their own.
_OPENS = re.compile(r"[ \t]*(?:[>•*·–—-]|\(?(?:\d{1,2}|[a-z])[.)]\s|[A-Z][\w '’/-]{1,30}:\s|\n|\Z)")
_WORD = re.compile(r"[ \t]*\S+")


def unwrapped(document: Document) -> Document:
    """The document with a space for each newline at which a sentence only ran out of room."""
    breaks = [at for block in document.blocks if block.kind in _RUNNING for at in _breaks(document.text, block)]
    if not breaks:
        return document
    text = list(document.text)
    for at in breaks:
        text[at] = " "
    return replace(document, text="".join(text))


def _breaks(text: str, block: Block) -> Iterator[int]:
    ends = [found.start() for found in re.finditer("\n", text[block.start : block.end])]
    if not ends:
        return
    lines = [(text.rfind("\n", 0, block.start + end) + 1, block.start + end) for end in ends]
    room = ROOM * max(end - start for start, end in lines)
    for start, end in lines:
        word = _WORD.match(text, end + 1, block.end)
        if (
            end - start >= FULL
            and word is not None
            and end - start + len(word[0]) >= room
            and text[end - 1] not in _ENDS
            and not _OPENS.match(text, end + 1)
        ):
            yield end
