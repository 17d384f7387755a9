"""Rates of groups in which cells are blank: the bounds which the identities of the form still allow."""

from __future__ import annotations

from collections.abc import Sequence
from os import PathLike
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from govreport_kit import codebook
from govreport_kit.codebook.entries import Metric
from govreport_kit.codebook.figure_keys import cells_of, parse_figure_key
from govreport_kit.contributions import Floats
from govreport_kit.corpus.arguments import one_metric
from govreport_kit.corpus.systems import Place
from govreport_kit.identification import Unknowns, unknown_cells
from govreport_kit.metrics.guards import Scope, told_scopes
from govreport_kit.metrics.pooling import By, PoolingError, guarded_groups, known_columns, quotient
from govreport_kit.metrics.reports import contributions_to
from govreport_kit.metrics.saved import opened

if TYPE_CHECKING:
    from govreport_kit.corpus import Corpus

BOUND_COLUMNS = (
    "metric", "k_low", "k_high", "n_low", "n_high", "bound_low", "bound_high", "definition", "reports", "exact",
    "coverage", "scopes",
)  # fmt: skip
_FEWEST = {"share": [0.0] * 6, "events": [0.0] * 4 + [-np.inf] * 2, "none": [-np.inf] * 2 + [0.0] * 2 + [-np.inf] * 2}
_ENDS = ("k_low", "k_high", "n_low", "n_high", "rest_low", "rest_high")


def bounds(corpus: Corpus | str | PathLike[str], metric: str, by: By = None, *, scope: Scope = None) -> pd.DataFrame:
    """Return the lowest and highest value that a rate can have, where `rate` leaves reports out for blank cells.

    Parameters
    ----------
    corpus : Corpus or path
        The reports, or where a saved corpus lies: only the tables of the metric's figures are read then.
    metric : str
        A key of ``codebook.metrics``: a ratio of cells of the statutory tables.
    by : str or list of str, optional
        Columns of ``corpus.reports``.
    scope : str or list of str, optional
        As in `rate`.

    Returns
    -------
    pandas.DataFrame
        One row a group, in order:

        - the columns of `by`, ``metric`` and ``definition``;
        - ``k_low``, ``k_high``, ``n_low``, ``n_high`` (``Int64``): bounds of the pooled counts, ``<NA>``
          where nothing limits them;
        - ``bound_low``, ``bound_high``: bounds of the pooled rate. They are no confidence interval:
          they say what is unknown, not what is left to chance;
        - ``reports``: how many reports enter; ``exact``: how many of them give both counts, as in `rate`;
          ``coverage``: the share of the group's reports that enter;
        - ``scopes``: whose figures were pooled.

        A report enters that gives both counts, or in whose tables a cell of the metric is blank,
        missing, or no number. One whose numbers break the identities, that has no table, or that
        `components` excludes for another reason stays out.

    Raises
    ------
    UnknownKeyError
        If there is no such metric, scope, or column of ``corpus.reports``; names the nearest.
    PoolingError
        If the metric rests on other figures than the cells of a report.
    MixedScopesError, RepeatedReportsError, NoReportsError, ArgumentError
        As in `rate`.

    Notes
    -----
    The identities of the form and non-negative counts bound `k`, `n` and `n - k` of each report
    (`govreport_kit.identification`). Over reports these bounds are summed, and a share lies between
    ``k_low / (k_low + rest_high)`` and ``k_high / (k_high + rest_low)``. The bounds hold always; they
    are sharp where the denominator is known.
    """
    entry = one_metric(metric)
    _require_cells(entry)
    reports = opened(corpus, [entry], whole_tables=True)
    columns = known_columns(reports, by)
    parts = contributions_to(entry, reports, None, any_scope=scope is not None)
    ends = _ends_of_reports(entry, reports, parts)
    enters = ends["k_low"].notna()
    given = ends.assign(exact=parts["n"].notna())
    grouped, scopes = guarded_groups(given, enters, entry, reports, columns, scope)
    pooled: pd.DataFrame = grouped[list(_ENDS)].sum(min_count=1)
    pooled["bound_low"], pooled["bound_high"] = _bounds_of_rate(entry, pooled)
    pooled["reports"], pooled["exact"] = grouped["k_low"].count().astype(np.int64), grouped["exact"].sum()
    pooled["coverage"] = quotient(pooled["reports"], grouped.size())
    pooled["metric"], pooled["definition"], pooled["scopes"] = entry.key, entry.definition, told_scopes(scopes)
    counts = pooled[list(_ENDS[:4])].replace([np.inf, -np.inf], np.nan).astype("Float64").astype("Int64")
    return pooled.assign(**counts).reset_index(drop=not columns)[[*columns, *BOUND_COLUMNS]]


