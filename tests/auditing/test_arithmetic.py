"""The sums of the form: worked by hand on a small table of 2021."""

import numpy as np
import pandas as pd
import pytest

from govreport_kit import codebook
from govreport_kit.auditing import audit
from govreport_kit.corpus import Corpus
from govreport_kit.report import Cell, Report

COLUMNS = [column.key for column in codebook.table_columns("requests")]


def sound_table(form="f2021"):
    """Received 20 + carried over 3 = closed 19 + forward 4; closed: granted 10, petition 5, not held 4; all of natural persons but 2."""
    natural = {"received_new": 18, "carried_over": 3, "granted": 8, "not_processed.petition": 5, "unable.not_held": 4}
    natural |= {"total_closed": 17, "carried_forward": 4}
    enterprise = {"received_new": 2, "granted": 2, "total_closed": 2}
    table = {}
    for row in codebook.table_rows("requests", form):
        table[row.key] = dict.fromkeys(COLUMNS, 0) | {
            "natural_person": natural.get(row.key, 0),
            "enterprise": enterprise.get(row.key, 0),
            "total": natural.get(row.key, 0) + enterprise.get(row.key, 0),
        }
    return table


def report(table, reviews=(), **about):
    cells = [
        Cell("requests", row, column, value, "blank" if value is None else "reported" if value else "zero")
        for row, line in table.items()
        for column, value in line.items()
    ]
    about = {"agency": "示例县人民政府", "year": 2024, "form": "f2021", "level": "county"} | about
    return Report(f"{about['year']}/{about['agency']}", cells=(*cells, *reviews), **about)


def findings(*reports, rules=("A",)):
    return audit(Corpus.from_reports(reports), rules)


def told(frame):
    return [
        (row.rule, row.where, *(None if pd.isna(value) else value for value in (row.observed, row.expected)))
        for row in frame.itertuples()
    ]


@pytest.mark.parametrize("form", ["f2021", "f2019"])
def test_a_table_that_adds_up_gives_no_finding(form):
    assert findings(report(sound_table(form), form=form)).empty


def test_a_wrong_cell_is_named_with_the_value_that_all_its_sums_want():
    table = sound_table()
    table["granted"]["natural_person"] = 9
    frame = findings(report(table))
    assert told(frame) == [("A2", "requests/granted/natural_person", 9, 8)]
    assert frame["difference"].tolist() == [1]
    assert frame["follows"].tolist() == ["A3 granted/total; A2 total_closed/natural_person"]
    assert frame["severity"].tolist() == ["error"]


def test_a_wrong_total_is_named():
    table = sound_table()
    table["unable.not_held"]["total"] = 40
    assert told(findings(report(table))) == [("A2", "requests/unable.not_held/total", 40, 4)]


def test_two_wrong_cells_are_two_findings():
    table = sound_table()
    table["granted"]["natural_person"] = 9
    table["received_new"]["enterprise"] = 5
    assert told(findings(report(table))) == [
        ("A1", "requests/received_new/enterprise", 5, 2),
        ("A2", "requests/granted/natural_person", 9, 8),
    ]


def test_a_wrong_row_of_totals_is_named():
    table = sound_table()
    for column, value in {"natural_person": 16, "enterprise": 3, "total": 19}.items():
        table["total_closed"][column] = value
    frame = findings(report(table))
    assert told(frame) == [("A1", "requests/total_closed", None, None)]
    assert "A2 total_closed/enterprise" in frame["follows"].iloc[0]


def test_a_column_that_any_outcome_may_have_broken_is_one_finding_with_the_totals():
    table = sound_table()
    for column in ("natural_person", "total"):
        table["not_processed.repeat"][column] = 2
    frame = findings(report(table))
    assert told(frame) == [("A2", "requests/total_closed/natural_person", 17, 19)]
    assert frame["follows"].tolist() == ["A2 total_closed/total"]


def test_requests_moved_to_another_row_are_one_finding():
    table = sound_table()
    table["granted"]["natural_person"] -= 3
    table["partially_granted"]["natural_person"] += 3
    frame = findings(report(table))
    assert told(frame) == [("A3", "requests/granted/total", 10, 7)]
    assert frame["follows"].tolist() == ["A3 partially_granted/total"]


def test_totals_in_the_column_of_others_are_told_as_a_shift():
    table = sound_table()
    for line in table.values():
        line["total"], line["natural_person"] = line["natural_person"], line["total"]
    frame = findings(report(table))
    assert told(frame) == [("A3", "requests/natural_person", None, None)]
    assert "columns seem shifted" in frame["message_en"].iloc[0]


def test_rows_one_too_low_are_told_as_a_shift():
    table = sound_table()
    rows = list(table)
    first = rows.index("refused.state_secret")
    shifted = [table[row] for row in rows]
    shifted[first:] = [shifted[-1], *shifted[first:-1]]
    frame = findings(report(dict(zip(rows, shifted, strict=True))))
    assert len(frame) == 1
    assert "rows seem shifted" in frame["message_en"].iloc[0]


def test_a_blank_makes_its_sums_undecided():
    table = sound_table()
    table["granted"]["natural_person"] = None
    assert findings(report(table)).query("severity == 'error'").empty


def test_a_review_total_is_compared_with_its_parts():
    values = {"upheld": 3, "corrected": 1, "other": 0, "pending": 2, "total": 7}
    cells = [
        Cell("reviews", "reconsideration", key, value, "reported" if value else "zero") for key, value in values.items()
    ]
    frame = findings(report(sound_table(), cells))
    assert told(frame) == [("A4", "reviews/reconsideration/total", 7, 6)]
    assert frame["evidence"].tolist() == [
        "reconsideration/total 7 | reconsideration/upheld 3 + reconsideration/corrected 1 + reconsideration/other 0"
        " + reconsideration/pending 2"
    ]


def test_every_single_wrong_cell_is_found_and_only_it():
    """Each of the 175 cells in turn, with an error of its own size."""
    rng = np.random.default_rng(20241126)
    reports, wrong = [], []
    for row in sound_table():
        for column in COLUMNS:
            table = sound_table()
            true = table[row][column]
            table[row][column] += int(rng.integers(1, 50))
            reports.append(report(table, agency=f"示例县{row}{column}局"))
            wrong.append((f"requests/{row}/{column}", table[row][column], true))
    frame = findings(*reports)
    assert [(row.where, row.observed, row.expected) for row in frame.itertuples()] == wrong
