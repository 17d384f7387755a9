"""Heads that are split, cut, doubled, missing or hold numbers."""

import pytest


def disclosure(made, heads, figures="7 5 38", label="规范性文件"):
    """A disclosure table of which one block has other heads."""
    return made.table([[("第二十条第（一）项", 1, len(heads) + 1)], ["信息内容", *heads], [label, *figures.split()]])


def block(report, row):
    return {cell.column: cell.value for cell in report.table("disclosure") if cell.row == row}


ISSUED = {"issued": 6, "repealed": 2, "in_force": 41}
MADE = {"made": 7, "newly_disclosed": 5, "total_disclosed": 38}


def test_applicant_heads_split_by_a_line_break(made, read):
    heads = ["自然人", "商业<br>企业", "科研<br/>机构", "社会公<br>益组织", "法律服<br>务机构", "其他", "总<br>计"]
    report = read(made.page(requests=made.request_table(heads=heads)))
    assert made.values(report) == made.expected


def test_vertical_heads_of_one_character_a_line(made, read):
    heads = ["<br>".join(head) for head in made.HEADS]
    report = read(made.page(requests=made.request_table(heads=heads)))
    assert made.values(report) == made.expected


def test_vertical_heads_in_a_text_of_one_cell_a_line(made, read):
    _, requests, _ = made.rows_of_text()
    lines = [character for head in made.HEADS for character in head]
    lines += [cell for row in requests[3:] for cell in row]
    report = read(made.text(requests="\n".join(lines)), "report.txt")
    assert made.values(report) == {place: value for place, value in made.expected.items() if place[0] == "requests"}


@pytest.mark.parametrize(
    "heads",
    [
        ["本年新<br>制作数量", "本年新<br>公开数量", "对外公开<br>总数量"],
        ["本年新\n制作\n数量", "本年新\n公开\n数量", "对外公开\n总数量"],
        ["本 年 新 制 作 数 量", "本 年 新 公 开 数 量", "对 外 公 开 总 数 量"],
        ["本年新制作数", "本年新公开数", "对外公开总数"],
    ],
    ids=["line break", "new line", "spaces", "cut"],
)
def test_heads_of_the_form_of_2019_split_or_cut(made, read, heads):
    report = read(made.page(disclosure=disclosure(made, heads)))
    assert block(report, "normative_documents") == MADE


@pytest.mark.parametrize(
    "heads",
    [
        ["本年制<br>发件数", "本年废<br>止件数", "现行有<br>效件数"],
        ["本年制发件数", "本年废止件数", "现行有效件"],
        ["本年发件", "本年废止件", "现行有效件"],
        ["制发件数", "废止件数", "现行有效件数"],
        ["本年(2023)制发件数", "本年(2023)废止件数", "现行有效件数"],
        ["本年（2023）制发件数", "本年（2023）废止件数", "现行有效件数（截至2023年12月31日）"],
        ["2023年制发件数", "2023年废止件数", "现行有效件数"],
    ],
    ids=[
        "line break",
        "in force cut",
        "all cut",
        "本年 missing",
        "year inside",
        "year and filling note",
        "year for 本年",
    ],
)
def test_heads_of_the_form_of_2021_split_cut_or_with_a_year(made, read, heads):
    report = read(made.page(disclosure=disclosure(made, heads, "6 2 41", "行政规范性文件")))
    assert block(report, "normative_documents") == ISSUED


@pytest.mark.parametrize("head", ["本年增/减", "本年增/", "本年增<br>/减", "本年增／减", "本年增减"])
def test_the_head_of_the_change_without_its_second_half(made, read, head):
    heads = ["上一年项目数量", head, "处理决定数量"]
    report = read(made.page(disclosure=disclosure(made, heads, "120 -4 1760", "行政许可")))
    assert block(report, "licences") == {"last_year_items": 120, "change": -4, "decisions": 1760}


@pytest.mark.parametrize(
    ("heads", "figures", "label", "expected"),
    [
        (["本年新", "制作数量", "本年新", "公开数量", "对外公开", "总数量"], ["7", "5", "38"], "规范性文件", MADE),
        (["本年(2023)制发件数", "本年(2023)废止件数", "现行有效件数"], ["6", "2", "41"], "行政规范性文件", ISSUED),
        (
            ["本年（2023）", "制发件数", "本年（2023）", "废止件数", "现行有效", "件数"],
            ["6", "2", "41"],
            "行政规范性文件",
            ISSUED,
        ),
    ],
    ids=["split", "year inside", "split and year inside"],
)
def test_heads_split_or_with_a_year_in_a_text_of_one_cell_a_line(made, read, heads, figures, label, expected):
    lines = ["第二十条第（一）项", "信息内容", *heads, label, *figures]
    report = read(made.text(disclosure="\n".join(lines)), "report.txt")
    assert block(report, "normative_documents") == expected


