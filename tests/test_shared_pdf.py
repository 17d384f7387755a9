"""A real published report as a PDF with hand-made labels, where it is at hand."""

import json

from govreport_kit import read_report
from govreport_kit.documents import read_document

NAME = "2023_hongze-qu"


def test_every_cell_of_a_report_whose_tables_break_over_pages(shared):
    file = shared / "eval" / "dev" / f"{NAME}.pdf"
    label = json.loads(file.with_suffix(".json").read_text("utf-8"))
    report = read_report(file)
    expected = {
        (table, row, column): value
        for table, rows in label["tables"].items()
        for row, columns in rows.items()
        for column, value in columns.items()
        if not isinstance(value, str)
    }
    table = {(c.table, c.row, c.column): c.value for c in report.cells if c.source == "table" and c.value is not None}
    assert table == expected
    assert (report.agency, report.year) == (label["agency"], label["year"])
    assert {(fact.indicator, fact.value) for fact in report.facts} == {
        (fact["indicator"], fact["value"]) for fact in label["facts"]
    }


def test_its_tables_are_whole_and_its_cells_know_their_pages(shared):
    document = read_document(shared / "eval" / "dev" / f"{NAME}.pdf")
    assert [(len(grid.rows), len(grid.rows[0])) for grid in document.grids] == [(14, 4), (26, 10), (4, 15)]
    assert [sorted({cell.page for row in grid.rows for cell in row if cell}) for grid in document.grids] == [
        [2, 3],
        [3, 4],
        [4],
    ]
