"""National numbers, account numbers and codes that the purpose of the draft does not need."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from referral_lint.model import Span
from referral_lint.rules.rule import Match, Rule

if TYPE_CHECKING:
    from referral_lint.understanding.draft import Draft

_HEALTH = frozenset(
    "health_medical camhs speech_language_therapy health_visiting child_protection child_in_need early_help adult_safeguarding"
    " substance_service young_carers send_ehcp marac school_transfer prevent".split()
)
_MONEY = frozenset({"housing_support", "police_request"})
_SEEK = frozenset({"marac", "police_request", "child_protection", "youth_justice", "allegation_against_staff"})

# kind of number -> its pattern, and the purposes in which it is no surprise
_NUMBERS: dict[str, tuple[re.Pattern[str], frozenset[str]]] = {
    "National Insurance number": (
        re.compile(r"\b(?P<n>(?!BG|GB|KN|NK|NT|TN|ZZ)[A-Z]{2} ?\d{2} ?\d{2} ?\d{2} ?[A-D])\b"),
        frozenset(),
    ),
    "bank number": (
        re.compile(
            r"(?i)\b(?:sort ?code|s/c)\W{0,3}(?:is |was )?(?P<n>\d{2}[- ]\d{2}[- ]\d{2})\b|\b(?:account|acc?(?:oun)?t\.?)(?: number| no\.?)?\W{0,3}(?:is )?(?P<n2>\d{8})\b"
        ),
        _MONEY,
    ),
    "card number": (re.compile(r"\b(?P<n>\d{4}[ -]\d{4}[ -]\d{4}[ -]\d{4})\b"), frozenset()),
    "NHS number": (
        re.compile(r"(?i)\bNHS(?: no\.?| number| num)?\W{0,3}(?:is )?(?P<n>\d{3}[ -]?\d{3}[ -]?\d{4})\b"),
        _HEALTH,
    ),
    "door code": (
        re.compile(
            r"(?i)\b(?:key ?safe(?: code| number| pin)?|(?:door|entry|gate|alarm|lock|key) (?:code|number|pin))\W{0,3}(?:is |was )?(?P<n>\d{4,6})\b"
        ),
        frozenset(),
    ),
    "staff number": (
        re.compile(
            r"(?i)\b(?:wages?|payroll|pay|staff|works) (?:number|no\.?)[^.\n\d]{0,25}(?:is )?(?P<n>[A-Z]?\d{4,8})\b"
        ),
        frozenset(),
    ),
    "asylum or passport number": (
        re.compile(
            r"(?i)\b(?:passport|asylum|home office|ARC|BRP|visa)(?: ref(?:erence)?| number| no\.?| card)+[^.\n\d]{0,20}(?P<n>[A-Z]{0,3}\d[\dA-Z/]{3,10})\b"
        ),
        frozenset({"police_request"}),
    ),
    "pupil number": (
        re.compile(r"\b(?P<n>[A-HJ-NP-RT-Z]\d{11}[0-9A-Z])\b"),
        frozenset({"school_transfer", "send_ehcp", "child_protection", "child_in_need", "early_help"}),
    ),
}
_WHY = re.compile(
    r"(?i)\b(?:because|you (?:asked|need|will need|require)|needed (?:for|to)|so that you|as requested|to match)\b"
)


def not_needed(draft: Draft, rule: Rule) -> Iterator[Match]:
    """Numbers of kinds that none of the draft's purposes needs, unless the sentence says why they stand there."""
    purposes = {p.id for p in draft.purposes}
    for pattern, fits in _NUMBERS.values():
        for found in pattern.finditer(draft.text):
            group = "n" if found["n"] else "n2"
            span = Span(*found.span(group))
            if purposes & fits or (fits and not purposes) or draft.has(_WHY, draft.sentence_at(span.start)):
                continue
            yield Match(rule, span)
