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


@pytest.mark.parametrize(
    "readers", ["{}", "{}; b@one.example; c@two.example; d@three.example; e@four.example; f@five.example"]
)
def test_who_must_not_know_goes_before_the_road_and_the_number_of_readers(readers: str) -> None:
    copies = readers.format("Karen Hobday <k.hobday@gmail.example>")
    text = f"From: a@school.example\nTo: duty@council.example\nCc: {copies}\nSubject: Our ref 318\n\nElla's mother, Karen Hobday, was tired on 3 May. I have not told her that I am writing.\n"
    (report,) = linter().lint(Source("draft.eml", text.encode())).documents
    assert [f.rule for f in report.findings if f.text and "k.hobday" in f.text] == ["recipient-conflict"]
