"""The rows of a grid as the statutory tables are read: slots, cells, labels."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from govreport_kit.documents import Grid, GridCell
from govreport_kit.parsing.labels import has_words, innermost_key

Slots = tuple[GridCell | None, ...]


class Row(NamedTuple):
    """A row: what covers its slots, its cells from left to right, a merged cell once, and the texts of its labels."""

    slots: Slots
    cells: tuple[GridCell, ...]
    labels: tuple[str, ...]

    @property
    def first_label(self) -> str | None:
        """The text of the first cell, if that is a label."""
        return self.labels[0] if self.labels and self.labels[0] == self.cells[0].text else None


@dataclass(frozen=True, slots=True)
class Part:
    """A grid, or rows of one which hold a single table, and their span in the document's text."""

    rows: Sequence[Row]
    start: int
    end: int

    def between(self, first: int, end: int) -> Part:
        """Return the rows from `first` to `end`, exclusive."""
        rows = self.rows[first:end]
        cells = [cell for row in rows for cell in row.cells]
        return (
            Part(rows, min(cell.start for cell in cells), max(cell.end for cell in cells))
            if cells
            else Part(rows, 0, 0)
        )


def whole(grid: Grid) -> Part:
    """Return all rows of a grid."""
    return Part(list(map(_row, grid.rows)), grid.start, grid.end)


def _row(slots: Slots) -> Row:
    cells = tuple(
        [cell for cell, left in zip(slots, (None, *slots), strict=False) if cell is not None and cell is not left]
    )
    return Row(slots, cells, tuple([cell.text for cell in cells if has_words(cell)]))


def row_keys(rows: Sequence[Row], table: str) -> Iterator[str | None]:
    """Yield, for each row, the key of the innermost label that belongs to a table."""
    for row in rows:
        yield _row_key(table, row.labels)


@lru_cache(maxsize=8192)
def _row_key(table: str, labels: tuple[str, ...]) -> str | None:
    keys = (innermost_key(table, label.split()) for label in reversed(labels))
    return next((key for key in keys if key), None)
