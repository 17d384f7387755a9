from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from govreport_kit import codebook
from govreport_kit.codebook.figure_keys import cells_of, parse_figure_key
from govreport_kit.contributions import Figures, Flag, Why, request_figures
from govreport_kit.corpus import Corpus
from govreport_kit.corpus.frames import make_frames
from govreport_kit.corpus.records import columns_of
from govreport_kit.errors import CorpusError, UnknownKeyError
from govreport_kit.metrics import Thresholds, components, rate, sensitivity
from govreport_kit.report import Cell, Fact, Report
from govreport_kit.statistics import IntervalError

KINDS = next(column.sums for column in codebook.table_columns("requests") if column.key == "total")
COLUMNS = ["metric", "k", "n", "rate", "low", "high", "method", "confidence", "definition", "reports", "coverage"]
GUARDS = ["flag", "scopes", "breaks"]
HOWEVER_FEW = Thresholds(counts_only=0, few=0, unranked=0)


def cell(row, count, applicant="total", source="table"):
    """A cell of the request table; the count may be the mark of a cell without a number."""
    if isinstance(count, str):
        return Cell("requests", row, applicant, None, {"": "blank", "/": "not_applicable", "?": "unreadable"}[count])
    return Cell("requests", row, applicant, count, "zero" if count == 0 else "reported", source=source)


def table(counts, form="f2021", rest=0):
    """The total column of a whole table; rows which are not named hold `rest`."""
    return [cell(row.key, counts.get(row.key, rest)) for row in codebook.table_rows("requests", form)]


def told(counts, source="narrative"):
    return [cell(row, count, source=source) for row, count in counts.items()]


def fact(indicator, value, approx=False, unit=None):
    return Fact(indicator, value, unit or codebook.indicators[indicator].unit, approx)


def report(number, cells=(), facts=(), form="f2021", complete=True, **about):
    about = {"agency": f"示例县第{number}局", "year": 2024, "level": "county"} | about
    return Report(
        f"2024/示例县第{number}局", form=form, complete=complete, cells=tuple(cells), facts=tuple(facts), **about
    )


def corpus_of(*reports):
    return Corpus.from_reports(reports)


def days(*values, **about):
    return [report(n, facts=[fact("processing_days_average", v)], **about) for n, v in enumerate(values)]


def only(frame):
    """The one row of a frame."""
    (row,) = frame.to_dict("records")
    return row


def reason(corpus, metric):
    return only(components(corpus, metric))["excluded"]


# A prefecture's published totals for 2025.
PREFECTURE = {
    "received_new": 14069,
    "carried_over": 560,
    "granted": 5548,
    "partially_granted": 2168,
    "refused.state_secret": 13,
    "refused.prohibited_by_law": 30,
    "refused.safety_stability": 11,
    "refused.third_party_rights": 51,
    "refused.internal_affairs": 104,
    "refused.process_information": 85,
    "refused.enforcement_file": 286,
    "refused.administrative_query": 150,
    "unable.not_held": 3222,
    "unable.needs_creation": 180,
    "unable.unclear": 19,
    "not_processed.petition": 203,
    "not_processed.repeat": 148,
    "not_processed.publication": 0,
    "not_processed.excessive": 101,
    "not_processed.reconfirm": 5,
    "other.correction_overdue": 318,
    "other.fee_overdue": 203,
    "other.other": 965,
    "total_closed": 13810,
    "carried_forward": 819,
}


@pytest.mark.parametrize(
    ("metric", "k", "n", "percent"),
    [
        ("disclosure_full", 5548, 13810, 40.2),
        ("disclosure_rate", 5548 + 2168, 13810, 55.9),
        ("disclosure_on_merits", 7716, 7716 + 730, 91.4),
        ("disclosure_on_merits_no_referral", 7716, 7716 + 580, 93.0),
        ("refusal_rate", 730, 13810, 5.3),
        ("refusal_exemption", 580, 13810, 4.2),
        ("nondisclosure_rate", 13810 - 7716, 13810, 44.1),
        ("unable_share", 3222 + 180 + 19, 13810, 24.8),
        ("carry_over_ratio", 819, 14069 + 560, 5.6),
    ],
)
def test_a_prefecture_by_every_denominator(metric, k, n, percent):
    row = only(rate(corpus_of(report(1, table(PREFECTURE))), metric))
    assert (row["k"], row["n"], round(100 * row["rate"], 1)) == (k, n, percent)
    assert (row["metric"], row["method"], row["reports"], row["coverage"]) == (metric, "wilson", 1, 1.0)
    assert row["definition"] == codebook.metrics[metric].definition


