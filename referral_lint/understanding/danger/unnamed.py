"""The same words without names. What danger was learned from says “he” and “she” of people, and hardly ever who they are."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from referral_lint.patterns import compiled
from referral_lint.understanding.people.words import STOP, is_only_place
from referral_lint.understanding.pronouns.known import by_given_name
from referral_lint.understanding.saying import features
from referral_lint.understanding.saying.units import Unit

_WORD = r"[A-Z](?=[\w’'-]*[a-z])[\w’'-]*"  # “URGENT” is no name, nor is “GP”
_RUN = compiled(rf"\b{_WORD}(?: {_WORD})*")
_ROLE = compiled(  # “my neighbour has”: nobody is named, but it hides what happens as a name does
    r"(?i)\b(?:(?:my|our|the|this) )?(?:next[- ]door )?"
    r"(?:neighbour|tenant|resident|client|patient|service user|pupil|student|customer|colleague)(?= (?:is|has|was)\b)"
)
_OF = compiled(r"['’]s$")
_LINE = compiled(r"(?i)re\b.{0,90}")  # “Re Ada Penn, 9, of 2 Mill Row.”: who it is about, and nothing said yet
_SAYS = compiled(r"(?i)\b(?:is|are|has|have|was|had|will|can|says?|said|took|came|left|went)\b")


def said(units: Sequence[Unit]) -> list[Unit]:
    """The units with “he” or “his” for each name and each “our tenant”, without lines that only say who it is about."""
    return list(_said(units))


def _said(units: Sequence[Unit]) -> Iterator[Unit]:
    for unit in units:
        if len(units) == 1 or not _LINE.fullmatch(unit.text) or _SAYS.search(unit.text):
            yield replace(unit, text=_RUN.sub(_he, _ROLE.sub("he", unit.text)))


def _may_be_name(word: str) -> bool:
    plain = _OF.sub("", word)
    if plain.lower() in features.TITLED:
        return True
    return features.may_be_name(plain) and plain.lower() not in STOP and not is_only_place(plain)


def _he(found: re.Match[str]) -> str:
    words = found[0].split()
    while len(words) > 1 and not _may_be_name(words[0]):
        words = words[1:]  # “Please ring”, “Our pupil”
    opens = not found.string[: found.start()].strip(" \t\n“\"'‘(")
    strange = _OF.sub("", words[0]).lower() not in by_given_name()
    if not all(map(_may_be_name, words)) or (opens and strange and found[0] == words[0]):
        return found[0]
    return found[0].removesuffix(" ".join(words)) + ("his" if _OF.search(found[0]) else "he")
