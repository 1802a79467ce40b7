"""The age of a baby, told in months, weeks or days away from its date of birth."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from referral_lint.checks.lifetimes import Age, Birth, days_of, fits
from referral_lint.checks.numbers import IN_WORDS, number
from referral_lint.checks.sums import not_so_old
from referral_lint.model import Span
from referral_lint.patterns import compiled
from referral_lint.rules.rule import Match, Rule

if TYPE_CHECKING:
    from referral_lint.understanding.draft import Draft

# Before an age that is not told as of now.
TO_COME = compiled(r"(?i)\b(?:until|till|til|when|once|before|after|if|by the time|since|unless)\s+$")
_BABY = compiled(
    rf"\b(?:(?P<who>[Hh]e|[Ss]he|[Tt]hey|[Tt]he twins|(?:[Bb]aby )?[A-Z][\w'’-]{{1,40}})(?: is| are|['’]s|['’]re)(?: now| only| just| currently)?(?: an?)?|(?P<this>[Tt]his)(?: [a-z-]+){{0,2}})"
    rf" (?P<n>\d{{1,2}}|{IN_WORDS})[- ]?(?P<u>months?|mths?|weeks?|wks?|days?)[- ](?:olds?|of age)\b(?! \(?(?:corrected|adjusted))"
    rf"|(?P<name>\b[A-Z][\w'’-]{{1,40}}) \((?P<m>\d{{1,2}}) ?(?P<v>months?|mths?|weeks?|wks?|days?)(?: old)?\)"
)
_BABYHOOD = 3  # years in which an age is told in months


def baby_elsewhere(draft: Draft, rule: Rule, born: list[Birth], told: set[Span]) -> Iterator[Match]:
    """“He is now 9 months old” in a draft with the birth date of one baby, or of twins, whoever else is born in it."""
    babies = [b for b in born if b.first == b.last and (draft.date - b.first).days < _BABYHOOD * 365]
    if len({b.first for b in babies}) != 1 or draft.dated is None:
        return
    owners = _babies(draft, babies[0], born)
    said: set[tuple[int, str]] = set()
    for found in _BABY.finditer(draft.text, babies[0].span.end):
        first, last = ("n", "u") if found["n"] else ("m", "v")
        age = Age(Span(found.start(first), found.end(last)), number(found[first]), found[last][0].lower())
        who = (found["who"] or found["name"] or found["this"]).split()[-1].lower()
        if (
            age.span in told
            or (age.count, age.unit) in said
            or TO_COME.search(draft.text, max(0, found.start() - 25), found.start())
        ):
            continue
        is_theirs = who in owners or (
            who in _ANYBODY and _is_only_child(draft, Span(babies[0].span.end, found.start()), owners)
        )
        if is_theirs and not fits(age, babies[0], *days_of(draft, found.start())):
            said.add((age.count, age.unit))
            yield not_so_old(draft, rule, age.span, age, babies[0])


def _babies(draft: Draft, birth: Birth, born: list[Birth]) -> set[str]:
    """The words of the names that have this date of birth: all since the one before it in the line, else the last above."""
    line = draft.text.rfind("\n", 0, birth.span.start) + 1
    since = max([line, *(b.span.end for b in born if b.span < birth.span)])
    names = draft.names_between(since, birth.span.start) or draft.names_between(line - 60, birth.span.start)[-1:]
    return {word.lower() for name in names for word in name.words}


_OTHER_CHILD = compiled(
    r"(?i)\b(?:brothers?|sisters?|siblings?|cousins?|niece|nephew|friend|son|daughter|neighbour|foster)\b"
)


def _is_only_child(draft: Draft, since: Span, owners: set[str]) -> bool:
    """Can a “he” behind this stretch be nobody but the owner? Grown-ups are no months old, and a day of its own has an age of its own."""
    start, end = max(since.start, since.end - 119), since.end
    sentence = max(draft.sentence_at(end).start, since.start)
    if _OTHER_CHILD.search(draft.text, start, end) or any(sentence <= d.span.start < end for d in draft.dates):
        return False
    return all(name.title or {w.lower() for w in name.words} <= owners for name in draft.names_between(start, end))


_ANYBODY = ("he", "she", "they", "this", "twins")
