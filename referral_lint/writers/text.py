"""The report for a person at a terminal: what matters first, each thing at its place, in plain words."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator

from referral_lint.model import DocumentReport, Finding, Gap, Report, Severity, Verdict
from referral_lint.writers import plain
from referral_lint.writers.excerpt import columns, excerpt

_STYLES = {"bold": "1", "dim": "2", "stop": "1;31", "fix": "33", "think": "36", "ready": "32"}
_LABELS = {Severity.STOP: "Stop", Severity.FIX: "Change", Severity.THINK: "Question"}
_SHORT = 8  # characters of a fingerprint that are enough to name a finding of one draft


def render(report: Report, colour: bool = False, width: int = 80) -> str:
    """The report as text of lines of at most `width` columns; with `colour` in the colours of a terminal."""
    page = _Page(colour, max(width, 40))
    lines: list[str] = []
    for document in report.documents:
        lines += [*page.document(document, report), ""]
    lines += page.end(report)
    return "\n".join(lines).rstrip() + "\n"


class _Page:
    """How things look: colour, width, indents."""

    def __init__(self, colour: bool, width: int) -> None:
        self._colour, self._width = colour, width

    def document(self, report: DocumentReport, whole: Report) -> Iterator[str]:
        yield self._in("bold", plain.name_of(report))
        if report.urgent:
            yield from self._wrapped(plain.URGENT, "", "stop")
            yield from (f"  {line}" for line in plain.numbers(whole.local))
            yield ""
            yield from self._briefly(report)
        else:
            yield from self._fully(report)
        yield from self._gaps(report.gaps)

    def _briefly(self, report: DocumentReport) -> Iterator[str]:
        """In an urgent draft nothing stands between the writer and the button: a short list for later."""
        found = plain.in_order(report)
        if found.change or found.missing:
            yield self._in("dim", "For a correction afterwards:")
        for finding in (*found.change, *found.missing):
            place = plain.place(finding)
            yield from self._wrapped(f"{place}: {finding.message}" if place else finding.message, "  - ")
        yield from self._waived(found.waived)

    def _fully(self, report: DocumentReport) -> Iterator[str]:
        found = plain.in_order(report)
        style = {Verdict.READY: "ready", Verdict.HOLD: "stop"}.get(report.verdict, "fix")
        yield from self._wrapped(plain.verdict_words(report), "", style)
        if len(found.change) + len(found.missing) > 3:
            yield from self._first(report)
        for finding in found.change:
            yield from ("", *self._finding(finding, report))
        if found.missing:
            yield from self._missing(found.missing)
        if found.questions:
            yield from self._title("Questions you may want to ask yourself")
            for finding in found.questions:
                yield from self._question(finding)
        yield from self._waived(found.waived)

    def _first(self, report: DocumentReport) -> Iterator[str]:
        yield ""
        yield self._in("bold", "What matters most")
        for finding in plain.first_things(report):
            yield from self._wrapped(finding.message, "  - ")

    def _finding(self, finding: Finding, report: DocumentReport) -> Iterator[str]:
        kind = self._in(finding.severity.value, _LABELS[finding.severity])
        place = plain.place(finding)
        yield f"{kind} {self._in('dim', place)}".rstrip()
        if finding.span is not None:
            yield from self._excerpt(finding, report)
        yield from self._words(finding)

    def _excerpt(self, finding: Finding, report: DocumentReport) -> Iterator[str]:
        assert finding.span is not None
        before, words, after = excerpt(report.document, finding.span, self._width - 4)
        colour = finding.severity.value
        yield f"  | {before}{self._in(colour, words)}{after}"
        yield f"  | {' ' * columns(before)}{self._in(colour, '^' * max(columns(words), 1))}"

    def _words(self, finding: Finding) -> Iterator[str]:
        yield from self._wrapped(finding.message, "  ")
        yield from self._wrapped(finding.suggestion, "  ", "bold")
        yield self._in("dim", f"  {self._name(finding)}")

    def _missing(self, missing: tuple[Finding, ...]) -> Iterator[str]:
        shown, rest = missing[: plain.SHOWN_MISSING], missing[plain.SHOWN_MISSING :]
        yield from self._title("Not said yet")
        for finding in shown:
            yield from self._wrapped(f"{finding.message} {finding.suggestion}", "  - ")
            yield self._in("dim", f"    {self._name(finding)}")
        if rest:
            yield from self._wrapped("When these are there, look at: " + plain.listed(f.rule for f in rest) + ".", "  ")

    def _question(self, finding: Finding) -> Iterator[str]:
        place = plain.place(finding)
        words = f"{place}: " if place else ""
        yield from self._wrapped(f"{words}{finding.message} {finding.suggestion}", "  ? ")
        yield self._in("dim", f"    {self._name(finding)}")

    def _waived(self, waived: tuple[Finding, ...]) -> Iterator[str]:
        if waived:
            yield from self._title("Left as it is, because somebody decided so")
        for finding in waived:
            assert finding.waived is not None
            place = plain.place(finding) or "the whole draft"
            by = f" ({finding.waived.by}, {finding.waived.on})"
            yield from self._wrapped(f"{place}, {finding.rule}: {finding.waived.reason}{by}", "  - ")

    def _gaps(self, gaps: Iterable[Gap]) -> Iterator[str]:
        for title, note in (("Not checked", False), ("Good to know", True)):
            told = [gap for gap in gaps if gap.note is note]
            if told:
                yield from self._title(title)
            for gap in told:
                yield from self._wrapped(f"{gap.what}: {gap.why}", "  - ")

    def end(self, report: Report) -> Iterator[str]:
        """What concerns all documents, and where to read on."""
        if report.gaps:
            yield from list(self._gaps(report.gaps))[1:]
            yield ""
        rules = [finding for document in report.documents for finding in document.open_findings]
        if rules:
            first = rules[0]
            yield self._in("dim", f"Why? referral-lint explain {first.rule}")
            if first.fingerprint:
                yield self._in("dim", 'Right as it is? referral-lint waive FILE CODE --reason "…"')

    def _title(self, words: str) -> Iterator[str]:
        yield ""
        yield self._in("bold", words)

    def _name(self, finding: Finding) -> str:
        return f"{finding.rule} {finding.fingerprint[:_SHORT]}".rstrip()

    def _wrapped(self, text: str, lead: str, style: str = "") -> Iterator[str]:
        for line in textwrap.wrap(
            plain.clean(text), self._width, initial_indent=lead, subsequent_indent=" " * len(lead)
        ):
            yield self._in(style, line) if style else line

    def _in(self, style: str, text: str) -> str:
        return f"\x1b[{_STYLES[style]}m{text}\x1b[0m" if self._colour and text else text
