import itertools

import numpy as np
import pandas as pd
import pytest
import statsmodels.formula.api as smf

from govreport_kit.errors import UnknownKeyError
from govreport_kit.statistics import StatisticsError, wild_cluster_bootstrap
from govreport_kit.statistics.panels import SIGNS


def panel_of(prefectures, seed, effect=0.02):
    """Invent counties over five years with a regressor and errors that go together within a prefecture's year."""
    rng = np.random.default_rng(seed)
    counties = np.repeat(np.arange(prefectures * 6), 5)
    panel = pd.DataFrame({"county": counties, "year": np.tile(np.arange(5), prefectures * 6)})
    panel["prefecture"] = panel["county"] // 6
    cells, rows = panel["prefecture"] * 5 + panel["year"], len(panel)
    panel["x"] = rng.normal(size=rows) + rng.normal(size=prefectures * 5)[cells]
    panel["z"] = rng.normal(size=rows)
    panel["n"] = rng.integers(20, 200, rows).astype(float)
    shocks = 0.1 * rng.normal(size=rows) + 0.15 * rng.normal(size=prefectures * 5)[cells]
    panel["y"] = 0.3 + effect * panel["x"] + panel["county"] / 100 + 0.1 * panel["z"] + shocks
    return panel


def by_refitting(panel, weights):
    """Go through all signs and fit the whole model each time."""

    def fit(data, formula):
        clusters = {"groups": data["prefecture"]}
        return smf.wls(formula, data, weights=weights).fit(cov_type="cluster", cov_kwds=clusters)

    full, restricted = "{} ~ x + z + C(county) + C(year)", "y ~ z + C(county) + C(year)"
    observed = fit(panel, full.format("y"))
    null = fit(panel, restricted)
    drawn = []
    for signs in itertools.product([-1, 1], repeat=panel["prefecture"].nunique()):
        outcome = null.fittedvalues + np.array(signs)[panel["prefecture"]] * null.resid
        drawn.append(fit(panel.assign(drawn=outcome), full.format("drawn")).tvalues["x"])
    return observed.params["x"], np.mean(np.abs(drawn) >= np.abs(observed.tvalues["x"]) * (1 - 1e-9))


@pytest.mark.parametrize("weighted", [False, True])
def test_all_signs_by_refitting_the_model(weighted):
    panel = panel_of(5, seed=3)
    weights = panel["n"] if weighted else 1.0
    estimate, p = by_refitting(panel, weights)
    found = wild_cluster_bootstrap(
        panel,
        "y",
        "x",
        cluster="prefecture",
        absorb=["county", "year"],
        controls=["z"],
        weights="n" if weighted else None,
        signs="rademacher",
    )
    assert found.estimate == pytest.approx(estimate, abs=1e-9)
    assert found.p == p
    assert (found.clusters, found.observations) == (5, 150)


def test_twelve_prefectures_as_wildboottest_has_them():
    # wildboottest 0.3.2 through pyfixest 0.60.0, all 4,096 signs: p = 0.04443359375.
    found = wild_cluster_bootstrap(
        panel_of(12, seed=0), "y", "x", cluster="prefecture", absorb=["county", "year"], controls=["z"]
    )
    assert found.p == 0.04443359375
    assert 0 < found.low < found.estimate < found.high


def test_the_interval_holds_what_the_test_does_not_reject():
    panel = panel_of(12, seed=1)

    def fitted(shift):
        shifted = panel.assign(y=panel["y"] - shift * panel["x"])
        return wild_cluster_bootstrap(shifted, "y", "x", cluster="prefecture", absorb=["county", "year"], weights="n")

    found = fitted(0)
    width = found.high - found.low
    for end, outwards in ((found.low, -1), (found.high, 1)):
        assert fitted(end + outwards * 0.01 * width).p < 0.05 <= fitted(end - outwards * 0.01 * width).p


def test_without_fixed_effects_there_is_a_constant():
    panel = panel_of(10, seed=2)
    found = wild_cluster_bootstrap(panel, "y", "x", cluster="prefecture", controls=["z"], weights="n")
    assert found.estimate == pytest.approx(smf.wls("y ~ x + z", panel, weights=panel["n"]).fit().params["x"])


def test_few_clusters_are_drawn_with_six_values_and_a_seed():
    panel = panel_of(4, seed=4, effect=0.3)
    arguments = {"outcome": "y", "regressor": "x", "cluster": "prefecture", "absorb": ["county", "year"], "draws": 999}
    found = wild_cluster_bootstrap(panel, **arguments)
    assert found == wild_cluster_bootstrap(panel, **arguments)
    # Two signs have 2^4 draws, of which the observed one and its mirror are as far out: p cannot be below 1/8.
    assert found.p < 1 / 8 <= wild_cluster_bootstrap(panel, **arguments, signs="rademacher").p
    # The data as they are count among the draws.
    assert found.p >= 1 / 999
    for values in SIGNS.values():
        assert (values.mean(), np.mean(values**2)) == pytest.approx((0, 1))


def test_where_the_test_rejects_nothing_the_interval_is_everything():
    panel = panel_of(3, seed=6)
    found = wild_cluster_bootstrap(panel, "y", "x", cluster="prefecture", signs="rademacher")
    assert (found.low, found.high) == (-np.inf, np.inf)


def test_rows_with_blanks_are_left_out_and_told():
    panel = panel_of(12, seed=0)
    panel.loc[[3, 50], "y"] = np.nan
    whole = wild_cluster_bootstrap(panel.dropna(), "y", "x", cluster="prefecture")
    assert wild_cluster_bootstrap(panel, "y", "x", cluster="prefecture") == whole
    assert whole.observations == 358


def test_what_cannot_be_tested_says_why():
    panel = panel_of(3, seed=0)
    with pytest.raises(UnknownKeyError, match=r"column of the panel 'prefectur'. Nearest: prefecture"):
        wild_cluster_bootstrap(panel, "y", "x", cluster="prefectur")
    with pytest.raises(StatisticsError, match="'year' does not vary beside"):
        wild_cluster_bootstrap(panel, "y", "year", cluster="prefecture", absorb=["year"])
    with pytest.raises(StatisticsError, match="'year' has 1"):
        wild_cluster_bootstrap(panel[panel["year"] == 0], "y", "x", cluster="year")
    with pytest.raises(StatisticsError, match="weights in 'w' must be above 0"):
        wild_cluster_bootstrap(panel.assign(w=0), "y", "x", cluster="prefecture", weights="w")
    with pytest.raises(StatisticsError, match=r"no kind of sign 'web'. Nearest: webb. Signs: rademacher, webb"):
        wild_cluster_bootstrap(panel, "y", "x", cluster="prefecture", signs="web")
    with pytest.raises(StatisticsError, match="level must lie"):
        wild_cluster_bootstrap(panel, "y", "x", cluster="prefecture", level=95)
