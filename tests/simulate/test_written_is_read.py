"""What is written is what is read: any counts, any blanks, either form, in every format and layout."""

import os
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from govreport_kit import codebook, simulate
from govreport_kit.documents import read_document
from govreport_kit.errors import UnknownKeyError
from govreport_kit.parsing import read_report

LONG = os.environ.get("GOVREPORT_HYPOTHESIS") == "long"
some = settings(max_examples=200 if LONG else 6, deadline=None, derandomize=not LONG)
few = settings(max_examples=30 if LONG else 2, deadline=None, derandomize=not LONG)

# What a layout keeps of the tables: every cell, or every cell of tables without blanks, where a blank leaves places
# that cannot be told from others.
WHOLE = [
    *(("html", layout) for layout in "spans word_made nested split_blocks".split()),
    *(("docx", layout) for layout in simulate.LAYOUTS["docx"]),
    *(("text", layout) for layout in "bars bars_merged_vanished bars_merged_blank cell_a_line_bar".split()),
    *(("text", layout) for layout in "bar_between_lines markdown markdown_ocr tabs".split()),
]
WHOLE_WITHOUT_BLANKS = [
    ("html", "one_table"),
    *(("text", layout) for layout in "cell_a_line one_line pdf_layout".split()),
]
DATELESS = [("text", "one_line")]

seeds = st.integers(0, 2**32 - 1)
# What `synthetic_report` is asked for: a report itself would fill a page when a test fails.
reports = st.fixed_dictionaries(
    {
        "seed": seeds,
        "form": st.sampled_from(["f2021", "f2019"]),
        "level": st.sampled_from(list(codebook.levels)),
        "year": st.integers(2021, 2025),
        "one_other_row": st.sampled_from([None, True]),
    }
)
blanks = st.floats(0, 0.5)


def with_any_counts(report, seed):
    rng = np.random.default_rng(seed)
    counts = (10 ** rng.uniform(0, 9, len(report.cells)) - 1).astype(int).tolist()
    drawn = zip(report.cells, counts, strict=True)
    return replace(
        report,
        cells=tuple(replace(cell, value=count, state="reported" if count else "zero") for cell, count in drawn),
    )


@pytest.fixture(scope="module")
def read(tmp_path_factory):
    path = tmp_path_factory.mktemp("written") / "report"

    def write_and_read(report, format, layout, style, encoding="utf-8"):
        path.write_bytes(simulate.write_document(report, format, layout, style, encoding=encoding))
        return read_report(path)

    return write_and_read


def cells(report):
    return {
        (cell.table, cell.row, cell.column): (cell.value, cell.state, cell.unit)
        for cell in report.cells
        if cell.source == "table"
    }


def facts(report):
    return {(fact.indicator, fact.value, fact.approx) for fact in report.facts}


def heading(report, *, dated=True):
    return (report.agency, report.level, report.year, report.form, report.published if dated else None)


def test_every_layout_has_its_place_here():
    written = {(format, layout) for format, layouts in simulate.LAYOUTS.items() for layout in layouts}
    assert {*WHOLE, *WHOLE_WITHOUT_BLANKS, ("pdf", "ruled")} == written


@pytest.mark.parametrize(("format", "layout"), WHOLE)
@some
@given(wanted=reports, blanks=blanks, style=seeds)
def test_layouts_which_keep_everything_are_read_whole(read, format, layout, wanted, blanks, style):
    report = simulate.synthetic_report(**wanted, blanks=blanks)
    got = read(report, format, layout, style)
    assert cells(got) == cells(report)
    assert facts(got) == facts(report)
    assert heading(got) == heading(report)


@pytest.mark.parametrize(("format", "layout"), WHOLE_WITHOUT_BLANKS)
@some
@given(wanted=reports, style=seeds)
def test_layouts_which_lose_blanks_are_read_whole_without_them(read, format, layout, wanted, style):
    report = simulate.synthetic_report(**wanted)
    got = read(report, format, layout, style)
    dated = (format, layout) not in DATELESS
    assert cells(got) == cells(report)
    assert facts(got) == facts(report)
    assert heading(got, dated=dated) == heading(report, dated=dated)


@pytest.mark.parametrize(("format", "layout"), WHOLE_WITHOUT_BLANKS)
@some
@given(wanted=reports, blanks=blanks, style=seeds)
def test_nothing_is_wrong_or_invented_where_places_cannot_be_told(read, format, layout, wanted, blanks, style):
    report = simulate.synthetic_report(**wanted, blanks=blanks)
    got = read(report, format, layout, style)
    assert cells(got).items() <= cells(report).items()
    assert facts(got) <= facts(report)


@few
@given(wanted=reports, blanks=blanks, style=seeds)
def test_a_ruled_pdf_is_read_whole(read, wanted, blanks, style):
    report = simulate.synthetic_report(**wanted, blanks=blanks)
    got = read(report, "pdf", "ruled", style)
    assert cells(got) == cells(report)
    assert facts(got) == facts(report)
    assert heading(got) == heading(report)


@pytest.mark.parametrize(("format", "layout"), WHOLE)
@some
@given(wanted=reports, counts=seeds, style=seeds)
def test_counts_which_do_not_add_up_are_read_as_printed(read, format, layout, wanted, counts, style):
    report = with_any_counts(simulate.synthetic_report(**wanted), counts)
    assert cells(read(report, format, layout, style)) == cells(report)


@pytest.mark.parametrize("encoding", simulate.ENCODINGS)
@pytest.mark.parametrize("format", ["html", "text"])
@few
@given(wanted=reports, style=seeds)
def test_every_encoding_is_read(read, format, encoding, wanted, style):
    report = simulate.synthetic_report(**wanted)
    got = read(report, format, "spans" if format == "html" else "bars", style, encoding)
    assert cells(got) == cells(report)
    assert heading(got) == heading(report)


@pytest.mark.parametrize("format", simulate.LAYOUTS)
def test_the_same_seed_gives_the_same_bytes(format):
    report = simulate.synthetic_report(3)
    assert simulate.write_document(report, format, rng=4) == simulate.write_document(report, format, rng=4)


def test_word_files_are_sound(tmp_path):
    docx = pytest.importorskip("docx")
    path = tmp_path / "report.docx"
    path.write_bytes(simulate.write_document(simulate.synthetic_report(3), "docx"))
    tables = docx.Document(str(path)).tables
    assert [len(table.rows) for table in tables] == [14, 28, 4]
    assert [len(table.columns) for table in tables] == [12, 10, 15]
    assert tables[1].cell(3, 0).text == tables[1].cell(3, 2).text == "一、本年新收政府信息公开申请数量"


def test_what_cannot_be_written_is_told():
    report = simulate.synthetic_report(3)
    with pytest.raises(UnknownKeyError, match="html"):
        simulate.write_document(report, "htm")
    with pytest.raises(UnknownKeyError, match="markdown"):
        simulate.write_document(report, "text", "markdwn")
    with pytest.raises(UnknownKeyError, match="gb18030"):
        simulate.write_document(report, encoding="gb18031")


def test_a_page_that_says_gb2312_holds_more_than_that(tmp_path):
    report = replace(
        simulate.synthetic_report(3),
        agency="虚构市堃县人民政府",
        title="虚构市堃县人民政府2021年政府信息公开工作年度报告",
        text=None,
    )
    path = tmp_path / "report.html"
    path.write_bytes(simulate.write_document(report, encoding="gb2312"))
    assert b'charset="gb2312"' in path.read_bytes()
    assert read_document(path).encoding == "gb18030"
    assert read_report(path).agency == report.agency
