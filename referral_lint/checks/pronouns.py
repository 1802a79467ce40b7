"""“He” and “she”: two people whom one pronoun could mean."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from referral_lint.rules.rule import Match, Rule
from referral_lint.rules.words import shortened
from referral_lint.understanding import pronouns
from referral_lint.understanding.pronouns import PRONOUN, Who

if TYPE_CHECKING:
    from referral_lint.understanding.draft import Draft


def ambiguous(draft: Draft, rule: Rule) -> Iterator[Match]:
    """A “he” or “she” that could be either of two people; the message names both."""
    for pair in pronouns.unclear(draft):
        fields = {"one": _called(draft, pair.one), "other": _called(draft, pair.other)}
        yield Match(rule, pair.pronoun, fields, related=(pair.one.span, pair.other.span))


def _called(draft: Draft, who: Who) -> str:
    words = f"“{shortened(draft.words(who.span))}”"
    return f"the {words} before" if who.kind == PRONOUN else words