def test_kinds_of_applicants_are_never_added_to_their_total():
    parts = [cell(row, count, kind) for row, count in PREFECTURE.items() for kind in KINDS]
    row = only(rate(corpus_of(report(1, table(PREFECTURE) + parts)), "refusal_rate"))
    assert (row["k"], row["n"]) == (730, 13810)


def with_kinds(counts, wrong=None):
    """A whole table of f2021 in which natural persons account for every request; `wrong` totals in their place."""
    rows = [row.key for row in codebook.table_rows("requests", "f2021")]
    return [
        cell(
            row,
            (wrong or {}).get(row, counts.get(row, 0)) if kind == "total" else counts.get(row, 0) * (kind == KINDS[0]),
            kind,
        )
        for row in rows
        for kind in (*KINDS, "total")
    ]


def test_a_total_that_is_not_the_sum_of_its_parts_is_told_and_taken():
    # 30 granted and 10 refused are 40 closed, all by natural persons.
    sound = {"granted": 30, "refused.state_secret": 10, "total_closed": 40, "received_new": 40}
    corpus = corpus_of(
        report(1, with_kinds(sound)),
        report(2, with_kinds(sound, {"refused.state_secret": 11})),  # 11 printed, 10 by kinds; 41 outcomes of 40 closed
        report(3, table(sound | {"total_closed": 41})),  # 40 outcomes of 41 closed
        report(
            4, with_kinds(sound, {"granted": 31, "total_closed": 41})
        ),  # 31 granted, 30 by kinds; 41 closed, 40 by kinds
        report(5, with_kinds(sound, {"received_new": 9})),  # does not stand behind the rate
        report(6, [each for each in with_kinds(sound, {"total_closed": 41}) if each.row == "refused.state_secret"]),
        report(7, [*table(sound | {"granted": "", "total_closed": 40})]),  # a blank part contradicts nothing
        report(8, told({"refused": 9, "total_closed": 40}), form=None),
    )
    parts = components(corpus, "refusal_rate")
    assert parts["contradicted"].tolist() == [False, True, True, True, False, False, False, False]
    assert parts["k"].tolist()[:5] == [10, 11, 10, 10, 10]
    assert parts["n"].tolist()[:5] == [40, 40, 41, 41, 40]
    assert not components(corpus, "suggestion_adoption")["contradicted"].any()
    assert components(corpus, "clearance")["contradicted"].tolist()[:5] == [False, True, True, True, True]
    assert components(corpus, "refusal_exemption")["contradicted"].tolist() == parts["contradicted"].tolist()


def test_a_total_of_reviews_that_is_not_the_sum_of_its_outcomes_is_told():
    counts = {"upheld": 5, "corrected": 1, "other": 2, "pending": 0}
    cells = [
        Cell("reviews", "reconsideration", outcome, count, "reported" if count else "zero")
        for outcome, count in counts.items()
    ]
    totals = [Cell("reviews", "reconsideration", "total", count, "reported") for count in (8, 9)]
    corpus = corpus_of(
        *(report(number, [*cells, total, *table({"total_closed": 40})]) for number, total in enumerate(totals))
    )
    assert components(corpus, "correction_reconsideration_of_all")["contradicted"].tolist() == [False, True]


def test_a_group_of_outcomes_is_the_sum_of_the_rows_of_its_form():
    rows_2019 = {"other.other": 7, "total_closed": 20}
    rows_2021 = {"other.other": 7, "other.correction_overdue": 2, "other.fee_overdue": 1, "total_closed": 20}
    corpus = corpus_of(
        report(1, table(rows_2019, "f2019"), form="f2019"),
        report(2, table(rows_2021)),
        report(3, told(rows_2019), form="f2019"),
        report(4, [cell("other.other", 7)]),
        report(5, [cell("other.other", 7)], form=None),
        report(6, [cell("refused.state_secret", 3), *told({"refused": 5})]),
    )
    from_table, from_text = request_figures(corpus, ["other", "refused"])
    np.testing.assert_array_equal(from_table["other"].value, [7, 10, np.nan, np.nan, np.nan, np.nan])
    np.testing.assert_array_equal(from_text["other"].value, [np.nan, np.nan, 7, np.nan, np.nan, np.nan])
    np.testing.assert_array_equal(from_table["refused"].value, [0, 0, np.nan, np.nan, np.nan, np.nan])
    np.testing.assert_array_equal(from_text["refused"].value, [np.nan] * 5 + [5])


