"""Cells and groups of cells of the statutory tables, as the table tells them and as the running text does."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import add
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from govreport_kit import codebook
from govreport_kit.codebook.entries import FigureKey
from govreport_kit.codebook.figure_keys import cells_of, parse_figure_key
from govreport_kit.contributions.figures import SOURCES, Bools, Figures, Flag, Why, laid_out
from govreport_kit.corpus.positions import Floats, Positions, floats, positions, report_positions

if TYPE_CHECKING:
    from govreport_kit.corpus import Corpus

# The parser lays out what the running text alone tells of these tables as cells; of the others it stays a figure.
TOLD_AS_CELLS = ("requests",)


def cell_figures(corpus: Corpus, keys: Sequence[str]) -> tuple[dict[str, Figures], dict[str, Figures]]:
    """Return figures of the statutory tables as the tables tell them, and as the running text does.

    Where the table leaves a total blank, or has no cell for it, while every column that it totals
    holds a number, their sum stands in for it. A group of outcomes is the sum of the rows which the
    report's form has in it, or else the count told of the group. The running text tells a cell by the
    indicator which ``codebook.indicators`` gives for it, where it tells one exact value and the report's
    table has no cell in that row, be it blank.
    """
    parsed = {key: parse_figure_key(key) for key in keys}
    from_table: dict[str, Figures] = {}
    from_text: dict[str, Figures] = {}
    for grid in _grids(parsed.values()):
        mine = {name: key for name, key in parsed.items() if key.table == grid.table}
        cells = grid.read(corpus, grid.columns)
        printed, told = _table_figures(corpus, grid, cells), _text_figures(corpus, grid, cells)
        forms = corpus.reports["form"]
        from_table |= {name: _outcome(key, grid, printed, forms) for name, key in mine.items()}
        from_text |= {name: _outcome(key, grid, told, forms) for name, key in mine.items()}
    return from_table, from_text


def cells_behind(keys: Iterable[FigureKey]) -> dict[str, tuple[list[str], list[str]]]:
    """Return the rows and the columns of each table from which figures are read, parts of totals left out."""
    grids = _grids(keys)
    return {grid.table: (list(grid.rows), list(grid.columns)) for grid in grids}


def parts_behind(corpus: Corpus, keys: Iterable[FigureKey]) -> dict[str, tuple[list[str], list[str], list[str]]]:
    """Return the rows, the parts of totals, and the reports in which these stand in for a total that is not there."""
    behind = {}
    for grid in _grids(keys):
        parts = [part for column in grid.columns for part in _parts(grid.table, column)]
        unfilled = _unfilled(grid, *_printed(corpus, grid, grid.read(corpus, grid.columns)))
        reports = corpus.reports["report_id"].iloc[np.flatnonzero(unfilled.any(axis=0))]
        if parts and len(reports):
            behind[grid.table] = list(grid.rows), list(dict.fromkeys(parts)), reports.tolist()
    return behind


@dataclass(frozen=True, slots=True)
class _Cells:
    """Cells of a table; `place` is the position in the flattened grid of rows and columns by reports."""

    place: Positions
    column: Positions
    count: Floats
    blank: Bools
    source: Positions

    def of(self, mask: Bools) -> _Cells:
        return _Cells(self.place[mask], self.column[mask], self.count[mask], self.blank[mask], self.source[mask])


@dataclass(frozen=True, slots=True)
class _Grid:
    """The rows and columns of a table which the figures of a metric rest on."""

    table: str
    rows: tuple[str, ...]
    columns: tuple[str, ...]

    @classmethod
    def of(cls, table: str, keys: Iterable[FigureKey]) -> _Grid:
        rows = dict.fromkeys(row for key in keys for row in (key.row, *(row for row, _ in cells_of(key))))
        return cls(table, tuple(rows), tuple(dict.fromkeys(key.column for key in keys)))

    def line(self, row: str, column: str) -> int:
        """Return the position of a cell on the first axis of the grid."""
        return self.columns.index(column) * len(self.rows) + self.rows.index(row)

    def read(self, corpus: Corpus, columns: Sequence[str], reports: pd.Series[str] | None = None) -> _Cells:
        """Read the cells of some columns, laid out as if these were the grid's; with `reports`, theirs only."""
        names = codebook.tables[self.table]
        frame: pd.DataFrame = getattr(corpus, self.table)
        wanted = positions(frame[names.column_name], columns) >= 0
        if reports is not None:
            wanted &= positions(frame["report_id"], reports) >= 0
        where = np.flatnonzero(wanted)
        where = where[positions(frame[names.row_name], self.rows)[where] >= 0]
        cells = frame[["report_id", names.row_name, names.column_name, names.value_name, "state", "source"]].iloc[where]
        row, column = positions(cells[names.row_name], self.rows), positions(cells[names.column_name], columns)
        line = column.astype(np.intp) * len(self.rows) + row
        return _Cells(
            line * len(corpus.reports) + report_positions(corpus, cells["report_id"]),
            column,
            floats(cells[names.value_name]),
            positions(cells["state"], ["blank"]) == 0,
            positions(cells["source"], SOURCES),
        )


def _grids(keys: Iterable[FigureKey]) -> list[_Grid]:
    keys = list(keys)
    tables = dict.fromkeys(key.table for key in keys)
    return [_Grid.of(table, [key for key in keys if key.table == table]) for table in tables]


