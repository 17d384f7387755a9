"""Figures of another body or another year beside the report's own."""

import pytest


def note(report, code):
    return [one.message for one in report.notes if one.code == code]


def test_the_offices_own_figure_in_the_text_and_the_areas_in_the_table(made, read):
    report = read(made.page(overview="县政府办公室全年收到政府信息公开申请17件。"))
    assert made.facts(report) == {"requests_received": 17}
    assert made.values(report) == made.expected
    assert all(cell.source == "table" for cell in report.cells)


def test_two_bodies_in_a_row_leave_a_note(made, read):
    report = read(made.text("全县受理政府信息公开申请95件；县政府办公室受理政府信息公开申请17件。"), "report.txt")
    assert made.facts(report) == {"requests_received": 95}
    assert [message.endswith("95 was taken; also seen: 17") for message in note(report, "conflicting_figures")] == [
        True
    ]


@pytest.mark.parametrize(
    "sentence",
    [
        "2008年以来累计收到政府信息公开申请1860件，2023年收到政府信息公开申请37件。",
        "2023年收到政府信息公开申请37件，自2008年以来累计收到政府信息公开申请1860件。",
        "历年累计收到政府信息公开申请1860件。2023年收到政府信息公开申请37件。",
    ],
)
def test_a_running_total_since_2008_beside_the_years_figure(told, sentence):
    assert told(sentence) == {"requests_received": 37}


def test_a_running_total_of_items_is_not_the_years(told):
    assert told("2008年以来累计主动公开政府信息48210条。") == {}
    assert told("自2008年以来累计主动公开政府信息48210条，2023年主动公开政府信息3120条。") == {"proactive_items": 3120}


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("全年主动公开政府信息3120条，同比增长30%。", {"proactive_items": 3120}),
        ("全年主动公开政府信息3120条，比上年增加410条。", {"proactive_items": 3120}),
        ("全年主动公开政府信息3120条（2022年2710条）。", {"proactive_items": 3120}),
        ("全年主动公开政府信息由2710条增至3120条。", {"proactive_items": 3120}),
        ("上年主动公开政府信息2710条。", {}),
        ("2022年主动公开政府信息2710条。", {}),
    ],
)
def test_last_years_figure_and_the_change(told, sentence, expected):
    assert told(sentence) == expected


@pytest.mark.parametrize(("told_in_text", "value"), [("2", 2), ("3", 3)])
def test_a_figure_that_contradicts_the_table_is_kept_beside_it(made, read, told_in_text, value):
    report = read(made.page(overview=f"全年发生因政府信息公开引起的行政复议{told_in_text}件。"))  # 4 in the table
    assert made.facts(report) == {"reconsideration_cases": value}
    assert made.values(report) == made.expected


def test_cases_filed_against_the_cases_of_the_table(made, read):
    figures = "100 20 30 20 170 50 10 7 10 77 0 0 0 0 0"
    report = read(made.page(overview="全年行政复议立案134件，行政诉讼立案57件。", reviews=made.review_table(figures)))
    assert made.values(report, "reviews") == made.expected_reviews(figures)
    assert made.facts(report) in ({}, {"reconsideration_cases": 134, "litigation_cases": 57})


def test_a_text_of_another_year_than_the_title(made, read):
    report = read(made.text("2021年，全县主动公开政府信息2710条，收到政府信息公开申请31件。"), "report.txt")
    assert report.year == 2023
    assert made.facts(report) == {}


def test_the_period_of_the_statistics_printed_with_last_years_year(made, read):
    words = "本报告所列数据的统计期限自2022年1月1日起至2022年12月31日止。全年收到政府信息公开申请31件。"
    report = read(made.text(words), "report.txt")
    assert report.year == 2023


def test_the_scope_with_its_evidence(made, read):
    report = read(made.text("全县各级行政机关共收到政府信息公开申请95件。"), "report.txt")
    assert report.scope == "aggregate"
    assert ["全县各级行政机关共收到政府信息公开申请95件" in message for message in note(report, "scope_evidence")] == [
        True
    ]
    report = read(
        made.text("我局全年收到政府信息公开申请17件。", title="示例县水利局2023年政府信息公开工作年度报告"),
        "report.txt",
    )
    assert (report.scope, report.agency, report.level) == ("own", "示例县水利局", "department")


def test_a_text_that_does_not_say_whose_figures_it_holds(made, read):
    report = read(made.text("全年主动公开政府信息3120条。"), "report.txt")
    assert (report.scope, note(report, "scope_evidence")) == ("unknown", [])
