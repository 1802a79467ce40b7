"""Ages against dates of birth and school years, on the day of the draft."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from referral_lint.model import Span
from referral_lint.rules.rule import Match, Rule

if TYPE_CHECKING:
    from referral_lint.understanding.draft import Draft

_WORDS = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty".split()
_N = r"(?P<n>\d{1,3}|" + "|".join(_WORDS[1:]) + r")"
_UNIT = r"(?P<u> ?-?(?:years?|yrs?|y/?o|yo)\b(?:[ -]old)?| ?(?:months?|mths?|mos?)\b(?: old)?| ?(?:weeks?|wks?)\b(?: old)?| ?days?\b(?: old)?|/12\b|/52\b)"
_AGE = re.compile(
    rf"(?i)(?<![\w/.£-])(?:(?P<a>aged?\b(?: at [\w ]{{3,15}})?\s*[:|]?\s*|(?:is |['’]s |s |so )){_N}{_UNIT}?|{_N.replace('<n>', '<n2>')}{_UNIT.replace('<u>', '<u2>')}|\((?P<n3>\d{{1,2}})\)|(?P<n4>(?<=[a-z'’] )\(\d{{1,2}}(?=, (?:born|dob|d\.o\.b))|(?<=[a-z], )\d{{1,2}}(?=,| \()|(?<=\d, )\d{{1,2}}(?=,|[ \t]*$|[ \t]*\n)))(?![\w/]|[.:]\d)"
)
_BIRTH = re.compile(
    r"(?i)(?:\b(?:born|d\.?o\.?b\.?|date of birth|birth ?date|b\.)\W{0,6}(?:on |in )?(?:the )?(?:\w{3,9}day )?$)"
)
_PAST = re.compile(r"(?i)\b(?:when|at the time|was aged|since|at age|from the age|until|by the age|were)\b|\bwas $")
_MOST_APART = 60  # characters between an age and the birth date that it is held against


_SHORT = 26  # characters: a pair that is no longer is marked as a whole


def _both(text: str, one: Span, other: Span) -> Span:
    """“5, born 30/09/2016” together, else the later of the two."""
    start, end = min(one.start, other.start), max(one.end, other.end)
    if end - start > _SHORT or "\n" in text[start:end]:
        return max(one, other)
    return Span(start, end + (text[end : end + 1] == ")" and "(" in text[start:end]))


@dataclass(frozen=True, slots=True)
class Age:
    span: Span
    low: float  # the least and the greatest age in years that the words allow
    high: float


def against_birth(draft: Draft, rule: Rule) -> Iterator[Match]:
    """An age that the date of birth beside it does not give; the later of the two is marked."""
    births = [d for d in draft.dates if d.value is not None and _is_birth(draft, d.span, d.value)]
    taken: set[int] = set()
    for age in ages(draft):
        birth = min(births, key=lambda b: _apart(age.span, b.span), default=None)
        if (
            birth is None
            or birth.value is None
            or birth.span.start in taken
            or not _together(draft, age.span, birth.span)
        ):
            continue
        first, last = _days(draft)
        if years(birth.value, last) + 0.03 < age.low or years(birth.value, first) - 0.03 > age.high:
            taken.add(birth.span.start)
            yield Match(rule, _both(draft.text, age.span, birth.span), related=(min(age.span, birth.span),))


def ages(draft: Draft) -> Iterator[Age]:
    """Every age of a person that the draft gives as of now."""
    for found in _AGE.finditer(draft.text):
        number = found["n"] or found["n2"] or found["n3"] or (found["n4"] or "").strip("(")
        count = int(number) if number.isdigit() else _WORDS.index(number.lower())
        unit = (found["u"] or found["u2"] or "").strip(" -").lower()
        before = draft.text[max(0, found.start() - 30) : found.start()]
        if _PAST.search(before.rsplit(".", 1)[-1]) or re.search(r"(?i)\b(?:years?|yrs?|y)[ ,]*(?:and )?$", before):
            continue
        group = "n3" if found["n3"] else "n4" if found["n4"] else "n2" if found["n2"] else "n"
        span = Span(
            found.start(group) + (group == "n4" and found[group][0] == "("),
            found.end("u" if found["u"] else "u2" if found["u2"] else group),
        )
        size = {"m": 12.0, "/1": 12.0, "w": 52.2, "/5": 52.2, "d": 365.25}.get(
            unit[:1] if unit[:1] != "/" else unit[:2], 1.0
        )
        low = count / size
        yield Age(span, low, low + max(1 / size, 0.02 if size > 12 else 0.0))


def years(born: date, day: date) -> float:
    """Age in years on a day; a birthday gives a whole number."""
    whole = day.year - born.year - ((day.month, day.day) < (born.month, born.day))
    since = (day - _birthday(born, born.year + whole)).days
    return whole + max(0, since) / 366


def _birthday(born: date, year: int) -> date:
    try:
        return born.replace(year=year)
    except ValueError:  # 29 February
        return date(year, 3, 1)


_SLACK = 3  # years: how old an undated draft may be


def _days(draft: Draft) -> tuple[date, date]:
    """The first and the last day on which the draft may have been written: one day, if it is dated."""
    if draft.dated is not None:
        return draft.dated, draft.dated
    today = draft.setting.today
    told = [d.value for d in draft.dates if d.value and d.value <= today and not _is_birth(draft, d.span, d.value)]
    return max(told, default=date(today.year - _SLACK, 1, 1)), today


def _is_birth(draft: Draft, span: Span, value: date) -> bool:
    draft.text.rfind("\n", 0, span.start) + 1
    before = draft.text[max(0, span.start - 40) : span.start]
    if _BIRTH.search(before):
        return True
    block = draft.document.block_at(span.start)
    if block is not None and block.question is not None:
        return re.search(r"(?i)birth|dob|born", draft.words(draft.document.blocks[block.question])) is not None
    return value.year <= draft.date.year and _beside_a_name(draft, span)


_AGE_NEXT = re.compile(
    r"[ |,]{0,3}\(?(?:aged? )?\d{1,3} ?(?:years?|yrs?|months?|mths?|weeks?|days?|/12|/52|yo\b)|[ ,|]{0,3}aged? \d|,? ?\(\d{1,3}\)|, \d{1,3}(?=,|[ \t]*\n|[ \t]*$)| \d{1,2}/(?:12|52)\b"
)


def _beside_a_name(draft: Draft, span: Span) -> bool:
    """“Ayaan 12/1/22 (2)”: a date between a name and an age."""
    line = draft.text.rfind("\n", 0, span.start) + 1
    if not _AGE_NEXT.match(draft.text, span.end):
        return False
    named = [n for n in draft.names_between(line, span.start) if n.span.end <= span.start]
    if not named:
        return False
    between = draft.text[named[-1].span.end : span.start]
    return between.strip(" (,") in ("", "|") or re.fullmatch(r"[ |,]*(?:\w+[ |,]*){0,2}", between) is not None


def _apart(one: Span, other: Span) -> int:
    return max(one.start, other.start) - min(one.end, other.end)


def _together(draft: Draft, age: Span, birth: Span) -> bool:
    """No other person's name and no more than a line of a form stand between the two."""
    start, end = min(age.end, birth.end), max(age.start, birth.start)
    if end - start > _MOST_APART or start > end:
        return False
    between = draft.text[start:end]
    if any(n.span.end < end for n in draft.names_between(start + 1, end)) or re.search(
        r"[.!?] [A-Z]|\n[ \t]*\n", between
    ):
        return False
    return "\n" not in between or re.fullmatch(r"[\s|]*[\w /]{0,24}[:|\s]*", between) is not None


