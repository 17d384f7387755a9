"""The registry on published figures, worked out by hand."""

import pandas as pd
import pytest

from govreport_kit import codebook
from govreport_kit.codebook.figure_keys import parse_figure_key
from govreport_kit.corpus import Corpus
from govreport_kit.errors import CorpusError, UnknownKeyError
from govreport_kit.metrics import Thresholds, components, rate, sensitivity
from govreport_kit.metrics.coverage import reports_of_all
from govreport_kit.report import Cell, Report

# A prefecture's published figures for 2025: totals of the request table by row, reviews and documents.
REQUESTS = {
    "received_new": 14069, "carried_over": 560, "granted": 5548, "partially_granted": 2168,
    "refused.state_secret": 13, "refused.prohibited_by_law": 30, "refused.safety_stability": 11,
    "refused.third_party_rights": 51, "refused.internal_affairs": 104, "refused.process_information": 85,
    "refused.enforcement_file": 286, "refused.administrative_query": 150, "unable.not_held": 3222,
    "unable.needs_creation": 180, "unable.unclear": 19, "not_processed.petition": 203, "not_processed.repeat": 148,
    "not_processed.publication": 0, "not_processed.excessive": 101, "not_processed.reconfirm": 5,
    "other.correction_overdue": 318, "other.fee_overdue": 203, "other.other": 965, "total_closed": 13810,
    "carried_forward": 819,
}  # fmt: skip
OUTCOMES = ("upheld", "corrected", "other", "pending", "total")
REVIEWS = {
    "reconsideration": (376, 97, 196, 121, 790),
    "litigation_direct": (16, 1, 12, 27, 56),
    "litigation_after_reconsideration": (74, 1, 30, 51, 156),
}


def cell(table, row, column, count):
    return Cell(table, row, column, count, "zero" if count == 0 else "reported")


def requests(counts):
    return [cell("requests", row, "total", count) for row, count in counts.items()]


def reviews(counts):
    return [
        cell("reviews", channel, outcome, count)
        for channel, by_outcome in counts.items()
        for outcome, count in zip(OUTCOMES, by_outcome, strict=True)
    ]


def documents(issued, repealed, in_force):
    counts = {"issued": issued, "repealed": repealed, "in_force": in_force}
    return [cell("disclosure", "normative_documents", measure, count) for measure, count in counts.items()]


def report(cells, agency="虚构市人民政府", year=2025, form="f2021", **about):
    number = about.pop("number", "")
    about = {"level": "prefecture", "scope": "aggregate"} | about
    return Report(f"{year}/{agency}{number}", agency=agency, year=year, form=form, cells=tuple(cells), **about)


def corpus_of(*reports):
    return Corpus.from_reports(reports)


@pytest.fixture(scope="module")
def prefecture():
    return corpus_of(
        report([*requests(REQUESTS), *reviews(REVIEWS), *documents(564, 984, 4185)]),
        report(documents(0, 0, 4605), year=2024),
    )


@pytest.mark.parametrize(
    ("metric", "k", "n", "percent"),
    [
        ("disclosure_full", 5548, 13810, 40.2),
        ("disclosure_rate", 7716, 13810, 55.9),
        ("disclosure_on_merits", 7716, 8446, 91.4),
        ("disclosure_on_merits_no_referral", 7716, 8296, 93.0),
        ("refusal_rate", 730, 13810, 5.3),
        ("refusal_exemption", 580, 13810, 4.2),
        ("nondisclosure_rate", 6094, 13810, 44.1),
        ("reason_state_secret", 13, 730, 1.8),
        ("reason_enforcement_file", 286, 730, 39.2),
        ("reasons_mandatory", 13 + 30 + 11 + 51, 730, 14.4),
        ("reasons_discretionary", 104 + 85 + 286, 730, 65.1),
        ("reasons_referral", 150, 730, 20.5),
        ("unable_share", 3421, 13810, 24.8),
        ("not_held_share", 3222, 13810, 23.3),
        ("creation_share", 180, 13810, 1.3),
        ("unclear_share", 19, 13810, 0.1),
        ("not_processed_share", 457, 13810, 3.3),
        ("petition_share", 203, 13810, 1.5),
        ("repeat_share", 148, 13810, 1.1),
        ("abuse_share", 101, 13810, 0.7),
        ("repeat_or_abuse_share", 249, 13810, 1.8),
        ("other_share", 1486, 13810, 10.8),
        ("fee_drop_share", 203, 13810, 1.5),
        ("residual_share", 965, 13810, 7.0),
        ("clearance", 13810, 14069, 98.2),
        ("carry_over_ratio", 819, 14629, 5.6),
        ("carry_over_growth", 259, 560, 46.2),
        ("reconsideration_per_closed", 790, 13810, 5.7),
        ("reconsideration_per_received", 790, 14069, 5.6),
        ("reconsideration_per_adverse", 790, 8262, 9.6),
        ("dispute_rate", 846, 13810, 6.1),
        ("correction_reconsideration", 97, 669, 14.5),
        ("correction_reconsideration_of_all", 97, 790, 12.3),
        ("correction_reconsideration_of_decided", 97, 473, 20.5),
        ("correction_litigation_direct", 1, 29, 3.4),
        ("correction_litigation_direct_of_all", 1, 56, 1.8),
        ("correction_litigation_after_reconsideration", 1, 105, 1.0),
        ("normative_turnover", 1548, 8790, 35.2),
        ("normative_repeal_rate", 984, 4605, 21.4),
    ],
)
def test_a_prefecture_by_every_metric(prefecture, metric, k, n, percent):
    (row,) = rate(prefecture, metric).to_dict("records")
    assert (row["k"], row["n"], round(100 * row["rate"], 1)) == (k, n, percent)
    assert row["reports"] == 1


