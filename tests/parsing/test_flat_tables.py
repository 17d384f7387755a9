"""Statutory tables in texts which lost their grids: what is read is what was written, or it is left out."""

import random

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from govreport_kit import codebook
from govreport_kit.documents import Document
from govreport_kit.documents.text import read_text
from govreport_kit.parsing.tables import read_tables

HEADS = ["自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计"]
NOTE = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"
OUTCOMES = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]
LABELS = {
    "received_new": ["一、本年新收政府信息公开申请数量"], "carried_over": ["二、上年结转政府信息公开申请数量"],
    "granted": ["三、本年度办理结果", "（一）予以公开"],
    "partially_granted": ["三、本年度办理结果", "（二）部分公开（区分处理的，只计这一情形，不计其他情形）"],
    "total_closed": ["三、本年度办理结果", "（七）总计"], "carried_forward": ["四、结转下年度继续办理"],
}  # fmt: skip
GROUPS = {
    "refused": "（三）不予公开",
    "unable": "（四）无法提供",
    "not_processed": "（五）不予处理",
    "other": "（六）其他处理",
}
BLOCKS = {
    "f2021": {
        "第二十条第（一）项": ["regulations", "normative_documents"], "第二十条第（五）项": ["licences"],
        "第二十条第（六）项": ["penalties", "compulsory_measures"], "第二十条第（八）项": ["fees"],
    },
    "f2019": {
        "第二十条第（一）项": ["regulations", "normative_documents"], "第二十条第（五）项": ["licences", "other_services"],
        "第二十条第（六）项": ["penalties", "compulsory_measures"], "第二十条第（八）项": ["fees"],
        "第二十条第（九）项": ["procurement"],
    },
}  # fmt: skip


def labels_of(form):
    """Return the labels of each row of the request table, outer ones first."""
    labels, number, group = {}, 0, None
    for row in codebook.table_rows("requests", form):
        number = number + 1 if row.group == group else 1
        group = row.group
        if row.key in LABELS:
            labels[row.key] = LABELS[row.key]
        elif row.key == "other.other" and form == "f2019":
            labels[row.key] = ["三、本年度办理结果", "（六）其他处理"]
        else:
            labels[row.key] = ["三、本年度办理结果", GROUPS[row.group], f"{number}.{row.zh}"]
    return labels


def invented(form, seed, blanks=0.0, errors=0.0):
    """Return the printed figure of every cell of the three tables: sums hold, but for `errors`."""
    chance = random.Random(seed)
    table = {}
    rows = [row.key for row in codebook.table_rows("requests", form)]
    columns = [column.key for column in codebook.table_columns("requests")]
    for column in columns[:-1]:
        for row in rows:
            table["requests", row, column] = chance.choice([0, 0, 0, 1, 2, chance.randrange(500)])
        outcomes = rows[2:-2]
        closed = table["requests", "total_closed", column] = sum(table["requests", row, column] for row in outcomes)
        carried = table["requests", "carried_over", column] = chance.choice([0, chance.randrange(closed + 1)])
        table["requests", "received_new", column] = closed + table["requests", "carried_forward", column] - carried
    for row in rows:
        table["requests", row, "total"] = sum(table["requests", row, column] for column in columns[:-1])
    for channel in codebook.table_rows("reviews"):
        parts = [chance.choice([0, 0, 1, chance.randrange(90)]) for _ in range(4)]
        for column, value in zip(codebook.table_columns("reviews"), [*parts, sum(parts)], strict=True):
            table["reviews", channel.key, column.key] = value
    for row, column in codebook.table_cells("disclosure", form):
        table["disclosure", row, column] = chance.choice([0, chance.randrange(9000)])
    printed = {}
    for place, value in table.items():
        wrong = chance.random() < errors
        printed[place] = "" if chance.random() < blanks else str(value + chance.randrange(1, 9) if wrong else value)
    return printed


