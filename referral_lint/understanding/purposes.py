"""What the draft is for: the purposes of rules/data/purposes.yaml whose cues it shows where a draft says its purpose."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any

from referral_lint.model import BlockKind, Purpose, Span
from referral_lint.understanding.facts import facts

if TYPE_CHECKING:
    from referral_lint.understanding.draft import Draft


@cache
def _cues() -> tuple[tuple[str, str, re.Pattern[str]], ...]:
    out = []
    for name, profile in facts("purposes.yaml")["purposes"].items():
        cues = sorted({*profile["cues"], *profile.get("recipients", ())}, key=len, reverse=True)
        pattern = "|".join(re.escape(cue).replace(r"\ ", r"\s+") for cue in cues)
        out.append((name, profile["label"], re.compile(rf"(?<!\w)(?:{pattern})(?!\w)", re.I)))
    return tuple(out)


def profile(purpose: str) -> dict[str, Any]:
    """The profile of a purpose id: label, consent_stance, necessary, justify, not_expected."""
    found: dict[str, Any] = facts("purposes.yaml")["purposes"][purpose]
    return found


def find(draft: Draft) -> tuple[Purpose, ...]:
    if draft.setting.purposes:
        return tuple(Purpose(p, profile(p)["label"]) for p in draft.setting.purposes)
    scores: dict[str, tuple[float, Purpose]] = {}
    for span, weight in _telling(draft):
        for name, label, cues in _cues():
            found = cues.search(draft.text, span.start, span.end)
            if found:
                old, first = scores.get(name, (0.0, Purpose(name, label, Span(*found.span()))))
                scores[name] = (old + weight, first)
    best = max((score for score, _ in scores.values()), default=0.0)
    kept = sorted((item for item in scores.values() if item[0] >= max(2.0, best / 2)), key=lambda item: -item[0])
    return tuple(purpose for _, purpose in kept[:3])


_ASKING = re.compile(
    r"(?i)\b(?:refer(?:ring|ral)?|request(?:ing)?|ask(?:ing)?|purpose|reason for|would like|could you|please|support needed)\b"
)


def _telling(draft: Draft) -> list[tuple[Span, float]]:
    """Where a draft says what it is for, and how much each place counts: title, subject, addressee, requests."""
    spans: list[tuple[Span, float]] = []
    for block in draft.document.blocks:
        if block.kind is BlockKind.EMAIL_HEADER or (block.kind is BlockKind.HEADING and block.start < 300):
            spans.append((Span(block.start, block.end), 3.0))
    for sentence in draft.sentences:
        if draft.has(_ASKING, sentence):
            spans.append((sentence, 2.0))
        elif sentence.start < 500:
            spans.append((sentence, 1.5))
    return spans
