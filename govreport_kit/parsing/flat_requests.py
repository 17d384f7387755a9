"""The table of requests in flattened text: rows by their labels and order, columns by their order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from govreport_kit import codebook
from govreport_kit.parsing.cells import FlatReading, span_of, table_cell
from govreport_kit.parsing.groups import Group, printed_cell, since_the_text, single_words
from govreport_kit.parsing.labels import (
    find_key,
    innermost_key,
    is_continued_by,
    is_part_of_the_form,
    plain_words,
    torn_labels,
)
from govreport_kit.parsing.pieces import Piece
from govreport_kit.parsing.row_alignment import align_rows
from govreport_kit.parsing.row_windows import FlatRow, choose_windows, is_blank
from govreport_kit.parsing.short_rows import placed_by_sums
from govreport_kit.report import Note

_FEWEST_ROWS = 5
_COLUMNS = 7
_FEWEST_CELLS = 4
# Whole labels, and pieces of longer ones.
_SHORT_LABELS = ("other.other", "total_closed")
# Without the total and the others: where a head of two lines is flattened, the total comes second.
_HEADS_IN_ORDER = [
    column.key for column in codebook.table_columns("requests") if column.key not in ("other_organization", "total")
]


def read_flat_requests(groups: Sequence[Group]) -> list[FlatReading]:
    """Read every request table among the groups of a text.

    Parameters
    ----------
    groups : sequence of Group
        All groups of the text, in order.

    Returns
    -------
    list of FlatReading
        Cells of the rows which are certain; a note for each that is not.
    """
    return [_read(cluster) for cluster in _clusters(groups)]


def _clusters(groups: Sequence[Group]) -> Iterator[list[Group]]:
    """Yield runs of groups between headings or running text whose words name at least five rows of the table."""
    cluster: list[Group] = []
    seen: set[str] = set()
    for group in groups:
        words = since_the_text(group.before)
        keys = _keys(words)
        again = len(seen) >= _FEWEST_ROWS and "received_new" in keys
        if cluster and (again or len(words) < len(group.before)):
            if len(seen) >= _FEWEST_ROWS:
                yield cluster
            cluster, seen = [], set()
        if cluster or keys:
            cluster.append(group)
            seen.update(keys)
    if len(seen) >= _FEWEST_ROWS:
        yield cluster


def _keys(words: Sequence[Piece]) -> list[str]:
    """Return the rows that words name, each once; a label may run over two pieces."""
    found: dict[str, None] = {}
    for place, piece in enumerate(words):
        key = innermost_key("requests", piece.text.split())
        if key is None and place:
            key = find_key("requests", "row", words[place - 1].text + piece.text)
        if key:
            found[key] = None
    return list(found)


def _read(cluster: list[Group]) -> FlatReading:
    if any(group.has_a_line for group in cluster):
        # A single figure on its own line, between rows with a line each, is a page number.
        cluster = [group for group in cluster if group.has_a_line or len(group.cells) > 1]
    heads = since_the_text(cluster[0].before)
    reading = FlatReading(start=heads[0].start if heads else cluster[0].cells[0].start, end=cluster[-1].cells[-1].end)
    columns = _columns(heads)
    if columns is None:
        message = "the heads of the request table stand in another order than the form's"
        reading.notes.append(Note("unknown_column", message, reading.start, reading.end))
        return reading
    words = "".join(plain_words(piece.text) for group in cluster for piece in since_the_text(group.before))
    form = "f2021" if any(mark in words for mark in torn_labels()["three_other_rows"]) else "f2019"
    rows = [row.key for row in codebook.table_rows("requests", form)]
    found = _whole([row for group in cluster for row in _rows(group, form, reading)])
    aligned = align_rows(rows, [row.strong for row in found], [row.weak for row in found])
    windows = choose_windows(found, aligned, form)
    for key, window in zip(aligned, windows, strict=True):
        for column, piece in zip(columns, window or [], strict=False):
            if key:
                reading.add(table_cell("requests", key, column, printed_cell(piece)), printed_cell(piece))
    unplaced = [(row, key) for row, key, window in zip(found, aligned, windows, strict=True) if not (key and window)]
    short = {key: row.cells for row, key in unplaced if key and row.is_short}
    for place, piece in placed_by_sums(rows, reading.cells, short).items():
        reading.add(table_cell("requests", *place, printed_cell(piece)), printed_cell(piece))
    for row, key in unplaced:
        if key is None or any((key, column) not in reading.cells for column in columns):
            _tell_unplaced(reading, row, key)
    reading.end = max((row.cells[-1].end for row, key in zip(found, aligned, strict=True) if key), default=reading.end)
    return reading


def _columns(heads: Sequence[Piece]) -> list[str] | None:
    """Return the columns in the form's order, or None if the heads that are whole tell another one."""
    printed = [key for word in single_words(heads) if (key := find_key("requests", "column", word))]
    known = [key for key in dict.fromkeys(printed) if key in _HEADS_IN_ORDER]
    total_first = "total" in printed and "natural_person" in printed[printed.index("total") :]
    if total_first or known != sorted(known, key=_HEADS_IN_ORDER.index):
        return None
    return [column.key for column in codebook.table_columns("requests")]


