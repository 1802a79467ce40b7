"""Capitals and shorthand that the draft explains nowhere at or before their first use. A first version."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

from referral_lint.model import Span
from referral_lint.rules.rule import Match, Rule
from referral_lint.rules.schema import SCOPES
from referral_lint.understanding.facts import rows

if TYPE_CHECKING:
    from referral_lint.understanding.draft import Draft

_CAPITALS = re.compile(r"(?<![\w@./-])(?:[A-Z]{2,}[a-z]?[A-Z]*|[A-Z][a-z]?[A-Z]{1,}[A-Za-z]*)(?:-\d+)?s?(?![\w@])")
_EVERYBODY = frozenset(
    [
        "NHS",
        "UK",
        "GP",
        "GPs",
        "TV",
        "UN",
        "EU",
        "USA",
        "BBC",
        "CCTV",
        "DVD",
        "PDF",
        "ID",
        "PIN",
        "COVID",
        "AM",
        "PM",
        "DOB",
        "MP",
        "HIV",
        "A&E",
        "ASAP",
        "FAQ",
        "PE",
        "IT",
        "OK",
        "RE",
        "FAO",
        "CC",
        "BCC",
    ]
)


@cache
def meanings() -> dict[str, tuple[str, ...]]:
    """Acronym -> what it can mean, from rules/data/acronyms.tsv."""
    return {
        row["acronym"]: tuple(part.strip() for part in row["expansions"].split("|")) for row in rows("acronyms.tsv")
    }


def unexplained(draft: Draft, rule: Rule) -> Iterator[Match]:
    seen: set[str] = set()
    scope = SCOPES["prose"] | SCOPES["signature"] | SCOPES["headers"]
    for found in _CAPITALS.finditer(draft.text):
        form = found[0].removesuffix("s")
        block = draft.document.block_at(found.start())
        if form in seen or form in _EVERYBODY or form in draft.setting.known_words or block is None:
            continue
        if block.kind not in scope:
            continue
        seen.add(form)
        if not _explained(draft.text, form, found.start()):
            known = meanings().get(form, ())
            yield Match(rule, Span(*found.span()), {"expansion": known[0] if len(known) == 1 else ""})


def _explained(text: str, form: str, at: int) -> bool:
    return f"({form})" in text[: at + len(form) + 2] or text[at + len(form) :].lstrip().startswith("(")