def test_a_report_without_table_is_read_from_its_text():
    # 12 granted, 5 in part and 19 refused are told; that these are all 36 closed is derived.
    cells = told({"granted": 12, "partially_granted": 5, "refused": 19}) + told({"total_closed": 36}, "derived")
    corpus = corpus_of(report(1, cells, form=None))
    refusal, disclosure = only(rate(corpus, "refusal_rate")), only(rate(corpus, "disclosure_rate"))
    assert (refusal["k"], refusal["n"]) == (19, 36)
    assert (disclosure["k"], disclosure["n"]) == (17, 36)
    assert only(components(corpus, "refusal_rate"))["source"] == "derived"
    assert only(components(corpus, "disclosure_on_merits"))["source"] == "narrative"
    assert reason(corpus, "refusal_exemption") == "missing"


def test_disclosed_is_the_sum_of_its_rows_or_else_the_sum_that_is_told():
    corpus = corpus_of(
        report(1, told({"disclosed": 17, "total_closed": 36})),
        report(2, told({"granted": 12, "disclosed": 17, "total_closed": 36})),
        report(3, told({"granted": 12, "total_closed": 36})),
    )
    parts = components(corpus, "disclosure_rate")
    assert parts["k"].tolist() == [17, 17, pd.NA]
    assert parts["n"].tolist() == [36, 36, pd.NA]
    assert parts["excluded"].tolist()[2] == "missing"


def test_numerator_and_denominator_come_from_one_source():
    refused_in_table = dict.fromkeys(codebook.group_members("refused"), 1)
    all_closed = told({"refused": 5, "total_closed": 40})
    corpus = corpus_of(
        report(1, table({**refused_in_table, "total_closed": 10}) + all_closed),
        report(2, table({"refused.state_secret": "", "total_closed": 10}) + all_closed),
        report(3, table({"refused.state_secret": "", "total_closed": 10}) + told({"refused": 5})),
        report(4, table({**refused_in_table, "total_closed": "?"}) + told({"total_closed": 40})),
    )
    parts = components(corpus, "refusal_rate")
    assert parts["k"].tolist() == [8, 5, pd.NA, pd.NA]
    assert parts["n"].tolist() == [10, 40, pd.NA, pd.NA]
    assert parts["source"].tolist() == ["table", "narrative", np.nan, np.nan]
    assert parts["excluded"].tolist() == [np.nan, np.nan, "no_number", "no_number"]


def test_a_table_whose_totals_are_blank():
    # Shanghai's general office, 2019: four totals are filled, the other cells are as here.
    natural_persons = {
        "received_new": 821,
        "carried_over": 18,
        "granted": 258,
        "partially_granted": 3,
        "refused.state_secret": 14,
        "refused.internal_affairs": 5,
        "refused.process_information": 3,
        "refused.administrative_query": 10,
        "total_closed": 767,
        "carried_forward": 72,
    }
    totals = {"received_new": 859, "carried_over": 18, "total_closed": 805, "carried_forward": 72}
    cells = table(totals, "f2019", rest="")
    cells += [cell(row, count, "natural_person") for row, count in natural_persons.items()]
    cells += [cell(row, "", "enterprise") for row in natural_persons if row not in ("received_new", "total_closed")]
    cells += [cell("received_new", 35, "enterprise"), cell("total_closed", 35, "enterprise")]
    corpus = corpus_of(report(1, cells, form="f2019"))
    carry_over, refusal = only(rate(corpus, "carry_over_ratio")), only(rate(corpus, "refusal_rate"))
    assert (carry_over["k"], carry_over["n"], round(100 * carry_over["rate"], 1)) == (72, 877, 8.2)
    assert pd.isna([refusal["k"], refusal["n"]]).all()
    assert np.isnan([refusal["rate"], refusal["low"], refusal["high"]]).all()
    assert (refusal["reports"], refusal["coverage"]) == (0, 0.0)
    assert reason(corpus, "refusal_rate") == reason(corpus, "disclosure_rate") == "no_number"


