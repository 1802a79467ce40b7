"""Ages in a family that cannot be: a younger brother who is older, a mother of nineteen with a son of nine."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from referral_lint.checks.lifetimes import Age, Birth, elapsed
from referral_lint.checks.numbers import IN_WORDS, number
from referral_lint.checks.told_ages import Told, misfit, told_of
from referral_lint.model import Span
from referral_lint.rules.rule import Match, Rule
from referral_lint.understanding.needles import Sought

if TYPE_CHECKING:
    from referral_lint.understanding.draft import Draft

_N = rf"(?P<n>\d{{1,2}}|{IN_WORDS})(?! ?(?:months?|weeks?|days?|mths?|wks?|/12|/52|minutes|miles|times|years? (?:older|younger)))(?![\w/]|[.:]\d)"
_NAMED = r"(?:,? (?:called )?[A-Z][\w'’-]+(?: [A-Z][\w'’-]+)?)?"
_SIBLING = Sought(
    rf"\b(?:his|her|their|an?|[A-Z][a-z]+['’]s) (?P<way>younger|little|baby|older|elder|big) (?P<kin>(?:half-|step)?(?:brother|sister)){_NAMED}(?: is| \(|, (?:who is |aged |now )?|, who['’]s ){_N}"
)
_PARENT = Sought(
    rf"\b(?P<kin>[Mm]um|[Mm]other|[Dd]ad|[Ff]ather)(?: is|:)?{_NAMED}(?: \(|, (?:who is |aged |is )?){_N}(?=[),;.\n])"
)
_LEAST = 12  # years between a parent and a child


def in_order(draft: Draft, rule: Rule, born: list[Birth], given: list[Age]) -> Iterator[Match]:
    """Brothers, sisters and parents against the age of the one child whom the draft is about."""
    child = _child(draft, born, given)
    if child is None:
        return
    for hit in draft.searched.every(_SIBLING):
        is_older = hit["way"] in ("older", "elder", "big")
        if (number(hit["n"]) < child.count) == is_older and number(hit["n"]) != child.count:
            yield misfit(draft, rule, *_in_order(Span(*hit.span("n")), child.span))
    for hit in draft.searched.every(_PARENT):
        if 0 <= number(hit["n"]) - child.count < _LEAST:
            yield misfit(draft, rule, *_in_order(Span(*hit.span("n")), child.span))


def _in_order(one: Span, other: Span) -> tuple[Span, Span]:
    """The later of the two first."""
    return max(one, other), min(one, other)


def _child(draft: Draft, born: list[Birth], given: list[Age]) -> Told | None:
    """How old the child is, if the draft is about one and says so once or always alike."""
    children = [p for p in draft.people if p.role == "child" and any(m.kind == "name" for m in p.mentions)]
    if len(children) != 1:
        return None
    if len(born) == 1 and born[0].first == born[0].last and draft.dated is not None:
        return Told(born[0].span, elapsed(born[0].first, draft.dated, "y"))
    told = told_of(draft, children[0], given)
    return told[0] if told and len({t.count for t in told}) == 1 else None
