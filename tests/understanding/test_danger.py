"""The network that tells danger: its stretches, its rows, its arithmetic, and that it is there."""

from __future__ import annotations

import numpy as np
import pytest

from referral_lint.errors import ModelError
from referral_lint.model import Span
from referral_lint.understanding import danger
from referral_lint.understanding.danger import network, stretches
from referral_lint.understanding.saying.features import plain_words
from referral_lint.understanding.saying.units import Unit


def unit(text: str, question: str = "") -> Unit:
    return Unit(Span(0, len(text)), text, question)


def test_a_short_draft_is_one_stretch_and_a_long_one_is_covered():
    assert stretches.groups(6) == [(0, 6)]
    for count in range(7, 40):
        parts = stretches.groups(count)
        covered = {i for first, size in parts for i in range(first, first + size)}
        assert covered == set(range(count))
        assert all(size <= stretches.GROUP for _, size in parts)


def test_names_numbers_and_times_are_classes():
    assert plain_words("Mr Amos Okoro isn't here at 3.15pm, he’s 12.") == [
        "@name",
        "isnt",
        "here",
        "at",
        "@clock",
        "hes",
        "@num",
    ]


def test_words_are_rows_with_their_endings_and_a_question_comes_first():
    known = network.Network({"safe": 4, "yes": 5, "child": 6}, {})
    answer, prose = known.rows(unit("Yes", "Child safe?")), known.rows(unit("children yes"))
    assert [row for row, _ in answer] == [
        6,
        4,
        network.STRANGE,
        network.ASKED,
        5,
    ]  # the sign of the question is unknown here
    assert [row for row, _ in prose] == [network.STRANGE, 5]
    assert answer[1][1] != answer[4][1]
    assert answer[4][1] == prose[1][1]


def test_a_plural_that_it_does_not_know_is_read_as_its_singular():
    assert network.Network({"knife": 4, "door": 5}, {}).rows(unit("doors"))[0][0] == 5


def test_a_unit_without_words_is_read_all_the_same():
    assert len(network.load().rows(unit("…"))) == 1


def test_neither_a_long_question_nor_a_sentence_without_an_end_hides_what_is_said():
    known = network.Network({"yes": 4, "knife": 5}, {})
    assert known.rows(unit("Yes", "Is anybody in danger " * 60))[-1][0] == 4
    assert known.rows(unit("and then he said so " * 60 + "he has a knife"))[-1][0] == 5


def test_stretches_read_together_have_the_odds_that_they_have_alone():
    known = network.load()
    said = [unit("He is outside now with a knife."), unit("Thank you."), unit("The meeting is at 4.")]
    rows = [known.rows(one) for one in said]
    together = known.odds_of(rows, [(0, 1), (1, 2), (0, 3)])
    np.testing.assert_allclose(together[0], known.odds_of(rows[:1], [(0, 1)])[0], atol=1e-4)
    np.testing.assert_allclose(together[1], known.odds_of(rows[1:], [(0, 2)])[0], atol=1e-4)
    assert together[0] > together[1]


def test_danger_is_seen_at_the_end_of_a_very_long_draft():
    calm = [unit("The meeting is on Tuesday.")] * 700
    assert danger.odds([*calm, unit("He is here now with a knife.")]) > danger.odds(calm) + 1


def test_nothing_said_has_no_odds():
    assert danger.odds([]) == float("-inf")


def test_missing_weights_say_what_to_do(tmp_path):
    with pytest.raises(ModelError, match="install referral-lint again"):
        network.load(tmp_path / "none.npz")
