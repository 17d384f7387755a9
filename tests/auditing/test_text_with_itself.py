"""The running text against itself and against the year before: sums, shares, growth, figures told twice."""

import pytest

ID = "2024/示例县人民政府"
PARTS = {
    "requests_granted": 12, "requests_partially_granted": 5, "requests_refused": 19, "requests_carried_forward": 2,
}  # fmt: skip


def test_parts_that_reach_the_whole_are_consistent(make, findings):
    frame = findings(make(facts={"requests_received": 38, **PARTS}), rules=["C2"])
    assert (len(frame), frame.attrs["judged"]["C2"]) == (0, 1)


def test_parts_below_the_whole_leave_room_for_others_not_told(make, findings):
    frame = findings(make(facts={"requests_received": 40, **PARTS}), rules=["C2"])
    assert (len(frame), frame.attrs["judged"]["C2"]) == (0, 0)


@pytest.mark.parametrize(("carried_over", "whole", "severity"), [(None, 35, "info"), (1, 36, "warning")])
def test_parts_above_the_whole_are_inconsistent_unless_some_may_be_carried_over(
    make, findings, told, carried_over, whole, severity
):
    facts = {"requests_received": 35, **PARTS} | ({"requests_carried_over": 1} if carried_over else {})
    frame = findings(make(facts=facts), rules=["C2"])
    assert told(frame) == [("C2", ID, "facts/requests_received", whole, 38)]
    assert frame["severity"].tolist() == [severity]


def test_a_joint_figure_stands_for_its_members_and_is_not_added_to_them(make, findings, told):
    rest = {"requests_refused": 3, "requests_unable": 2, "requests_not_processed": 1, "requests_other": 0}
    members = {"requests_granted": 7, "requests_partially_granted": 1}
    for granted in ({"requests_disclosed": 8}, members, members | {"requests_disclosed": 8}):
        frame = findings(make(facts={"requests_closed": 14, **granted, **rest}), rules=["C2"])
        assert (len(frame), frame.attrs["judged"]["C2"]) == (0, 1)
    # All parts are told: 8 + 3 + 2 + 1 + 0 = 14, and the whole is said to be 16.
    frame = findings(make(facts={"requests_closed": 16, "requests_disclosed": 8, **rest}), rules=["C2"])
    assert told(frame) == [("C2", ID, "facts/requests_closed", 16, 14)]


@pytest.mark.parametrize(("adopted", "count"), [(18, 0), (40, 0), (41, 1)])
def test_no_more_suggestions_are_adopted_than_received(make, findings, adopted, count):
    facts = {"suggestions_received": 40, "suggestions_adopted": adopted}
    assert len(findings(make(facts=facts), rules=["C2"])) == count


# 18 of 40 are 45 %; 45.5 % of 40 are no whole number; 7 of 36 are 19.44 %, cut off 19.4; 5 of 18 are 27.78 %, cut off 27.7.
@pytest.mark.parametrize(
    ("part", "whole", "share", "decimals", "expected"),
    [(18, 40, 45, 0, []), (18, 40, 45.5, 1, [45.0]), (7, 36, 19.4, 1, []), (5, 18, 27.7, 1, []), (5, 18, 27.9, 1, [27.778])],
)  # fmt: skip
def test_a_share_must_follow_from_the_counts(make, findings, part, whole, share, decimals, expected):
    report = make(
        facts={"requests_closed": whole, "requests_granted": part},
        claims=[("share", "requests_granted", share, "%", decimals)],
    )
    frame = findings(report, rules=["C3"])
    assert frame["expected"].tolist() == expected
    assert frame.attrs["judged"]["C3"] == 1


def test_a_share_may_be_one_of_those_received_as_the_table_tells_them(make, findings):
    cells = {"requests/total_closed/total": 36, "requests/received_new/total": 40}
    report = make(cells, {"requests_granted": 18}, [("share", "requests_granted", 45, "%", 0)])
    assert findings(report, rules=["C3"]).empty


# From 40 to 50 is a growth of 25 % and a change of 10.
@pytest.mark.parametrize(
    ("claim", "expected"),
    [
        (("growth", "requests_received", 25, "%", 0), []),
        (("growth", "requests_received", 20, "%", 0), [25.0]),
        (("growth", "requests_received", -25, "%", 0), [25.0]),
        (("change", "requests_received", 10, "件"), []),
        (("change", "requests_received", 9, "件"), [10.0]),
    ],
)
def test_growth_follows_from_both_years_reports(make, findings, claim, expected):
    before, now = (
        make(facts={"requests_received": 40}, year=2023),
        make(facts={"requests_received": 50}, claims=[claim]),
    )
    frame = findings(before, now, rules=["C4"])
    assert frame["expected"].tolist() == expected
    assert frame["report_id"].tolist() == [ID] * len(expected)


def test_last_years_figure_may_stand_in_its_table_only(make, findings, told):
    before = make({"requests/received_new/total": 40}, year=2023)
    now = make(facts={"requests_received": 50}, claims=[("previous", "requests_received", 41, "件")])
    assert told(findings(before, now, rules=["B4"])) == [("B4", ID, "facts/requests_received", 41, 40)]


def test_nothing_grows_from_nothing(make, findings):
    before, now = make(facts={"requests_received": 0}, year=2023), make(
        facts={"requests_received": 5}, claims=[("growth", "requests_received", 100, "%", 0)]
    )  # fmt: skip
    assert findings(before, now, rules=["C4"]).attrs["judged"]["C4"] == 0


@pytest.mark.parametrize(("value", "severities"), [(250, ["warning"]), (40, ["info"]), (9, [])])
def test_one_figure_of_two_matters_is_told(make, findings, value, severities):
    frame = findings(make(facts={"items_reviewed": value, "trainees": value}), rules=["F7"])
    assert frame["severity"].tolist() == severities
    if severities:
        assert f"people trained: one figure, {value}, perhaps counted twice" in frame["message_en"].iloc[0]


def test_one_figure_of_three_matters_is_told_of_each_but_the_last(make, findings):
    frame = findings(make(facts={"items_reviewed": 250, "trainees": 250, "onsite_visits": 250}), rules=["F7"])
    assert frame["where"].is_unique
    assert frame["evidence"].str.count("250").tolist() == [3, 2]


def test_figures_that_may_well_agree_are_left_alone(make, findings):
    assert findings(make(facts={"requests_received": 250, "requests_closed": 250}), rules=["F7"]).empty
    assert findings(make(facts={"proactive_items": 250, "website_items": 250}), rules=["F7"]).empty
