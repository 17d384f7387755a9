"""The registry of metrics at work: pooled rates with counts, definition, interval and coverage.

A rate of a group of reports pools their counts; the rates of reports are never averaged. It comes
with its counts and the share of the group's reports behind it; `components` tells what each gave.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, TypeAlias, cast

import numpy as np
import pandas as pd

from govreport_kit import codebook
from govreport_kit.codebook.entries import Metric
from govreport_kit.contributions import (
    SOURCES,
    Figures,
    Flag,
    Floats,
    Why,
    consistent,
    indicator_figures,
    request_figures,
    signed_sum,
)
from govreport_kit.errors import UnknownKeyError
from govreport_kit.statistics import check_interval, t_interval
from govreport_kit.statistics import interval as share_interval

if TYPE_CHECKING:
    from govreport_kit.corpus import Corpus

Parts: TypeAlias = tuple[Figures, Figures]

RATE_COLUMNS = ("metric", "k", "n", "rate", "low", "high", "method", "definition", "reports", "coverage")


def components(corpus: Corpus, metric: str) -> pd.DataFrame:
    """Return what each report contributes to a metric, or why it contributes nothing.

    Parameters
    ----------
    corpus : Corpus
        The reports.
    metric : str
        A key of ``codebook.metrics``.

    Returns
    -------
    pandas.DataFrame
        One row a report, in the order of ``corpus.reports``:

        - ``report_id``;
        - ``k``, ``n``: numerator and denominator (``Int64``; for a mean ``k`` is the stated figure,
          ``Float64``), both ``<NA>`` where the report does not contribute, so that their sums are
          those of `rate`;
        - ``source``: where both were read: ``table``, ``narrative``, or ``derived`` where one of
          them follows from figures of the running text;
        - ``approx``: the running text says about (余 约 近);
        - ``summed``: the table leaves a total unfilled; the sum over the kinds of applicants, all
          of them numbers, stands in for it;
        - ``other_unit``: the figure is printed with another unit than the indicator's (天 for 工作日);
        - ``excluded``: why the report does not contribute, ``<NA>`` where it does.

        The reasons: ``missing`` (the report tells no such count), ``no_number`` (a cell is blank,
        marked as not applicable, or unreadable), ``ambiguous`` (different values stand for the same
        thing), ``inconsistent`` (the numerator exceeds the denominator, or a count is negative or no
        whole number), ``other_form`` (the metric is not defined on the report's form) and
        ``partly_read`` (a share of reports which state something rests on those read in full).
        Where several hold, the last of them is told.

    Raises
    ------
    UnknownKeyError
        If there is no such metric; names the nearest.

    Notes
    -----
    Counts of the request table are those of the applicant ``total``; a total and its parts are
    never added together. Numerator and denominator come from the same source, the table first and
    else the running text (counts that follow from it included), because text and table may differ
    in scope. A group of outcomes (``refused``) is the sum of its rows, all of which must hold a
    number, or else the count told of the group. A blank is never taken for 0.

    """
    entry = codebook.metrics[metric]
    k, n = _KINDS[entry.kind](corpus, entry)
    given = k.why == Why.GIVEN
    source = np.select([~given, k.has(Flag.DERIVED), k.has(Flag.NARRATIVE)], [-1, 2, 1], 0)
    reasons = pd.Index([why.name.lower() for why in Why if why != Why.GIVEN])
    return pd.DataFrame(
        {
            "report_id": corpus.reports["report_id"].array,
            "k": pd.array(k.value, "Float64") if entry.kind == "mean" else pd.array(np.rint(k.value), "Int64"),
            "n": pd.array(np.rint(n.value), "Int64"),
            "source": pd.Categorical.from_codes(source.astype(np.int8), pd.Index(SOURCES)),
            "approx": given & k.has(Flag.APPROX),
            "summed": given & k.has(Flag.SUMMED),
            "other_unit": given & k.has(Flag.OTHER_UNIT),
            "excluded": pd.Categorical.from_codes(k.why.astype(np.int8) - 1, reasons),
        }
    )


def rate(
    corpus: Corpus,
    metric: str | Sequence[str],
    by: str | Sequence[str] | None = None,
    *,
    interval: str = "wilson",
    level: float = 0.95,
) -> pd.DataFrame:
    r"""Return a metric pooled over the reports, or over each group of them, with its interval.

    Parameters
    ----------
    corpus : Corpus
        The reports. Where an aggregate report and the reports summed in it are both there, their
        requests count twice: select one kind first, or give ``by="scope"``.
    metric : str or list of str
        Keys of ``codebook.metrics``; the frames of several stand below each other.
    by : str or list of str, optional
        Columns of ``corpus.reports``. Reports without a value are a group of their own.
    interval : {"wilson", "clopper_pearson", "jeffreys", "agresti_coull"}
        Method of the interval, see `govreport_kit.statistics.interval`; a mean has a t interval.
    level : float
        Confidence level.

    Returns
    -------
    pandas.DataFrame
        One row a group, in order; a group of which no report contributes is there too.

        - the columns of `by`;
        - ``metric`` and ``definition``, the latter in the keys of the codebook;
        - ``k``, ``n``: sums over the contributing reports (``Int64``; ``k`` of a mean ``Float64``),
          ``<NA>`` where there are none;
        - ``rate``: ``k / n`` (``float64``), NaN where `n` is 0 or missing; a share in [0, 1], or the
          mean in the metric's unit;
        - ``low``, ``high``, ``method``: the interval and its method;
        - ``reports``: how many reports contribute; ``coverage``: their share of the group's reports.
          ``attrs["confidence"]`` is the level.

    Raises
    ------
    UnknownKeyError
        If there is no such metric or no such column of ``corpus.reports``; names the nearest.
    IntervalError
        If there is no such method or `level` is not between 0 and 1.

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
        `k` is the sum of the stated figures, `n` the number of reports which state one.

    The interval takes the requests of a group as one file. Agencies differ by more than chance: as a
    statement about agencies it is too narrow (Spiegelhalter 2005, Statistics in Medicine 24, 1185).

    See Also
    --------
    variants : The metric beside the others of its family.
    """
    if isinstance(metric, str):
        return _rate(corpus, codebook.metrics[metric], by, interval, level)
    return pd.concat([_rate(corpus, codebook.metrics[key], by, interval, level) for key in metric], ignore_index=True)


def _rate(corpus: Corpus, entry: Metric, by: str | Sequence[str] | None, interval: str, level: float) -> pd.DataFrame:
    check_interval(interval, level)
    columns = _known_columns(corpus, by)
    groups = [corpus.reports[name].reset_index(drop=True) for name in columns]
    everything = pd.Series("all", range(len(corpus.reports)), dtype=pd.CategoricalDtype(["all"]))
    parts = components(corpus, entry.key)
    grouped = parts.groupby(groups or [everything], observed=bool(groups), dropna=False)
    pooled = grouped[["k", "n"]].sum(min_count=1)
    pooled["reports"] = grouped["n"].count().astype(np.int64)
    pooled["coverage"] = _quotient(pooled["reports"], grouped.size())
    pooled["rate"] = _quotient(pooled["k"], pooled["n"])
    if entry.kind == "mean":
        bounds = t_interval(pooled["rate"], grouped["k"].std(), pooled["reports"], level)
    else:
        bounds = share_interval(pooled["k"], pooled["n"], interval, level)
    pooled["low"], pooled["high"] = bounds
    pooled["metric"], pooled["definition"] = entry.key, entry.definition
    pooled["method"] = "t" if entry.kind == "mean" else interval
    rates = pooled.reset_index(drop=not groups)[[*columns, *RATE_COLUMNS]]
    rates.attrs["confidence"] = level
    return rates


def variants(
    corpus: Corpus,
    family: str,
    by: str | Sequence[str] | None = None,
    *,
    interval: str = "wilson",
    level: float = 0.95,
) -> pd.DataFrame:
    """Return every metric of a family, so that a headline does not stand without its variants.

    Parameters
    ----------
    corpus : Corpus
        The reports.
    family : str
        A family of ``codebook.metrics``: ``disclosure``, ``refusal``, ...
    by, interval, level
        As in `rate`.

    Returns
    -------
    pandas.DataFrame
        The frames of `rate` below each other, the headline's first. A metric may rest on other
        reports than the headline does: see ``reports`` and ``coverage``.

    Raises
    ------
    UnknownKeyError
        If there is no such family or no such column of ``corpus.reports``; names the nearest.
    IntervalError
        If there is no such method or `level` is not between 0 and 1.
    """
    families = dict.fromkeys(entry.family for entry in codebook.metrics.values())
    if family not in families:
        raise UnknownKeyError("family of metrics", family, codebook.nearest(family, families))
    members = [entry for entry in codebook.metrics.values() if entry.family == family]
    members.sort(key=lambda entry: not entry.headline)
    return rate(corpus, [entry.key for entry in members], by, interval=interval, level=level)


def _ratio(corpus: Corpus, metric: Metric) -> Parts:
    keys = [key.removeprefix("-") for key in (*metric.numerator, *metric.denominator)]
    if keys[0] in codebook.indicators:
        return consistent(*_paired(metric, {key: indicator_figures(corpus, key) for key in keys}))
    table, text = request_figures(corpus, keys)
    (k_table, n_table), (k_text, n_text) = _paired(metric, table), _paired(metric, text)
    k, n = consistent(k_table.or_else(k_text), n_table.or_else(n_text))
    form = corpus.reports["form"]
    other_form = (form.notna() & ~form.isin(metric.forms)).to_numpy(bool)
    return k.without(other_form, Why.OTHER_FORM), n.without(other_form, Why.OTHER_FORM)


def _paired(metric: Metric, figures: dict[str, Figures]) -> Parts:
    """Return numerator and denominator of the reports which give both."""
    k, n = signed_sum(metric.numerator, figures), signed_sum(metric.denominator, figures)
    return k.only_with(n), n.only_with(k)


def _share(corpus: Corpus, metric: Metric) -> Parts:
    figures = indicator_figures(corpus, metric.indicator)
    name, limit = cast("tuple[str, float]", metric.test)
    passes = {"at_most": np.less_equal, "at_least": np.greater_equal}[name]
    return figures.replaced(passes(figures.value, limit)), figures.replaced(1.0)


def _stated(corpus: Corpus, metric: Metric) -> Parts:
    told = indicator_figures(corpus, metric.indicator)
    partly_read = ~corpus.reports["complete"].to_numpy(bool)
    known = Figures(np.ones(len(told.why)), np.zeros_like(told.why), told.flags).without(partly_read, Why.PARTLY_READ)
    return known.replaced(told.why != Why.MISSING), known


def _mean(corpus: Corpus, metric: Metric) -> Parts:
    figures = indicator_figures(corpus, metric.indicator)
    return figures, figures.replaced(1.0)


_KINDS: dict[str, Callable[[Corpus, Metric], Parts]] = {
    "ratio": _ratio,
    "share": _share,
    "stated": _stated,
    "mean": _mean,
}


def _known_columns(corpus: Corpus, by: str | Sequence[str] | None) -> list[str]:
    columns = [by] if isinstance(by, str) else list(dict.fromkeys(by or ()))
    for name in columns:
        if name not in corpus.reports:
            raise UnknownKeyError("column of reports", name, codebook.nearest(name, corpus.reports.columns))
    return columns


def _quotient(parts: pd.Series[Any], wholes: pd.Series[Any]) -> Floats:
    """Divide, with NaN where the whole is 0 or something is missing."""
    part, whole = (counts.to_numpy(dtype=np.float64, na_value=np.nan) for counts in (parts, wholes))
    quotient: Floats = np.divide(part, whole, out=np.full(len(part), np.nan), where=whole > 0)
    return quotient
