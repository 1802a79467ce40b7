"""The word lists of rules/data/capitals.yaml and the table of acronyms, ready for look-up."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from referral_lint.understanding.facts import facts, rows


@dataclass(frozen=True, slots=True)
class Lists:
    everybody: frozenset[str]  # in capitals
    shouted: frozenset[str]  # in lower case
    brands: frozenset[str]
    ranks: frozenset[str]
    clinical: dict[str, str]  # in lower case -> the words in full
    lower: frozenset[str]
    systems: frozenset[str]


@dataclass(frozen=True, slots=True)
class Meaning:
    """One thing that an abbreviation can stand for, and the sector that uses it so."""

    words: str
    sector: str


@cache
def lists() -> Lists:
    data = facts("capitals.yaml")
    words = {
        key: frozenset(str(data[key]).split())
        for key in ("everybody", "shouted", "brands", "ranks", "lower", "systems")
    }
    clinical = {str(k).lower(): str(v) for k, v in {**data["clinical"]}.items()}
    return Lists(clinical=clinical, **words)


@cache
def table() -> dict[str, tuple[Meaning, ...]]:
    """Abbreviation in capitals -> its meanings, from rules/data/acronyms.tsv."""
    known: dict[str, tuple[Meaning, ...]] = {}
    for row in rows("acronyms.tsv"):
        sectors = [part.strip().split("|")[0] for part in row["sectors"].split(" | ")]  # of several the first
        meanings = [part.strip() for part in row["expansions"].split(" | ")]
        known[row["acronym"].upper()] = tuple(
            Meaning(words, sectors[i] if i < len(sectors) else sectors[-1]) for i, words in enumerate(meanings)
        )
    return known