@pytest.mark.parametrize("total", ["", None])
def test_an_unfilled_total_is_the_sum_of_its_kinds_of_applicants(total):
    cells = [cell(row, count) for row, count in PREFECTURE.items() if row != "granted"]
    cells += [] if total is None else [cell("granted", total)]
    cells += [cell("granted", count, kind) for kind, count in zip(KINDS, [5000, 500, 0, 40, 8, 0], strict=True)]
    part = only(
        components(corpus_of(report(1, cells), report(2, table(PREFECTURE))).select(year=2024), "disclosure_full").head(
            1
        )
    )
    assert (part["k"], part["n"], part["source"], part["summed"]) == (5548, 13810, "table", True)


@pytest.mark.parametrize(
    ("total", "kinds"),
    [
        ("", [5000, 500, 0, 40, 8, ""]),
        ("", [5000, 500, 0, 40, 8]),
        ("/", [5000, 500, 0, 40, 8, 0]),
        ("?", [5000, 500, 0, 40, 8, 0]),
    ],
)
def test_no_other_total_is_filled_in(total, kinds):
    cells = table(PREFECTURE | {"granted": total})
    cells += [cell("granted", count, kind) for kind, count in zip(KINDS, kinds, strict=False)]
    assert reason(corpus_of(report(1, cells)), "disclosure_full") == "no_number"


def test_a_printed_total_stands_against_the_sum_of_its_kinds():
    cells = table(PREFECTURE) + [cell("granted", 1, kind) for kind in KINDS]
    part = only(components(corpus_of(report(1, cells)), "disclosure_full"))
    assert (part["k"], part["summed"]) == (5548, False)


def test_a_report_without_requests_contributes_zeros_and_has_no_rate():
    corpus = corpus_of(
        report(1, table({})), report(2, table({"refused.state_secret": 1, "total_closed": 4}), year=2025)
    )
    empty, filled = rate(corpus, "refusal_rate", "year", thresholds=HOWEVER_FEW).to_dict("records")
    assert (empty["year"], empty["k"], empty["n"], empty["reports"], empty["coverage"]) == (2024, 0, 0, 1, 1.0)
    assert np.isnan([empty["rate"], empty["low"], empty["high"]]).all()
    assert (filled["rate"], filled["reports"]) == (0.25, 1)
    together = only(rate(corpus, "refusal_rate"))
    assert (together["k"], together["n"], together["reports"]) == (1, 4, 2)


def test_counts_are_pooled_and_rates_never_averaged():
    small, large = {"refused.state_secret": 1, "total_closed": 2}, {"refused.state_secret": 1, "total_closed": 98}
    row = only(rate(corpus_of(report(1, table(small)), report(2, table(large))), "refusal_rate"))
    assert (row["k"], row["n"], row["rate"]) == (2, 100, 0.02)


@pytest.mark.parametrize(
    ("counts", "metric"),
    [
        ({"refused": 12, "total_closed": 10}, "refusal_rate"),
        ({"disclosed": 12, "total_closed": 10}, "nondisclosure_rate"),
        ({"refused": -1, "total_closed": 10}, "refusal_rate"),
    ],
)
def test_counts_that_cannot_be_are_left_out_and_told(counts, metric):
    corpus = corpus_of(report(1, told(counts)), report(2, table({"granted": 4, "total_closed": 10})))
    assert components(corpus, metric)["excluded"].tolist() == ["inconsistent", np.nan]
    row = only(rate(corpus, metric))
    assert (row["n"], row["reports"], row["coverage"]) == (10, 1, 0.5)


def test_an_inconsistent_table_is_not_mended_from_the_text():
    cells = table({"refused.state_secret": 12, "total_closed": 10}) + told({"refused": 2, "total_closed": 10})
    assert reason(corpus_of(report(1, cells)), "refusal_rate") == "inconsistent"


def test_a_form_on_which_the_metric_is_not_defined_is_told():
    cells = told({"refused": 2, "total_closed": 10})
    corpus = corpus_of(report(1, cells, form="gb2014"), report(2, cells, form=None))
    assert components(corpus, "refusal_rate")["excluded"].tolist() == ["other_form", np.nan]


