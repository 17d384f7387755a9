"""Printed totals which are not the sum of their printed parts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from govreport_kit import codebook
from govreport_kit.codebook.figure_keys import cells_of, parse_figure_key
from govreport_kit.contributions.figures import Bools
from govreport_kit.corpus.arrays import TableArray, table_array
from govreport_kit.corpus.positions import Floats
from govreport_kit.parsing.identities import Place, identities

if TYPE_CHECKING:
    from govreport_kit.corpus import Corpus


def contradicted(corpus: Corpus, keys: Sequence[str]) -> Bools:
    """Tell in which reports a total among the cells of some figures is not the sum of its parts.

    Parameters
    ----------
    corpus : Corpus
        With its whole tables.
    keys : sequence of str
        The figures, as in the formulas of metrics.

    Returns
    -------
    numpy.ndarray of bool
        One value a report. A total is judged where it and all its parts are numbers: of the kinds of
        applicants, of the outcomes of a review, and (requests closed) of all outcomes of the report's form.
    """
    found: Bools = np.zeros(len(corpus.reports), bool)
    parsed = [key for key in map(parse_figure_key, keys) if key.table in codebook.tables and not key.previous]
    for table in dict.fromkeys(key.table for key in parsed):
        cells = {cell for key in parsed if key.table == table for cell in ((key.row, key.column), *cells_of(key))}
        array = table_array(corpus, table)
        for form in (None, *codebook.forms):
            on_form = True if form is None else (corpus.reports["form"] == form).to_numpy(bool)
            for total, parts in _totals(table, form):
                if total in cells:
                    found |= on_form & _differs(array, total, parts)
    return found


def _totals(table: str, form: str | None) -> list[tuple[Place, tuple[Place, ...]]]:
    """Return the totals of outcomes which a form prints, or those of rows which all forms print, and their parts."""
    rows = [row.key for row in codebook.table_rows(table, form)]
    kinds = ("row_total", "review_total") if form is None else ("total_closed",)
    return [(one.left[0], one.right) for one in identities(table, rows) if one.kind in kinds]


def _differs(array: TableArray, total: Place, parts: Sequence[Place]) -> Bools:
    difference = _values(array, total) - sum(_values(array, part) for part in parts)
    differs: Bools = ~np.isnan(difference) & (difference != 0)
    return differs


def _values(array: TableArray, place: Place) -> Floats:
    row, column = array.place(*place)
    values: Floats = array.value[:, row, column]
    return values
