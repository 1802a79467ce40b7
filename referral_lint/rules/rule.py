"""A rule, as data: what it looks for, what it says, why, and the examples that prove it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from referral_lint.model import Severity, Span


@dataclass(frozen=True, slots=True)
class Example:
    """A text, the spans that the rule must find in it, and the setting it is read in."""

    text: str
    spans: tuple[Span, ...] = ()
    whole: bool = False  # the finding is about the document, not about a span
    context: Mapping[str, Any] = field(default_factory=dict)
    line: int = 0  # where it stands in the rule file, from 1


@dataclass(frozen=True, slots=True)
class Condition:
    """One entry of `when` or `unless`: a named condition, or a pattern `near`, `before` or `after` the words, or `anywhere`; `gives`: the check fills that field of the message."""

    name: str
    pattern: str = ""


@dataclass(frozen=True, slots=True)
class Variant:
    """What a rule says instead where a condition holds."""

    where: Condition
    message: str
    suggestion: str


@dataclass(frozen=True)
class Rule:
    """One rule of a pack. Everything that a person reads about it stands here and nowhere else."""

    id: str
    family: str
    severity: Severity
    kind: str
    title: str
    message: str
    suggestion: str
    why: str
    source: str
    flags: str
    never: tuple[str, ...]
    scope: tuple[str, ...]
    when: tuple[Condition, ...]
    unless: tuple[Condition, ...]
    severity_when: tuple[tuple[Condition, Severity], ...]
    variants: tuple[Variant, ...]
    needs: tuple[str, ...]
    matcher: Mapping[str, Any]
    bad: tuple[Example, ...]
    good: tuple[Example, ...]
    known_misses: tuple[Example, ...]
    pack: str
    path: Path
    lines: Mapping[str, int] = field(default_factory=dict)  # key -> line in the file, for error messages


@dataclass(frozen=True, slots=True)
class Match:
    """What a kind of rule found, before the conditions are asked."""

    rule: Rule
    span: Span | None
    fields: Mapping[str, str] = field(default_factory=dict)  # for the words of the message
    related: tuple[Span, ...] = ()
    replacement: str | None = None
    severity: Severity | None = None  # where the check knows better than the rule
    suggestion: str | None = None  # a ready sentence for this very place: no field of it is filled in
