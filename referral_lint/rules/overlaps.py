"""One finding for one fault: which of the matches that stand in the same place is said."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from referral_lint.model import Span
from referral_lint.patterns import compiled
from referral_lint.rules import words
from referral_lint.rules.rule import Match

if TYPE_CHECKING:
    from referral_lint.understanding.draft import Draft


def one_for_one_fault(matches: Sequence[Match], draft: Draft) -> Iterator[Match]:
    """One finding for one fault: of overlapping matches the graver stays, then who must not read it, then that of a pattern, then the longer one.

    A judgement often has several telling words: of those close together in one sentence one is enough.
    """
    whole = [m for m in matches if m.span is None]
    placed = [(m.span, m) for m in matches if m.span is not None]
    yield from whole
    taken: dict[int, list[tuple[Span, str]]] = {}  # by stretches of the text
    placed.sort(key=lambda pair: (*_precedence(pair[1], draft), pair[0].start - pair[0].end, pair[1].rule.id))
    for span, match in placed:
        family = match.rule.family
        near = dict.fromkeys(pair for i in _stretches(span) for pair in taken.get(i, ()))
        of_lists = match.rule.kind != "model"
        if not any(_same_fault(span, t, APART.get(family, 0) if family == f else 0, of_lists, draft) for t, f in near):
            for i in _stretches(span):
                taken.setdefault(i, []).append((span, family))
            yield match


# A safer road, a better address or fewer readers are no advice where this very reader must not know.
_BEFORE_ALL = "recipient-conflict"


def _precedence(match: Match, draft: Draft) -> tuple[int, bool, bool]:
    """The graver first; and a pattern, whose message knows its words, before the trained network."""
    return -words.severity(match, draft).rank, match.rule.id != _BEFORE_ALL, match.rule.kind == "model"


_STRETCH = 200  # characters; more than two faults are ever apart that count as one


def _stretches(span: Span) -> range:
    return range((span.start - _STRETCH) // _STRETCH, (span.end + _STRETCH) // _STRETCH + 1)


_JOINED = compiled(r"\band\b|\bbut\b|;")  # “a drama queen and a known alcoholic”: two judgements, if lists know both
# Two findings of one family in one sentence with fewer characters between them are one fault.
APART = {"opinion": 60}


def _same_fault(one: Span, other: Span, apart: int, of_lists: bool, draft: Draft) -> bool:
    if one.start < other.end and other.start < one.end:
        return True
    gap = Span(min(one.end, other.end), max(one.start, other.start))
    if gap.end - gap.start >= apart or (of_lists and _JOINED.search(draft.text, *gap)):
        return False
    return draft.sentence_at(one.start) == draft.sentence_at(other.start)
