import numpy as np
import pandas as pd
import pytest

from govreport_kit.statistics import StatisticsError, worst_case_bounds


def test_eighteen_missing_reports_of_120():
    # 102 x 0.56 = 57.12 of 120, and 18 more at most.
    low, high = worst_case_bounds(0.56, 102, 120)
    assert (low, high) == pytest.approx((57.12 / 120, 75.12 / 120))
    assert (round(low, 3), round(high, 3)) == (0.476, 0.626)


def test_other_bounds_than_0_and_1():
    # Two units with a mean of 6 days and two unknown ones within 0 to 20 days.
    assert worst_case_bounds(6, 2, 4, 0, 20) == (3, 13)


def test_nothing_observed_and_nothing_expected():
    mean = pd.Series([None, None, 0.5], dtype="Float64")
    low, high = worst_case_bounds(mean, pd.Series([0, 0, 2]), pd.Series([5, 0, 2]))
    assert low.tolist() == pytest.approx([0, np.nan, 0.5], nan_ok=True)
    assert high.tolist() == pytest.approx([1, np.nan, 0.5], nan_ok=True)
    assert np.isnan(worst_case_bounds(None, 3, 5)).all()


def test_what_cannot_be_says_why():
    with pytest.raises(StatisticsError, match="k = 6 and n = 5"):
        worst_case_bounds(0.5, 6, 5)
    with pytest.raises(StatisticsError, match="between 0 and 1; give its own bounds"):
        worst_case_bounds(56, 3, 5)
