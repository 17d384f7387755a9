"""A metric beside the others which answer the same question by another denominator."""

from __future__ import annotations

from os import PathLike
from typing import TYPE_CHECKING, Any

import pandas as pd

from govreport_kit import codebook
from govreport_kit.codebook.entries import Metric
from govreport_kit.codebook.figure_keys import parse_figure_key
from govreport_kit.errors import UnknownKeyError
from govreport_kit.metrics.pooling import By, rate

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
        - ``spread``: how far the variants of the group lie apart, highest less lowest rate; NaN in a
          family without headline, whose members measure different things.

        A variant may rest on other reports than the headline does: see ``reports`` and ``coverage``.

    Raises
    ------
    UnknownKeyError
        If there is no such family or no such column of ``corpus.reports``; names the nearest.
    MixedScopesError, IntervalError, PoolingError, CorpusError
        As in `rate`.
    """
    families = dict.fromkeys(entry.family for entry in codebook.metrics.values())
    if family not in families:
        raise UnknownKeyError("family of metrics", family, codebook.nearest(family, families))
    members = [entry for entry in codebook.metrics.values() if entry.family == family]
    members.sort(key=lambda entry: not entry.headline)
    rates = rate(corpus, [entry.key for entry in members], by, **options)
    rates["formula"] = rates["metric"].map({entry.key: _formula(entry) for entry in members})
    rates["source"] = rates["metric"].map({entry.key: entry.source for entry in members})
    rates["spread"] = _spread(rates) if members and members[0].headline else float("nan")
    return rates


variants = sensitivity


def _spread(rates: pd.DataFrame) -> pd.Series[float]:
    groups = list(rates.columns[: rates.columns.get_loc("metric")])
    if not groups:
        return pd.Series(rates["rate"].max() - rates["rate"].min(), rates.index)
    grouped = rates.groupby(groups, observed=True, dropna=False)["rate"]
    return grouped.transform("max") - grouped.transform("min")


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
