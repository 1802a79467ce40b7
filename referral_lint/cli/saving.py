"""Files that a check leaves behind: a report, and annotated copies beside the drafts. A draft is never written over."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from referral_lint.cli.terminal import say
from referral_lint.errors import ReferralLintError, trouble
from referral_lint.files import at_end_of_link, write_whole
from referral_lint.marks import CHECKED_COPY
from referral_lint.model import Report, Source, Verdict
from referral_lint.readers.detect import is_document, media_type
from referral_lint.writers import WRITERS, annotator, as_one, named
from referral_lint.writers.copies import annotated_name, unused

# How a file ends -> the output that belongs into it, if nobody says which.
_FORMATS = {".html": "html", ".htm": "html", ".json": "json"}


def format_of(path: Path | None, asked: str | None) -> str:
    """What a report to that file is to look like. Raises ReferralLintError for a file that a report cannot be."""
    ending = path.suffix.lower() if path else ""
    if path and is_document(path.name) and not media_type(path.name, b"").startswith("text/"):
        raise ReferralLintError(
            f"a report cannot be a {ending} file; let its name end in .txt, .html or .json. For a copy of the draft with "
            "comments leave --output away and use --annotate, which says what it called the copy",
            path,
        )
    return asked or _FORMATS.get(ending, "text")


def save_report(path: Path, text: str, drafts: Iterable[str]) -> None:
    """The report as one file, whole or not at all. Raises ReferralLintError if it cannot be, or would replace a draft."""
    for draft in drafts:
        if path.exists() and Path(draft).exists() and path.samefile(draft):
            raise ReferralLintError("that is the draft itself; give the report another name", path)
    _write(path, text.encode("utf-8", errors="replace"))
    say(f"Written: {path}")


def save_copies(path: Path, source: Source, report: Report, suggest_edits: bool) -> None:
    """The annotated copy of a draft beside it; where the format has none, the report for reading.

    What goes wrong is said on standard error: the findings themselves are not lost.
    """
    try:
        copy, data = _copy(path, source, report, suggest_edits)
        place = _unused(copy, data)
        _write(place, data)
        why = "" if place == copy else f". The earlier {copy.name} was left as it is: somebody may be working in it."
        say(f"Written: {place}{why}")
    except ReferralLintError as fault:
        say(f"No annotated copy. {fault}")


def _copy(path: Path, source: Source, report: Report, suggest_edits: bool) -> tuple[Path, bytes]:
    if all(document.verdict is Verdict.UNCHECKED for document in report.documents):
        raise ReferralLintError("nothing could be read here", path)
    entry = annotator(report.documents)
    if entry is not None:
        return annotated_name(path), named(entry)(source, as_one(report.documents), suggest_edits=suggest_edits)
    page: str = named(WRITERS["html"])(report)
    # The full name, so that letter.txt and letter.eml do not get the same report.
    beside = annotated_name(_as_page(path))
    return beside, f"{page}\n<!-- {CHECKED_COPY} -->\n".encode("utf-8", errors="replace")


def _unused(copy: Path, data: bytes) -> Path:
    try:
        return unused(copy, data)
    except OSError as fault:
        raise ReferralLintError(f"this file cannot be read {trouble(fault)}", copy) from fault


def _as_page(path: Path) -> Path:
    return path.with_name(f"{path.name}.html")


def _write(path: Path, data: bytes) -> None:
    try:
        write_whole(at_end_of_link(path), data)
    except OSError as fault:
        raise ReferralLintError(f"this file cannot be written {trouble(fault)}", path) from fault
