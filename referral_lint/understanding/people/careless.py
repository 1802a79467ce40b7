"""Names without capitals, in drafts that are written without them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from referral_lint.model import Span
from referral_lint.patterns import compiled
from referral_lint.understanding.alternatives import either
from referral_lint.understanding.people.candidates import Name
from referral_lint.understanding.people.words import (
    PLACE_OR_ORG,
    ROLE_OF,
    STOP,
    WORK,
    is_family,
    is_given,
    is_ordinary,
    is_word,
)

_KIN = either(ROLE_OF)
_LOWER = compiled(r"(?:^|[.!?]\s+|\n[^\S\n]*(?:[-*•] ?)?)(?:([a-z])|([A-Z]))")
_SMALL_I = compiled(r"(?<![\w.@'’-])i(?:['’]?(?:m|ve|ll|d))? ")
_SEED = compiled(
    rf"\b(?:{_KIN}|{WORK})(?: is| called| named|,|:| \(|)? ?(?P<n>[a-z][a-z'’-]{{2,}})(?: (?P<l>[a-z][a-z'’-]{{2,}}))?|\b(?:called|named|name is|im|i'm|its|it's|from:|hi|dear) (?P<m>[a-z][a-z'’-]{{2,}})"
    rf"|\bname ?[:|] ?(?P<f>[a-z][a-z'’-]{{2,}})(?: (?P<g>[a-z][a-z'’-]{{2,}}))?"
    rf"|\b(?P<o>[a-z][a-z-]{{2,40}})(?: [a-z-]{{1,40}})?,? \(?(?:(?:his|her|the|their) )?(?:{_KIN})\b"
)


def is_careless(text: str) -> bool:
    """Do many sentences and lines begin with a small letter?"""
    begins = [m[1] is not None for m in _LOWER.finditer(text)]
    return sum(begins) * 3 > len(begins)


def without_capitals(text: str, known: set[str], taken: list[Name], people: Iterable[Span]) -> Iterator[Name]:
    """`known`: words of the names found already (`taken`), in small letters; `people`: what the pipeline takes for people."""
    careless = is_careless(text)
    if not careless and not _SMALL_I.search(text):
        return
    seeds = {k for k in known if _may_be(k) and not is_ordinary(k)} | set(_heard(text, people))
    if careless:
        seeds.update(_introduced(text))
        seeds.update(_repeated(text))
    if not seeds:
        return
    spans = [n.span for n in taken]
    pattern = re.compile(
        rf"(?<![\w@./'’-])(?:{'|'.join(sorted(map(re.escape, seeds), key=len, reverse=True))})(?=(?:['’]?s)?(?![\w@'’.-]*@)(?!\w))"
    )
    for found in pattern.finditer(text):
        if not any(s.start < found.end() and found.start() < s.end for s in spans):
            yield Name(Span(*found.span()), (found[0],))


def _heard(text: str, people: Iterable[Span]) -> Iterator[str]:
    """Words that are names in our lists and stand where the pipeline finds a person."""
    for start, end in people:
        words = [re.sub(r"['’]s?$", "", w) for w in text[start:end].split()]
        if all(w.islower() and len(w) > 2 for w in words):
            yield from (w for w in words if is_given(w) and _may_be(w))


def _introduced(text: str) -> Iterator[str]:
    for found in _SEED.finditer(text):
        for group in ("n", "l", "m", "o", "f", "g"):
            word = re.sub(r"['’]?s$" if group == "o" else r"['’]s$", "", found[group] or "")
            named = is_given(word) or is_family(word) or all(map(is_given, word.split("-")))
            if len(word) > 2 and named and _may_be(word):
                yield word


def _repeated(text: str) -> Iterator[str]:
    for word, count in Counter(re.findall(r"(?<![\w@./-])[a-z][a-z-]{2,}(?![\w@])", text)).items():
        if count > 1 and len(word) > 3 and is_given(word) and _may_be(word):
            yield word


def _may_be(word: str) -> bool:
    return word not in STOP and not is_word(word) and word not in PLACE_OR_ORG
