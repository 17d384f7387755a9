"""The identities of a table as a system of equations over its cells."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from govreport_kit import codebook
from govreport_kit.corpus.arrays import NO_CELL, TableArray
from govreport_kit.parsing.identities import Identity, Place, identities

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class System:
    """The identities of a table in one form.

    Attributes
    ----------
    identities : tuple of Identity
        Along the first axis of `signs`.
    cells : tuple of (row, column)
        Along the second axis of `signs`: all cells of the table, row by row.
    signs : array of float64
        1 where a cell stands on the left of an identity, -1 on the right, 0 elsewhere.
    """

    table: str
    identities: tuple[Identity, ...]
    cells: tuple[Place, ...]
    signs: Floats

    def residuals(self, values: Floats) -> Floats:
        """Return left minus right of every identity, by report; NaN where a cell holds no number."""
        missing = np.isnan(values)
        residuals = np.where(missing, 0.0, values) @ self.signs.T
        residuals[(missing.astype(np.float64) @ np.abs(self.signs).T) > 0] = np.nan
        return residuals


@cache
def system_of(table: str, rows: tuple[str, ...]) -> System:
    """Return the identities of a table which has some of its rows; the cells are those of all rows."""
    found = tuple(identities(table, rows))
    columns = [column.key for column in codebook.table_columns(table)]
    cells = tuple((row.key, column) for row in codebook.table_rows(table) for column in columns)
    places = {cell: place for place, cell in enumerate(cells)}
    signs = np.zeros((len(found), len(cells)))
    for number, identity in enumerate(found):
        signs[number, [places[cell] for cell in identity.left]] = 1
        signs[number, [places[cell] for cell in identity.right]] = -1
    return System(table, found, cells, signs)


def systems_of(array: TableArray, table: str) -> list[tuple[System, NDArray[np.intp]]]:
    """Group reports by the rows that their table has: each system with the places of its reports."""
    has_row = (array.state != NO_CELL).any(axis=2)
    patterns, which = np.unique(has_row, axis=0, return_inverse=True)
    return [
        (
            system_of(table, tuple(row for row, there in zip(array.rows, pattern, strict=True) if there)),
            np.flatnonzero(which.ravel() == number),
        )
        for number, pattern in enumerate(patterns)
        if pattern.any()
    ]
