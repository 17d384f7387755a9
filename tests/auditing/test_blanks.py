"""Cells without a number: what the sums of the form leave for them."""

from dataclasses import replace

import numpy as np
import pytest

from govreport_kit import simulate

ID = "2024/示例县人民政府"
CHANNEL = "reviews/reconsideration"


def channel(**values):
    return {f"{CHANNEL}/{column}": value for column, value in values.items()}


def test_one_blank_in_a_sum_is_what_the_others_leave(make, findings):
    # 3 + 1 + ? + 2 = 7
    frame = findings(make(channel(upheld=3, corrected=1, other=None, pending=2, total=7)), rules=["A"])
    assert frame["rule"].tolist() == ["A6"]
    assert frame["evidence"].tolist() == ["reconsideration/other = 1"]
    assert frame["severity"].tolist() == ["info"]
    assert frame["message_en"].tolist() == [
        "administrative reconsideration and litigation: cells without a number: 1; the sums determine 1 and limit 0 of"
        " them: administrative reconsideration, other outcome (reviews) = 1"
    ]
    assert (frame.attrs["judged"]["A4"], frame.attrs["judged"]["A6"]) == (0, 1)


def test_two_blanks_in_a_sum_have_limits(make, findings):
    # 3 + ? + ? + 2 = 7: each is between 0 and 2.
    frame = findings(make(channel(upheld=3, corrected=None, other=None, pending=2, total=7)), rules=["A6"])
    assert frame["evidence"].tolist() == ["reconsideration/corrected 0 … 2; reconsideration/other 0 … 2"]


@pytest.mark.parametrize(
    "cells",
    [
        channel(upheld=3, corrected=1, other=1, pending=2, total=7),  # no blank
        channel(upheld=3, total=None),  # nothing is known of the cells which were not read
        channel(total=7),  # what was not read at all is no blank
        channel(upheld=9, corrected=1, other=None, pending=2, total=7),  # no number of 0 or more fits
    ],
)
def test_where_the_sums_tell_nothing_there_is_no_finding(make, findings, cells):
    assert findings(make(cells), rules=["A6"]).empty


def test_a_single_blank_of_a_sound_report_gets_its_true_value(findings):
    rng = np.random.default_rng(6)
    reports, true = [], []
    for seed in range(40):
        sound = simulate.synthetic_report(seed, form=("f2021", "f2019")[seed % 2], level="prefecture")
        cells = [cell for cell in sound.cells if cell.table != "disclosure"]
        cell = cells[rng.integers(len(cells))]
        emptied = simulate.without_figures(sound, [(cell.table, cell.row, cell.column)], "blank")
        reports.append(replace(emptied, id=f"{seed}", agency=f"示例{seed}"))
        true.append(f"{cell.row}/{cell.column} = {cell.value}")
    frame = findings(*reports, rules=["A"])
    assert frame["rule"].tolist() == ["A6"] * 40
    assert frame["evidence"].tolist() == true
