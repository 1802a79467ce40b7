"""One finding for one fault, and two for two."""

from __future__ import annotations

import pytest

from referral_lint.model import Source
from tests.linting import linter


def labels(sentence: str) -> list[str]:
    text = f"Dear team\n\nRe: Ivy Marlow\n\nPlease assess Ivy. {sentence}\n\nYours, Ada Penn\n"
    (report,) = linter().lint(Source("draft.txt", text.encode())).documents
    return [f.text for f in report.findings if f.family == "opinion"]


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("Her uncle is a nasty piece of work and everyone on the estate knows it.", 2),
        ("She is a drama queen and a known alcoholic.", 2),
        ("He is a lazy, bone idle good-for-nothing.", 1),
        ("Her uncle is a nasty piece of work.", 1),
    ],
)
def test_judgements_that_are_joined_are_two_and_telling_words_of_one_are_one(sentence: str, words: int) -> None:
    assert len(labels(sentence)) == words
