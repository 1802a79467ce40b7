"""Sentences, within blocks: a block's end always ends a sentence."""

from __future__ import annotations

from collections.abc import Iterator

from referral_lint.model import Block, Document, Span
from referral_lint.patterns import compiled

# A full stop, question or exclamation mark (and closing quotes or brackets), then white space and a beginning;
# a run of marks that is no end is passed over as a whole, and its group is empty.
_END = compiled(
    r"[.!?…]++[\"'”’)\]]*+(?P<end>(?=\s++[\"'“‘(\[]?[A-Z0-9“‘\"'])|(?=[^\S\n]*+\n))?|(?P<blank>\n)(?=[^\S\n]*+\n)"
)
# … but not after these.
_ABBREVIATION = compiled(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Prof|St|Rev|Sgt|Insp|Cllr|No|nos?|approx|e\.g|i\.e|eg|ie|vs|cf|tel|ext|dept|para|ref|p|pp|s)"
    r"|\b[A-Z]|(?:^|\n)\s*\d{1,2})\.$"
)


def of(document: Document) -> Iterator[Span]:
    """The sentences of a document, in order."""
    for block in document.blocks:
        yield from of_block(document.text, block)


def of_block(text: str, block: Block) -> Iterator[Span]:
    """The sentences of one block, without white space at their ends."""
    at = block.start
    for end in _END.finditer(text, block.start, block.end):
        if end["end"] is None and end["blank"] is None:
            continue
        stop = min(end.end(), block.end)
        if _ABBREVIATION.search(text[max(at, stop - 12) : stop]):
            continue
        yield from _trimmed(text, at, stop)
        at = stop
    yield from _trimmed(text, at, block.end)


def _trimmed(text: str, start: int, end: int) -> Iterator[Span]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if end > start:
        yield Span(start, end)
