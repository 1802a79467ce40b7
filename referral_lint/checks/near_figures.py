"""Telephone numbers, postcodes, house numbers and sums of money that are given twice and differ by a slip."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations
from typing import TYPE_CHECKING

from referral_lint.checks.telephones import NUMBER, is_of_one
from referral_lint.model import Span
from referral_lint.patterns import compiled
from referral_lint.rules.rule import Match, Rule
from referral_lint.understanding.people.spellings import distance
from referral_lint.understanding.streets import STREET

if TYPE_CHECKING:
    from referral_lint.understanding.draft import Draft

_POSTCODE = compiled(r"\b[A-Z]{1,2}\d[\dA-Z]? \d[A-Z]{2}\b")
_ADDRESS = compiled(rf"(?<![\d/.])(?P<n>\d{{1,3}}[a-z]?),? (?P<road>(?:[A-Z][\w'’-]+ ){{1,3}}(?:{STREET}))\b")
_NEXT_DOOR = compiled(
    r"(?i)\b(?:neighbour|next door|opposite|across|brother|sister|nan|gran\w*|aunt\w*|uncle|moved|new|old|previous|former|from|until|dad|father|his|her)\b"
)
_MONEY = compiled(r"£(?P<n>\d{3,5})(?![\d,.])")


def slips(draft: Draft, rule: Rule) -> Iterator[Match]:
    """The later of two figures that were meant to be one."""
    yield from _pairs(draft, rule, _every(draft, _POSTCODE))
    for match in _pairs(draft, rule, _every(draft, NUMBER)):
        if match.span is not None and is_of_one(draft, match.related[0], match.span):
            yield match
    sums = [(hit["n"], Span(*hit.span())) for hit in _MONEY.finditer(draft.text)] if "£" in draft.text else []
    yield from (m for m in _pairs(draft, rule, [s for s in sums if len(sums) < _MANY]) if _is_turned(draft, m))
    yield from _houses(draft, rule)


_MANY = 6  # sums of money in one draft; more is an account
_MOST = 60  # telephone numbers or postcodes; more is a directory, in which many are alike


def _every(draft: Draft, pattern: re.Pattern[str]) -> list[tuple[str, Span]]:
    return [(re.sub(r"\s", "", hit[0]), Span(*hit.span())) for hit in pattern.finditer(draft.text)]


def _pairs(draft: Draft, rule: Rule, every: list[tuple[str, Span]]) -> Iterator[Match]:
    """Those that one digit or letter, or two that changed places, tell apart."""
    for (one, first), (other, then) in combinations(every if len(every) < _MOST else [], 2):
        if one != other and len(one) == len(other) and distance(one, other) == 1 and draft.is_own_offset(then.start):
            yield Match(rule, then, {"earlier": draft.words(first)}, related=(first,))


def _is_turned(draft: Draft, match: Match) -> bool:
    """Are the digits of the two the same?"""
    one, other = (sorted(re.sub(r"\D", "", draft.words(s))) for s in (match.related[0], match.span or match.related[0]))
    return one == other


def _houses(draft: Draft, rule: Rule) -> Iterator[Match]:
    """“12 Holm Close” and “21 Holm Close”, where nobody is said to live next door or to have moved."""
    first: dict[str, re.Match[str]] = {}
    for hit in _ADDRESS.finditer(draft.text):
        one = first.setdefault(hit["road"], hit)
        before = draft.text[max(0, hit.start() - 45) : hit.start()]
        if (
            one["n"] != hit["n"]
            and sorted(one["n"]) == sorted(hit["n"])
            and not _NEXT_DOOR.search(before)
            and draft.is_own_offset(hit.start())
        ):
            yield Match(rule, Span(*hit.span()), {"earlier": one[0]}, related=(Span(*one.span()),))
