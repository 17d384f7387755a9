"""What the tables print for the counts which the running text may tell, too."""

from __future__ import annotations

from collections.abc import Iterable

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
    for indicator in codebook.indicators.values():
        rows = codebook.group_members(indicator.row) if indicator.row in codebook.groups else [indicator.row]
        printed = [values.get((indicator.table, row, indicator.column)) for row in rows]
        known = [value for value in printed if value is not None]
        if known and len(known) == len(printed):
            counts[indicator.key] = float(sum(known))
    return counts
