"""Statutory tables from grids: heads, labels, blanks, mixtures, strange rows."""

import pytest

from govreport_kit.documents import Document
from govreport_kit.documents.html import read_html
from govreport_kit.documents.text import read_text
from govreport_kit.parsing.labels import find_key, normal_label
from govreport_kit.parsing.tables import read_tables


def tables(source):
    page = read_html(source)
    return read_tables(Document(page.text, page.grids, "x.html", "0", "text/html"))


def html(*rows):
    return (
        "<table>" + "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows) + "</table>"
    )


def values(read, table):
    return {(cell.row, cell.column): cell.value for cell in read.cells if cell.table == table}


HEADS = ["", "自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计"]
ROWS = [
    ["一、本年新收政府信息公开申请数量", "3", "1", "0", "0", "0", "0", "4"],
    ["二、上年结转政府信息公开申请数量", "1", "", "/", "—", "0", "0", "1"],
    ["（一）予以公开", "2", "1", "0", "0", "0", "0", "3"],
    ["2.其他法律行政法规禁止公开", "1", "0", "0", "0", "0", "0", "1"],
    ["（七）总计", "3", "1", "0", "0", "0", "0", "4"],
    ["四、结转下年度继续办理", "1", "0", "0", "0", "0", "0", "1"],
]


@pytest.mark.parametrize(
    ("label", "key"),
    [
        ("（二）部分公开（区分处理的，只计这一情形，不计其他情形）", "partially_granted"),
        ("3.危及“三安全一稳定”", "refused.safety_stability"),
        ("3 . 危及 ＂三安全一稳定＂", "refused.safety_stability"),
        ("2.其他法律行政止公开", "refused.prohibited_by_law"),
        ("（六）其他处理", "other.other"),
        ("3.其他", "other.other"),
        ("(七)总计", "total_closed"),
        ("三、本年度办理结果", None),
        ("（三）不予公开", None),
        ("本年新收政府信息公开\n申请数量", "received_new"),
    ],
)
def test_a_row_label_names_its_row(label, key):
    assert find_key("requests", "row", label) == key


def test_a_label_loses_its_number_quotes_and_remark():
    assert normal_label("（三）1、 “行政 许可”（含变更）") == "行政许可"


def test_a_request_table_keeps_blank_stroke_and_zero_apart():
    read = tables(html(HEADS, *ROWS))
    states = {cell.column: (cell.value, cell.state) for cell in read.cells if cell.row == "carried_over"}
    assert states == {
        "natural_person": (1, "reported"), "enterprise": (None, "blank"), "research_institute": (None, "not_applicable"),
        "social_organization": (None, "not_applicable"), "legal_service": (0, "zero"), "other_organization": (0, "zero"),
        "total": (1, "reported"),
    }  # fmt: skip
    assert len(read.cells) == 42


def test_columns_follow_their_heads_not_their_order():
    swapped = [[row[0], row[2], row[1], *row[3:]] for row in [HEADS, *ROWS]]
    read = tables(html(*swapped))
    assert read.cells == ()
    assert [note.code for note in read.notes] == ["unknown_column"]


def test_a_table_without_heads_is_read_by_the_order_of_the_form():
    read = values(tables(html(*ROWS)), "requests")
    assert read["received_new", "enterprise"] == 1
    assert read["total_closed", "total"] == 4


def test_a_head_printed_again_at_the_top_of_a_page_is_no_row():
    over = ["", *["申请人情况"] * 7]
    two_lines = ["", "自然人", *["法人或其他组织"] * 5, "总计"]
    read = tables(html(over, two_lines, HEADS, *ROWS[:3], over, two_lines, HEADS, *ROWS[3:]))
    assert values(read, "requests") == values(tables(html(HEADS, *ROWS)), "requests")
    assert values(read, "requests")["total_closed", "natural_person"] == 3
    assert not [note for note in read.notes if note.code in ("unknown_row", "conflicting_figures", "unreadable_cell")]


