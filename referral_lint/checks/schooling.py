"""School years and kinds of school against ages and dates of birth, in the terms of all four nations."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from referral_lint.checks.lifetimes import Age, Birth, births, days_of
from referral_lint.checks.numbers import IN_WORDS, number
from referral_lint.checks.told_ages import misfit
from referral_lint.model import Span
from referral_lint.patterns import compiled
from referral_lint.rules.rule import Match, Rule

if TYPE_CHECKING:
    from referral_lint.understanding.draft import Draft

_YEAR = compiled(
    r"\b(?:[Yy]ear |[Yy]r ?|Y)(?P<y>\d{1,2})\b(?! ?(?:old|ago|s\b|(?:class )?(?:teach|lead|head|tutor|TA\b)))|\b(?P<r>[Rr]eception)\b|\bP(?:rimary )?(?P<p>[1-7])\b|\bS(?P<s>[1-6])\b"
    r"|(?<!\b[Ll]ast )(?<!\b[Nn]ext )(?<=\b[Yy]ear: )(?P<f>\d{1,2})\b(?![/.]\d)|(?<![Ll]ast year group: )(?<![Nn]ext year group: )(?<=\b[Yy]ear group: )(?P<g>\d{1,2})\b"
)
# Kinds of school: the school years that they teach (Reception is 0), and the ages of those years with a year to spare.
_KINDS = {
    r"nursery school|infants?(?: school)?(?! (?:paracetamol|formula|milk|feed|massage|seat|mental))|Infants": (0, 2),
    r"junior school|juniors|Juniors?": (3, 6),
    r"primary(?: school)?|Primary(?: School)?": (0, 6),
    r"secondary(?: school)?|high school|High School": (7, 13),
    r"sixth form|Sixth Form": (12, 13),
}
_KIND = compiled("|".join(rf"(?P<k{i}>\b(?:{words})\b)" for i, words in enumerate(_KINDS)))
_MOVES = compiled(
    r"(?i)\b(?:was|were|when|since|at the time|until|by the age|from|moved?|moves|moving|start\w*|will|due|next|last|used to|previously|left|going|goes to|transfer\w*|then|after|before|place|places|siblings?|brother|sister|applied|offered)\b"
)
_THEN = compiled(r"(?i)\b(?:was|were|left|when|at the time|since|at age|from the age|until|by the age|next|last)\b")
_TO_COME = compiled(r"(?i)\b(?:will|due|starts?|starting|moves|moving)\b")
_COURSE = compiled(r"(?i)\b(?:levels?|diploma|btec|course|degree|apprentice\w*|university|certificate|hnd|hnc)\b")
_LEAST = 2  # years since a date that can be the birth of a pupil
_NEAR = 45  # characters between a school year and the age that it is held against


def against_year(draft: Draft, rule: Rule, every: list[Age], wrong: set[Span]) -> Iterator[Match]:
    """An age, or the only date of birth of the draft, that does not fit the school year beside it; not those that are `wrong` already."""
    for found in _YEAR.finditer(draft.text):
        place = Span(*found.span())
        sentence = draft.sentence_at(place.start)
        near = Span(max(sentence.start, place.start - _NEAR), min(sentence.end, place.end + _NEAR))
        if _school_year(found) > 13 or draft.has(_THEN, near) or draft.has(_COURSE, Span(near.start, place.start)):
            continue
        of_another = draft.has(_YEAR, Span(place.end, near.end))  # whose age the one beside may be
        age = None if of_another else next((a for a in every if _beside(draft, a, place, near)), None)
        birth = _birth_beside(draft, place) if age is None else None
        if (age and age.span in wrong) or (birth and birth.span in wrong):
            continue
        to_come = draft.has(_TO_COME, near)  # then the year that follows may be meant
        if age is not None and not _fits_age(age, found, to_come):
            yield misfit(draft, rule, max(place, age.span), min(place, age.span))
        elif birth is not None and not to_come and not _fits(draft, birth, found):
            yield misfit(draft, rule, max(place, birth.span), min(place, birth.span))


def _school_year(found: re.Match[str]) -> int:
    """The school year, counted as in England."""
    if found["s"] or found["p"]:
        return int(found["p"] or 0) - 1 if found["p"] else int(found["s"]) + 6
    return int(found["y"] or found["f"] or found["g"] or 0)


def _least_age(found: re.Match[str]) -> int:
    return _school_year(found) + 4 + (found["s"] is not None)


def _fits_age(age: Age, found: re.Match[str], to_come: bool) -> bool:
    """A year either way, and one more below where the year is still to come or above in the years after school."""
    least = _least_age(found)
    return least - 1 - to_come <= age.count <= least + 1 + (_school_year(found) > 10)


def _beside(draft: Draft, age: Age, place: Span, near: Span) -> bool:
    """Is it an age in years within reach, with nobody else named between?"""
    if age.unit != "y" or not (near.start <= age.span.start and age.span.end <= near.end):
        return False
    start, end = min(place.end, age.span.end), max(place.start, age.span.start)
    return not any(n.span.end <= end for n in draft.names_between(start, end))


_ITS_FIELD = compiled(r"(?i)\byear(?: group)?\b|\bclass\b|\bschool\b|\bsetting\b")


def _birth_beside(draft: Draft, place: Span) -> Birth | None:
    """The date of birth right before a school year in its line, with nobody named between, or that of the form."""
    beside = (b for b in (*births(draft), *_in_list(draft)) if b.first == b.last and b.span < place)
    return next((b for b in beside if _BESIDE.fullmatch(draft.text, b.span.end, place.start)), None) or _birth_in_form(
        draft, place
    )


_BESIDE = compiled(r"[ ,;|().]{1,12}(?:in |now in )?")


def _in_list(draft: Draft) -> Iterator[Birth]:
    """“Rosie, 30/06/2018. Year 4”: the date behind a name in a list of children."""
    ends = {name.span.end for name in draft.names}
    for day in draft.dates:
        before = draft.text[: day.span.start].rstrip(" ,(")
        if day.value is not None and len(before) in ends and draft.setting.today.year - day.value.year > _LEAST:
            yield Birth(day.span, day.value, day.value)


def _birth_in_form(draft: Draft, place: Span) -> Birth | None:
    """The one date of birth of a form, for a school year that answers a question of the same form."""
    block = draft.document.block_at(place.start)
    if block is None or block.question is None or draft.kind != "form":
        return None
    asked = draft.words(draft.document.blocks[block.question])
    born = [b for b in births(draft) if b.first == b.last]
    return born[0] if len(born) == 1 and _ITS_FIELD.search(asked) and born[0].span < place else None


_SUMMER = range(4, 9)  # born in these months a child may start a year later
_ENDING = (7, 8)  # months in which the year to come may be meant


def _fits(draft: Draft, birth: Birth, found: re.Match[str]) -> bool:
    """What the birth date gives; a year either way where nations differ, a start may be deferred or a year is ending."""
    first, last = days_of(draft, found.start())
    low, high = _expected(birth.first, first), _expected(birth.first, last)
    slack = not (found["y"] or found["f"] or found["g"]) or first.month in _ENDING
    late = slack or birth.first.month in _SUMMER
    return low - late <= _school_year(found) <= high + slack


def _expected(born: date, day: date) -> int:
    """England's school year on a day for a date of birth: the year runs from September."""
    return (day.year - (day.month < 9)) - (born.year - (born.month < 9)) - 5