def test_text_and_derivation_that_differ_are_ambiguous():
    cells = told({"refused": 2, "total_closed": 10}) + told({"total_closed": 11}, "derived")
    assert reason(corpus_of(report(1, cells)), "refusal_rate") == "ambiguous"
    agreeing = told({"refused": 2, "total_closed": 10}) + told({"total_closed": 10}, "derived")
    assert only(components(corpus_of(report(1, agreeing)), "refusal_rate"))["source"] == "narrative"


def test_groups_without_a_value_and_groups_without_a_count_stay():
    closed = {"refused.state_secret": 1, "total_closed": 4}
    corpus = corpus_of(
        report(1, table(closed), level="township"),
        report(2, table(closed), level=None),
        report(3, level=None),
        report(4, level="county"),
        report(5, table(closed), level="township", year=None),
    )
    by_level = rate(corpus, "refusal_rate", "level")
    assert list(by_level.columns) == ["level", *COLUMNS, *GUARDS]
    assert by_level["level"].tolist() == ["county", "township", np.nan]
    assert by_level["k"].tolist() == [pd.NA, 2, 1]
    assert by_level["reports"].tolist() == [0, 2, 1]
    assert by_level["coverage"].tolist() == [0.0, 1.0, 0.5]
    both = rate(corpus, "refusal_rate", ["level", "year"])
    assert list(both.columns) == ["level", "year", *COLUMNS, *GUARDS]
    assert both["year"].tolist() == [2024, 2024, pd.NA, 2024]
    assert both["reports"].sum() == by_level["reports"].sum() == 3


def test_types_of_the_columns():
    corpus = corpus_of(*days(8, 10), report(9, table({"total_closed": 4})))
    every = [["refusal_rate", "response_days"], "refusal_rate", "response_days_stated", "response_days", "dispute_rate"]
    asked = [(metric, {}) for metric in every] + [("refusal_rate", {"pool": "mean_of_rates"})]
    for metric, options in asked:
        types = rate(corpus, metric, "year", **options).dtypes.astype(str)
        assert types[["k", "n"]].tolist() == ["Int64", "Int64"]
        assert set(types[["rate", "low", "high", "coverage"]]) == {"float64"}
        assert types["reports"] == "int64"
        assert types["year"] == "Int16"


def test_eighteen_of_forty_suggestions():
    facts = [fact("suggestions_received", 40), fact("suggestions_adopted", 18)]
    row = only(rate(corpus_of(report(1, facts=facts), report(2, facts=facts[:1])), "suggestion_adoption"))
    assert (row["k"], row["n"], row["reports"], row["coverage"]) == (18, 40, 1, 0.5)
    assert [round(100 * row[name], 1) for name in ("rate", "low", "high")] == [45.0, 30.7, 60.2]


@pytest.mark.parametrize(
    ("method", "low", "high"),
    [("clopper_pearson", 29.3, 61.5), ("jeffreys", 30.4, 60.3), ("agresti_coull", 30.7, 60.2)],
)
def test_other_intervals_are_named(method, low, high):
    corpus = corpus_of(report(1, facts=[fact("suggestions_received", 40), fact("suggestions_adopted", 18)]))
    row = only(rate(corpus, "suggestion_adoption", interval=method))
    assert (round(100 * row["low"], 1), round(100 * row["high"], 1), row["method"]) == (low, high, method)


def test_figures_of_the_text_say_what_they_are():
    adopted = fact("suggestions_adopted", 18)
    corpus = corpus_of(
        report(1, facts=[fact("suggestions_received", 40), fact("suggestions_received", 50), adopted]),
        report(2, facts=[fact("suggestions_received", 40), fact("suggestions_received", 40), adopted]),
        report(3, facts=[fact("suggestions_received", 40, approx=True), adopted]),
        report(4, facts=[fact("suggestions_received", 40, unit="人次"), adopted]),
        report(5, facts=[fact("suggestions_received", 10), adopted]),
        report(6, facts=[fact("suggestions_received", 40.5), adopted]),
        report(7),
    )
    parts = components(corpus, "suggestion_adoption")
    assert parts["excluded"].tolist() == [
        "ambiguous", np.nan, np.nan, np.nan, "inconsistent", "inconsistent", "missing",
    ]  # fmt: skip
    assert parts["approx"].tolist() == [False, False, True, False, False, False, False]
    assert parts["other_unit"].tolist() == [False, False, False, True, False, False, False]
    assert parts["source"].dropna().tolist() == ["narrative"] * 3
    row = only(rate(corpus, "suggestion_adoption"))
    assert (row["k"], row["n"], row["reports"]) == (54, 120, 3)


