"""The table of proactive disclosure: blocks of rows, each block with heads of its own."""

from __future__ import annotations

from govreport_kit import codebook
from govreport_kit.documents import Grid, GridCell
from govreport_kit.parsing.cells import TableReading, span_of, table_cell
from govreport_kit.parsing.labels import distinct, find_key, has_words
from govreport_kit.report import Note


def is_disclosure_table(grid: Grid) -> bool:
    """Tell whether a grid holds a row of the disclosure table with a figure cell behind its label."""
    return any(_item(row) and any(not has_words(cell) for cell in distinct(row)) for row in grid.rows)


def read_disclosure_table(grid: Grid, form: str | None) -> TableReading:
    """Read the cells of a disclosure table, or of one of its blocks.

    Parameters
    ----------
    grid : Grid
        The table.
    form : str or None
        The form of the document, for a block whose heads are missing: its figures are then placed
        by their order, if the form's row has just as many.
    """
    reading = TableReading()
    heads: list[str] = []
    for row in grid.rows:
        item = _item(row)
        named = _heads(row)
        if item is None and named:
            heads = named
        elif item is not None:
            _read_row(reading, row, item, heads, form)
        elif heads and not named:
            _keep_unknown(reading, row)
    return reading


def _item(row: tuple[GridCell | None, ...]) -> str | None:
    first = next(iter(distinct(row)), None)
    return find_key("disclosure", "row", first.text) if first is not None and has_words(first) else None


def _heads(row: tuple[GridCell | None, ...]) -> list[str]:
    """Return the measures that a row of heads names, in their order."""
    keys = [find_key("disclosure", "column", cell.text) for cell in distinct(row) if has_words(cell)]
    return [key for key in keys if key]


def _read_row(
    reading: TableReading, row: tuple[GridCell | None, ...], item: str, heads: list[str], form: str | None
) -> None:
    """Give each measure its figure, by order: heads and figures are often spread over columns unlike each other."""
    label, *values = distinct(row)
    known = [column.key for column in codebook.table_columns("disclosure", row=item)]
    expected = [column.key for column in codebook.table_columns("disclosure", form, item)] if form else []
    once = [list(dict.fromkeys(names)) for names in (heads, expected)]
    measures = next((names for names in once if len(names) == len(values) and set(names) <= set(known)), None)
    if measures is None:
        figures = ", ".join(repr(cell.text) for cell in values)
        message = f"{label.text!r} has {len(values)} figures ({figures}) below the heads {heads}"
        reading.notes.append(Note("unknown_column", message, *span_of(label, *values)))
        return
    for measure, cell in zip(measures, values, strict=True):
        reading.add(table_cell("disclosure", item, measure, cell), cell)


def _keep_unknown(reading: TableReading, row: tuple[GridCell | None, ...]) -> None:
    cells = distinct(row)
    figures = [cell.text for cell in cells[1:] if cell.text and not has_words(cell)]
    if cells and has_words(cells[0]) and figures:
        message = f"row {cells[0].text!r} is not part of the form; its figures: {', '.join(figures)}"
        reading.notes.append(Note("unknown_row", message, *span_of(*cells)))
