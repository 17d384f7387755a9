"""Which interval a rate has: of cases, clustered by report, or of a mean over reports."""

import numpy as np
import pandas as pd
import pytest

from govreport_kit import codebook
from govreport_kit.corpus import Corpus, load_corpus
from govreport_kit.metrics import Thresholds, rate, sensitivity
from govreport_kit.metrics.intervals import caveats_of
from govreport_kit.report import Cell, Fact, Report
from govreport_kit.statistics import IntervalError, clustered_interval, interval

REFUSED, CLOSED = [10, 0, 1, 2, 0, 1], [40, 20, 20, 15, 15, 10]


def report(number, refused, closed, *, more=(), facts=(), **about):
    counts = {"refused": refused, "total_closed": closed, **dict(more)}
    cells = [
        Cell("requests", row, "total", count, "reported" if count else "zero", source="narrative")
        for row, count in counts.items()
    ]
    known = {"agency": f"样例局{number}", "year": 2024, "scope": "own", "complete": True} | about
    return Report(f"2024/样例局{number}", cells=tuple(cells), facts=tuple(facts), **known)


def reports(**about):
    return [report(number, k, n, **about) for number, (k, n) in enumerate(zip(REFUSED, CLOSED, strict=True))]


@pytest.fixture
def corpus():
    return Corpus.from_reports(reports())


def ends(row):
    return row["low"].item(), row["high"].item()


def test_wilson_is_the_default_and_clustered_is_chosen(corpus):
    plain, clustered = rate(corpus, "refusal_rate"), rate(corpus, "refusal_rate", interval="clustered")
    assert ends(plain) == pytest.approx(interval(14, 120))
    assert ends(clustered) == pytest.approx(clustered_interval(REFUSED, CLOSED))
    assert (clustered["method"].item(), clustered["rate"].item()) == ("clustered", plain["rate"].item())
    assert clustered["flag"].isna().all()
    wide = rate(corpus, "refusal_rate", interval="clustered", level=0.99)
    assert ends(wide) == pytest.approx(clustered_interval(REFUSED, CLOSED, 0.99))


def test_each_group_has_the_interval_of_its_own_reports():
    levels = {"county": REFUSED, None: REFUSED[::-1]}
    listed = [
        report(f"{place}{level}", k, n, level=level)
        for level, refused in levels.items()
        for place, (k, n) in enumerate(zip(refused, CLOSED, strict=True))
    ]
    corpus = Corpus.from_reports(listed[::-1])
    table = rate(corpus, "refusal_rate", "level", interval="clustered").set_index("level")
    for level, refused in levels.items():
        row = table.loc[[level]] if level else table[table.index.isna()]
        assert ends(row) == pytest.approx(clustered_interval(refused, CLOSED))


def test_few_reports_have_no_clustered_interval(corpus):
    empty = report(9, 0, 0)  # no cluster: it tells nothing
    four = Corpus.from_reports([*reports()[:4], empty])
    row = rate(four, "refusal_rate", interval="clustered")
    assert (row["flag"].item(), row["rate"].item(), row["reports"].item()) == ("few_reports", 13 / 95, 5)
    assert np.isnan(ends(row)).all()
    assert rate(four, "refusal_rate")["flag"].isna().all()
    lenient = rate(four, "refusal_rate", interval="clustered", thresholds=Thresholds(few_reports=4))
    assert ends(lenient) == pytest.approx(clustered_interval(REFUSED[:4], CLOSED[:4]))
    assert lenient["flag"].isna().all()
    # Few cases of few reports are marked as few cases, and have no such interval either.
    row = rate(Corpus.from_reports([report(1, 2, 10)]), "refusal_rate", interval="clustered")
    assert row["flag"].item() == "few"
    assert np.isnan(ends(row)).all()
    nothing = rate(corpus.select(year=1999), "refusal_rate", interval="clustered")
    assert nothing["flag"].isna().all()


