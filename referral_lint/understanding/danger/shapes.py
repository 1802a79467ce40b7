"""Sentences of a shape: phrases that stand in them together, or near them, as the entries of rules/data/urgency_words.yaml say."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence, Set
from functools import cache, lru_cache, partial

from referral_lint.facts import facts
from referral_lint.patterns import compiled
from referral_lint.understanding.danger import signs
from referral_lint.understanding.saying import features
from referral_lint.understanding.saying.units import Unit

_AROUND = 2  # sentences before and after one in which something may be near
_GAS = compiled(r"\bCO(?= (?:alarm|detector|monitor|sensor))")  # two capitals are taken for a name
_NEAR, _NOT, _NOT_NEAR = "near", "unless", "unless near"


def matching(kind: str, units: Sequence[Unit], cut: Callable[[str], list[str]] = features.tokens) -> list[int]:
    """Which of these have the shape of an entry of this kind."""
    found = [
        signs.standing_in(cut(_GAS.sub("carbon monoxide", unit.text)), partial(_beginning, kind)) for unit in units
    ]
    around = [set[str]().union(*found[max(0, i - _AROUND) : i + _AROUND + 1]) for i in range(len(found))]
    return [
        i for i in range(len(found)) if any(_fits(kind, n, found[i], around[i]) for n in range(len(_entries(kind))))
    ]


def _fits(kind: str, entry: int, said: Set[str], around: Set[str]) -> bool:
    if f"{_NOT} {entry}" in said or f"{_NOT_NEAR} {entry}" in around:
        return False
    parts = _entries(kind)[entry].keys() - {_NOT, _NOT_NEAR}
    return all(f"{part} {entry}" in (around if part == _NEAR else said) for part in parts)


def _entries(kind: str) -> Sequence[Mapping[str, str]]:
    entries: Sequence[Mapping[str, str]] = facts("urgency_words.yaml")[kind]
    return entries


@cache
def _phrases(kind: str) -> signs.Phrases:
    entries = enumerate(_entries(kind))
    return signs.phrases_of({f"{part} {n}": phrases for n, entry in entries for part, phrases in entry.items()})


@lru_cache(maxsize=20_000)
def _beginning(kind: str, word: str) -> Sequence[tuple[str, tuple[signs.Slot, ...]]]:
    return signs.beginning_with(word, _phrases(kind))
