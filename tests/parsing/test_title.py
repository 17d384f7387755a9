"""A title says the same whatever stands around it."""

from hypothesis import given
from hypothesis import strategies as st

from govreport_kit.parsing.title import read_title

NAMES = [
    "示例县人民政府",
    "样例区教育局（区体育局）",
    "虚构市公安局交通警察支队",
    "甲省发展和改革委员会、甲省能源局",
    "国家税务总局示例县税务局",
]
BEFORE = [
    "",
    "标题：",
    "信息名称\t",
    "首页 政务公开 ",
    "示例县人民政府门户网站 ",
    "【年报】",
    "附件2：",
    "2024-02-03 ",
    "· ",
]
TITLES = [
    "{name}2023年政府信息公开工作年度报告",
    "2023年度{name}政府信息公开年度报告",
    "{name}关于2023年政府信息公开工作的报告",
    "{name}政府信息公开工作年度报告（2023年度）",
    "{name}政府信息公开2023年年度报告",
    "{name}二〇二三年政府信息公开工作年度报告",
    "{name}２０２３年政府信息公开工作年度报告",
    "《{name}2023年政府信息公开工作年度报告》",
]
BEHIND = [
    "",
    " 发布日期：2024-02-03",
    "\t2024-02-03 10:20",
    " 来源：县政府办 浏览：12",
    "_示例县人民政府",
    "-政府信息公开年报",
    "[2024-02-03]",
]


@given(st.sampled_from(NAMES), st.sampled_from(BEFORE), st.sampled_from(TITLES), st.sampled_from(BEHIND))
def test_name_and_year_do_not_depend_on_what_stands_around(name, before, title, behind):
    read = read_title(before + title.format(name=name) + behind)
    assert read is not None
    assert (read.name, read.year) == (name, 2023)
    assert "发布" not in read.words
    assert "2024" not in read.words


@given(st.text(max_size=60))
def test_any_text_can_be_asked_for_a_title(text):
    read_title(text)
    title = read_title(text + "2023年政府信息公开工作年度报告")
    assert title is None or title.year is None or 2000 <= title.year <= 2029


def test_a_sentence_a_way_through_the_site_and_a_notice_are_no_titles():
    assert read_title("现公布示例县2010年度政府信息公开年度报告，全文由概述等部分组成。") is None
    assert read_title("当前位置：首页 > 示例县政府信息公开年报") is None
    assert read_title("关于做好2023年政府信息公开工作年度报告编制工作的通知") is None
    assert read_title("示例县2023年上半年政府信息公开工作情况报告") is None
    assert read_title("示例县统计年鉴") is None
