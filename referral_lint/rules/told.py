"""The people × information table as the findings tell it: no “needed for this” beside the question whether it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from referral_lint.model import Finding, Sharing, Span
from referral_lint.rules.conditions import LABELS, UNLIKELY

if TYPE_CHECKING:
    from referral_lint.understanding.draft import Draft

FAMILY = "over-sharing"


def table(draft: Draft, findings: Iterable[Finding]) -> tuple[Sharing, ...]:
    """The draft's table, each of its words judged as the findings about them are."""
    about = [f for f in findings if f.span is not None]
    asked = [f.span for f in about if f.family == FAMILY and f.span is not None]
    noted = [f.span for f in about if f.span is not None]
    rows: dict[tuple[str, str, str, bool], Sharing] = {}
    for one in _word_by_word(draft.sharing):
        row = _settled(draft, one, _touched(one, asked), _touched(one, noted))
        key = (row.who, row.category, row.standing, row.explained)
        rows[key] = replace(row, spans=(*rows[key].spans, *row.spans)) if key in rows else row
    return tuple(rows.values())


def _word_by_word(sharing: Iterable[Sharing]) -> Iterator[Sharing]:
    for row in sharing:
        yield from (replace(row, spans=(span,)) for span in row.spans)


def _settled(draft: Draft, one: Sharing, asked: bool, noted: bool) -> Sharing:
    if asked:
        return replace(one, standing="explain" if one.standing == "needed" else one.standing, explained=False)
    if one.standing != "needed" and not one.explained and not noted and _is_unlikely(draft, one.spans[0]):
        return replace(one, standing="needed")
    return one


def _touched(one: Sharing, spans: Iterable[Span]) -> bool:
    (own,) = one.spans
    return any(s.start < own.end and own.start < s.end for s in spans)


def _is_unlikely(draft: Draft, span: Span) -> bool:
    """Would a reviewer hardly ask? Then no finding does either (`unless: [unlikely]`)."""
    return draft.wording.likelihood(span, LABELS[FAMILY]) < UNLIKELY