def request_rows(form, printed):
    """Return the body of the request table: outer labels (None where merged away) and seven figures a row."""
    columns = [column.key for column in codebook.table_columns("requests")]
    above = []
    for row, labels in labels_of(form).items():
        shown = [None if labels[:depth] == above[:depth] else label for depth, label in enumerate(labels, 1)]
        yield labels, shown, [printed["requests", row, column] for column in columns]
        above = labels


def disclosure_rows(form, printed):
    rows = {row.key: row.zh for row in codebook.table_rows("disclosure")}
    for title, keys in BLOCKS[form].items():
        columns = codebook.table_columns("disclosure", form, keys[0])
        yield [title]
        yield ["信息内容", *(column.zh for column in columns)]
        for key in keys:
            yield [rows[key], *(printed["disclosure", key, column.key] for column in columns)]


def review_figures(printed):
    return [value for (table, _, _), value in printed.items() if table == "reviews"]


def vanished(form, printed):
    """Return the rows of three tables as cells, merged cells printed once and their other slots gone."""
    requests = [
        [NOTE, "申请人情况"], ["自然人", "法人或其他组织", "总计"], HEADS[1:6],
        *([label for label in shown if label] + figures for _, shown, figures in request_rows(form, printed)),
    ]  # fmt: skip
    reviews = [
        ["行政复议", "行政诉讼"], [*OUTCOMES, "未经复议直接起诉", "复议后起诉"], OUTCOMES * 2, review_figures(printed),
    ]  # fmt: skip
    return list(disclosure_rows(form, printed)), requests, reviews


def with_slots(form, printed):
    """Return the rows of three tables with an empty cell in each slot of a merged cell but the first."""
    disclosure, _, reviews = vanished(form, printed)
    requests = [[NOTE, "", "", "申请人情况", *[""] * 6], ["", "", "", "自然人", "法人或其他组织", *[""] * 4, "总计"],
                ["", "", "", "", *HEADS[1:6], ""]]  # fmt: skip
    for labels, shown, figures in request_rows(form, printed):
        inner = len(labels)
        requests.append([*(label or "" for label in shown), *[""] * (3 - inner), *figures])
    width = 4
    disclosure = [row + [""] * (width - len(row)) for row in disclosure]
    reviews[0] = ["行政复议", *[""] * 4, "行政诉讼", *[""] * 9]
    reviews[1] = [*OUTCOMES, "未经复议直接起诉", *[""] * 4, "复议后起诉", *[""] * 4]
    reviews[2] = [""] * 5 + OUTCOMES * 2
    return disclosure, requests, reviews


def report(disclosure, requests, reviews, between="\n"):
    return between.join([
        "示范县人民政府2031年政府信息公开工作年度报告", "一、总体情况", "全年主动公开各类政府信息1136条，收到申请21件。",
        "二、主动公开政府信息情况", disclosure, "三、收到和处理政府信息公开申请情况", requests,
        "四、政府信息公开行政复议、行政诉讼情况", reviews, "五、存在的主要问题及改进情况", "解读的形式还不丰富，2032年改进。",
        "六、其他需要报告的事项", "收取信息处理费0元。", "",
    ])  # fmt: skip


def bars(rows):
    return "\n".join(" | ".join(row) + " |" for row in rows)


def bars_without_spaces(rows):
    return "\n".join("|".join(row) + "|" for row in rows)


def markdown(rows):
    lines = ["| " + " | ".join(row) + " |" for row in rows]
    return "\n".join([lines[0], "|---|---|---|---|", *lines[1:]])


def cell_and_bar(rows):
    return "\n".join(f"{cell} |" for row in rows for cell in row)


def bar_and_cell_by_turns(rows):
    return "|\n" + "\n|\n".join(cell for row in rows for cell in row) + "\n|"


def one_cell_a_line(rows):
    return "\n".join(cell for row in rows for cell in row if cell)


