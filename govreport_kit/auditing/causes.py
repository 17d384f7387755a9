"""From identities that fail to the one thing that would explain them: a cell, a row, a shifted column.

A wrong cell breaks the identities of its row and of its column by the same amount; a wrong row of
totals breaks every column and leaves its own sum intact. The fewest causes that explain all failures
are told, each with what follows from it. Where nothing single explains two failures, each stands alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from govreport_kit.corpus.systems import Floats, System

FEWEST_ROWS = 3
Indices = NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Cause:
    """What explains some failing identities of a report.

    Attributes
    ----------
    kind : str
        ``cell``, ``row``, ``totals_column``, ``shifted_rows`` or ``identity`` (nothing single explains it).
    where : str
        The cell, row or column in question, below the table.
    observed, expected : float or None
        The value that stands there and the one that all sums want.
    failing : tuple of int
        The identities which it explains.
    """

    kind: str
    where: str
    observed: float | None
    expected: float | None
    failing: tuple[int, ...]


def causes(system: System, values: Floats) -> list[Cause]:
    """Explain the failing identities of one report.

    Parameters
    ----------
    system : System
        The identities of its table.
    values : array of float64
        Its cells, in the order of ``system.places``; NaN where no number stands.

    Returns
    -------
    list of Cause
        Each failing identity is explained once.
    """
    residuals = system.residuals(values[None])[0]
    failing = np.flatnonzero(~np.isnan(residuals) & (residuals != 0))
    if not len(failing):
        return []
    whole = _totals_in_another_column(system, values, failing) or _shifted_rows(system, values, failing)
    if whole:
        return [whole]
    found: list[Cause] = []
    while len(failing):
        cause = _wrong_cell(system, values, residuals) or _wrong_row(system, residuals)
        if cause is None:
            break
        found.append(cause)
        residuals[list(cause.failing)] = 0
        failing = np.flatnonzero(~np.isnan(residuals) & (residuals != 0))
    return found + list(_unexplained(system, residuals, failing, values))


def _wrong_cell(system: System, values: Floats, residuals: Floats) -> Cause | None:
    """Return the cell that alone explains the most failures: each identity it stands in fails by the same amount."""
    judged = ~np.isnan(residuals)
    signs = system.matrix[judged]
    errors = signs * residuals[judged][:, None]  # the error of the cell that each of its identities wants
    stands = signs != 0
    high = np.where(stands, errors, -np.inf).max(axis=0)
    low = np.where(stands, errors, np.inf).min(axis=0)
    count = stands.sum(axis=0)
    explains = (count >= 2) & (high == low) & (high != 0) & ~np.isnan(values)
    with np.errstate(invalid="ignore"):
        explains &= values - high >= 0
    if not explains.any():
        return None
    most = count[explains].max()
    best = np.flatnonzero(explains & (count == most))
    alone = [cell for cell in best if (stands[:, best] == stands[:, [cell]]).all(axis=0).sum() == 1]
    if not alone:
        return None  # cells which stand in the same sums cannot be told apart
    cell = alone[0]
    _, row, column = system.places[cell]
    failing = np.flatnonzero(judged)[stands[:, cell]]
    return Cause(
        "cell", f"{row}/{column}", float(values[cell]), float(values[cell] - high[cell]), tuple(failing.tolist())
    )


def _wrong_row(system: System, residuals: Floats) -> Cause | None:
    """Return the row whose own sum holds while the sums of several columns fail through it, if only one row can."""
    failing = ~np.isnan(residuals) & (residuals != 0)
    kinds = np.array([identity.kind for identity in system.identities])
    candidates = []
    for row in dict.fromkeys(row for _, row, _ in system.places):
        cells = [number for number, place in enumerate(system.places) if place[1] == row]
        touched = (system.matrix[:, cells] != 0).any(axis=1) & ~np.isnan(residuals)
        by_column = touched & (kinds != "row_total")
        explained = np.flatnonzero(by_column & failing)
        own_sum_fails = (touched & ~by_column & failing).any()
        if (
            len(explained) >= 2
            and not own_sum_fails
            and _agree(system.matrix[by_column][:, cells], residuals[by_column])
        ):
            candidates.append((row, tuple(explained.tolist())))
    most = max((len(explained) for _, explained in candidates), default=0)
    best = [(row, explained) for row, explained in candidates if len(explained) == most]
    return Cause("row", best[0][0], None, None, best[0][1]) if len(best) == 1 else None


def _agree(signs: Floats, residuals: Floats) -> bool:
    """Tell whether the identities of each cell want the same error of it."""
    return all(len(set((sign * residuals)[sign != 0].tolist())) <= 1 for sign in signs.T)


def _totals_in_another_column(system: System, values: Floats, failing: Indices) -> Cause | None:
    """Return the column that holds the totals in the place of the column for them, if many rows say so."""
    row_totals = [number for number in failing if system.identities[number].kind == "row_total"]
    if len(row_totals) < FEWEST_ROWS:
        return None
    columns = list(dict.fromkeys(column for _, _, column in system.places))
    table = values.reshape(-1, len(columns))
    table = table[~np.isnan(table).any(axis=1)]
    sums = table.sum(axis=1)
    for place, column in enumerate(columns[:-1]):
        if (2 * table[:, place] == sums).all():
            explained = tuple(int(number) for number in failing)
            return Cause("totals_column", column, None, None, explained)
    return None


def _shifted_rows(system: System, values: Floats, failing: Indices) -> Cause | None:
    """Return the row from which on all rows stand one row too low or too high, if a shift mends every sum."""
    by_column = [number for number in failing if system.identities[number].kind != "row_total"]
    if len(by_column) < FEWEST_ROWS:
        return None
    columns = len(dict.fromkeys(column for _, _, column in system.places))
    table = values.reshape(-1, columns)
    present = np.flatnonzero(~np.isnan(table).all(axis=1))
    for first in range(len(present) - 1):
        for step in (1, -1):
            shifted = table.copy()
            shifted[present[first:]] = np.roll(table[present[first:]], -step, axis=0)
            residuals = system.residuals(shifted.reshape(1, -1))[0]
            if not np.isnan(residuals).all() and not np.nansum(np.abs(residuals)):
                moved = present[(shifted != table)[present].any(axis=1)][0]
                row = system.places[moved * columns][1]
                return Cause("shifted_rows", row, None, None, tuple(int(number) for number in failing))
    return None


def _unexplained(system: System, residuals: Floats, failing: Indices, values: Floats) -> Iterator[Cause]:
    """Yield the failures that nothing single explains; the same failure of a column and of the totals is told once."""
    left = list(failing)
    while left:
        first = left.pop(0)
        twins = [number for number in left if _is_twin(system, residuals, first, number)]
        left = [number for number in left if number not in twins]
        identity = system.identities[first]
        observed = float(values[system.matrix[first] > 0].sum())
        yield Cause(
            "identity", identity.name, observed, observed - float(residuals[first]), (int(first), *map(int, twins))
        )


def _is_twin(system: System, residuals: Floats, one: int, other: int) -> bool:
    """Tell whether a failure goes on: of a column into the totals, of a row into the row that lacks as much."""
    first, second = system.identities[one], system.identities[other]
    if first.kind != second.kind:
        return False
    if first.kind == "row_total":
        return bool(residuals[one] == -residuals[other])
    return second.name.endswith("/total") and bool(residuals[one] == residuals[other])
