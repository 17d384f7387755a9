"""Figures that are possible but not likely."""

import pytest

ID = "2024/示例县人民政府"
RULES_ISSUED = "disclosure/regulations/issued"
CLOSED = "requests/total_closed/total"


@pytest.mark.parametrize(("level", "count"), [("county", 1), ("township", 1), ("prefecture", 0), ("ministry", 0)])
def test_rules_are_made_from_the_level_of_cities_up(make, findings, level, count):
    assert len(findings(make({RULES_ISSUED: 1}, level=level), rules=["D1"])) == count
    assert findings(make({RULES_ISSUED: 0}, level=level), rules=["D1"]).empty


@pytest.mark.parametrize(
    ("agency", "row", "value", "count"),
    [
        ("示例县信访局", "licences", 3, 1),
        ("示例县信访局", "licences", 0, 0),
        ("示例县公安局", "penalties", 0, 1),
        ("示例县公安局", "penalties", None, 0),
        ("示例县教育局", "licences", 3, 0),
    ],
)
def test_decisions_fit_the_powers_of_the_agency(make, findings, agency, row, value, count):
    report = make({f"disclosure/{row}/decisions": value}, agency=agency, level="department")
    assert len(findings(report, rules=["D2"])) == count


@pytest.mark.parametrize(("closed", "granted", "count"), [(20, 20, 1), (19, 19, 0), (20, 18, 0)])
def test_an_outcome_without_exception_is_told_from_twenty_on(make, findings, closed, granted, count):
    cells = {CLOSED: closed, "requests/granted/total": granted, "requests/refused.state_secret/total": closed - granted}
    assert len(findings(make(cells), rules=["D4"])) == count


def test_a_jump_needs_a_base_of_twenty(make, findings, told):
    place = "disclosure/licences/decisions"
    assert told(findings(make({place: 20}, year=2023), make({place: 100}), rules=["D5"])) == [
        ("D5", ID, place, 100, 20)
    ]
    assert told(findings(make({place: 100}, year=2023), make({place: 20}), rules=["D5"])) == [
        ("D5", ID, place, 20, 100)
    ]
    assert findings(make({place: 19}, year=2023), make({place: 100}), rules=["D5"]).empty
    assert findings(make({place: 20}, year=2023), make({place: 99}), rules=["D5"]).empty


def test_a_reclassification_shows_in_the_share_of_a_row(make, findings, told):
    place = "requests/unable.not_held/total"
    before, now = make({CLOSED: 40, place: 4}, year=2023), make({CLOSED: 50, place: 20})  # 10 % and 40 %
    frame = findings(before, now, rules=["D5a"])
    assert told(frame) == [("D5a", ID, place, 40, 10)]
    assert "40.0 % of all closed, 10.0 %" in frame["message_en"].iloc[0]
    assert findings(before, make({CLOSED: 50, place: 17}), rules=["D5a"]).empty  # 34 %: 24 points


@pytest.mark.parametrize(("now", "count"), [(125_000, 1), (12.5, 0), (12.5 * 100, 0), (0, 0)])
def test_charges_in_yuan_are_ten_thousand_times_too_high(make, findings, now, count):
    place = "disclosure/fees/amount_10k_cny"
    assert len(findings(make({place: 12.5}, year=2023), make({place: now}), rules=["D6"])) == count


@pytest.mark.parametrize(("fee", "count"), [(120, 0), (125, 1), (0, 0)])
def test_a_fee_is_a_multiple_of_ten(make, findings, fee, count):
    frame = findings(make(facts={"information_fee": fee}), rules=["D7"])
    assert frame["where"].tolist() == ["facts/information_fee"] * count
    assert frame["message_en"].str.startswith("information-processing fees charged is 125").sum() == count


@pytest.mark.parametrize(("year", "count"), [(2020, 1), (2021, 0)])
def test_no_fee_was_overdue_before_there_were_fees(make, findings, year, count):
    assert len(findings(make({"requests/other.fee_overdue/total": 1}, year=year), rules=["D7"])) == count


@pytest.mark.parametrize(("direct", "refused", "count"), [(10, 20, 1), (4, 20, 0), (10, 19, 0)])
def test_direct_suits_are_expected_to_fall_from_2024_on(make, findings, direct, refused, count):
    def reviews(direct, reconsideration):
        return {"reviews/litigation_direct/total": direct, "reviews/reconsideration/total": reconsideration}

    before = make(reviews(5, 5), year=2023)  # half of them
    now = make(reviews(direct, 10) | {"requests/refused.state_secret/total": refused})  # half, or two sevenths
    assert len(findings(before, now, rules=["D8"])) == count
