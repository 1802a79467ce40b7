"""Dates of birth by person: against every age that the draft tells of them, and against each other."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from referral_lint.checks.lifetimes import Age, Birth, days_of, fits
from referral_lint.checks.sums import not_so_old
from referral_lint.checks.told_ages import Told, misfit, told_of
from referral_lint.model import Person
from referral_lint.patterns import compiled
from referral_lint.rules.rule import Match, Rule

if TYPE_CHECKING:
    from referral_lint.understanding.draft import Draft

_REACH = 110  # characters back from a date of birth to the name of the one who was born then


def against_told(draft: Draft, rule: Rule, born: list[Birth], given: list[Age]) -> Iterator[Match]:
    """“Saffron Hale, 16 … Born 14/1/2011” a few lines below: the later of the two is marked."""
    for birth in born:
        person = owner(draft, birth, born)
        if person is None:
            continue
        for told in told_of(draft, person, given):
            age = Age(told.span, told.count, "y")
            if not fits(age, birth, *days_of(draft, told.span.start)) and _is_plausible(told, birth, draft):
                yield not_so_old(draft, rule, max(told.span, birth.span), age, birth)
                break


def _is_plausible(told: Told, birth: Birth, draft: Draft) -> bool:
    """A slip is a few years; a father and a son of one name are further apart."""
    return abs(draft.date.year - birth.first.year - told.count) <= _SLIP


_SLIP = 6  # years


def owner(draft: Draft, birth: Birth, born: list[Birth]) -> Person | None:
    """Who was born then: the one named last before it, else the one whom the draft is about if it gives no other birth."""
    named = draft.names_between(max(0, birth.span.start - _REACH), birth.span.start)
    between = draft.text[named[-1].span.end : birth.span.start] if named else ""
    if named and not re.search(r"\n[ \t]*\n|[.;] [A-Z]", _AGE_FIRST.sub("", between)):
        return next((p for p in draft.people if any(m.start == named[-1].span.start for m in p.mentions)), None)
    about = [p for p in draft.people if p.role in ("child", "adult") and any(m.kind == "name" for m in p.mentions)]
    return about[0] if len(about) == 1 and len(born) == 1 else None


_AGE_FIRST = compiled(r"^,? \(?\d{1,2}\)?\. (?=Born\b)")
_AGAIN = compiled(r"(?i)\b(?:d\.?o\.?b\.?|born|date of birth|due)\b[^.;\n]{0,45}$")


def born_twice(draft: Draft, rule: Rule, born: list[Birth]) -> Iterator[Match]:
    """Two dates of birth of one child that differ in the day, the month or the year alone."""
    exact = [b for b in born if b.first == b.last and not _is_sibling(draft, b)]
    for one, other in zip(exact, exact[1:], strict=False):
        parts = zip(one.first.timetuple()[:3], other.first.timetuple()[:3], strict=True)
        if sum(a != b for a, b in parts) == 1 and _is_alone(draft, other):
            yield misfit(draft, rule, other.span, one.span)


def _is_sibling(draft: Draft, birth: Birth) -> bool:
    line = draft.text[draft.text.rfind("\n", 0, birth.span.start) + 1 : birth.span.start]
    return re.search(r"(?i)\b(?:brother|sister|sibling|twin|mum|mother|dad|father|baby|due)\b", line) is not None


def _is_alone(draft: Draft, birth: Birth) -> bool:
    """Does the second date stand without a name of its own before it?"""
    start = draft.text.rfind("\n", 0, birth.span.start) + 1
    before = draft.text[start : birth.span.start]
    return _AGAIN.search(before) is not None and not draft.names_between(start, birth.span.start)
