"""Which cells of a row in flattened text are its seven figures: the others are blanks of merged labels."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from govreport_kit import codebook
from govreport_kit.parsing.numerals import read_cell
from govreport_kit.parsing.pieces import Piece

_COLUMNS = 7
_FEWEST_ANCHORS = 3
_NO_PLACE = -1


@dataclass(slots=True)
class FlatRow:
    """A row of the request table in flattened text.

    Attributes
    ----------
    cells : list of Piece
        Its figures and blanks.
    label : str
        The words by it.
    strong, weak : str or None
        The row that its own label names, and the row that words somewhere before it name.
    first : int
        The place of the first cell among all pieces of the text.
    width : int
        The number of pieces on its line; 0 if each cell has its own.
    """

    cells: list[Piece]
    label: str
    strong: str | None
    weak: str | None
    first: int
    width: int

    @property
    def is_loose(self) -> bool:
        """Whether its figures have a line each: a page number may stand among them, and a blank leaves no trace."""
        return self.width == 0 and _is_full(self.cells)

    @property
    def is_short(self) -> bool:
        """Whether figures stand alone and are too few: their blanks left no trace."""
        return 0 < len(self.cells) < _COLUMNS and _is_full(self.cells)


def is_blank(row: FlatRow) -> bool:
    """Tell whether no cell of a row holds a figure."""
    return all(cell.kind == "blank" for cell in row.cells)


def choose_windows(found: Sequence[FlatRow], aligned: Sequence[str | None], form: str) -> list[list[Piece] | None]:
    """Choose the seven cells of each row.

    Parameters
    ----------
    found : sequence of FlatRow
        The rows in the order of the text; one of eight loose figures which is a page number is dropped.
    aligned : sequence of (str or None)
        The key of each.
    form : str
        The form whose rows they are.

    Returns
    -------
    list of (list of Piece or None)
        Seven cells, or None where they cannot be told. Rows with a figure in every column tell where
        the figures of the others begin: at the same distance before the end of lines of one width,
        at equal steps from row to row, or behind as many blanks as a label of that depth leaves.
    """
    blanks_vanished = any(row.is_loose and len(row.cells) < _COLUMNS for row in found)
    for row in found:
        if row.is_loose and not blanks_vanished:
            row.cells = _without_page_number(row.cells)
    options = [_options(row, blanks_vanished) for row in found]
    full = [len(starts) == 1 and _is_full(_window(row, starts[0])) for row, starts in zip(found, options, strict=True)]
    known = _known_starts(found, aligned, options, full, form)
    windows: list[list[Piece] | None] = []
    for row, starts, is_full, start in zip(found, options, full, known, strict=True):
        if is_full or is_blank(row):
            starts = starts[:1]
        elif start is not None:
            starts = [start] if start in starts else []
        windows.append(_window(row, starts[0]) if len(starts) == 1 else None)
    return windows


def _window(row: FlatRow, start: int) -> list[Piece]:
    return row.cells[start : start + _COLUMNS]


def _known_starts(
    found: Sequence[FlatRow],
    aligned: Sequence[str | None],
    options: Sequence[Sequence[int]],
    full: Sequence[bool],
    form: str,
) -> list[int | None]:
    """Tell where the figures of each row begin, as far as the full rows show it."""
    anchors = [
        (row, key, starts[0])
        for row, key, starts, is_full in zip(found, aligned, options, full, strict=True)
        if is_full and key
    ]
    if anchors and _is_rectangle(found) and all(start == len(row.cells) - _COLUMNS for row, _, start in anchors):
        return [len(row.cells) - _COLUMNS for row in found]
    places = {entry.key: place for place, entry in enumerate(codebook.table_rows("requests", form))}
    steps = [(places[key], row.first + start) for row, key, start in anchors]
    usual: dict[int, set[int]] = defaultdict(set)
    for _, key, start in anchors:
        usual[_depth(key, form)].add(start)
    known: list[int | None] = []
    for row, of_row in zip(found, aligned, strict=True):
        at = _at_equal_steps(steps, places[of_row]) if of_row else None
        after_label = usual[_depth(of_row, form)] if of_row else set()
        known.append(at - row.first if at is not None else _only(after_label))
    return known


def _only(starts: set[int]) -> int | None:
    """Return what all full rows show, None where none shows anything, and no place at all where they differ."""
    return min(starts) if len(starts) == 1 else None if not starts else _NO_PLACE


def _is_rectangle(found: Sequence[FlatRow]) -> bool:
    """Tell whether each row has a line of its own and all lines have the same number of pieces."""
    lines = {row.cells[0].line for row in found}
    return len(lines) == len(found) and len({row.width for row in found}) == 1 and found[0].width > 0


def _at_equal_steps(steps: Sequence[tuple[int, int]], place: int) -> int | None:
    """Return where a row between full rows begins, if these follow each other at one distance a row."""
    distances = {(later - at) / (below - above) for (above, at), (below, later) in pairwise(steps)}
    if len(steps) < _FEWEST_ANCHORS or len(distances) != 1 or not steps[0][0] < place < steps[-1][0]:
        return None
    start = steps[0][1] + distances.pop() * (place - steps[0][0])
    return int(start) if start == int(start) else None


def _is_full(cells: Sequence[Piece]) -> bool:
    return all(cell.kind == "value" for cell in cells)


def _without_page_number(cells: list[Piece]) -> list[Piece]:
    """Leave out the one of eight figures without which the others add up, if there is one such choice."""
    if len(cells) != _COLUMNS + 1:
        return cells
    rests = [cells[:place] + cells[place + 1 :] for place in range(len(cells))]
    adding_up = {tuple(cell.text for cell in rest): rest for rest in rests if _adds_up(rest)}
    return next(iter(adding_up.values())) if len(adding_up) == 1 else cells


def _options(row: FlatRow, blanks_vanished: bool) -> list[int]:
    """Return where the seven cells of a row can start so that no figure is left over.

    Where blanks vanished, seven figures need not be the seven of a row: they have to add up.
    """
    values = [place for place, cell in enumerate(row.cells) if cell.kind == "value"]
    starts = list(range(len(row.cells) - _COLUMNS + 1))
    if not values:
        return starts
    if blanks_vanished and row.is_loose and not _adds_up(row.cells):
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