def test_an_approximate_count_of_requests_is_flagged():
    cells, facts = told({"refused": 5, "total_closed": 40}), [fact("requests_closed", 40, approx=True)]
    corpus = corpus_of(report(1, cells, facts), report(2, cells), report(3, table({"total_closed": 9}), facts))
    assert components(corpus, "refusal_rate")["approx"].tolist() == [True, False, False]


def test_mean_of_stated_days():
    # 4, 5, 9: mean 6, standard deviation sqrt(7), t quantile with 2 degrees of freedom 4.302653.
    row = only(rate(corpus_of(*days(4, 5, 9), report(9)), "response_days", thresholds=HOWEVER_FEW))
    assert (row["n"], row["rate"], row["method"]) == (3, 6.0, "log_t")
    assert pd.isna(row["k"])
    # On the scale of the logarithm 4.302653 * sqrt(7 / 3) / 6 = 1.0954021 to both sides: exp(1.0954021) = 2.9903848.
    assert (row["low"], row["high"]) == pytest.approx((6 / 2.9903848, 6 * 2.9903848), rel=1e-6)
    assert (row["reports"], row["coverage"]) == (3, 0.75)


@pytest.mark.parametrize(
    ("reports", "flag"), [(4, "counts_only"), (5, "few"), (19, "few"), (20, "unranked"), (30, None)]
)
def test_a_mean_takes_as_many_reports_as_a_rate_takes_cases(reports, flag):
    corpus = corpus_of(*days(*[8, 10] * 15)[:reports])
    row = only(rate(corpus, "response_days"))
    assert (row["n"], row["flag"] if flag else pd.isna(row["flag"])) == (reports, flag or True)
    assert np.isnan([row["rate"], row["low"], row["high"]]).tolist() == [flag == "counts_only"] * 3


def test_reports_which_state_the_same_tell_no_spread():
    row = only(rate(corpus_of(*days(*[20] * 6)), "response_days"))
    assert row["rate"] == 20
    assert np.isnan([row["low"], row["high"]]).all()


def test_one_stated_mean_has_no_interval_and_none_has_no_rate():
    alone = only(rate(corpus_of(*days(12.5)), "response_days", thresholds=HOWEVER_FEW))
    assert (alone["rate"], alone["n"]) == (12.5, 1)
    assert np.isnan([alone["low"], alone["high"]]).all()
    none = only(rate(corpus_of(report(1)), "response_days"))
    assert pd.isna([none["k"], none["n"]]).all()
    assert np.isnan([none["rate"], none["low"], none["high"]]).all()


def test_shares_of_reports_whose_figure_passes():
    corpus = corpus_of(*days(15, 20, 20.5), report(9, facts=[fact("on_time_rate", 100), fact("on_time_rate", 98.5)]))
    row = only(rate(corpus, "response_within_limit"))
    assert (row["k"], row["n"], row["reports"], row["coverage"]) == (2, 3, 3, 0.75)
    assert reason(corpus.select(corpus.reports["report_id"].str.contains("第9")), "on_time_full") == "ambiguous"
    on_time = [report(n, facts=[fact("on_time_rate", value)]) for n, value in enumerate([100, 98.5])]
    assert only(rate(corpus_of(*on_time), "on_time_full", thresholds=HOWEVER_FEW))["rate"] == 0.5


def test_what_was_not_read_is_not_unstated():
    corpus = corpus_of(*days(8), *[report(n) for n in (7, 8)], report(9, complete=False))
    assert components(corpus, "response_days_stated")["k"].tolist() == [1, 0, 0, pd.NA]
    assert components(corpus, "response_days_stated")["excluded"].tolist()[3] == "partly_read"
    row = only(rate(corpus, "response_days_stated"))
    assert (row["k"], row["n"], row["reports"], row["coverage"]) == (1, 3, 3, 0.75)
    partly = corpus_of(*days(8, complete=False))
    assert reason(partly, "response_days_stated") == "partly_read"
    assert only(rate(partly, "response_days", thresholds=HOWEVER_FEW))["rate"] == 8


def test_a_figure_without_unit_counts_as_being_in_the_standard_one():
    plain = Fact("processing_days_average", 8)
    assert not only(components(corpus_of(report(1, facts=[plain])), "response_days"))["other_unit"]


