"""The contract's JSON: schema `referral-lint/1`."""

from __future__ import annotations

import json
from typing import Any

from referral_lint import __version__
from referral_lint.model import DocumentReport, Finding, Gap, Party, Report, Span
from referral_lint.writers.page.wording import sources


def render(report: Report) -> str:
    """The whole report as one JSON object, UTF-8 safe, ending in a newline."""
    return json.dumps(as_dict(report), ensure_ascii=False, indent=1) + "\n"


def as_dict(report: Report) -> dict[str, Any]:
    """The same as mappings and lists."""
    return {
        "schema": "referral-lint/1",
        "tool": {"name": "referral-lint", "version": __version__, "rules": report.rules, "model": report.model},
        "gaps": [_gap(gap) for gap in report.gaps],
        "documents": [_document(document) for document in report.documents],
    }


def _document(report: DocumentReport) -> dict[str, Any]:
    document = report.document
    return {
        "source": document.source,
        "part": document.part,
        "kind": report.kind,
        "mode": report.mode,
        "characters": len(document.text),
        "sha256": document.sha256,
        "verdict": report.verdict.value,
        "complete": report.complete,
        "urgent": report.urgent,
        "danger_beside": report.danger_beside,
        "purposes": [{"id": p.id, "label": p.label, "span": _span(p.span)} for p in report.purposes],
        "sender": _party(report.sender, recipient=False) if report.sender else None,
        "recipients": [_party(p, recipient=True) for p in report.recipients],
        "statements": [
            {"name": s.name, "status": s.status.value, "asked": s.missing, "span": _span(s.span), "text": s.text}
            for s in report.statements
        ],
        "people": [
            {
                "name": p.name,
                "role": p.role,
                "mentions": [{"start": m.start, "end": m.end, "kind": m.kind} for m in p.mentions],
            }
            for p in report.people
        ],
        "sharing": [
            {
                "who": s.who,
                "category": s.category,
                "standing": s.standing,
                "explained": s.explained,
                "spans": [_span(span) for span in s.spans],
            }
            for s in report.sharing
        ],
        "findings": [_finding(f) for f in report.findings],
        "gaps": [_gap(gap) for gap in report.gaps],
    }


def _finding(finding: Finding) -> dict[str, Any]:
    waived = finding.waived
    return {
        "rule": finding.rule,
        "family": finding.family,
        "severity": finding.severity.value,
        "message": finding.message,
        "suggestion": finding.suggestion,
        "why": finding.why,
        "source": finding.source,
        "sources": sources(finding),
        "span": _span(finding.span),
        "text": finding.text,
        "where": finding.where,
        "related": [_span(span) for span in finding.related],
        "replacement": finding.replacement,
        "fingerprint": finding.fingerprint,
        "waived": {"reason": waived.reason, "by": waived.by, "on": waived.on} if waived else None,
    }


def _party(party: Party, recipient: bool) -> dict[str, Any]:
    known: dict[str, Any] = {"name": party.name, "agency": party.agency, "address": party.address}
    return {**known, "outside": party.outside} if recipient else known


def _gap(gap: Gap) -> dict[str, Any]:
    return {"what": gap.what, "why": gap.why, "note": gap.note}


def _span(span: Span | None) -> dict[str, int] | None:
    return {"start": span.start, "end": span.end} if span is not None else None
