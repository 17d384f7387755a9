"""The statutory tables of a document: which grid is which, of which form, and its cells."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from govreport_kit import codebook
from govreport_kit.documents import Document, Grid
from govreport_kit.parsing.cells import TableReading
from govreport_kit.parsing.disclosure_table import is_disclosure_table, read_disclosure_table
from govreport_kit.parsing.labels import distinct
from govreport_kit.parsing.request_table import is_request_table, read_request_table
from govreport_kit.parsing.review_table import is_review_table, read_review_table
from govreport_kit.report import Cell, Note

_LONGEST_CELL = 80


@dataclass(frozen=True, slots=True)
class Tables:
    """The cells of all statutory tables, the form they show, notes, and where tables of any kind stand."""

    form: str | None
    cells: tuple[Cell, ...]
    notes: tuple[Note, ...]
    spans: tuple[tuple[int, int], ...]


def read_tables(document: Document) -> Tables:
    """Find and read the statutory tables of a document.

    Parameters
    ----------
    document : Document
        With its grids.

    Returns
    -------
    Tables
        `form` is read from the heads and labels of the tables, never from the year; None where no
        statutory table stands in the document.
    """
    kinds = [(grid, _kind(grid)) for grid in document.grids]
    statutory = [(grid, kind) for grid, kind in kinds if kind]
    form, form_notes = _form([grid for grid, _ in statutory])
    readings: dict[str, TableReading] = {}
    for grid, kind in statutory:
        reading = _read(grid, kind, form)
        merged = readings.setdefault(kind, TableReading())
        repeated = merged.cells.keys() & reading.cells.keys()
        if repeated:
            merged.notes.append(_repeated(merged, reading, kind, grid))
        merged.cells = {**reading.cells, **merged.cells}
        merged.notes.extend(reading.notes)
    cells = [cell for kind in codebook.tables for cell in _in_order(kind, readings.get(kind))]
    notes = [*form_notes, *(note for reading in readings.values() for note in reading.notes)]
    spans = tuple((grid.start, grid.end) for grid, kind in kinds if kind or _holds_data(grid))
    return Tables(form, tuple(cells), tuple(notes), spans)


def _holds_data(grid: Grid) -> bool:
    """Tell a table of short cells from one which only lays out the page around its text."""
    cells = [cell for row in grid.rows for cell in distinct(row)]
    return len(grid.rows[0]) > 1 and all(len(cell.text) <= _LONGEST_CELL for cell in cells)


def _kind(grid: Grid) -> str | None:
    if is_request_table(grid):
        return "requests"
    if is_review_table(grid):
        return "reviews"
    return "disclosure" if is_disclosure_table(grid) else None


def _read(grid: Grid, kind: str, form: str | None) -> TableReading:
    if kind == "requests":
        return read_request_table(grid)
    return read_review_table(grid) if kind == "reviews" else read_disclosure_table(grid, form)


def _repeated(merged: TableReading, reading: TableReading, kind: str, grid: Grid) -> Note:
    places = merged.cells.keys() & reading.cells.keys()
    differ = [place for place in places if merged.cells[place].value != reading.cells[place].value]
    told = f"; {len(differ)} cells differ and the first reading is kept" if differ else " with the same figures"
    code = "conflicting_figures" if differ else "repeated_table"
    return Note(code, f"the {kind} table stands twice{told}", grid.start, grid.end)


def _form(grids: Sequence[Grid]) -> tuple[str | None, list[Note]]:
    """Tell the form from the marks that the tables hold; note a mixture."""
    words = "\n".join(
        re.sub(r"\s", "", cell.text) for grid in grids for row in grid.rows for cell in distinct(row) if cell.text
    )
    hits = Counter(mark.form for mark in codebook.form_marks if mark.mark in words)
    if not hits:
        return ("f2021" if "其他处理" in words and "逾期" in words else None), []
    form, _ = hits.most_common(1)[0]
    if len(hits) > 1:
        told = ", ".join(f"{count} of {key}" for key, count in hits.most_common())
        return form, [Note("form_mixed", f"heads and labels of several forms stand in the tables: {told}")]
    return form, []


def _in_order(kind: str, reading: TableReading | None) -> list[Cell]:
    if reading is None:
        return []
    rows = {row.key: place for place, row in enumerate(codebook.table_rows(kind))}
    columns = {column.key: place for place, column in enumerate(codebook.table_columns(kind))}
    return sorted(reading.cells.values(), key=lambda cell: (rows[cell.row], columns[cell.column]))
