"""Coverage, bounds and the test of missingness against hand-worked values and scipy."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from govreport_kit import codebook
from govreport_kit.auditing.roster import RosterError, coverage, mean_bounds, missing_by_value
from govreport_kit.errors import UnknownKeyError


def status(*rows):
    frame = pd.DataFrame(rows, columns=["agency", "year", "publication", "content"])
    frame["report_id"] = (frame["year"].astype(str) + "/" + frame["agency"]).where(frame["content"] != "")
    frame["level"] = "county"
    return frame


def test_coverage_counts_every_code_and_leaves_out_what_is_not_due():
    counted = coverage(
        status(
            ("甲县", 2022, "on_time", "reported"),
            ("乙县", 2022, "late", "zero_requests"),
            ("丙县", 2022, "missing", ""),
            ("丁县", 2022, "not_due", ""),
            ("甲县", 2023, "undated", "unreadable"),
        )
    )
    assert counted[["year", "expected", "published", "due"]].values.tolist() == [[2022, 4, 2, 3], [2023, 1, 1, 1]]
    assert counted["coverage"].tolist() == [pytest.approx(2 / 3), 1]
    assert counted[list(codebook.publications)].sum(axis=1).tolist() == [4, 1]
    assert counted.loc[0, ["on_time", "late", "missing", "not_due", "zero_requests"]].tolist() == [1, 1, 1, 1, 1]


def test_where_nothing_is_due_there_is_no_coverage():
    assert coverage(status(("甲县", 2023, "not_due", "")), ["level", "year"])["coverage"].isna().all()


def test_a_column_that_is_none_is_refused():
    with pytest.raises(UnknownKeyError, match="level"):
        coverage(status(("甲县", 2023, "missing", "")), "levels")


def test_bounds_of_a_mean():
    # (102 x .56 + 18 x 0) / 120 and (102 x .56 + 18 x 1) / 120.
    assert mean_bounds(0.56, 102, 120) == pytest.approx((0.476, 0.626))
    assert mean_bounds(0.56, 120, 120) == pytest.approx((0.56, 0.56))
    assert mean_bounds(np.nan, 0, 7) == (0, 1)
    assert mean_bounds(12, 3, 4, lowest=0, highest=40) == pytest.approx((9, 19))


def test_bounds_of_many_means():
    low, high = mean_bounds([0.5, 0.2], [1, 4], [2, 5])
    assert low == pytest.approx([0.25, 0.16])
    assert high == pytest.approx([0.75, 0.36])


@pytest.mark.parametrize("given", [(1.2, 3, 4), (0.5, 5, 4), (0.5, 0, 0), (0.5, -1, 4)])
def test_impossible_bounds_are_refused(given):
    with pytest.raises(RosterError):
        mean_bounds(*given)


@given(st.lists(st.floats(0, 1), min_size=1, max_size=20), st.data())
def test_the_mean_of_all_lies_within_the_bounds(values, data):
    there = data.draw(st.integers(0, len(values)))
    mean = float(np.mean(values[:there])) if there else np.nan
    low, high = mean_bounds(mean, there, len(values))
    assert low - 1e-9 <= np.mean(values) <= high + 1e-9


def test_those_who_fall_silent_are_compared_with_last_years_values():
    names = "甲乙丙丁戊己"
    rows = [(f"{name}县", 2022, "on_time", "reported") for name in names]
    rows += [
        (f"{name}县", 2023, "missing" if name in "甲乙" else "on_time", "" if name in "甲乙" else "reported")
        for name in names
    ]
    values = pd.Series([0.9, 0.8, 0.1, 0.2, 0.3, 0.4], index=[f"2022/{name}县" for name in names])
    found = missing_by_value(status(*rows), values)
    assert len(found) == 1
    row = found.iloc[0]
    assert (row["year"], row["missing"], row["published"]) == (2023, 2, 4)
    assert row["mean_missing"] == pytest.approx(0.85)
    assert row["mean_published"] == pytest.approx(0.25)
    assert row["superiority"] == 1
    # Of the 15 ways to choose two of six, one has these two on top and one at the bottom.
    assert row["p"] == pytest.approx(2 / 15)


def test_without_missing_agencies_nothing_is_tested():
    rows = [("甲县", 2022, "on_time", "reported"), ("甲县", 2023, "late", "reported")]
    found = missing_by_value(status(*rows), pd.Series({"2022/甲县": 0.5, "2023/甲县": 0.6}))
    assert found[["missing", "published"]].values.tolist() == [[0, 1]]
    assert found["p"].isna().all()
