"""“Three children: Ava and Jo”: a number and the list behind it that do not agree."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from referral_lint.checks.numbers import NUMBERS, number
from referral_lint.model import Severity, Span
from referral_lint.patterns import compiled
from referral_lint.rules.rule import Match, Rule
from referral_lint.understanding.alternatives import either

if TYPE_CHECKING:
    from referral_lint.understanding.draft import Draft

_FEW = [word for word, count in NUMBERS.items() if 0 < count < 13]
_N = rf"(?P<n>\d{{1,2}}|{either(_FEW)})"
_PEOPLE = compiled(
    rf"(?i)\b{_N} (?:(?:other|young|younger|older|more|small|dependent|little|school[- ]age|half|known|named|adult) ?-?)*(?P<what>children|kids|siblings|brothers|sisters|sons|daughters|boys|girls|pupils|adults|people|tenants|occupants|bairns|weans)(?: at home| here| in the (?:home|house|family|household)| there)?"
    rf"(?: are| is|,? namely| called| named)?[ ]?(?:[:,–(-]|\bare\b)[ ]?\(?"
)
# “All three, Jay, Tyla and Kobi”, “household of two (Amy, Ben and Cal)”, “files: three (Hart, Ali, Moss, Dean)”.
_BARE = compiled(rf"(?i)(?:\ball {_N}, |(?:(?<=[:|] )|(?<=of ))(?<!\d )\b{_N.replace('<n>', '<m>')} \((?=[A-Z]))")
_SURNAMES = compiled(r"[A-Z][a-z]+(?:, [A-Z][a-z]+)+")
_MOTHER = compiled(rf"(?i)\b(?:mother|father|mum|dad|parent|carer) (?:of|to) {_N}(?: children| kids)?[:,(–-] ?")
_DATES = compiled(
    rf"(?i)\b{_N} (?:(?:separate|missed|unauthorised|recorded|known|different|further|such|reported|full|other|late|previous) )*(?P<what>dates|occasions|times|incidents|visits|days|nights|mornings|afternoons|evenings|appointments|absences|sessions|calls|meetings)\b(?:[^.:\n()]{{0,30}}[:(–-] ?\(?(?:on )?|,? (?:on )?(?=\d))"
)
_MORE = compiled(
    r"(?i)\b(?:includ\w+|such as|for example|e\.?g|among|at least|and (?:another|others?|one more|a baby|the baby|baby|an?)|plus|unborn|etc|most recently|other|youngest|eldest|latest|last on|first on|both|all|baby|twins|triplets|more)\b"
)
_UNNAMED = compiled(r"(?i),? (?:and|&|plus) (?:a |the )?(?:new |little |unborn )?baby\b")
_DAYS = compiled(r"(?<![\d:.])\d{1,2}(?:st|nd|rd|th)?(?=,? |,|/|\.\d|$)")


def counted(draft: Draft, rule: Rule) -> Iterator[Match]:
    """A number of people or of dates, and a list that holds more or fewer."""
    for pattern, count in ((_PEOPLE, _people), (_BARE, _people), (_MOTHER, _people), (_DATES, _dates)):
        for found in pattern.finditer(draft.text):
            sentence = draft.sentence_at(found.start())
            end = _end(draft.text, found.end(), sentence.end)
            listed = draft.text[found.end() : end]
            word = found.groupdict().get("m") or found["n"]
            said = number(word)
            given = count(draft, Span(found.end(), end))
            if given and _UNNAMED.search(listed):
                given, listed = given + 1, _UNNAMED.sub("", listed)
            if given < 2 or given == said or _MORE.search(listed) or draft.is_quoted_offset(found.start()):
                continue
            figure = Span(*found.span("n" if found.groupdict().get("m") is None else "m"))
            place = figure if found[0].endswith("(") and pattern is _BARE else _place(found.start(), found.end(), end)
            yield Match(rule, place, {"said": word, "given": str(given)}, severity=_severity(count, given, said))


def _severity(count: object, given: int, said: int) -> Severity | None:
    """More people named than counted is no open question; fewer may be a list that leaves one out."""
    return Severity.FIX if count is _people and given > said else None


def _place(start: int, begins: int, end: int) -> Span:
    """Both together if that is short, else the list, the later of the two."""
    return Span(start, end) if end - start <= 45 else Span(begins, end)


def _end(text: str, start: int, end: int) -> int:
    """Where a list ends: its bracket, a semicolon, a full stop, a line, or a verb."""
    stop = re.compile(
        r"[;\n]|\.(?!\d)|(?<=[\w)]),? (?:they|and (?:is|has|was|they|she|he|I|we)|have|had|are|were|is|was|live|share|attend|all|go|sleep)\b|\) ?(?=[A-Z.,]|$)(?<!\d\) )(?<!\d\))| - | – "
    ).search(text, start, end)
    found = stop.start() if stop else end
    while found > start and text[found - 1] in " ,.\n":
        found -= 1
    opened = text[start - 1 : start] == "(" or text.count("(", start, found) > text.count(")", start, found)
    return found + (opened and text[found : found + 1] == ")")


def _people(draft: Draft, span: Span) -> int:
    """People in a list: names that nothing but an age, a comma or “and” parts."""
    names = [n for n in draft.names_between(*span) if n.span.end <= span.end]
    rest = _UNNAMED.sub("", draft.text[span.start : span.end])
    if _SURNAMES.fullmatch(rest.strip("()")):
        return rest.count(",") + 1
    for name in names:
        rest = rest.replace(draft.words(name.span), " ")
    left = re.findall(r"(?i)[a-z]{3,}", re.sub(r"\([^)]*\)", " ", rest))
    loose = [
        w
        for w in left
        if w.lower()
        not in ("and", "aged", "age", "years", "year", "months", "old", "who", "mths", "yrs", "dob", "born", *_FEW)
    ]
    return len(names) if len(loose) <= 1 else 0


def _dates(draft: Draft, span: Span) -> int:
    listed = draft.text[span.start : span.end]
    if not any(span.start <= d.span.start < span.end for d in draft.dates) or re.search(
        r"(?i)\d ?(?:am|pm|%|to|-|–)|\bto\b|between|:|from", listed
    ):
        return 0
    if any(d.year and not d.day for d in draft.dates if span.start <= d.span.start < span.end):
        return 0
    years = len(re.findall(r"\b(?:19|20)\d\d\b", listed))
    return len(_DAYS.findall(re.sub(r"\b(?:19|20)\d\d\b", " ", listed))) if years <= 1 and "/" not in listed else 0
