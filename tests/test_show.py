"""A report shows itself."""

import re
from pathlib import Path

import govreport_kit as gk
from govreport_kit import read_report
from govreport_kit.corpus import Corpus
from govreport_kit.report import Cell, Correction, Fact, Note, Report
from govreport_kit.show import report_html

PAGE = Path(__file__).parents[1] / "data" / "examples" / "shili-xian-2023.html"


def in_words(page):
    """Return the words of the document in a page, without the names of its figures."""
    return re.sub(r"<small>.*?</small>|<[^>]+>", "", page)


def test_figures_are_highlighted_in_their_sentences():
    page = report_html(read_report(PAGE))
    assert (
        '<mark title="processing_days_average: 申请平均办理时间, average days taken to answer a request">'
        "申请平均办理时间9.5个工作日<small>average days taken to answer a request: <b>9.5 个工作日</b></small></mark>，<mark"
    ) in page
    assert "申请平均办理时间9.5个工作日，短于法定20个工作日的答复时限" in in_words(page)


def test_a_blank_cell_is_blank_and_a_stroke_a_dash():
    page = report_html(read_report(PAGE))
    row = page[page.index("asks for published material") :].split("</tr>")[0]
    assert row.count("<td>0</td>") == 6
    assert "<td></td>" in row
    assert page[page.index("fee not paid in time") :].split("</tr>")[0].count("<td>–</td>") == 6


def test_every_word_of_a_document_is_escaped():
    report = Report(
        id="x", title="<script>alert(1)</script>", agency="<b>", facts=(Fact("trainings", 3, "次", quote="<i>培训3次"),),
        notes=(Note("placeholder", "<u>"),),
    )  # fmt: skip
    page = report._repr_html_()
    assert "<script>alert" not in page
    assert "<i>" not in page
    assert "<u>" not in page
    assert "&lt;script&gt;" in page


def test_a_report_without_its_text_shows_its_quotes():
    report = Report(id="x", facts=(Fact("trainings", 1200, "次", True, "培训1200余次"),))
    page = report_html(report)
    assert "培训1200余次<small>" in page
    assert page.count("<mark") == 1
    assert "about 1,200 次" in page


def test_figures_of_one_sentence_stand_in_it_together():
    page = report_html(read_report(PAGE))
    (sentence,) = [part for part in page.split("<p>") if "全年新收政府信息公开申请86件" in part]
    assert "上年结转5件<small>" in sentence
    assert in_words(sentence).count("上年结转5件") == 1


def test_figures_of_one_place_share_one_mark():
    text = "示例县开展培训3次210人次。另办公文5件。"
    facts = (Fact("trainings", 3, "次", start=3, end=14), Fact("trainees", 210, "人次", start=5, end=14))
    page = report_html(Report(id="x", facts=facts, text=text))
    assert page.count("<mark") == 1
    assert "<p>示例县<mark" in page
    assert "<b>3 次</b>; " in page
    assert "<b>210 人次</b></small></mark></p>" in page


def shown_cells(state, value, **about):
    return report_html(Report(id="x", cells=(Cell("requests", "received_new", "total", value, state, **about),)))


def test_states_of_cells_are_shown_apart_and_explained():
    assert "<td></td></tr>" in shown_cells("blank", None)
    assert "hatched: blank in the document, not 0" in shown_cells("blank", None)
    assert "<td>–</td>" in shown_cells("not_applicable", None)
    assert "–: marked as not applicable" in shown_cells("not_applicable", None)
    assert '<td class="unreadable">?</td>' in shown_cells("unreadable", None)
    assert "?: printed, but no number that could be read" in shown_cells("unreadable", None)
    assert "<td>0</td>" in shown_cells("zero", 0)
    assert '<div class="legend"></div>' in shown_cells("zero", 0)


def test_a_corrected_cell_tells_what_was_read():
    cell = Cell("requests", "received_new", "total", 86, "reported")
    correction = Correction("requests", "received_new", "total", 68, "reported", 86, "identities")
    page = report_html(Report(id="x", cells=(cell,), corrections=(correction,)))
    assert ">86*</td>" in page
    assert "received_new / total: 86, read: 68 (the sums of the form leave one value only)" in page


def test_counts_of_the_running_text_stand_apart_from_the_table():
    page = shown_cells("reported", 36, source="derived")
    assert "counts told in the running text" in page
    assert "<td>36†</td>" in page
    assert "†: derived from printed figures" in page


def test_notes_are_named_and_listed():
    page = report_html(read_report(PAGE))
    assert "Notes (1)" in page
    assert "placeholder left unfilled</td>" in page


def test_findings_of_the_report_are_listed_on_demand():
    report = read_report(PAGE)
    findings = gk.audit(Corpus.from_reports([report]))
    assert "Findings" not in report.to_html()
    assert f"Findings ({len(findings)})" in report.to_html(findings)
    assert "Findings (0)" in report.to_html(findings[findings["report_id"] == "another"])


def test_names_can_be_chinese():
    page = read_report(PAGE).to_html(lang="zh")
    assert "<small>申请平均办理时间: <b>9.5 个工作日</b></small>" in page
    assert "县级政府" in page


def test_the_fixed_words_of_a_page_are_in_its_language():
    fact = Fact("trainings", 1200, "次", True, "培训1200余次")
    cells = (
        Cell("reviews", "reconsideration", "total", None, "blank"),
        Cell("requests", "granted", "total", 3, "reported", source="derived"),
    )
    correction = Correction("requests", "granted", "total", 8, "reported", 3, next(iter(gk.codebook.corrections)))
    report = Report(id="x", facts=(fact,), cells=cells, corrections=(correction,), notes=(Note("placeholder", "○○"),))
    findings = gk.audit(Corpus.from_reports([]))
    page = report.to_html(findings, lang="zh")
    for words in (
        "正文中的数字",
        "约1,200 次",
        "报告年度",
        "未知",
        "斜线：文档中为空白，并非0",
        "读取说明（1）",
        "核查发现（0）",
    ):
        assert words in page
    english = in_words(re.sub(r"<style.*?</style>", "", page, flags=re.DOTALL)).replace("granted / total", "")
    assert re.findall("[A-Za-z]{2,}", english) == []


def test_a_report_says_in_one_line_what_it_holds():
    assert str(read_report(PAGE)) == (
        "<Report 示例县人民政府, 2023: 6 sections, 10 disclosure cells, 175 requests cells, 15 reviews cells,"
        " 23 facts, 1 notes>"
    )
