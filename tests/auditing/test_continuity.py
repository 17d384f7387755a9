"""What one year hands on to the next."""

import pytest

FORWARD = "requests/carried_forward/total"
OVER = "requests/carried_over/total"
ID = "2024/示例县人民政府"


def test_what_is_carried_over_is_what_was_carried_forward(make, findings):
    frame = findings(make({FORWARD: 4}, year=2023), make({OVER: 4}), rules=["B1"])
    assert (len(frame), frame.attrs["judged"]["B1"]) == (0, 1)


def test_the_later_report_has_the_finding_with_both_values(make, findings, told):
    frame = findings(make({FORWARD: 4}, year=2023), make({OVER: 6}), rules=["B1"])
    assert told(frame) == [("B1", ID, OVER, 6, 4)]
    assert frame["severity"].tolist() == ["warning"]
    assert frame["evidence"].tolist() == [f"{OVER} 6, from 2023/示例县人民政府 4"]
    assert frame["message_zh"].tolist() == [
        "上年结转政府信息公开申请数量、总计：本年报告上年结转为6，2023/示例县人民政府结转下年度为4，不一致"
    ]


@pytest.mark.parametrize(("year", "severity"), [(2022, "error"), (2024, "warning")])
def test_one_body_beyond_doubt_makes_an_error_of_it_but_not_in_a_year_of_reforms(make, findings, year, severity):
    code = {"region_code": "990001"}
    frame = findings(make({FORWARD: 4}, year=year - 1, **code), make({OVER: 6}, year=year, **code), rules=["B1"])
    assert frame["severity"].tolist() == [severity]


def test_several_columns_of_a_report_are_one_finding(make, findings):
    columns = ("natural_person", "enterprise", "total")
    before = make({f"requests/carried_forward/{column}": 1 for column in columns}, year=2023)
    now = make({f"requests/carried_over/{column}": 2 for column in columns})
    frame = findings(before, now, rules=["B1"])
    assert frame["where"].tolist() == ["requests/carried_over/natural_person"]
    assert frame["follows"].tolist() == ["B1 requests/carried_over/enterprise; B1 requests/carried_over/total"]


@pytest.mark.parametrize(("forward", "year"), [(None, 2023), (4, 2022)])
def test_a_blank_and_a_year_left_out_are_not_judged(make, findings, forward, year):
    frame = findings(make({FORWARD: forward}, year=year), make({OVER: 6}), rules=["B1"])
    assert (len(frame), frame.attrs["judged"]["B1"]) == (0, 0)


def test_documents_in_force_follow_from_those_issued_and_repealed(make, findings, told):
    item = "disclosure/normative_documents"
    before = make({f"{item}/in_force": 20}, year=2023)
    # 23 in force, 5 issued, 1 repealed: 23 - 5 + 1 = 19 the year before.
    now = make({f"{item}/in_force": 23, f"{item}/issued": 5, f"{item}/repealed": 1})
    assert told(findings(before, now, rules=["B2"])) == [("B2", ID, f"{item}/in_force", 19, 20)]


def test_items_of_the_form_of_2019_follow_from_those_of_the_year_before_and_their_change(make, findings, told):
    item = "disclosure/licences"
    before = make({f"{item}/last_year_items": 40, f"{item}/change": -3}, year=2019, form="f2019")
    now = make({f"{item}/last_year_items": 43}, year=2020, form="f2019")
    assert told(findings(before, now, rules=["B3"])) == [
        ("B3", "2020/示例县人民政府", f"{item}/last_year_items", 43, 37)
    ]
