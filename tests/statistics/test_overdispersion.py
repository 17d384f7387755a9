import math

import numpy as np
import pandas as pd
import pytest
from scipy.stats import chi2

from govreport_kit.statistics import StatisticsError, overdispersion
from govreport_kit.statistics.overdispersion import arcsine_z


def test_twelve_agencies_differ_by_more_than_chance(twelve):
    scatter = overdispersion(twelve["k"], twelve["n"], consistent=False)
    assert scatter.target == 406 / 656
    assert (scatter.units, scatter.df) == (12, 11)
    assert (round(scatter.phi, 2), round(scatter.phi_winsorised, 2)) == (5.39, 4.85)
    assert round(scatter.chi2, 1) == 64.7
    assert scatter.p == pytest.approx(chi2.sf(scatter.chi2, 11), rel=1e-10)
    assert f"{scatter.p:.0e}" == "1e-09"
    assert round(scatter.tau, 3) == 0.169


def test_the_arcsine_scale_accuses_small_agencies(twelve):
    k, n = twelve["k"].to_numpy(float), twelve["n"].to_numpy(float)
    z = arcsine_z(k, n, 406 / 656)
    assert [f"{k[one]:.0f}/{n[one]:.0f}" for one in np.flatnonzero(np.abs(z) > 3.09)] == [
        "0/4",
        "9/30",
        "33/75",
        "27/31",
    ]
    with_scatter = arcsine_z(k, n, 406 / 656, overdispersion(k, n, consistent=False).tau)
    assert np.abs(with_scatter).max() < 3.09
    assert round(with_scatter[3], 2) == -3.00


def test_three_agencies_by_hand():
    # Target 1/2, n = 16: standard error 1/8; 4, 8 and 14 of 16 lie 2, 0 and 3 of them away.
    scatter = overdispersion([4, 8, 14], 16, 0.5, winsorised=0)
    assert scatter.chi2 == pytest.approx(4 + 0 + 9)
    assert scatter.phi == scatter.phi_winsorised == pytest.approx(13 / 3)
    # On the arcsine scale the standard error is 1/8 as well; weights 64 each, so the denominator is 128.
    angles = [math.asin(math.sqrt(share)) - math.pi / 4 for share in (0.25, 0.5, 0.875)]
    excess = sum((8 * angle) ** 2 for angle in angles) - 2
    assert scatter.tau == pytest.approx(math.sqrt(excess / 128))


def test_winsorised_moments_are_made_good(twelve):
    published = overdispersion(twelve["k"], twelve["n"], consistent=False)
    scatter = overdispersion(twelve["k"], twelve["n"])
    # Of a standard normal score, winsorised at 1.2816 on both sides: E z^2 = 0.8 - 2 1.2816 0.17550 + 0.2 1.2816^2.
    left = 0.8 - 2 * 1.28155 * 0.175498 + 0.2 * 1.28155**2
    assert scatter.phi_winsorised == pytest.approx(published.phi_winsorised / left, rel=1e-5)
    assert scatter.tau > published.tau
    assert (scatter.phi, scatter.chi2, scatter.p) == (published.phi, published.chi2, published.p)
    z = np.random.default_rng(0).standard_normal(100_000)
    assert np.clip(z, *np.quantile(z, [0.1, 0.9])).var() == pytest.approx(left, abs=0.01)


def test_equal_shares_have_no_scatter():
    scatter = overdispersion([1, 2, 3], [2, 4, 6])
    assert (scatter.phi, scatter.tau, scatter.p) == (0, 0, 1)


@pytest.mark.parametrize(
    ("k", "n", "units"), [([3], [4], 1), ([0, 0], [3, 4], 2), ([None, 0], [3, 0], 0), ([], [], 0)], ids=str
)
def test_where_there_is_no_scatter_to_measure(k, n, units):
    scatter = overdispersion(k, n)
    assert scatter.units == units
    assert np.isnan([scatter.phi, scatter.chi2, scatter.p, scatter.phi_winsorised, scatter.tau]).all()


def test_units_without_a_share_are_left_out(twelve):
    more = pd.concat([twelve.astype("Int64"), pd.DataFrame({"k": [None, 0], "n": [5, 0]}, dtype="Int64")])
    assert overdispersion(more["k"], more["n"]) == overdispersion(twelve["k"], twelve["n"])


def test_the_test_holds_its_level_and_tau_is_found():
    rng = np.random.default_rng(2005)
    n = rng.integers(30, 300, size=(400, 60))
    alone = rng.binomial(n, 0.5)
    rejected = np.mean([overdispersion(k, sizes).p < 0.05 for k, sizes in zip(alone, n, strict=True)])
    # 400 tests at 5 %: the standard error is 1.1 points.
    assert rejected == pytest.approx(0.05, abs=3 * 0.011)
    shares = np.sin(np.clip(np.pi / 4 + 0.15 * rng.standard_normal((400, 60)), 0, np.pi / 2)) ** 2
    scattered = rng.binomial(n, shares)
    tau = [overdispersion(k, sizes, winsorised=0).tau for k, sizes in zip(scattered, n, strict=True)]
    assert np.mean(tau) == pytest.approx(0.15, abs=0.005)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"k": [3], "n": [2]}, "k = 3 and n = 2"),
        ({"k": [1, 2], "n": 3, "target": 1}, "target is a share and must lie between 0 and 1; it is 1"),
        ({"k": [1, 2], "n": 3, "winsorised": 0.5}, "less than half"),
        ({"k": [[1, 2]], "n": 3}, "One number a unit is wanted; k and n have 2 dimensions"),
    ],
)
def test_what_has_no_scatter_says_why(arguments, message):
    with pytest.raises(StatisticsError, match=message):
        overdispersion(**arguments)
