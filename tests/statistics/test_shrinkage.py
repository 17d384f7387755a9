import numpy as np
import pandas as pd
import pytest
from scipy.optimize import minimize
from scipy.stats import beta, betabinom

from govreport_kit.statistics import StatisticsError, interval, shrink
from govreport_kit.statistics.beta_binomial import fit_prior, kleinman_moments


def by_scipy(k, n):
    """Maximise the likelihood with scipy's own beta-binomial, without gradients."""

    def loss(logs):
        return -betabinom(n, *np.exp(logs)).logpmf(k).sum()

    return np.exp(minimize(loss, [1, 1], method="Nelder-Mead", options={"xatol": 1e-9, "fatol": 1e-12}).x)


def test_twelve_agencies(twelve):
    shrunk = shrink(twelve["k"], twelve["n"])
    (prior,) = shrunk.attrs["priors"]
    assert (round(prior["alpha"], 2), round(prior["beta"], 2), round(prior["rho"], 3)) == (3.57, 2.77, 0.136)
    assert (prior["stratum"], prior["units"], prior["status"]) == ("all", 12, "fitted")
    rows = shrunk.loc[["示例县1", "示例县2"], ["raw", "mean", "low", "high"]]
    assert rows.round(3).to_numpy().tolist() == [[0.450, 0.465, 0.325, 0.608], [0.500, 0.509, 0.364, 0.653]]
    assert shrunk.loc[["示例县3", "示例县4", "示例县11"], "mean"].round(3).tolist() == [0.704, 0.345, 0.725]
    raw = shrunk["raw"].rank(ascending=False)
    assert (raw["示例县3"], shrunk.loc["示例县3", "rank"]) == (1, 3)
    assert (raw["示例县11"], shrunk.loc["示例县11", "rank"]) == (4, 2)
    assert list(shrunk) == ["k", "n", "raw", "mean", "low", "high", "rank", "rank_low", "rank_high"]


def test_the_fit_is_the_one_of_another_search(twelve):
    k, n = twelve["k"].to_numpy(float), twelve["n"].to_numpy(float)
    prior = fit_prior(k, n)
    assert (prior.alpha, prior.beta) == pytest.approx(by_scipy(k, n), rel=1e-6)
    assert prior.mean == pytest.approx(prior.alpha / (prior.alpha + prior.beta))
    assert prior.rho == pytest.approx(1 / (prior.alpha + prior.beta + 1))
    posterior = shrink(k, n).loc[0]
    expected = beta(18 + prior.alpha, 22 + prior.beta)
    assert posterior["mean"] == pytest.approx(expected.mean())
    assert (posterior["low"], posterior["high"]) == pytest.approx(expected.interval(0.95))


def test_moments_are_the_start_only(twelve):
    mean, rho = kleinman_moments(twelve["k"].to_numpy(float), twelve["n"].to_numpy(float))
    assert (mean, round(rho, 3)) == (406 / 656, 0.102)


@pytest.mark.parametrize("both", [0.5, 6, 400])
def test_the_prior_is_found_again(both):
    rng = np.random.default_rng(1973)
    n = rng.integers(20, 200, 3000)
    k = rng.binomial(n, rng.beta(0.6 * both, 0.4 * both, 3000))
    prior = fit_prior(k.astype(float), n.astype(float))
    assert prior.mean == pytest.approx(0.6, abs=0.03)
    assert prior.rho == pytest.approx(1 / (both + 1), rel=0.15)


def test_huge_counts_and_a_hint_of_over_dispersion():
    rng = np.random.default_rng(9)
    n = np.full(200, 200_000.0)
    k = rng.binomial(n.astype(int), rng.beta(30_000, 20_000, 200)).astype(float)
    prior = fit_prior(k, n)
    assert prior.alpha + prior.beta == pytest.approx(50_000, rel=0.35)


def test_ranks_rest_on_the_draws():
    # Two agencies far apart and three alike: the first and the last are sure, those between are not.
    shrunk = shrink([900, 500, 505, 495, 100], [1000] * 5)
    assert shrunk["rank"].tolist() == [1, 3, 2, 4, 5]
    assert shrunk.loc[[0, 4], "rank_low"].tolist() == shrunk.loc[[0, 4], "rank_high"].tolist() == [1, 5]
    assert shrunk.loc[1:3, "rank_low"].tolist() == [2, 2, 2]
    assert shrunk.loc[1:3, "rank_high"].tolist() == [4, 4, 4]
    pd.testing.assert_frame_equal(shrunk, shrink([900, 500, 505, 495, 100], [1000] * 5))
    assert shrunk["rank"].dtype == "Int64"


def test_equal_means_share_their_best_rank():
    shrunk = shrink([9, 9, 1], [10, 10, 10])
    assert shrunk["rank"].tolist() == [1, 1, 3]


