"""Numbers as cells print them."""

import pytest


@pytest.fixture
def cell(made, read):
    """Read one cell of the disclosure table; the others keep their figures."""

    def reader(row, measure, printed, form="2021"):
        blocks = []
        for block, heads, rows in made.DISCLOSURE if form == "2021" else made.DISCLOSURE_2019:
            lines = [["信息内容", *heads.values()]]
            for key, label, figures in rows:
                shown = [
                    printed if (key, name) == (row, measure) else figure
                    for name, figure in zip(heads, figures.split(), strict=True)
                ]
                lines.append([label, *shown])
            blocks.append(made.table([[(block, 1, len(heads) + 1)], *lines]))
        report = read(
            made.page(
                disclosure="".join(blocks),
                requests=made.request_table(made.REQUESTS if form == "2021" else made.REQUESTS_2019),
            )
        )
        (found,) = [one for one in report.table("disclosure") if (one.row, one.column) == (row, measure)]
        return found.value, found.state, found.unit

    return reader


@pytest.mark.parametrize(
    ("printed", "value"),
    [
        ("11,398,889", 11398889),
        ("1,097", 1097),
        ("1，097", 1097),
        ("１０９７", 1097),
        ("１，０９７", 1097),
        (" 1097 ", 1097),
        ("1097件", 1097),
        ("1097 件", 1097),
        ("22（其中修订16件）", 22),
        ("22(其中修订16件)", 22),
        ("22<br>（其中修订16件）", 22),
        ("0件", 0),
    ],
)
def test_counts_with_separators_full_width_digits_units_and_remarks(cell, printed, value):
    assert cell("licences", "decisions", printed) == (value, "reported" if value else "zero", "件")


@pytest.mark.parametrize(
    ("printed", "value"),
    [
        ("+19", 19), ("＋19", 19), ("-417", -417), ("－417", -417), ("−417", -417), ("减3", -3), ("减少3", -3),
        ("增5", 5), ("增加5", 5), ("--253", -253), ("0", 0), ("+0", 0),
    ],
)  # fmt: skip
def test_changes_with_a_sign_in_words_or_doubled(cell, printed, value):
    assert cell("licences", "change", printed, "2019") == (value, "reported" if value else "zero", "项")


@pytest.mark.parametrize(
    ("printed", "value", "unit"),
    [
        ("251000元", 251000, "元"), ("160.5964万元", 160.5964, "万元"), ("8040", 8040, None), ("152,790元", 152790, "元"),
        ("1.25亿元", 1.25, "亿元"), ("２５１０００元", 251000, "元"),
    ],
)  # fmt: skip
def test_procurement_in_the_unit_that_is_printed(cell, printed, value, unit):
    assert cell("procurement", "amount", printed, "2019") == (value, "reported", unit)


@pytest.mark.parametrize(
    ("printed", "value"),
    [
        ("7730.2815", 7730.2815), ("0.123456", 0.123456), ("1,250.36", 1250.36), ("12万元", 12), ("3000元", 0.3),
        ("160.5964万元", 160.5964), ("125.360000", 125.36), ("0.00", 0),
    ],
)  # fmt: skip
def test_fees_with_many_decimals_or_a_unit_stand_in_ten_thousand_yuan(cell, printed, value):
    assert cell("fees", "amount_10k_cny", printed) == (value, "reported" if value else "zero", "万元")


@pytest.mark.parametrize("printed", ["4.5", "见附件", "约", "十余", "2023年", "3/5"])
def test_what_is_no_count_is_unreadable_and_told(made, read, printed):
    rows = made.relabelled(made.REQUESTS, figures={"granted": f"8|1|0|0|1|0|{printed}"})
    report = read(made.page(requests=made.request_table(rows)))
    assert made.states(report, "requests", "granted")["total"] == (None, "unreadable")
    assert "unreadable_cell" in made.codes(report)


@pytest.mark.parametrize("draw", [" | ".join, "\n".join], ids=["bars", "one cell a line"])
def test_signs_units_and_remarks_in_a_text(made, read, draw):
    rows = [
        ["信息内容", "本年新制作数量", "本年新公开数量", "对外公开总数量"], ["规章", "0", "0", "2"],
        ["规范性文件", "22（其中修订16件）", "5", "1，038"],
        ["信息内容", "上一年项目数量", "本年增/减", "处理决定数量"], ["行政许可", "120", "+19", "１７６０"],
        ["其他对外管理服务事项", "61", "减3", "880"],
        ["信息内容", "上一年项目数量", "本年增/减", "处理决定数量"], ["行政处罚", "1,210", "-417", "85"], ["行政强制", "333", "--253", "9"],
        ["信息内容", "上一年项目数量", "本年增/减"], ["行政事业性收费", "8", "-1"],
        ["信息内容", "采购项目数量", "采购总金额"], ["政府集中采购", "27", "160.5964万元"],
    ]  # fmt: skip
    words = made.text(
        disclosure="\n".join(draw(row) for row in rows), title="示例县人民政府2020年政府信息公开工作年度报告"
    )
    report = read(words, "report.txt")
    assert {(row, column): value for (_, row, column), value in made.values(report).items()} == {
        ("regulations", "made"): 0, ("regulations", "newly_disclosed"): 0, ("regulations", "total_disclosed"): 2,
        ("normative_documents", "made"): 22, ("normative_documents", "newly_disclosed"): 5,
        ("normative_documents", "total_disclosed"): 1038,
        ("licences", "last_year_items"): 120, ("licences", "change"): 19, ("licences", "decisions"): 1760,
        ("other_services", "last_year_items"): 61, ("other_services", "change"): -3, ("other_services", "decisions"): 880,
        ("penalties", "last_year_items"): 1210, ("penalties", "change"): -417, ("penalties", "decisions"): 85,
        ("compulsory_measures", "last_year_items"): 333, ("compulsory_measures", "change"): -253,
        ("compulsory_measures", "decisions"): 9, ("fees", "last_year_items"): 8, ("fees", "change"): -1,
        ("procurement", "projects"): 27, ("procurement", "amount"): 160.5964,
    }  # fmt: skip


def test_units_in_the_cells_of_the_request_table(made, read):
    rows = [
        (key, labels, "|".join(f"{figure}件" for figure in figures.split())) for key, labels, figures in made.REQUESTS
    ]
    assert made.values(read(made.page(requests=made.request_table(rows)))) == made.expected


def test_full_width_digits_in_the_cells_of_the_request_table(made, read):
    wide = str.maketrans("0123456789", "０１２３４５６７８９")
    rows = [(key, labels, figures.translate(wide)) for key, labels, figures in made.REQUESTS]
    assert made.values(read(made.page(requests=made.request_table(rows)))) == made.expected
