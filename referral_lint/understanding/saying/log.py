"""A log or chronology: rows that say of each thing when it was and who saw or said it, in columns of their own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from referral_lint.model import Span
from referral_lint.patterns import compiled
from referral_lint.understanding import dates

if TYPE_CHECKING:
    from referral_lint.understanding.draft import Draft

_CELL = compiled(r"\t| *\| *| {3,}")  # what parts cells, in the text of every reader
_WHEN = compiled(r"(?i)\W*(?:(?:date|day|when)(?: (?:and|&|/|of) \w+)?|date ?/ ?time)\W*")
_WHO = compiled(
    r"(?i)\W*(?:sources?(?: of information)?|who(?: (?:by|saw|said|reported)(?: (?:it|this))?)?|informant|witness(?:ed by)?|agency|initials"
    r"|(?:reported|seen|observed|recorded|noted|told|raised|logged|entered|said|noticed|heard|completed)(?: ?[/&] ?\w+)? by"
    r"|(?:staff(?: member)?|member of staff|worker|officer|professional|author|name of (?:staff|worker))(?: \w+)?)\W*"
)
_FEWEST = 2  # rows that make a log
_MOST_ROWS = 2 / 3  # of those with a date: the share that has a source


def attributed_rows(draft: Draft) -> Span | None:
    """The first row of a table in which most rows have a date and a source; None if there is none."""
    lines = list(_lines(draft.text))
    for n, header in enumerate(lines):
        names = _CELL.split(draft.words(header))
        who = next((i for i, name in enumerate(names) if _WHO.fullmatch(name)), None)
        if who is not None and any(map(_WHEN.fullmatch, names)):
            dated = [line for line in lines[n + 1 :] if dates.PATTERN.match(draft.text, line.start, line.end)]
            told = [line for line in dated if _has_source(draft.words(line), who, len(names))]
            if len(told) >= max(_FEWEST, _MOST_ROWS * len(dated)):
                return told[0]
    return None


def _lines(text: str) -> Iterator[Span]:
    for found in re.finditer(r"[^\n]+", text):
        start = found.start() + len(found[0]) - len(found[0].lstrip(" |"))
        yield Span(start, found.end())


def _has_source(row: str, who: int, columns: int) -> bool:
    cells = _CELL.split(row)
    if len(cells) < columns and who == 1:  # a page has narrow columns run into one: “3/2/2026 HC”
        when = dates.PATTERN.match(cells[0])
        return (when is not None and cells[0][when.end() :].strip() != "") or _names(cells, who)
    return _names(cells, who)


def _names(cells: list[str], who: int) -> bool:
    return who < len(cells) and any(char.isalpha() for char in cells[who])
