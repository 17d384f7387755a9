"""How a panel of shares is to be analysed, on invented panels whose effect is known.

Half of the prefectures make a rule from 2023 on, those which disclosed more anyway; the counties of a prefecture
share good and bad years. Pooled regression takes the old difference and the trend for the effect, and errors which
take counties for independent find an effect where there is none.
"""

import numpy as np
import pandas as pd
import pyfixest
import pytest
import statsmodels.formula.api as smf
from scipy.stats import t as student

from govreport_kit.simulate import known_effect
from govreport_kit.statistics import wild_cluster_bootstrap

# pyfixest 0.60 still calls pandas the old way.
pytestmark = pytest.mark.filterwarnings("ignore:The inplace keyword:pandas.errors.Pandas4Warning")

PREFECTURES = 12
TWO_WAY = {"cluster": "prefecture", "absorb": ["agency", "year"], "weights": "n"}


def naive(panel):
    """Pool all rows as if they were independent."""
    return pyfixest.feols("share ~ rule", panel, weights="n", vcov="iid")


def two_way(panel, vcov=None):
    """Compare each county with itself, and each year with the other counties; clustered by prefecture."""
    return pyfixest.feols("share ~ rule | agency + year", panel, weights="n", vcov=vcov or {"CRV1": "prefecture"})


def panels(effect, number):
    return (known_effect(seed, effect) for seed in range(number))


def test_two_way_effects_recover_the_effect_and_pooling_does_not():
    fits = [(naive(panel).coef()["rule"], two_way(panel).coef()["rule"]) for panel in panels(effect=0.05, number=9)]
    (pooled, within), errors = np.mean(fits, axis=0), np.std(fits, axis=0) / 3
    assert within == pytest.approx(0.05, abs=3 * errors[1])
    # Those that make the rule disclose more anyway (by 8 points beside all other rows), and later years do (by 4).
    assert pooled == pytest.approx(0.05 + 0.08 + 0.04, abs=3 * errors[0] + 0.01)


def test_where_there_is_no_effect_independent_errors_find_one_and_clustered_ones_seldom():
    rejected = []
    for panel in panels(effect=0, number=30):
        fit = two_way(panel, "iid")
        independent = fit.pvalue()["rule"]
        clustered = fit.vcov({"CRV1": "prefecture"}).pvalue()["rule"]
        wild = wild_cluster_bootstrap(panel, "share", "rule", **TWO_WAY, draws=499).p
        rejected.append([independent < 0.05, clustered < 0.05, wild < 0.05])
    # Of 30 one or two are expected at 5 %; more than five have a probability of 0.3 %.
    independent, clustered, wild = np.sum(rejected, axis=0)
    assert independent > 7
    assert clustered <= 5
    assert wild <= 5


def test_the_clustered_error_is_the_one_of_dummies_with_t_of_the_clusters():
    panel = known_effect(1, 0.05)
    fit = two_way(panel)
    dummies = smf.wls("share ~ rule + C(agency) + C(year)", panel, weights=panel["n"]).fit(
        cov_type="cluster", cov_kwds={"groups": panel["prefecture"], "use_correction": False}
    )
    # Counties lie within prefectures, so their effects do not count: constant, rule and four years do.
    rows, regressors = len(panel), 6
    correction = np.sqrt(PREFECTURES / (PREFECTURES - 1) * (rows - 1) / (rows - regressors))
    assert fit.coef()["rule"] == pytest.approx(dummies.params["rule"], abs=1e-9)
    assert fit.se()["rule"] == pytest.approx(correction * dummies.bse["rule"], rel=1e-6)
    expected = 2 * student.sf(abs(fit.tstat()["rule"]), PREFECTURES - 1)
    assert fit.pvalue()["rule"] == pytest.approx(expected, rel=1e-9)


def test_the_bootstrap_tests_the_coefficient_of_the_fit():
    panel = known_effect(2, 0.05)
    found = wild_cluster_bootstrap(panel, "share", "rule", **TWO_WAY)
    assert found.estimate == pytest.approx(two_way(panel).coef()["rule"], abs=1e-9)
    assert (found.clusters, found.observations) == (PREFECTURES, len(panel))
    assert found.low < found.estimate < found.high


def test_nullable_columns_and_blanks_are_taken_as_they_are():
    panel = known_effect(3, 0.05)
    nullable = panel.astype({"n": "Int64", "k": "Int64", "year": "Int64"})
    nullable.loc[7, "k"] = pd.NA
    nullable["share"] = nullable["k"] / nullable["n"]
    without = two_way(panel.drop(index=7))
    assert two_way(nullable).coef()["rule"] == pytest.approx(without.coef()["rule"], abs=1e-9)
    bootstraps = [wild_cluster_bootstrap(rows, "share", "rule", **TWO_WAY) for rows in (nullable, panel.drop(index=7))]
    assert bootstraps[0] == bootstraps[1]
