"""A table read twice, from its grid and from its text: which reading to take."""

from __future__ import annotations

from functools import cache

from govreport_kit import codebook
from govreport_kit.parsing.cells import TableReading
from govreport_kit.parsing.identities import imbalances
from govreport_kit.report import Note


def is_complete(table: str, reading: TableReading) -> bool:
    """Tell whether every cell of a form was found and the form's sums hold."""
    whole = any(reading.cells.keys() >= _places(table, form) for form in ("f2019", "f2021"))
    return whole and not imbalances(table, reading.cells)


@cache
def _places(table: str, form: str) -> frozenset[tuple[str, str]]:
    return frozenset(codebook.table_cells(table, form))


def agreed_reading(table: str, from_grid: TableReading | None, from_text: TableReading) -> TableReading:
    """Return the reading to be trusted.

    Parameters
    ----------
    table : str
        A key of ``codebook.tables``.
    from_grid, from_text : TableReading
        Two readings of the same table.

    Returns
    -------
    TableReading
        The one with more cells, if they agree on the others. Where they differ, the one whose sums
        hold better; if the sums decide nothing, the first without the cells in question.
    """
    if from_grid is None or not from_grid.cells:
        return from_text if from_text.cells or from_grid is None or not from_grid.notes else from_grid
    differing = [
        place
        for place, cell in from_text.cells.items()
        if place in from_grid.cells and from_grid.cells[place].value != cell.value
    ]
    if not differing:
        return from_text if len(from_text.cells) > len(from_grid.cells) else from_grid
    faults = len(imbalances(table, from_grid.cells)) - len(imbalances(table, from_text.cells))
    if faults:
        return from_text if faults > 0 else from_grid
    kept = {place: cell for place, cell in from_grid.cells.items() if place not in differing}
    told = ", ".join("/".join(place) for place in differing)
    return TableReading(kept, [*from_grid.notes, Note("table_unclear", f"two ways to read the table differ: {told}")])
