"""The table of requests in flattened text: rows by their labels and order, columns by their order."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from govreport_kit import codebook
from govreport_kit.parsing.cells import FlatReading, span_of, table_cell
from govreport_kit.parsing.groups import Group, printed_cell, since_the_text, single_words
from govreport_kit.parsing.labels import find_key, innermost_key, is_continued_by, is_part_of_the_form, plain_words
from govreport_kit.parsing.numerals import read_cell
from govreport_kit.parsing.pieces import Piece
from govreport_kit.parsing.row_alignment import align_rows
from govreport_kit.report import Note

_FEWEST_ROWS = 5
_COLUMNS = 7
_FEWEST_CELLS = 4
_MARKS_OF_THREE_OTHER_ROWS = ("逾期不", "逾期未", "收费通知", "缴纳费用")
# Whole labels, and pieces of longer ones.
_SHORT_LABELS = ("other.other", "total_closed")
_OTHER_GROUP = ("(六)", "六、", "其他处理")
# Without the total and the others: where a head of two lines is flattened, the total comes second.
_HEADS_IN_ORDER = ("natural_person", "enterprise", "research_institute", "social_organization", "legal_service")


@dataclass(slots=True)
class _Row:
    """Cells of a row, what their own label and the words before them say, and whether each has its own line."""

    cells: list[Piece]
    label: str
    strong: str | None
    weak: str | None
    is_scattered: bool


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
    form = "f2021" if any(mark in words for mark in _MARKS_OF_THREE_OTHER_ROWS) else "f2019"
    rows = [row.key for row in codebook.table_rows("requests", form)]
    found = _whole([row for group in cluster for row in _rows(group, form, reading)])
    aligned = align_rows(rows, [row.strong for row in found], [row.weak for row in found])
    windows = _windows(found, aligned, form)
    for row, key, window in zip(found, aligned, windows, strict=True):
        if key is None or window is None:
            _tell_unplaced(reading, row, key)
            continue
        for column, piece in zip(columns, window, strict=True):
            reading.add(table_cell("requests", key, column, printed_cell(piece)), printed_cell(piece))
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


def _rows(group: Group, form: str, reading: FlatReading) -> Iterator[_Row]:
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
    several, rest = divmod(len(group.cells), _COLUMNS)
    if several > 1 and not rest and all(cell.kind == "value" for cell in group.cells):
        for place in range(0, len(group.cells), _COLUMNS):
            yield _Row(group.cells[place : place + _COLUMNS], label, None, None, not group.has_a_line)
        return
    keys = _keys(words)
    weak = keys[0] if len(keys) == 1 and strong is None and keys[0] not in _SHORT_LABELS else None
    yield _Row(group.cells, label, strong, weak, not group.has_a_line)


def _is_not_the_last_row(label: str, form: str) -> bool:
    """Tell a torn label of another row, or the label of the merged cell, from the label of the row 其他."""
    words = plain_words(label.split()[-1])
    return words.startswith("2") or (form == "f2021" and any(mark in words for mark in _OTHER_GROUP))


def _whole(found: Sequence[_Row]) -> list[_Row]:
    """Join the halves of rows whose label runs over two: the figures stand in one of them."""
    whole: list[_Row] = []
    for row in found:
        above = whole[-1] if whole else None
        if above and _is_blank(above) != _is_blank(row) and is_continued_by(above.label, row.label):
            cells = row.cells if _is_blank(above) else above.cells
            whole[-1] = _Row(cells, above.label + row.label, above.strong or row.strong, None, row.is_scattered)
        else:
            whole.append(row)
    return whole


def _is_blank(row: _Row) -> bool:
    return all(cell.kind == "blank" for cell in row.cells)


def _windows(found: Sequence[_Row], aligned: Sequence[str | None], form: str) -> list[list[Piece] | None]:
    """Choose the seven cells of each row: what stands around them are blanks of merged labels.

    Rows with a figure in every column tell how many such blanks follow a label; a row with blank
    cells has to agree with them.
    """
    blanks_vanished = any(_is_loose(row) and len(row.cells) < _COLUMNS for row in found)
    for row in found:
        if _is_loose(row) and not blanks_vanished:
            row.cells = _without_page_number(row.cells)
    options = [_options(row, blanks_vanished) for row in found]
    usual: dict[int, set[int]] = defaultdict(set)
    for row, key, starts in zip(found, aligned, options, strict=True):
        if key and len(starts) == 1 and _is_full(row.cells[starts[0] : starts[0] + _COLUMNS]):
            usual[_depth(key, form)].add(starts[0])
    windows: list[list[Piece] | None] = []
    for row, key, starts in zip(found, aligned, options, strict=True):
        known = usual[_depth(key, form)] if key else set()
        if not any(cell.kind == "value" for cell in row.cells):
            starts = starts[:1]
        elif len(starts) > 1 or (starts and known and not _is_full(row.cells[starts[0] : starts[0] + _COLUMNS])):
            starts = [start for start in starts if known == {start}]
        windows.append(row.cells[starts[0] : starts[0] + _COLUMNS] if len(starts) == 1 else None)
    return windows


def _is_full(cells: Sequence[Piece]) -> bool:
    return all(cell.kind == "value" for cell in cells)


def _is_loose(row: _Row) -> bool:
    """Tell a row of figures with a line each: a page number may stand among them, and a blank leaves no trace."""
    return row.is_scattered and _is_full(row.cells)


def _without_page_number(cells: list[Piece]) -> list[Piece]:
    """Leave out the one of eight figures without which the others add up, if there is one such choice."""
    if len(cells) != _COLUMNS + 1:
        return cells
    rests = [cells[:place] + cells[place + 1 :] for place in range(len(cells))]
    adding_up = {tuple(cell.text for cell in rest): rest for rest in rests if _adds_up(rest)}
    return next(iter(adding_up.values())) if len(adding_up) == 1 else cells


def _options(row: _Row, blanks_vanished: bool) -> list[int]:
    """Return where the seven cells of a row can start so that no figure is left over.

    Where blanks vanished, seven figures need not be the seven of a row: they have to add up.
    """
    values = [place for place, cell in enumerate(row.cells) if cell.kind == "value"]
    starts = list(range(len(row.cells) - _COLUMNS + 1))
    if not values:
        return starts
    if blanks_vanished and _is_loose(row) and not _adds_up(row.cells):
        return []
    return [start for start in starts if start <= values[0] and values[-1] < start + _COLUMNS]


def _adds_up(cells: Sequence[Piece]) -> bool:
    *parts, total = [read_cell(cell.text).value for cell in cells]
    return total is not None and sum(part or 0 for part in parts) == total


def _depth(key: str, form: str) -> int:
    """Return how many labels of merged cells stand before a row's own label."""
    if key in ("received_new", "carried_over", "carried_forward"):
        return 0
    if key in ("granted", "partially_granted", "total_closed") or (key == "other.other" and form == "f2019"):
        return 1
    return 2


def _tell_unplaced(reading: FlatReading, row: _Row, key: str | None) -> None:
    if key is None:
        told = f"a row of figures ({row.label or 'without a label'}) could not be told from its neighbours"
    else:
        told = f"{key}: which column holds which figure could not be told"
    figures = ", ".join(cell.text or "blank" for cell in row.cells)
    message = f"{told}; its figures: {figures}"
    reading.notes.append(Note("table_unclear", message, *span_of(*row.cells)))