def one_cell_or_nothing_a_line(rows):
    return "\n".join(cell for row in rows for cell in row)


def bars_between_cells_only(rows):
    return "\n".join(" | ".join(row) for row in rows)


def one_line(rows):
    return " | " + " | ".join(cell for row in rows for cell in row) + " | | | | |"


def tabs(rows):
    return "\n".join("\t".join(row) + "\t" for row in rows)


LAYOUTS = {
    "bars": (vanished, bars, "\n"),
    "bars_with_slots": (with_slots, bars_without_spaces, "\n"),
    "markdown": (with_slots, markdown, "\n\n"),
    "markdown_vanished": (vanished, markdown, "\n\n"),
    "cell_and_bar": (vanished, cell_and_bar, "\n"),
    "cell_and_bar_with_slots": (with_slots, cell_and_bar, "\n"),
    "bar_and_cell_by_turns": (vanished, bar_and_cell_by_turns, "\n"),
    "one_cell_a_line": (vanished, one_cell_a_line, "\n"),
    "one_cell_or_nothing_a_line": (vanished, one_cell_or_nothing_a_line, "\n"),
    "one_line": (with_slots, one_line, " | | "),
    "one_line_vanished": (vanished, one_line, " | | "),
    "bars_between_cells_only": (vanished, bars_between_cells_only, "\n"),
    "bars_between_cells_with_slots": (with_slots, bars_between_cells_only, "\n"),
    "tabs": (vanished, tabs, "\n"),
}  # fmt: skip


def written(layout, form, printed):
    shape, draw, between = LAYOUTS[layout]
    return report(*map(draw, shape(form, printed)), between=between)


def read(text):
    text, grids = read_text(text)
    return read_tables(Document(text, grids, "x.txt", "0", "text/plain"))


def assert_nothing_is_wrong(tables, printed, text):
    for cell in tables.cells:
        wanted = printed[cell.table, cell.row, cell.column]
        assert ("" if cell.value is None else str(cell.value)) == wanted, (cell, wanted)
        assert text[cell.start : cell.end] == wanted


@pytest.mark.parametrize("form", ["f2019", "f2021"])
@pytest.mark.parametrize("layout", LAYOUTS)
@given(seed=st.integers(0, 10**6))
@settings(max_examples=15, deadline=None)
def test_every_cell_of_a_full_table_is_read_from_every_layout(layout, form, seed):
    printed = invented(form, seed)
    text = written(layout, form, printed)
    tables = read(text)
    assert_nothing_is_wrong(tables, printed, text)
    assert {(cell.table, cell.row, cell.column) for cell in tables.cells} == set(printed)
    assert tables.form == form
    assert tables.notes == ()


@pytest.mark.parametrize("form", ["f2019", "f2021"])
@pytest.mark.parametrize("layout", LAYOUTS)
@given(seed=st.integers(0, 10**6), blanks=st.sampled_from([0.05, 0.3, 0.7, 1.0]), errors=st.sampled_from([0.0, 0.1]))
@settings(max_examples=25, deadline=None)
def test_blank_cells_and_false_sums_never_lead_to_a_wrong_cell(layout, form, seed, blanks, errors):
    printed = invented(form, seed, blanks, errors)
    text = written(layout, form, printed)
    assert_nothing_is_wrong(read(text), printed, text)


def halves(label, chance):
    cut = chance.randrange(2, len(label) - 1) if len(label) > 6 else len(label)
    return [part for part in (label[:cut], label[cut:]) if part]


