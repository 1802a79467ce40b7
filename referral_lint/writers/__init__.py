"""What a report looks like: a writer is a function `Report -> str`, one file an output, one line in a table."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from referral_lint.model import DocumentReport

# name of the output -> "module:function" in this package, imported when first needed
WRITERS: dict[str, str] = {
    "text": "text:render",
    "line": "line:render",
    "json": "json:render",
    "html": "html:render",
}

# media type of the draft -> how an annotated copy of it is made: `(Source, DocumentReport, suggest_edits) -> bytes`
ANNOTATORS: dict[str, str] = {
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "annotate_docx:annotate",
    "application/pdf": "annotate_pdf:annotate",
}


def annotator(documents: Sequence[DocumentReport]) -> str | None:
    """How a copy of the file that gave these documents is annotated; None if that cannot be (an email, an archive)."""
    if not documents or documents[0].document.part not in ("", "body"):
        return None
    return ANNOTATORS.get(documents[0].document.media_type)


def as_one(documents: Sequence[DocumentReport]) -> DocumentReport:
    """What the copy of a file has to say: of the file itself, and, without a place, of the files inside it."""
    first, *inside = documents
    moved = (
        replace(finding, span=None, message=f"In “{_file(one)}”: {finding.message}", replacement=None)
        for one in inside
        for finding in one.findings
    )
    return replace(first, findings=(*first.findings, *moved))


def _file(inside: DocumentReport) -> str:
    return inside.document.part.rpartition("attachment: ")[2]


def named(entry: str) -> Callable[..., Any]:
    """The function that a line of these tables names."""
    module, function = entry.split(":")
    found: Callable[..., Any] = getattr(importlib.import_module(f"{__name__}.{module}"), function)
    return found