def _require_cells(entry: Metric) -> None:
    figures = [parse_figure_key(name) for name in entry.figures]
    if entry.kind != "ratio" or any(figure.previous or figure.table not in codebook.tables for figure in figures):
        raise PoolingError(
            f"The bounds of {entry.key!r} cannot be told: the identities of the form bound the cells of a report's"
            f" tables, and it rests on {', '.join(entry.figures)}."
        )


def _ends_of_reports(entry: Metric, corpus: Corpus, parts: pd.DataFrame) -> pd.DataFrame:
    """Return the ends of k, n and n - k: equal where a report gives both counts, NaN where it does not enter."""
    k, n = (parts[name].to_numpy(np.float64, na_value=np.nan) for name in ("k", "n"))
    ends = pd.DataFrame(dict(zip(_ENDS, (k, k, n, n, n - k, n - k), strict=True)))
    open_reports = parts["excluded"].isin(["missing", "no_number"]).to_numpy(bool)
    tables = list(dict.fromkeys(parse_figure_key(name).table for name in entry.figures))
    for unknowns in unknown_cells(corpus, tables, open_reports):
        sums = _sums(entry, unknowns, str(corpus.reports["form"].iloc[unknowns.reports[0]]))
        for line in np.flatnonzero(~unknowns.contradictory).tolist():
            found = [end for coefficients in sums for end in unknowns.bounds_of(line, coefficients)]
            if _admissible(entry, found):
                ends.iloc[unknowns.reports[line]] = np.maximum(found, _FEWEST[entry.interval])
    return ends


def _sums(entry: Metric, unknowns: Unknowns, form: str) -> tuple[Floats, Floats, Floats]:
    k, n = (unknowns.system.coefficients(_cells(keys, form)) for keys in (entry.numerator, entry.denominator))
    return k, n, n - k


def _cells(keys: Sequence[str], form: str) -> list[tuple[Place, float]]:
    """Return the cells of a sum with their signs."""
    figures = [(parse_figure_key(key.removeprefix("-")), -1.0 if key.startswith("-") else 1.0) for key in keys]
    return [((figure.table, *cell), sign) for figure, sign in figures for cell in cells_of(figure, form)]


def _admissible(entry: Metric, ends: list[float]) -> bool:
    """Tell whether the ends leave counts that a report can have; what cannot be is left out, as in `rate`."""
    k_low, k_high, n_low, n_high, _, rest_high = ends
    possible = k_low <= k_high and n_low <= n_high and n_high >= 0
    if entry.interval == "share":
        return possible and k_high >= 0 and rest_high >= 0
    return possible


def _bounds_of_rate(entry: Metric, pooled: pd.DataFrame) -> tuple[Floats, Floats]:
    k_low, k_high, n_low, n_high, rest_low, rest_high = (pooled[name].to_numpy(np.float64) for name in _ENDS)
    with np.errstate(divide="ignore", invalid="ignore"):
        low = np.fmin(k_low / n_low, k_low / n_high)
        high = np.fmax(k_high / n_low, k_high / n_high)
        if entry.interval == "share":
            low = np.fmax(low, k_low / (k_low + rest_high))
            high = np.fmin(high, np.where(np.isinf(k_high), 1.0, k_high / (k_high + rest_low)))
    nothing = ~(n_high > 0) | np.isnan(k_low)
    return np.where(nothing, np.nan, low) * entry.scale, np.where(nothing, np.nan, high) * entry.scale