def test_two_stated_values_are_stated():
    facts = [fact("processing_days_average", 8), fact("processing_days_average", 9)]
    assert only(rate(corpus_of(report(1, facts=facts)), "response_days_stated", thresholds=HOWEVER_FEW))["rate"] == 1


def test_a_family_begins_with_its_headline():
    corpus = corpus_of(report(1, table(PREFECTURE)), report(2, table(PREFECTURE), year=2025))
    frame = sensitivity(corpus, "disclosure", "year")
    assert frame["metric"].tolist() == [
        metric
        for metric in (
            "disclosure_rate", "disclosure_full", "disclosure_on_merits", "disclosure_on_merits_no_referral",
            "disclosure_resolvable", "granted_resolvable", "granted_resolvable_substantive",
        )
        for year in (2024, 2025)
    ]  # fmt: skip
    assert list(frame.columns) == ["year", *COLUMNS, *GUARDS, "formula", "source", "common", "spread"]
    # Resolvable: 7716 disclosed + 580 refused under an exemption + 148 repeat + 101 excessive = 8545; without the last 8296.
    percent = [55.9, 55.9, 40.2, 40.2, 91.4, 91.4, 93.0, 93.0, 90.3, 90.3, 64.9, 64.9, 66.9, 66.9]
    assert frame["rate"].mul(100).round(1).tolist() == percent
    assert sensitivity(corpus, "claims")["reports"].tolist() == [0, 0, 2, 2, 0, 0]


def test_every_family_of_ratios_names_one_headline():
    for family in ("disclosure", "refusal"):
        assert [m.headline for m in codebook.metrics.values() if m.family == family].count(True) == 1


@pytest.mark.parametrize("metric", codebook.metrics.values(), ids=lambda metric: metric.key)
def test_the_registry_names_what_the_codebook_holds(metric):
    figures = [parse_figure_key(key) for key in metric.figures]
    cells = [figure for figure in figures if figure.table in codebook.tables]
    assert metric.kind in ("ratio", "share", "stated", "mean")
    assert metric.interval in ("share", "events", "none")
    assert metric.zh
    assert metric.en
    assert metric.caveats
    assert metric.source
    assert set(metric.breaks) <= set(codebook.breaks)
    assert metric.scope in ("", *codebook.scopes)
    assert bool(metric.unit) == bool(metric.unit_zh)
    assert set(metric.forms) <= set(codebook.forms)
    assert bool(metric.forms) == bool(cells)
    for form in metric.forms:
        assert all(set(cells_of(figure, form)) & set(codebook.table_cells(figure.table, form)) for figure in cells)
    if metric.kind == "ratio":
        assert metric.numerator
        assert metric.denominator
    elif metric.kind == "mean":
        assert bool(metric.indicator) != bool(metric.numerator)
    else:
        assert metric.indicator in codebook.indicators
        assert (metric.test is not None) == (metric.kind == "share")


@pytest.mark.parametrize("metric", codebook.metrics)
def test_every_metric_works_on_an_empty_corpus(metric):
    people = pd.DataFrame({"region_code": [], "year": [], "population": []}).astype({"region_code": "str"})
    empty = Corpus(**make_frames(columns_of([]) | {"failures": {"path": [], "kind": [], "message": []}}))
    assert components(empty, metric, exposure=people).empty
    row = only(rate(empty, metric, exposure=people))
    assert row["reports"] == 0
    assert np.isnan([row["rate"], row["coverage"]]).all()
    assert rate(empty, metric, "year", exposure=people).empty


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda corpus: rate(corpus, "refusal_rat"), "no metric 'refusal_rat'. Nearest: refusal_rate"),
        (lambda corpus: components(corpus, "nope"), "no metric 'nope'"),
        (lambda corpus: rate(corpus, "refusal_rate", "yaer"), "no column of reports 'yaer'. Nearest: year"),
        (lambda corpus: rate(corpus, "refusal_rate", ["year", "lvl"]), "'lvl'. Nearest: level"),
        (lambda corpus: sensitivity(corpus, "disclosures"), "no family of metrics 'disclosures'. Nearest: disclosure"),
    ],
)
def test_unknown_names_bring_the_nearest(call, message):
    with pytest.raises(UnknownKeyError, match=message):
        call(corpus_of(report(1)))


