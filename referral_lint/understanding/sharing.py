"""Whose information of which category the draft shares, against what the purpose needs. A first version."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from referral_lint.model import Sharing, Span
from referral_lint.understanding.facts import facts
from referral_lint.understanding.people import ROLE_OF
from referral_lint.understanding.purposes import profile

if TYPE_CHECKING:
    from referral_lint.understanding.draft import Draft

_REASON = re.compile(
    r"(?i)\b(?:because|so that|so you|which means|relevant|needed|matters|that is why|as this|since this)\b"
)


@cache
def _cues() -> tuple[tuple[str, re.Pattern[str], re.Pattern[str] | None], ...]:
    out = []
    for name, entry in facts("categories.yaml")["categories"].items():
        cues = re.compile(rf"(?<!\w)(?:{'|'.join(re.escape(c) for c in entry['cues'])})(?!\w)", re.I)
        nots = [re.escape(c) for c in entry.get("not_cues", ())]
        out.append((name, cues, re.compile("|".join(nots), re.I) if nots else None))
    return tuple(out)


def standing(purposes: tuple[str, ...], who: str, category: str) -> str:
    """needed | explain | not-expected: the most generous of the purposes found."""
    rank = ["not-expected", "explain", "needed"]
    best = 0
    for purpose in purposes:
        lists = profile(purpose)
        if category in lists.get("necessary", {}).get(who, ()):
            return "needed"
        if category not in lists.get("not_expected", {}).get(who, ()):
            best = 1
    return rank[best] if purposes else "explain"


def find(draft: Draft) -> tuple[Sharing, ...]:
    rows: dict[tuple[str, str], list[tuple[Span, bool]]] = {}
    for sentence in draft.sentences:
        if draft.document.block_at(sentence.start) not in list(draft.own_blocks()):
            continue
        who = _who(draft.words(sentence))
        for category, cues, nots in _cues():
            for found in cues.finditer(draft.text, sentence.start, sentence.end):
                if nots is None or not nots.search(draft.text, max(0, found.start() - 12), found.end() + 20):
                    rows.setdefault((who, category), []).append((Span(*found.span()), draft.has(_REASON, sentence)))
    ids = tuple(p.id for p in draft.purposes)
    return tuple(
        Sharing(who, category, standing(ids, who, category), all(e for _, e in found), tuple(s for s, _ in found))
        for (who, category), found in rows.items()
    )


def _who(words: str) -> str:
    for word in re.findall(r"[A-Za-z-]+", words.lower()):
        if word in ROLE_OF:
            return ROLE_OF[word]
    return "child"
