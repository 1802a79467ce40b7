"""Words of a list as they can stand in a draft: every variant, and an apostrophe both straight and curly."""

from __future__ import annotations

from collections.abc import Iterator

from referral_lint.understanding import variants


def spelled(phrase: str) -> Iterator[str]:
    """Every variant of a phrase; an apostrophe is read both straight and curly."""
    for words in variants.spelled(phrase):
        yield words
        if "'" in words:
            yield words.replace("'", "’")
