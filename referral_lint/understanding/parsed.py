"""A regular expression as Python itself reads it: the one place that knows the private module."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any


def parts(pattern: str, flags: int = 0) -> Iterable[Any] | None:
    """What a pattern consists of, in order; None with a Python that hides it. Raises re.error for a broken pattern."""
    parser = getattr(re, "_parser", None)
    if parser is None:
        re.compile(pattern, flags)
        return None
    items: Iterable[Any] = parser.parse(pattern, flags)
    return items
