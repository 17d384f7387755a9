"""The national statistics table of 2014: each row that is recognised is told with its figure and its place."""

import pytest

from govreport_kit.documents import Document
from govreport_kit.documents.text import read_text
from govreport_kit.parsing import parse
from govreport_kit.parsing.statistics_table import read_statistics

ROWS = [
    ("一、主动公开情况", "——", ""),
    ("（一）主动公开政府信息数（不同渠道和方式公开相同信息计1条）", "条", "731"),
    ("其中：主动公开规范性文件数", "条", "26"),
    ("三、依申请公开情况", "——", ""),
    ("（一）收到申请数", "件", "58"),
    ("（二）申请办结数", "件", "57"),
    ("1.按时办结数", "件", "55"),
    ("2.延期办结数", "件", "2"),
    ("其中：涉及国家秘密", "件", "0"),
    ("四、行政复议数量", "件", "3"),
    ("（一）维持具体行政行为数", "件", "2"),
    ("七、依申请公开信息收取的费用", "万元", "0.04"),
]
HEADS = ("统计指标", "单位", "统计数")
READ = [
    "proactive_items (主动公开政府信息数): 731 条",
    "proactive_normative_documents (其中:主动公开规范性文件数): 26 条",
    "requests_received (收到申请数): 58 件",
    "requests_closed (申请办结数): 57 件",
    "closed_on_time (按时办结数): 55 件",
    "closed_extended (延期办结数): 2 件",
    "refused.state_secret (其中:涉及国家秘密): 0 件",
    "reconsideration (行政复议数量): 3 件",
    "fees (依申请公开信息收取的费用): 0.04 万元",
]


def bars(rows):
    return "\n".join(" | ".join(row) + " |" for row in rows)


def tabs(rows):
    return "\n".join("\t".join(row) + "\t" for row in rows)


def one_cell_a_line(rows):
    return "\n".join(cell for row in rows for cell in row if cell)


def told(text, code="statistics_row"):
    return [note.message for note in read_statistics(text).notes if note.code == code]


@pytest.mark.parametrize("draw", [bars, tabs, one_cell_a_line])
def test_every_known_row_is_told_in_a_note_of_its_own(draw):
    text = draw([HEADS, *ROWS])
    assert told(text) == READ
    (unknown,) = told(text, "unknown_row")
    assert "维持具体行政行为数" in unknown
    assert unknown.endswith("its figures: 2")
    for note in read_statistics(text).notes:
        assert note.message.split(": ")[-1].split(" ")[0] in text[note.start : note.end]


def test_the_figure_of_the_year_is_told_from_the_running_total_beside_it():
    def beside(first, second):
        return bars([("统计指标", "单位", first, second), *((*row, "99999" if row[2] else "") for row in ROWS)])

    assert told(beside("本年度", "历年累计")) == READ
    turned = told(beside("历年累计", "本年度"))
    assert turned[0] == "proactive_items (主动公开政府信息数): 99999 条"


@pytest.mark.parametrize("heads", [("甲", "乙"), ("历年累计", "合计")])
def test_two_figures_under_heads_that_do_not_tell_are_not_read(heads):
    text = bars([("统计指标", "单位", *heads), *((*row, "99999" if row[2] else "") for row in ROWS)])
    assert told(text) == []
    assert len(told(text, "unknown_row")) == len(READ) + 1


def test_a_lost_column_is_not_replaced_by_the_other():
    text = one_cell_a_line([("统计指标", "单位", "本年度", "历年累计"), *ROWS])
    assert told(text) == []


def test_a_later_form_has_no_such_table():
    assert read_statistics("一、本年新收政府信息公开申请数量 | 3 |\n行政许可 | 5 |").form is None


def test_the_report_has_the_form_of_2014_and_its_text_is_read_without_the_table():
    text = "\n".join([
        "示例县人民政府2016年政府信息公开工作年度报告", "一、概述", "全年收到政府信息公开申请57件。",
        "附：政府信息公开情况统计表", bars([HEADS, *ROWS]),
    ])  # fmt: skip
    text, grids = read_text(text)
    report = parse(Document(text, grids, "report.txt", "0", "text/plain"))
    assert report.form == "gb2014"
    assert [(fact.indicator, fact.value) for fact in report.facts] == [("requests_received", 57)]
    assert report.cells[0].source == "narrative"
    assert [note.message for note in report.notes if note.code == "statistics_row"] == READ
