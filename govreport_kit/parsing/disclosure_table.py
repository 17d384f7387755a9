"""The table of proactive disclosure: blocks of rows, each block with heads of its own."""

from __future__ import annotations

from govreport_kit import codebook
from govreport_kit.documents import GridCell
from govreport_kit.parsing.cells import TableReading, span_of, table_cell
from govreport_kit.parsing.labels import find_key, has_words
from govreport_kit.parsing.rows import Part, Row
from govreport_kit.report import Note


def is_disclosure_table(part: Part) -> bool:
    """Tell whether a row of the disclosure table with a figure cell behind its label stands there."""
    return any(len(row.labels) < len(row.cells) and _item(row) for row in part.rows)


def read_disclosure_table(part: Part, form: str | None) -> TableReading:
    """Read the cells of a disclosure table, or of one of its blocks.

    Parameters
    ----------
    part : Part
        The rows of the table.
    form : str or None
        The form of the document, for a block whose heads are missing: its figures are then placed
        by their order, if the form's row has just as many.
    """
    reading = TableReading()
    heads: dict[int, str] = {}
    for row in part.rows:
        item = _item(row)
        named = _heads(row)
        if item is None and named:
            heads = named
        elif item is not None:
            _read_row(reading, row, item, heads, form)
        elif heads and not named:
            _keep_unknown(reading, row)
    return reading


def _item(row: Row) -> str | None:
    return find_key("disclosure", "row", row.first_label) if row.first_label else None


def _heads(row: Row) -> dict[int, str]:
    """Return the measures that a row of heads names, by the column in which each begins."""
    keys = {place: find_key("disclosure", "column", cell.text) for place, cell in _placed(row) if has_words(cell)}
    return {place: key for place, key in keys.items() if key}


def _placed(row: Row) -> list[tuple[int, GridCell]]:
    """Return the cells of a row, a merged cell once, with the column in which each begins."""
    return [
        (place, cell)
        for place, cell in enumerate(row.slots)
        if cell is not None and (place == 0 or cell is not row.slots[place - 1])
    ]


def _read_row(reading: TableReading, row: Row, item: str, heads: dict[int, str], form: str | None) -> None:
    label, *values = row.cells
    measured = _by_order(item, list(heads.values()), values, form) or _by_column(item, heads, row)
    if not measured:
        figures = ", ".join(repr(cell.text) for cell in values)
        message = f"{label.text!r} has {len(values)} figures ({figures}) below the heads {list(heads.values())}"
        reading.notes.append(Note("unknown_column", message, *span_of(label, *values)))
    for measure, cell in measured:
        reading.add(table_cell("disclosure", item, measure, cell), cell)


def _by_order(item: str, heads: list[str], values: list[GridCell], form: str | None) -> list[tuple[str, GridCell]]:
    """Give each measure its figure, by order: heads and figures are often spread over columns unlike each other."""
    expected = [column.key for column in codebook.table_columns("disclosure", form, item)] if form else []
    once = [list(dict.fromkeys(names)) for names in (heads, expected)]
    measures = next((names for names in once if len(names) == len(values) and set(names) <= _measures(item)), None)
    return list(zip(measures, values, strict=True)) if measures else []


def _by_column(item: str, heads: dict[int, str], row: Row) -> list[tuple[str, GridCell]]:
    """Give each measure the figure below its head, where blanks of merged cells stand between them and nothing else."""
    _, *cells = _placed(row)
    below = [(heads[place], cell) for place, cell in cells if place in heads]
    beside = [cell for place, cell in cells if place not in heads and cell.text]
    whole = (
        not beside and len(below) == len(heads) == len(set(heads.values())) and set(heads.values()) <= _measures(item)
    )
    return below if whole else []


def _measures(item: str) -> set[str]:
    return {column.key for column in codebook.table_columns("disclosure", row=item)}


def _keep_unknown(reading: TableReading, row: Row) -> None:
    figures = [cell.text for cell in row.cells[1:] if cell.text and not has_words(cell)]
    if row.first_label and figures:
        message = f"row {row.first_label!r} is not part of the form; its figures: {', '.join(figures)}"
        reading.notes.append(Note("unknown_row", message, *span_of(*row.cells)))
