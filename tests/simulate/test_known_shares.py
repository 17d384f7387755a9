"""Shares with known propensities: what is drawn is what was asked for, and a corpus of them gives the same rates."""

import numpy as np
import pytest

import govreport_kit as gk
from govreport_kit import simulate
from govreport_kit.statistics import shrink


def test_the_same_seed_gives_the_same_counties():
    assert simulate.known_shares(seed=3).equals(simulate.known_shares(seed=3))
    assert not simulate.known_shares(seed=3).equals(simulate.known_shares(seed=4))


def test_propensities_have_the_mean_and_correlation_asked_for():
    true = simulate.known_shares(8000, seed=1, mean=0.3, rho=0.1)["true"]
    # The variance of a beta distribution is mean (1 - mean) rho.
    assert true.mean() == pytest.approx(0.3, abs=4 * np.sqrt(0.3 * 0.7 * 0.1 / 8000))
    assert true.var() == pytest.approx(0.3 * 0.7 * 0.1, rel=0.05)


def test_shrinkage_finds_the_distribution_of_which_they_were_drawn():
    shares = simulate.known_shares(1500, seed=2, mean=0.3, rho=0.1)
    (prior,) = shrink(shares["k"], shares["n"]).attrs["priors"]
    assert (prior["mean"], prior["rho"]) == (pytest.approx(0.3, abs=0.02), pytest.approx(0.1, abs=0.015))


def test_without_correlation_all_counties_are_alike():
    assert set(simulate.known_shares(rho=0)["true"]) == {0.45}


def test_a_rule_holds_in_half_of_the_prefectures_in_the_last_two_years():
    panel = simulate.known_effect(prefectures=4, counties=3, years=range(2019, 2025))
    assert len(panel) == 4 * 3 * 6
    ruled = panel[panel["rule"] == 1]
    assert (set(ruled["year"]), ruled["prefecture"].nunique(), len(ruled)) == ({2023, 2024}, 2, 2 * 3 * 2)


def test_each_county_of_a_panel_has_a_name_of_its_own():
    panel = simulate.known_effect()
    assert (panel["agency"].nunique(), panel["prefecture"].nunique()) == (72, 12)


def test_the_name_of_a_county_begins_with_that_of_its_prefecture():
    for row in simulate.known_effect().itertuples():
        assert row.agency.startswith(row.prefecture.removesuffix("人民政府"))


def test_the_effect_is_what_is_added_to_the_shares():
    added = [simulate.known_effect(seed, 0.2)["share"] - simulate.known_effect(seed, 0.0)["share"] for seed in range(9)]
    ruled = simulate.known_effect()["rule"] == 1
    assert np.mean([gain[ruled].mean() for gain in added]) == pytest.approx(0.2, abs=0.02)


@pytest.mark.parametrize("shares", [simulate.known_shares(7), simulate.known_effect(prefectures=2, counties=2)])
def test_the_corpus_of_shares_gives_back_their_counts(shares):
    corpus = simulate.corpus_of_shares(shares)
    rates = gk.rate(corpus, "disclosure_rate", by="report_id")
    of_report = dict(zip(rates["report_id"], zip(rates["k"], rates["n"], strict=True), strict=True))
    for row in shares.itertuples():
        assert of_report[f"{row.year}/{row.agency}"] == (row.k, row.n)


def test_the_corpus_of_shares_adds_up():
    findings = gk.audit(simulate.corpus_of_shares(simulate.known_shares(7)), ["A1", "A2"])
    assert findings.empty
    assert findings.attrs["judged"] == {"A1": 7, "A2": 7}
