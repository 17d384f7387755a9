"""A report shows itself."""

from pathlib import Path

from govreport_kit import read_report
from govreport_kit.report import Fact, Note, Report
from govreport_kit.show import report_html

PAGE = Path(__file__).parents[1] / "data" / "examples" / "shili-xian-2023.html"


def test_figures_are_highlighted_in_their_sentences():
    page = report_html(read_report(PAGE))
    assert "<mark>申请平均办理时间9.5个工作日</mark>，短于法定20个工作日的答复时限" in page
    assert "average days taken to answer a request: <b>9.5 个工作日</b>" in page


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
    assert "<mark>培训1200余次</mark>" in report_html(report)
    assert "about 1,200 次" in report_html(report)


def test_a_report_says_in_one_line_what_it_holds():
    assert str(read_report(PAGE)) == (
        "<Report 示例县人民政府, 2023: 6 sections, 10 disclosure cells, 175 requests cells, 15 reviews cells,"
        " 23 facts, 1 notes>"
    )
