"""Each “he” and “she” with the two people, the last spoken of before it, whom it could mean."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from referral_lint.model import Span
from referral_lint.patterns import compiled
from referral_lint.understanding.pronouns import mentions
from referral_lint.understanding.pronouns.known import Known
from referral_lint.understanding.pronouns.mentions import Who
from referral_lint.understanding.pronouns.words import PRONOUN

if TYPE_CHECKING:
    from referral_lint.understanding.draft import Draft

SUBJECT = compiled(r"(?i)(?<![/)])\b(?P<p>s?he)(?=s?\b|['’])(?!s?\s?/|\(s\))")
# “She (Ms Ellis)”: the writer says who it is.
_SAYS_WHO = compiled(r"s?\s*[(\[]")
# “She and Nan”: the first of two who do something together.
_ALSO = compiled(r" (?:and|&) (?:[A-Z]|(?:the|her|his|their|my|our|mum|dad|nan|[a-z]+['’]s) )(?![a-z]+ed )")
# “His cousin and he share a phone”: the second of them.
_TOGETHER = compiled(
    r"(?i)(?:s?he|him|her) (?:are|were|have|both|share|don['’]?t|had (?:words|a)|came|fell|got|went|argued?|live|row)\b"
)
JOINS = compiled(r"(?i)^[\s,]*(?:and|&|or|nor|/|\+|with|w/)\s+(?:then |also |both |maybe |a |an )?$")

_MOST = 60  # mentions before a pronoun that are looked at; a list of names without a full stop has no end


@dataclass(frozen=True, slots=True)
class Pair:
    """A pronoun, and two people whom it fits."""

    pronoun: Span
    sex: str
    sentence: Span
    one: Who
    other: Who
    fitting: int  # how many people it fits, from the sentence before on
    since: int  # how many mentions there are between the second and the pronoun
    is_far: bool  # both stand in the sentence before

    @property
    def is_across(self) -> bool:
        """Does the first stand in the sentence before, the second in this?"""
        return self.one.span.start < self.sentence.start <= self.other.span.start


def find(draft: Draft, known: Known) -> Iterator[Pair]:
    """The pronouns of the writer's own words, outside quotations, that two people fit."""
    seen: dict[Span, list[Who]] = {}

    def people(sentence: Span) -> list[Who]:
        if sentence not in seen:
            seen[sentence] = mentions.of(draft, sentence, known)
        return seen[sentence]

    before: Span | None = None
    for sentence in draft.sentences:
        hits = list(SUBJECT.finditer(draft.text, *sentence)) if draft.is_own_offset(sentence.start) else []
        for hit in hits:
            if not draft.is_quoted_offset(hit.start()):
                is_next = before is not None and draft.next_sentence(before) == sentence
                earlier = people(before) if before is not None and is_next else []
                pair = _pair_for(draft.text, sentence, hit, earlier, people(sentence))
                if pair is not None:
                    yield pair
        before = sentence


def _pair_for(text: str, sentence: Span, hit: re.Match[str], before: Sequence[Who], here: Sequence[Who]) -> Pair | None:
    """Both of this sentence if it has two, else both of the one before or one of each."""
    near = [who for who in here if who.span.end <= hit.start()][-_MOST:]
    if _SAYS_WHO.match(text, hit.end()) or _ALSO.match(text, hit.end()) or _is_second(text, near, hit.start()):
        return None
    sex, every = hit["p"].lower(), [*before, *near][-_MOST:]
    two = _last_two(text, near, sex)
    is_far = two is None and not fitting([who for who in near if who.kind != PRONOUN], sex)
    two = two or _last_two(text, before[-_MOST:] if is_far else every, sex)
    if two is None:
        return None
    since = sum(who.span.start >= two[1].span.end for who in every)
    return Pair(Span(*hit.span("p")), sex, sentence, *two, len(fitting(every, sex)), since, is_far)


def _is_second(text: str, before: Sequence[Who], at: int) -> bool:
    """Is the pronoun the second of two who do something together?"""
    if not before or not _TOGETHER.match(text, at) or text[before[-1].span.end : at] not in (" and ", " & "):
        return False
    return len(before) == 1 or text[: before[-1].span.start].rstrip()[-1:] in ",.;:"


def fitting(every: Sequence[Who], sex: str) -> list[Who]:
    """The people whom the pronoun fits, each where last spoken of."""
    found: list[Who] = []
    for who in every:
        if who.sex in ("", sex):
            found = [one for one in found if not one.is_same(who)] + [who]
    return found


def _last_two(text: str, every: Sequence[Who], sex: str) -> tuple[Who, Who] | None:
    """Two whom “and” or “with” joins come first; those who only own something come last.

    A pronoun may be the first of the two, and the second only in “his cousin and he”.
    """
    people = _without_last_pronoun(text, fitting([who for who in every if not who.owns], sex))
    for one, other in reversed(list(pairwise(people))[-2:]):
        if JOINS.match(text[one.span.end : other.span.start]):
            return one, other
    if len(people) < 2:
        people = _without_last_pronoun(text, fitting(every, sex))
    return (people[-2], people[-1]) if len(people) > 1 else None


def _without_last_pronoun(text: str, people: list[Who]) -> list[Who]:
    while people and people[-1].kind == PRONOUN and not _is_second(text, people[:-1], people[-1].span.start):
        people = people[:-1]
    return people
