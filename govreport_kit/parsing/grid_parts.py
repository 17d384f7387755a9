"""Grids to statutory tables: which grid holds which table; one which holds several is cut."""

from __future__ import annotations

from collections.abc import Iterator

from govreport_kit.documents import Grid, GridCell
from govreport_kit.parsing.disclosure_table import is_disclosure_table
from govreport_kit.parsing.labels import distinct, find_key, has_words, innermost_key
from govreport_kit.parsing.request_table import is_request_table
from govreport_kit.parsing.review_table import is_review_table


def table_kind(grid: Grid) -> str | None:
    """Return the key of the statutory table that a grid holds, or None."""
    if is_request_table(grid):
        return "requests"
    if is_review_table(grid):
        return "reviews"
    return "disclosure" if is_disclosure_table(grid) else None


def parts_of(grid: Grid) -> Iterator[Grid]:
    """Yield the tables which stand one below the other in a grid; most grids are one table.

    A part ends with the last row of its kind: heads belong to the rows below them.
    """
    kinds = [_kind_of_row(row) for row in grid.rows]
    first = 0
    for place, kind in enumerate(kinds):
        following = next((later for later in kinds[place + 1 :] if later), None)
        if kind and following and following != kind:
            yield _slice(grid, first, place + 1)
            first = place + 1
    last = max((place for place, kind in enumerate(kinds) if kind), default=-1)
    if first <= last < len(kinds) - 1 and is_review_table(_slice(grid, last + 1, len(kinds))):
        yield _slice(grid, first, last + 1)
        first = last + 1
    yield _slice(grid, first, len(kinds)) if first else grid


def _kind_of_row(row: tuple[GridCell | None, ...]) -> str | None:
    cells = list(distinct(row))
    words = [cell.text for cell in cells if has_words(cell)]
    if len(words) == len(cells):
        return None
    if words and find_key("disclosure", "row", words[0]):
        return "disclosure"
    return "requests" if innermost_key("requests", [word for text in words for word in text.split()]) else None


def _slice(grid: Grid, first: int, end: int) -> Grid:
    rows = grid.rows[first:end]
    cells = [cell for row in rows for cell in row if cell is not None]
    return Grid(rows, min(cell.start for cell in cells), max(cell.end for cell in cells)) if cells else Grid(rows, 0, 0)
