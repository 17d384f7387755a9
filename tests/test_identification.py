"""Blank cells are bounded by the sums of the form: never wrongly, and as tightly as can be told by hand."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from govreport_kit import codebook
from govreport_kit.corpus import Corpus, systems
from govreport_kit.corpus.positions import places_of
from govreport_kit.identification import cell_bounds, system_of
from govreport_kit.metrics import MixedScopesError, PoolingError, bounds, rate
from govreport_kit.report import Cell, Report
from govreport_kit.simulate import synthetic_corpus

TRUTH = synthetic_corpus(12, range(2019, 2023), seed=5)
RATIOS = [
    "refusal_rate", "disclosure_on_merits_no_referral", "reason_state_secret", "nondisclosure_rate", "clearance",
    "carry_over_growth", "reconsideration_per_adverse", "correction_reconsideration", "natural_person_share",
    "repeat_or_abuse_share",
]  # fmt: skip


def cells(table, row, counts, columns):
    return [
        Cell(table, row, column, count, "blank" if count is None else "zero" if count == 0 else "reported")
        for column, count in zip(columns, counts, strict=True)
    ]


def totals(counts, form="f2021"):
    """The total column of a whole request table; rows which are not named hold 0, None is a blank."""
    return [
        cell for row in codebook.table_rows("requests", form) for cell in cells("requests", row.key, [counts.get(row.key, 0)], ["total"])
    ]  # fmt: skip


def reviews(*counts):
    return cells("reviews", "reconsideration", counts, ["upheld", "corrected", "other", "pending", "total"])


def report(found, number=1, **about):
    about = {"form": "f2021", "year": 2024, "agency": f"示例县第{number}局", "scope": "own"} | about
    return Report(f"2024/示例县第{number}局", cells=tuple(found), **about)


def corpus_of(*reports):
    return Corpus.from_reports(reports)


def found(frame, table="requests", column="total"):
    mine = frame[(frame["table"] == table) & (frame["column"] == column)]
    return {row: (low, high, state) for row, low, high, state in zip(mine["row"], mine["low"], mine["high"], mine["state"], strict=True)}  # fmt: skip


def test_a_form_has_as_many_identities_as_it_has_sums():
    # 25 rows, 7 columns summed over outcomes, 7 balances, 3 channels; 23 rows in 2019.
    assert system_of("f2021", ("requests", "reviews")).matrix.shape == (42, 190)
    assert system_of("f2019", ("requests", "reviews")).matrix.shape == (40, 176)
    assert system_of("f2021", ("disclosure",)).matrix.shape == (0, 10)


def test_a_sum_is_left_less_right_and_not_judged_where_a_number_is_missing():
    channel = "litigation_direct"  # 5 + 1 + 2 + 0 = 8
    places = tuple(("reviews", channel, outcome) for outcome in ("upheld", "corrected", "other", "pending", "total"))
    system = systems.system_of(places)
    assert [identity.name for identity in system.identities] == [f"{channel}/total"]
    residuals = system.residuals(np.array([[5, 1, 2, 0, 8.0], [5, 1, 2, 0, 10], [5, np.nan, 2, 0, 8]]))
    np.testing.assert_array_equal(residuals, [[0], [2], [np.nan]])
    np.testing.assert_array_equal(system.coefficients([(places[4], 1), (places[0], -1)]), [-1, 0, 0, 0, 1])


def test_cells_are_found_by_row_and_column_whatever_the_frame_holds_besides():
    rows, columns = pd.Series(["b", "a", None, "a"]), pd.Series(["x", "y", "x", "z"])
    for dtype in ("str", "category"):
        places = [("a", "y"), ("b", "x"), ("c", "x")]
        assert places_of(rows.astype(dtype), columns.astype(dtype), places).tolist() == [1, 0, -1, -1]


def test_one_blank_is_what_the_others_leave():
    counts = {"received_new": 40, "granted": None, "refused.state_secret": 5, "total_closed": 38, "carried_forward": 2}
    frame = cell_bounds(corpus_of(report(totals(counts))))
    assert found(frame)["granted"] == (33, 33, "determined")
    # The kinds of applicants are blank, too; none can exceed its total, and of those that are 0 all are 0.
    assert found(frame, column="natural_person")["total_closed"] == (0, 38, "bounded")
    assert found(frame, column="enterprise")["refused.administrative_query"] == (0, 0, "determined")


def test_two_blanks_share_what_is_left():
    counts = {"received_new": 40, "granted": None, "refused.state_secret": None, "partially_granted": 8, "total_closed": 38, "carried_forward": 2}  # fmt: skip
    told = found(cell_bounds(corpus_of(report(totals(counts)))))
    assert told["granted"] == told["refused.state_secret"] == (0, 30, "bounded")


def test_a_balance_determines_what_was_carried_forward():
    told = found(cell_bounds(corpus_of(report(totals({"received_new": 40, "carried_forward": None, "granted": 38, "total_closed": 38})))))  # fmt: skip
    assert told["carried_forward"] == (2, 2, "determined")


def test_reviews_are_bounded_by_their_total_or_not_at_all():
    frame = cell_bounds(corpus_of(report(reviews(3, None, None, 1, 10)), report(reviews(3, None, 2, 1, None), 2)))
    assert set(frame["row"]) == {row.key for row in codebook.table_rows("reviews")}  # cells that do not stand there
    frame = frame[frame["row"] == "reconsideration"]
    one, two = (group for _, group in frame.groupby("report_id"))
    assert [tuple(row) for row in one[["column", "low", "high", "state"]].head(2).to_numpy()] == [
        ("corrected", 0, 6, "bounded"),
        ("other", 0, 6, "bounded"),
    ]
    told = two.set_index("column")
    assert (told.loc["corrected", "low"], told.loc["corrected", "state"]) == (0, "unbounded")
    assert (told.loc["total", "low"], told.loc["total", "state"]) == (6, "unbounded")
    assert two["high"].isna().all()


def test_of_numbers_that_contradict_each_other_nothing_follows():
    frame = cell_bounds(corpus_of(report(reviews(8, None, 2, 1, 10))))
    told = frame[(frame["row"] == "reconsideration") & (frame["column"] == "corrected")]
    assert (told["state"].item(), told["low"].item(), told["high"].item()) == ("contradiction", pd.NA, pd.NA)


def test_programs_narrow_what_single_identities_leave_open():
    # Two granted and two refused requests of three natural persons and one business; how they mix is open,
    # but of the four mixed cells those of the business sum to one.
    kinds = ["natural_person", "enterprise", "research_institute", "social_organization", "legal_service", "other_organization", "total"]  # fmt: skip
    rows = {row.key: (0,) * 7 for row in codebook.table_rows("requests", "f2021")}
    rows |= {"received_new": (3, 1, 0, 0, 0, 0, 4), "total_closed": (3, 1, 0, 0, 0, 0, 4)}
    rows |= {"granted": (None, None, 0, 0, 0, 0, 2), "unable.not_held": (None, None, 0, 0, 0, 0, 2)}
    table = [cell for row, counts in rows.items() for cell in cells("requests", row, counts, kinds)]
    for sharp in (False, True):
        frame = cell_bounds(corpus_of(report(table)), ["requests"], sharp=sharp)
        assert [tuple(ends) for ends in frame[["low", "high"]].to_numpy()] == [(1, 2), (0, 1), (1, 2), (0, 1)]


def test_reports_without_form_or_blank_have_no_rows():
    whole = report(reviews(3, 1, 2, 1, 7), form=None)
    frame = cell_bounds(corpus_of(whole, report([], 2)))
    assert frame.empty
    assert list(frame.columns) == ["report_id", "table", "row", "column", "low", "high", "state"]


def test_a_rate_with_a_blank_component_lies_between_bounds():
    whole = {"received_new": 60, "granted": 30, "refused.state_secret": 20, "unable.not_held": 10, "total_closed": 60}
    blank = {
        "received_new": 40,
        "granted": 10,
        "refused.state_secret": None,
        "unable.not_held": None,
        "total_closed": 40,
    }
    corpus = corpus_of(report(totals(whole)), report(totals(blank), 2), report([], 3))
    assert rate(corpus, "refusal_rate")[["k", "n"]].to_numpy().tolist() == [[20, 60]]
    (row,) = bounds(corpus, "refusal_rate").to_dict("records")
    # The second report refused from none to 30 of 40.
    assert (row["k_low"], row["k_high"], row["n_low"], row["n_high"]) == (20, 50, 100, 100)
    assert (row["bound_low"], row["bound_high"]) == (0.2, 0.5)
    assert (row["reports"], row["exact"], round(row["coverage"], 2), row["scopes"]) == (2, 1, 0.67, "own")
    # On the merits: 30 + 10 disclosed, refused 20 to 50.
    (merits,) = bounds(corpus, "disclosure_on_merits").to_dict("records")
    assert (merits["bound_low"], merits["bound_high"]) == pytest.approx((40 / 90, 40 / 60))


def test_a_blank_denominator_bounds_from_one_side():
    cells_ = totals({"granted": 10, "refused.state_secret": 5, "unable.not_held": None, "received_new": None, "carried_forward": None, "total_closed": None})  # fmt: skip
    (row,) = bounds(corpus_of(report(cells_)), "refusal_rate").to_dict("records")
    assert (row["k_low"], row["k_high"], row["n_low"]) == (5, 5, 15)
    assert pd.isna(row["n_high"])
    assert (row["bound_low"], row["bound_high"]) == pytest.approx((0.0, 1 / 3))


def test_what_has_no_identities_has_no_bounds():
    corpus = corpus_of(report([]))
    for metric in ("requests_per_100k", "normative_turnover", "suggestion_adoption", "response_days"):
        with pytest.raises(PoolingError, match=metric):
            bounds(corpus, metric)
    (none,) = bounds(corpus, "refusal_rate").to_dict("records")
    assert none["reports"] == 0
    assert pd.isna([none["k_low"], none["k_high"]]).all()
    assert np.isnan([none["bound_low"], none["bound_high"]]).all()


def test_bounds_are_guarded_like_rates():
    both = corpus_of(
        report(totals({"granted": None})), report(totals({"granted": 1, "total_closed": 1}), 2, scope="aggregate")
    )
    with pytest.raises(MixedScopesError):
        bounds(both, "refusal_rate")
    assert bounds(both, "refusal_rate", scope="aggregate")["reports"].item() == 1
    assert bounds(both, "refusal_rate", "scope")["scopes"].tolist() == ["own", "aggregate"]


@st.composite
def blanked(draw):
    """An invented corpus of which some cells were taken away, mostly whole totals."""
    share, totals_only = draw(st.sampled_from([0.01, 0.1, 0.5, 0.95])), draw(st.booleans())
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    frames = {}
    for name, column in (("requests", "applicant"), ("reviews", "outcome")):
        frame = getattr(TRUTH, name).copy()
        gone = rng.random(len(frame)) < share
        if totals_only:
            gone &= (frame[column] == "total").to_numpy(bool)
        frame.loc[gone, "count"], frame.loc[gone, "state"] = pd.NA, "blank"
        frames[name] = frame
    return replace(TRUTH, **frames)


@settings(deadline=None, max_examples=25)
@given(blanked(), st.booleans())
def test_the_truth_lies_within_the_bounds(corpus, sharp):
    few = corpus.select(corpus.reports["report_id"].isin(corpus.reports["report_id"][:2])) if sharp else corpus
    frame = cell_bounds(few, sharp=sharp)
    assert not (frame["state"] == "contradiction").any()
    for table, names in (("requests", ("row", "applicant")), ("reviews", ("channel", "outcome"))):
        truth = getattr(TRUTH, table).rename(columns=dict(zip(names, ("row", "column"), strict=True)))
        both = frame[frame["table"] == table].merge(truth[["report_id", "row", "column", "count"]].astype({"report_id": "str", "row": "str", "column": "str"}))  # fmt: skip
        assert len(both) == (frame["table"] == table).sum()
        assert (both["low"] <= both["count"]).all()
        assert ((both["count"] <= both["high"]) | both["high"].isna()).all()
        determined = both[both["state"] == "determined"]
        assert (determined["low"] == determined["count"]).all()


@settings(deadline=None, max_examples=25)
@given(blanked(), st.sampled_from(RATIOS), st.sampled_from([[], ["year"]]))
def test_the_true_rate_lies_within_its_bounds(corpus, metric, by):
    bounded = bounds(corpus, metric, by, scope="any")
    true = rate(TRUTH, metric, by, scope="any")
    known = bounded["coverage"] == 1
    for name in ("k", "n"):
        assert (bounded[f"{name}_low"] <= true[name])[known].fillna(True).all()
        assert (bounded[f"{name}_high"] >= true[name])[known].fillna(True).all()
    share = (true["k"] / true["n"]).astype("float64")
    assert (bounded["bound_low"] <= share + 1e-9)[known & (true["n"] > 0)].all()
    assert (bounded["bound_high"] >= share - 1e-9)[known & (true["n"] > 0)].all()
