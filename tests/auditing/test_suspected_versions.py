"""Versions of one report whose agency is spelt in two ways, which nothing else connects."""

import pytest

COUNTY, OFFICE = "示例县人民政府", "示例县人民政府办公室"
# five different figures other than 0: 1, 4, 5, 11 and 12
FIGURES = {
    "requests/total_closed/total": 12,
    "requests/granted/total": 5,
    "requests/partially_granted/total": 4,
    "requests/received_new/total": 11,
    "requests/carried_over/total": 1,
    "requests/carried_forward/total": 0,
}


@pytest.fixture
def suspected(findings):
    """Return report, place and observed of each finding, and the findings."""

    def found(*reports):
        frame = findings(*reports, rules=["E6"])
        rows = frame[["report_id", "where", "observed"]].itertuples(index=False, name=None)
        return [*rows], frame

    return found


@pytest.mark.parametrize("spelling", ["示例县政府", "示例县", "示例縣人民政府", "示例县 人民政府"])
def test_another_spelling_of_a_body_is_told_whatever_its_figures(suspected, make, spelling):
    told, frame = suspected(make(FIGURES), make({"requests/granted/total": 7}, agency=spelling))
    assert sorted(told) == sorted([(f"2024/{COUNTY}", "reports/agency", 2), (f"2024/{spelling}", "reports/agency", 2)])
    first = frame.set_index("report_id").loc[f"2024/{COUNTY}"]
    assert first["message_en"].startswith(f"the agency of 2024/{spelling} looks like the same body")
    assert first["message_zh"].startswith(f"2024/{spelling}的机关名称似为同一机关的另一写法")
    assert (first["severity"], first["expected"]) == ("warning", 1)


@pytest.mark.parametrize("other", [OFFICE, "示例县政府办公室", f"示例省{COUNTY}", f"示例省示例市{OFFICE}"])
def test_the_same_figures_under_a_name_that_may_mean_the_same_place_are_told(suspected, make, other):
    told, frame = suspected(make(FIGURES), make(FIGURES | {"requests/refused.state_secret/total": 3}, agency=other))
    assert sorted(told) == sorted([(f"2024/{COUNTY}", "tables", 5), (f"2024/{other}", "tables", 5)])
    assert "(5 different ones other than 0)" in frame["message_en"].iloc[0]
    assert "（5个不同的非零数值）" in frame["message_zh"].iloc[0]


def test_the_same_figures_of_one_division_are_told_under_any_names(suspected, make):
    of_place = {"region_code": "330106"}
    pair = [make(FIGURES, agency=name, **of_place) for name in ("样例局", "虚构委员会")]
    assert [place for _, place, _ in suspected(*pair)[0]] == ["tables", "tables"]
    elsewhere = make(FIGURES, agency="虚构委员会", region_code="330105")
    assert suspected(pair[0], elsewhere)[0] == []


@pytest.mark.parametrize(
    "changed",
    [
        {"requests/granted/total": 6},  # another figure
        {"requests/carried_over/total": 0},
        {"requests/carried_over/total": None},  # four figures in common
    ],
)
def test_figures_which_differ_or_are_few_are_not(suspected, make, changed):
    assert suspected(make(FIGURES), make(FIGURES | changed, agency=OFFICE))[0] == []


@pytest.mark.parametrize(
    "about",
    [
        {"agency": "样例县人民政府"},
        {"agency": OFFICE, "year": 2023},
        {"agency": "示例县政府", "scope": "aggregate"},
        {"agency": "示例县政府", "province": "虚构省"},
        {"agency": COUNTY, "province": "虚构省"},
    ],
)
def test_other_bodies_years_scopes_and_places_are_not(suspected, make, about):
    assert suspected(make(FIGURES, scope="own", province="示例省"), make(FIGURES, **about))[0] == []


def test_an_unknown_scope_or_place_tells_nothing_apart(suspected, make):
    assert len(suspected(make(FIGURES, scope="own", province="示例省"), make(FIGURES, agency="示例县政府"))[0]) == 2


def test_several_others_are_told_at_once_and_none_is_left_out(suspected, make):
    told, frame = suspected(*(make(FIGURES, agency=name) for name in (COUNTY, "示例县政府", OFFICE)))
    assert len(told) == 5  # two spellings of the government, and each of the three has the figures of another
    office = frame.set_index("report_id").loc[f"2024/{OFFICE}"]
    assert f"2024/{COUNTY}, 2024/示例县政府" in office["message_en"]


def test_what_was_judged_are_reports_with_agency_and_year(findings, make):
    assert findings(make(), make(agency=None), rules=["E6"]).attrs["judged"] == {"E6": 1}
