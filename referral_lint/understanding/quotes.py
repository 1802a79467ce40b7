"""Quotation marks, straight and curly, single and double; an apostrophe is none."""

from __future__ import annotations

from collections.abc import Iterator

from referral_lint.model import Document, Span
from referral_lint.patterns import compiled

_QUOTED = compiled(
    r"“[^“”\n]{1,600}”"
    r'|"[^"\n]{1,600}"'
    r"|(?<!\w)‘[^‘\n]{1,600}?’(?!\w)"
    r"|(?<![\w’'])'(?=\S)[^'\n]*?(?:\w'\w[^'\n]*?)*[^\s']'(?!\w)"
)


def of(document: Document) -> Iterator[Span]:
    """Stretches between quotation marks, the marks included."""
    for found in _QUOTED.finditer(document.text):
        yield Span(found.start(), found.end())
