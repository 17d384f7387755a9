import math

import numpy as np
import pandas as pd
import pytest
from scipy.stats import poisson
from statsmodels.stats.rates import confint_poisson

from govreport_kit.statistics import StatisticsError, poisson_interval


def test_requests_per_hundred_thousand_inhabitants():
    inhabitants = 450_000 / 100_000  # invented
    low, high = poisson_interval(89, inhabitants)
    assert (round(89 / inhabitants, 1), round(low, 1), round(high, 1)) == (19.8, 15.9, 24.3)
    low, high = poisson_interval(0, inhabitants)
    assert (low, round(high, 2)) == (0, 0.82)


def test_no_events_by_hand():
    # At 0 events the upper end solves exp(-rate) = 0.025.
    assert poisson_interval(0).high == pytest.approx(-math.log(0.025), abs=1e-12)


@pytest.mark.parametrize("level", [0.8, 0.95, 0.998])
def test_agreement_with_statsmodels(level):
    events, exposure = np.array([1, 2, 5, 89, 13_810]), np.array([0.3, 1, 4.5, 4.5, 90])
    expected = confint_poisson(events, exposure, method="exact-c", alpha=1 - level)
    np.testing.assert_allclose(poisson_interval(events, exposure, level), expected, rtol=1e-10)


def test_the_interval_covers_at_least_at_its_level():
    # The coverage is exact: every count with its probability.
    events, rates = np.arange(200), np.arange(0.5, 60, 0.5)[:, None]
    low, high = poisson_interval(events)
    coverage = (poisson.pmf(events, rates) * ((low <= rates) & (rates <= high))).sum(axis=1)
    assert coverage.min() > 0.95
    assert coverage.mean() < 0.975


def test_per_nobody_there_is_no_rate():
    events = pd.Series([3, None, 2], dtype="Int64")
    low, high = poisson_interval(events, pd.Series([0, 4, 2]))
    assert low.isna().tolist() == high.isna().tolist() == [True, True, False]
    with pytest.raises(StatisticsError, match="finite and not negative"):
        poisson_interval(-1)
    with pytest.raises(StatisticsError, match="finite and not negative"):
        poisson_interval(1, math.inf)
    with pytest.raises(StatisticsError, match="between 0 and 1"):
        poisson_interval(1, level=1)
