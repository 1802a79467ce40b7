"""Lines that a program broke because they were full: they read as if they ran on, and every offset stays what it is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from referral_lint.model import BlockKind, Document, Span

FULL = 50  # characters; hardly anybody breaks a shorter line for want of room
NARROW, LINES = 25, 4  # but a column may be as narrow as that: so many lines, nearly all of them full
ROOM = 0.85  # of the longest line of its block: a line to which the next word would add more was full
_RUNNING = frozenset({BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.ANSWER, BlockKind.CELL, BlockKind.QUOTED})
_ENDS = frozenset(".!?:;")  # what comes after these stands on its own, on whatever line
# A quoted line, an item of a list, “Name: …”: these begin a line of their own.
_OPENS = re.compile(r"[ \t]*(?:[>•*·–—-]|\(?(?:\d{1,2}|[a-z])[.)]\s|[A-Z][\w '’/-]{1,30}:\s)")
_WORD = re.compile(r"[ \t]*\S+")
_MARKS = re.compile(r"(?m)^[ \t]*>[> \t]*")


def unwrapped(document: Document) -> Document:
    """The document with a space for each newline at which a sentence only ran out of room, and for each sign of quoting."""
    text = _unmarked(document)
    breaks = [
        at
        for block in document.blocks
        for at in broken(text, Span(block.start, block.end), block.kind)
        if text[at - 1] not in _ENDS
    ]
    letters = list(text)
    for at in breaks:
        letters[at] = " "
    read = "".join(letters)
    return document if read == document.text else replace(document, text=read, as_written=document.text)


def _unmarked(document: Document) -> str:
    """The text with spaces for the “>” before the lines of earlier messages: a program put them there."""
    letters = list(document.text)
    for block in document.blocks_of(BlockKind.QUOTED):
        for marks in _MARKS.finditer(document.text, block.start, block.end):
            letters[slice(*marks.span())] = marks[0].replace(">", " ")
    return "".join(letters)


def broken(text: str, span: Span, kind: BlockKind) -> Iterator[int]:
    """The newlines in a stretch of a block of this kind that a program put at the end of a full line."""
    ends = [found.start() for found in re.finditer("\n", text[span.start : span.end])]
    if not ends or kind not in _RUNNING:
        return
    lines = [(text.rfind("\n", 0, span.start + end) + 1, span.start + end) for end in ends]
    room = ROOM * max(end - start for start, end in lines)
    full = [end for start, end in lines if _is_full(text, Span(start, end), span.end, room)]
    least = NARROW if len(lines) >= LINES - 1 and 4 * len(full) >= 3 * len(lines) and _runs_on(text, full) else FULL
    yield from (end for start, end in lines if end in full and end - start >= least)


def _is_full(text: str, line: Span, end: int, room: float) -> bool:
    """Would the next word have been too much, and does it begin nothing of its own?"""
    word = _WORD.match(text, line.end + 1, end)
    full = word is not None and line.end - line.start + len(word[0]) >= room and line.end - line.start >= NARROW
    return full and not _OPENS.match(text, line.end + 1)


def _runs_on(text: str, ends: list[int]) -> bool:
    """Do most lines go on with a small letter, so that they are no list of names or an address?"""
    return sum(text[end + 1 : end + 2].islower() for end in ends) * 2 > len(ends)
