"""Statutory headings."""

import pytest

from govreport_kit.parsing.sections import missing_sections, read_sections, section_key


@pytest.mark.parametrize(
    ("title", "key"),
    [
        ("总体情况", "overview"),
        ("概述", "overview"),
        ("主动公开政府信息情况", "disclosure"),
        ("收到和处理政府信息公开申请情况", "requests"),
        ("政府信息公开行政复议、行政诉讼情况", "reviews"),
        ("因政府信息公开工作被申请行政复议、提起行政诉讼情况", "reviews"),
        ("存在的主要问题及改进情况", "problems"),
        ("政府信息公开工作存在的主要问题及改进情况", "problems"),
        ("不足与打算", "problems"),
        ("下一步工作打算", "problems"),
        ("其他需要报告的事项", "other"),
        ("需要报告的其他事项", "other"),
        ("工作机制保障", None),
    ],
)
def test_a_heading_names_its_section(title, key):
    assert section_key(title) == key


def test_sections_follow_one_another_and_tables_hold_none():
    text = "题\n一、总体情况\n甲\n二、主动公开政府信息情况\n四、结转下年度继续办理\t1\n六、其他需要报告的事项。无"
    table = (text.index("四、"), text.index("六、"))
    sections = read_sections(text, [table])
    assert [(s.number, s.key) for s in sections] == [("一", "overview"), ("二", "disclosure"), ("六", "other")]
    assert text[sections[0].start : sections[0].end] == "一、总体情况\n甲\n"
    assert sections[-1].end == len(text)
    assert [note.message.split(",")[0] for note in missing_sections(sections)] == [
        "no heading for section 3", "no heading for section 4", "no heading for section 5",
    ]  # fmt: skip


def test_headings_of_markdown_are_headings():
    text = "# 题\n## 一、总体情况\n甲\n**五、存在的主要问题及改进情况**\n乙"
    assert [(s.number, s.key) for s in read_sections(text)] == [("一", "overview"), ("五", "problems")]


def test_a_text_without_headings_misses_nothing_in_particular():
    assert missing_sections(read_sections("无标题")) == []
