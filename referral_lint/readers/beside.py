"""What travels with a draft and is not the draft itself, as texts of their own: it is only looked through for danger.

Earlier messages, the subject, sign-offs, banners and what nobody sees may all hold words that must not wait, also where a
reader took the writer's own line for one of these.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from referral_lint.model import Block, BlockKind, Document
from referral_lint.patterns import compiled
from referral_lint.readers.layout import blocks_of
from referral_lint.readers.mailtext import begins_message, without_marks

_AROUND = frozenset(
    {BlockKind.EMAIL_HEADER, BlockKind.HEADING, BlockKind.SIGNATURE, BlockKind.BANNER, BlockKind.PAGE_HEADER,
     BlockKind.PAGE_FOOTER, BlockKind.COMMENT, BlockKind.HIDDEN, BlockKind.COVERED, BlockKind.DELETED}
)  # fmt: skip
_HEADER = compiled(r"(?i)\*{0,2}(?:from|sent|date|to|cc|bcc|reply-to|importance|attachments?):")
_NAME = 2  # words of a sign-off: “Denise”, “Sue Marlow” and “Many thanks” tell nothing, and a bare name beside a subject was taken for danger
_SUBJECT = compiled(r"(?i)\*{0,2}subject:\*{0,2}\s*(?:(?:re|fwd?)\s*:\s*)*")


def of(document: Document) -> Iterator[Document]:
    """Each earlier message, the other versions of this one, and the lines around what the writer of an email says.

    The titles of a form or a letter are no such lines: a stray few words (“Agreement”) tell a model of danger at times.
    """
    for version in document.beside:
        yield version
        yield from of(version)
    yield from map(_read, filter(any, _earlier(document)))
    if document.envelope is None and not document.part:
        return
    around = [words for block in document.blocks if block.kind in _AROUND and (words := _around(document, block))]
    if around:
        yield _paragraphs(around)


def _around(document: Document, block: Block) -> str:
    """The words of a line around what is said, "" if it is but a name."""
    words = _said(document.words(block))
    return "" if block.kind is BlockKind.SIGNATURE and len(words.split()) <= _NAME else words


def _earlier(document: Document) -> Iterator[list[str]]:
    """The lines of each quoted message, without what mail programs put before them."""
    lines: list[str] = []
    level = 0
    for block in document.blocks_of(BlockKind.QUOTED):
        begins = level and block.level != level
        level = block.level
        for line in map(without_marks, document.words(block).splitlines()):
            if begins or begins_message(line):
                yield lines
                lines, begins = [], False
            if not begins_message(line):
                lines.append(_said(line))
        lines.append("")
    yield lines


def _said(line: str) -> str:
    """A line without the label of a subject; nothing of the other header lines, which hold names and addresses."""
    return "" if _HEADER.match(line) else _SUBJECT.sub("", line, count=1) if _SUBJECT.match(line) else line


def _read(lines: Iterable[str]) -> Document:
    """Lines laid out as a letter, of which every line is somebody's words."""
    text = "\n".join(lines)
    blocks = (
        replace(block, kind=BlockKind.PARAGRAPH, level=0) if block.kind in _AROUND else block
        for block in blocks_of(text, letter=True)
    )
    return Document("", text, tuple(blocks))


def _paragraphs(parts: Iterable[str]) -> Document:
    """One text of paragraphs that stand apart."""
    text, blocks = "", list[Block]()
    for part in parts:
        blocks.append(Block(len(text), len(text) + len(part), BlockKind.PARAGRAPH))
        text += f"{part}\n\n"
    return Document("", text, tuple(blocks))
