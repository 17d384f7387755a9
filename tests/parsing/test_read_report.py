"""Whole documents: the invented examples, and refusals."""

from pathlib import Path

import pytest

from govreport_kit.errors import DocumentError
from govreport_kit.parsing import read_report

EXAMPLES = Path(__file__).parents[2] / "data" / "examples"


def test_the_example_page():
    report = read_report(EXAMPLES / "shili-xian-2023.html")
    assert (report.id, report.level, report.form, report.published) == (
        "2023/示例县人民政府", "county", "f2021", "2024-01-18",
    )  # fmt: skip
    assert report.complete
    assert [section.key for section in report.sections] == [
        "overview", "disclosure", "requests", "reviews", "problems", "other",
    ]  # fmt: skip
    cells = {(cell.row, cell.column): cell for cell in report.cells}
    assert len(cells) == 10 + 175 + 15
    assert cells["received_new", "total"].value == 86
    assert cells["licences", "decisions"].value == 18542
    assert (cells["not_processed.publication", "social_organization"].state) == "blank"
    assert (cells["other.fee_overdue", "natural_person"].state) == "not_applicable"
    assert cells["reconsideration", "corrected"].value == 1
    facts = {fact.indicator: fact.value for fact in report.facts}
    assert facts["processing_days_average"] == 9.5
    assert (facts["suggestions_received"], facts["suggestions_adopted"]) == (52, 21)
    assert [note.code for note in report.notes] == ["placeholder"]


def test_every_span_leads_to_what_was_read():
    report = read_report(EXAMPLES / "shili-xian-2023.html")
    for fact in report.facts:
        assert report.text[fact.start : fact.end] == fact.quote
    for cell in report.cells:
        printed = report.text[cell.start : cell.end].replace(",", "")
        assert printed == ("/" if cell.state == "not_applicable" else "" if cell.state == "blank" else str(cell.value))


def test_the_example_text_whose_tables_are_missing():
    report = read_report(EXAMPLES / "yangli-qu-2022.txt")
    assert report.source.encoding == "gb18030"
    assert (report.agency, report.form) == ("虚构市样例区人民政府", None)
    counts = {cell.row: (cell.value, cell.source) for cell in report.table("requests")}
    # 12 + 3 + 6 + 14 + 4 = 39 = 41 received - 2 carried forward, which no sentence says.
    assert counts["total_closed"] == (39, "derived")
    assert counts["refused"] == (6, "narrative")
    assert [note.code for note in report.notes] == ["missing_table"] * 3


@pytest.mark.parametrize(
    "text",
    [
        "关于做好2023年度政府信息公开工作年度报告编制发布工作的通知\n各单位：请于1月20日前报送。",
        "示例县统计年鉴2023\n人口12万人。",
        "<html><body><a>2022年报告</a><a>2023年报告</a></body></html>",
        "政府信息公开年度报告\n<下一页>",
    ],
)
def test_a_document_of_another_kind_is_not_a_report(tmp_path, text):
    file = tmp_path / "notice.html"
    file.write_text(text, "utf-8")
    with pytest.raises(DocumentError, match=r"notice\.html") as caught:
        read_report(file)
    assert caught.value.kind == "not_a_report"
