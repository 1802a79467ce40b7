"""What stands around a stretch: the signs of it, and that they decide."""

from __future__ import annotations

import numpy as np
import pytest

from referral_lint.model import Span
from referral_lint.understanding.wording import Reading, network, tokens
from referral_lint.understanding.wording.surroundings import SIGNS, Surroundings, logit


def surroundings(likely: list[float], sentences: list[int]) -> Surroundings:
    """Words that have the first label, and no other, so likely."""
    by_label = np.zeros((len(likely), 4), np.float32)
    by_label[:, 0] = likely
    return Surroundings(np.array(likely, np.float32), by_label, np.array(sentences))


def test_signs_of_a_stretch_in_the_middle() -> None:
    around = surroundings([0.2, 0.1, 0.8, 0.6, 0.3, 0.4, 0.0], [0, 0, 1, 1, 1, 2, 2])
    own, others, same, before, after, many, beside, level, words = around.signs(0, 2, 4)
    assert own == pytest.approx(logit(0.8), abs=1e-3)
    assert others == pytest.approx(logit((0.2 + 0.4 + 4 * 0.4) / 6), abs=1e-3)  # and four sentences that nobody sees
    assert same == pytest.approx(logit((0.2 + 0.4 + 4 * 0.05) / 6), abs=1e-3)
    assert (before, after, beside) == pytest.approx((0.2, 0.4, 0.3))
    assert (many, level, words) == pytest.approx((np.log(8), 0.7, 2))


def test_another_label_nearby_is_told_apart() -> None:
    around = surroundings([0.9, 0.8], [0, 1])
    assert around.signs(0, 1, 2)[2] > around.signs(1, 1, 2)[2]


def test_a_draft_of_one_sentence_has_no_others() -> None:
    signs = surroundings([0.9, 0.1], [0, 0]).signs(0, 0, 1)
    assert signs.shape == (SIGNS,)
    assert np.isfinite(signs).all()
    assert (signs[3], signs[4]) == (0, 0)


@pytest.mark.parametrize("likely", [0.0, 1.0])
def test_certainty_stays_within_bounds(likely: float) -> None:
    assert abs(logit(likely)) < 10


def reading(others: float, weights: np.ndarray) -> Reading:
    """Three sentences of one word; the middle one may be ambiguous, the others are as likely as `others`."""
    odds = np.zeros((3, network.TAGS), np.float32)
    odds[:, 1] = [others, 0.5, others]
    odds[:, 0] = 1 - odds[:, 1]
    at = np.arange(3) * 4
    rows = tokens.Rows(at, at + 3, np.arange(3), np.zeros((3, 4), np.int64), np.zeros((3, tokens.FLAGS), np.float32))
    return Reading(rows, odds, ["one", "two", "six"], weights, weights)


def test_the_same_words_count_for_less_in_a_careful_draft() -> None:
    weights = np.zeros((4, SIGNS + 1))
    weights[0, 1], weights[0, -1] = 1.0, 0.5  # only what the others are like counts
    careless, careful = reading(0.9, weights), reading(0.01, weights)
    assert Span(4, 7) in list(careless.spans("AMB", 0.5))
    assert Span(4, 7) not in list(careful.spans("AMB", 0.5))
    assert careless.likelihood(Span(4, 7), "AMB") > 0.5 > careful.likelihood(Span(4, 7), "AMB")


def test_the_package_brings_weights_for_every_label() -> None:
    for name in ("found", "listed"):
        assert network.load().weights[name].shape == (len(network.LABELS), SIGNS + 1)
