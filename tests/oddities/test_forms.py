"""Which form a table is of, and what happens where forms are mixed, late or enlarged."""

import pytest


def requests_of(made, expected):
    return {place: value for place, value in expected.items() if place[0] == "requests"}


@pytest.mark.parametrize("year", [2021, 2022, 2023])
def test_the_columns_of_2019_in_a_later_report(made, read, year):
    report = read(made.page(
        title=f"示例县人民政府{year}年政府信息公开工作年度报告", disclosure=made.disclosure_table(made.DISCLOSURE_2019),
        requests=made.request_table(made.REQUESTS_2019), overview="全年主动公开政府信息较多。",
    ))  # fmt: skip
    assert report.year == year
    assert report.form == "f2019"
    assert made.values(report) == made.expected_2019
    assert made.codes(report) == ["form_year"]


@pytest.mark.parametrize("year", [2019, 2020])
def test_the_form_of_2019_in_its_own_years(made, read, year):
    report = read(made.page(
        title=f"示例县人民政府{year}年政府信息公开工作年度报告", disclosure=made.disclosure_table(made.DISCLOSURE_2019),
        requests=made.request_table(made.REQUESTS_2019),
    ))  # fmt: skip
    assert (report.form, made.codes(report)) == ("f2019", [])


def test_the_disclosure_table_of_2021_with_the_single_other_row_of_2019(made, read):
    report = read(made.page(requests=made.request_table(made.REQUESTS_2019)))
    values = made.values(report)
    assert {place: value for place, value in values.items() if place[0] == "disclosure"} == made.expected_disclosure(
        made.DISCLOSURE
    )
    assert requests_of(made, values) == requests_of(made, made.expected_2019)
    assert report.form == "f2021"
    assert made.codes(report) == ["form_mixed"]


@pytest.mark.parametrize(("rows", "form"), [("REQUESTS", "f2021"), ("REQUESTS_2019", "f2019")])
def test_the_span_of_the_results_tells_the_form_where_only_requests_are_printed(made, read, rows, form):
    table = made.request_table(getattr(made, rows))
    assert f'rowspan="{22 if form == "f2021" else 20}"' in table
    report = read(made.page(
        title="示例县人民政府2021年政府信息公开工作年度报告", requests=table, disclosure="<p>无。</p>", reviews="<p>无。</p>",
    ))  # fmt: skip
    assert report.form == form


@pytest.mark.parametrize(("rows", "form"), [("REQUESTS", "f2021"), ("REQUESTS_2019", "f2019")])
def test_the_number_of_rows_tells_the_form_where_labels_are_short(made, read, rows, form):
    labels = {"other.correction_overdue": "1.逾期不补正", "other.fee_overdue": "2.逾期未缴费"}
    report = read(made.page(
        requests=made.request_table(made.relabelled(getattr(made, rows), labels)), disclosure="<p>无。</p>",
        reviews="<p>无。</p>",
    ))  # fmt: skip
    assert report.form == form


def test_a_local_row_of_the_disclosure_table_is_kept_in_a_note(made, read):
    block, heads, rows = made.DISCLOSURE[2]
    blocks = [*made.DISCLOSURE[:2], (block, heads, [*rows, (None, "行政检查", "417")]), made.DISCLOSURE[3]]
    report = read(made.page(disclosure=made.disclosure_table(blocks)))
    assert made.values(report) == made.expected
    (note,) = [note for note in report.notes if note.code == "unknown_row"]
    assert "行政检查" in note.message
    assert "417" in note.message


def test_other_documents_disclosed_as_a_local_row_of_the_form_of_2019(made, read):
    block, heads, rows = made.DISCLOSURE_2019[0]
    blocks = [(block, heads, [*rows, (None, "其他主动公开文件", "61 59 402")]), *made.DISCLOSURE_2019[1:]]
    report = read(made.page(
        title="示例县人民政府2020年政府信息公开工作年度报告", disclosure=made.disclosure_table(blocks),
        requests=made.request_table(made.REQUESTS_2019),
    ))  # fmt: skip
    assert made.values(report) == made.expected_2019
    (note,) = [note for note in report.notes if note.code == "unknown_row"]
    assert "其他主动公开文件" in note.message
    assert "61, 59, 402" in note.message


def test_a_local_row_of_the_request_table_is_kept_in_a_note(made, read):
    rows = [
        *made.REQUESTS[:23],
        ("extra", ["三、本年度办理结果", "（八）转送其他机关"], "53 0 0 0 0 0 53"),
        *made.REQUESTS[23:],
    ]
    report = read(made.page(requests=made.request_table(rows)))
    assert requests_of(made, made.values(report)) == requests_of(made, made.expected)
    (note,) = [note for note in report.notes if note.code == "unknown_row"]
    assert "转送其他机关" in note.message
    assert "53" in note.message


def test_a_local_row_in_a_text_with_bars_is_kept_in_a_note(made, read):
    disclosure, requests, reviews = made.rows_of_text()
    disclosure.insert(9, ["行政检查", "417"])
    words = ["\n".join(" | ".join(row) + " |" for row in rows) for rows in (disclosure, requests, reviews)]
    report = read(made.text(disclosure=words[0], requests=words[1], reviews=words[2]), "report.txt")
    assert made.values(report) == made.expected
    assert ["417" in note.message for note in report.notes if note.code == "unknown_row"] == [True]


def test_other_processing_of_2019_is_not_spread_over_the_rows_of_2021(made, read):
    report = read(made.page(
        title="示例县人民政府2020年政府信息公开工作年度报告", disclosure=made.disclosure_table(made.DISCLOSURE_2019),
        requests=made.request_table(made.REQUESTS_2019),
    ))  # fmt: skip
    rows = {cell.row for cell in report.table("requests")}
    assert not rows & {"other.correction_overdue", "other.fee_overdue"}
    assert made.values(report)["requests", "other.other", "total"] == 1
