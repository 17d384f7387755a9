"""A metric beside the others which answer the same question by another denominator."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from os import PathLike
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from govreport_kit import codebook
from govreport_kit.codebook.entries import Metric
from govreport_kit.codebook.figure_keys import parse_figure_key
from govreport_kit.errors import UnknownKeyError
from govreport_kit.metrics.guards import chosen_scopes
from govreport_kit.metrics.pooling import By, known_columns, rate
from govreport_kit.metrics.reports import contributions_to
from govreport_kit.metrics.saved import opened

if TYPE_CHECKING:
    from govreport_kit.corpus import Corpus


def sensitivity(corpus: Corpus | str | PathLike[str], family: str, by: By = None, **options: Any) -> pd.DataFrame:
    """Return every variant of a metric, so that a headline does not stand without them.

    Parameters
    ----------
    corpus : Corpus or path
        The reports, or where a saved corpus lies.
    family : str
        A family of ``codebook.metrics``: ``disclosure``, ``refusal``, ``correction_reconsideration``, ...
    by : str or list of str, optional
        Columns of ``corpus.reports``.
    **options
        Further parameters of `rate`.

    Returns
    -------
    pandas.DataFrame
        The frames of `rate` below each other, the headline's first, and behind their columns:

        - ``formula``: the definition in the symbols of the national form, as ``(G+P) / T``;
        - ``source``: who uses it;
        - ``common`` (``Int64``): how many reports of the group contribute to every variant that any
          of its reports contributes to;
        - ``spread``: how far the variants lie apart over these reports alone, highest less lowest
          rate, so that it tells what the definitions do and not who reports what; NaN where fewer
          than two of them have a rate.

        A family without headline has neither: its members measure different things. The rates
        themselves rest on all reports that give them: see ``reports`` and ``coverage``.

    Raises
    ------
    UnknownKeyError
        If there is no such family or no such column of ``corpus.reports``; names the nearest.
    MixedScopesError, RepeatedReportsError, NoReportsError, IntervalError, PoolingError, CorpusError, ArgumentError
        As in `rate`.
    """
    families = list(dict.fromkeys(entry.family for entry in codebook.metrics.values()))
    if family not in families:
        raise UnknownKeyError("family of metrics", family, codebook.nearest(family, families), families)
    members = [entry for entry in codebook.metrics.values() if entry.family == family]
    members.sort(key=lambda entry: not entry.headline)
    reports = opened(corpus, members)
    rates = rate(reports, [entry.key for entry in members], by, **options)
    rates["formula"] = rates["metric"].map({entry.key: _formula(entry) for entry in members})
    rates["source"] = rates["metric"].map({entry.key: entry.source for entry in members})
    if not members[0].headline:
        return rates.assign(common=pd.array([pd.NA] * len(rates), "Int64"), spread=np.nan)
    return _with_spread(rates, reports, members, known_columns(reports, by), options)


def _with_spread(
    rates: pd.DataFrame, corpus: Corpus, members: Sequence[Metric], columns: list[str], options: Mapping[str, Any]
) -> pd.DataFrame:
    common = corpus.select(_gives_every_variant(corpus, members, columns, options))
    compared = rate(common, [entry.key for entry in members], columns, **options)
    grouped = compared.groupby(columns or (lambda _: 0), observed=True, dropna=False)
    groups = pd.DataFrame({"common": grouped["reports"].max().astype("Int64")})
    groups["spread"] = (grouped["rate"].max() - grouped["rate"].min()).where(grouped["rate"].count() > 1)
    if not columns:
        return rates.assign(
            common=pd.array([groups["common"].iloc[0]] * len(rates), "Int64"), spread=groups["spread"].iloc[0]
        )
    joined = rates.merge(groups.reset_index(), how="left", on=columns)
    joined["common"] = joined["common"].fillna(0)
    joined.attrs = rates.attrs
    return joined


def _gives_every_variant(
    corpus: Corpus, members: Sequence[Metric], columns: list[str], options: Mapping[str, Any]
) -> pd.Series[bool]:
    """Tell which reports contribute to every variant that any report of their group contributes to."""
    scope = options.get("scope")
    reports = corpus.reports.reset_index(drop=True)
    parts = {
        entry.key: contributions_to(entry, corpus, options.get("exposure"), any_scope=scope is not None)["n"]
        for entry in members
    }
    given = pd.DataFrame(parts).notna()
    given.loc[~reports["scope"].isin(chosen_scopes(scope))] = False
    groups = [reports[name] for name in columns] or [pd.Series(0, given.index)]
    told = given.groupby(groups, observed=True, dropna=False).transform("any")
    every = given.any(axis="columns") & (given | ~told).all(axis="columns")
    return every.set_axis(corpus.reports.index)


def _formula(metric: Metric) -> str:
    """Write the definition of a ratio in symbols; figures outside the request table keep their names."""
    if metric.kind != "ratio":
        return metric.definition
    scale = f"{metric.scale:g} * " if metric.scale != 1 else ""
    return f"{scale}{_in_symbols(metric.numerator)} / {_in_symbols(metric.denominator)}"


def _in_symbols(keys: tuple[str, ...]) -> str:
    joined = "".join(f"-{_symbol(key[1:])}" if key.startswith("-") else f"+{_symbol(key)}" for key in keys)
    joined = joined.removeprefix("+")
    return f"({joined})" if "+" in joined or "-" in joined else joined


def _symbol(key: str) -> str:
    figure = parse_figure_key(key)
    if (figure.table, figure.column) != ("requests", "total"):
        return key
    if figure.row in codebook.groups:
        return codebook.groups[figure.row].symbol
    return next(row.symbol for row in codebook.table_rows("requests") if row.key == figure.row)
