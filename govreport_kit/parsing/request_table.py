"""The table of requests: 23 or 25 rows by seven kinds of applicant."""

from __future__ import annotations

from collections.abc import Sequence

from govreport_kit import codebook
from govreport_kit.documents import Grid, GridCell
from govreport_kit.parsing.cells import TableReading, span_of, table_cell
from govreport_kit.parsing.labels import distinct, find_key, has_words, is_continued_by, row_keys
from govreport_kit.report import Note

_FEWEST_ROWS = 5
_Row = tuple[GridCell | None, ...]
# 总计 and 其他 head a column, too.
_ALSO_HEADS = ("total_closed", "other.other")


def is_request_table(grid: Grid) -> bool:
    """Tell whether a grid holds at least five different rows of the request table."""
    seen: set[str] = set()
    for key in row_keys(grid, "requests"):
        if key:
            seen.add(key)
        if len(seen) == _FEWEST_ROWS:
            return True
    return False


def read_request_table(grid: Grid) -> TableReading:
    """Read the cells of a request table.

    Columns are known by their heads; where heads are missing or cut, by their order, if the table
    has exactly the seven columns of the form behind its labels. Rows are known by their labels.
    A row that is not part of the form is kept as a note.
    """
    reading = TableReading()
    keys = list(row_keys(grid, "requests"))
    first = next((number for number, key in enumerate(keys) if key and key not in _ALSO_HEADS), 0)
    columns = None if _is_ragged(grid) else _columns(grid, first)
    if columns is None:
        reading.notes.append(
            Note("unknown_column", "the columns of the request table could not be told", grid.start, grid.end)
        )
        return reading
    for row, key in _whole_rows(grid.rows[first:], keys[first:], list(columns.values())):
        if key is None:
            _keep_unknown(reading, row, [row[column] for column in columns.values()])
            continue
        for applicant, column in columns.items():
            printed = row[column]
            if printed is None:
                continue
            cell = table_cell("requests", key, applicant, printed)
            if cell.state != "unreadable" or find_key("requests", "row", printed.text) is None:
                reading.add(cell, printed)
    return reading


def _whole_rows(
    rows: Sequence[_Row], keys: Sequence[str | None], columns: Sequence[int]
) -> list[tuple[_Row, str | None]]:
    """Join the halves of rows whose label runs over two, as at the end of a page: one of them holds the figures."""
    if not any(_is_blank(row, columns) for row in rows):
        return list(zip(rows, keys, strict=True))
    whole: list[tuple[_Row, str | None]] = []
    for row, key in zip(rows, keys, strict=True):
        above, key_above = whole[-1] if whole else (row, None)
        halves = _is_blank(above, columns) != _is_blank(row, columns)
        if halves and is_continued_by(_inner_label(above), _inner_label(row)):
            whole[-1] = (row if _is_blank(above, columns) else above, key_above or key)
        else:
            whole.append((row, key))
    return whole


def _is_blank(row: _Row, columns: Sequence[int]) -> bool:
    return all(cell is None or not cell.text for cell in (row[column] for column in columns))


def _inner_label(row: _Row) -> str:
    return next((cell.text for cell in reversed(distinct(row)) if has_words(cell)), "")


def _is_ragged(grid: Grid) -> bool:
    """Tell whether rows lack cells: the others may stand in columns which are not theirs."""
    return any(cell is None for row in grid.rows for cell in row)


def _columns(grid: Grid, first: int) -> dict[str, int] | None:
    """Map each kind of applicant to its column in the grid."""
    applicants = [column.key for column in codebook.table_columns("requests")]
    found: dict[str, int] = {}
    for number in range(len(grid.rows[0])):
        key = _head_key(grid, first, number)
        if key and key not in found:
            found[key] = number
    if len(found) == len(applicants):
        return found if list(found) == applicants else None
    width = len(grid.rows[0])
    labels = max((_label_width(row) for row in grid.rows[first:]), default=0)
    by_order = {key: width - len(applicants) + place for place, key in enumerate(applicants)}
    agree = all(by_order[key] == column for key, column in found.items())
    return by_order if width - labels == len(applicants) and agree else None


def _head_key(grid: Grid, first: int, column: int) -> str | None:
    """Return the kind of applicant that the lowest head of a column names."""
    for row in reversed(grid.rows[:first]):
        cell = row[column]
        if cell is not None and cell.text:
            key = find_key("requests", "column", cell.text)
            if key:
                return key
    return None


def _label_width(row: _Row) -> int:
    width = 0
    for number, cell in enumerate(row):
        if cell is not None and has_words(cell):
            width = number + 1
    return width


def _keep_unknown(reading: TableReading, row: _Row, values: list[GridCell | None]) -> None:
    label = " ".join(cell.text for cell in distinct(row) if has_words(cell))
    figures = [cell.text for cell in values if cell is not None and cell.text]
    if label and figures:
        cells = distinct(row)
        message = f"row {label!r} is not part of the form; its figures: {', '.join(figures)}"
        reading.notes.append(Note("unknown_row", message, *span_of(*cells)))
