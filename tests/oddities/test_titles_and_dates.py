"""Titles with faults, dates of the page, and what drafting left behind."""

import pytest


def test_the_title_is_believed_where_the_text_tells_another_year(made, read):
    report = read(made.page(overview="2022年，示例县认真做好政府信息公开工作。"))
    assert (report.agency, report.year) == ("示例县人民政府", 2023)


def test_a_title_with_another_year_than_the_page(made, read):
    page = made.page(
        head='<meta charset="utf-8"><meta name="ArticleTitle" content="示例县人民政府2023年政府信息公开工作年度报告">'
    )
    report = read(page.replace("<h1>示例县人民政府2023年", "<h1>示例县人民政府2022年"))
    assert report.year in (2023, None)
    assert (report.year is None) <= ("heading_unclear" in made.codes(report))


def test_a_title_with_another_place_than_the_signature_is_kept_as_printed(made, read):
    report = read(made.page(closing="<p>虚构县人民政府</p><p>2024年1月18日</p>"))
    assert report.agency == "示例县人民政府"


def test_another_countys_website_named_in_the_text(made, read):
    report = read(
        made.page(overview="本报告在虚构县人民政府网站（www.xuxian.example）公布。全年主动公开政府信息1260条。")
    )
    assert (report.agency, report.id) == ("示例县人民政府", "2023/示例县人民政府")
    assert made.facts(report) == {"proactive_items": 1260}


@pytest.mark.parametrize(
    ("closing", "head", "published"),
    [
        ("<p>示例县人民政府</p><p>2024年1月18日</p>", "", "2024-01-18"),
        ("<p>示例县人民政府</p>", '<meta name="PubDate" content="2024-01-20 09:30">', "2024-01-20"),
        ("<p>示例县人民政府</p><p>20241月18日</p>", "", None),
        ("<p>示例县人民政府</p><p>2024年13月18日</p>", "", None),
        ("<p>示例县人民政府</p>", "", None),
    ],
    ids=["signature", "metadata", "lost month sign", "no such month", "none"],
)
def test_the_date_of_publication(made, read, closing, head, published):
    assert read(made.page(closing=closing, head=f'<meta charset="utf-8">{head}')).published == published


def test_lost_month_signs_in_the_period_are_no_figures_and_no_date(made, read):
    report = read(made.text("本报告数据统计期限为20231月1日至2023年12月31日。", closing="示例县人民政府"), "report.txt")
    assert (report.year, report.published, made.facts(report)) == (2023, None, {})


def test_a_page_dated_years_later(made, read):
    page = made.page(closing="<p>示例县人民政府</p>").replace(
        "</h1>", "</h1><p>发布日期：2027-06-03 来源：示例县人民政府</p>"
    )
    report = read(page)
    assert (report.year, report.published) == (2023, "2027-06-03")


def test_the_date_of_the_page_stands_before_the_date_of_the_signature(made, read):
    report = read(made.page().replace("</h1>", "</h1><p>发布日期：2024-01-25 10:20 浏览次数：37</p>"))
    assert report.published == "2024-01-25"


@pytest.mark.parametrize(
    "words",
    [
        "在[具体重大决策项目]中听取意见", "公开了“具体政策名称”等文件", "在XX镇设立查阅点", "××县政府印发方案", "其中【填写单位名称】公开信息",
        "收到意见__条", "解读材料待补充", "公开率为#DIV/0!",
    ],
)  # fmt: skip
def test_a_placeholder_left_in(made, read, words):
    report = read(made.page(overview=f"全年主动公开政府信息1260条，{words}。"))
    assert made.codes(report) == ["placeholder"]
    assert made.facts(report) == {"proactive_items": 1260}


def test_a_placeholder_for_the_agency_is_no_agency(made, read):
    report = read(made.page(title="XX县人民政府2023年政府信息公开工作年度报告", closing="<p>2024年1月18日</p>"))
    assert report.agency is None
    assert "heading_unclear" in made.codes(report)


@pytest.mark.parametrize(
    "words",
    [
        "这一项主要报告本机关主动公开政府信息的情况",
        "填报说明：本表由各单位填写",
        "该表格需要注意的是，行政复议与诉讼只计算原行为主体",
    ],
)
def test_a_filling_note_of_the_form_left_in(made, read, words):
    report = read(made.page(overview=f"全年主动公开政府信息1260条。{words}。"))
    assert set(made.codes(report)) == {"filling_note"}