def as_laid_out(form, printed, seed):
    """Draw the request table as a page: wide gaps, labels torn over lines around their figures, page numbers."""
    chance = random.Random(seed)
    lines = [
        "  申请人情况",
        "      法人或其他组织",
        "  自然人      总计",
        "    商业 科研 社会 法律  其他",
        "    企业 机构 公益 服务",
    ]
    for _, shown, figures in request_rows(form, printed):
        *outer, inner = [label for label in shown if label]
        lines += [" " * chance.randrange(9) + part for label in outer for part in halves(label, chance)]
        row = "    ".join(figure for figure in figures if figure)
        parts = halves(inner, chance)
        if chance.random() < 0.6 or len(parts) < 2:
            lines.append(" " * 20 + inner + "     " + row)
        else:
            lines += [" " * 18 + parts[0], " " * 40 + row, " " * 18 + parts[1]]
        if chance.random() < 0.1:
            lines += ["", "      - 3 -" if chance.random() < 0.5 else "3", "\f"]
    return "\n".join(lines)


def as_recognised(form, printed, seed):
    """Draw the request table as rows of figures between bars; some labels stand apart, at times two together."""
    chance = random.Random(seed)
    rule = "|---|---|---|---|---|---|---|"
    lines = ["申请人情况", "自然人总计", "商业企科研机社会公法律服", "其他"]
    rows = [(labels[-1], " | ".join(figures)) for labels, _, figures in request_rows(form, printed)]
    while rows:
        apart = chance.choice([0, 0, 0, 1, 2])
        torn, rows = rows[:apart], rows[apart:]
        lines += [part for label, _ in torn for part in halves(label, chance)]
        lines += [line for _, figures in torn for line in (f"| {figures} |", rule)]
        whole, rows = rows[:1], rows[1:]
        lines += [line for label, figures in whole for line in (f"| {label} | {figures} |", rule)]
    return "\n".join(lines)


@pytest.mark.parametrize("draw", [as_laid_out, as_recognised])
@pytest.mark.parametrize("form", ["f2019", "f2021"])
@given(seed=st.integers(0, 10**6))
@settings(max_examples=60, deadline=None)
def test_labels_torn_from_their_figures_are_placed_by_the_order_of_the_form(draw, form, seed):
    printed = invented(form, seed)
    disclosure, _, reviews = vanished(form, printed)
    text = report(one_cell_a_line(disclosure), draw(form, printed, seed), one_cell_a_line(reviews))
    tables = read(text)
    assert_nothing_is_wrong(tables, printed, text)
    assert {(cell.table, cell.row, cell.column) for cell in tables.cells} == set(printed)


@pytest.mark.parametrize("draw", [as_laid_out, as_recognised])
@pytest.mark.parametrize("form", ["f2019", "f2021"])
@given(
    seed=st.integers(0, 10**6), lost=st.lists(st.integers(5, 80), max_size=4), blanks=st.sampled_from([0.0, 0.05, 0.5])
)
@settings(max_examples=60, deadline=None)
def test_lost_lines_never_lead_to_a_wrong_cell(draw, form, seed, lost, blanks):
    printed = invented(form, seed, blanks)
    lines = draw(form, printed, seed).split("\n")
    kept = [line for number, line in enumerate(lines) if number not in lost]
    text = report("", "\n".join(kept), "")
    assert_nothing_is_wrong(read(text), printed, text)


def values(tables, table):
    return {(cell.row, cell.column): cell.value for cell in tables.cells if cell.table == table}


def only_requests(lines):
    return read(report("", "\n".join(lines), ""))


def request_lines(form="f2021", seed=1):
    return bars(vanished(form, invented(form, seed))[1]).split("\n")


def test_the_span_of_a_flattened_table_holds_its_figures_and_not_the_headings():
    printed = invented("f2021", 2)
    text = written("one_cell_a_line", "f2021", printed)
    tables = read(text)
    assert all(any(start <= cell.start <= end for start, end in tables.spans) for cell in tables.cells)
    headings = [
        text.index(title)
        for title in ("二、主动公开政府", "三、收到和处理", "四、政府信息公开行政", "五、存在", "六、其他")
    ]
    assert not any(start <= heading < end for start, end in tables.spans for heading in headings)
    assert len(tables.spans) == 3


