"""Words of a report as plain lines: nothing that a terminal would obey, and the numbers to ring."""

from __future__ import annotations

from referral_lint.model import DocumentReport, Local


def numbers(local: Local) -> list[str]:
    """Whom to ring and where to look, as far as the configuration says it, a line each."""
    team = clean(f"{local.area} duty team")
    known = (
        (team[:1].upper() + team[1:], local.duty_team),
        ("Evenings, nights and weekends", local.out_of_hours),
        ("Local procedures", local.procedures),
    )
    return [f"{label}: {clean(value)}" for label, value in known if value]


def name_of(report: DocumentReport) -> str:
    """The document as the person knows it: the name as it was given, and the part of it."""
    document = report.document
    name = "Standard input" if document.source == "-" else document.source
    return clean(f"{name} ({document.part})" if document.part else name)


def clean(text: str) -> str:
    """The text on one line, without characters that a terminal would obey."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())
