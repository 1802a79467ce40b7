from datetime import date

import pytest

from referral_lint.checks.schooling import _expected


@pytest.mark.parametrize(
    ("born", "day", "year"),
    [
        (date(2018, 9, 1), date(2024, 9, 1), 1),
        (date(2019, 8, 31), date(2024, 9, 1), 1),
        (date(2019, 9, 1), date(2024, 9, 1), 0),
        (date(2010, 5, 3), date(2026, 7, 1), 11),
    ],
)
def test_the_school_year_that_a_birth_date_gives(born, day, year):
    assert _expected(born, day) == year