@pytest.mark.parametrize(
    "words",
    [
        "现行有效的规范性文件。", "现行有效规范性文件件。", "全年收到政府信息公开申请件。", "全年主动公开政府信息共条。", "组织培训次，培训人次。",
    ],
)  # fmt: skip
def test_a_number_missing_where_one_belongs(made, read, words):
    report = read(made.text(words), "report.txt")
    assert made.facts(report) == {}
    assert set(made.codes(report)) == {"missing_number"}


@pytest.mark.parametrize("words", ["表格中数据为空，无法统计。", "根据您提供的材料，以下是修改后的报告。"])
def test_drafting_leaks_are_no_figures(made, read, words):
    report = read(made.page(overview=f"{words}全年主动公开政府信息1260条。"))
    assert made.values(report) == made.expected
    assert made.facts(report) == {"proactive_items": 1260}


def test_a_superseded_rule_cited_does_not_change_form_or_year(made, read):
    report = read(made.page(overview="依据国办公开办函〔2019〕60号编制。全年主动公开政府信息1260条。"))
    assert (report.year, report.form) == (2023, "f2021")
    assert made.facts(report) == {"proactive_items": 1260}


def test_the_same_distinctive_figure_for_two_indicators_is_kept_twice(told):
    assert told("全年主动公开政府信息1526条，县政府门户网站发布信息1526条。") == {
        "proactive_items": 1526,
        "website_items": 1526,
    }


@pytest.mark.parametrize(
    ("title", "agency", "year"),
    [
        ("示例县人民政府二〇二三年政府信息公开工作年度报告", "示例县人民政府", 2023),
        ("2023年度示例县人民政府办公室政府信息公开工作年度报告", "示例县人民政府办公室", 2023),
        ("示例县水利局关于2023年度政府信息公开工作的报告", "示例县水利局", 2023),
        ("示例县人民政府2023年度 政府信息公开 工作年度报告", "示例县人民政府", 2023),
    ],
)
def test_titles_in_other_words(made, read, title, agency, year):
    report = read(made.page(title=title, closing="<p>2024年1月18日</p>"))
    assert (report.agency, report.year) == (agency, year)


def test_two_numbers_for_one_count_of_items(told):
    assert told("全年主动公开政府信息111条（1526件）。") == {"proactive_items": 111}


def test_an_address_with_another_year_is_no_year(made, read):
    head = '<meta charset="utf-8"><meta name="url" content="/2019/01/gkbg.html">'
    page = made.page(head=head, overview="全文见www.shili.example/2019/0118/1.html。全年主动公开政府信息1260条。")
    assert (read(page).year, made.facts(read(page))) == (2023, {"proactive_items": 1260})


def test_narrative_against_a_table_of_noughts(made, read):
    # 600 licences told, 0 in the table; both stay as they are.
    blocks = [
        (block, heads, [(key, label, " ".join("0" for _ in figures.split())) for key, label, figures in rows])
        for block, heads, rows in made.DISCLOSURE
    ]
    report = read(made.page(overview="全年办理行政许可600件。", disclosure=made.disclosure_table(blocks)))
    assert {cell.value for cell in report.table("disclosure")} == {0}
    assert made.facts(report) == {}


def test_sums_of_the_text_that_do_not_hold_are_kept(told):
    assert told("全年新收政府信息公开申请6件，上年结转6件，办结6件，结转下年度0件。") == {
        "requests_received": 6, "requests_carried_over": 6, "requests_closed": 6, "requests_carried_forward": 0,
    }  # fmt: skip


def test_sums_of_the_table_that_do_not_hold_are_told(made, read):
    rows = made.relabelled(made.REQUESTS, figures={"total_closed": "21 2 0 0 1 0 25"})
    report = read(made.page(requests=made.request_table(rows)))
    assert made.values(report)["requests", "total_closed", "total"] == 25
    assert made.codes(report) == ["identity_fails"]


def test_only_a_carried_over_request(made, read):
    zeros = {key: "0 0 0 0 0 0 0" for key, _, _ in made.REQUESTS}
    figures = zeros | {"carried_over": "1 0 0 0 0 0 1", "carried_forward": "1 0 0 0 0 0 1"}
    report = read(made.page(requests=made.request_table(made.relabelled(made.REQUESTS, figures=figures))))
    assert made.values(report)["requests", "total_closed", "total"] == 0
    assert made.codes(report) == []
