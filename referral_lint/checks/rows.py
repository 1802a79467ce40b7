"""A table that holds rows about several people, sent for the sake of one."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from typing import TYPE_CHECKING

from referral_lint.model import Block, Document, Span
from referral_lint.rules.rule import Match, Rule

if TYPE_CHECKING:
    from referral_lint.understanding.draft import Draft

MANY = 3  # rows about different people: two may well be a child and a parent
_TABLES = ("spreadsheet", "csv")


def other_people(draft: Draft, rule: Rule) -> Iterator[Match]:
    """The second person's row of a spreadsheet, where at least MANY rows begin with different people's names."""
    if not any(kind in draft.document.media_type for kind in _TABLES):
        return
    rows = list(_named_rows(draft))
    people = {name for name, _ in rows}
    if len(people) >= MANY:
        first, _ = rows[0]
        second = next(span for name, span in rows if name != first)
        yield Match(rule, second, {"count": str(len(people))})


def _named_rows(draft: Draft) -> Iterator[tuple[str, Span]]:
    """The first name of a person in each line of cells: the name in small letters, and where it stands."""
    names = draft.names
    starts = [name.span.start for name in names]
    for line in _lines(draft.document):
        at = bisect_left(starts, line.start)
        if at < len(names) and names[at].span.end <= line.end:
            yield " ".join(names[at].words).lower(), names[at].span


def _lines(document: Document) -> Iterator[Span]:
    """Each line of the text that holds a block."""
    done = -1
    for block in document.blocks:
        if block.start > done:
            done = _end(document, block)
            yield Span(block.start, done)


def _end(document: Document, block: Block) -> int:
    end = document.text.find("\n", block.end)
    return len(document.text) if end < 0 else end
