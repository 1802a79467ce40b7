from datetime import date

import pytest

from referral_lint.checks.lifetimes import Age, Birth, elapsed, fits
from referral_lint.checks.numbers import number
from referral_lint.model import Span

SOMEWHERE = Span(0, 1)


@pytest.mark.parametrize(
    ("born", "day", "unit", "expected"),
    [
        (date(2016, 9, 30), date(2025, 9, 29), "y", 8),
        (date(2016, 9, 30), date(2025, 9, 30), "y", 9),
        (date(2020, 2, 29), date(2021, 2, 28), "y", 0),
        (date(2023, 2, 16), date(2023, 5, 16), "m", 3),
        (date(2024, 8, 26), date(2024, 8, 29), "d", 3),
        (date(2024, 8, 1), date(2024, 8, 29), "w", 4),
    ],
)
def test_whole_units_between_two_days(born, day, unit, expected):
    assert elapsed(born, day, unit) == expected


@pytest.mark.parametrize(
    ("count", "unit", "does"),
    [(10, "y", True), (11, "y", False), (9, "y", False), (125, "m", True), (126, "m", True), (123, "m", False)],
)
def test_ages_fit_exactly_in_years_and_are_rounded_up_in_months(count, unit, does):
    born, day = date(2016, 6, 15), date(2026, 11, 20)
    assert fits(Age(SOMEWHERE, count, unit), Birth(SOMEWHERE, born, born), day, day) is does


def test_a_year_of_birth_alone_allows_two_ages():
    birth, day = Birth(SOMEWHERE, date(1946, 1, 1), date(1946, 12, 31)), date(2026, 5, 12)
    assert [n for n in range(77, 83) if fits(Age(SOMEWHERE, n, "y"), birth, day, day)] == [79, 80]


def test_numbers_in_words():
    assert [number(word) for word in ("7", "eleven", "Ninety-six", "forty")] == [7, 11, 96, 40]
