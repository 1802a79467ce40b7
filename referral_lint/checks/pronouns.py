"""“He” and “she”: two people whom one pronoun could mean."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from referral_lint.rules.rule import Match, Rule
from referral_lint.rules.words import shortened
from referral_lint.understanding import pronouns
from referral_lint.understanding.pronouns import NAME, PRONOUN, Who

if TYPE_CHECKING:
    from referral_lint.understanding.draft import Draft


def ambiguous(draft: Draft, rule: Rule) -> Iterator[Match]:
    """A “he” or “she” that could be either of two people; the message names both."""
    for pair in pronouns.unclear(draft):
        one, other = _called(draft, pair.one), _called(draft, pair.other)
        fields = {"words": draft.words(pair.pronoun).lower(), "one": one, "other": other}
        yield Match(rule, pair.pronoun, fields, related=(pair.one.span, pair.other.span))


def _called(draft: Draft, who: Who) -> str:
    """By name if there is one, so that “Stepdad (Gavin Roe” does not end in the middle of a bracket."""
    if who.kind == PRONOUN:
        return "somebody mentioned before"
    names = [name for name in draft.names_between(*who.span) if name.span.end <= who.span.end]
    if who.kind != NAME or not names:
        return shortened(draft.words(who.span))
    start = draft.text.rfind(names[-1].title, who.span.start, names[-1].span.start) if names[-1].title else -1
    return shortened(draft.text[start if start >= 0 else names[-1].span.start : names[-1].span.end])
