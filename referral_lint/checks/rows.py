"""A table that holds rows about several people, sent for the sake of one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from referral_lint.model import Block, Document, Span
from referral_lint.patterns import compiled
from referral_lint.rules.rule import Match, Rule

if TYPE_CHECKING:
    from referral_lint.understanding.draft import Draft

# At the head of a column or left of a name: those who write, not those who are written about.
_STAFF = compiled(
    r"(?i)\b(?:by|staff|(?:key|social|support) ?worker|teacher|tutor|officer|author|practitioner|professional)\W*$"
)
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
    """Whom each line of cells is about: the first name that opens a cell, in small letters, and where it stands.

    Not whoever keeps the list or has written a line of it, by the words left of the name or at the head of its column.
    """
    opening = {draft.text.rfind(n.title, 0, n.span.start) if n.title else n.span.start: n for n in draft.names}
    staffed: set[int] = set()  # columns, from 0
    for line in _lines(draft.document):
        cells = list(_cells(draft.text, line))
        named = [opening.get(cell.start) for cell in cells]
        of_staff = {i for i, cell in enumerate(cells) if _STAFF.search(draft.words(cell))}
        staffed |= {i for i in of_staff if not any(named[i + 1 : i + 2])}
        for i, name in enumerate(named):
            if name is not None and i not in staffed and i - 1 not in of_staff:
                yield " ".join(name.words).lower(), name.span
                break


def _cells(text: str, line: Span) -> Iterator[Span]:
    at = line.start
    for words in text[line.start : line.end].split("\t"):
        yield Span(at, at + len(words))
        at += len(words) + 1


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