def test_a_local_row_is_told_and_does_not_shift_the_others():
    lines = request_lines()
    place = next(number for number, line in enumerate(lines) if "（七）总计" in line)
    tables = only_requests([*lines[:place], "4.转送上级部门 | 9 | 8 | 7 | 6 | 5 | 4 | 39 |", *lines[place:]])
    assert len(tables.cells) == 175
    (note,) = [note for note in tables.notes if note.code == "unknown_row"]
    assert "转送上级部门" in note.message
    assert "39" in note.message


def test_heads_in_another_order_than_the_form_give_nothing():
    lines = [line.replace("商业企业 | 科研机构", "科研机构 | 商业企业") for line in request_lines()]
    tables = only_requests(lines)
    assert tables.cells == ()
    assert [note.code for note in tables.notes] == ["unknown_column"]


def test_a_row_without_its_blanks_is_left_out_and_told():
    printed = invented("f2021", 3)
    # Some figure is left out, so the sums of the row and of the column do not hold and settle nothing.
    lost = next(place for place, value in printed.items() if place[:2] == ("requests", "granted") and value != "0")
    printed[lost] = ""
    tables = read(written("one_cell_a_line", "f2021", printed))
    assert {row for row, _ in values(tables, "requests")} == {row.key for row in codebook.table_rows("requests")} - {
        "granted"
    }
    assert [note.code for note in tables.notes] == ["table_unclear"]


@given(seed=st.integers(0, 10**6), line=st.integers(12, 150), page=st.integers(1, 9))
@settings(max_examples=60, deadline=None)
def test_a_page_number_among_figures_with_a_line_each_is_never_taken_for_a_figure(seed, line, page):
    printed = invented("f2021", seed)
    disclosure, requests, reviews = map(one_cell_a_line, vanished("f2021", printed))
    lines = requests.split("\n")
    text = report(disclosure, "\n".join([*lines[:line], str(page), *lines[line:]]), reviews)
    tables = read(text)
    assert_nothing_is_wrong(tables, printed, text)
    assert len(tables.cells) >= 200 - 7


def test_a_label_torn_over_two_rows_keeps_the_figures_of_its_upper_half():
    rows = []
    for line in request_lines(seed=4):
        upper, label, figures = line.partition("5.要求行政机关确认或重新出具已获取信息")
        rows.append(line if not label else upper + "5.要求行政机关确认或" + figures)
        if label:
            rows.append("重新出具已获取信息 | | | | | | | |")
    printed = invented("f2021", 4)
    tables = only_requests(rows)
    assert (
        str(values(tables, "requests")["not_processed.reconfirm", "total"])
        == printed["requests", "not_processed.reconfirm", "total"]
    )
    assert len(tables.cells) == 175


def test_a_sum_that_does_not_hold_is_told_with_both_sides():
    printed = invented("f2021", 5)
    printed["requests", "granted", "total"] = "99999"
    (note,) = read(written("tabs", "f2021", printed)).notes
    assert note.code == "identity_fails"
    assert "granted/total: 99999 against" in note.message


def test_a_form_published_blank_holds_no_figure():
    printed = dict.fromkeys(invented("f2021", 0), "")
    for layout in LAYOUTS:
        tables = read(written(layout, "f2021", printed))
        assert all((cell.value, cell.state) == (None, "blank") for cell in tables.cells), layout


def without_noughts(form, seed, share):
    """Return a table in which some of the noughts are blank: a blank counts nothing in its sums."""
    chance = random.Random(seed)
    return {
        place: "" if value == "0" and chance.random() < share else value
        for place, value in invented(form, seed).items()
    }


