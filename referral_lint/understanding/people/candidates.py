"""Runs of capitalised words that could be a name, cut at words that are none."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from referral_lint.facts import facts
from referral_lint.model import Span
from referral_lint.patterns import compiled
from referral_lint.understanding.alternatives import either
from referral_lint.understanding.people.words import (
    PLACE_OR_ORG,
    ROLE_OF,
    STOP,
    TITLES,
    bare,
    is_family,
    is_given,
    is_only_place,
    is_ordinary,
    is_word,
)

_CAP = r"[^\W\d_a-zà-öø-ÿß][\w]*(?:['’-][^\W\d_][\w]*)*"
_RUN = compiled(
    rf"(?<![\w@./&'’-]){_CAP}(?:(?<=\b[A-Z])\.)?(?:(?: |(?<=[A-ZÀ-Þ]{{2}}),[ ](?=[A-Z][a-z]+\b))(?:(?:de|da|dos|van|der|den|bin|al|el|ul|von|la)[ ])*{_CAP}\b(?![@/])(?:(?<=\b[A-Z])\.)?)*"
)
_WORD = compiled(rf"{_CAP}|\b(?:de|da|dos|van|der|den|bin|al|el|ul|von|la)\b")
_TITLE = compiled(rf"\b{TITLES}\.?$")
_COURTESY = compiled(r"(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Cllr|Rev|Revd)\.?")  # hardly ever said of anything but a person
_RANK = compiled(r"(?:PC|WPC|DC|DS|DI|DCI|PCSO|Sgt|Insp)\.?")
# What a form asks for: “Dr Name”, “Mr/Mrs/Ms Surname”.
_LABELS = frozenset(
    "name names surname forename initials address details signature telephone tel phone email surgery practice appointment letter the and or".split()
)
_OPENS = compiled(r"(?:^|[.!?:;\n•*–|\]\t-]|\d\.)[\s\"“‘'(]*$")
_ILLNESS = compiled(
    rf"(?:{facts('private_facts.yaml')['bear_a_name']})(?:['’]s?(?! (?:{either(ROLE_OF)})\b)|s\b| (?:disease|syndrome|lymphoma|dementia)\b)"
)
# “Nuttall, Kayden” in quotation marks, at the head of a line or in a list of such names.
_TURNED = compiled(rf"(?m)(?:^|(?<=[\"“;:|\t])) ?(?P<last>{_CAP}), (?P<first>{_CAP})(?= ?(?:[\"”;|<(\t]|$))")


@dataclass(frozen=True, slots=True)
class Name:
    """One name as it stands. `title` is the title before it, which is not part of the span."""

    span: Span
    words: tuple[str, ...]  # without possessive endings, the given name first if the name is turned round
    title: str = ""


def candidates(text: str) -> Iterator[tuple[Name, bool]]:
    """Runs of capitalised words, cut at words that are no names; True if one opens a sentence or line."""
    for run in _RUN.finditer(text):
        words = [(m.start() + run.start(), m[0]) for m in _WORD.finditer(run[0])]
        while words and words[-1][1].islower():
            words.pop()
        group: list[tuple[int, str]] = []
        for at, word in [*words, (run.end(), "")]:
            plain = bare(word)
            stops = not word or (
                is_stop(plain) and not _is_initial(text, at, plain) and not _is_surname(text, group, at, plain)
            )
            if not stops and not (group and ("'s" in group[-1][1] or "’s" in group[-1][1])):
                group.append((at, word))
                continue
            if group and plain.lower() not in PLACE_OR_ORG and not is_only_place(plain):
                yield from _name(text, group)
            group = [] if stops else [(at, word)]


def _is_initial(text: str, at: int, word: str) -> bool:
    return len(word) == 1 and text[at + 1 : at + 2] == "."


def _is_surname(text: str, group: list[tuple[int, str]], at: int, word: str) -> bool:
    """Is this common word or place somebody's name here, because of the title before it: “Mr Lane”, “Mrs Anne Wood”?"""
    title = _title_before(text, at)
    if title is None:
        after_given = len(group) == 1 and is_given(bare(group[0][1])) and _title_before(text, group[0][0]) is not None
        return after_given and is_family(word)
    if word.lower() in _LABELS or re.fullmatch(TITLES, word):
        return False
    if _COURTESY.fullmatch(title[0]) or is_family(word):
        return True
    # Nurse, Sister, Judge and their like are words, too: “Nurse Practitioner”.
    return word.lower() not in STOP and (_RANK.fullmatch(title[0]) is not None or not is_ordinary(word))


def _title_before(text: str, at: int) -> re.Match[str] | None:
    return _TITLE.search(text[max(0, at - 14) : at].rstrip(" ."))


def is_stop(word: str) -> bool:
    """Is this word part of nobody's name?"""
    parts = word.split("-")
    if len(parts) > 1 and all(map(_is_plain, parts)):  # “No-names”, “Drop-in”
        return True
    return (
        word.lower() in STOP
        or word.lower() in ROLE_OF
        or is_only_place(word)
        or is_ordinary(word)
        or (word.lower() in PLACE_OR_ORG and not (is_family(word) and not is_word(word)))
        or re.fullmatch(TITLES, word) is not None
    )


def _is_plain(word: str) -> bool:
    return not is_given(word) and (word.lower() in STOP or is_ordinary(word))


def is_illness(text: str, at: int) -> bool:
    """Does an illness that bears somebody's name stand here, and nobody of that name: “Parkinson's”?"""
    return _ILLNESS.match(text, at) is not None


def may_end_a_name(word: str) -> bool:
    """Is this an ordinary word, and neither a place nor what organisations and relatives are called?"""
    low = word.lower()
    return is_ordinary(word) and low not in STOP and low not in ROLE_OF and low not in PLACE_OR_ORG


def _name(text: str, group: list[tuple[int, str]]) -> Iterator[tuple[Name, bool]]:
    words = tuple(bare(w) for _, w in group)
    start, end = group[0][0], group[-1][0] + len(words[-1])
    if len(words) > 5 or (len(words) == 1 and len(words[0]) < 2):
        return
    head = text[max(0, start - 14) : start]
    title = _title_before(text, start)
    before = head[: title.start()] if title else head
    at_start = _OPENS.search(before) is not None
    yield Name(Span(start, end), words, title[0] if title and head.endswith((" ", ".")) else ""), at_start


def turned(text: str) -> Iterator[Name]:
    """Names that stand with the family name first: “Nuttall, Kayden”."""
    for found in _TURNED.finditer(text):
        last, first = found["last"], found["first"]
        if (
            is_given(first)
            and not is_word(first)
            and not is_stop(last)
            and not (is_given(last) and not is_family(last))
        ):
            yield Name(Span(found.start("last"), found.end()), (first, last))
