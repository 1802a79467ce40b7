"""A match becomes a finding: the rule's words, filled in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from referral_lint.errors import RuleError
from referral_lint.model import Finding, Severity, Span
from referral_lint.rules.holds import holds
from referral_lint.rules.rule import Match

if TYPE_CHECKING:
    from referral_lint.understanding.draft import Draft


def severity(match: Match, draft: Draft) -> Severity:
    """The severity of a match here: the check's own, else the first `severity_when` that holds, else the rule's."""
    if match.severity is not None:
        return match.severity
    for condition, value in match.rule.severity_when:
        if holds(condition, match, draft):
            return value
    return match.rule.severity


def finding(match: Match, draft: Draft) -> Finding:
    """What the rule says here, in the words of the first variant that holds. Raises RuleError if its message names a field that nothing fills."""
    rule, span = match.rule, match.span
    said = draft.words(span) if span is not None else ""
    fields = {"words": shortened(said), **match.fields}
    words = next((v for v in rule.variants if holds(v.where, match, draft)), rule)
    try:
        message = words.message.format_map(fields)
        suggestion = match.suggestion or words.suggestion.format_map(fields)
    except (KeyError, IndexError, ValueError) as fault:
        line = rule.lines.get("message" if words is rule else "variants", 1)
        raise RuleError(f"the message names {fault}, which this rule does not fill", rule.path, line, 1) from fault
    return Finding(
        rule=rule.id,
        family=rule.family,
        severity=severity(match, draft),
        message=message,
        suggestion=suggestion,
        why=rule.why,
        source=rule.source,
        span=span,
        text=said,
        where=draft.document.locate(*span) if span is not None else {},
        related=_elsewhere(match.related, span),
        replacement=match.replacement,
    )


def _elsewhere(related: tuple[Span, ...], span: Span | None) -> tuple[Span, ...]:
    """The other places, without those that are marked already."""
    return tuple(
        place for place in related if span is None or not (span.start <= place.start and place.end <= span.end)
    )


def shortened(text: str, most: int = 60) -> str:
    """The words on one line; of a long stretch the first and the last ones."""
    flat = " ".join(text.split())
    if len(flat) <= most:
        return flat
    first, last = flat[: most - 20], flat[-15:]
    return f"{first.rpartition(' ')[0] or first} … {last.partition(' ')[2] or last}"