def test_like_is_ranked_with_like(twelve):
    strata = pd.Series(["county"] * 6 + ["city"] * 6, twelve.index)
    shrunk = shrink(twelve["k"], twelve["n"], strata)
    assert [prior["stratum"] for prior in shrunk.attrs["priors"]] == ["city", "county"]
    for stratum in ("county", "city"):
        alone = shrink(twelve["k"][strata == stratum], twelve["n"][strata == stratum])
        part = shrunk[strata == stratum]
        pd.testing.assert_frame_equal(part[["mean", "low", "high", "rank"]], alone[["mean", "low", "high", "rank"]])
    years = strata.to_frame("level").assign(year=[2023, 2024] * 6)
    keys = [prior["stratum"] for prior in shrink(twelve["k"], twelve["n"], years).attrs["priors"]]
    assert keys == [("city", 2023), ("city", 2024), ("county", 2023), ("county", 2024)]
    unknown = shrink(twelve["k"], twelve["n"], strata.where(strata == "city"))
    assert [prior["units"] for prior in unknown.attrs["priors"]] == [6, 6]


def test_without_over_dispersion_everyone_has_the_pooled_share():
    shrunk = shrink([1, 2, 3], [2, 4, 6])
    (prior,) = shrunk.attrs["priors"]
    assert (prior["status"], prior["rho"], prior["mean"]) == ("no over-dispersion", 0, 0.5)
    assert shrunk["mean"].tolist() == [0.5] * 3
    assert (shrunk["low"].iloc[0], shrunk["high"].iloc[0]) == interval(6, 12)
    assert shrunk[["rank", "rank_low", "rank_high"]].to_numpy().tolist() == [[1, 1, 3]] * 3


@pytest.mark.parametrize(
    ("k", "n", "status"),
    [
        ([1, 2], [3, 4], "too few units"),
        ([1, 2, None, 0], [3, 4, 5, 0], "too few units"),
        ([0, 0, 0], [3, 4, 900], "only shares of 0 or 1"),
        ([3, 4, 900], [3, 4, 900], "only shares of 0 or 1"),
        ([0, 1, 1, 0], [1, 1, 1, 1], "only shares of 0 or 1"),
        ([], [], None),
    ],
    ids=str,
)
def test_where_nothing_can_be_said_about_differences(k, n, status):
    shrunk = shrink(k, n)
    assert [prior["status"] for prior in shrunk.attrs["priors"]] == [status or "too few units"]
    assert shrunk[["mean", "low", "high", "rank", "rank_low", "rank_high"]].isna().all(axis=None)
    assert len(shrunk) == len(k)


def test_a_unit_without_a_share_is_neither_fitted_nor_ranked(twelve):
    more = pd.concat([twelve.astype("Int64"), pd.DataFrame({"k": [None, 0], "n": [5, 0]}, ["x", "y"], dtype="Int64")])
    shrunk = shrink(more["k"], more["n"])
    assert shrunk.loc[["x", "y"]].drop(columns=["k", "n"]).isna().all(axis=None)
    assert shrunk.loc["y", ["k", "n"]].tolist() == [0, 0]
    pd.testing.assert_frame_equal(shrunk.iloc[:12], shrink(twelve["k"], twelve["n"]))


def test_shrinkage_beats_raw_shares_and_its_intervals_cover():
    rng = np.random.default_rng(1955)
    raw_error, error, covered, ranked = [], [], [], []
    for seed in range(40):
        n = rng.integers(3, 120, 80)
        shares = rng.beta(6, 4, 80)
        shrunk = shrink(rng.binomial(n, shares), n, seed=seed, draws=400)
        raw_error.append(((shrunk["raw"] - shares) ** 2).mean())
        error.append(((shrunk["mean"] - shares) ** 2).mean())
        covered.append(shares_within(shrunk["low"], shares, shrunk["high"]))
        true_ranks = pd.Series(shares).rank(ascending=False)
        ranked.append(shares_within(shrunk["rank_low"], true_ranks, shrunk["rank_high"]))
    assert np.mean(error) < 0.7 * np.mean(raw_error)
    assert (np.array(error) < np.array(raw_error)).mean() > 0.9
    # 3,200 units: the standard error is 0.4 points; intervals which take the prior as known are a little short.
    assert np.mean(covered) == pytest.approx(0.945, abs=0.013)
    assert np.mean(ranked) == pytest.approx(0.945, abs=0.02)


def shares_within(low, values, high):
    return ((low <= values) & (values <= high)).mean()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"k": [3], "n": [2]}, "k = 3 and n = 2"),
        ({"k": [1.5], "n": [2]}, "whole numbers"),
        ({"k": [1], "n": [2], "level": 95}, "level must lie"),
        ({"k": [1], "n": [2], "draws": 0}, "At least one draw"),
        ({"k": [1], "n": [2], "strata": ["a", "b"]}, "There are 1 units but 2 keys of groups"),
        (
            {"k": pd.Series([1]), "n": [2], "strata": pd.Series(["a"], ["x"])},
            "indexes of the counts and the groups differ",
        ),
    ],
)
def test_what_cannot_be_shrunk_says_why(arguments, message):
    with pytest.raises(StatisticsError, match=message):
        shrink(**arguments)
