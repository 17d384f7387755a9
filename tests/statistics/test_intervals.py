import math
import subprocess
import sys

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import binom
from statsmodels.stats.proportion import proportion_confint

from govreport_kit.errors import GovReportError
from govreport_kit.statistics import METHODS, IntervalError, interval, mean_interval, t_interval, upper_limit

STATSMODELS = {
    "wilson": "wilson",
    "clopper_pearson": "beta",
    "jeffreys": "jeffreys",
    "agresti_coull": "agresti_coull",
}
LEVEL_OF_Z_196 = math.erf(1.96 / math.sqrt(2))

# The printed table: z = 1.96, three decimals.
TABLE = {
    (18, 40): {
        "wilson": (0.307, 0.602),
        "agresti_coull": (0.307, 0.602),
        "jeffreys": (0.304, 0.603),
        "clopper_pearson": (0.293, 0.615),
    },
    (19, 38): {
        "wilson": (0.348, 0.652),
        "agresti_coull": (0.348, 0.652),
        "jeffreys": (0.346, 0.654),
        "clopper_pearson": (0.334, 0.666),
    },
    (0, 12): {
        "wilson": (0, 0.243),
        "agresti_coull": (0, 0.282),
        "jeffreys": (0, 0.185),
        "clopper_pearson": (0, 0.265),
    },
    (1, 3): {
        "wilson": (0.061, 0.792),
        "agresti_coull": (0.056, 0.798),
        "jeffreys": (0.039, 0.823),
        "clopper_pearson": (0.008, 0.906),
    },
    (8, 164): {
        "wilson": (0.025, 0.093),
        "agresti_coull": (0.023, 0.095),
        "jeffreys": (0.023, 0.090),
        "clopper_pearson": (0.021, 0.094),
    },
}


# Mean and smallest coverage of the intervals at 95 % for shares of 0.02, 0.03 ... 0.98.
COVERAGE = {
    10: {
        "wilson": (0.956, 0.914),
        "agresti_coull": (0.964, 0.930),
        "jeffreys": (0.952, 0.869),
        "clopper_pearson": (0.983, 0.962),
    },
    40: {
        "wilson": (0.951, 0.928),
        "agresti_coull": (0.958, 0.938),
        "jeffreys": (0.952, 0.925),
        "clopper_pearson": (0.970, 0.952),
    },
}


@st.composite
def counts(draw, largest=20_000):
    n = draw(st.integers(1, largest))
    return draw(st.integers(0, n)), n


def by_statsmodels(k, n, method, level=0.95):
    low, high = proportion_confint(k, n, alpha=1 - level, method=STATSMODELS[method])
    return np.where(k == 0, 0.0, low), np.where(k == n, 1.0, high)


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("count", TABLE, ids=str)
def test_the_printed_table_of_intervals(count, method):
    low, high = interval(*count, method, LEVEL_OF_Z_196)
    assert (round(low, 3), round(high, 3)) == TABLE[count][method]


def test_eighteen_of_forty_with_the_default():
    low, high = interval(18, 40)
    assert (round(100 * low, 1), round(100 * high, 1)) == (30.7, 60.2)


def test_clopper_pearson_at_the_ends_by_hand():
    # At k = 0 the upper end solves (1 - p)^n = 0.025.
    assert interval(0, 12, "clopper_pearson").high == pytest.approx(1 - 0.025 ** (1 / 12), abs=1e-12)
    assert interval(12, 12, "clopper_pearson").low == pytest.approx(0.025 ** (1 / 12), abs=1e-12)


@pytest.mark.parametrize("level", [0.8, 0.95, 0.998])
@pytest.mark.parametrize("method", METHODS)
def test_agreement_with_statsmodels_on_a_grid(method, level):
    k, n = (grid.ravel() for grid in np.meshgrid(np.arange(131), [1, 2, 3, 12, 40, 130, 13_810]))
    k, n = k[k <= n], n[k <= n]
    low, high = interval(k, n, method, level)
    expected_low, expected_high = by_statsmodels(k, n, method, level)
    np.testing.assert_allclose(low, expected_low, rtol=0, atol=1e-10)
    np.testing.assert_allclose(high, expected_high, rtol=0, atol=1e-10)


@pytest.mark.parametrize("method", METHODS)
@settings(deadline=None)
@given(count=counts())
def test_agreement_with_statsmodels(method, count):
    low, high = interval(*count, method)
    expected_low, expected_high = by_statsmodels(*count, method)
    assert low == pytest.approx(expected_low, abs=1e-10)
    assert high == pytest.approx(expected_high, abs=1e-10)


@pytest.mark.parametrize("method", METHODS)
@settings(deadline=None)
@given(count=counts())
def test_an_interval_holds_the_share_and_mirrors(method, count):
    k, n = count
    low, high = interval(k, n, method)
    mirrored_low, mirrored_high = interval(n - k, n, method)
    assert 0 <= low <= k / n <= high <= 1
    assert (low == 0) >= (k == 0)
    assert (high == 1) >= (k == n)
    assert low == pytest.approx(1 - mirrored_high, abs=1e-9)
    assert high == pytest.approx(1 - mirrored_low, abs=1e-9)


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("n", COVERAGE)
def test_exact_coverage(method, n):
    k, shares = np.arange(n + 1)[:, None], np.arange(2, 99) / 100
    low, high = interval(k, n, method)
    coverage = (binom.pmf(k, n, shares) * ((low <= shares) & (shares <= high))).sum(axis=0)
    assert (round(coverage.mean(), 3), round(coverage.min(), 3)) == COVERAGE[n][method]


