"""A general enquiry: every identifying detail is a `stop`, and the same words with neutral ones in their place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache
from typing import NamedTuple

from referral_lint.model import BlockKind, DocumentReport, Finding, Mention, Person, Severity, Span
from referral_lint.paths import RULES
from referral_lint.patterns import compiled
from referral_lint.rules.load import load_rule
from referral_lint.rules.rule import Rule
from referral_lint.understanding import naming
from referral_lint.understanding.streets import STREET

_PLAIN = {
    "child": "the child",
    "sibling": "a brother or sister",
    "parent": "a parent",
    "partner": "a parent’s partner",
    "relative": "a relative",
    "adult": "an adult",
    "third-party": "somebody else",
    "professional": "a colleague",
    "unknown": "somebody in the family",
}
_BANDS = ((2, "a baby or toddler"), (5, "a child under school age"), (11, "a child of primary age"))
_OLDEST = "a child of secondary age"
_MONTH = r"(?:\d{1,2}|Jan\w*|Feb\w*|Mar\w*|Apr\w*|May|Jun\w*|Jul\w*|Aug\w*|Sep\w*|Oct\w*|Nov\w*|Dec\w*)"
_DETAILS = (
    (compiled(rf"\b(?:born|d\.?o\.?b\.?|date of birth)\W{{0,4}}(?:on )?(?P<w>\d{{1,2}}(?:st|nd|rd|th)?[-/. ]{_MONTH}[-/. ]\d{{2,4}})", re.I), "date of birth left out"),
    (compiled(r"\b(?P<w>[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2})\b"), "postcode left out"),
    (compiled(r"(?<!\w)(?P<w>(?:\+44 ?|0)\d{2,4} ?\d{3,4} ?\d{3,4})(?!\d)"), "telephone number left out"),
    (compiled(r"(?P<w>[\w.+-]+@[\w-]+\.[\w.-]*\w)"), "email address left out"),
    (compiled(r"\bNHS(?: no\.?| number)?\W{0,3}(?P<w>\d{3}[ -]?\d{3}[ -]?\d{4})\b", re.I), "number left out"),
    (compiled(rf"\b(?P<w>\d{{1,4}}[A-Za-z]? (?:[A-Z][\w’']+ ){{1,3}}(?:{STREET}))\b"), "address left out"),
)  # fmt: skip
_MINE = compiled(
    r"(?i)\b(?:(?:ring|call|phone|reach|contact|email) (?:me|us)|(?:my|our) (?:\w+ )?(?:number|address|email))\b[^.\n]*$"
)
_AGE = compiled(r"(?i)\b(?:is|aged?|turned)\s*:?\s*(\d{1,2})\b|\b(\d{1,2})[- ]years?[- ]old\b")


class Swap(NamedTuple):
    """Words that could say which family it is, and neutral ones."""

    span: Span
    words: str


@cache
def _rule() -> Rule:
    """Core's own: a team's may name fields in its message that nothing would fill here."""
    return load_rule(RULES / "core" / "identity" / "identifier-in-no-names.yaml", "core")


def strict(report: DocumentReport) -> DocumentReport:
    """The report of an enquiry without names: whatever identifies somebody is a `stop`."""
    findings = [
        replace(f, severity=Severity.STOP) if f.family == "identity" and f.span is not None else f
        for f in report.findings
    ]
    taken = [f.span for f in findings if f.severity is Severity.STOP and f.span is not None]
    more = [s for s in swaps(report) if not any(_meet(s.span, t) for t in taken)]
    findings += [_stop(report, swap) for swap in more]
    return replace(report, findings=tuple(sorted(findings, key=lambda f: f.span or Span(-1, -1))))


def _stop(report: DocumentReport, swap: Swap) -> Finding:
    rule = _rule()
    say = "Leave it out" if swap.words.startswith("[") else f"Say “{swap.words}”"
    suggestion = f"{say}; or, if somebody may be harmed, name them: their safety comes before agreement."
    return Finding(
        rule=rule.id,
        family=rule.family,
        severity=Severity.STOP,
        message=rule.message,
        suggestion=suggestion,
        why=rule.why,
        source=rule.source,
        span=swap.span,
        text=report.document.words(swap.span),
        where=report.document.locate(*swap.span),
    )


def neutral(report: DocumentReport) -> str:
    """The draft's text with neutral words, to be checked by eye before it is used."""
    parts, at = [], 0
    for swap in swaps(report):
        parts += [report.document.text[at : swap.span.start], swap.words]
        at = swap.span.end
    return "".join([*parts, report.document.text[at:]])


def swaps(report: DocumentReport) -> list[Swap]:
    """What to put where, in the order of the text; no two overlap. The sender's and the readers' own details stay."""
    own = _own(report)
    kept: list[Swap] = []
    for swap in (*_details(report, own), *_people(report, own), *_pointers(report)):  # the clearest words first
        if not any(_meet(swap.span, earlier.span) for earlier in kept):
            kept.append(swap)
    return sorted(kept)


def _people(report: DocumentReport, own: list[Span]) -> Iterator[Swap]:
    ours = {
        word
        for party in (report.sender, *report.recipients)
        if party
        for word in re.findall(r"\w+", party.name.lower())
    }
    for person in report.people:
        if person.role == "professional" or set(re.findall(r"\w+", person.name.lower())) <= ours:
            continue
        for mention in person.mentions:
            span = Span(mention.start, mention.end)
            common = naming.is_common(report.document.words(span))  # "Request", at the beginning of a line
            if mention.kind == "name" and not common and not any(_meet(span, o) for o in own):
                yield _named(report, person, mention)


def _named(report: DocumentReport, person: Person, mention: Mention) -> Swap:
    """ "Theo" is "the child"; the first time, with what is known of the age, "a child of primary age"."""
    text, end = report.document.text, mention.end
    words = _PLAIN.get(person.role, _PLAIN["unknown"])
    first = min((m.start for m in person.mentions if m.kind == "name"), default=mention.start)
    if person.role == "child" and mention.start == first:
        words = _band(text[mention.start : end + 60]) or "a child"
    elif mention.start != first and words.startswith("a "):
        words = f"the {words[2:]}"
    before = text[: mention.start].rstrip(" ")
    if not before or before[-1] in ".!?\n:":
        words = words[0].upper() + words[1:]
    return Swap(Span(mention.start, end), words)


def _band(words: str) -> str:
    found = _AGE.search(words)
    if not found:
        return ""
    age = int(found[1] or found[2])
    return next((band for under, band in _BANDS if age <= under), _OLDEST) if age < 18 else ""


def _details(report: DocumentReport, own: list[Span]) -> Iterator[Swap]:
    for pattern, words in _DETAILS:
        for found in pattern.finditer(report.document.text):
            span = Span(*found.span("w"))
            mine = _MINE.search(report.document.text[max(0, span.start - 40) : span.start])
            if not mine and not any(_meet(span, o) for o in own):
                yield Swap(span, f"[{words}]")


def _pointers(report: DocumentReport) -> Iterator[Swap]:
    for finding in report.findings:
        if finding.family == "identity" and finding.span is not None:
            yield Swap(finding.span, "[a detail left out]")


def _own(report: DocumentReport) -> list[Span]:
    """Header lines and the signature: who writes and who is asked may be named."""
    kinds = (BlockKind.EMAIL_HEADER, BlockKind.SIGNATURE)
    blocks = report.document.blocks_of(*kinds)
    return [Span(b.start, b.end) for b in blocks if not report.document.words(b).lower().startswith("subject")]


def _meet(one: Span, other: Iterable[int]) -> bool:
    start, end = other
    return one.start < end and start < one.end