def test_the_refusal_reasons_make_up_all_refusals(prefecture):
    shares = sensitivity(prefecture, "reasons")
    assert shares["k"].sum() == 730
    assert shares["spread"].isna().all()
    assert sensitivity(prefecture, "reason_groups")["k"].tolist() == [105, 475, 150]


def test_what_was_carried_forward_would_take_three_weeks(prefecture):
    (row,) = rate(prefecture, "disposition_days").to_dict("records")
    assert round(row["rate"], 1) == 21.6  # 365 * 819 / 13810
    assert (row["method"], row["definition"]) == ("none", "365 * carried_forward / total_closed")
    assert pd.isna([row["low"], row["high"]]).all()


def test_a_stock_that_its_flows_explain_has_no_gap(prefecture):
    one = Thresholds(counts_only=1)
    assert rate(prefecture, "normative_gap", thresholds=one)[["n", "rate"]].to_numpy().tolist() == [[1, 0.0]]
    short = corpus_of(report(documents(564, 984, 4100)), report(documents(0, 0, 4605), year=2024))
    assert rate(short, "normative_gap", thresholds=one)["rate"].item() == -85


def test_the_year_before_is_that_of_the_same_agency_in_the_same_province():
    stock = documents(1, 0, 10)
    corpus = corpus_of(
        report(stock, "示例镇人民政府", 2023, province="甲省", number=1),
        report(documents(2, 3, 9), "示例镇人民政府", 2024, province="甲省", number=1),
        report(documents(2, 3, 9), "示例镇人民政府", 2024, province="乙省", number=2),
        report(stock, "样例局", 2022),
        report(stock, "样例局", 2024),
        report(stock, "虚构局", 2023, number=1),
        report(documents(9, 9, 9), "虚构局", 2023, number=2),
        report(stock, "虚构局", 2024),
    )
    parts = components(corpus, "normative_repeal_rate").set_index("report_id")
    told = parts.loc[["2024/示例镇人民政府1", "2024/示例镇人民政府2", "2024/样例局", "2024/虚构局"]]
    assert told["k"].tolist() == [3, pd.NA, pd.NA, pd.NA]
    assert told["n"].tolist() == [10, pd.NA, pd.NA, pd.NA]
    assert told["excluded"].tolist()[1:] == ["missing", "missing", "ambiguous"]


def test_the_stock_of_the_form_of_2019_is_not_the_stock_in_force():
    old = [cell("disclosure", "normative_documents", "total_disclosed", 4605)]
    corpus = corpus_of(report(old, year=2020, form="f2019"), report(documents(5, 5, 4605), year=2021))
    assert components(corpus, "normative_repeal_rate")["excluded"].tolist() == ["other_form", "missing"]


def test_corrections_of_a_district():
    # 8 corrected of 192 reconsiderations, 28 of them pending, 16 ended otherwise: 8/164, 8/192, 8/148.
    corpus = corpus_of(report(reviews({"reconsideration": (140, 8, 16, 28, 192)}), year=2024))
    rates = sensitivity(corpus, "correction_reconsideration")
    assert rates[["k", "n"]].to_numpy().tolist() == [[8, 164], [8, 192], [8, 148]]
    assert rates["rate"].mul(100).round(1).tolist() == [4.9, 4.2, 5.4]
    assert (rates["low"].mul(100).round(1)[0], rates["high"].mul(100).round(1)[0]) == (2.5, 9.3)
    assert rates["spread"].mul(100).round(1).tolist() == [1.2] * 3  # 8/148 - 8/192 = 0.0124


