"""What the whole draft says of its people: who is a “he” or a “she”, and how often each is spoken of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from referral_lint.facts import facts
from referral_lint.patterns import compiled
from referral_lint.understanding.alternatives import either
from referral_lint.understanding.needles import Sought
from referral_lint.understanding.people import Name
from referral_lint.understanding.people.words import HE, SHE, gender

if TYPE_CHECKING:
    from referral_lint.understanding.draft import Draft

_KIN = either(HE | SHE)
_BEFORE = compiled(rf"(?i)\b({_KIN})[\s,:(]*(?:is |called )?$")
_AFTER = compiled(rf"(?i)[\s,(]+(?:is )?(?:his |her |the |their |a |my )?({_KIN})\b")
_OWN = compiled(r"(?i)(?!['’]s)[^.\n;]{0,40}?\b(he|she|his|her|himself|herself)\b")
_ANY = Sought(r"(?i)\b(?P<p>he|she|his|her|him)\b")
_MASCULINE = ("he", "his", "him", "himself")
_INTRODUCED = 3  # so much more than the pronoun that comes next says the word a name is introduced with
_GIVEN = {"he": 2, "she": -2}  # so much a given name says: more than one pronoun behind it, which may be another's
_REACH = 30  # characters before a name in which that word stands


@dataclass(frozen=True)
class Known:
    """`sexes`: key of a name -> “he” or “she”; `named`: how often each name stands; `share`: of each pronoun among the two."""

    sexes: Mapping[str, str]
    named: Mapping[str, int]
    share: Mapping[str, float]

    def is_most_named(self, key: str) -> bool:
        """Is nobody named more often, and this one more than twice?"""
        return self.named.get(key, 0) > 2 and self.named[key] == max(self.named.values())


def key_of(name: Name) -> str:
    """What a name is known by: the first name, behind a title the last."""
    return name.words[-1 if name.title else 0].lower()


def of(draft: Draft) -> Known:
    votes: Counter[str] = Counter()
    for key in {key_of(name) for name in draft.names if not name.title}:  # behind a title stands a surname
        votes[key] = _GIVEN.get(by_given_name().get(key, ""), 0)
    for name in draft.names:
        votes[key_of(name)] += _vote(draft, name)
    pronouns = Counter(hit["p"].lower() in _MASCULINE for hit in draft.searched.every(_ANY))
    every = 1 + pronouns.total()
    return Known(
        {key: "he" if vote > 0 else "she" for key, vote in votes.items() if vote},
        Counter(map(key_of, draft.names)),
        {"he": pronouns[True] / every, "she": pronouns[False] / every},
    )


@cache
def by_given_name() -> Mapping[str, str]:
    return {name.lower(): sex for sex, names in facts("given_names.yaml").items() for name in names.split()}


def _vote(draft: Draft, name: Name) -> int:
    """Above 0 for a “he”, below for a “she”, by the words beside one place of a name."""
    vote, end = 0, name.span.end
    if gender(name.title):
        vote = _INTRODUCED if gender(name.title) == "he" else -_INTRODUCED
    kin = _BEFORE.search(draft.text, max(0, name.span.start - _REACH), name.span.start) or _AFTER.match(draft.text, end)
    if kin:
        vote += _INTRODUCED if gender(kin[1]) == "he" else -_INTRODUCED
    own = _OWN.match(draft.text, end)
    if own and not draft.names_between(end, own.end()):
        vote += 1 if own[1].lower() in _MASCULINE else -1
    return vote
