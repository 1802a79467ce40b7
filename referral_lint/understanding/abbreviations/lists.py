"""The word lists of rules/data/capitals.yaml and the table of acronyms, ready for look-up."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from referral_lint.facts import facts, rows
from referral_lint.understanding import agencies


@dataclass(frozen=True, slots=True)
class Lists:
    everybody: frozenset[str]  # in capitals
    shouted: frozenset[str]  # in lower case
    brands: frozenset[str]
    ranks: frozenset[str]
    schools: frozenset[str]
    companies: frozenset[str]
    clipped: frozenset[str]  # in lower case
    clinical: dict[str, str]  # in lower case -> the words in full
    doses: dict[str, str]  # the same, of what is shorthand only after a dose
    lower: frozenset[str]
    no_nouns: frozenset[str]
    remarks: frozenset[str]
    always_words: frozenset[str]  # in lower case
    measures: frozenset[str]
    units: frozenset[str]
    areas: frozenset[str]
    references: frozenset[str]  # in lower case
    parts: frozenset[str]  # in lower case
    school_words: frozenset[str]
    systems: dict[str, str]  # -> what it is, in words; "" where that is not the same everywhere


@dataclass(frozen=True, slots=True)
class Meaning:
    """One thing that an abbreviation can stand for, and the sector that uses it so."""

    words: str
    sector: str
    trades: frozenset[str] = frozenset()  # of sender and reader who would take it so; see understanding/agencies.py

    @property
    def plain(self) -> str:
        """Words to put in: no notes, one of two spellings."""
        bare = re.sub(r"\s*\((?:s|ren)\)", "", self.words)
        bare = re.sub(r"\s*\(.*?\)", "", bare)
        return re.split(r" / | / |/(?=[a-z])", bare)[0].strip()


_WORDS = (
    "everybody", "shouted", "brands", "ranks", "schools", "companies", "lower", "no_nouns", "remarks", "always_words",
    "measures", "units", "areas", "references", "parts", "school_words", "clipped",
)  # fmt: skip


@cache
def lists() -> Lists:
    data = facts("capitals.yaml")
    words = {key: frozenset(str(data[key]).split()) for key in _WORDS}
    clinical, doses = ({str(k).lower(): str(v) for k, v in data[key].items()} for key in ("clinical", "doses"))
    systems = {str(k): str(v or "") for k, v in data["systems"].items()}
    return Lists(clinical=clinical, doses=doses, systems=systems, **words)


@cache
def table() -> dict[str, tuple[Meaning, ...]]:
    """Abbreviation in capitals -> its meanings, from rules/data/acronyms.tsv."""
    known: dict[str, tuple[Meaning, ...]] = {}
    for row in rows("acronyms.tsv"):
        sectors = [part.strip().split("|") for part in row["sectors"].split(" | ")]
        meanings = [part.strip() for part in row["expansions"].split(" | ")]
        known[row["acronym"].upper()] = tuple(
            _meaning(words, sectors[min(i, len(sectors) - 1)]) for i, words in enumerate(meanings)
        )
    return known


def _meaning(words: str, sectors: list[str]) -> Meaning:
    """Of several sectors a message names the first."""
    return Meaning(words, sectors[0], frozenset(agencies.trade(sector) for sector in sectors))
