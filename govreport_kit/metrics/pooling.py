"""Rates of groups of reports: pooled counts with interval, definition, coverage and what a reader must know."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from os import PathLike
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

import numpy as np
import pandas as pd

from govreport_kit import codebook
from govreport_kit.codebook.entries import Metric
from govreport_kit.contributions import Floats
from govreport_kit.corpus.arguments import chosen_columns, chosen_metrics, require_corpus
from govreport_kit.errors import GovReportError, UnknownKeyError
from govreport_kit.metrics.guards import (
    Scope,
    Thresholds,
    crossed_breaks,
    of_scope,
    require_disjoint,
    require_one_version,
    require_unmixed,
    told_scopes,
    years_spanned,
)
from govreport_kit.metrics.intervals import add_interval, check_intervals
from govreport_kit.metrics.means import MEAN_OVER_REPORTS
from govreport_kit.metrics.reports import Exposure, contributions_to
from govreport_kit.metrics.saved import opened
from govreport_kit.statistics import ratio_errors

if TYPE_CHECKING:
    from govreport_kit.corpus import Corpus

By: TypeAlias = str | Sequence[str] | None
Pool: TypeAlias = Literal["counts", "mean_of_rates"]

RATE_COLUMNS = (
    "metric", "k", "n", "rate", "low", "high", "method", "confidence", "definition", "reports", "coverage",
)  # fmt: skip
GUARD_COLUMNS = ("flag", "scopes", "breaks")


class PoolingError(GovReportError, ValueError):
    """A way of pooling which does not exist, or not for the metric."""


def rate(
    corpus: Corpus | str | PathLike[str],
    metric: str | Sequence[str],
    by: By = None,
    *,
    scope: Scope = None,
    pool: Pool = "counts",
    exposure: Exposure = None,
    interval: str = "wilson",
    level: float = 0.95,
    thresholds: Thresholds | None = None,
) -> pd.DataFrame:
    r"""Return a metric pooled over the reports, or over each group of them, with its interval.

    Parameters
    ----------
    corpus : Corpus or path
        The reports, or where a saved corpus lies: only the figures of the metric are read then, many
        times faster than loading it.
    metric : str or list of str
        Keys of ``codebook.metrics``; the frames of several stand below each other.
    by : str or list of str, optional
        Columns of ``corpus.reports``. Reports without a value are a group of their own.
    scope : str or list of str, optional
        Only reports of this scope: ``"own"``, ``"aggregate"``, ``"system"``, ``"unknown"``, or several.
        Without it a group which holds both aggregate reports and others' own figures is refused,
        because an aggregate may hold them already, and so is one with aggregate reports of a division
        and of another within it, as their region codes tell; ``"any"`` pools them all the same.
        Reports whose scope is unknown enter, and ``scopes`` says so.
    pool : {"counts", "mean_of_rates"}
        Whether the counts of a group are pooled, or the rates of its reports averaged without
        weights (ratios only; reports with ``n = 0`` have none): a statement about reports, in which a
        township counts as much as a province.
    exposure : pandas.DataFrame, optional
        What no report holds, as a population: columns region_code (or agency), year, and the figure.
    interval : {"wilson", "clopper_pearson", "jeffreys", "agresti_coull", "clustered"}
        The first four are methods for shares, see `govreport_kit.statistics.interval`: they take the cases
        of all reports as one file, and as statements about agencies they are **too narrow** (see Notes).
        Events per exposure then have an exact Poisson interval [1]_, balances of the year's accounts none.
        ``"clustered"`` gives ratios of every kind the interval that rests on the differences between their
        reports, see `govreport_kit.statistics.clustered_interval`. Means over reports always rest on them.
    level : float
        Confidence level of the interval, such as 0.95. The level of the bodies is chosen by
        ``corpus.select(level="county")`` and compared by ``by="level"``.
    thresholds : Thresholds, optional
        How many cases a rate takes, a mean how many reports; by default those of ``codebook.thresholds``.

    Returns
    -------
    pandas.DataFrame
        One row a group, in order; a group of which no report contributes is there too.

        - the columns of `by`;
        - ``metric`` and ``definition``, the latter in the keys of the codebook;
        - ``k``, ``n`` (``Int64``): sums over the contributing reports, ``<NA>`` where there are none; of a
          mean `n` is how many reports it is of, and ``k`` always ``<NA>``;
        - ``rate``: ``k / n`` (``float64``) times the scale of the definition, or the mean; NaN where `n` is
          0, missing, or too small; a share in [0, 1], or a number in the metric's unit;
        - ``low``, ``high``, ``method``, ``confidence``: the interval (NaN where there is none), its method,
          which of a mean is ``logit_t``, ``log_t`` or ``t``, and its level;
        - ``reports``: how many reports contribute; ``coverage``: their share of the group's reports;
        - ``flag``: ``counts_only`` (`n` below 5: no rate is given), ``few`` (below 20: to be marked),
          ``few_reports`` (clustered, and fewer than 5 reports: no interval), ``unranked`` (below 30: not to
          be ranked), the first of them that holds, else missing;
        - ``scopes``: whose figures were pooled, as ``own+unknown``;
        - ``breaks``: keys of ``codebook.breaks`` between this year and the one before in its series, or
          within the years pooled, across which the metric is not like for like, as
          ``reconsideration_2024+litigation_2025``; else missing.

        ``attrs["thresholds"]`` are the numbers of cases behind ``flag``. Printed totals enter as printed;
        `components` names the reports in which one behind the counts is not the sum of its printed parts.

    Raises
    ------
    UnknownKeyError
        If there is no such metric, scope, or column of ``corpus.reports``; names the nearest.
    MixedScopesError
        If a group holds aggregate reports and own figures, or aggregates of divisions within each other.
    RepeatedReportsError
        If several versions of one report contribute, be it to different groups: several reports of one
        agency and year, unless their scopes are known and differ. `Corpus.latest` keeps one of each.
    NoReportsError
        If no report of the corpus is of the scope.
    IntervalError
        If there is no such method or `level` is not between 0 and 1.
    PoolingError
        If there is no such way of pooling, or rates are to be averaged of a metric that has none.
    CorpusError
        If the metric needs an exposure and there is none, or its keys are not single.
    ArgumentError
        If an argument is of another kind, such as a frame in the place of the corpus.

    Notes
    -----
    The counts are those of `components`. The kinds of metrics:

    ratio
        :math:`k = \sum k_i`, :math:`n = \sum n_i` over the reports which give both.
    share
        `k` reports whose stated figure passes the test, of `n` which state one.
    stated
        `k` reports which state the figure, of `n` read in full.
    mean
        The mean of the figures, `n` being the number of reports which give one.

    Agencies differ by more than chance [2]_, which an interval for shares or events does not hold: over many
    requests of few agencies it can be many times too narrow. A clustered interval is a ratio estimator's with
    the linearised variance between the reports [3]_, on the scale of the logit for shares, of the logarithm
    for other ratios, and without a scale where the numerator may be negative. Reports with ``n = 0`` are no
    clusters. The kinds share and stated count reports, which are cases themselves: theirs stays Wilson's.

    The interval of a mean is the same for reports of one weight: Student's, on the scale of the logit for a
    mean of shares, so that it keeps within 0 and 1 (``logit_t``), of the logarithm for days, amounts and
    other ratios, so that it stays above 0 (``log_t``), and without a scale where figures may be negative
    (``t``). Reports which all give the same figure leave none: nothing tells how far others might differ.

    References
    ----------
    .. [1] Garwood, F. (1936). Fiducial limits for the Poisson distribution. Biometrika 28, 437-442.
    .. [2] Spiegelhalter, D. J. (2005). Funnel plots for comparing institutional performance.
       Statistics in Medicine 24, 1185-1202.
    .. [3] Cochran, W. G. (1977). Sampling Techniques, 3rd ed., chapter 6. New York: Wiley.

    See Also
    --------
    sensitivity : The metric beside the others of its family.
    bounds : What is still known of a rate where cells are blank.
    """
    entries = chosen_metrics(metric)
    check_intervals(interval, level)
    _check_pool(pool, entries)
    reports = opened(corpus, entries)
    columns = known_columns(reports, by)
    limits = thresholds or Thresholds()
    frames = []
    for entry in entries:
        parts = contributions_to(entry, reports, exposure, any_scope=scope is not None)
        averaged = entry.kind == "mean" or pool == "mean_of_rates"
        if pool == "mean_of_rates":
            parts = _rates_of_reports(parts, entry)
        pooled = _pooled(entry, reports, parts, columns, scope)
        pooled["rate"] = (1 if averaged else entry.scale) * quotient(pooled["k"], pooled["n"])
        pooled["metric"], pooled["definition"], pooled["confidence"] = entry.key, entry.definition, level
        if pool == "mean_of_rates":
            pooled["definition"] = f"{MEAN_OVER_REPORTS} {entry.definition}"
        if averaged:
            pooled["k"] = pd.array([pd.NA] * len(pooled), "Int64")
        add_interval(pooled, entry, "mean" if averaged else interval, level, limits)
        frames.append(pooled[[*columns, *RATE_COLUMNS, *GUARD_COLUMNS]])
    rates = pd.concat(frames, ignore_index=True)
    rates.attrs["thresholds"] = asdict(limits)
    return rates


def known_columns(corpus: Corpus, by: By) -> list[str]:
    """Return the columns that make the groups.

    Raises
    ------
    UnknownKeyError, ArgumentError
        If ``reports`` has no such column, or something else than names or than a corpus is given.
    """
    require_corpus(corpus)
    columns, known = chosen_columns(by), list(corpus.reports.columns)
    for name in columns:
        if name not in corpus.reports:
            raise UnknownKeyError("column of reports", name, codebook.nearest(name, known), known)
    return columns


def guarded_groups(
    parts: pd.DataFrame, contributes: pd.Series[bool], entry: Metric, corpus: Corpus, columns: list[str], scope: Scope
) -> tuple[Any, pd.DataFrame]:
    """Group what the reports give, with whose figures they are; without columns all of them are one group.

    Returns
    -------
    DataFrameGroupBy, pandas.DataFrame
        The grouped parts, and for each group how many contributing reports of each scope it holds.

    Raises
    ------
    MixedScopesError
        If a group mixes scopes that overlap and no `scope` is given, or holds aggregate reports of a
        division and of one within it, and `scope` is not ``"any"``.
    RepeatedReportsError, NoReportsError
        If several versions of one report contribute, be it to different groups, or no report is of the scope.
    """
    reports = corpus.reports.reset_index(drop=True)
    whose = {name: contributes & (reports["scope"] == name) for name in codebook.scopes}
    given = parts.assign(**whose)
    if scope is not None:
        chosen = of_scope(reports, scope, entry)
        given, reports, contributes = given[chosen], reports[chosen], contributes[chosen]
    require_one_version(reports, contributes, entry)
    everything = pd.Series("all", reports.index, dtype=pd.CategoricalDtype(["all"]))
    groups = [reports[name] for name in columns] or [everything]
    grouped = given.groupby(groups, observed=bool(columns), dropna=False)
    scopes = grouped[list(codebook.scopes)].sum()
    if scope is None:
        require_unmixed(scopes, entry, columns)
    if scope is None or "any" not in scope:
        aggregates = reports.assign(group=grouped.ngroup())[given["aggregate"]]
        require_disjoint(aggregates[["group", "year", "region_code"]], entry)
    return grouped, scopes


def _check_pool(pool: str, entries: Sequence[Metric]) -> None:
    ways = ("counts", "mean_of_rates")
    if pool not in ways:
        raise PoolingError(f"There is no way of pooling {pool!r}; there are {' and '.join(ways)}.")
    without = [entry.key for entry in entries if entry.kind != "ratio"]
    if pool == "mean_of_rates" and without:
        raise PoolingError(
            f"Only ratios have rates of single reports to be averaged; {', '.join(without)} already counts reports."
        )


def _rates_of_reports(parts: pd.DataFrame, entry: Metric) -> pd.DataFrame:
    """Put the rate of each report in the place of its counts; a report with n = 0 has none."""
    rates = pd.Series(entry.scale * quotient(parts["k"], parts["n"]), parts.index)
    return parts.assign(k=rates.astype("Float64"), n=rates.notna().astype("Int64").where(rates.notna()))


def _pooled(entry: Metric, corpus: Corpus, parts: pd.DataFrame, columns: list[str], scope: Scope) -> pd.DataFrame:
    """Return the counts of each group, with the reports, the scopes and the changes of law behind them."""
    contributes = parts["n"].notna()
    year = corpus.reports["year"].reset_index(drop=True).where(contributes)
    given = parts[["k", "n"]].assign(contributing_year=year)
    grouped, scopes = guarded_groups(given, contributes, entry, corpus, columns, scope)
    pooled: pd.DataFrame = grouped[["k", "n"]].sum(min_count=1)
    group = grouped.ngroup()
    k, n = (parts.loc[group.index, name].to_numpy(np.float64, na_value=np.nan) for name in ("k", "n"))
    pooled["units"], pooled["ratio"], pooled["error"], pooled["df"] = ratio_errors(k, n, group.to_numpy(), len(pooled))
    pooled["reports"] = grouped["n"].count().astype(np.int64)
    pooled["coverage"] = quotient(pooled["reports"], grouped.size())
    years = grouped["contributing_year"]
    pooled["first_year"], pooled["last_year"] = years.min(), years.max()
    pooled["scopes"] = told_scopes(scopes)
    pooled = pooled.reset_index(drop=not columns)
    pooled["breaks"] = crossed_breaks(entry, *years_spanned(pooled, columns))
    return pooled


def quotient(parts: pd.Series[Any], wholes: pd.Series[Any]) -> Floats:
    """Divide, with NaN where the whole is 0 or something is missing."""
    part, whole = (counts.to_numpy(dtype=np.float64, na_value=np.nan) for counts in (parts, wholes))
    divided: Floats = np.divide(part, whole, out=np.full(len(part), np.nan), where=whole > 0)
    return divided
