"""Somebody's money or property, said to be taken by another."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from referral_lint.rules.rule import Match, Rule
from referral_lint.understanding.sharing import takings

if TYPE_CHECKING:
    from referral_lint.understanding.draft import Draft


def told(draft: Draft, rule: Rule) -> Iterator[Match]:
    """Where the draft says so; whether it also says who saw it, the rule's conditions ask."""
    return (Match(rule, span) for span in takings(draft))