def test_a_table_with_too_few_columns_is_told_not_guessed():
    read = tables(html(*[row[:6] for row in ROWS]))
    assert read.cells == ()
    assert read.notes[0].code == "unknown_column"


def test_a_row_of_its_own_is_kept_as_a_note():
    read = tables(html(HEADS, *ROWS[:3], ["（八）转送其他机关", "2", "0", "0", "0", "0", "0", "2"], *ROWS[3:]))
    (note,) = [note for note in read.notes if note.code == "unknown_row"]
    assert "转送其他机关" in note.message
    assert "2, 0, 0, 0, 0, 0, 2" in note.message


def test_what_is_no_number_is_unreadable_and_told():
    read = tables(html(HEADS, [*ROWS[0][:-1], "见附件"], *ROWS[1:]))
    (cell,) = [cell for cell in read.cells if (cell.row, cell.column) == ("received_new", "total")]
    assert (cell.value, cell.state) == (None, "unreadable")
    assert read.notes[0].code == "unreadable_cell"


def test_a_count_with_decimals_is_no_count():
    read = tables(html(HEADS, [*ROWS[0][:-1], "4.5"], *ROWS[1:]))
    assert values(read, "requests")["received_new", "total"] is None


def test_a_table_of_another_kind_gives_nothing():
    read = tables(html(["指标", "数值"], ["人口", "12"], ["面积", "3"]))
    assert (read.cells, read.form) == ((), None)


def disclosure(*blocks):
    return "".join(html(*block) for block in blocks)


F2021 = [
    [["第二十条第（一）项"], ["信息内容", "本年制发件数", "本年废止件数", "现行有效件数"], ["规章", "0", "1", "2"],
     ["规范性文件", "13", "0", "55"]],
    [["信息内容", "本年处理决定数量"], ["行政许可", "1,097"]],
    [["信息内容", "本年处理决定数量"], ["行政处罚", "7"], ["行政强制", ""]],
    [["信息内容", "本年收费金额（单位：万元）"], ["行政事业性收费", "7730.28"]],
]  # fmt: skip


def test_the_disclosure_table_may_come_in_pieces():
    read = tables(disclosure(*F2021))
    assert read.form == "f2021"
    assert values(read, "disclosure") == {
        ("regulations", "issued"): 0, ("regulations", "repealed"): 1, ("regulations", "in_force"): 2,
        ("normative_documents", "issued"): 13, ("normative_documents", "repealed"): 0,
        ("normative_documents", "in_force"): 55, ("licences", "decisions"): 1097, ("penalties", "decisions"): 7,
        ("compulsory_measures", "decisions"): None, ("fees", "amount_10k_cny"): 7730.28,
    }  # fmt: skip
    assert {cell.unit for cell in read.cells} == {"件", "万元"}


@pytest.mark.parametrize(("printed", "value"), [("3000元", 0.3), ("12万元", 12), ("1亿元", 10000), ("0.5", 0.5)])
def test_fees_stand_in_ten_thousand_yuan(printed, value):
    read = tables(html(["信息内容", "本年收费金额（单位：万元）"], ["行政事业性收费", printed]))
    assert values(read, "disclosure") == {("fees", "amount_10k_cny"): value}


def test_the_form_of_2019_with_its_procurement_as_printed():
    read = tables(disclosure(
        [["信息内容", "上一年项目数量", "本年增/减", "处理决定数量"], ["行政许可", "12", "减3", "40"]],
        [["信息内容", "采购项目数量", "采购总金额"], ["政府集中采购", "6", "251000元"]],
    ))  # fmt: skip
    assert read.form == "f2019"
    assert values(read, "disclosure") == {
        ("licences", "last_year_items"): 12, ("licences", "change"): -3, ("licences", "decisions"): 40,
        ("procurement", "projects"): 6, ("procurement", "amount"): 251000,
    }  # fmt: skip
    assert [cell.unit for cell in read.cells if cell.column == "amount"] == ["元"]


