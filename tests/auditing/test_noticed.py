"""What was noticed while reading, and cells and sections that are not as the form has them."""

from dataclasses import replace

import pytest

from govreport_kit.report import Note, Section


@pytest.mark.parametrize(
    ("rule", "note", "zh", "en"),
    [
        ("F1", Note("placeholder", "a placeholder left unfilled: [某某]", 5, 9), "占位符未填写：[某某]", "a placeholder is left: [某某]"),
        ("F2", Note("missing_number", "a number is missing where one belongs: 共件", 5, 7), "缺少数字：共件", "a number is missing: 共件"),
        ("F3", Note("drafting_leak", "words of the drafting left in: 以下是根据", 5, 9), "留有起草痕迹：以下是根据", "words of the drafting are left in: 以下是根据"),
        ("F4", Note("other_period", "the statistics are said to be of 2023, the report year is 2024", 5, 9), "统计期限为2023年，与报告年度不符",
         "words of another year: the statistics are said to be of 2023, the report year is 2024"),
        ("E1", Note("missing_section", "no heading for section 六, 其他需要报告的事项 (other)"), "缺少法定部分：其他需要报告的事项",
         "a section is missing, or has another name: no heading for section 六, 其他需要报告的事项 (other)"),
        ("E2", Note("picture", "3 pictures stand in the document; they may be the tables"), "文件中有3张图片，表格可能为图片",
         "tables may be pictures: 3 stand in the document"),
        ("E3", Note("form_year", "the tables have the trial form of 2019 (国办公开办函〔2019〕60号), the report year is 2024"),
         "表格格式（国办公开办函〔2019〕60号）与报告年度不符", "the form (国办公开办函〔2019〕60号) is not that of the report year"),
    ],
)  # fmt: skip
def test_a_note_is_a_finding_in_words_of_both_languages(make, findings, read_whole, rule, note, zh, en):
    frame = findings(replace(make(**read_whole), notes=(note,)), rules=[rule])
    assert (frame["message_zh"].tolist(), frame["message_en"].tolist()) == ([zh], [en])
    place = "sections/other" if rule == "E1" else "text"
    assert frame["where"].tolist() == [place if note.start is None else f"text/{note.start}-{note.end}"]
    assert frame["evidence"].tolist() == [note.message]


def test_a_report_read_in_part_lacks_no_section(make, findings, read_whole):
    note = Note("missing_section", "no heading for section 六, 其他需要报告的事项 (other)")
    frame = findings(replace(make(**read_whole | {"complete": False}), notes=(note,)), rules=["E1"])
    assert (len(frame), frame.attrs["judged"]["E1"]) == (0, 0)


@pytest.mark.parametrize(("year", "judged"), [(2018, 0), (2019, 1), (None, 1)])
@pytest.mark.parametrize(("rule", "code"), [("E1", "missing_section"), ("E2", "missing_table")])
def test_sections_and_tables_of_the_form_are_missed_since_its_first_year(
    make, findings, read_whole, year, judged, rule, code
):
    frame = findings(replace(make(**read_whole), year=year, notes=(Note(code, "no such part"),)), rules=[rule])
    assert (len(frame), frame.attrs["judged"][rule]) == (judged, judged)


@pytest.mark.parametrize(
    ("key", "text", "count"), [("problems", "无。", 1), ("problems", "无" * 20, 0), ("other", "无。", 0)]
)
def test_a_section_of_running_text_tells_more_than_a_word(make, findings, read_whole, key, text, count):
    section = Section("五", key, "存在的主要问题", 100, 107 + len(text))
    frame = findings(replace(make(**read_whole), sections=(section,)), rules=["E1"])
    assert frame["observed"].tolist() == [2] * count
    assert frame["message_zh"].tolist() == ["“存在的主要问题”部分几无内容（2个字）"] * count


@pytest.mark.parametrize(
    ("place", "value", "count"),
    [
        ("disclosure/licences/decisions", -3, 1),
        ("disclosure/licences/decisions", 2.5, 1),
        ("disclosure/licences/change", -3, 0),
        ("disclosure/fees/amount_10k_cny", 2.5, 0),
        ("disclosure/licences/decisions", 3, 0),
    ],
)
def test_a_count_is_a_whole_number_of_zero_or_more(make, findings, place, value, count):
    frame = findings(make({place: value}), rules=["A5"])
    assert frame["where"].tolist() == [place] * count
    assert frame["observed"].tolist() == [value] * count
