"""Tables that are all 0."""

import pytest

ID = "2024/示例县人民政府"
ZEROS = {"requests/received_new/total": 0, "reviews/reconsideration/total": 0, "disclosure/licences/decisions": 0}


def test_three_years_of_zeros_are_told_in_the_third(make, findings, told):
    frame = findings(*(make(ZEROS, year=year) for year in (2022, 2023, 2024)), rules=["D3"])
    assert told(frame) == [("D3", ID, "tables", 3, None)]
    assert frame["message_zh"].tolist() == ["三张表格已连续3个年度全部为零"]


@pytest.mark.parametrize(
    "between", [ZEROS | {"requests/received_new/total": 1}, ZEROS | {"requests/granted/total": None}, {}]
)
def test_a_figure_a_blank_and_a_missing_table_end_the_row(make, findings, between):
    reports = [make(ZEROS, year=2022), make(between, year=2023), make(ZEROS)]
    assert findings(*reports, rules=["D3"]).empty


def test_zeros_beside_a_figure_of_the_text_are_told(make, findings, told):
    frame = findings(make(ZEROS, {"requests_received": 12, "requests_closed": 11}), rules=["D3"])
    assert told(frame) == [("D3", ID, "requests", 12, 0)]
    assert frame["message_en"].tolist() == [
        "requests received and how they were decided: all cells are 0, while the running text tells 12 of:"
        " requests received in the year"
    ]
    assert frame["evidence"].tolist() == ["requests_received为12 | requests_closed为11"]
    assert findings(make(ZEROS, {"requests_received": 0, "proactive_items": 60}), rules=["D3"]).empty
