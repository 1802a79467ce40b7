"""Candidates: words that look like an abbreviation or a trade's shorthand, in the order of the text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from referral_lint.model import Span
from referral_lint.patterns import compiled
from referral_lint.understanding.abbreviations.capitals import is_abbreviation
from referral_lint.understanding.abbreviations.letters import undotted, uninflected
from referral_lint.understanding.abbreviations.lists import lists, table
from referral_lint.understanding.abbreviations.surroundings import Surroundings
from referral_lint.understanding.alternatives import either

if TYPE_CHECKING:
    from referral_lint.understanding.draft import Draft


@dataclass(frozen=True, slots=True)
class Form:
    """One use of an abbreviation: the span as written, and the bare form (no plural, dots or case)."""

    span: Span
    bare: str
    sort: str  # capitals | clinical | lower | section | system


# A run of letters and digits with two capitals or a capital and a digit in it; also `SEN/EAL` and `S&L`.
_CAPITALS = compiled(
    r"(?:(?<![\w@.&'’/+-])|(?<=[)\]]-))(?=[\w&/’'.-]{0,12}?[A-Z](?:[\w&/+]{0,9}?[A-Z0-9]|\.[A-Z]\.))"
    r"(?:(?:[A-Z]\.){2,5}(?:[A-Z]\b)?|[A-Z]{2,6}\.\d{1,4}\b|[A-Za-z0-9]+(?:[&/+-][A-Za-z0-9]+)*\+?(?![\w@]))"
)
_WORDY_END = compiled(
    r"(?:-[A-Za-z][a-z]{2,})+$"
)  # `CAMHS-led`, `ADHD-Related`: the word behind is none of the abbreviation's
_WORDY_START = compiled(r"(?:(?:[a-z]{3,}|Non|Pre|Post|Anti|Mid|Pro|Multi|Inter|Cross)-)+")  # `non-EU`, `Pre-TAF`
_ENDING = compiled(r"(?:['’](?:s|d|ing|ed)|s['’])$")
_DOSE = compiled(
    r"(?i)\b\d+(?:\.\d+)? ?(?:mg|mcg|micrograms?|ml|mls|g|units?|tabs?|tablets?|puffs?|drops?)\b[ ,]*(?:x ?\d+ |\w+ )?(?P<form>od|bd|mane|stat|po|pr|im|sc|iv)\b(?![\w/])"
)
# Without a dose too: `carers attend bd`.
_TWICE = compiled(
    r"\b(?:carers?|visits?|visiting|attends?|attending|calls?|care|dressings?|medication|meds|tablets?|inhalers?|creams?|feeds?|given|taken|takes)"
    r" (?:\w+ ){0,2}?(?P<form>bd)(?![\w/])"
)
_WEEKS = compiled(r"(?<![\w/.-])\d{1,2}(?:-\d{1,2})?/(?:52|40)(?![\w/])")
_MONTHS = compiled(
    r"(?i)(?<![\w/.-])\d{1,2}/(?:7|12)(?![\w/])(?= (?:checks?|old|ago|hx|history|course|reviews?|supply)\b)"
    r"|(?:(?<=\bin )|(?<=\bfor )|(?<=\bx ))\d{1,2}/(?:7|12)(?![\w/])"
)
_SECTION = compiled(r"(?<![\w.&'’/-])(?:s\.? ?|S\.?)(?P<number>\d{1,3}[A-Z]?)(?![\w/-]|\.\d| ?\d[A-Z]{2}\b)")

# `s.9 Care Act 2014`, `s47 of the Children Act`: everybody reads that as a section.
_OF_AN_ACT = compiled(r",? (?:of )?(?:the )?(?:[A-Z][a-z]+ (?:and )?){1,5}Act\b")

_SMALL = compiled(r"(?<![\w/@.&'’-])(?:(?:mat|pat) g\w+|[A-Za-z][A-Za-z/&]{1,6}(?:['’]d)?)(?![\w/@&-]|\.\w)")


@cache
def _systems() -> re.Pattern[str]:
    return re.compile(rf"(?<![\w@.-])(?:(?:Operation|Project) )?(?P<name>{either(lists().systems)})(?![\w@-]|\.\w)")


def candidates(draft: Draft) -> Iterator[Form]:
    """Every candidate, in order; two never overlap."""
    found = sorted(_all(draft), key=lambda form: (form.span.start, form.span.start - form.span.end))
    at = 0
    for form in found:
        if form.span.start >= at:
            at = form.span.end
            yield form


def _all(draft: Draft) -> Iterator[Form]:
    text = draft.text
    clinical, lower = lists().clinical, lists().lower
    for m in _SMALL.finditer(text):
        word = m[0].lower().replace("’", "'")
        if (word not in clinical and word not in lower) or (len(word) > 3 and m[0].istitle() and _is_name(draft, m[0])):
            continue
        sort = "clinical" if word in clinical else "lower"
        if word != "c/o" or not re.match(r"\s+(?:the\s+)?[A-Z0-9]", text[m.end() : m.end() + 8]):
            yield Form(Span(*m.span()), bare(m[0]), sort)
    for m in _systems().finditer(text):
        yield Form(Span(*m.span()), m["name"], "system")
    for pattern in (_DOSE, _TWICE):
        for m in pattern.finditer(text):
            yield Form(Span(*m.span("form")), bare(m["form"]), "clinical")
    for pattern in (_WEEKS, _MONTHS):
        for m in pattern.finditer(text):
            yield Form(Span(*m.span()), m[0], "clinical")
    for m in _SECTION.finditer(text):
        if (m[0][0] == "s" or m[0].isalnum()) and not _OF_AN_ACT.match(text, m.end()):
            yield Form(Span(*m.span()), "S" + m["number"], "section")
    yield from _capital_forms(draft)


def _is_name(draft: Draft, word: str) -> bool:
    """Is somebody called so: `Rosa Imms`?"""
    return any(word in name.words for name in draft.names)


def _capital_forms(draft: Draft) -> Iterator[Form]:
    known = Surroundings(draft)
    for m in _CAPITALS.finditer(draft.text):
        for start, end in _parts(m):
            written = draft.text[start:end]
            if is_abbreviation(known, written, start, end):
                yield Form(Span(start, _end(draft.text, end)), bare(written), "capitals")


def _parts(m: re.Match[str]) -> Iterator[tuple[int, int]]:
    """`SEN/EAL` is two abbreviations, `CYP/22817` is none, `O/E` is one."""
    if "/" not in m[0]:
        yield _bare_bounds(m)
        return
    pieces = m[0].split("/")
    if (
        len(pieces) > 3
        or re.match(r"\.\d|/|\S{0,12}/\S{0,8}\d", m.string[m.end() : m.end() + 24])  # `TD/B/EX(34)/R.3` is one code
        or any(any(c.isdigit() for c in piece) for piece in pieces)
    ):
        return
    if all(len(piece) == 1 for piece in pieces):
        yield m.span()
        return
    at = m.start()
    for piece in pieces:
        if len(piece) > 1:
            yield at, at + len(piece)
        at += len(piece) + 1


def _bare_bounds(m: re.Match[str]) -> tuple[int, int]:
    """Without `non-` before it and `-led` after it; a number behind a known form begins the next sentence (`CAMHS.12 May`)."""
    letters, dot, _ = m[0].partition(".")
    if dot and m[0][-1].isdigit() and (letters in table() or letters in lists().everybody):
        return m.start(), m.start() + len(letters)
    start, end = _WORDY_START.match(m[0]), _WORDY_END.search(m[0])
    return m.start() + (start.end() if start else 0), m.end() - (len(end[0]) if end else 0)


def _end(text: str, end: int) -> int:
    """`DNA'd` and `RUI'd` are one word; a possessive ending is not part of the span."""
    return end + 2 if text[end : end + 2] in ("'d", "’d") else end


def bare(written: str) -> str:
    """The form under which the table knows it: no plural, no dots, in capitals: `E.H.C.P.s` → EHCP, `DNA'd` and `DNAed` → DNA."""
    return uninflected(undotted(_ENDING.sub("", written))).upper()
