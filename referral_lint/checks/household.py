"""How many children or people there are, told twice and differently."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from referral_lint.checks.numbers import IN_WORDS, number
from referral_lint.model import Span
from referral_lint.patterns import compiled
from referral_lint.rules.rule import Match, Rule
from referral_lint.understanding.needles import Sought

if TYPE_CHECKING:
    from referral_lint.understanding.draft import Draft

_N = rf"(?P<n>\d{{1,2}}|{IN_WORDS})"
_KIDS = r"(?:children|kids|kiddies|kiddos|bairns|weans|little ones)\b"
# Behind them: not one family's, or only some of them.
_SOME_OF_THEM = (
    r"(?! (?:in (?:my|our|the) (?:class|school|group)|at|from|who|of|under|over|she|he|I|we|were seen|named above)\b)"
)
# All of them, not some: “her three children”, “mother and three children”, “the four children”.
_ALL = Sought(
    rf"(?i)\b(?:all(?: of)?(?: the| her| his| their)?|the|her|his|their|(?:mother|mum|mam|father|dad|parents?|adults?|partner|wife|husband|she|he|couple) (?:and|with|has|have|and (?:her|his|their)|has got)) {_N} {_KIDS}{_SOME_OF_THEM}"
)
_FEW = 12  # children in one family; more is a class


def two_counts(draft: Draft, rule: Rule) -> Iterator[Match]:
    """“Mother and three children”, and further down “the four children”."""
    told = [hit for hit in draft.searched.every(_ALL) if draft.is_own_offset(hit.start()) and number(hit["n"]) <= _FEW]
    for hit in told[1:]:
        if number(hit["n"]) != number(told[0]["n"]) and not draft.is_quoted_offset(hit.start()):
            first = Span(*told[0].span())
            yield Match(rule, Span(*hit.span()), {"earlier": draft.words(first)}, related=(first,))
            return
    yield from _so_many_and_all(draft, rule)
    yield from _all_of_another_number(draft, rule)


# A count of one family's children, and words that speak of them all.
_SOME = Sought(rf"(?i)(?:\b(?:and|with|has|got|of)|[:,.(-])[ \t]*{_N} {_KIDS}{_SOME_OF_THEM}")
_EVERY = Sought(
    rf"(?i)\ball {_N} (?:of (?:the |her |his |their )?)?{_KIDS}|\bnumber of children\b[^\n:|\d]{{0,25}}[:|][ \t]*{_N.replace('<n>', '<m>')}\b"
)


def _all_of_another_number(draft: Draft, rule: Rule) -> Iterator[Match]:
    """“Home: mum, dad, 4 kids” and further down “all three kids”."""
    every = [hit for hit in draft.searched.every(_EVERY) if draft.is_own_offset(hit.start())]
    some = [hit for hit in draft.searched.every(_SOME) if number(hit["n"]) <= _FEW] if every else []
    if len({number(hit["n"]) for hit in some}) != 1:
        return
    for hit in every:
        count = number(hit["n"] or hit["m"])
        if hit.start() > some[0].end() and count != number(some[0]["n"]) and not draft.is_quoted_offset(hit.start()):
            first = Span(some[0].start("n"), some[0].end())
            place = Span(*hit.span()) if hit["n"] else Span(*hit.span("m"))
            yield Match(rule, place, {"earlier": draft.words(first)}, related=(first,))


_AND_ALL = compiled(
    rf"(?i)\b{_N} {_KIDS}(?P<gap>[^.;\n(]{{0,40}}?)\b(?P<all>all {_N.replace('<n>', '<m>')})\b(?! (?:of|days|weeks|times|months|years)\b)"
)


def _so_many_and_all(draft: Draft, rule: Rule) -> Iterator[Match]:
    """“Three kids, the oldest about nine, all four in wet clothes”."""
    for hit in _AND_ALL.finditer(draft.text):
        if number(hit["n"]) != number(hit["m"]) and draft.is_own_offset(hit.start()):
            first = Span(hit.start(), hit.start("gap"))
            yield Match(rule, Span(*hit.span("all")), {"earlier": draft.words(first)}, related=(first,))


_KEPT = compiled(
    rf"(?i)\b(?:had|has had|of|offered|booked|given|were|was) (?P<a>\d{{1,2}}|{IN_WORDS}) (?P<what>appointments|sessions|visits|meetings|lessons|clinics|reviews)\b[^.;\n]{{0,30}}\b(?:attended|came to|kept|went to|been to|turned up (?:to|for)) (?P<b>\d{{1,2}}|{IN_WORDS})\b(?! (?:minutes|weeks|days|other))"
)


def more_than_offered(draft: Draft, rule: Rule) -> Iterator[Match]:
    """“He had three appointments in the autumn, came to four”."""
    for hit in _KEPT.finditer(draft.text):
        if number(hit["b"]) > number(hit["a"]) and draft.is_own_offset(hit.start()):
            yield Match(
                rule, Span(*hit.span("b")), {"earlier": f"{hit['a']} {hit['what']}"}, related=(Span(*hit.span("a")),)
            )


_MONTHS_OVER = compiled(
    r"(?i)\b(?P<y>\d{1,2} ?(?:years?|yrs?))(?:,? and|,)? (?P<m>(?:1[2-9]|[2-9]\d) ?(?:months?|mths?|mo))\b"
)


def months_over(draft: Draft, rule: Rule) -> Iterator[Match]:
    """“6 years 13 months”."""
    for hit in _MONTHS_OVER.finditer(draft.text):
        yield Match(rule, Span(*hit.span("m")), {"earlier": hit["y"]})


_BODY = Sought(
    r"(?i)\b(?P<side>left|right) (?P<part>knee|arm|hand|leg|wrist|shoulder|foot|cheek|thigh|elbow|ankle|hip)\b"
)
_TOGETHER = 400  # characters within which one injury is spoken of


def other_side(draft: Draft, rule: Rule) -> Iterator[Match]:
    """“A bruise on her left knee … seen by the doctor, right knee”: one side once, then the other once."""
    hits = [hit for hit in draft.searched.every(_BODY) if draft.is_own_offset(hit.start())]
    for part in {hit["part"].lower() for hit in hits}:
        these = [hit for hit in hits if hit["part"].lower() == part]
        yield from _same_mark(draft, rule, these)
        if len(these) != 2 or these[0]["side"].lower() == these[1]["side"].lower():
            continue
        one, other = these
        if _is_same_mark(draft, other):
            continue
        apart = other.start() - one.end()
        if 15 < apart < _TOGETHER and draft.sentence_at(one.start()) != draft.sentence_at(other.start()):
            yield Match(rule, Span(*other.span()), {"earlier": one[0]}, related=(Span(*one.span()),))


# “The mark on his right cheek” speaks of a mark that was told before.
_THE_MARK = compiled(
    r"(?i)\b(?:the|this|that|these|those) (?:[\w-]+ ){0,2}(?:marks?|bruis\w+|cuts?|scratch\w*|burns?|graze\w*|swelling|injur\w+|wounds?|scars?|redness|bites?|lumps?|rash|fractures?) (?:on|to|over|under|of|around) (?:his|her|their|the) $"
)
_BOTH = Sought(r"(?i)\bboth\b|\beach\b|\beither\b|\bother\b|\b(?:left and right|right and left)\b")


def _is_same_mark(draft: Draft, hit: re.Match[str]) -> bool:
    return _THE_MARK.search(draft.text, max(0, hit.start() - 70), hit.start()) is not None


def _same_mark(draft: Draft, rule: Rule, these: list[re.Match[str]]) -> Iterator[Match]:
    """“A bruise on his left cheek”, and pages later “the mark on his right cheek”, of which nothing was told."""
    for hit in these[1:]:
        before = Span(these[0].start(), hit.start())
        side = Sought(rf"(?i)\b{hit['side']}\b")
        if _is_same_mark(draft, hit) and not draft.has(side, Span(0, hit.start())) and not draft.has(_BOTH, before):
            yield Match(rule, Span(*hit.span()), {"earlier": these[0][0]}, related=(Span(*these[0].span()),))
            return
