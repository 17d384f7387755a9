import numpy as np
import pandas as pd
import pytest
from scipy.special import logsumexp
from scipy.stats import binom, norm

from govreport_kit.statistics import StatisticsError, funnel, funnel_limits
from govreport_kit.statistics.binomial import mid_p_z

PREFECTURE = 7716 / 13_810  # (G + P) / T of the prefecture's report, .5587


@pytest.mark.parametrize(
    ("n", "limits_95", "limits_998"),
    [
        (38, (0.385, 0.703), (0.295, 0.787)),
        (40, (0.390, 0.698), (0.302, 0.782)),
        (1336, (0.532, 0.585), (0.516, 0.600)),
    ],
)
def test_interpolated_limits_around_a_prefecture(n, limits_95, limits_998):
    assert funnel_limits(n, PREFECTURE, 0.95, method="interpolated") == pytest.approx(limits_95, abs=0.0005)
    assert funnel_limits(n, PREFECTURE, 0.998, method="interpolated") == pytest.approx(limits_998, abs=0.0005)
    frame = funnel([n // 2], [n], PREFECTURE, limits="interpolated").loc[0]
    assert (frame["low_95"], frame["high_998"]) == pytest.approx((limits_95[0], limits_998[1]), abs=0.0005)


def test_interpolated_limits_lie_too_low_for_small_units():
    # All of three is nothing unusual where nine of ten is the target, but is drawn as if it were.
    assert funnel_limits(3, 0.9, 0.998, method="interpolated").high < 1
    assert funnel_limits(3, 0.9, 0.998).high == 1
    assert funnel([3], [3], 0.9)["flag"].tolist() == [""]


def test_limits_stay_shares_where_normal_ones_do_not():
    assert PREFECTURE + norm.ppf(0.999) * np.sqrt(PREFECTURE * (1 - PREFECTURE) / 12) == pytest.approx(1.002, abs=0.001)
    low, high = funnel_limits(np.arange(1, 60), PREFECTURE, 0.998)
    assert ((low >= 0) & (low < PREFECTURE) & (high > PREFECTURE) & (high <= 1)).all()


def by_definition(n, target, tail, half):
    """Walk up from 0 to the smallest count whose distribution function exceeds the tail."""

    def reached(r):
        return binom.cdf(r, n, target) - half * binom.pmf(r, n, target) if r <= n else 1.0

    r = next(count for count in range(n + 2) if reached(count) > tail)
    return np.clip((r - (reached(r) - tail) / (reached(r) - (reached(r - 1) if r else 0))) / n, 0, 1)


@pytest.mark.parametrize("target", [0.02, 0.5587, 0.95])
@pytest.mark.parametrize(("method", "half"), [("interpolated", 0), ("mid_p", 0.5)])
def test_limits_are_those_of_the_definition(method, half, target):
    sizes = np.array([1, 2, 5, 12, 38, 40, 301])
    for level in (0.95, 0.998):
        tails = ((1 - level) / 2, (1 + level) / 2)
        expected = [[by_definition(n, target, tail, half) for n in sizes] for tail in tails]
        np.testing.assert_allclose(funnel_limits(sizes, target, level, method=method), expected, rtol=0, atol=1e-10)


def test_three_agencies_beside_the_prefecture():
    frame = funnel([18, 19, 400], [40, 38, 1336], PREFECTURE)
    assert frame["z"].round(2).tolist() == [-1.38, -0.73, -19.09]
    assert frame["p_mid"].round(3).tolist() == [0.172, 0.470, 0]
    assert frame["flag"].tolist() == ["", "", "low_998"]
    assert list(frame) == [
        *("k", "n", "rate", "target", "z", "p_mid", "flag", "low_95", "high_95", "low_998", "high_998"),
    ]


def test_mid_p_by_hand():
    # 0 of 4 at one half: the tail of 0 is 1/16, half of it twice is 1/16. 1 of 4: 2 (1/16 + 1/2 4/16) = 3/8.
    frame = funnel([0, 1, 2, 4], 4, 0.5)
    assert frame["p_mid"].tolist() == pytest.approx([1 / 16, 3 / 8, 1, 1 / 16])


@pytest.mark.parametrize("n", [3, 17, 40, 250])
def test_flags_agree_with_limits_of_the_same_kind_for_every_count(n):
    frame = funnel(np.arange(n + 1), n, 0.3)
    for level, name in ((0.95, "95"), (0.998, "998")):
        low, high = frame["rate"] < frame[f"low_{name}"], frame["rate"] > frame[f"high_{name}"]
        beyond = frame["p_mid"] < 1 - level
        assert (low | high).equals(beyond)
    assert set(frame["flag"]) <= {"", "low_95", "low_998", "high_95", "high_998"}
    assert frame["flag"].iloc[-1] == ("high_95" if n == 3 else "high_998")


def test_twelve_agencies_with_and_without_over_dispersion(twelve):
    chance = funnel(twelve["k"], twelve["n"])
    assert chance.index.equals(twelve.index)
    assert chance["target"].unique().tolist() == [406 / 656]
    assert chance.index[chance["flag"].str.endswith("998")].tolist() == ["示例县7", "示例县9"]  # 9/30 and 33/75
    assert chance.loc["示例县4", "flag"] == "low_95"  # 0/4: p = 0.38^4
    assert chance.loc["示例县4", "p_mid"] == pytest.approx((250 / 656) ** 4)
    assert round(chance.attrs["phi"], 2) == 5.39
    assert chance.attrs["inflation"] == 1

    published = funnel(twelve["k"], twelve["n"], dispersion="additive", consistent=False)
    assert round(published.attrs["tau"], 3) == 0.169
    assert round(published.loc["示例县4", "z"], 2) == -3.00
    additive = funnel(twelve["k"], twelve["n"], dispersion="additive")
    assert (additive["flag"] == "").all()
    assert (published["flag"] == "").all()
    multiplicative = funnel(twelve["k"], twelve["n"], dispersion="multiplicative")
    factor = np.sqrt(multiplicative.attrs["phi_winsorised"])
    assert multiplicative.attrs["inflation"] == pytest.approx(factor)
    np.testing.assert_allclose(multiplicative["z"], chance["z"] / factor)
    large = twelve["n"] > 100
    np.testing.assert_allclose(
        (multiplicative["high_95"] - 406 / 656)[large], (factor * (chance["high_95"] - 406 / 656))[large]
    )
    assert (multiplicative["flag"] == "").all()


def test_additive_limits_by_hand():
    # Around one half, n = 25 and tau = 0.1: the standard deviation of the angle is sqrt(0.01 + 0.01).
    low, high = funnel_limits(25, 0.5, tau=0.1)
    assert low == pytest.approx(np.sin(np.pi / 4 - norm.ppf(0.975) * np.sqrt(0.02)) ** 2)
    assert high == pytest.approx(1 - low)


def test_limits_are_never_narrowed():
    # Ten agencies with exactly the same share scatter less than chance.
    even = funnel([5] * 10, [10] * 10, dispersion="multiplicative")
    assert (even.attrs["phi"], even.attrs["inflation"]) == (0, 1)
    assert even["low_95"].iloc[0] == funnel_limits(10, 0.5).low


def test_a_unit_without_a_share_has_neither_limits_nor_flag():
    frame = funnel(pd.Series([3, None, 0], dtype="Int64"), pd.Series([6, 5, 0]), 0.5)
    assert frame.drop(columns=["k", "n", "target"]).isna().all(axis=1).tolist() == [False, True, True]
    assert frame["n"].tolist() == [6, 5, 0]
    assert frame.attrs["units"] == 1


def test_a_pooled_share_of_nothing_flags_nobody():
    frame = funnel([0, 0], [40, 400])
    assert frame["flag"].tolist() == ["", ""]
    assert frame["p_mid"].tolist() == pytest.approx([1, 1])
    assert (frame["high_998"] * frame["n"] < 1).all()
    assert funnel([], []).empty


def test_far_out_the_score_does_not_break_off():
    # The tail of 40,000 of 100,000 at one half is below the smallest float; there the deviance stands in.
    k = np.arange(43_500.0, 44_500, 10)
    z = mid_p_z(k, np.full_like(k, 100_000), 0.5)
    assert (np.diff(z) > 0).all()
    assert np.diff(z).max() < 1.05 * np.median(np.diff(z))
    assert np.isfinite(mid_p_z(np.zeros(1), np.array([1e6]), 0.5)).all()
    far = mid_p_z(np.array([43_000.0]), np.array([100_000.0]), 0.5)[0]
    tail = logsumexp(binom.logpmf(np.arange(43_001), 100_000, 0.5))
    assert norm.logcdf(far) == pytest.approx(tail, rel=0.001)


def test_planted_outliers_are_found_and_few_others():
    rng = np.random.default_rng(2016)
    n = rng.integers(100, 600, 300)
    shares = np.full(300, 0.55)
    shares[:5], shares[5:10] = 0.30, 0.80
    frame = funnel(rng.binomial(n, shares), n)
    assert frame["flag"].iloc[:5].tolist() == ["low_998"] * 5
    assert frame["flag"].iloc[5:10].tolist() == ["high_998"] * 5
    # Of 290 in control 0.6 are expected beyond 99.8 %, and 14.5 (standard deviation 3.7) beyond 95 %.
    assert frame["flag"].iloc[10:].str.endswith("998").sum() <= 3
    assert (frame["flag"].iloc[10:] != "").sum() <= 14.5 + 3 * 3.7


@pytest.mark.parametrize("dispersion", ["multiplicative", "additive"])
def test_under_over_dispersion_the_correction_accuses_few(dispersion):
    rng = np.random.default_rng(1185)
    n = rng.integers(100, 600, 300)
    angles = np.arcsin(np.sqrt(0.55)) + 0.1 * rng.standard_normal(300)
    angles[:5] += 0.6  # six standard deviations between agencies
    k = rng.binomial(n, np.sin(np.clip(angles, 0, np.pi / 2)) ** 2)
    chance, corrected = (funnel(k, n, dispersion=kind) for kind in ("none", dispersion))
    assert (chance["flag"].iloc[5:].str.endswith("998")).mean() > 0.3
    assert (corrected["flag"].iloc[5:].str.endswith("998")).sum() <= 5
    assert (corrected["flag"].iloc[5:] != "").mean() == pytest.approx(0.05, abs=0.04)
    assert (corrected["flag"].iloc[:5] == "high_998").all()


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: funnel([5], [4]), "k = 5 and n = 4"),
        (lambda: funnel([1.5], [4]), "whole numbers; k = 1.5"),
        (lambda: funnel([1], [4], 0), "target is a share"),
        (lambda: funnel([1], [4], dispersion="aditive"), "no kind of dispersion 'aditive'. Nearest: additive"),
        (lambda: funnel([1], [4], levels=(0.95, 99.8)), "level must lie between 0 and 1"),
        (lambda: funnel([1], [4], limits="exact"), "Methods: mid_p, interpolated"),
        (lambda: funnel_limits(4, 1.2), "target is a share"),
        (lambda: funnel_limits(4, 0.5, phi=2, tau=0.1), "Give phi or tau"),
        (lambda: funnel_limits(4.5, 0.5), "whole numbers"),
    ],
)
def test_what_has_no_funnel_says_why(call, message):
    with pytest.raises(StatisticsError, match=message):
        call()