_YEAR = re.compile(r"\b(?:[Yy]ear |[Yy]r ?|Y)(?P<y>\d{1,2})\b(?! ?(?:old|ago|s\b))|\b(?P<r>[Rr]eception)\b")


def against_year(draft: Draft, rule: Rule) -> Iterator[Match]:
    """An age or birth date that does not fit the school year beside it."""
    given = list(ages(draft))
    for found in _YEAR.finditer(draft.text):
        school = int(found["y"]) if found["y"] else 0
        sentence = draft.sentence_at(found.start())
        near = Span(max(sentence.start, found.start() - 45), min(sentence.end, found.end() + 45))
        place = Span(*found.span())
        if school > 13 or draft.has(_YEAR, Span(found.end(), near.end)) or _PAST.search(draft.words(near)):
            continue
        for age in given:
            inside = near.start <= age.span.start and age.span.end <= near.end
            if (
                inside
                and not _names_between(draft, place, age.span)
                and age.high - age.low == 1
                and not school + 3 <= age.low <= school + 5 + (school > 10)
            ):
                yield Match(rule, max(place, age.span), related=(min(place, age.span),))
                break


def _names_between(draft: Draft, one: Span, other: Span) -> bool:
    start, end = min(one.end, other.end), max(one.start, other.start)
    return any(n.span.end <= end for n in draft.names_between(start, end))


_IS = re.compile(
    rf"\b(?P<who>[Hh]e|[Ss]he|[Hh]es|[Ss]hes|[Hh]e['’]s|[Ss]he['’]s|(?:(?:Mr|Mrs|Ms|Miss) )?[A-Z][\w'’-]+)(?: is)? (?P<n>\d{{1,3}}|{'|'.join((*_WORDS[1:], 'thirty|forty|fifty|sixty|seventy|eighty|ninety'))})(?: years old|-years-old)?(?= and\b|[.,;]|\n|$| years)"
)


_TO_COME = re.compile(r"(?i)\b(?:until|till|til|when|once|before|after|if|by the time|since|unless)\s+$")


def told_elsewhere(draft: Draft, rule: Rule) -> Iterator[Match]:
    """“He is ten” in a draft that gives one date of birth, his."""
    births = [d for d in draft.dates if d.value is not None and _is_birth(draft, d.span, d.value)]
    if len(births) != 1 or births[0].value is None:
        return
    line = draft.text.rfind("\n", 0, births[0].span.start) + 1
    owners = {w.lower() for n in draft.names_between(line - 60, births[0].span.start) for w in n.words}
    first, last = _days(draft)
    for found in _IS.finditer(draft.text, births[0].span.end):
        who = found["who"].split()[-1].lower()
        if not re.search(r"(?i)^(?:s?hes|s?he['’]s)$", who) and " is" not in found[0]:
            continue
        if _TO_COME.search(draft.text, max(0, found.start() - 25), found.start()):
            continue
        if who not in owners and not (re.fullmatch(r"s?he(?:['’]?s)?", who) and _alone(draft, found.start(), owners)):
            continue
        number = found["n"].lower()
        if not number.isdigit() and number not in _WORDS:
            continue
        count = int(number) if number.isdigit() else _WORDS.index(number)
        if years(births[0].value, last) + 0.03 < count or years(births[0].value, first) - 0.03 > count + 1:
            yield Match(rule, Span(*found.span("n")), related=(births[0].span,))


def _alone(draft: Draft, at: int, owners: set[str]) -> bool:
    """Nobody else was named shortly before."""
    return all({w.lower() for w in n.words} & owners for n in draft.names_between(at - 119, at))


def age(draft: Draft, rule: Rule) -> Iterator[Match]:
    yield from against_birth(draft, rule)
    yield from told_elsewhere(draft, rule)
    yield from against_year(draft, rule)
