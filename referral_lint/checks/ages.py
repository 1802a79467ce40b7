"""Ages against dates of birth, school years and one another, on the day of the draft."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from referral_lint.checks.ages_by_birth import away_from_birth, beside_birth
from referral_lint.checks.babies import baby_elsewhere
from referral_lint.checks.birthdays import birthday, which_birthday
from referral_lint.checks.births_told import against_told, born_twice
from referral_lint.checks.generations import in_order
from referral_lint.checks.lifetimes import ages, births
from referral_lint.checks.schooling import against_kind, against_year
from referral_lint.checks.told_ages import against_itself, next_birthday, told_twice, uneven_twins
from referral_lint.checks.told_years import years_twice
from referral_lint.model import Span
from referral_lint.rules.rule import Match, Rule

if TYPE_CHECKING:
    from referral_lint.understanding.draft import Draft


def age(draft: Draft, rule: Rule) -> Iterator[Match]:
    """One question after another; an age that is wrong by a date of birth is not asked about again."""
    born, given = births(draft), list(ages(draft))
    wrong: set[Span] = set()
    for match in beside_birth(draft, rule, born, given):
        wrong.update(match.related)
        yield match
    yield from away_from_birth(draft, rule, born)
    yield from baby_elsewhere(draft, rule, born, wrong)
    for match in against_told(draft, rule, born, given):
        wrong.update([match.span] if match.span else [])
        yield match
    yield from born_twice(draft, rule, born)
    yield from in_order(draft, rule, born, given)
    yield from birthday(draft, rule, born)
    yield from which_birthday(draft, rule, born, given)
    yield from next_birthday(draft, rule, born)
    yield from (m for m in told_twice(draft, rule, given) if not wrong.intersection(m.related))
    yield from uneven_twins(draft, rule)
    yield from years_twice(draft, rule)
    yield from against_itself(draft, rule)
    yield from against_year(draft, rule, given, wrong)
    yield from against_kind(draft, rule)
