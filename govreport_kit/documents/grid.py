"""Merged cells to a grid: every slot knows the cell that covers it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from govreport_kit.documents.document import Grid, GridCell
from govreport_kit.documents.limits import watch

# The widest statutory table has 15 figures a row; a file may claim anything.
LARGEST_SPAN = 200


@dataclass(slots=True)
class LooseCell:
    """A cell as written in the file, before its place in the grid is known."""

    text: str
    start: int
    end: int
    rowspan: int = 1
    colspan: int = 1


def build_grid(rows: Sequence[Iterable[LooseCell]], start: int, end: int) -> Grid | None:
    """Lay out rows of cells as a browser does.

    Parameters
    ----------
    rows : sequence of iterables of LooseCell
        The cells of each row in the order of the file; a rowspan of 0 reaches to the last row.
    start, end : int
        Span of the table in the document's text.

    Returns
    -------
    Grid or None
        None where the table holds no cell or claims more slots than the limits leave.
    """
    slots: list[dict[int, GridCell]] = [{} for _ in rows]
    most = watch().slots
    width = taken = 0
    for number, row in enumerate(rows):
        column = 0
        line = slots[number]
        for loose in row:
            while column in line:
                column += 1
            rowspan, colspan = loose.rowspan, loose.colspan
            if rowspan == colspan == 1:
                line[column] = GridCell(number, column, 1, 1, loose.text, loose.start, loose.end)
                column += 1
                taken += 1
                continue
            colspan = max(1, min(colspan, LARGEST_SPAN))
            left = len(rows) - number
            rowspan = left if rowspan == 0 else max(1, min(rowspan, left))
            taken += rowspan * colspan
            if taken > most:
                return None
            cell = GridCell(number, column, rowspan, colspan, loose.text, loose.start, loose.end)
            for below in range(number, number + rowspan):
                for right in range(column, column + colspan):
                    slots[below].setdefault(right, cell)
            column += colspan
        width = max(width, column)
    if not width or not watch().take_slots(width * len(rows)):
        return None
    return Grid(tuple(tuple(map(slot.get, range(width))) for slot in slots), start, end)
