"""What is hidden cannot be worked out: every table that fits what is shown is tried."""

from itertools import product

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from referral_lint.review.suppress import hidden, small

SMALLEST = 3


def possible(cells, away, column_sums):
    """Every value that each hidden cell can have, given the shown ones, all row sums and, if known, all column sums."""
    rows, columns, places = len(cells), len(cells[0]), sorted(away)
    most = max(map(sum, cells)) + 1
    found = {place: set() for place in places}
    for values in product(range(most), repeat=len(places)):
        filled = [list(row) for row in cells]
        for (i, j), value in zip(places, values, strict=True):
            filled[i][j] = value
        if [sum(row) for row in filled] != [sum(row) for row in cells]:
            continue
        if column_sums and any(
            sum(filled[i][j] for i in range(rows)) != sum(cells[i][j] for i in range(rows)) for j in range(columns)
        ):
            continue
        for place, value in zip(places, values, strict=True):
            found[place].add(value)
    return found


@settings(max_examples=150, deadline=None)
@given(st.lists(st.integers(0, 7), min_size=2, max_size=5))
def test_a_total_less_the_others_gives_nothing_away(row):
    away = hidden([row], SMALLEST)
    if small(sum(row), SMALLEST):
        return  # then the total is hidden too
    for (_, j), values in possible([row], away, column_sums=False).items():
        if small(row[j], SMALLEST):
            assert len(values) > 1, (row, away)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(st.integers(0, 4), min_size=2, max_size=2), min_size=2, max_size=3))
def test_nor_do_both_totals_of_a_table(cells):
    away = hidden(cells, SMALLEST, [range(len(cells))])
    sums = [*map(sum, cells), *map(sum, zip(*cells, strict=True))]
    if any(small(n, SMALLEST) for n in sums):
        return
    for (i, j), values in possible(cells, away, column_sums=True).items():
        if small(cells[i][j], SMALLEST):
            assert len(values) > 1, (cells, away)


def test_nor_do_lines_taken_together():
    """Each line hides two, but both rings of hidden numbers hang together by one, which all lines together would give."""
    cells = [[4, 14, 9, 33], [38, 33, 2, 33], [9, 20, 9, 4], [19, 20, 20, 4]]
    away = sorted(hidden(cells, 5, [range(4)]))
    lines = [[place[k] == n for place in away] for k in (0, 1) for n in range(4)]
    sums = np.array(lines, dtype=float)
    for i, place in enumerate(away):
        if small(cells[place[0]][place[1]], 5):
            alone = np.eye(len(away))[i]
            assert np.linalg.matrix_rank(np.vstack([sums, alone])) > np.linalg.matrix_rank(sums), place


def test_what_is_large_or_nothing_is_shown():
    assert hidden([[10, 0, 30]], 5) == set()


def test_a_small_number_takes_the_next_smallest_with_it():
    assert hidden([[10, 2, 30, 0]], 5) == {(0, 1), (0, 0)}


def test_where_rows_split_the_drafts_a_dear_one_goes_last():
    # ready, to change, to stop at: of 40 drafts
    assert hidden([[6], [32], [2]], 5, [range(3)], dear={0}) == {(2, 0), (1, 0)}


def test_all_but_few_gives_the_few_away():
    assert hidden([[35, 20, 0]], 5, wholes=[[36, 30, 36]]) == {(0, 0), (0, 1)}
    assert hidden([[36, 20, 0]], 5, wholes=[[36, 30, 36]]) == set()


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(0, 7), st.integers(0, 7)).filter(lambda two: sum(two) >= SMALLEST), min_size=2, max_size=4
    )
)
def test_what_is_left_of_each_whole_cannot_be_worked_out_either(columns):
    row, wholes = [n for n, _ in columns], [n + left for n, left in columns]
    away = hidden([row], SMALLEST, wholes=[wholes])
    if small(sum(row), SMALLEST) or small(sum(wholes) - sum(row), SMALLEST):
        return  # then the total is hidden too
    for (_, j), values in possible([row], away, column_sums=False).items():
        values = {n for n in values if n <= wholes[j]}
        if small(row[j], SMALLEST) or small(wholes[j] - row[j], SMALLEST):
            assert len(values) > 1, (columns, away)
