"""Sections that are renamed, merged, numbered twice, nested or not headed."""

import pytest

import govreport_kit as gk

SIX = ["overview", "disclosure", "requests", "reviews", "problems", "other"]


def keys(report):
    return [section.key for section in report.sections]


def notes(report, code):
    return [note.message for note in report.notes if note.code == code]


@pytest.mark.parametrize(
    ("printed", "other"),
    [
        ("五、存在的主要问题及改进情况", "五、存在的主要问题及整改措施"),
        ("五、存在的主要问题及改进情况", "五、政府信息公开工作存在的主要问题及改进情况"),
        ("五、存在的主要问题及改进情况", "五、存在问题和改进措施"),
        ("四、政府信息公开行政复议、行政诉讼情况", "四、因政府信息公开工作被申请行政复议、提起行政诉讼情况"),
        ("四、政府信息公开行政复议、行政诉讼情况", "四、因政府信息公开工作被申请行政复议和提起行政诉讼情况"),
        ("三、收到和处理政府信息公开申请情况", "三、收到和处理政府信息公开申请的情况"),
        ("三、收到和处理政府信息公开申请情况", "三、依申请公开政府信息办理情况"),
        ("二、主动公开政府信息情况", "二、主动公开情况"),
        ("一、总体情况", "一、概述"),
        ("六、其他需要报告的事项", "六、其他事项"),
        ("六、其他需要报告的事项", "六、需要报告的其他事项"),
        ("一、总体情况", "一 、 总 体 情 况"),
        ("一、总体情况", "一.总体情况"),
    ],
)
def test_a_renamed_section_is_still_the_section(made, read, printed, other):
    report = read(made.page().replace(printed, other))
    assert keys(report) == SIX
    assert notes(report, "missing_section") == []
    assert report.complete


def test_two_sections_merged_under_one_heading(made, read):
    page = made.page().replace("<p>六、其他需要报告的事项</p>", "").replace(
        "五、存在的主要问题及改进情况", "五、存在的主要问题及改进情况和其他需要报告的事项"
    )  # fmt: skip
    report = read(page)
    assert keys(report) == SIX[:5]
    assert len(notes(report, "missing_section")) == 1
    assert made.values(report) == made.expected


def test_a_number_used_twice(made, read):
    report = read(
        made.page().replace("四、政府信息公开行政复议", "三、政府信息公开行政复议").replace("五、存在", "四、存在")
    )
    assert keys(report) == SIX
    assert [section.number for section in report.sections] == ["一", "二", "三", "三", "四", "六"]
    assert made.values(report) == made.expected


def test_one_to_six_nested_inside_the_first_section(made, read):
    inner = "\n".join([
        "一、主动公开情况。全年主动公开政府信息1260条。", "二、依申请公开情况。收到政府信息公开申请24件。", "三、政府信息管理情况。",
        "四、平台建设情况。", "五、监督保障情况。组织培训3次。", "六、其他情况。",
    ])  # fmt: skip
    report = read(made.text(inner), "report.txt")
    assert made.facts(report) == {"proactive_items": 1260, "requests_received": 24, "trainings": 3}
    outer = [section for section in report.sections if section.title in {head[2:] for head in made.SECTIONS}]
    assert [section.key for section in outer] == SIX


def test_sections_without_headings(made, read):
    page = made.page()
    for heading in made.SECTIONS:
        page = page.replace(f"<p>{heading}</p>", "")
    report = read(page)
    assert (report.agency, report.year) == ("示例县人民政府", 2023)
    assert made.values(report) == made.expected
    assert made.facts(report) == {"proactive_items": 1260}
    assert not report.complete


def test_headings_without_numbers(made, read):
    page = made.page()
    for heading in made.SECTIONS:
        page = page.replace(f"<p>{heading}</p>", f"<h2>{heading[2:]}</h2>")
    report = read(page)
    assert made.values(report) == made.expected
    assert keys(report) == SIX


def test_the_rows_of_a_table_are_no_sections(made, read):
    disclosure, requests, reviews = made.rows_of_text()
    words = ["\n".join(cell for row in rows for cell in row) for rows in (disclosure, requests, reviews)]
    report = read(made.text(disclosure=words[0], requests=words[1], reviews=words[2]), "report.txt")
    assert keys(report) == SIX


def test_the_outline_used_before_2019_in_a_later_report(made, read):
    words = "\n".join([
        "示例县人民政府2019年政府信息公开工作年度报告", "一、概述", "全县认真落实条例。", "二、主动公开政府信息情况", "全年主动公开政府信息1260条。",
        "三、依申请公开政府信息情况", "全年收到政府信息公开申请24件。", "四、政府信息公开支出和收费情况", "未收取费用。", "五、行政复议和行政诉讼情况",
        "未发生行政复议、行政诉讼。", "六、存在的主要问题和改进措施", "公开形式较单一。", "示例县人民政府", "2020年1月18日", "",
    ])  # fmt: skip
    report = read(words, "report.txt")
    assert keys(report) == ["overview", "disclosure", "requests", None, "reviews", "problems"]
    assert made.facts(report) == {
        "proactive_items": 1260, "requests_received": 24, "information_fee": 0, "reconsideration_cases": 0,
        "litigation_cases": 0,
    }  # fmt: skip
    assert len(notes(report, "missing_table")) == 3
    assert len(notes(report, "missing_section")) == 1


def without_section(made, number):
    """Return the page without one section, its heading and all."""
    page, bounds = made.page(), [f"<p>{heading}</p>" for heading in [*made.SECTIONS, ""]]
    start = page.index(bounds[number])
    end = page.index(bounds[number + 1]) if number < 5 else page.index("</body>", start)
    return page[:start] + page[end:]


@pytest.mark.parametrize("number", [0, 3, 4, 5])
def test_a_report_without_one_section_is_whole_and_the_audit_names_the_section(made, read, number):
    report = read(without_section(made, number))
    assert keys(report) == [key for place, key in enumerate(SIX) if place != number]
    assert report.complete
    findings = gk.audit(gk.Corpus.from_reports([report]), ["E1"])
    assert findings.attrs["judged"]["E1"] == 1
    assert findings["where"].tolist() == [f"sections/{SIX[number]}"]


@pytest.mark.parametrize("last", [1, 2, 3, 4])
def test_an_excerpt_that_breaks_off_before_the_fifth_section_lacks_nothing(made, read, last):
    page = made.page()
    report = read(page[: page.index(f"<p>{made.SECTIONS[last]}</p>")] + "</body></html>")
    assert keys(report) == SIX[:last]
    assert not report.complete
    findings = gk.audit(gk.Corpus.from_reports([report]), ["E1", "E2"])
    assert (len(findings), findings.attrs["judged"]["E1"], findings.attrs["judged"]["E2"]) == (0, 0, 0)
