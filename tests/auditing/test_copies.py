"""Tables that are too much alike, and aggregates below their members."""

import pytest

ID = "2024/示例县人民政府"
ROWS = ("upheld", "corrected", "other", "pending")
CELLS = {f"reviews/{channel}/{row}": 3 * place + number + 1
         for place, channel in enumerate(("reconsideration", "litigation_direct", "litigation_after_reconsideration"))
         for number, row in enumerate(ROWS)}  # fmt: skip
RECEIVED = "requests/received_new/total"


def test_last_years_figures_once_more_are_a_stale_copy(make, findings):
    frame = findings(make(CELLS, year=2023), make(CELLS), rules=["F6"])
    assert frame["message_en"].tolist() == ["12 of 12 figures other than 0 are those of 2023/示例县人民政府"]


@pytest.mark.parametrize("changed", [2, 12])
def test_ten_figures_and_nine_tenths_of_them_must_agree(make, findings, changed):
    others = {place: value + 1 for place, value in list(CELLS.items())[:changed]}
    assert findings(make(CELLS, year=2023), make(CELLS | others), rules=["F6"]).empty


def test_zeros_are_no_copies(make, findings):
    zeros = dict.fromkeys(CELLS, 0)
    assert findings(make(zeros, year=2023), make(zeros), rules=["F6"]).empty


def members(make, own, of_member, **about):
    aggregate = make({RECEIVED: own}, scope="aggregate", region_code="990100")
    about = {"agency": "示例县样例局", "level": "department", "scope": "own", "region_code": "990102"} | about
    return aggregate, make({RECEIVED: of_member}, **about)


def test_an_aggregate_gives_no_less_than_a_body_inside(make, findings, told):
    frame = findings(*members(make, 10, 12), rules=["G1"])
    assert told(frame) == [("G1", ID, RECEIVED, 10, 12)]
    assert "2024/示例县样例局 has 12" in frame["message_en"].iloc[0]


@pytest.mark.parametrize("about", [{"year": 2023}, {"region_code": "990202"}, {"region_code": None}])
def test_bodies_of_other_years_and_places_are_no_members(make, findings, about):
    assert findings(*members(make, 10, 12, **about), rules=["G1"]).empty


def test_a_member_with_less_or_without_a_figure_is_in_order(make, findings):
    assert findings(*members(make, 10, 10), rules=["G1"]).empty
    assert findings(*members(make, 10, None), rules=["G1"]).empty
