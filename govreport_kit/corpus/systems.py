"""The identities of statutory tables as a system of equations over their cells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from govreport_kit.parsing.identities import Identity, identities

Floats: TypeAlias = NDArray[np.float64]
Place: TypeAlias = tuple[str, str, str]


@dataclass(frozen=True, eq=False)
class System:
    """The identities of some tables.

    Attributes
    ----------
    places : tuple of (table, row, column)
        The cells: along the second axis of `matrix`.
    identities : tuple of Identity
        Along the first axis of `matrix`.
    matrix : numpy.ndarray
        1 where a cell stands on the left of an identity, -1 on the right, 0 elsewhere: an identity
        holds where ``matrix @ cells == 0``.
    """

    places: tuple[Place, ...]
    identities: tuple[Identity, ...]
    matrix: Floats

    def coefficients(self, cells: Sequence[tuple[Place, float]]) -> Floats:
        """Return the vector of a sum of cells, each with its sign."""
        vector = np.zeros(len(self.places))
        for place, sign in cells:
            vector[self.places.index(place)] += sign
        return vector

    def residuals(self, values: Floats) -> Floats:
        """Return left minus right of every identity, by report; NaN where a cell holds no number."""
        missing = np.isnan(values)
        residuals = np.where(missing, 0.0, values) @ self.matrix.T
        residuals[(missing.astype(np.float64) @ np.abs(self.matrix).T) > 0] = np.nan
        return residuals


@cache
def system_of(places: tuple[Place, ...]) -> System:
    """Return the identities of the tables which have these cells."""
    number = {place: at for at, place in enumerate(places)}
    found, lines = [], []
    for table in dict.fromkeys(table for table, _, _ in places):
        for identity in identities(table, list(dict.fromkeys(row for owner, row, _ in places if owner == table))):
            line = np.zeros(len(places))
            line[[number[table, *cell] for cell in identity.left]] = 1
            line[[number[table, *cell] for cell in identity.right]] = -1
            found.append(identity)
            lines.append(line)
    return System(places, tuple(found), np.array(lines).reshape(len(lines), len(places)))
