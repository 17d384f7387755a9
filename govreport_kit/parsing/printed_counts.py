"""What the tables print for the counts which the running text may tell, too."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from govreport_kit import codebook
from govreport_kit.report import Cell


def printed_counts(cells: Iterable[Cell]) -> dict[str, float]:
    """Return what tables print for each indicator that is a cell of the form, or the sum of a group of rows.

    Parameters
    ----------
    cells : iterable of Cell
        The cells of the report's tables.

    Returns
    -------
    dict of str to float
        By indicator; without those of which a cell is missing, blank or unreadable.
    """
    values = {(cell.table, cell.row, cell.column): cell.value for cell in cells}
    counts = {}
    for indicator, places in _places().items():
        known = [value for value in map(values.get, places) if value is not None]
        if len(known) == len(places):
            counts[indicator] = float(sum(known))
    return counts


@cache
def _places() -> dict[str, list[tuple[str, str, str]]]:
    """Return the cells of each indicator that has any: its own, or those of its group of rows."""
    return {
        entry.key: [
            (entry.table, row, entry.column)
            for row in (codebook.group_members(entry.row) if entry.row in codebook.groups else [entry.row])
        ]
        for entry in codebook.indicators.values()
        if entry.table
    }
