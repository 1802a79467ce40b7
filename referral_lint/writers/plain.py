"""Words of a report as plain lines: nothing that a terminal would obey, and the numbers to ring."""

from __future__ import annotations

from collections.abc import Iterator

from referral_lint.model import DocumentReport, Local


def numbers(local: Local) -> Iterator[tuple[str, str]]:
    """Whom to ring, as far as the configuration says it: a label and a number each."""
    team = f"{local.area} duty team".strip()
    if local.duty_team:
        yield team[:1].upper() + team[1:], local.duty_team
    if local.out_of_hours:
        yield "Evenings, nights and weekends", local.out_of_hours


def name_of(report: DocumentReport) -> str:
    """The document as the person knows it: the name as it was given, and the part of it."""
    document = report.document
    name = "Standard input" if document.source == "-" else document.source
    return clean(f"{name} ({document.part})" if document.part else name)


def clean(text: str) -> str:
    """The text on one line, without characters that a terminal would obey."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())