def test_heads_which_do_not_fit_the_figures_are_told():
    read = tables(html(["信息内容", "本年制发件数", "本年废止件数"], ["规章", "1", "2", "3"]))
    assert values(read, "disclosure") == {("regulations", "issued"): 1, ("regulations", "repealed"): 2,
                                          ("regulations", "in_force"): 3}  # fmt: skip
    read = tables(html(["信息内容", "本年制发件数", "本年废止件数"], ["规章", "1"]))
    assert (read.cells, read.notes[0].code) == ((), "unknown_column")


def test_a_local_row_of_the_disclosure_table_is_kept_as_a_note():
    read = tables(html(["信息内容", "本年处理决定数量"], ["行政处罚", "7"], ["行政检查", "88"]))
    assert [note.code for note in read.notes] == ["unknown_row"]
    assert "行政检查" in read.notes[0].message


OUTCOMES = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]


def review(figures):
    return (
        "<table><tr><td colspan=5>行政复议</td><td colspan=10>行政诉讼</td></tr><tr>"
        + "".join(f"<td rowspan=2>{outcome}</td>" for outcome in OUTCOMES)
        + "<td colspan=5>未经复议直接起诉</td><td colspan=5>复议后起诉</td></tr><tr>"
        + "".join(f"<td>{outcome}</td>" for outcome in OUTCOMES * 2)
        + "</tr><tr>" + "".join(f"<td>{figure}</td>" for figure in figures) + "</tr></table>"
    )  # fmt: skip


def test_the_review_table():
    read = values(tables(review([10, 1, 0, 0, 0, 1, "", 0, 0, 1, 5, 0, 0, 0, 0])), "reviews")
    assert read["reconsideration", "upheld"] == 10
    assert read["reconsideration", "total"] == 0
    assert read["litigation_direct", "corrected"] is None
    assert read["litigation_after_reconsideration", "upheld"] == 5
    assert len(read) == 15


def test_a_review_table_under_one_head_is_read_by_its_fifteen_figures():
    read = values(tables(html(["行政复议"] + [""] * 14, OUTCOMES * 3, [str(n) for n in range(15)])), "reviews")
    assert read["litigation_direct", "upheld"] == 5
    assert read["litigation_after_reconsideration", "total"] == 14


def test_a_table_that_stands_twice_is_read_once_and_told():
    read = tables(html(HEADS, *ROWS) * 2)
    assert len(read.cells) == 42
    assert [note.code for note in read.notes] == ["repeated_table"]
    other = [["一、本年新收政府信息公开申请数量", "9", "1", "0", "0", "0", "0", "10"], *ROWS[1:]]
    read = tables(html(HEADS, *ROWS) + html(HEADS, *other))
    assert values(read, "requests")["received_new", "total"] == 4
    assert read.notes[0].code == "conflicting_figures"


def test_a_mixture_of_forms_is_told():
    read = tables(disclosure(*F2021, [["信息内容", "上一年项目数量", "本年增/减"], ["行政事业性收费", "3", "0"]]))
    assert read.form == "f2021"
    assert [note.code for note in read.notes] == ["form_mixed"]


def test_a_table_drawn_with_bars():
    text, grids = read_text("\n".join(" | ".join(row) for row in [["项目", *HEADS[1:]], *ROWS]))
    read = read_tables(Document(text, grids, "x.txt", "0", "text/plain"))
    assert values(read, "requests")["received_new", "total"] == 4
    assert all(text[cell.start : cell.end].strip() == (str(cell.value) if cell.value is not None else text[cell.start : cell.end])
               for cell in read.cells)  # fmt: skip


def test_a_note_on_a_row_with_a_merged_last_cell_has_a_span_in_order():
    rows = "".join(
        f"<tr><td>{label}</td><td>1</td>{'<td rowspan=3>2</td>' if number == 0 else ''}</tr>"
        for number, label in enumerate(["规章", "规范性文件", "甲"])
    )
    read = tables(f"<table>{rows}</table>")
    assert read.notes
    assert all(note.start < note.end for note in read.notes)
