"""The running text against the tables of its report."""

import pytest

ID = "2024/示例县人民政府"


def test_a_figure_of_the_text_is_compared_with_its_cell(make, findings, told):
    report = make({"requests/received_new/total": 21}, {"requests_received": 20})
    frame = findings(report, rules=["C1"])
    assert told(frame) == [("C1", ID, "facts/requests_received", 20, 21)]
    assert frame["evidence"].tolist() == ["requests_received为20 | requests/received_new/total 21"]
    assert frame["message_en"].tolist() == [
        "requests received in the year: the running text says 20, the table 21: inconsistent"
    ]


def test_a_group_is_compared_with_the_sum_of_its_rows(make, findings, told):
    cells = {"requests/refused.state_secret/total": 2, "requests/refused.internal_affairs/total": 3}
    assert findings(make(cells, {"requests_refused": 5}), rules=["C1"]).empty
    assert told(findings(make(cells, {"requests_refused": 6}), rules=["C1"])) == [
        ("C1", ID, "facts/requests_refused", 6, 5)
    ]


def test_lawsuits_are_compared_with_both_kinds_together(make, findings):
    cells = {"reviews/litigation_direct/total": 2, "reviews/litigation_after_reconsideration/total": 1}
    assert findings(make(cells, {"litigation_cases": 3}), rules=["C1"]).empty
    assert len(findings(make(cells, {"litigation_cases": 2}), rules=["C1"])) == 1


@pytest.mark.parametrize(("closed", "forward", "count"), [(20, 3, 1), (0, 0, 1), (20, 0, 0)])
def test_all_in_time_is_set_against_what_is_still_open_and_against_nothing_closed(
    make, findings, closed, forward, count
):
    cells = {"requests/total_closed/total": closed, "requests/carried_forward/total": forward}
    frame = findings(make(cells, {"on_time_rate": 100}), rules=["C5"])
    assert len(frame) == count
    assert frame["severity"].tolist() == ["info"] * count
    assert findings(make(cells, {"on_time_rate": 99.5}), rules=["C5"]).empty
