"""The interval of a ratio over units which differ by more than chance."""

import math

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from govreport_kit.statistics import (
    StatisticsError,
    clustered_interval,
    interval,
    interval_on,
    mean_interval,
    ratio_errors,
)

REFUSED, CLOSED = [10, 0, 1, 2, 0, 1], [40, 20, 20, 15, 15, 10]


def test_two_agencies_by_hand():
    # 2 of 10 and 8 of 10: r = 0.5, residuals -3 and 3, v = 2 / 1 * 18 / 400 = 0.09. Equal sizes: one degree of freedom,
    # t = 12.706205. On the scale of the logit 0 -+ 12.706205 * 0.3 / 0.25 = 15.247446.
    low, high = clustered_interval([2, 8], [10, 10])
    assert (low, high) == pytest.approx((1 / (1 + math.exp(15.247446)), 1 / (1 + math.exp(-15.247446))), rel=1e-6)
    # 10 of 20 and 4 of 10: r = 14/30, residuals 2/3 and -2/3, v = 2 * (8/9) / 900 = 4/2025. Sizes 20 and 10 count
    # as 900 / 500 = 1.8 equal ones.
    found = ratio_errors(np.array([10.0, 4.0]), np.array([20.0, 10.0]), np.zeros(2, int), 1)
    assert (found.units[0], found.ratio[0]) == (2, pytest.approx(14 / 30))
    assert (found.error[0], found.df[0]) == pytest.approx((2 / 45 * 1, 0.8))


def test_the_error_is_that_of_a_binomial_model_clustered_by_unit():
    single = np.concatenate([np.repeat([1, 0], [k, n - k]) for k, n in zip(REFUSED, CLOSED, strict=True)])
    unit = np.repeat(range(6), CLOSED)
    model = sm.GLM(single, np.ones((len(single), 1)), family=sm.families.Binomial())
    fitted = model.fit(cov_type="cluster", cov_kwds={"groups": unit, "use_correction": False})
    error = fitted.bse[0] * math.sqrt(6 / 5)
    t = stats.t.ppf(0.975, 120**2 / sum(n * n for n in CLOSED) - 1)
    centre = fitted.params[0]
    expected = [1 / (1 + math.exp(-(centre + sign * t * error))) for sign in (-1, 1)]
    assert clustered_interval(REFUSED, CLOSED) == pytest.approx(expected, rel=1e-6)


def test_units_of_one_size_have_the_t_interval_of_their_mean():
    days = [4, 5, 9]
    assert clustered_interval(days, [1, 1, 1], scale="identity") == pytest.approx(mean_interval(days))
    low, high = clustered_interval(days, [1, 1, 1], scale="log")
    assert (low * high, high / 6) == pytest.approx((36, math.exp(4.302653 * math.sqrt(7 / 3) / 6)), rel=1e-6)


def test_groups_are_kept_apart_and_what_is_missing_counts_for_nothing():
    k, n = np.array([2, 10, np.nan, 8, 4, 0, 7]), np.array([10, 20, 5, 10, 10, 0, np.nan])
    found = ratio_errors(k, n, np.array([2, 0, 0, 2, 0, 0, 1]), 4)
    assert found.units.tolist() == [2, 0, 2, 0]
    assert found.error == pytest.approx([2 / 45, np.nan, 0.3, np.nan], nan_ok=True)
    assert found.ratio == pytest.approx([14 / 30, np.nan, 0.5, np.nan], nan_ok=True)


@pytest.mark.parametrize(
    ("k", "n"),
    [([], []), ([3], [9]), ([0, 0, 0], [3, 4, 5]), ([3, 4], [3, 4]), ([0.1] * 7, [1] * 7), ([1, 2, 3], [3, 6, 9])],
)
def test_units_that_do_not_differ_have_no_interval(k, n):
    assert np.isnan(clustered_interval(k, n)).all()


def test_an_end_beyond_all_numbers_is_none():
    # One unit holds all but one part in ten million: next to no degree of freedom is left.
    assert np.isnan(clustered_interval([1e9, 500], [1e10, 1000], scale="log")).all()


@given(
    st.lists(st.tuples(st.floats(0, 1), st.integers(1, 10_000)), min_size=2, max_size=30),
    st.sampled_from(["logit", "log"]),
)
def test_the_ends_keep_to_possible_values_around_the_ratio(units, scale):
    share, n = (np.array(column, float) for column in zip(*units, strict=True))
    low, high = clustered_interval(share * n, n, scale=scale)
    if not math.isnan(low):
        ratio = (share * n).sum() / n.sum()
        assert 0 <= low <= ratio * (1 + 1e-9)
        assert ratio * (1 - 1e-9) <= high
        assert scale == "log" or high <= 1


def covered(sizes, rng, groups=400):
    """Return how often the clustered and Wilson's interval hold 0.3, where the agencies' shares scatter around it."""
    share = rng.beta(0.3 * 6, 0.7 * 6, (groups, len(sizes)))
    k = rng.binomial(sizes, share)
    low, high = np.array([clustered_interval(row, sizes) for row in k]).T
    plain = interval(k.sum(axis=1), sizes.sum())
    return np.mean((low <= 0.3) & (high >= 0.3)), np.mean((plain.low <= 0.3) & (plain.high >= 0.3))


def test_it_covers_what_agencies_do_where_wilsons_does_not():
    rng = np.random.default_rng(7)
    alike = np.full(20, 60)
    unequal = np.rint(np.exp(np.linspace(1, 6, 20))).astype(int)
    one_holds_most = np.append(np.full(19, 20), 760)
    for sizes in (alike, unequal, one_holds_most):
        clustered, wilson = covered(sizes, rng)
        assert clustered > 0.9
        assert wilson < 0.6


def test_what_cannot_be_said_says_why():
    with pytest.raises(StatisticsError, match="Nearest: logit"):
        clustered_interval([1, 2], [3, 4], scale="logits")
    with pytest.raises(StatisticsError, match="level"):
        interval_on("log", np.ones(1), np.ones(1), np.ones(1), 95)
    with pytest.raises(StatisticsError, match="indexes of k and n differ"):
        clustered_interval(pd.Series([1, 2]), pd.Series([3, 4], index=[1, 2]))
