"""The one child that a draft is about, and whether the draft takes it for a boy or a girl."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from referral_lint.model import Person, Span
from referral_lint.patterns import compiled
from referral_lint.understanding.needles import Sought
from referral_lint.understanding.people.words import gender

if TYPE_CHECKING:
    from referral_lint.understanding.draft import Draft
    from referral_lint.understanding.people import Name

PRONOUN = Sought(r"(?i)\b(?P<p>he|she|his|her|hers|him|himself|herself|hes|shes)\b(?!/)")
_HIS = frozenset({"he", "his", "him", "himself", "hes"})
_SUBJECT = compiled(r"\b(?P<p>[Hh]e|[Ss]he|HE|SHE)\b(?!['’](?:d|ll)\b|/)")
_NEAR = 1_000  # characters after a name in which its pronoun is looked for: a sentence may have no end
_FIELD = compiled(r"(?im)\b(?:gender|sex)\b\W{1,4}(?P<g>boy|girl|male|female|m|f)\b")
_IS_A = compiled(r"(?: [A-Z][\w'’-]+)? (?:is|was) an? (?:[\w-]+,? ){0,3}?(?P<n>boy|girl|lad|lass)\b")


@dataclass(frozen=True, slots=True)
class Child:
    sex: str  # he | she; empty where the draft does not say
    words: frozenset[str]  # of its name, in lower case

    @property
    def other(self) -> str:
        return "he" if self.sex == "she" else "she"

    def is_called(self, name: Name) -> bool:
        return not self.words.isdisjoint(w.lower() for w in name.words)


def child_of(draft: Draft) -> Child | None:
    """The child, or the grown-up whom it is about, that is named most."""
    people = (p for p in draft.people if p.role in ("child", "adult"))
    person = max(people, key=lambda p: len(_named(p)), default=None)
    if person is None or not _named(person):
        return None
    words = frozenset(w.lower() for w in re.findall(r"[^\W\d_]+", person.name))
    return Child(sex_of(draft, _named(person), person.name), words)


def _named(person: Person) -> list[int]:
    """Where its name stands."""
    return [m.start for m in person.mentions if m.kind == "name"]


def sex_of(draft: Draft, starts: list[int], name: str) -> str:
    """What the draft mostly says of somebody named there: by gender words and by the first pronoun after each naming."""
    told = _FIELD.search(draft.text)
    if told:
        return "he" if told["g"].lower() in ("boy", "male", "m") else "she"
    called = {gender(n.title) for at in starts for n in draft.names_between(at, at + 1)}
    called |= {gender(hit["n"]) for at in starts if (hit := _IS_A.match(draft.text, at + len(name.split()[0])))}
    if len(called - {""}) == 1:
        return (called - {""}).pop()
    every, near = {"he": 0, "she": 0}, {"he": 0, "she": 0}
    for hit in draft.searched.every(PRONOUN):
        every[sex_in(hit)] += 1
    for at in starts:
        sentence = draft.sentence_at(at)
        hit = _SUBJECT.search(draft.text, at, min(sentence.end, at + _NEAR)) or _opening(draft, sentence)
        if hit and not draft.names_between(at + len(name) + 1, hit.start()):
            near[sex_in(hit)] += 1
    weight = {sex: 2 * near[sex] + every[sex] for sex in near}
    best, other = ("he", "she") if weight["he"] > weight["she"] else ("she", "he")
    sure = near[best] > near[other] and weight[best] >= 2 * weight[other]
    return best if sure and every[best] > 1 else ""


def _opening(draft: Draft, sentence: Span) -> re.Match[str] | None:
    """The pronoun that opens the next sentence."""
    following = draft.next_sentence(sentence)
    return _SUBJECT.match(draft.text, following.start) if following is not None else None


def sex_in(pronoun: re.Match[str]) -> str:
    """Of whom a pronoun tells."""
    return "he" if pronoun["p"].lower() in _HIS else "she"