def test_a_blank_total_of_reviews_is_the_sum_of_its_outcomes():
    cells = reviews({"reconsideration": (3, 1, 1, 5, 10)})[:-1]
    cells += [Cell("reviews", "reconsideration", "total", None, "blank"), *requests({"total_closed": 100})]
    (part,) = components(corpus_of(report(cells)), "reconsideration_per_closed").to_dict("records")
    assert (part["k"], part["n"], part["summed"]) == (10, 100, True)


def test_reviews_may_outnumber_requests():
    # A bureau without requests reports a case about those of the year before; another one has 3 against 2.
    corpus = corpus_of(
        report([*requests({"total_closed": 0}), *reviews({"reconsideration": (1, 0, 0, 0, 1)})], year=2023),
        report([*requests({"total_closed": 20}), *reviews({"reconsideration": (30, 0, 0, 0, 30)})], year=2024),
    )
    none, many = rate(corpus, "reconsideration_per_closed", "year").to_dict("records")
    assert (none["k"], none["n"], none["flag"]) == (1, 0, "counts_only")
    assert pd.isna(none["rate"])
    assert (many["rate"], many["method"]) == (1.5, "poisson")
    # Exact limits of 30 events: 20.24 and 42.83 (Garwood 1936).
    assert (round(20 * many["low"], 2), round(20 * many["high"], 2)) == (20.24, 42.83)


def test_natural_persons_of_the_requests_received():
    cells = [
        *requests({"received_new": 859, "total_closed": 805}),
        cell("requests", "received_new", "natural_person", 821),
        cell("requests", "total_closed", "natural_person", 767),
    ]
    (row,) = rate(corpus_of(report(cells)), "natural_person_share").to_dict("records")
    assert (row["k"], row["n"], round(100 * row["rate"], 1)) == (821, 859, 95.6)
    assert row["definition"] == "requests:received_new.natural_person / received_new"


def test_requests_per_100000_people_of_an_area():
    # 89 requests of 450,000 invented people: 19.8, exactly 15.9 to 24.3.
    corpus = corpus_of(
        report(requests({"received_new": 89}), region_code="330100"),
        report(requests({"received_new": 7}), "样例局", region_code="330100", scope="own"),
        report(requests({"received_new": 9}), "示例县人民政府", region_code="330200"),
    )
    people = pd.DataFrame({"region_code": ["330100"], "year": [2025], "population": [450_000]})
    (row,) = rate(corpus, "requests_per_100k", exposure=people).to_dict("records")
    assert (row["k"], row["n"], row["reports"]) == (89, 450_000, 1)
    assert [round(row[name], 1) for name in ("rate", "low", "high")] == [19.8, 15.9, 24.3]
    told = components(corpus, "requests_per_100k", exposure=people)["excluded"].tolist()
    assert told[1:] == ["other_scope", "missing"]
    by_agency = people.assign(agency="虚构市人民政府").drop(columns="region_code")
    assert rate(corpus, "requests_per_100k", exposure=by_agency)["n"].item() == 450_000
    with pytest.raises(CorpusError, match="pass exposure="):
        rate(corpus, "requests_per_100k")
    with pytest.raises(CorpusError, match="stand more than once in the table"):
        rate(corpus, "requests_per_100k", exposure=pd.concat([people, people]))
    with pytest.raises(UnknownKeyError, match="population"):
        rate(corpus, "requests_per_100k", exposure=people.rename(columns={"population": "populace"}))
    with pytest.raises(CorpusError, match="it needs region_code"):
        rate(corpus, "requests_per_100k", exposure=people.drop(columns="year"))


def test_no_request_of_many_people_has_an_upper_limit():
    corpus = corpus_of(report(requests({"received_new": 0}), region_code="330100"))
    people = pd.DataFrame({"region_code": ["330100"], "year": [2025], "population": [450_000]})
    (row,) = rate(corpus, "requests_per_100k", exposure=people).to_dict("records")
    assert (row["low"], round(row["high"], 2)) == (0, 0.82)