@pytest.mark.parametrize("form", ["f2019", "f2021"])
@given(seed=st.integers(0, 10**6), share=st.sampled_from([0.02, 0.1, 0.5, 1.0]))
@settings(max_examples=60, deadline=None)
def test_what_is_not_read_from_rows_without_their_blanks_is_told(form, seed, share):
    printed = without_noughts(form, seed, share)
    text = written("one_cell_a_line", form, printed)
    tables = read(text)
    assert_nothing_is_wrong(tables, printed, text)
    got = {(cell.table, cell.row, cell.column) for cell in tables.cells}
    told = " ".join(note.message for note in tables.notes)
    for table, row, column in printed:
        if printed[table, row, column] and (table, row, column) not in got:
            assert row in told or table != "requests"
            assert any(note.code in ("table_unclear", "unknown_column") for note in tables.notes)


def test_a_review_table_which_lost_several_blanks_is_told():
    printed = dict.fromkeys(invented("f2021", 0), "0")
    printed["reviews", "reconsideration", "upheld"] = printed["reviews", "litigation_direct", "other"] = ""
    tables = read(written("one_cell_a_line", "f2021", printed))
    assert not any(cell.table == "reviews" for cell in tables.cells)
    (note,) = [note for note in tables.notes if "review table" in note.message]
    assert (note.code, note.message[:10]) == ("table_unclear", "13 figures")


def test_the_sums_place_the_figures_of_a_row_which_lost_a_blank():
    printed = dict.fromkeys(invented("f2021", 0), "0")
    printed |= {
        ("requests", row, column): figure
        for row in ("received_new", "granted", "total_closed")
        for column, figure in {"natural_person": "2", "research_institute": "5", "total": "7"}.items()
    }
    printed["requests", "granted", "enterprise"] = ""
    text = written("one_cell_a_line", "f2021", printed)
    tables = read(text)
    assert_nothing_is_wrong(tables, printed, text)
    assert {(cell.table, cell.row, cell.column) for cell in tables.cells} == set(printed)
    assert tables.notes == ()


def test_a_nought_which_two_columns_may_hold_is_left_out_and_told():
    printed = dict.fromkeys(invented("f2021", 0), "0")
    printed |= {
        ("requests", row, column): figure
        for row in ("received_new", "granted", "total_closed")
        for column, figure in {"natural_person": "2", "research_institute": "5", "total": "7"}.items()
    }
    printed["requests", "granted", "legal_service"] = ""
    text = written("one_cell_a_line", "f2021", printed)
    tables = read(text)
    assert_nothing_is_wrong(tables, printed, text)
    known = {column for row, column in values(tables, "requests") if row == "granted"}
    assert known == {"natural_person", "enterprise", "research_institute", "total"}
    (note,) = tables.notes
    assert note.code == "table_unclear"
    assert "granted: which column holds which figure could not be told but for natural_person" in note.message


@pytest.mark.parametrize(
    ("figures", "known"),
    [
        # The blank stands in the first channel, or in the second if the first is misprinted.
        ("2 1 0 4 1 0 2 0 3 0 4 0 1 5", {"litigation_after_reconsideration"}),
        ("2 1 0 1 4 1 0 2 0 3 0 4 0 5", {"reconsideration"}),
        # Channels of noughts add up anywhere; the 4 may begin the second, misprinted, channel.
        ("2 1 0 1 4 0 0 0 0 0 0 0 0 0", set()),
        # The total of the first channel may be misprinted, or be what is missing.
        ("2 1 0 1 7 0 2 0 3 0 4 0 1 5", {"litigation_after_reconsideration"}),
        ("2 1 0 1 7 0 2 0 3 0 4 0 1 6", set()),
    ],
)
def test_a_review_table_which_lost_a_blank(figures, known):
    heads = ["行政复议", "行政诉讼", *OUTCOMES, "未经复议直接起诉", "复议后起诉", *OUTCOMES * 2]
    tables = read(report("", "", "\n".join([*heads, *figures.split()])))
    assert {row for row, _ in values(tables, "reviews")} == known
    (note,) = tables.notes
    assert note.code == "table_unclear"
    assert "14 figures stand for the fifteen" in note.message


