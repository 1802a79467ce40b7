"""Variants in a word list: `refus{es,ed} to {,always }engage` spelled out."""

from __future__ import annotations

from collections.abc import Iterator

from referral_lint.patterns import compiled

_BRACES = compiled(r"\{([^{}]*)\}")  # the inner ones of braces in braces


def spelled(entry: str) -> Iterator[str]:
    """Every variant of an entry, with single spaces."""
    found = _BRACES.search(entry)
    if found is None:
        yield " ".join(entry.split())
        return
    for choice in found[1].split(","):
        yield from spelled(entry[: found.start()] + choice + entry[found.end() :])
