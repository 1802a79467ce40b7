"""The clause of a sentence in which something is told: it ends where another statement begins."""

from __future__ import annotations

from referral_lint.model import Span
from referral_lint.patterns import compiled

_JOINT = compiled(
    r"(?i)\n+|[;:|]\s+|(?<=\w{3})\. +(?=[a-z])|\s[-–—]\s|,? and (?=\w)|, but |, so |,? who(?:se)? |,? which |,? while |,? whilst |, (?=(?:her|his|the|their|she|he|they|mum|dad|our|my)\b)"
)
# Somebody of whom nothing has been said yet: “Mum and dad met on holiday” is one clause.
_ONE_OF_TWO = compiled(
    r"\s*(?:(?:[Hh]er|[Hh]is|[Tt]heir|[Tt]he|[Bb]oth|[Mm]y) )?(?:(?:birth |step-?|grand|foster )?(?i:mum|mam|dad|mother|father|nan|gran|brother|sister|aunt|uncle|parents)"
    r"|(?:(?:Mr|Mrs|Ms|Miss) )?[A-Z][\w'’-]+(?: [A-Z][\w'’-]+)?) and "
)
_RELATIVE = compiled(r"(?i)\b(?:who(?:se|['’]s)?|which) $")


def around(text: str, sentence: Span, cue: Span) -> Span:
    """The clause of the sentence that holds the cue, without the space and full stop around it."""
    start, end = sentence
    for joint in _JOINT.finditer(text, sentence.start, sentence.end):
        if joint.end() <= cue.start:
            start = start if _ONE_OF_TWO.fullmatch(text, start, joint.end()) else joint.end()
        elif joint.start() >= cue.end:
            end = joint.start()
            break
    if is_relative(text, sentence, start):  # “…, who is ill, …”
        comma = text.find(", ", cue.end, end)
        end = comma if comma > 0 else end
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1] in " .,\n":
        end -= 1
    return Span(start, end)


def is_relative(text: str, sentence: Span, start: int) -> bool:
    """Does the clause that begins here say more of somebody just named: “…, who is ill”?"""
    return _RELATIVE.search(text, max(sentence.start, start - 8), start) is not None
