"""What a report looks like: a writer is a function `Report -> str`, one file an output, one line in a table."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from typing import Any

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


def named(entry: str) -> Callable[..., Any]:
    """The function that a line of these tables names."""
    module, function = entry.split(":")
    found: Callable[..., Any] = getattr(importlib.import_module(f"{__name__}.{module}"), function)
    return found
