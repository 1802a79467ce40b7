"""Runs the examples of a rule: its tests and its documentation are the same sentences."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from referral_lint.engine import Linter
from referral_lint.model import Block, BlockKind, Document, DocumentReport, Source, Where
from referral_lint.readers import read
from referral_lint.rules.rule import Example, Rule
from referral_lint.understanding.setting import Setting


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one example. `fault` is empty if it did as it should."""

    rule: Rule
    example: Example
    expected: str  # bad | good | known_misses
    fault: str = ""


def run(rules: Iterable[Rule]) -> Iterator[Outcome]:
    """Every example of every rule, each rule alone: what another rule would say does not count."""
    for rule in rules:
        linter = Linter(rules=[rule])
        for expected in ("bad", "good", "known_misses"):
            for example in getattr(rule, expected):
                yield Outcome(rule, example, expected, _fault(linter, example, expected))


def _fault(linter: Linter, example: Example, expected: str) -> str:
    reports = _reports(linter, example)
    findings = [finding for report in reports for finding in report.findings]
    if broken := next((gap.why for report in reports for gap in report.gaps if gap not in report.document.gaps), ""):
        return broken
    found = [f.span for f in findings if f.span is not None]
    whole = any(f.span is None for f in findings)
    right = sorted(found) == sorted(example.spans) and (whole or not example.whole)
    words = [f.text or "(the whole document)" for f in findings]
    if expected == "good":
        return f"should be silent, found {words}" if findings else ""
    if expected == "known_misses":
        return "this known miss is now found: move it to 'bad'" if right else ""
    return "" if right else f"expected {[example.text[s.start : s.end] for s in example.spans]}, found {words}"


def _reports(linter: Linter, example: Example) -> list[DocumentReport]:
    """The example, read as a text file (or as it says) in the setting that it names."""
    kind = example.context.get("read_as", "text/plain")
    documents = read(Source("example", example.text.encode("utf-8"), kind))
    if "ends_with" in example.context:
        documents = [_ending_with(BlockKind(example.context["ends_with"]), document) for document in documents]
    linter_here = linter.with_setting(setting_of(example.context))
    return [linter_here.check(document) for document in documents]


def _ending_with(kind: BlockKind, document: Document) -> Document:
    """The document with its last line as a block of this kind, as if a file of another format had held it."""
    start = document.text.rstrip().rfind("\n") + 1
    last = document.text[start:]
    where: Where = (("property", last.partition(":")[0].lower()),) if kind is BlockKind.PROPERTY else ()
    before = tuple(replace(b, end=min(b.end, start - 1)) for b in document.blocks if b.start < start)
    return replace(document, blocks=(*before, Block(start, start + len(last.rstrip()), kind, where)))


def setting_of(context: Any) -> Setting:
    """The setting that an example names; by default today is a fixed day, so that examples do not age."""
    context = {key: value for key, value in context.items() if key not in ("ends_with", "read_as")}
    fields: dict[str, Any] = {
        "today": date.fromisoformat(str(context.pop("today", "2026-11-20"))),
        "purposes": tuple(context.pop("purposes", ())),
        "recipients": tuple(context.pop("recipients", ())),
        "known_words": frozenset(context.pop("known_words", ())),
        "secure_domains": tuple(context.pop("secure", ())),
        "statements": tuple(dict(context.pop("statements", {})).items()),
    }
    return replace(Setting(), **fields, **context)
