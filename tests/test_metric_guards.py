"""A rate says whose figures it pools, how few they are, and what changed meanwhile."""

import numpy as np
import pandas as pd
import pytest

from govreport_kit import codebook
from govreport_kit.corpus import Corpus
from govreport_kit.errors import UnknownKeyError
from govreport_kit.metrics import MixedScopesError, NoReportsError, PoolingError, Thresholds, bounds, rate, sensitivity
from govreport_kit.report import Cell, Fact, Report


def report(agency, refused, closed, *, year=2024, scope="own", facts=(), extra=(), **about):
    cells = [
        Cell("requests", row, "total", count, "zero" if count == 0 else "reported", source="narrative")
        for row, count in {"refused": refused, "total_closed": closed}.items()
    ]
    return Report(
        f"{year}/{agency}", agency=agency, year=year, scope=scope, cells=(*cells, *extra), facts=tuple(facts), **about
    )


def corpus_of(*reports):
    return Corpus.from_reports(reports)


def told(rates, column):
    return [None if pd.isna(value) else value for value in rates[column]]


COUNTY = report("示例县人民政府", 10, 100, scope="aggregate")
BUREAU = report("示例县样例局", 4, 20)


def test_an_aggregate_is_not_pooled_with_its_parts():
    corpus = corpus_of(COUNTY, BUREAU)
    with pytest.raises(MixedScopesError, match=r"1 own, 1 aggregate\). Give scope='own' or scope='aggregate'"):
        rate(corpus, "refusal_rate")
    with pytest.raises(MixedScopesError, match=r"1 own, 1 aggregate where year is 2024, level is nan"):
        rate(corpus, "refusal_rate", ["year", "level"])
    own, aggregate = (rate(corpus, "refusal_rate", scope=scope) for scope in ("own", "aggregate"))
    assert own[["k", "n", "reports", "coverage", "scopes"]].to_numpy().tolist() == [[4, 20, 1, 1.0, "own"]]
    assert aggregate[["k", "n", "reports", "coverage"]].to_numpy().tolist() == [[10, 100, 1, 1.0]]
    everything = rate(corpus, "refusal_rate", scope="any")
    assert everything[["k", "n", "scopes"]].to_numpy().tolist() == [[14, 120, "own+aggregate"]]
    assert rate(corpus, "refusal_rate", scope=["own", "aggregate"])["k"].item() == 14
    side_by_side = rate(corpus, "refusal_rate", "scope")
    assert side_by_side["scope"].tolist() == side_by_side["scopes"].tolist() == ["own", "aggregate"]


@pytest.mark.parametrize(("outer", "inner"), [("330000", "330100"), ("330100", "330102"), ("310000", "310117")])
def test_a_division_is_not_pooled_with_one_within_it(outer, inner):
    whole = report("甲人民政府", 10, 100, scope="aggregate", region_code=outer, level="province")
    part = report("乙人民政府", 4, 20, scope="aggregate", region_code=inner, level="county")
    later = report("乙人民政府", 4, 20, scope="aggregate", region_code=inner, year=2025)
    for scope in (None, "aggregate"):
        with pytest.raises(MixedScopesError, match=rf"\({outer} and {inner}\)\. Give by='level'"):
            rate(corpus_of(whole, part), "refusal_rate", scope=scope)
    assert rate(corpus_of(whole, part), "refusal_rate", scope="any")["n"].item() == 120
    assert rate(corpus_of(whole, part), "refusal_rate", "level")["n"].tolist() == [100, 20]
    assert rate(corpus_of(whole, later), "refusal_rate")["n"].item() == 120


def test_divisions_beside_each_other_are_pooled():
    corpus = corpus_of(
        report("甲市人民政府", 10, 100, scope="aggregate", region_code="330100"),
        report("乙市人民政府", 4, 20, scope="aggregate", region_code="330200"),
        report("丙县人民政府", 1, 30, scope="aggregate", region_code="330304"),
        report("丁县人民政府", 1, 50, scope="aggregate"),
        report("戊县人民政府", 1, 7, scope="aggregate", region_code="330102", year=None),
    )
    assert rate(corpus, "refusal_rate")["n"].item() == 207


