"""Ages that the draft tells of one person in several places or in one, and the birthday to come or gone by."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from referral_lint.checks.lifetimes import Age, Birth, elapsed, entry_day
from referral_lint.checks.numbers import IN_WORDS, number
from referral_lint.model import Person, Span
from referral_lint.patterns import compiled
from referral_lint.rules.rule import Match, Rule
from referral_lint.understanding.alternatives import either
from referral_lint.understanding.dates import MONTHS
from referral_lint.understanding.needles import Sought
from referral_lint.understanding.people.words import ROLE_OF

if TYPE_CHECKING:
    from referral_lint.understanding.draft import Draft

_N = rf"(?P<n>\d{{1,2}}|{IN_WORDS})"
# What follows a name and gives an age as of now.
_AFTER_NAME = compiled(
    rf"(?: is|,? who(?:['’]s| is)|,? \(|, aged|, age|,)? {_N}(?: years? old| years| yrs)?(?=[,;)]| \(|\.(?!\d)|[ \t]*\n|$| and\b| but\b)"
    rf"|,? \({_N.replace('<n>', '<m>')}(?=[,;)])"
)
_LATER = compiled(r"(?i)[,;)]* (?:at the time|then|next|soon|on|in|when)\b")
_BEFORE = compiled(r"(?i)\b(?:when|nearly|almost|then|was|turn\w*|until|since|if)[\w ]{0,12}$")


_MOST = 5  # years between two ages of one person; more is another person of that name


@dataclass(frozen=True, slots=True)
class Told:
    """An age in years that the draft gives of a person."""

    span: Span
    count: int


def told_twice(draft: Draft, rule: Rule, every: list[Age]) -> Iterator[Match]:
    """“Dev (8)” and further down “Dev, who is 6”; the later is marked."""
    for person in draft.people:
        told = told_of(draft, person, every)
        for one in told[1:]:
            if not _agree(draft, told[0], one) and abs(one.count - told[0].count) <= _MOST:
                yield misfit(draft, rule, one.span, told[0].span)
                break


def _agree(draft: Draft, one: Told, other: Told) -> bool:
    """Are the two ages alike, or as far apart as the dated entries of the draft that tell them?"""
    days = [(entry_day(draft, t.span.start) or draft.date, t.count) for t in (one, other)]
    (first, least), (last, most) = sorted(days)
    return most - least in range(elapsed(first, last, "y"), elapsed(first, last, "y") + 1 + (first < last))


def told_of(draft: Draft, person: Person, every: list[Age]) -> list[Told]:
    """The ages in years that the draft tells of a person, in order."""
    return sorted([*_field(draft, every, person), *_of(draft, person)], key=lambda t: t.span)


def misfit(draft: Draft, rule: Rule, span: Span, other: Span, said: str = "") -> Match:
    """What does not fit, in the words `said` if those of the span say too little, and what it is held against."""
    fields = {"other": f"“{' '.join(draft.words(other).split())}”"}
    return Match(rule, span, fields | {"words": said} if said else fields, related=(other,))


def _of(draft: Draft, person: Person) -> Iterator[Told]:
    """The ages told right behind the person's name."""
    for mention in person.mentions:
        if mention.kind != "name" or not (found := _AFTER_NAME.match(draft.text, mention.end)):
            continue
        group = "n" if found["n"] else "m"
        before = draft.text[max(0, mention.start - 25) : mention.start]
        if not _LATER.match(draft.text, found.end()) and not _BEFORE.search(before):
            yield Told(Span(*found.span(group)), number(found[group]))


def _field(draft: Draft, every: list[Age], person: Person) -> Iterator[Told]:
    """What a form's field for the age holds, if this person was named last before it."""
    for age in every:
        before = draft.text[max(0, age.span.start - 40) : age.span.start]
        if age.unit != "y" or not re.search(r"\bAge(?: ?[:|]?\s*|[ \t]{2,})$", before):
            continue
        named = draft.names_between(age.span.start - 120, age.span.start)
        about = [p for p in draft.people if p.role in ("child", "adult")]
        if any(m.start == named[-1].span.start for m in person.mentions) if named else about[:1] == [person]:
            yield Told(age.span, age.count)
        return


