import math

import numpy as np
import pandas as pd
import pytest
from scipy.stats import binom
from statsmodels.stats.proportion import confint_proportions_2indep, proportions_ztest

from govreport_kit.statistics import StatisticsError, difference, fisher_test, interval, score_test

# Newcombe (1998), table II, method 10.
PRINTED = {
    (56, 70, 48, 80): (0.0524, 0.3339),
    (9, 10, 3, 10): (0.1705, 0.8090),
    (6, 7, 2, 7): (0.0582, 0.8062),
    (5, 56, 0, 29): (-0.0381, 0.1926),
    (0, 10, 0, 20): (-0.1611, 0.2775),
    (0, 10, 0, 10): (-0.2775, 0.2775),
    (10, 10, 0, 20): (0.6791, 1.0),
    (10, 10, 0, 10): (0.6075, 1.0),
}


@pytest.mark.parametrize("counts", PRINTED, ids=str)
def test_the_printed_examples_of_newcombe(counts):
    value, low, high = difference(*counts)
    assert value == pytest.approx(counts[0] / counts[1] - counts[2] / counts[3])
    assert (round(low, 4), round(high, 4)) == PRINTED[counts]


def test_five_points_of_improvement_are_nothing():
    value, low, high = difference(19, 38, 18, 40)
    assert [round(100 * end, 1) for end in (value, low, high)] == [5.0, -16.4, 25.8]
    assert round(score_test(19, 38, 18, 40).p, 2) == 0.66
    assert round(fisher_test(19, 38, 18, 40), 2) == 0.82


@pytest.mark.parametrize("level", [0.8, 0.95, 0.998])
def test_agreement_with_statsmodels_on_a_grid(level):
    k1, k2 = (grid.ravel() for grid in np.meshgrid(np.arange(1, 38), np.arange(1, 40)))
    _, low, high = difference(k1, 38, k2, 40, level)
    expected = confint_proportions_2indep(k1, 38, k2, 40, method="newcomb", compare="diff", alpha=1 - level)
    np.testing.assert_allclose([low, high], expected, rtol=0, atol=1e-10)
    z, p = score_test(k1, 38, k2, 40)
    for position in range(0, len(k1), 97):
        counts = [k1[position], k2[position]]
        expected = proportions_ztest(counts, [38, 40])
        assert (z[position], p[position]) == pytest.approx(expected, abs=1e-10)


def test_the_interval_covers_at_its_level_on_average():
    # The coverage is exact: every pair of counts with its probability.
    n1, n2 = 20, 30
    k1, k2 = np.arange(n1 + 1)[:, None], np.arange(n2 + 1)
    _, low, high = difference(k1, n1, k2, n2)
    shares = np.arange(0.05, 1, 0.05)
    coverage = [
        (np.outer(binom.pmf(k1[:, 0], n1, p1), binom.pmf(k2, n2, p2)) * ((low <= p1 - p2) & (p1 - p2 <= high))).sum()
        for p1 in shares
        for p2 in shares
    ]
    assert 0.945 < np.mean(coverage) < 0.965
    assert min(coverage) > 0.90


def test_exchanged_shares_mirror():
    value, low, high = difference([3, 0], [10, 4], [8, 4], [9, 4])
    mirrored = difference([8, 4], [9, 4], [3, 0], [10, 4])
    np.testing.assert_allclose([value, low, high], [-mirrored.value, -mirrored.high, -mirrored.low])
    assert score_test(3, 10, 8, 9).statistic == -score_test(8, 9, 3, 10).statistic < 0


def test_fisher_by_hand():
    # 3 of 4 against 0 of 3: of the C(7, 3) = 35 tables with these margins, k1 = 0, 1, 2, 3 in 1, 12, 18, 4.
    assert fisher_test(3, 4, 0, 3) == pytest.approx((4 + 1) / 35)
    assert fisher_test(0, 4, 0, 3) == 1


def test_of_nothing_there_is_no_difference():
    assert np.isnan(difference(1, 0 + 1, 0, 0)).all()
    assert math.isnan(fisher_test(0, 0, 1, 2))
    assert np.isnan(score_test(0, 0, 1, 2)).all()
    assert np.isnan(score_test(pd.NA, 4, 1, 2)).all()
    # No scatter at all: the normal approximation says nothing, the exact test and the interval do.
    assert np.isnan(score_test(0, 4, 0, 3)).all()
    assert difference(0, 4, 0, 3).high == pytest.approx(interval(0, 4).high)


def test_series_keep_their_index():
    first = pd.Series([19, None], ["a", "b"], dtype="Int64")
    value, low, high = difference(first, 38, 18, 40)
    p = fisher_test(first, 38, 18, 40)
    assert list(low.index) == list(p.index) == ["a", "b"]
    assert (value["a"], low["a"], high["a"]) == difference(19, 38, 18, 40)
    assert p.isna().tolist() == low.isna().tolist() == [False, True]
    with pytest.raises(StatisticsError, match="indexes of k1 and n2 differ"):
        difference(first, 38, 18, pd.Series([1, 2]))


def test_what_cannot_be_compared_says_why():
    with pytest.raises(StatisticsError, match="k = 5 and n = 4"):
        difference(1, 2, 5, 4)
    with pytest.raises(StatisticsError, match=r"whole numbers; k = 1.5 and n = 4"):
        fisher_test(1.5, 4, 1, 2)
    with pytest.raises(StatisticsError, match="between 0 and 1"):
        difference(1, 2, 1, 2, level=95)
