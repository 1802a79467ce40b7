"""What a finding underlines reads as a phrase, wherever its words were found."""

from __future__ import annotations

import pytest

from referral_lint.engine import Linter
from referral_lint.model import Source, Span
from referral_lint.understanding.edges import as_phrase, with_rest
from tests.linting import linter


@pytest.mark.parametrize(
    ("words", "phrase"),
    [
        ("[the umpire at Fold Park and] his son", "the umpire at Fold Park"),
        ("[the only family with the] lodger", "the only family"),
        ("[the tallest one we have] and she waits", "the tallest one we have"),
        ("[lost the stall over it].", "lost the stall over it"),
        ("[and the]", "and the"),
    ],
)
def test_small_words_that_lead_on_are_left_out(words: str, phrase: str) -> None:
    text, start, end = words.replace("[", "").replace("]", ""), words.index("["), words.index("]") - 1
    assert text[slice(*as_phrase(text, Span(start, end), len(text)))] == phrase


@pytest.mark.parametrize(
    ("words", "whole"),
    [
        ("[seen at the drop]-in on Monday", "seen at the drop-in"),
        ("[nobody turned] up, again", "nobody turned up"),
        ("[they walked] in silence", "they walked"),
    ],
)
def test_the_last_word_of_a_clause_is_not_cut_off(words: str, whole: str) -> None:
    text, start, end = words.replace("[", "").replace("]", ""), words.index("["), words.index("]") - 1
    assert text[slice(*with_rest(text, Span(start, end), len(text)))] == whole


def quoted(text: str) -> list[str]:
    return [f.text for f in Linter().lint(Source("draft.txt", text.encode())).documents[0].findings if f.span]


def test_a_conclusion_does_not_end_with_and() -> None:
    found = quoted("Dear team,\n\nNan is obviously exhausted and in need of a rest.\n")
    assert "Nan is obviously exhausted" in found


def test_two_people_are_the_subject_of_one_clause() -> None:
    text = "Referral to speech and language therapy\n\nPlease assess Rhona, who is three. Mum and dad are both on antidepressants.\n"
    report = linter().lint(Source("draft.txt", text.encode())).documents[0]
    clauses = [text[slice(*span)] for row in report.sharing for span in row.spans]
    assert clauses == ["Mum and dad are both on antidepressants"]


@pytest.mark.parametrize(
    ("subject", "words"),
    [
        ("Walt Penney 31 Cooper Terrace - worried", "Walt Penney 31 Cooper Terrace"),
        ("Visit to 9 Saltmarsh Close, Penney", "9 Saltmarsh Close, Penney"),
        ("Penney Y5 - attendance", "Penney"),
    ],
)
def test_a_name_in_a_subject_is_whole(subject: str, words: str) -> None:
    text = f"Subject: {subject}\nFrom: Ann Lee <a.lee@homes.example.org>\nTo: duty@council.example.org\n\nWalt Penney told me that he was cold. Penney is 70.\n"
    report = linter().lint(Source("draft.txt", text.encode())).documents[0]
    assert words in [f.text for f in report.findings if f.rule == "name-in-subject"]