_MONTH = either(m for m in MONTHS if len(m) > 2)
_BIRTHDAY = compiled(
    rf"(?P<who>\b(?:[Hh]e|[Ss]he|[A-Z][a-z'’-]+))(?P<way>(?: is|['’]s)(?= \w+ (?:in|on|at|next)\b)| turns|['’]ll be| will be| turned) {_N}"
    rf"(?P<when>(?: (?:in|on|at|next|this)\b[^.,;\n]{{0,24}})?)(?![\w/-]| (?:months?|weeks?|days?|miles?|minutes?|hours?|per|of)\b)"
)
_TIME = compiled(
    rf"(?i) (?:in|on|at|next|this) (?:the )?(?:(?:beginning|end|middle) of )?(?:the )?(?:(?P<m>{_MONTH})\b|easter|christmas|month|week|summer|spring|autumn|\d{{1,2}}(?:st|nd|rd|th))"
)
OTHERS = Sought(rf"(?i)\b(?:{either(ROLE_OF.keys() - {'child', 'baby', 'boy', 'girl', 'pupil'})})\b")
_REACH = 110  # characters before a “he” in which somebody else may be meant


def next_birthday(draft: Draft, rule: Rule, born: list[Birth]) -> Iterator[Match]:
    """“He turns 13 in March” of somebody who is 13, “she turned four” of somebody who is five."""
    for found in _BIRTHDAY.finditer(draft.text):
        time = _TIME.match(found["when"])
        if found["way"] != " turned" and time is None:
            continue
        now = age_of(draft, found, born)
        if now is None:
            continue
        same_month = time and time["m"] and draft.dated and MONTHS[time["m"].lower()] == draft.dated.month
        right = {now.count} if found["way"] == " turned" else {now.count + 1, now.count + 1 - bool(same_month)}
        if number(found["n"]) not in right:
            said = f"{found['who']}{found['way']} {found['n']}"  # or “9” would not fit “9”
            yield misfit(draft, rule, Span(*found.span("n")), now.span, said)


def age_of(draft: Draft, found: re.Match[str], born: list[Birth], given: Sequence[Age] = ()) -> Told | None:
    """How old the one is, as the draft tells it, of whom a birthday is told; `given` are all ages of a draft on one person."""
    if found["who"].lower() not in ("he", "she", "his", "her"):
        people = [p for p in draft.people if any(m.start <= found.start() < m.end for m in p.mentions)]
    elif draft.has(
        OTHERS, Span(max(draft.text.rfind("\n", 0, found.start()), found.start() - _REACH, 0), found.start())
    ):
        return None
    else:
        people = [p for p in draft.people if p.role in ("child", "adult")]
    ages = [told for p in people for told in _of(draft, p) if told.span.end < found.start()]
    if len(born) == 1 and born[0].first == born[0].last and draft.dated is not None and people:
        return Told(born[0].span, elapsed(born[0].first, draft.dated, "y"))
    if not ages and sum(any(m.kind == "name" for m in p.mentions) for p in people) < 2:
        ages = [Told(age.span, age.count) for age in given if age.unit == "y" and age.span.end < found.start()]
    return ages[0] if ages and len({told.count for told in ages}) == 1 else None


_TWINS = compiled(
    rf"\b(?P<a>\d{{1,2}}|{IN_WORDS}) and (?P<b>\d{{1,2}}|{IN_WORDS})\b(?=[^.\n]{{0,20}}\btwins\b)"
    rf"|\btwins?\b(?!['’])(?=(?:(?! (?:and|with|have|has|had) )[^.\n]){{0,30}}\byears? (?:older|younger)\b(?! than))"
)


def uneven_twins(draft: Draft, rule: Rule) -> Iterator[Match]:
    """“Nine and eight, being twins”."""
    for found in _TWINS.finditer(draft.text) if "twin" in draft.searched.low else ():
        if not found["a"] or number(found["a"]) != number(found["b"]):
            yield Match(rule, Span(*found.span()), {"other": "“twins”" if found["a"] else "the years between them"})


_NEARLY = compiled(
    rf"(?i)(?<![\w£.,/-])(?P<one>\d{{1,2}}|{IN_WORDS})(?:,? (?:and )?(?P<way>nearly|almost|coming up|rising)|,? or) (?P<other>(?:\d{{1,2}}|{IN_WORDS})(?P<half> and a half)?)\b(?! ?(?:%|per|times|minutes|hours|days|weeks|months|miles|pounds|stone|kg|cm))"
)


_NEAR_WORDS = ("nearly", "almost", "coming up", "rising", "and a half")


def against_itself(draft: Draft, rule: Rule) -> Iterator[Match]:
    """“He's 15, nearly 14”; “eight, or nine and a half”."""
    for found in _NEARLY.finditer(draft.text) if any(word in draft.searched.low for word in _NEAR_WORDS) else ():
        one, other = number(found["one"]), number(re.split(r" ", found["other"])[0])
        if other != one + 1 if found["way"] else bool(found["half"]) and other != one:
            yield misfit(draft, rule, Span(*found.span("other")), Span(*found.span("one")))
