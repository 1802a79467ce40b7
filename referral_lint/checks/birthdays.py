"""Birthdays to come against the date of birth."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from referral_lint.checks.lifetimes import Age, Birth
from referral_lint.checks.numbers import IN_WORDS, number
from referral_lint.checks.told_ages import age_of, misfit
from referral_lint.model import Span
from referral_lint.patterns import compiled
from referral_lint.rules.rule import Match, Rule
from referral_lint.understanding.alternatives import either
from referral_lint.understanding.dates import MONTHS

if TYPE_CHECKING:
    from referral_lint.understanding.draft import Draft

_FIRST = "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth".split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_ORDINALS = (
    {word: i for i, word in enumerate(_FIRST, 1)}
    | {f"{ten[:-1]}ieth": 10 * t for t, ten in enumerate(_TENS, 2)}
    | {f"{ten}-{word}": 10 * t + i for t, ten in enumerate(_TENS, 2) for i, word in enumerate(_FIRST[:9], 1)}
)
_MONTH = either(m for m in MONTHS if len(m) > 2)
_BIRTHDAY = compiled(
    rf"(?i)(?<!a )\bbirthday (?:is |was |falls )?(?:in|on) (?:the )?(?:(?P<d>\d{{1,2}})(?:st|nd|rd|th)? )?(?P<m>{_MONTH})\b"
    rf"|\b(?P<who>s?he(?:['’]?s| is| will be| turns)|turns|turning|will be) (?P<n>\d{{1,2}}|{IN_WORDS}) (?:in|on) (?P<m2>{_MONTH})\b"
)


def birthday(draft: Draft, rule: Rule, born: list[Birth]) -> Iterator[Match]:
    """“His third birthday is in December”, “she's 15 in June”, in a draft with one date of birth."""
    if len(born) != 1 or born[0].first != born[0].last:
        return
    birth = born[0].first
    for found in _BIRTHDAY.finditer(draft.text):
        month = MONTHS[(found["m"] or found["m2"]).lower()]
        if month != birth.month or (found["d"] and int(found["d"]) != birth.day):
            yield misfit(draft, rule, Span(*found.span("m" if found["m"] else "m2")), born[0].span)
            continue
        if not found["n"] or draft.dated is None:
            continue
        next_one = draft.dated.year - birth.year + (month < draft.dated.month)
        if not next_one - 1 <= number(found["n"]) <= next_one + 1:
            yield misfit(draft, rule, Span(*found.span("n")), born[0].span)


_WHICH = compiled(
    rf"(?P<who>\b(?:[Hh]is|[Hh]er|[A-Z][\w'’-]+['’]s)) (?P<words>(?P<th>(?i:{either(_ORDINALS)})|\d{{1,2}}(?=st|nd|rd|th))(?:st|nd|rd|th)? birthday"
    rf"(?P<way> is| will be| falls| was)?(?: in| on)?(?: the)?(?: (?P<y>this|last|next))?(?: \d{{1,2}}(?:st|nd|rd|th)?)? (?P<m>(?i:{_MONTH}))\b(?P<y2> this year| last year| next year)?)(?! \d{{4}})"
)


def which_birthday(draft: Draft, rule: Rule, born: list[Birth], given: list[Age]) -> Iterator[Match]:
    """“Her 14th birthday is in January” of a girl of 14, “her eightieth birthday in September this year” of a woman of 81."""
    for found in _WHICH.finditer(draft.text):
        now, month = age_of(draft, found, born, given), MONTHS[found["m"].lower()]
        if now is None or draft.dated is None or any(b.first == b.last and b.first.month != month for b in born[:1]):
            continue
        right = _turning(found, now.count, month, draft.dated)
        if right and (_ORDINALS.get(found["th"].lower()) or int(found["th"])) not in right:
            yield misfit(draft, rule, Span(*found.span("words")), now.span)


def _turning(found: re.Match[str], age: int, month: int, day: date) -> set[int]:
    """The ages that the birthday of that month can bring to somebody who is `age` on that day; none if it is not said which is meant."""
    this_year = {age, age + 1} if month == day.month else {age + (month > day.month)}
    told = (found["y2"] or "").split()[:1] or [found["y"]]
    if found["y2"] or told == ["this"]:
        return {n + {"last": -1, "this": 0, "next": 1}[told[0]] for n in this_year}
    if told == ["next"] or (found["way"] and found["way"] != " was"):
        return {age + 1} if month != day.month else {age, age + 1}
    return {age} if told == ["last"] or found["way"] else set()