def test_half_widths_which_the_defaults_for_small_counts_rest_on():
    low, high = interval([10, 20, 50], [20, 40, 100])
    assert (100 * (high - low) / 2).round(1).tolist() == [20.1, 14.8, 9.6]


def test_none_of_twelve():
    # 1 - 0.05^(1/12) exactly, 3/12 by the rule of three.
    assert upper_limit(0, 12) == pytest.approx(1 - 0.05 ** (1 / 12), abs=1e-12)
    assert round(100 * upper_limit(0, 12), 1) == 22.1
    assert upper_limit(0, 3000) == pytest.approx(3 / 3000, rel=0.002)


def test_the_upper_limit_is_the_upper_end_at_twice_the_error():
    k = np.arange(41)
    np.testing.assert_allclose(upper_limit(k, 40), interval(k, 40, "clopper_pearson", 0.9).high, atol=1e-12)
    limits = upper_limit(pd.Series([0, None, 0], dtype="Int64"), pd.Series([12, 5, 0]))
    assert limits.isna().tolist() == [False, True, True]
    assert upper_limit(4, 4) == 1
    with pytest.raises(IntervalError, match="k = 5 and n = 4"):
        upper_limit(5, 4)
    with pytest.raises(IntervalError, match="level"):
        upper_limit(1, 4, level=95)


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize(("k", "n"), [(0, 0), (pd.NA, 3), (2, None), (math.nan, 3), (pd.NA, pd.NA)])
def test_of_nothing_there_is_no_share(method, k, n):
    assert np.isnan(interval(k, n, method)).all()


def test_numbers_give_floats_arrays_arrays_and_series_series():
    assert isinstance(interval(1, 3).low, float)
    low, high = interval([[0, 1], [2, 3]], 3)
    assert low.shape == high.shape == (2, 2)
    assert low[0, 1] == interval(1, 3).low
    k = pd.Series([1, None, 0, 0], index=list("abcd"), dtype="Int64")
    n = pd.Series([3, 3, 0, None], index=list("abcd"), dtype="Int64")
    low, high = interval(k, n)
    assert low.dtype == high.dtype == np.float64
    assert list(low.index) == list("abcd")
    assert (low["a"], high["a"]) == interval(1, 3)
    assert low[["b", "c", "d"]].isna().all()
    assert high[["b", "c", "d"]].isna().all()
    assert interval(k, 3).high["a"] == interval(1, 3).high
    assert np.isnan(interval(pd.array([1, None], "Int64"), 3).low).tolist() == [False, True]
    assert interval([], []).low.shape == (0,)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((3, 2), "k = 3 and n = 2 at position 0"),
        (([1, -1, -2], 2), r"k = -1 and n = 2 at position 1 are not \(2 such pairs\)"),
        ((math.nan, -2), "n = -2"),
        ((1, math.inf), "finite"),
        ((1, 2, "wilsn"), "There is no interval method 'wilsn'. Nearest: wilson."),
        ((1, 2, "nothing of the kind"), "Methods: wilson, clopper_pearson, jeffreys, agresti_coull"),
        ((1, 2, "wilson", 95), "between 0 and 1, for example 0.95; it is 95"),
        ((1, 2, "wilson", math.nan), "it is nan"),
        ((pd.Series([1, 2]), pd.Series([3, 4], index=[1, 2])), "indexes of k and n differ"),
    ],
)
def test_what_has_no_interval_says_why(arguments, message):
    with pytest.raises(IntervalError, match=message) as caught:
        interval(*arguments)
    assert isinstance(caught.value, GovReportError)
    assert isinstance(caught.value, ValueError)


def test_mean_interval_by_hand():
    # 4, 5, 9: mean 6, standard deviation sqrt(7), t quantile with 2 degrees of freedom 4.302653.
    half_width = 4.302653 * math.sqrt(7) / math.sqrt(3)
    low, high = mean_interval(pd.Series([4, None, 5, 9], dtype="Float64"))
    assert low == pytest.approx(6 - half_width, abs=1e-5)
    assert high == pytest.approx(6 + half_width, abs=1e-5)
    # The t quantile at 0.95 with 2 degrees of freedom is 2.919986.
    assert mean_interval([4, 5, 9], 0.9).high == pytest.approx(6 + 2.919986 * math.sqrt(7 / 3), abs=1e-5)


def test_one_value_says_nothing_about_the_spread():
    assert np.isnan(mean_interval([12])).all()
    assert np.isnan(mean_interval([])).all()
    assert np.isnan(mean_interval([None, 12])).all()
    assert mean_interval([12, 12]) == (12, 12)


def test_t_interval_of_many_means():
    low, high = t_interval([6, 6], [math.sqrt(7), math.nan], [3, 1])
    assert (low[0], high[0]) == pytest.approx(mean_interval([4, 5, 9]))
    assert np.isnan([low[1], high[1]]).all()
    with pytest.raises(IntervalError, match="level"):
        t_interval(1, 1, 3, level=1)


def test_the_big_statistics_packages_are_not_loaded():
    heavy = {"scipy.stats", "scipy.optimize", "scipy.sparse", "statsmodels"}
    code = f"import sys, govreport_kit.statistics; print({heavy} & set(sys.modules))"
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert shown == "set()\n"
