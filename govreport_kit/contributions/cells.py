"""Cells and groups of cells of the statutory tables, as the table tells them and as the running text does."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, reduce
from operator import add
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from govreport_kit import codebook
from govreport_kit.codebook.entries import FigureKey
from govreport_kit.codebook.figure_keys import cells_of, parse_figure_key
from govreport_kit.contributions.figures import SOURCES, Bools, Figures, Flag, Why, laid_out
from govreport_kit.corpus.positions import Floats, Positions, floats, places_of, positions, report_positions
from govreport_kit.parsing.identities import Place, identities

if TYPE_CHECKING:
    from govreport_kit.corpus import Corpus


def cell_figures(
    corpus: Corpus, keys: Sequence[str], *, checked: bool = False
) -> tuple[dict[str, Figures], dict[str, Figures]]:
    """Return figures of the statutory tables as the tables tell them, and as the running text does.

    Where the table leaves a total blank, or has no cell for it, while every column that it totals
    holds a number, their sum stands in for it. A group of outcomes is the sum of the rows which the
    report's form has in it, or else the count told of the group. Where `checked`, totals which are not
    the sum of their parts have the flag of that.
    """
    parsed = {key: parse_figure_key(key) for key in keys}
    from_table: dict[str, Figures] = {}
    from_text: dict[str, Figures] = {}
    for grid in _grids(parsed.values(), checked=checked):
        mine = {name: key for name, key in parsed.items() if key.table == grid.table}
        cells = grid.read(corpus)
        printed, told = _table_figures(corpus, grid, cells), _text_figures(corpus, grid, cells)
        forms = corpus.reports["form"]
        from_table |= {name: _outcome(key, grid, printed, forms) for name, key in mine.items()}
        from_text |= {name: _outcome(key, grid, told, forms) for name, key in mine.items()}
    return from_table, from_text


def cells_behind(keys: Iterable[FigureKey], *, checked: bool = False) -> Iterator[tuple[str, list[str], list[str]]]:
    """Yield table, rows and columns of the cells from which figures are read or with which they must agree."""
    for grid in _grids(keys, checked=checked):
        yield grid.table, list(grid.rows), list(dict.fromkeys(column for _, column in grid.lines()))
        if others := [row for row in dict.fromkeys(row for row, _ in grid.lines()) if row not in grid.rows]:
            yield grid.table, others, list(grid.columns)


@dataclass(frozen=True, slots=True)
class _Cells:
    """Cells of a table; `place` is the position in the flattened grid of its lines by reports."""

    place: Positions
    count: Floats
    blank: Bools
    source: Positions

    def of(self, mask: Bools) -> _Cells:
        return _Cells(self.place[mask], self.count[mask], self.blank[mask], self.source[mask])


@dataclass(frozen=True, slots=True)
class _Grid:
    """The rows and columns of a table which the figures of a metric rest on, and the cells which these total.

    The outcomes of which requests closed are the total serve only to check it.
    """

    table: str
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    checked: bool

    @classmethod
    def of(cls, table: str, keys: Iterable[FigureKey], *, checked: bool) -> _Grid:
        rows = dict.fromkeys(row for key in keys for row in (key.row, *(row for row, _ in cells_of(key))))
        return cls(table, tuple(rows), tuple(dict.fromkeys(key.column for key in keys)), checked)

    def line(self, row: str, column: str) -> int:
        """Return the position of a cell on the first axis of the grid."""
        return self.columns.index(column) * len(self.rows) + self.rows.index(row)

    def lines(self) -> list[Place]:
        """Return row and column of every line: the cells of the grid, and behind them those which these total."""
        own = [(row, column) for column in self.columns for row in self.rows]
        parts = [(row, part) for row, column in own for part in _parts(self.table, row, column)]
        totalled = [
            (part, column)
            for form in codebook.forms
            for total, rows in totalled_rows(self.table, form).items()
            for part in rows
            for column in self.columns
            if self.checked and total in self.rows
        ]
        return list(dict.fromkeys([*own, *parts, *totalled]))

    def read(self, corpus: Corpus) -> _Cells:
        """Read the cells of all lines."""
        names = codebook.tables[self.table]
        frame: pd.DataFrame = getattr(corpus, self.table)
        line = places_of(frame[names.row_name], frame[names.column_name], self.lines())
        where = np.flatnonzero(line >= 0)
        cells = frame[["report_id", names.value_name, "state", "source"]].iloc[where]
        return _Cells(
            line[where].astype(np.intp) * len(corpus.reports) + report_positions(corpus, cells["report_id"]),
            floats(cells[names.value_name]),
            positions(cells["state"], ["blank"]) == 0,
            positions(cells["source"], SOURCES),
        )


def _grids(keys: Iterable[FigureKey], *, checked: bool) -> list[_Grid]:
    keys = list(keys)
    tables = dict.fromkeys(key.table for key in keys)
    return [_Grid.of(table, [key for key in keys if key.table == table], checked=checked) for table in tables]


def _table_figures(corpus: Corpus, grid: _Grid, cells: _Cells) -> Figures:
    cells = cells.of(cells.source == 0)
    forms = corpus.reports["form"]
    every = laid_out((len(grid.lines()), len(forms)), cells.place, cells.count)
    lines = {place: every[line] for line, place in enumerate(grid.lines())}
    own = [(row, column) for column in grid.columns for row in grid.rows]
    printed = Figures.stacked([lines[place] for place in own])
    summed = Figures.stacked([_sum_of_parts(grid, lines, place) for place in own])
    figures = printed.where(~_unfilled(grid, printed, cells), printed.or_else(summed.flagged(Flag.SUMMED)))
    if not grid.checked:
        return figures
    contradicted = _contradicted(grid, lines, printed, summed, forms)
    return figures.where(~contradicted, figures.flagged(Flag.CONTRADICTED))


def _contradicted(
    grid: _Grid, lines: Mapping[Place, Figures], printed: Figures, summed: Figures, forms: pd.Series[str]
) -> Bools:
    """Tell which totals are not the sum of the kinds of applicants or of the outcomes which they total."""
    contradicted = printed.differs_from(summed)
    for form in codebook.forms:
        on_form = (forms == form).to_numpy(bool)
        for row, rows in totalled_rows(grid.table, form).items():
            for column in grid.columns if row in grid.rows else ():
                outcomes = reduce(add, (lines[part, column] for part in rows))
                contradicted[grid.line(row, column)] |= lines[row, column].differs_from(outcomes) & on_form
    return contradicted


def _sum_of_parts(grid: _Grid, lines: Mapping[Place, Figures], place: Place) -> Figures:
    """Return the sum over the columns which a cell totals."""
    row, column = place
    parts = [lines[row, part] for part in _parts(grid.table, row, column)]
    return reduce(add, parts) if parts else Figures.missing(lines[place].value.shape)


def _unfilled(grid: _Grid, printed: Figures, cells: _Cells) -> Bools:
    """Tell which totals the table leaves blank or has no cell for."""
    unfilled: Bools = printed.why == Why.MISSING
    blank = cells.place[cells.blank]
    unfilled.reshape(-1)[blank[blank < unfilled.size]] = True
    unfilled &= printed.why != Why.GIVEN
    for row in grid.rows:
        for column in grid.columns:
            if not _parts(grid.table, row, column):
                unfilled[grid.line(row, column)] = False
    return unfilled


def _text_figures(corpus: Corpus, grid: _Grid, cells: _Cells) -> Figures:
    shape = (len(grid.columns) * len(grid.rows), len(corpus.reports))
    cells = cells.of((cells.source > 0) & (cells.place < shape[0] * shape[1]))
    figures = laid_out(shape, cells.place, cells.count).flagged(Flag.NARRATIVE)
    flags = figures.flags.reshape(-1)
    flags[cells.place[cells.source == 2]] |= np.uint8(Flag.DERIVED)
    flags[cells.place[cells.source == 1]] &= ~np.uint8(Flag.DERIVED)
    flags[_approximate_places(corpus, grid)] |= np.uint8(Flag.APPROX)
    return figures


def _approximate_places(corpus: Corpus, grid: _Grid) -> Positions:
    """Return the places of counts of which the running text says about."""
    lines = {
        entry.key: grid.line(entry.row, entry.column)
        for entry in codebook.indicators.values()
        if entry.table == grid.table and entry.row in grid.rows and entry.column in grid.columns
    }
    facts = corpus.facts[corpus.facts["approx"] & corpus.facts["indicator"].isin(list(lines))]
    line = facts["indicator"].map(lines).to_numpy(np.intp)
    return line * len(corpus.reports) + report_positions(corpus, facts["report_id"])


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


def _parts(table: str, row: str, column: str) -> tuple[str, ...]:
    """Return the columns which a column totals; the forms print no totals of groups."""
    if row in codebook.groups:
        return ()
    return next((entry.sums for entry in codebook.table_columns(table) if entry.key == column), ())


@cache
def totalled_rows(table: str, form: str) -> Mapping[str, tuple[str, ...]]:
    """Return the rows of a form which total others, with those they total."""
    rows = [row.key for row in codebook.table_rows(table, form)]
    totals = [identity for identity in identities(table, rows) if identity.kind == "total_closed"]
    return {identity.left[0][0]: tuple(row for row, _ in identity.right) for identity in totals}
