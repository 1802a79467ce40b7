"""Intervals, against the figures of the papers that they come from."""

import numpy as np
import pytest

from referral_lint.review.stats import newcombe, rates, trend, wilson


@pytest.mark.parametrize(
    ("count", "whole", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_wilson_as_in_newcombe_1998_table_1(count, whole, low, high):
    assert wilson(count, whole)[1:] == pytest.approx((low, high), abs=5e-5)


@pytest.mark.parametrize(
    ("one", "two", "low", "high"),
    [((56, 70), (48, 80), 0.0524, 0.3339), ((9, 10), (3, 10), 0.1705, 0.8090), ((10, 10), (0, 10), 0.6075, 1.0)],
)
def test_newcombe_as_in_his_table_2(one, two, low, high):
    assert newcombe(two, one)[1:] == pytest.approx((low, high), abs=5e-5)


def test_a_share_of_nothing_may_be_anything():
    assert wilson(0, 0) == (0, 0, 1)


def test_everything_agreed_with_is_exactly_one_however_it_was_added_up():
    weights = [1.1] * 3 + [0.7] * 4  # whose sums differ in the last place
    whole = sum(weights)
    assert wilson(whole * (1 + 2**-52), whole).value == 1


def test_the_interval_of_a_trend_holds_the_truth_about_as_often_as_it_says():
    draw, inside = np.random.default_rng(3), 0
    for _ in range(400):
        months = [(x, int(draw.binomial(40, 0.8 - 0.01 * x)), 40) for x in range(24)]
        found = trend(months)
        inside += found.low <= -0.01 <= found.high
    assert 0.92 <= inside / 400 <= 0.99


def test_a_trend_needs_three_months():
    assert trend([(0, 3, 10), (1, 0, 0), (5, 4, 10)]) is None


def test_rates_find_a_difference_and_none_where_there_is_none():
    draw = np.random.default_rng(5)
    many, few = [(int(draw.poisson(8)), 400) for _ in range(80)], [(int(draw.poisson(4)), 400) for _ in range(80)]
    found = rates(many, few)
    assert found.high < 0
    assert found.value == pytest.approx(-10, abs=2)
    same = rates(many[:40], many[40:])
    assert same.low <= 0 <= same.high
