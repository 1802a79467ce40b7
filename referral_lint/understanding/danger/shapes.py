"""Sentences of a shape: phrases that stand in them together, or near them, as the entries of rules/data/urgency_words.yaml say."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence, Set
from functools import cache
from typing import NamedTuple

from referral_lint.facts import facts
from referral_lint.patterns import compiled
from referral_lint.understanding.danger.phrases import Phrases
from referral_lint.understanding.saying import features
from referral_lint.understanding.saying.units import Unit

_AROUND = 2  # sentences before and after one in which something may be near
_GAS = compiled(r"\bCO(?= (?:alarm|detector|monitor|sensor))")  # two capitals are taken for a name
_NEAR, _NOT, _NOT_NEAR = "near", "unless", "unless near"


def matching(kind: str, units: Sequence[Unit], cut: Callable[[str], list[str]] = features.tokens) -> list[int]:
    """Which of these have the shape of an entry of this kind."""
    stands = _phrases(kind).standing_in
    found = [stands(cut(_GAS.sub("carbon monoxide", unit.text))) for unit in units]
    around = [set[str]().union(*found[max(0, i - _AROUND) : i + _AROUND + 1]) for i in range(len(found))]
    return [i for i, said in enumerate(found) if said and any(shape.fits(said, around[i]) for shape in _shapes(kind))]


class Shape(NamedTuple):
    """The phrases of one entry, by the names under which they are found."""

    here: frozenset[str]
    near: frozenset[str]
    not_here: str
    not_near: str

    def fits(self, said: Set[str], around: Set[str]) -> bool:
        """Has a sentence all that it must have and nothing that it must not, in it and around it?"""
        return self.here <= said and self.near <= around and self.not_here not in said and self.not_near not in around


@cache
def _shapes(kind: str) -> tuple[Shape, ...]:
    return tuple(
        Shape(
            here=frozenset(f"{part} {n}" for part in entry.keys() - {_NEAR, _NOT, _NOT_NEAR}),
            near=frozenset(f"{part} {n}" for part in entry.keys() & {_NEAR}),
            not_here=f"{_NOT} {n}",
            not_near=f"{_NOT_NEAR} {n}",
        )
        for n, entry in enumerate(_entries(kind))
    )


def _entries(kind: str) -> Sequence[Mapping[str, str]]:
    entries: Sequence[Mapping[str, str]] = facts("urgency_words.yaml")[kind]
    return entries


@cache
def _phrases(kind: str) -> Phrases:
    entries = enumerate(_entries(kind))
    return Phrases({f"{part} {n}": phrases for n, entry in entries for part, phrases in entry.items()})
