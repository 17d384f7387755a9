"""The tables of real published reports, read from their plain text, against figures read by hand."""

import json

import pytest

from govreport_kit.documents import read_document
from govreport_kit.parsing.tables import read_tables

CELLS = {"2019_shanghai-shi-bangongting": 198, "2023_hongze-qu": 186, "2024_shanghai-shi-kewei": 200}


def figures(tables):
    return {
        (table, row, column): value
        for table, rows in tables.items()
        for row, columns in rows.items()
        for column, value in columns.items()
        if not isinstance(value, str)
    }


@pytest.mark.parametrize("name", CELLS)
def test_every_labelled_cell_and_no_other(shared, tmp_path, name):
    label = json.loads((shared / "eval" / "dev" / f"{name}.json").read_text("utf-8"))
    (tmp_path / f"{name}.txt").write_text(label["text"], "utf-8")
    tables = read_tables(read_document(tmp_path / f"{name}.txt"))
    read = {(cell.table, cell.row, cell.column): cell.value for cell in tables.cells}
    assert {place: value for place, value in read.items() if value is not None} == figures(label["tables"])
    assert len(read) == CELLS[name]
    assert tables.form == ("f2019" if name.startswith("2019") else "f2021")


def test_published_totals_that_do_not_hold_are_kept_and_told(shared, tmp_path):
    label = json.loads((shared / "eval" / "dev" / "2023_hongze-qu.json").read_text("utf-8"))
    (tmp_path / "report.txt").write_text(label["text"], "utf-8")
    notes = read_tables(read_document(tmp_path / "report.txt")).notes
    (note,) = [note for note in notes if note.code == "identity_fails"]
    assert "reconsideration/total: 0 against 11" in note.message
