"""Tokens without spaCy: cut exactly as spaCy cuts them."""

import time

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st

from referral_lint import language
from referral_lint.paths import MODELS

SPACY = spacy.blank("en")
TOKENS = language.load(()).light.tokens
DRAFTS = sorted(path for author in ("alder", "dogwood") for path in (MODELS / "corpus/drafts" / author).glob("*.txt"))
# What makes a tokenizer's life hard: special cases, affixes, hyphens, addresses, white space of every kind.
PARTS = (
    "don't", "cant", "I'm", "Mum's", "mums'", "Dr.", "e.g.", "a.m.", "8pm", "10.30am", "£20.50", "12/05/2025", "co-operate", "and/or",
    "jo@school.example.org", "https://example.org/a?b=c", "(she", "said):", ":)", ":-(", "...", "…", "“Yes”,", "'no'", "1.", "a)", "O'Neill",
    "D'Souza-Reid", "NHS", "U.K.", "Ltd.", "\n", "\n\n", "  ", "\t", " ", "\u00a0", "☐", "☒", "—", "–", "é", "Ó", "%", "[x]", "C++", "'", "\"", "gonna", "’s",
)  # fmt: skip


def same(text: str) -> None:
    ours, theirs = TOKENS(text), SPACY(text)
    assert [(start, piece) for start, (piece, _) in zip(ours.starts, ours.pieces, strict=True)] == [
        (token.idx, token.text) for token in theirs
    ]


@pytest.mark.parametrize("path", DRAFTS, ids=lambda path: path.stem)
def test_a_draft_is_cut_as_spacy_cuts_it(path):
    same(path.read_text(encoding="utf-8"))


@given(st.lists(st.sampled_from(PARTS) | st.text(max_size=6), max_size=12), st.sampled_from(["", " ", "  "]))
def test_any_text_is_cut_as_spacy_cuts_it(parts, between):
    same(between.join(parts))


@pytest.mark.parametrize(
    "mark", ["(", "[x]", "_", '"', "“", "()", ":", "a:", "=?", "'", ":)", "..(", "x.", "—", "£", "(a"]
)
def test_a_word_of_marks_is_cut_as_spacy_cuts_it(mark):
    for size in (31, 32, 33, 70, 150):
        same("See " + (mark * size)[:size] + " and " + "." * size + "a" + "." * 40 + "“")


@pytest.mark.parametrize("mark", ["(", "_", "“", "()", ":", "a:", "=?"])
def test_a_word_of_very_many_marks_takes_no_time_for_each_of_the_others(mark):
    tokens = TOKENS((mark * 200_000)[:200_000])  # with a look at all the rest for each mark: an hour
    assert "".join(piece for piece, _ in tokens.pieces) == (mark * 200_000)[:200_000]


def test_special_cases_are_spelled_out():
    assert TOKENS("She can't come").pieces == [("She", ""), ("ca", "can"), ("n't", "not"), ("come", "")]


@pytest.mark.parametrize("mark", ["(", "<", '"', ".", "!"])
def test_a_word_of_thousands_of_marks_is_cut_in_no_time(mark: str) -> None:
    began = time.perf_counter()
    assert sum(len(piece) for piece, _ in TOKENS(mark * 8000).pieces) == 8000
    assert time.perf_counter() - began < 3
