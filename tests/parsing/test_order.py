"""Rows out of the form's order are found, and none is preferred where two could be the wrong one."""

from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govreport_kit.parsing.order import certainly_in_order


@pytest.mark.parametrize(
    ("ranks", "repeats", "places"),
    [
        ([], False, []),
        ([1, 2, 3], False, [0, 1, 2]),
        ([9, 1, 2, 3], False, [1, 2, 3]),
        ([1, 2, 9, 3, 4], False, [0, 1, 3, 4]),
        ([1, 3, 2, 4], False, [0, 3]),
        ([1, 2, 2, 3], True, [0, 1, 2, 3]),
        ([1, 2, 2, 3], False, [0, 3]),
        ([2, 1], False, []),
    ],
)
def test_what_stands_in_every_longest_run(ranks, repeats, places):
    assert certainly_in_order(ranks, repeats=repeats) == places


@given(st.lists(st.integers(0, 6), max_size=8), st.booleans())
def test_all_runs_tried_one_by_one_give_the_same(ranks, repeats):
    def rises(run):
        return all(a < b or (repeats and a == b) for a, b in pairwise(run))

    runs = [
        set(places)
        for size in range(len(ranks) + 1)
        for places in combinations(range(len(ranks)), size)
        if rises([ranks[place] for place in places])
    ]
    longest = max(map(len, runs))
    assert certainly_in_order(ranks, repeats=repeats) == sorted(
        set.intersection(*(run for run in runs if len(run) == longest))
    )
