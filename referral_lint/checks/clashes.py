"""Two statements that cannot both be true; the later one is marked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

from referral_lint.checks import figures
from referral_lint.checks.household import months_over, more_than_offered, other_side, two_counts
from referral_lint.checks.kin import greeted_otherwise, son_and_daughter
from referral_lint.checks.near_figures import slips
from referral_lint.model import Span
from referral_lint.patterns import compiled
from referral_lint.rules.rule import Match, Rule
from referral_lint.understanding.alternatives import either
from referral_lint.understanding.needles import Sought
from referral_lint.understanding.people.words import HE, SHE, gender

if TYPE_CHECKING:
    from referral_lint.understanding.draft import Draft

_DIFFER = compiled(
    r"(?i)\b(?:but (?:then|later|now|on)|although|however|whereas|withdrew|changed (?:his|her|their) mind|initially|at first|used to|previously|says? (?:that )?(?:he|she)|denies|disputes?|different accounts?|conflicting|until|since then|since|before|history of|in the past)\b"
)


def clash(draft: Draft, rule: Rule) -> Iterator[Match]:
    """One match for each pair of `pairs` (options) of which both patterns occur.

    `unless` of a pair silences it; with `in_one_line` both must stand in one line, which is about one child;
    with `same_person` and `same_sex` the sentences must not name different people, or a she and a he.
    """
    yield from figures.unfit(draft, rule)
    for told in (two_counts, more_than_offered, months_over, other_side, son_and_daughter, greeted_otherwise, slips):
        yield from told(draft, rule)
    yield from _kinds_of_kin(draft, rule)
    for pair in rule.matcher["options"]["pairs"]:
        one = _first(draft, pair["one"])
        other = _first(draft, pair["other"]) if one is not None else None
        if one is None or other is None or (one.start < other.end and other.start < one.end):
            continue
        if "unless" in pair and draft.searched.first(_compiled(pair["unless"])):
            continue
        later = max(one, other)
        if "\n" in draft.text[min(one, other).end : later.start] and pair.get("in_one_line"):
            continue
        if _speak_of_others(draft, one, other) and pair.get("same_person"):
            continue
        if pair.get("same_sex") and _is_of_another_sex(draft, one, other):
            continue
        if not any(
            draft.has(_DIFFER, draft.sentence_at(place.start)) for place in (one, other)
        ) and not draft.is_quoted(later):
            yield Match(rule, later, {"earlier": draft.words(min(one, other))}, related=(min(one, other),))


_PARENT = compiled(r"(?i)\b(?:mum|mam|mother|dad|father)\b")


def _speak_of_others(draft: Draft, one: Span, other: Span) -> bool:
    """Do the two sentences name different people?"""
    here, there = draft.sentence_at(one.start), draft.sentence_at(other.start)
    names, more = ({" ".join(n.words).lower() for n in draft.names_between(*s)} for s in (here, there))
    return not names & more and (bool(names and more) or draft.has(_PARENT, here) != draft.has(_PARENT, there))


_SHE_OR_HE = {"he": "he", "him": "he", "his": "he", "she": "she", "her": "she"}


def _is_of_another_sex(draft: Draft, one: Span, other: Span) -> bool:
    """“Mum lives alone … his son lives with him”: is the one who lives so a she, and the other a he?"""
    before = draft.text[draft.sentence_at(one.start).start : one.start]
    told = [sex for word in re.findall(r"[\w-]+", before) if (sex := _SHE_OR_HE.get(word.lower()) or gender(word))]
    said = {_SHE_OR_HE[word] for word in re.findall(r"\w+", draft.words(other).lower()) if word in _SHE_OR_HE}
    return bool(told and said) and told[-1] not in said


_KIN_TWICE = compiled(
    rf"(?i)\b(?P<one>{either(HE | SHE)})\b,? (?:[A-Z][\w-]+,? )?who (?:is|was) (?P<words>(?:(?:his|her|their|the|a|an) )?(?:only |other |older |younger |little |big |baby )?(?P<other>{either(HE | SHE)}))\b"
)


def _kinds_of_kin(draft: Draft, rule: Rule) -> Iterator[Match]:
    """“A baby sister, Efa, who is his only brother”."""
    for found in (
        _KIN_TWICE.finditer(draft.text) if "who is" in draft.searched.low or "who was" in draft.searched.low else ()
    ):
        if gender(found["one"]) != gender(found["other"]) and draft.is_own_offset(found.start()):
            yield Match(rule, Span(*found.span("words")), {"earlier": found["one"]})


def _first(draft: Draft, pattern: str) -> Span | None:
    sought = _compiled(pattern)
    for found in draft.searched.every(sought):
        has_words = found.groupdict().get("words") is not None  # of several ways to say it only some have them
        span = Span(*found.span("words" if has_words else 0))
        if (draft.is_own_offset(span.start) or draft.is_own_offset(span.end - 1)) and not draft.is_quoted_offset(
            span.start
        ):
            return span
    return None


@cache
def _compiled(pattern: str) -> Sought:
    return Sought(pattern, re.I)