@pytest.mark.parametrize("layout", ["bars_with_slots", "bars_between_cells_with_slots", "one_cell_or_nothing_a_line"])
@pytest.mark.parametrize("form", ["f2019", "f2021"])
@given(seed=st.integers(0, 10**6), blanks=st.sampled_from([0.02, 0.1, 0.2]))
@example(seed=11217, blanks=0.2)
@settings(max_examples=15, deadline=None)
def test_every_row_of_one_width_with_blanks_is_read_whole_or_told(layout, form, seed, blanks):
    """Where a row's last cell is blank and another one, too, its columns may stay open (the example)."""
    printed = invented(form, seed, blanks)
    text = written(layout, form, printed)
    tables = read(text)
    assert_nothing_is_wrong(tables, printed, text)
    unread = set(printed) - {(cell.table, cell.row, cell.column) for cell in tables.cells}
    told = {note.message.partition(":")[0] for note in tables.notes if note.code == "table_unclear"}
    assert {row for _, row, _ in unread} <= told
    assert len(unread) <= 7


CHANNELS = ["行政复议", "未经复议直接起诉", "复议后起诉"]


@pytest.mark.parametrize("separator", ["\t", " | ", "   "])
def test_the_review_table_with_a_row_for_each_channel(separator):
    lines = [separator.join(["情形", *OUTCOMES])]
    lines += [separator.join([channel, str(n), "0", "2", "1", str(n + 3)]) for n, channel in enumerate(CHANNELS)]
    read_values = values(read(report("", "", "\n".join(lines))), "reviews")
    assert read_values["litigation_direct", "upheld"] == 1
    assert read_values["litigation_after_reconsideration", "total"] == 5
    assert len(read_values) == 15


def test_three_blocks_of_the_review_table_under_one_head():
    lines = [
        "行政复议 | 行政诉讼 |",
        " | ".join(OUTCOMES) + " |",
        "2 | 0 | 1 | 0 | 3 |",
        "1 | 0 | 0 | 0 | 1 |",
        "0 | 4 | 0 | 0 | 4 |",
    ]
    read_values = values(read(report("", "", "\n".join(lines))), "reviews")
    assert (read_values["reconsideration", "other"], read_values["litigation_direct", "upheld"]) == (1, 1)
    assert read_values["litigation_after_reconsideration", "corrected"] == 4


def test_fifteen_figures_without_heads_count_only_if_their_sums_hold():
    heads = " | ".join(f"数据{number}" for number in range(1, 16))
    figures = "1 | 0 | 0 | 1 | 2 | 0 | 0 | 0 | 0 | 0 | 3 | 0 | 0 | 0 | 3"
    assert len(values(read(report("", "", f"| {heads} |\n| {figures} |")), "reviews")) == 15
    tables = read(report("", "", f"| {heads} |\n| {figures[:-1]}4 |"))
    assert values(tables, "reviews") == {}


def test_review_heads_in_another_order_give_nothing():
    printed = invented("f2021", 6)
    text = written("bars", "f2021", printed).replace("结果维持 | 结果纠正", "结果纠正 | 结果维持")
    assert values(read(text), "reviews") == {}


def test_the_disclosure_table_of_2021_with_one_row_of_others():
    new, old = invented("f2021", 7), invented("f2019", 7)
    disclosure, _, reviews = map(bars, vanished("f2021", new))
    tables = read(report(disclosure, bars(vanished("f2019", old)[1]), reviews))
    assert tables.form == "f2021"
    assert len(tables.cells) == 10 + 161 + 15


def test_running_text_with_labels_and_numbers_is_no_table():
    text = report(
        "行政许可 97 件，行政处罚 12 件。",
        "一、本年新收申请 12\n予以公开 3\n国家秘密 1\n重复申请 2\n总计 6",
        "行政复议 2",
    )
    assert read(text).cells == ()
