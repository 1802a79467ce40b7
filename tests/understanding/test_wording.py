"""The network that finds wording beside the frames: its arithmetic, its spans, and that it is there."""

from __future__ import annotations

import numpy as np
import pytest

from referral_lint import language
from referral_lint.errors import ModelError
from referral_lint.model import Source, Span
from referral_lint.readers import read
from referral_lint.understanding.draft import Draft
from referral_lint.understanding.setting import Setting
from referral_lint.understanding.wording import Reading, network, tokens


def draft(text: str) -> Draft:
    document = next(iter(read(Source("draft.txt", text.encode(), "text/plain"))))
    return Draft(document, language.load(()).doc(document.text), Setting())


def rows(sentences: list[int]) -> tokens.Rows:
    many = len(sentences)
    at = np.arange(many) * 4
    return tokens.Rows(
        at, at + 3, np.array(sentences), np.zeros((many, 4), np.int64), np.zeros((many, tokens.FLAGS), np.float32)
    )


def odds(*said: str) -> np.ndarray:
    """One row a tag: "." outside, "A" begins and "a" goes on with ambiguity."""
    out = np.zeros((len(said), network.TAGS), np.float32)
    for row, tag in zip(out, said, strict=True):
        row[{".": 0, "A": 1, "a": 2}[tag]] = 1
    return out


@pytest.mark.parametrize(
    ("tags", "sentences", "words", "expected"),
    [
        (".Aa.", [0, 0, 0, 0], "one two ten six", [(4, 11)]),
        ("AaAa", [0, 0, 0, 0], "one two ten six", [(0, 7), (8, 15)]),
        ("aa..", [0, 1, 1, 1], "one two ten six", [(0, 3), (4, 7)]),
        ("....", [0, 0, 0, 0], "one two ten six", []),
        ("Aaa.", [0, 0, 0, 0], "one of the six", [(0, 3)]),  # no small words at its end
        (".Aa.", [0, 0, 0, 0], "one has the six", []),  # nothing but small words
        ("Aaa.", [0, 0, 0, 0], "( two ten six", [(4, 11)]),
    ],
)
def test_spans(tags: str, sentences: list[int], words: str, expected: list[tuple[int, int]]) -> None:
    reading = Reading(rows(sentences), odds(*tags), words.split())
    assert list(reading.spans("AMB", 0.5)) == [Span(*pair) for pair in expected]
    assert list(reading.spans("OPN", 0.5)) == []


def test_likelihood_is_that_of_the_likeliest_word() -> None:
    reading = Reading(rows([0, 0, 0]), odds(".", "A", "."), ["x"] * 3)
    assert reading.likelihood(Span(0, 7), "AMB") == 1
    assert reading.likelihood(Span(8, 11), "AMB") == 0
    assert reading.likelihood(Span(50, 60), "AMB") == 1  # nothing was read there


def test_tokens_of_a_span_stay_in_its_first_sentence() -> None:
    reading = Reading(rows([0, 0, 1, 1]), odds(".", "A", ".", "."), ["x"] * 4)
    assert reading.tokens(Span(4, 15)) == (1, 2)
    assert reading.tokens(Span(0, 7)) == (0, 2)
    first, last = reading.tokens(Span(50, 60))
    assert last <= first


def test_rows_are_the_words_of_the_writers_own_sentences() -> None:
    text = "He is often late.\n\nShe said, “He shouts.” It was 3 May 2026."
    read_rows = tokens.rows(draft(text), {"often": 7})
    words = [text[s:e] for s, e in zip(read_rows.starts, read_rows.ends, strict=True)]
    assert words[:5] == ["He", "is", "often", "late", "."]
    assert read_rows.columns[2, 0] == 7
    assert read_rows.columns[1, 0] == 1
    quoted = [word for word, flags in zip(words, read_rows.flags, strict=True) if flags[0]]
    assert quoted == ["“", "He", "shouts", ".", "”"]
    assert {words[i] for i in np.flatnonzero(read_rows.flags[:, 1])} == {"3", "May", "2026"}


def test_probabilities_do_not_depend_on_other_sentences() -> None:
    known = network.load()
    alone = tokens.rows(draft("Things have been tricky of late."), known.vocabulary)
    among = tokens.rows(draft("We met on 3 May.\n\nThings have been tricky of late.\n\nAll is well."), known.vocabulary)
    middle = among.sentence == 1
    np.testing.assert_allclose(known.probabilities(alone), known.probabilities(among)[middle], atol=1e-4)
    np.testing.assert_allclose(known.probabilities(among).sum(axis=1), 1, atol=1e-4)


def test_a_draft_without_words_has_no_spans() -> None:
    reading = Reading(rows([]), network.load().probabilities(rows([])), [])
    assert list(reading.spans("JRG", 0.1)) == []


def test_missing_weights_say_what_to_do(tmp_path) -> None:
    with pytest.raises(ModelError, match="install referral-lint again"):
        network.load(tmp_path / "none.npz")
