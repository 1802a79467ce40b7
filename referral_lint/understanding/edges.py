"""Where words that a finding underlines and quotes begin and end, so that they read as a phrase."""

from __future__ import annotations

import re

from referral_lint.model import Span
from referral_lint.patterns import compiled

# What a phrase neither ends with nor consists of.
SMALL = frozenset(
    "a an the of at in on to and or with for from by that which who is are was were be been has have had he she they it"
    " his her their this these between about as but so".split()
)
_LEADS_ON = SMALL | {"what"}
_LAST = compiled(r"(?:(?<=\s)|\A)(?P<word>[\w'’]+)\W*\Z")
# What cannot be parted from the words before it: the rest of “walk-in”, and a small last word of the clause (“lost the shop over it”).
_CLAUSE_ENDS = r"[ \t]*(?:[.,;:!?)\n]|\Z)"
_REST = compiled(
    r"-[^\W\d_]+(?!\w)|(?<=\w)[ \t]+(?:it|him|her|them|us|me|you|this|that|who|what|in|on|off|out|up|down|over|about|for|to|with)"
    rf"(?={_CLAUSE_ENDS})",
    re.I,
)
_AT_ITS_END = compiled(rf"{_CLAUSE_ENDS}|[ \t]+(?:and|but|so)\b|(?<=\bit)\b")  # “did it” is a whole


def as_phrase(text: str, span: Span, end: int) -> Span:
    """Without small words at its end that lead on to others; a last word of its own clause stays. `end`: of the sentence."""
    if _AT_ITS_END.match(text, span.end, end):
        return span
    start, last = span
    while (found := _LAST.search(text, start, last)) and found["word"].lower() in _LEADS_ON and found.start() > start:
        last = start + len(text[start : found.start()].rstrip(" ,"))
    return with_rest(text, Span(start, last), end) if last > start else span


def with_rest(text: str, span: Span, end: int) -> Span:
    """With the rest of a word with a hyphen, or the small word with which its clause ends."""
    rest = _REST.match(text, span.end, end)
    return Span(span.start, rest.end()) if rest else span
