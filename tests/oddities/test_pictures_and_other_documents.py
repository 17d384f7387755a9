"""Tables published as pictures, and documents that are no annual report."""

import pytest

import govreport_kit as gk
from govreport_kit.errors import DocumentError


def test_tables_as_pictures(made, read):
    picture = '<p><img src="table.png" alt=""></p>'
    report = read(made.page(disclosure=picture, requests=picture, reviews=picture))
    assert report.cells == ()
    assert report.form is None
    assert [note.code for note in report.notes] == ["missing_table"] * 3 + ["picture"]
    assert made.facts(report) == {"proactive_items": 1260}


def test_tables_as_pictures_beside_a_text_that_tells_the_figures(made, read):
    picture = '<p><img src="table.png" alt=""></p>'
    words = "全年收到政府信息公开申请24件，上年结转2件，办结24件，结转下年度继续办理2件。"
    report = read(made.page(overview=words, disclosure=picture, requests=picture, reviews=picture))
    assert {(cell.row, cell.value, cell.source) for cell in report.cells} == {
        ("received_new", 24, "narrative"), ("carried_over", 2, "narrative"), ("total_closed", 24, "narrative"),
        ("carried_forward", 2, "narrative"),
    }  # fmt: skip


def test_one_table_as_a_picture(made, read):
    report = read(made.page(reviews='<p><img src="data:image/png;base64,iVBORw0KGgo=" alt=""></p>'))
    assert made.values(report) == {place: value for place, value in made.expected.items() if place[0] != "reviews"}
    assert [note.code for note in report.notes] == ["missing_table", "picture"]


OTHERS = {
    "a notice about reports": "关于做好2023年度政府信息公开工作年度报告编制发布工作的通知\n各单位：请于2024年1月20日前报送年度报告。",
    "statistics without a report": "示例县2023年政府网站工作年度报表\n网站名称：示例县人民政府\n总访问量（次）：532041\n信息发布总数（条）：3120",
    "a list of reports": "政府信息公开年报\n示例县人民政府2023年政府信息公开工作年度报告 2024-01-18\n示例县人民政府2022年政府信息公开工作年度报告 2023-01-19",
    "a guide": "示例县人民政府政府信息公开指南\n申请人可以当面、信函提出申请，受理机构自收到申请之日起20个工作日内答复。",
    "another yearbook": "示例县2023年国民经济和社会发展统计公报\n全年地区生产总值120亿元。",
}  # fmt: skip


@pytest.mark.parametrize("words", OTHERS.values(), ids=OTHERS)
def test_a_document_of_another_kind_is_refused(read, words):
    with pytest.raises(DocumentError) as caught:
        read(words, "other.txt")
    assert caught.value.kind == "not_a_report"


def test_half_a_year_of_statistics_is_no_annual_figure(made, read):
    words = made.text("2023年上半年，全县主动公开政府信息620条，收到政府信息公开申请11件。")
    assert made.facts(read(words, "report.txt")) == {}


def test_a_mirror_of_the_same_report_is_kept_once_and_told(made, tmp_path):
    (tmp_path / "a.html").write_text(made.page(), "utf-8")
    (tmp_path / "b.html").write_text(made.page(), "utf-8")
    corpus = gk.read_reports(tmp_path, progress=False)
    assert list(corpus.reports["agency"]) == ["示例县人民政府"]
    assert "duplicate_document" in set(corpus.notes["code"])


def test_a_mirror_with_the_name_of_the_place_replaced_is_a_report_of_its_own(made, tmp_path):
    (tmp_path / "a.html").write_text(made.page(), "utf-8")
    (tmp_path / "b.html").write_text(made.page().replace("示例县", "虚构县"), "utf-8")
    corpus = gk.read_reports(tmp_path, progress=False)
    assert sorted(corpus.reports["agency"]) == ["示例县人民政府", "虚构县人民政府"]


def test_a_picture_is_refused(read):
    with pytest.raises(DocumentError) as caught:
        read(b"\x89PNG\r\n\x1a\n" + b"\x00" * 64, "report.html")
    assert caught.value.kind == "unsupported"


def test_a_table_of_another_matter_in_a_report_gives_nothing(made, read):
    other = made.table([["栏目", "条数"], ["工作动态", "812"], ["政策文件", "37"]])
    report = read(made.page(overview=f"<div>全年主动公开政府信息1260条。{other}</div>"))
    assert made.values(report) == made.expected
    assert made.facts(report) == {"proactive_items": 1260}