def test_vertical_systems_beside_an_aggregate_are_refused_too():
    system = report("虚构税务局", 1, 9, scope="system")
    with pytest.raises(MixedScopesError, match="1 aggregate, 1 system"):
        rate(corpus_of(COUNTY, system), "refusal_rate")
    assert rate(corpus_of(BUREAU, system), "refusal_rate")["scopes"].item() == "own+system"


def test_an_unknown_scope_enters_and_is_told():
    unknown = report("虚构局", 1, 9, scope="unknown")
    assert rate(corpus_of(COUNTY, unknown), "refusal_rate")["scopes"].item() == "aggregate+unknown"
    assert rate(corpus_of(unknown), "refusal_rate")["scopes"].item() == "unknown"
    with pytest.raises(UnknownKeyError, match=r"no scope 'owned'\. Nearest: own"):
        rate(corpus_of(unknown), "refusal_rate", scope="owned")


@pytest.mark.parametrize(("scope", "named"), [("own", "own"), (["own", "system"], "own or system")])
def test_a_scope_of_which_there_is_no_report_is_refused(scope, named):
    unknown = [report(f"虚构{number}局", 1, 9, scope="unknown") for number in "甲乙"]
    corpus = corpus_of(COUNTY, *unknown)
    told = rf"no report with the scope {named} to give refusal_rate, only 2 unknown, 1 aggregate\. Give another scope"
    for ask in (rate, bounds):
        with pytest.raises(NoReportsError, match=told):
            ask(corpus, "refusal_rate", scope=scope)
    with pytest.raises(NoReportsError, match=rf"scope {named} to give disclosure_rate"):
        sensitivity(corpus, "disclosure", scope=scope)
    assert rate(corpus_of(), "refusal_rate", scope="own")["reports"].item() == 0


def test_only_what_contributes_is_pooled():
    silent = Report("2024/示例县空白局", agency="示例县空白局", year=2024, scope="own")
    row = rate(corpus_of(COUNTY, silent), "refusal_rate")
    assert (row["scopes"].item(), row["coverage"].item()) == ("aggregate", 0.5)
    none = rate(corpus_of(silent), "refusal_rate")
    assert [told(none, name) for name in ("scopes", "flag", "breaks")] == [[None]] * 3


@pytest.mark.parametrize(
    ("n", "flag"), [(0, "counts_only"), (4, "counts_only"), (5, "few"), (19, "few"), (20, "unranked"), (30, None)]
)
def test_few_cases_are_marked_and_very_few_have_no_rate(n, flag):
    row = rate(corpus_of(report("样例局", 0, n)), "refusal_rate")
    assert told(row, "flag") == [flag]
    assert (row["k"].item(), row["n"].item()) == (0, n)
    assert np.isnan(row[["rate", "low", "high"]].to_numpy(float)).all() == (flag == "counts_only")


def test_thresholds_are_the_users_and_by_default_the_codebooks():
    fewest = {entry.key: entry.fewest for entry in codebook.thresholds.values()}
    assert fewest == {"counts_only": 5, "few": 20, "unranked": 30, "few_reports": 5}
    assert Thresholds() == Thresholds(**fewest)
    corpus = corpus_of(report("样例局", 1, 4))
    row = rate(corpus, "refusal_rate", thresholds=Thresholds(counts_only=1))
    assert (row["rate"].item(), row["flag"].item()) == (0.25, "few")
    strict = Thresholds(counts_only=50)
    assert np.isnan(sensitivity(corpus, "refusal", thresholds=strict)["rate"]).all()


def test_rates_are_averaged_by_name_only():
    # 10/100 and 4/20: pooled 14/120, averaged (0.1 + 0.2) / 2; one without requests has no rate.
    corpus = corpus_of(report("甲样例局", 10, 100), BUREAU, report("乙样例局", 0, 0))
    assert rate(corpus, "refusal_rate")["rate"].item() == pytest.approx(14 / 120)
    assert told(rate(corpus, "refusal_rate", pool="mean_of_rates"), "flag") == ["counts_only"]  # two reports
    mean = rate(corpus, "refusal_rate", pool="mean_of_rates", thresholds=Thresholds(counts_only=2))
    assert mean["rate"].item() == pytest.approx(0.15)
    assert mean[["n", "reports", "method", "flag"]].to_numpy().tolist() == [[2, 2, "logit_t", "few"]]
    assert mean["k"].isna().all()
    assert mean["definition"].item() == "mean over reports of refused / total_closed"
    # Standard deviation 0.0707, t quantile with one degree of freedom 12.7062: on the scale of the logit
    # log(0.15 / 0.85) = -1.734601 and 12.7062 * 0.05 / (0.15 * 0.85) = 4.982824, so -6.717425 to 3.248223.
    assert mean["low"].item() == pytest.approx(1 / (1 + np.exp(6.717425)), rel=1e-4)
    assert mean["high"].item() == pytest.approx(1 / (1 + np.exp(-3.248223)), rel=1e-4)
    with pytest.raises(PoolingError, match="counts and mean_of_rates"):
        rate(corpus, "refusal_rate", pool="mean")
    with pytest.raises(PoolingError, match="response_days"):
        rate(corpus, "response_days", pool="mean_of_rates")


