"""The people × information table as the findings tell it: no “needed for this” beside the question whether it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from referral_lint.model import Finding, Sharing, Span

if TYPE_CHECKING:
    from referral_lint.understanding.draft import Draft

FAMILY = "over-sharing"


def table(draft: Draft, findings: Iterable[Finding]) -> tuple[Sharing, ...]:
    """The draft's table; what a finding asks about is open in it, whatever the purpose needs in general."""
    asked = [f.span for f in findings if f.family == FAMILY and f.span is not None]
    rows: dict[tuple[str, str, str, bool], Sharing] = {}
    for one in _word_by_word(draft.sharing):
        row = _opened(one) if any(_touch(one.spans[0], span) for span in asked) else one
        key = (row.who, row.category, row.standing, row.explained)
        rows[key] = replace(row, spans=(*rows[key].spans, *row.spans)) if key in rows else row
    return tuple(rows.values())


def _word_by_word(sharing: Iterable[Sharing]) -> Iterator[Sharing]:
    for row in sharing:
        yield from (replace(row, spans=(span,)) for span in row.spans)


def _opened(row: Sharing) -> Sharing:
    return replace(row, standing="explain" if row.standing == "needed" else row.standing, explained=False)


def _touch(one: Span, other: Span) -> bool:
    return other.start < one.end and one.start < other.end
