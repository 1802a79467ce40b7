"""What a good referral says: which of the statements the draft makes, and a sentence to adapt for those it does not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from referral_lint.model import DocumentReport, Finding, Statement, Status
from referral_lint.phrasing import answered
from referral_lint.writers.page import wording
from referral_lint.writers.page.highlights import Point
from referral_lint.writers.page.notes import shortened

FIRST = 4  # missing ones shown before the fold


@dataclass(frozen=True, slots=True)
class Item:
    """One line of the checklist."""

    key: str
    label: str
    ask: str
    sentence: tuple[str, ...]  # the sentence to adapt, cut at its blanks
    status: Status
    words: str = ""
    point: Point | None = None
    finding: Finding | None = None
    sources: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()  # of an informed agreement, those that are missing


@dataclass(frozen=True, slots=True)
class Checklist:
    """The statements of one draft, in three heaps; `findings` are those that are told here and need no card."""

    missing: tuple[Item, ...] = ()
    present: tuple[Item, ...] = ()
    not_asked: tuple[Item, ...] = ()
    findings: tuple[Finding, ...] = ()

    @property
    def first(self) -> tuple[Item, ...]:
        """The missing ones to show at once."""
        return self.missing[:FIRST]

    @property
    def rest(self) -> tuple[Item, ...]:
        """The missing ones to fold away."""
        return self.missing[FIRST:]


def checklist(report: DocumentReport, prefix: str) -> Checklist:
    """The checklist of a draft. Empty if its statements were not looked for."""
    words = wording.statement_words()
    together = set(words["together"]["parts"])
    parts = [s for s in report.statements if s.name in together]
    items = [_item(s, words["statements"][s.name], report, prefix) for s in report.statements if s.name not in together]
    if parts:
        after = next((i for i, item in enumerate(items, 1) if item.key.endswith("-consent")), len(items))
        items.insert(after, _agreement(parts, words, report, prefix))
    missing = sorted((i for i in items if i.status is Status.ABSENT), key=_turn)
    told = tuple(item.finding for item in missing if item.finding is not None)
    return Checklist(
        tuple(missing),
        tuple(i for i in items if i.status is Status.PRESENT),
        tuple(i for i in items if i.status is Status.NOT_APPLICABLE),
        told,
    )


def _turn(item: Item) -> tuple[bool, int]:
    """Whether anyone is in danger now comes before everything else; then what is gravest."""
    return not item.key.endswith("-imminence"), -item.finding.severity.rank if item.finding else 1


def _item(statement: Statement, entry: dict[str, Any], report: DocumentReport, prefix: str) -> Item:
    key = f"{prefix}-says-{statement.name}"
    point = (statement.span.start, f"{key}-here") if statement.span and statement.text else None
    return _made(key, entry, statement.shown, report, answered(report.document, statement), point)


def _agreement(parts: Sequence[Statement], words: dict[str, Any], report: DocumentReport, prefix: str) -> Item:
    """The four parts of an informed agreement as one question."""
    absent = [s for s in parts if s.missing]
    present = [s for s in parts if s.status is Status.PRESENT]
    status = Status.ABSENT if absent else Status.PRESENT if present else Status.NOT_APPLICABLE
    names = [words["statements"][s.name] for s in parts]
    entry = {**words["together"], "rules": [rule for name in names for rule in name["rules"]]}
    said = next((s for s in present if s.text), None) if not absent else None
    key = f"{prefix}-says-agreed"
    point = (said.span.start, f"{key}-here") if said and said.span and said.text else None
    missing = tuple(words["statements"][s.name]["label"] for s in absent)
    return _made(key, entry, status, report, said.text if said else "", point, missing)


def _made(
    key: str,
    entry: dict[str, Any],
    status: Status,
    report: DocumentReport,
    text: str,
    point: Point | None,
    parts: tuple[str, ...] = (),
) -> Item:
    asked = (f for f in report.open_findings if f.rule in entry["rules"] and f.span is None)
    finding = next(asked, None) if status is Status.ABSENT else None
    return Item(
        key=key,
        label=entry["label"],
        ask=entry["ask"],
        sentence=tuple(entry["sentence"].split("____")),
        status=status,
        words=shortened(text, 180),
        point=point,
        finding=finding,
        sources=tuple(wording.sources(finding)) if finding else (),
        parts=parts,
    )