def test_the_head_of_the_change_cut_in_a_text_of_one_cell_a_line(made, read):
    lines = [
        "第二十条第（五）项",
        "信息内容",
        "上一年项目数量",
        "本年增/",
        "处理决定数量",
        "行政许可",
        "120",
        "-4",
        "1760",
    ]
    report = read(made.text(disclosure="\n".join(lines)), "report.txt")
    assert block(report, "licences") == {"last_year_items": 120, "change": -4, "decisions": 1760}


def test_a_doubled_head_does_not_put_two_figures_into_one_cell(made, read):
    # The form has one order only, and the first and last head stand where they belong.
    heads = ["本年新制作数量", "本年新制作数量", "对外公开总数量"]
    report = read(made.page(disclosure=disclosure(made, heads)))
    assert block(report, "normative_documents") == MADE


def test_a_head_row_missing_in_the_request_table(made, read):
    requests = made.table([[labels[-1], *figures.split()] for _, labels, figures in made.REQUESTS])
    assert made.values(read(made.page(requests=requests))) == made.expected


def test_a_head_row_missing_in_one_block_of_the_disclosure_table(made, read):
    rows = [
        ["信息内容", "本年制发件数", "本年废止件数", "现行有效件数"], ["规章", "0", "0", "3"], ["行政规范性文件", "6", "2", "41"],
        [("行政许可", 1, 3), "1854"], [("行政处罚", 1, 3), "93"], [("行政强制", 1, 3), "14"],
    ]  # fmt: skip
    report = read(made.page(disclosure=made.table(rows)))
    assert [block(report, row) for row in ("licences", "penalties", "compulsory_measures")] == [
        {"decisions": 1854}, {"decisions": 93}, {"decisions": 14},
    ]  # fmt: skip


def test_the_head_row_of_the_review_table_missing(made, read):
    reviews = made.table(
        [[("行政复议", 1, 5), ("行政诉讼", 1, 10)], made.OUTCOME_HEADS * 3, "2 1 0 1 4 1 0 0 0 1 0 0 0 0 0".split()]
    )
    assert made.values(read(made.page(reviews=reviews)), "reviews") == made.expected_reviews()


@pytest.mark.parametrize(
    "note",
    [
        "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）",
        "（本列数据的钩稽关系为：第一项加第二项之和，等于第三项加第四项之和）",
        "（填报说明：第1项+第2项=第3项+第4项，截至2023年12月31日，共7列25行）",
        "（填报提示：1+2=3+4）",
    ],
    ids=["as printed", "misprint", "with numbers", "bare numbers"],
)
def test_a_filling_note_with_numbers_inside_a_head_is_no_figure(made, read, note):
    assert made.values(read(made.page(requests=made.request_table(check=note)))) == made.expected


def test_a_filling_note_with_numbers_inside_a_head_of_a_flat_table(made, read):
    note = "（填报说明：第1项 + 第2项 = 第3项 + 第4项，\n截至 2023 年 12 月 31 日）"
    lines = [f"{labels[-1]} {figures}" for _, labels, figures in made.REQUESTS]
    report = read(made.text(requests="\n".join([note, " ".join(made.HEADS), *lines])), "report.txt")
    assert made.values(report) == {place: value for place, value in made.expected.items() if place[0] == "requests"}


def test_a_truncated_block_head_with_the_label_of_the_regulations_lost(made, read):
    rows = [
        [("第二十条第", 1, 4)], ["信息内容", "本年制发件数", "本年废止件数", "现行有效件数"], ["", "0", "0", "3"],
        ["行政规范性文件", "6", "2", "41"],
    ]  # fmt: skip
    report = read(made.page(disclosure=made.table(rows)))
    assert block(report, "normative_documents") == ISSUED
    assert block(report, "regulations") in ({}, {"issued": 0, "repealed": 0, "in_force": 3})


def test_later_blocks_without_the_word_for_their_labels(made, read):
    rows = [
        ["信息内容", "上一年项目数量", "本年增/减", "处理决定数量"], ["行政许可", "120", "-4", "1760"],
        ["", "上一年项目数量", "本年增/减", "处理决定数量"], ["行政处罚", "210", "12", "85"],
    ]  # fmt: skip
    report = read(made.page(disclosure=made.table(rows)))
    assert block(report, "penalties") == {"last_year_items": 210, "change": 12, "decisions": 85}


def test_blocks_as_tables_of_their_own(made, read):
    pieces = "".join(
        made.table([[(words, 1, 6 // len(line)) for words in line] for line in [["信息内容", *heads.values()], *([label, *figures.split()] for _, label, figures in rows)]])
        for _, heads, rows in made.DISCLOSURE_2019
    )  # fmt: skip
    report = read(
        made.page(
            title="示例县人民政府2020年政府信息公开工作年度报告",
            disclosure=pieces,
            requests=made.request_table(made.REQUESTS_2019),
        )
    )
    assert made.values(report) == made.expected_2019