def _printed(corpus: Corpus, grid: _Grid, cells: _Cells) -> tuple[Figures, _Cells]:
    cells = cells.of(cells.source == 0)
    return laid_out((len(grid.columns) * len(grid.rows), len(corpus.reports)), cells.place, cells.count), cells


def _unfilled(grid: _Grid, printed: Figures, cells: _Cells) -> Bools:
    """Tell which totals the table leaves blank or has no cell for; the forms print no totals of groups."""
    unfilled: Bools = printed.why == Why.MISSING
    unfilled.reshape(-1)[cells.place[cells.blank]] = True
    unfilled &= printed.why != Why.GIVEN
    for row in grid.rows:
        for column in grid.columns:
            if row in codebook.groups or not _parts(grid.table, column):
                unfilled[grid.line(row, column)] = False
    return unfilled


def _table_figures(corpus: Corpus, grid: _Grid, cells: _Cells) -> Figures:
    printed, cells = _printed(corpus, grid, cells)
    unfilled = _unfilled(grid, printed, cells)
    if not unfilled.any():
        return printed
    reports = corpus.reports["report_id"].iloc[np.flatnonzero(unfilled.any(axis=0))]
    sums = [_sum_of_parts(corpus, grid, column, reports) for column in grid.columns]
    summed = Figures(*(np.concatenate([getattr(one, name) for one in sums]) for name in ("value", "why", "flags")))
    return printed.where(~unfilled, printed.or_else(summed.flagged(Flag.SUMMED)))


def _sum_of_parts(corpus: Corpus, grid: _Grid, column: str, reports: pd.Series[str]) -> Figures:
    """Return the sum over the columns which a column totals, row by row."""
    shape = (len(grid.rows), len(corpus.reports))
    parts = _parts(grid.table, column)
    if not parts:
        return laid_out(shape, np.zeros(0, np.intp), np.zeros(0))
    cells = grid.read(corpus, parts, reports)
    cells = cells.of(cells.source == 0)
    size = shape[0] * shape[1]
    columns = (cells.of(cells.column == number) for number in range(len(parts)))
    return reduce(add, (laid_out(shape, one.place % size, one.count) for one in columns))


def _text_figures(corpus: Corpus, grid: _Grid, cells: _Cells) -> Figures:
    facts, told = _told(corpus, grid)
    approx = facts["approx"].to_numpy(bool)
    of_text = cells.of(cells.source > 0)
    shape = (len(grid.columns) * len(grid.rows), len(corpus.reports))
    figures = laid_out(shape, of_text.place, of_text.count)
    if grid.table not in TOLD_AS_CELLS:
        alone = ~np.isin(told, told[approx]) & ~_in_table(corpus, grid, cells, told)
        figures = figures.or_else(laid_out(shape, told[alone], floats(facts["value"])[alone]))
    figures = figures.flagged(Flag.NARRATIVE)
    flags = figures.flags.reshape(-1)
    flags[of_text.place[of_text.source == 2]] |= np.uint8(Flag.DERIVED)
    flags[of_text.place[of_text.source == 1]] &= ~np.uint8(Flag.DERIVED)
    flags[told[approx]] |= np.uint8(Flag.APPROX)
    return figures


def _told(corpus: Corpus, grid: _Grid) -> tuple[pd.DataFrame, Positions]:
    """Return the figures of the running text that are cells of the grid, and their places in it."""
    lines = {
        entry.key: grid.line(entry.row, entry.column)
        for entry in codebook.indicators.values()
        if entry.table == grid.table and entry.row in grid.rows and entry.column in grid.columns
    }
    facts = corpus.facts[["report_id", "indicator", "value", "approx"]]
    facts = facts.iloc[np.flatnonzero(positions(facts["indicator"], list(lines)) >= 0)]
    line = facts["indicator"].map(lines).to_numpy(np.intp)
    return facts, line * len(corpus.reports) + report_positions(corpus, facts["report_id"])


def _in_table(corpus: Corpus, grid: _Grid, cells: _Cells, places: Positions) -> Bools:
    """Tell for which places the report's table has a cell in the row, be it blank or a part of the total."""
    size = len(grid.rows) * len(corpus.reports)
    there: Bools = np.isin(places % size, cells.place[cells.source == 0] % size)
    if there.all():
        return there
    parts = [part for column in grid.columns for part in _parts(grid.table, column)]
    reports = corpus.reports["report_id"].iloc[np.unique(places[~there] % len(corpus.reports))]
    beside = grid.read(corpus, parts, reports)
    return there | np.isin(places % size, beside.place[beside.source == 0] % size)


def _outcome(key: FigureKey, grid: _Grid, figures: Figures, forms: pd.Series[str]) -> Figures:
    own = figures[grid.line(key.row, key.column)]
    members = [row for row in codebook.table_rows(key.table) if row.group == key.row]
    if not members:
        return own
    printing = {form for member in members for form in member.forms}
    nothing = Figures(np.zeros_like(own.value), np.zeros_like(own.why), np.zeros_like(own.flags))
    parts = (
        figures[grid.line(member.key, key.column)].where(
            (~forms.isin(printing) | forms.isin(member.forms)).to_numpy(bool), nothing
        )
        for member in members
    )
    return reduce(add, parts).or_else(own)


def _parts(table: str, column: str) -> tuple[str, ...]:
    """Return the columns which a column totals."""
    return next((entry.sums for entry in codebook.table_columns(table) if entry.key == column), ())