def test_formulas_are_written_in_the_symbols_of_the_form(prefecture):
    table = sensitivity(prefecture, "disclosure").set_index("metric")
    assert table["formula"].to_dict() == {
        "disclosure_rate": "(G+P) / T",
        "disclosure_full": "G / T",
        "disclosure_on_merits": "(G+P) / (G+P+R)",
        "disclosure_on_merits_no_referral": "(G+P) / (G+P+R-R8)",
        "disclosure_resolvable": "(G+P) / (G+P+R-R8+N2+N4)",
        "granted_resolvable": "G / (G+P+R-R8+N2+N4)",
        "granted_resolvable_substantive": "G / (G+P+R-R8)",
    }
    # From 40.2 % (G/T) to 93.0 % (merits without referrals).
    assert table["spread"].mul(100).round(1).unique().tolist() == [52.8]
    assert table.loc["disclosure_full", "source"] == "bullet lists of the reports"


def test_a_rate_of_groups_has_the_spread_of_its_group(prefecture):
    closed = {"granted": 20, "partially_granted": 0, "total_closed": 40}
    refused = dict.fromkeys(codebook.group_members("refused"), 0)
    more = prefecture.merge(corpus_of(report(requests(closed | refused), year=2023)))
    spread = sensitivity(more.select(year=[2023, 2025]), "refusal", "year").groupby("year")["spread"].first()
    # 2023: nothing refused and 20 of 40 not disclosed; 2025: 44.1 % not disclosed, 4.2 % refused under an exemption.
    assert spread.mul(100).round(1).to_dict() == {2023: 50.0, 2025: 39.9}


def test_the_spread_compares_definitions_over_the_same_reports(prefecture):
    granted_of_all = requests({"total_closed": 40, "granted": 10, "partially_granted": 0})  # nothing on the merits
    alone = sensitivity(prefecture, "disclosure").set_index("metric")
    both = sensitivity(prefecture.merge(corpus_of(report(granted_of_all, "乙"))), "disclosure").set_index("metric")
    assert both["reports"].to_dict() == dict.fromkeys(alone.index, 1) | {"disclosure_rate": 2, "disclosure_full": 2}
    assert both.loc["disclosure_full", "rate"] < alone.loc["disclosure_full", "rate"]
    assert (both["common"] == 1).all()
    assert both["spread"].tolist() == alone["spread"].tolist()


def test_without_common_reports_there_is_no_spread():
    outcomes = dict.fromkeys((row.key for row in codebook.table_rows("requests", "f2021")), 0) | {"granted": 30}
    del outcomes["total_closed"]
    granted_of_all = {"total_closed": 40, "granted": 10, "partially_granted": 0}
    reports = [
        report(requests(outcomes), "甲", 2024), report(requests(granted_of_all), "乙", 2024),
        report(requests({"received_new": 3}), "丙", 2023),
    ]  # fmt: skip
    told = sensitivity(corpus_of(*reports), "disclosure", "year")
    assert told.groupby("year")["reports"].max().tolist() == [0, 1]
    assert (told["common"].tolist(), told["spread"].isna().all()) == ([0] * len(told), True)
    one = sensitivity(corpus_of(reports[0]), "disclosure")
    assert (one["common"].unique().tolist(), one["spread"].unique().tolist()) == ([1], [0])  # 30 of 30, however counted


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("refused", ("requests", "refused", "total", False)),
        ("total_closed@previous", ("requests", "total_closed", "total", True)),
        ("requests:refused.state_secret.natural_person", ("requests", "refused.state_secret", "natural_person", False)),
        ("requests:refused.enterprise", ("requests", "refused", "enterprise", False)),
        ("reviews:reconsideration.corrected", ("reviews", "reconsideration", "corrected", False)),
        ("suggestions_received", ("facts", "suggestions_received", "", False)),
        ("exposure:population", ("exposure", "population", "", False)),
    ],
)
def test_names_of_figures(name, parts):
    key = parse_figure_key(name)
    assert (key.table, key.row, key.column, key.previous) == parts


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("refusd", "no figure 'refusd'. Nearest: refused"),
        ("reviews:reconsideration.corected", "Nearest: reviews:reconsideration.corrected"),
        ("review:reconsideration.corrected", "no table 'review'. Nearest: reviews"),
        ("disclosure:fees.in_force", "no figure"),
    ],
)
def test_an_unknown_figure_brings_the_nearest(name, message):
    with pytest.raises(UnknownKeyError, match=message):
        parse_figure_key(name)


def test_reports_behind_a_rate_are_told_of_all_of_their_group():
    given = [(9, 9 / 53), (0, 0.0), (1234, 1.0)]
    assert [reports_of_all(*one) for one in given] == ["9/53", "0", "1,234/1,234"]
