"""One line a finding, for editors and scripts: `path:line:column: severity rule: message`."""

from __future__ import annotations

from collections.abc import Iterator

from referral_lint.model import DocumentReport, Finding, Gap, Report
from referral_lint.writers.plain import clean


def render(report: Report) -> str:
    """Every finding, waived or not, and every gap, each on a line of its own."""
    lines = [line for document in report.documents for line in _document(document)]
    lines += [_gap(gap.what, gap) for gap in report.gaps]
    return "".join(f"{clean(line)}\n" for line in lines)


def _document(report: DocumentReport) -> Iterator[str]:
    name = report.document.source + (f" [{report.document.part}]" if report.document.part else "")
    for finding in report.findings:
        yield _finding(name, finding)
    for gap in report.gaps:
        yield _gap(name, gap)


def _finding(name: str, finding: Finding) -> str:
    severity = "waived" if finding.waived else finding.severity.value
    reason = f" (left as it is: {finding.waived.reason})" if finding.waived else ""
    return f"{name}:{_place(finding)} {severity} {finding.rule}: {finding.message} {finding.suggestion}{reason}"


def _place(finding: Finding) -> str:
    where = finding.where
    if set(where) == {"line", "column"}:
        return f"{where['line']}:{where['column']}:"
    return "".join(f"{key} {value}:" for key, value in where.items())


def _gap(name: str, gap: Gap) -> str:
    what = f" {gap.what}:" if gap.what != name else ""
    return f"{name}: {'note' if gap.note else 'unchecked'}:{what} {gap.why}"
