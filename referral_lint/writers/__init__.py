"""What a report looks like: a writer is a function `Report -> str`, one file an output, one line in a table."""

from __future__ import annotations

import importlib
from collections.abc import Callable

from referral_lint.model import Report

Writer = Callable[[Report], str]

# name of the output -> "module:function" in this package, imported when first needed
WRITERS: dict[str, str] = {
    "json": "json:render",
}


def writer(name: str) -> Writer:
    """The writer of that name, a key of WRITERS."""
    module, function = WRITERS[name].split(":")
    found: Writer = getattr(importlib.import_module(f"{__name__}.{module}"), function)
    return found
