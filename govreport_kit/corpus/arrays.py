"""A table of all reports as one dense array, for sums over its rows and columns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from govreport_kit import codebook
from govreport_kit.corpus.frames import vocabulary
from govreport_kit.corpus.positions import report_positions

if TYPE_CHECKING:
    from govreport_kit.corpus.corpus import Corpus

NO_CELL = -1


@dataclass(frozen=True, slots=True)
class TableArray:
    """The cells which the reports print in one table.

    Attributes
    ----------
    rows, columns : tuple of str
        Codebook keys along the second and the third axis; groups of rows are not among them.
    value : array of float64, (reports, rows, columns)
        NaN where no number stands.
    state : array of int8, (reports, rows, columns)
        Place in ``codebook.states``, -1 where the report has no such cell.
    """

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    value: NDArray[np.float64]
    state: NDArray[np.int8]

    def place(self, row: str, column: str) -> tuple[int, int]:
        """Return where a cell stands on the second and the third axis."""
        return self.rows.index(row), self.columns.index(column)


def table_array(corpus: Corpus, table: str) -> TableArray:
    """Lay out a table of every report; what the running text tells is left out.

    Parameters
    ----------
    corpus : Corpus
        The reports, along the first axis in the order of ``corpus.reports``.
    table : str
        A key of ``codebook.tables``.

    Returns
    -------
    TableArray
    """
    names = codebook.tables[table]
    frame = getattr(corpus, table)
    columns = vocabulary(f"{table}_column")
    printed = tuple(row.key for row in codebook.table_rows(table))  # the groups come behind them in the vocabulary
    row = frame[names.row_name].cat.codes.to_numpy()
    kept = np.flatnonzero((frame["source"] == "table").to_numpy() & (row < len(printed)))
    place = (
        report_positions(corpus, frame["report_id"])[kept],
        row[kept],
        frame[names.column_name].cat.codes.to_numpy()[kept],
    )
    shape = (len(corpus.reports), len(printed), len(columns))
    value, state = np.full(shape, np.nan), np.full(shape, NO_CELL, np.int8)
    value[place] = frame[names.value_name].iloc[kept].to_numpy(dtype=np.float64, na_value=np.nan)
    state[place] = frame["state"].cat.codes.to_numpy()[kept]
    return TableArray(printed, columns, value, state)