_TOLD_AGE = compiled(rf"(?i)\b(?:aged? |is |who is |will be |, )(?P<n>\d{{1,2}}|{IN_WORDS})\b(?=,| and |\.(?!\d)| in )")


def against_kind(draft: Draft, rule: Rule) -> Iterator[Match]:
    """“Year 12 at primary”, “sixteen, in his last year at the junior school”."""
    for kind in _KIND.finditer(draft.text):
        first, last = list(_KINDS.values())[int((kind.lastgroup or "k0")[1:])]
        sentence = draft.sentence_at(kind.start())
        near = Span(max(sentence.start, kind.start() - 40), min(sentence.end, kind.end() + 25))
        year = next(iter(_YEAR.finditer(draft.text, *near)), None)
        if year and not first <= _school_year(year) <= last + 1 and not _apart(draft, year, kind):
            yield _joined(rule, year, kind)
            continue
        told = next(iter(_TOLD_AGE.finditer(draft.text, *near)), None)
        if told and not first + 3 <= number(told["n"]) <= last + 6 and not _apart(draft, told, kind):
            yield _joined(rule, told, kind)


def _joined(rule: Rule, one: re.Match[str], kind: re.Match[str]) -> Match:
    start = one.start("n") if "n" in one.re.groupindex else one.start()
    place = Span(min(start, kind.start()), max(one.end(), kind.end()))
    return Match(rule, place, {"other": f"“{kind[0]}”"}, related=(Span(*kind.span()),))


def _apart(draft: Draft, one: re.Match[str], other: re.Match[str]) -> bool:
    """Do the words between the two speak of a move, or name somebody else?"""
    start, end = min(one.end(), other.end()), max(one.start(), other.start())
    between = draft.text[start:end]
    head = draft.text[max(0, min(one.start(), other.start()) - 25) : min(one.start(), other.start())]
    # “starts secondary school in Year 5”: what is said of the school's own year is no step from one to the other.
    joined = other.end() <= one.start() and re.fullmatch(r",? (?:in )?| \(", between)
    steps_before = r"from|left|until|since|was|when" + ("" if joined else r"|to|at|for|start\w*|places?")
    moved = re.search(rf"(?i)\b(?:{steps_before}) (?:\w+ )?$", head)
    named = any(n.span.end < end for n in draft.names_between(start + 1, end))
    steps = re.sub(r"(?i)\bin (?:his|her|their|the) last year (?:at|of)\b", "", between)
    return bool(named or moved or _MOVES.search(steps) or re.search(r"[;:|\n]|\. [A-Z]", between))
