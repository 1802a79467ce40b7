"""An age that the date of birth of the draft does not give, beside it or elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from referral_lint.checks.babies import TO_COME
from referral_lint.checks.lifetimes import PERSON, Age, Birth, days_of, fits
from referral_lint.checks.numbers import IN_WORDS, number
from referral_lint.checks.sums import not_so_old
from referral_lint.checks.told_ages import OTHERS
from referral_lint.model import Span
from referral_lint.patterns import compiled
from referral_lint.rules.rule import Match, Rule

if TYPE_CHECKING:
    from referral_lint.understanding.draft import Draft

_MOST_APART = 60  # characters between an age and the birth date that it is held against
_SHORT = 26  # characters: a pair that is no longer is marked as a whole


def beside_birth(draft: Draft, rule: Rule, born: list[Birth], given: list[Age]) -> Iterator[Match]:
    """An age that the date of birth beside it does not give; the later of the two is marked."""
    taken: set[int] = set()
    for age in given:
        birth = min(born, key=lambda b: _apart(age.span, b.span), default=None)
        if birth is None or birth.span.start in taken:
            continue
        if not _together(draft, age.span, birth.span) and not (len(born) == 1 and _is_field(draft, age.span)):
            continue
        if not fits(age, birth, *days_of(draft, age.span.start)):
            taken.add(birth.span.start)
            yield not_so_old(draft, rule, _both(draft.text, age.span, birth.span), age, birth)


def _both(text: str, age: Span, birth: Span) -> Span:
    """“5, born 30/09/2016” together, else the later of the two."""
    start, end = min(age.start, birth.start), max(age.end, birth.end)
    if end - start > _SHORT or re.search(r"\n" if age < birth else r"\n|\s{3}|:", text[start:end]):
        return max(age, birth)
    return Span(start, end + (text[end : end + 1] == ")" and "(" in text[start:end]))


def _is_field(draft: Draft, age: Span) -> bool:
    """Does it answer “Age” in a form?"""
    asked = draft.question_of(draft.document.block_at(age.start))
    return re.match(r"(?i)(?:child['’]?s )?age\b", asked) is not None


def _apart(one: Span, other: Span) -> int:
    return max(one.start, other.start) - min(one.end, other.end)


def _together(draft: Draft, age: Span, birth: Span) -> bool:
    """No other person's name and no more than a line of a form stand between the two."""
    start, end = min(age.end, birth.end), max(age.start, birth.start)
    if end - start > _MOST_APART or start > end:
        return False
    between = draft.text[start:end]
    named = [n for n in draft.names_between(start + 1, end) if n.span.end < end]
    if named and not (len(named) == 1 and _is_called(draft, age, named[0].span.start)):
        return False
    if re.search(r"[.!?] [A-Z]|\n[ \t]*\n|(?i:\b(?:child|children|mother|father|mum|dad|parent)\b)", between):
        return False
    return "\n" not in between or re.fullmatch(r"[\s|]*(?:\d{1,2}[.)] )?[\w /]{0,24}[:|\s]*", between) is not None


_CALLED = compiled(rf"(?i) (?:{PERSON}(?: called| named|,) )?(?:(?:mr|mrs|ms|miss|dr)\b\.? )?")


def _is_called(draft: Draft, age: Span, name: int) -> bool:
    """“This 84 year old man, Mr Whitmore”: the name is that of whoever is so old."""
    return draft.words(age).lower().endswith("old") and _CALLED.fullmatch(draft.text, age.end, name) is not None


_IS = compiled(
    rf"\b(?P<who>[Hh]e|[Ss]he|[Hh]es|[Ss]hes|[Hh]e['’]s|[Ss]he['’]s|(?:(?:Mr|Mrs|Ms|Miss) )?[A-Z][\w'’-]{{1,40}})(?: is)? (?P<n>\d{{1,3}}|{IN_WORDS})(?: years old|-years-old)?(?= and\b|[.,;]|\n|$| years)"
)
# “This pleasant 14 year old girl”, “she is a 14-year-old girl”.
_SO_OLD = compiled(
    rf"\b(?P<who>[Tt]his|(?:[Hh]e|[Ss]he|[A-Z][\w'’-]{{1,40}}) is an?) (?:(?!and\b)[a-z-]+,? ){{0,3}}(?P<n>\d{{1,3}}|{IN_WORDS})[- ]years?[- ]old {PERSON}\b"
)


def away_from_birth(draft: Draft, rule: Rule, born: list[Birth]) -> Iterator[Match]:
    """“He is ten” in a draft that gives one date of birth, his."""
    if len(born) != 1:
        return
    line = draft.text.rfind("\n", 0, born[0].span.start) + 1
    owners = {w.lower() for n in draft.names_between(line - 60, born[0].span.start)[-1:] for w in n.words}
    for found in sorted(
        (f for p in (_IS, _SO_OLD) for f in p.finditer(draft.text, born[0].span.end)), key=re.Match.start
    ):
        if TO_COME.search(draft.text, max(0, found.start() - 25), found.start()):
            continue
        told = Age(Span(*found.span("n")), number(found["n"]), "y")
        if _is_of(draft, found, owners) and not fits(told, born[0], *days_of(draft, told.span.start)):
            yield not_so_old(draft, rule, told.span, told, born[0])


def _is_of(draft: Draft, found: re.Match[str], owners: set[str]) -> bool:
    """Is it the owner of the birth date who is so old?"""
    who = re.sub(r" is an?$", "", found["who"]).split()[-1].lower()
    is_pronoun = re.fullmatch(r"s?he(?:['’]?s)?|this", who) is not None
    if who != "this" and " is" not in found[0] and not re.fullmatch(r"s?he['’]?s", who):
        return False
    return who in owners or (is_pronoun and _alone(draft, found.start(), owners))


def _alone(draft: Draft, at: int, owners: set[str]) -> bool:
    """Was nobody else spoken of shortly before?"""
    near = Span(max(draft.text.rfind("\n", 0, at), at - 119, 0), at)
    own = draft.text[at : at + 3].lower()
    if draft.has(OTHERS, near) or any(draft.has(_PRONOUN[sex], near) for sex in _PRONOUN if not own.startswith(sex)):
        return False
    return all({w.lower() for w in n.words} & owners for n in draft.names_between(at - 119, at))


_PRONOUN = {"he": compiled(r"(?i)\b(?:he|his|him)\b"), "she": compiled(r"(?i)\bs?he\b(?<=she)|\bher\b")}
