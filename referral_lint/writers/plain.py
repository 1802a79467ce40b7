"""What the outputs for people have in common: the order of things, and words that a tired person can read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from referral_lint.model import DocumentReport, Finding, Local, Verdict

URGENT = "If anyone is in immediate danger ring 999. You can send this as it is and correct it after."
MISSING = "missing-statement"  # the family of what a draft does not say
SHOWN_MISSING = 4  # more at once would only tire


@dataclass(frozen=True, slots=True)
class Sorted:
    """The findings of one document in the order in which somebody wants to hear them."""

    change: tuple[Finding, ...]  # in reading order
    missing: tuple[Finding, ...]  # what the draft does not say, gravest first
    questions: tuple[Finding, ...]
    waived: tuple[Finding, ...]


def in_order(report: DocumentReport) -> Sorted:
    counted = [f for f in report.open_findings if f.severity.rank]
    missing = [f for f in counted if f.family == MISSING and f.span is None]
    missing.sort(key=lambda f: -f.severity.rank)
    return Sorted(
        change=tuple(f for f in counted if f not in missing),
        missing=tuple(missing),
        questions=tuple(f for f in report.open_findings if not f.severity.rank),
        waived=tuple(f for f in report.findings if f.waived is not None),
    )


def first_things(report: DocumentReport, most: int = 3) -> tuple[Finding, ...]:
    """The two or three things that matter most: the gravest, each rule once."""
    by_rule: dict[str, Finding] = {}
    for finding in sorted(report.open_findings, key=lambda f: -f.severity.rank):
        if finding.severity.rank:
            by_rule.setdefault(finding.rule, finding)
    return tuple(by_rule.values())[:most]


def verdict_words(report: DocumentReport) -> str:
    """The verdict in one sentence, never a count and never praise for what was not read."""
    if report.verdict is Verdict.UNCHECKED:
        return "This could not be checked."
    if report.verdict is Verdict.HOLD:
        return "Please do not send this yet."
    if report.verdict is Verdict.REVIEW:
        return "Some things to change before you send this."
    return "This can go." if report.complete else "Nothing to change in the part that was checked."


def numbers(local: Local) -> list[str]:
    """Whom to ring, as far as the configuration says it."""
    area = f"{local.area} " if local.area else ""
    lines = []
    if local.duty_team:
        lines.append(f"{area}duty team: {local.duty_team}".strip())
    if local.out_of_hours:
        lines.append(f"Evenings, nights and weekends: {local.out_of_hours}")
    return [clean(line[:1].upper() + line[1:]) for line in lines]


def name_of(report: DocumentReport) -> str:
    """The document as the person knows it."""
    document = report.document
    name = "standard input" if document.source == "-" else document.source
    return clean(f"{name} ({document.part})" if document.part else name)


def place(finding: Finding) -> str:
    """Where a finding is, in words: "line 4", "page 2, paragraph 3"; "" for the document as a whole."""
    return ", ".join(f"{key} {value}" for key, value in finding.where.items() if key != "column")


def clean(text: str) -> str:
    """The text on one line, without characters that a terminal would obey."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def listed(names: Iterable[str]) -> str:
    """`a, b and c`"""
    known = list(names)
    return known[0] if len(known) == 1 else f"{', '.join(known[:-1])} and {known[-1]}" if known else ""
