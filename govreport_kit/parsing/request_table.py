"""The table of requests: 23 or 25 rows by seven kinds of applicant."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from govreport_kit import codebook
from govreport_kit.documents import GridCell
from govreport_kit.parsing.cells import TableReading, span_of, table_cell
from govreport_kit.parsing.labels import find_key, has_words, is_continued_by
from govreport_kit.parsing.order import certainly_in_order
from govreport_kit.parsing.rows import Part, Row, row_keys
from govreport_kit.report import Note

_FEWEST_ROWS = 5
# 总计 and 其他 head a column, too.
_ALSO_HEADS = ("total_closed", "other.other")


def is_request_table(part: Part) -> bool:
    """Tell whether at least five different rows of the request table stand there."""
    return len(set(row_keys(part.rows, "requests")) - {None}) >= _FEWEST_ROWS


def read_request_table(part: Part) -> TableReading:
    """Read the cells of a request table.

    Columns are known by their heads; where heads are missing or cut, by their order, if the table
    has exactly the seven columns of the form behind its labels. Rows are known by their labels.
    A row that is not part of the form, or in a picture not in its order, is kept as a note.
    """
    reading = TableReading()
    keys = list(row_keys(part.rows, "requests"))
    if any(cell is not None and cell.confidence is not None for row in part.rows for cell in row.slots):
        keys = in_the_order_of_the_form(keys)
    first = next((number for number, key in enumerate(keys) if key and key not in _ALSO_HEADS), 0)
    columns = None if _is_ragged(part) else _columns(part.rows, first)
    if columns is None:
        reading.notes.append(
            Note("unknown_column", "the columns of the request table could not be told", part.start, part.end)
        )
        return reading
    heads = {texts for row in part.rows[:first] if any(texts := _texts(row, columns.values()))}
    body = [(row, key) for row, key in zip(part.rows, keys, strict=True) if _texts(row, columns.values()) not in heads]
    for row, key in _whole_rows(body, list(columns.values())):
        if key is None:
            _keep_unknown(reading, row, [row.slots[column] for column in columns.values()])
            continue
        for applicant, column in columns.items():
            printed = row.slots[column]
            if printed is None:
                continue
            cell = table_cell("requests", key, applicant, printed)
            if cell.state != "unreadable" or find_key("requests", "row", printed.text) is None:
                reading.add(cell, printed)
    return reading


def in_the_order_of_the_form(keys: Sequence[str | None]) -> list[str | None]:
    """Return keys of rows without those that may stand out of the form's order: their labels were misread."""
    rank = {row.key: number for number, row in enumerate(codebook.table_rows("requests"))}
    known = [(place, rank[key]) for place, key in enumerate(keys) if key is not None]
    kept = {known[index][0] for index in certainly_in_order([found for _, found in known], repeats=True)}
    return [key if place in kept else None for place, key in enumerate(keys)]


def _texts(row: Row, columns: Iterable[int]) -> tuple[str, ...]:
    """Return what stands in some columns of a row; the head's rows are printed again at the top of a page."""
    return tuple(cell.text if cell else "" for cell in (row.slots[column] for column in columns))


def _whole_rows(rows: Sequence[tuple[Row, str | None]], columns: Sequence[int]) -> list[tuple[Row, str | None]]:
    """Join the halves of rows whose label runs over two, as at the end of a page: one of them holds the figures."""
    if not any(_is_blank(row, columns) for row, _ in rows):
        return list(rows)
    whole: list[tuple[Row, str | None]] = []
    for row, key in rows:
        above, key_above = whole[-1] if whole else (row, None)
        halves = _is_blank(above, columns) != _is_blank(row, columns)
        if halves and is_continued_by(_inner_label(above), _inner_label(row)):
            whole[-1] = (row if _is_blank(above, columns) else above, key_above or key)
        else:
            whole.append((row, key))
    return whole


def _is_blank(row: Row, columns: Sequence[int]) -> bool:
    return all(cell is None or not cell.text for cell in (row.slots[column] for column in columns))


def _inner_label(row: Row) -> str:
    return row.labels[-1] if row.labels else ""


def _is_ragged(part: Part) -> bool:
    """Tell whether rows lack cells: the others may stand in columns which are not theirs."""
    return any(None in row.slots for row in part.rows)


def _columns(rows: Sequence[Row], first: int) -> dict[str, int] | None:
    """Map each kind of applicant to its column in the grid."""
    applicants = [column.key for column in codebook.table_columns("requests")]
    found: dict[str, int] = {}
    for number in range(len(rows[0].slots)):
        key = _head_key(rows[:first], number)
        if key and key not in found:
            found[key] = number
    if len(found) == len(applicants):
        return found if list(found) == applicants else None
    width = len(rows[0].slots)
    labels = max((_label_width(row) for row in rows[first:]), default=0)
    by_order = {key: width - len(applicants) + place for place, key in enumerate(applicants)}
    agree = all(by_order[key] == column for key, column in found.items())
    return by_order if width - labels == len(applicants) and agree else None


def _head_key(heads: Sequence[Row], column: int) -> str | None:
    """Return the kind of applicant that the lowest head of a column names."""
    for row in reversed(heads):
        cell = row.slots[column]
        if cell is not None and cell.text:
            key = find_key("requests", "column", cell.text)
            if key:
                return key
    return None


def _label_width(row: Row) -> int:
    width = 0
    for number, cell in enumerate(row.slots):
        if cell is not None and has_words(cell):
            width = number + 1
    return width


def _keep_unknown(reading: TableReading, row: Row, values: list[GridCell | None]) -> None:
    label = " ".join(row.labels)
    figures = [cell.text for cell in values if cell is not None and cell.text]
    if label and figures:
        message = f"row {label!r} is not part of the form; its figures: {', '.join(figures)}"
        reading.notes.append(Note("unknown_row", message, *span_of(*row.cells)))
