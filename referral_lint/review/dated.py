"""On which day a draft was written: as itself says, else as the file's name says, else when the file was last changed."""

from __future__ import annotations

from datetime import UTC, date, datetime

from referral_lint.model import Document
from referral_lint.patterns import compiled
from referral_lint.understanding import day_written

EARLIEST = date(1990, 1, 1)
_IN_NAME = compiled(r"(?<!\d)((?:19|20)\d\d)[-_. ]?(0[1-9]|1[0-2])(?:[-_. ]?(0[1-9]|[12]\d|3[01]))?(?!\d)")


def day_of(document: Document) -> tuple[str, str] | None:
    """The ISO date that the draft itself carries, and how that is known; None if it carries none that can be right."""
    today = date.today()
    found = day_written.of_draft(document, today)
    if found is None or not EARLIEST <= found <= today:
        return None
    return found.isoformat(), "email" if document.envelope and document.envelope.sent == found else "draft"


def how_of(name: str, changed: float) -> tuple[str, str]:
    """The ISO date from the file's name (2025-03-12, 202503), else of its last change (seconds since 1970)."""
    for year, month, day in _IN_NAME.findall(name):
        try:
            found = date(int(year), int(month), int(day or 1))
        except ValueError:
            continue
        if EARLIEST <= found <= date.today():
            return found.isoformat(), "name"
    return datetime.fromtimestamp(changed, UTC).date().isoformat(), "file"
