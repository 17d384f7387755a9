"""What a blank cell can hold: the bounds which the sums and balances of the form leave it.

A form prints the same requests several ways: a row by kinds of applicants and in total, a column by
outcomes and in total. Where some cells of a report are blank, the others limit them, and often
determine them. Nothing is assumed beyond the form's own identities and that counts are whole and not
negative: bounds in the sense of Manski (2003), Partial Identification of Probability Distributions.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from govreport_kit import codebook
from govreport_kit.corpus import systems
from govreport_kit.corpus.positions import floats, places_of, positions
from govreport_kit.corpus.systems import Floats, Place, System

if TYPE_CHECKING:
    from govreport_kit.corpus import Corpus

STATES = ("determined", "bounded", "unbounded", "contradiction")
_DTYPES: dict[str, Any] = dict.fromkeys(("report_id", "table", "row", "column"), "str") | dict.fromkeys(
    ("low", "high"), "Int64"
)
_DTYPES["state"] = pd.CategoricalDtype(list(STATES))

_ROUNDS = 100  # bounds hold however early it stops
_TOLERANCE = 1e-6
_INFEASIBLE = 2


@dataclass(frozen=True, eq=False)
class Unknowns:
    """The cells of reports on one form, and how far the identities leave them open.

    Attributes
    ----------
    system : System
        The identities; the axis 1 of `low` and `high` are its places.
    reports : numpy.ndarray
        Positions of the reports in the frame ``reports``: axis 0.
    low, high : numpy.ndarray
        The smallest and largest value of each cell, ``inf`` where nothing limits it; equal where a
        number was read.
    read : numpy.ndarray
        Where a number was read.
    """

    system: System
    reports: NDArray[np.intp]
    low: Floats
    high: Floats
    read: NDArray[np.bool_]

    @property
    def contradictory(self) -> NDArray[np.bool_]:
        """Which reports no numbers satisfy."""
        return np.asarray((self.low > self.high).any(axis=1))

    def bounds_of(self, report: int, coefficients: Floats) -> tuple[float, float]:
        """Return the smallest and largest value of a sum of the cells of one report.

        The ends are those of the linear relaxation, rounded inwards to whole numbers: no admissible
        value lies outside. The low end exceeds the high one where no numbers satisfy the identities.
        """
        low, high = self.low[report], self.high[report]
        least, most = _extremes(coefficients, low, high)
        open_cells = low < high
        if least == most or not (open_cells & (coefficients != 0)).any():
            return least, most
        if np.isinf(high[open_cells]).all():
            return least, most
        return _solved(self.system.matrix, coefficients, low, high, (least, most))


def cell_bounds(corpus: Corpus, tables: Sequence[str] = ("requests", "reviews"), *, sharp: bool = True) -> pd.DataFrame:
    """Return what each cell without a number can be.

    Parameters
    ----------
    corpus : Corpus
        The reports. Only cells of their tables enter, not counts of the running text; a report
        without form, or whose tables hold a number in every cell, has no rows here.
    tables : sequence of str
        Keys of ``codebook.tables``; the table of proactive disclosure has no identities.
    sharp : bool
        Whether to solve two linear programs for each cell that is still open. Otherwise the
        identities are applied one by one until nothing narrows: the bounds hold, but may be wider.

    Returns
    -------
    pandas.DataFrame
        One row a cell without a number: ``report_id, table, row, column, low, high`` (``Int64``;
        ``high`` is ``<NA>`` where nothing limits it) and ``state``: ``determined`` (both ends are
        equal), ``bounded``, ``unbounded``, or ``contradiction`` (the numbers of the report break the
        form's identities, so that nothing can be said of its blanks; both ends are ``<NA>``).
    """
    frames = [_described(corpus, unknowns, sharp) for unknowns in unknown_cells(corpus, tables)]
    return pd.concat(frames, ignore_index=True) if frames else pd.DataFrame(columns=list(_DTYPES)).astype(_DTYPES)


def unknown_cells(corpus: Corpus, tables: Sequence[str], wanted: NDArray[np.bool_] | None = None) -> Iterator[Unknowns]:
    """Yield for each form the reports in whose tables a cell holds no number, narrowed by the identities.

    Parameters
    ----------
    corpus : Corpus
        The reports.
    tables : sequence of str
        Keys of ``codebook.tables``. A report enters if one of them holds a number.
    wanted : numpy.ndarray of bool, optional
        Which reports to look at.
    """
    forms = corpus.reports["form"]
    for form in [form for form in codebook.forms if codebook.table_rows("requests", form)]:
        chosen = (forms == form).to_numpy(bool)
        reports = np.flatnonzero(chosen if wanted is None else chosen & wanted)
        places = system_of(form, tuple(tables)).places
        values = _values(corpus, places, reports)
        read = ~np.isnan(values)
        partly = read.any(axis=1) & ~read.all(axis=1)
        if partly.any():
            low, high = np.where(read, values, 0.0)[partly], np.where(read, values, np.inf)[partly]
            yield _narrowed(Unknowns(system_of(form, tuple(tables)), reports[partly], low, high, read[partly]))


@cache
def system_of(form: str, tables: tuple[str, ...]) -> System:
    """Return the identities of some tables of a form."""
    return systems.system_of(tuple((table, *cell) for table in tables for cell in codebook.table_cells(table, form)))


def _values(corpus: Corpus, places: Sequence[Place], reports: NDArray[np.intp]) -> Floats:
    """Return the numbers of the tables by report and place, NaN where there is none."""
    values = np.full((len(reports), len(places)), np.nan)
    ids = corpus.reports["report_id"].iloc[reports]
    for table in dict.fromkeys(table for table, _, _ in places):
        names = codebook.tables[table]
        frame: pd.DataFrame = getattr(corpus, table)
        line = positions(frame["report_id"], ids)
        here = (line >= 0) & (frame["source"] == "table").to_numpy(bool)
        cells, line = frame[here], line[here]
        mine = [(row, column) if owner == table else ("", "") for owner, row, column in places]
        place = places_of(cells[names.row_name], cells[names.column_name], mine)
        counts = floats(cells[names.value_name])
        values[line[place >= 0], place[place >= 0]] = counts[place >= 0]
    return values


def _narrowed(unknowns: Unknowns) -> Unknowns:
    """Apply the identities one by one until no bound of any report moves."""
    low, high = unknowns.low, unknowns.high
    lines = [(np.flatnonzero(line), line[line != 0]) for line in unknowns.system.matrix]
    active = np.arange(len(low))
    for _ in range(_ROUNDS):
        before = low[active].copy(), high[active].copy()
        for cells, signs in lines:
            _apply(low, high, np.ix_(active, cells), signs)
        moved = (before[0] != low[active]).any(axis=1) | (before[1] != high[active]).any(axis=1)
        active = active[moved & ~(low[active] > high[active]).any(axis=1)]
        if not active.size:
            break
    return unknowns


def _apply(low: Floats, high: Floats, where: Any, signs: Floats) -> None:
    """Narrow the cells of one identity: each is what the others leave of it."""
    least = np.where(signs > 0, low[where], -high[where])
    most = np.where(signs > 0, high[where], -low[where])
    upper, lower = -_sum_of_others(least), -_sum_of_others(most)
    low[where] = np.maximum(low[where], np.where(signs > 0, lower, -upper))
    high[where] = np.minimum(high[where], np.where(signs > 0, upper, -lower))


def _sum_of_others(terms: Floats) -> Floats:
    """Return for each term the sum of the others in its row, infinite where one of the others is."""
    infinite = np.isinf(terms)
    finite = np.where(infinite, 0.0, terms)
    others = finite.sum(axis=1, keepdims=True) - finite
    beside = infinite.sum(axis=1, keepdims=True) - infinite
    sign = -1.0 if (terms == -np.inf).any() else 1.0
    return np.where(beside > 0, sign * np.inf, others)


def _extremes(coefficients: Floats, low: Floats, high: Floats) -> tuple[float, float]:
    """Return the ends of a sum whose cells move independently of each other."""
    used = coefficients != 0
    weights, least, most = coefficients[used], low[used], high[used]
    ends = np.where(weights > 0, least, most) * weights, np.where(weights > 0, most, least) * weights
    return float(ends[0].sum()), float(ends[1].sum())


def _solved(
    matrix: Floats, coefficients: Floats, low: Floats, high: Floats, known: tuple[float, float]
) -> tuple[float, float]:
    """Return the ends of a sum of cells under the identities, no wider than the ends already known."""
    from scipy.optimize import linprog

    free = low < high
    lines = matrix[:, free].any(axis=1)
    constant = float(coefficients[~free] @ low[~free])
    equations = {"A_eq": matrix[np.ix_(lines, free)], "b_eq": -matrix[np.ix_(lines, ~free)] @ low[~free]}
    limits = np.column_stack([low[free], high[free]])
    ends = []
    for sign in (1.0, -1.0):
        found = linprog(sign * coefficients[free], **equations, bounds=limits, method="highs")
        if found.status == _INFEASIBLE:
            return np.inf, -np.inf
        ends.append(constant + sign * found.fun if found.status == 0 else -sign * np.inf)
    return max(known[0], np.ceil(ends[0] - _TOLERANCE)), min(known[1], np.floor(ends[1] + _TOLERANCE))


def _described(corpus: Corpus, unknowns: Unknowns, sharp: bool) -> pd.DataFrame:
    contradictory = unknowns.contradictory
    stands = _tables_that_stand(unknowns)
    line, cell = np.nonzero(~unknowns.read & stands)
    low, high = unknowns.low[line, cell], unknowns.high[line, cell]
    for number in np.flatnonzero((low < high) & np.isfinite(high) & ~contradictory[line]) if sharp else ():
        one = np.zeros(len(unknowns.system.places))
        one[cell[number]] = 1
        low[number], high[number] = unknowns.bounds_of(line[number], one)
    wrong = contradictory[line] | (low > high)
    states = np.select([wrong, low == high, np.isfinite(high)], [3, 0, 1], 2)
    places = np.array(unknowns.system.places, dtype=object)[cell]
    described = {
        "report_id": corpus.reports["report_id"].array[unknowns.reports[line]],
        **{name: places[:, axis] for axis, name in enumerate(("table", "row", "column"))},
        "low": np.where(wrong, np.nan, low),
        "high": np.where(wrong | np.isinf(high), np.nan, high),
        "state": np.array(STATES)[states],
    }
    return pd.DataFrame(described).astype(_DTYPES)


def _tables_that_stand(unknowns: Unknowns) -> NDArray[np.bool_]:
    """Tell for each report and place whether its table holds a number anywhere."""
    tables = np.array([table for table, _, _ in unknowns.system.places])
    stands = np.zeros_like(unknowns.read)
    for table in np.unique(tables):
        stands[:, tables == table] = unknowns.read[:, tables == table].any(axis=1, keepdims=True)
    return stands
