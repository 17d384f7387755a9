"""Reconsideration cases which only the running text tells enter as such counts of requests do."""

import numpy as np
import pandas as pd
import pytest

from govreport_kit.corpus import Corpus
from govreport_kit.metrics import bounds, components, rate
from govreport_kit.report import Cell, Fact, Report

METRIC = "reconsideration_per_closed"


def cell(place, count, source="table"):
    state = "blank" if count is None else "reported" if count else "zero"
    return Cell(*place.split("/"), count, state, source=source)


def closed(count, source="narrative"):
    return cell("requests/total_closed/total", count, source)


def reviews(**counts):
    return [cell(f"reviews/reconsideration/{outcome}", count) for outcome, count in counts.items()]


def told(*values, approx=False, unit="件"):
    return [Fact("reconsideration_cases", value, unit, approx) for value in values]


def report(number, cells, facts=(), **about):
    about = {"agency": f"示例县第{number}局", "year": 2024, "form": "f2021", "scope": "own"} | about
    return Report(f"2024/示例县第{number}局", cells=tuple(cells), facts=tuple(facts), **about)


def parts(*reports):
    found = components(Corpus.from_reports(reports), METRIC)[["k", "n", "source", "excluded"]]
    return [tuple(None if pd.isna(value) else value for value in row) for row in found.to_numpy()]


def test_a_count_of_the_running_text_enters_where_there_is_no_table():
    silent = report(3, [closed(30)])
    assert parts(report(1, [closed(40)], told(3)), report(2, [closed(20)], told(0)), silent) == [
        (3, 40, "narrative", None),
        (0, 20, "narrative", None),
        (None, None, None, "missing"),
    ]


def test_a_count_told_twice_is_one_and_one_of_cases_by_another_word_is_the_same():
    assert parts(report(1, [closed(40)], [*told(3), *told(3, unit="宗")])) == [(3, 40, "narrative", None)]


def test_the_table_wins_and_nothing_is_counted_twice():
    by_table = report(1, [closed(50, "table"), *reviews(upheld=4, corrected=1, other=0, pending=0, total=5)], told(9))
    assert parts(by_table) == [(5, 50, "table", None)]
    corpus = Corpus.from_reports([by_table, report(2, [closed(40)], told(3))])
    row = rate(corpus, METRIC).iloc[0]
    assert (row["k"], row["n"], row["reports"]) == (8, 90, 2)
    assert row["rate"] == pytest.approx(8 / 90)


def test_table_and_text_are_not_mixed():
    table_of_reviews_alone = report(1, [closed(40), *reviews(total=5)], told(9))
    table_of_requests_alone = report(2, [closed(50, "table")], told(3))
    assert parts(table_of_reviews_alone, table_of_requests_alone) == [(None, None, None, "missing")] * 2


@pytest.mark.parametrize(
    "row", [reviews(total=None), reviews(upheld=None, total=None), reviews(corrected=1), reviews(pending=None)]
)
def test_a_row_of_the_table_is_not_filled_from_the_text(row, tmp_path):
    corpus = Corpus.from_reports([report(1, [closed(40), *row], told(3)), report(2, [closed(20)], told(1))])
    corpus.save(tmp_path)
    for reports in (corpus, tmp_path):
        assert components(reports, METRIC)["n"].tolist() == [pd.NA, 20]
        assert rate(reports, METRIC)[["k", "n"]].to_numpy().tolist() == [[1, 20]]


def test_another_row_of_the_table_does_not_stand_for_it():
    suits = cell("reviews/litigation_direct/total", 2)
    assert parts(report(1, [closed(40), suits], told(3))) == [(3, 40, "narrative", None)]


def test_two_values_are_ambiguous_and_about_a_number_is_no_count():
    assert parts(
        report(1, [closed(40)], told(3, 4)),
        report(2, [closed(40)], told(3, approx=True)),
        report(3, [closed(40)], [*told(3), *told(3, approx=True)]),
    ) == [(None, None, None, reason) for reason in ("ambiguous", "missing", "missing")]


def test_a_derived_total_makes_a_derived_pair():
    assert parts(report(1, [closed(36, "derived")], told(3))) == [(3, 36, "derived", None)]


def test_suits_told_as_one_number_are_not_taken_for_direct_ones():
    facts = [*told(3), Fact("litigation_cases", 2, "件")]
    row = rate(Corpus.from_reports([report(1, [closed(40)], facts)]), "dispute_rate").iloc[0]
    assert (row["reports"], np.isnan(row["rate"])) == (0, True)


def test_bounds_take_it_as_exact():
    corpus = Corpus.from_reports([report(1, [closed(40)], told(3))])
    assert bounds(corpus, METRIC)[["k_low", "k_high", "n_low", "n_high", "exact"]].to_numpy().tolist() == [
        [3, 3, 40, 40, 1]
    ]