def test_ratios_that_are_no_shares_keep_above_zero_and_balances_do_not():
    carried = [3, 0, 9, 2, 4, 1]
    listed = [
        report(number, 0, n, more={"carried_forward": c, "carried_over": 3}.items())
        for number, (c, n) in enumerate(zip(carried, CLOSED, strict=True))
    ]
    corpus = Corpus.from_reports(listed)
    days = rate(corpus, "disposition_days", interval="clustered")
    low, high = clustered_interval(carried, CLOSED, scale="log")
    assert ends(days) == pytest.approx((365 * low, 365 * high))
    growth = rate(corpus, "carry_over_growth", interval="clustered")
    expected = clustered_interval(np.array(carried) - 3, [3] * 6, scale="identity")
    assert ends(growth) == pytest.approx(expected)
    assert expected.low < 0
    assert rate(corpus, "disposition_days")["method"].item() == "none"


def test_counts_of_reports_are_no_clusters():
    days = [Fact("processing_days_average", 8, "工作日")]
    corpus = Corpus.from_reports([*reports(facts=days), report(9, 1, 9)])
    row = rate(corpus, "response_days_stated", interval="clustered")
    assert (row["k"].item(), row["n"].item(), row["method"].item(), row["flag"].item()) == (6, 7, "wilson", "few")
    assert ends(row) == pytest.approx(interval(6, 7))


def test_a_mean_of_shares_keeps_within_zero_and_one(corpus):
    row = rate(corpus, "refusal_rate", pool="mean_of_rates")
    shares = np.array(REFUSED) / CLOSED
    assert (row["n"].item(), row["method"].item(), row["flag"].item()) == (6, "logit_t", "few")
    assert row["rate"].item() == pytest.approx(shares.mean())
    assert ends(row) == pytest.approx(clustered_interval(shares, np.ones(6)))
    # 0 and 1 alone: the plain t interval would reach from -0.24 to 0.91.
    extreme = Corpus.from_reports([report(n, 9 * (n < 2), 9) for n in range(6)])
    low, high = ends(rate(extreme, "refusal_rate", pool="mean_of_rates"))
    assert 0 < low < 1 / 3 < high < 1


def test_no_limit_of_any_metric_is_impossible():
    corpus = load_corpus()
    signed = ["carry_over_growth", "normative_gap"]
    metrics = [key for key in codebook.metrics if key != "requests_per_100k" and key not in signed]
    ratios = [key for key in metrics if codebook.metrics[key].kind == "ratio"]
    shares = [key for key in metrics if codebook.metrics[key].interval == "share" and not codebook.metrics[key].unit]
    two = Thresholds(counts_only=2, few_reports=2)
    for asked, options in ((metrics, {"interval": "clustered"}), (ratios, {"pool": "mean_of_rates"}), (metrics, {})):
        rates = rate(corpus, asked, "level", scope="any", thresholds=two, **options).dropna(subset=["low", "high"])
        assert len(rates) > 100
        assert ((rates["low"] <= rates["rate"]) & (rates["rate"] <= rates["high"])).all()
        assert (rates["low"] >= 0).all()
        assert (rates["high"][rates["metric"].isin(shares)] <= 1).all()


def test_counts_have_one_type_whatever_is_asked(corpus):
    for by in (None, "year"):
        table = sensitivity(corpus, "refusal", by)
        assert table.dtypes[["k", "n", "common"]].astype(str).tolist() == ["Int64"] * 3
        assert str(table["spread"].dtype) == "float64"
        assert table["common"].unique().tolist() == [6]


def test_pooled_rates_say_what_their_interval_does_not_hold(corpus):
    def keys(*asked, **options):
        return [entry.key for entry in caveats_of(rate(corpus, *asked, **options))]

    assert keys("refusal_rate") == ["between_reports"]
    assert keys(["refusal_rate", "response_days_stated"], interval="jeffreys") == ["between_reports"]
    assert keys("refusal_rate", interval="clustered") == keys("refusal_rate", pool="mean_of_rates") == []
    assert keys("response_days_stated") == []  # reports are counted
    assert keys("refusal_rate", "report_id") == []  # nothing is pooled
    entry = codebook.rate_caveats["between_reports"]
    assert 'interval="clustered"' in entry.en
    assert 'interval="clustered"' in entry.zh


def test_an_unknown_method_names_those_of_rates(corpus):
    with pytest.raises(IntervalError, match="Nearest: clustered"):
        rate(corpus, "refusal_rate", interval="cluster")
    assert pd.isna(rate(corpus, "response_days", interval="clustered")["k"].item())
