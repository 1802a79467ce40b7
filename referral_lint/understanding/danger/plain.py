"""Danger in so few words that no model needs to weigh them: “ambulance needed now”. The phrases are rules/data/urgency_words.yaml."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache

from referral_lint.facts import facts
from referral_lint.understanding.danger import signs
from referral_lint.understanding.saying import features
from referral_lint.understanding.saying.units import Unit


def is_said(units: Sequence[Unit], cut: Callable[[str], list[str]] = features.tokens) -> bool:
    """Does one of these call for help, or tell of a state that cannot wait, and nothing in it say that it is not so now?"""
    return any(_is_plain(cut(unit.text)) for unit in units)


def _is_plain(words: Sequence[str]) -> bool:
    found = signs.standing_in(words, _beginning)
    return any(_needed(n) <= found and f"unless {n}" not in found for n in range(len(_entries())))


@cache
def _needed(n: int) -> frozenset[str]:
    return frozenset(f"{part} {n}" for part in _entries()[n] if part != "unless")


def _entries() -> Sequence[Mapping[str, str]]:
    entries: Sequence[Mapping[str, str]] = facts("urgency_words.yaml")["plain"]
    return entries


@cache
def _phrases() -> signs.Phrases:
    entries = enumerate(_entries())
    return signs.phrases_of({f"{part} {n}": phrases for n, entry in entries for part, phrases in entry.items()})


def _beginning(word: str) -> Sequence[tuple[str, tuple[signs.Slot, ...]]]:
    return signs.beginning_with(word, _phrases())
