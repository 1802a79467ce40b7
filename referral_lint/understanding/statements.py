"""Which of the seventeen statements the draft makes, and with which words. A first version: cues by sentence."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from referral_lint.model import Span, Statement, Status
from referral_lint.understanding.facts import facts
from referral_lint.understanding.purposes import profile

if TYPE_CHECKING:
    from referral_lint.understanding.draft import Draft

NAMES = (
    "purpose", "recipient", "informed", "consent", "consent_what", "consent_who", "consent_onward", "consent_why",
    "override", "wishes", "rationale", "risk", "imminence", "benefit", "relationship", "timing", "sources",
)  # fmt: skip


@cache
def _cues() -> dict[str, re.Pattern[str]]:
    return {name: re.compile(entry, re.I) for name, entry in facts("statement_cues.yaml")["cues"].items()}


def find(draft: Draft) -> tuple[Statement, ...]:
    given = dict(draft.setting.statements)
    out = []
    for name in NAMES:
        if name in given:
            out.append(Statement(name, Status(given[name])))
            continue
        span = _said(draft, name)
        if span is not None:
            out.append(Statement(name, Status.PRESENT, span, draft.words(span)))
        else:
            out.append(Statement(name, Status.ABSENT if _asked_for(draft, name) else Status.NOT_APPLICABLE))
    return tuple(out)


def _said(draft: Draft, name: str) -> Span | None:
    if name == "recipient" and draft.recipients:
        return Span(0, 0) if not draft.recipients[0].name else _first(draft, draft.recipients[0].name)
    pattern = _cues().get(name)
    return next((s for s in draft.sentences if pattern is not None and draft.has(pattern, s)), None)


def _first(draft: Draft, words: str) -> Span | None:
    at = draft.text.find(words)
    return Span(at, at + len(words)) if at >= 0 else None


def _asked_for(draft: Draft, name: str) -> bool:
    purposes = [p.id for p in draft.purposes]
    if "appointment_admin" in purposes and name not in ("purpose", "recipient"):
        return False
    if draft.mode == "no-names" and name in ("informed", "consent", "override", "wishes", "benefit", "relationship"):
        return False
    if name.startswith("consent_") or name == "override":
        return False
    if name == "consent" and purposes and profile(purposes[0])["consent_stance"] in ("inform_only", "not_applicable"):
        return False
    return name not in ("relationship",)