def _rows(group: Group, form: str, reading: FlatReading) -> Iterator[FlatRow]:
    near, words = since_the_text(group.near), since_the_text(group.before)
    label = " ".join(piece.text for piece in near)
    strong = innermost_key("requests", single_words(near))
    if strong == "other.other" and _is_not_the_last_row(near[-1].text, form):
        strong = None
    if (group.is_blank and len(group.cells) < _COLUMNS) or (strong is None and len(group.cells) < _FEWEST_CELLS):
        return
    if group.is_blank and strong is None and near:
        return
    if strong is None and near and not is_part_of_the_form(label):
        figures = ", ".join(cell.text or "blank" for cell in group.cells)
        message = f"row {label!r} is not part of the form; its figures: {figures}"
        reading.notes.append(Note("unknown_row", message, *span_of(*near, *group.cells)))
        return
    width = group.width if group.has_a_line else 0
    several, rest = divmod(len(group.cells), _COLUMNS)
    if several > 1 and not rest and all(cell.kind == "value" for cell in group.cells):
        for place in range(0, len(group.cells), _COLUMNS):
            cells = group.cells[place : place + _COLUMNS]
            yield FlatRow(cells, label, None, None, group.first + place, width)
        return
    keys = _keys(words)
    weak = keys[0] if len(keys) == 1 and strong is None and keys[0] not in _SHORT_LABELS else None
    yield FlatRow(group.cells, label, strong, weak, group.first, width)


def _is_not_the_last_row(label: str, form: str) -> bool:
    """Tell a torn label of another row, or the label of the merged cell, from the label of the row 其他."""
    words = plain_words(label.split()[-1])
    return words.startswith("2") or (form == "f2021" and any(mark in words for mark in torn_labels()["other_group"]))


def _whole(found: Sequence[FlatRow]) -> list[FlatRow]:
    """Join the halves of rows whose label runs over two: the figures stand in one of them."""
    whole: list[FlatRow] = []
    for row in found:
        above = whole[-1] if whole else None
        if above and is_blank(above) != is_blank(row) and is_continued_by(above.label, row.label):
            figures = row if is_blank(above) else above
            strong = above.strong or row.strong
            whole[-1] = replace(figures, label=above.label + row.label, strong=strong, weak=None)
        else:
            whole.append(row)
    return whole


def _tell_unplaced(reading: FlatReading, row: FlatRow, key: str | None) -> None:
    if key is None:
        told = f"a row of figures ({row.label or 'without a label'}) could not be told from its neighbours"
    else:
        known = ", ".join(column for of, column in reading.cells if of == key)
        told = f"{key}: which column holds which figure could not be told" + (f" but for {known}" if known else "")
    figures = ", ".join(cell.text or "blank" for cell in row.cells)
    message = f"{told}; its figures: {figures}"
    reading.notes.append(Note("table_unclear", message, *span_of(*row.cells)))
