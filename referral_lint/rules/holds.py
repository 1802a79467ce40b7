"""Whether what a rule asks by `when`, `unless`, `severity_when` and `variants` holds of a match: by name, by pattern, by the network."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from referral_lint.model import Span
from referral_lint.rules.conditions import CONDITIONS, is_unexpected, speaks_of_harm
from referral_lint.rules.rule import Condition, Match
from referral_lint.understanding.needles import Sought
from referral_lint.understanding.purposes import asks_little

if TYPE_CHECKING:
    from referral_lint.understanding.draft import Draft

UNLIKELY = 0.3  # least probability that a reviewer would mark words which a rule's own list found
UNLIKELY_OF_HARM = 0.12  # the same, where they say how often somebody is harmed
UNLIKELY_OF_LITTLE = 0.08  # the same, of private matters that nobody expects, for a reader who needs little
# Families that the network knows.
LABELS = {"ambiguity": "AMB", "opinion": "OPN", "jargon": "JRG", "over-sharing": "OVR"}


@cache
def _compiled(pattern: str) -> Sought:
    return Sought(pattern, re.I)


def holds(condition: Condition, match: Match, draft: Draft) -> bool:
    """Is the condition true of this match? Offsets of a match without a span are those of the document's start."""
    span = match.span or Span(0, 0)
    if condition.name in ("unlikely", "unlikely-of-harm"):
        is_of_harm = condition.name == "unlikely-of-harm" and speaks_of_harm(draft, span)
        return _is_unlikely(draft, span, match.rule.family, UNLIKELY_OF_HARM if is_of_harm else UNLIKELY)
    named = CONDITIONS.get(condition.name)
    if named is not None and named.test is not None:
        return named.test(draft, span)
    if condition.name == "gives":
        return condition.pattern in match.fields
    if condition.name == "anywhere":
        return draft.searched.first(_compiled(condition.pattern)) is not None
    pattern, sentence = _compiled(condition.pattern), draft.sentence_at(span.start)
    if condition.name == "near":
        return draft.has(pattern, sentence)
    if condition.name == "words":
        return pattern.compiled.fullmatch(draft.words(span)) is not None
    if condition.name == "before":
        return re.search(rf"(?:{condition.pattern})\s*$", draft.text[sentence.start : span.start], re.I) is not None
    after = draft.text[span.end : max(sentence.end, span.end)]
    return re.match(rf"\s*(?:{condition.pattern})", after, re.I) is not None


def _is_unlikely(draft: Draft, span: Span, family: str, least: float) -> bool:
    """Would a reviewer hardly ask about these words?"""
    label = LABELS.get(family)
    if label == "OVR" and asks_little(draft) and is_unexpected(draft, span):
        least = UNLIKELY_OF_LITTLE
    return label is not None and draft.wording.likelihood(span, label) < least


def passes(match: Match, draft: Draft) -> bool:
    """Every `when` holds and no `unless` does."""
    rule = match.rule
    return all(holds(c, match, draft) for c in rule.when) and not any(holds(c, match, draft) for c in rule.unless)