@pytest.mark.parametrize("metric", ["refusal_rate", "response_days"])
def test_a_wrong_interval_is_refused_for_every_kind(metric):
    with pytest.raises(IntervalError, match="Nearest: wilson"):
        rate(corpus_of(report(1)), metric, interval="wilsn")
    with pytest.raises(IntervalError, match="level"):
        rate(corpus_of(report(1)), metric, level=95)


def test_figures_of_an_unlisted_report_are_an_error():
    corpus = corpus_of(report(1, table(PREFECTURE)), *days(8))
    listed = SimpleNamespace(reports=corpus.reports.iloc[1:], requests=corpus.requests, facts=corpus.facts)
    with pytest.raises(CorpusError, match="示例县第1局"):
        rate(listed, "refusal_rate")


def test_plain_columns_do_as_well_as_categories():
    corpus = corpus_of(report(1, table(PREFECTURE)), *days(8))
    plain = {
        name: frame.astype({column: "str" for column in frame.select_dtypes("category") if column != "section"})
        for name, frame in corpus.frames().items()
    }
    for metric in ("refusal_rate", "response_days"):
        pd.testing.assert_frame_equal(rate(SimpleNamespace(**plain), metric), rate(corpus, metric))


def test_why_and_flags_go_with_the_figures():
    given_one = Figures(np.array([1.0, np.nan]), np.array([0, 1], np.uint8), np.array([Flag.APPROX, 0], np.uint8))
    given_both = Figures(np.array([2.0, 3.0]), np.zeros(2, np.uint8), np.zeros(2, np.uint8))
    both, either = given_one + given_both, given_one.or_else(given_both)
    assert (both.value[0], both.why.tolist()) == (3.0, [Why.GIVEN, Why.MISSING])
    assert either.value.tolist() == [1.0, 3.0]
    assert either.has(Flag.APPROX).tolist() == [True, False]


@st.composite
def corpora(draw):
    """Reports with a count, without one, and with counts that cannot be."""
    counts = st.none() | st.integers(0, 10**6) | st.integers(0, 5)
    reports = []
    for number in range(draw(st.integers(1, 8))):
        told_counts = {"refused": draw(counts), "total_closed": draw(counts)}
        cells = told({row: count for row, count in told_counts.items() if count is not None})
        year, level = draw(st.sampled_from([None, 2023, 2024])), draw(st.sampled_from([None, "county", "township"]))
        reports.append(report(number, cells, year=year, level=level))
    return Corpus(**make_frames(columns_of(reports) | {"failures": {"path": [], "kind": [], "message": []}}))


@settings(deadline=None, max_examples=60)
@given(corpora(), st.sampled_from([[], ["year"], ["level", "year"]]), st.sampled_from(["wilson", "clopper_pearson"]))
def test_a_pooled_rate_rests_on_its_components(corpus, by, method):
    parts = components(corpus, "refusal_rate").merge(corpus.reports[["report_id", "year", "level"]])
    pooled = rate(corpus, "refusal_rate", by, interval=method, thresholds=HOWEVER_FEW)
    assert (parts["k"].isna() == parts["excluded"].notna()).all()
    assert (parts["n"].isna() == parts["excluded"].notna()).all()
    assert pooled["k"].sum() == parts["k"].sum()
    assert pooled["n"].sum() == parts["n"].sum()
    assert pooled["reports"].sum() == parts["excluded"].isna().sum()
    assert len(pooled) == (len(corpus.reports[by].drop_duplicates()) if by else 1)
    for group in pooled.to_dict("records"):
        mine = np.logical_and.reduce(
            [parts[name].isna() if pd.isna(group[name]) else (parts[name] == group[name]).fillna(False) for name in by],
            initial=True,
            axis=0,
        ) & np.ones(len(parts), bool)
        own = parts[mine.astype(bool)]
        assert group["coverage"] == own["excluded"].isna().mean()
        assert (own["k"].sum(min_count=1), own["n"].sum(min_count=1)) == (group["k"], group["n"]) or pd.isna(group["k"])
        rates = (own["k"] / own["n"].where(own["n"] > 0)).dropna()
        assert np.isnan(group["rate"]) == rates.empty
        if len(rates):
            assert rates.min() - 1e-12 <= group["rate"] <= rates.max() + 1e-12
            assert 0 <= group["low"] <= group["rate"] <= group["high"] <= 1