def reviewed(year, agency="样例局"):
    case = [
        Cell("reviews", "reconsideration", outcome, count, "reported")
        for outcome, count in {"upheld": 5, "corrected": 2, "other": 3}.items()
    ]
    return report(agency, 1, 40, year=year, extra=case)


def test_a_series_tells_which_change_of_law_it_crosses():
    corpus = corpus_of(*[reviewed(year) for year in (2021, 2022, 2024, 2025)])
    series = rate(corpus, "correction_reconsideration", "year")
    assert told(series, "breaks") == [None, None, "reconsideration_2024", None]
    direct = rate(corpus, "dispute_rate", "year")
    assert told(direct, "breaks") == [None] * 4  # no report tells direct suits
    assert told(rate(corpus, "refusal_rate", "year"), "breaks") == [None] * 4


def test_a_break_stands_where_a_gap_in_the_series_ends():
    silent = Report("2024/样例局", agency="样例局", year=2024, scope="own")
    corpus = corpus_of(reviewed(2023), silent, reviewed(2025))
    assert told(rate(corpus, "correction_reconsideration", "year"), "breaks") == [None, None, "reconsideration_2024"]


def test_series_side_by_side_have_their_own_breaks():
    corpus = corpus_of(
        *[reviewed(year, agency) for year, agency in [(2022, "甲局"), (2025, "甲局"), (2024, "乙局"), (2025, "乙局")]]
    )
    for by in (["agency", "year"], ["year", "agency"]):
        series = rate(corpus, "correction_reconsideration", by).set_index(["agency", "year"])["breaks"]
        assert series.dropna().to_dict() == {("甲局", 2025): "reconsideration_2024"}


def test_years_pooled_across_a_break_say_so():
    corpus = corpus_of(reviewed(2018), reviewed(2024))
    assert told(rate(corpus, "refusal_rate"), "breaks") == ["regulation_2019"]
    assert told(rate(corpus, "correction_reconsideration"), "breaks") == ["reconsideration_2024"]
    assert told(rate(corpus.select(year=2024), "refusal_rate"), "breaks") == [None]


def test_two_breaks_between_two_years():
    suits = [Cell("reviews", channel, "total", 2, "reported") for channel in ("reconsideration", "litigation_direct")]
    corpus = corpus_of(*[report("样例局", 1, 40, year=year, extra=suits) for year in (2023, 2025)])
    # Both counts stand in the review table, the closed requests in the running text only.
    assert told(rate(corpus, "dispute_rate", "year"), "breaks") == [None, None]
    table = [Cell("requests", "total_closed", "total", 40, "reported"), *suits]
    corpus = corpus_of(*[report("样例局", 1, 40, year=year, extra=table) for year in (2023, 2025)])
    assert told(rate(corpus, "dispute_rate", "year"), "breaks") == [None, "reconsideration_2024+litigation_2025"]


def test_claims_are_guarded_like_counts():
    days = [Fact("processing_days_average", 8, "工作日")]
    corpus = corpus_of(
        report("甲局", 1, 40, facts=days), report("示例县人民政府", 1, 40, scope="aggregate", facts=days)
    )
    with pytest.raises(MixedScopesError):
        rate(corpus, "response_days")
    row = rate(corpus, "response_days", scope="any")
    assert (row["n"].item(), told(row, "rate"), told(row, "flag")) == (2, [None], ["counts_only"])
    row = rate(corpus, "response_days", scope="any", thresholds=Thresholds(counts_only=2))
    assert (row["rate"].item(), told(row, "flag")) == (8.0, ["few"])
