"""What each report contributes to a metric."""

from __future__ import annotations

from collections.abc import Callable
from os import PathLike
from typing import TYPE_CHECKING, TypeAlias, cast

import numpy as np
import pandas as pd

from govreport_kit.codebook.entries import Metric
from govreport_kit.contributions import (
    SOURCES,
    Figures,
    Flag,
    Why,
    consistent,
    figures_of,
    indicator_figures,
    signed_sum,
)
from govreport_kit.contributions.contradicted import contradicted
from govreport_kit.corpus.arguments import one_metric
from govreport_kit.metrics.saved import opened

if TYPE_CHECKING:
    from govreport_kit.corpus import Corpus

Parts: TypeAlias = tuple[Figures, Figures]
Exposure: TypeAlias = pd.DataFrame | None


def components(corpus: Corpus | str | PathLike[str], metric: str, *, exposure: Exposure = None) -> pd.DataFrame:
    """Return what each report contributes to a metric, or why it contributes nothing.

    Parameters
    ----------
    corpus : Corpus or path
        The reports, or where a saved corpus lies: only the tables of the metric's figures are read then.
    metric : str
        A key of ``codebook.metrics``.
    exposure : pandas.DataFrame, optional
        What no report holds, as a population: columns region_code (or agency), year, and the figure.

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
        - ``contradicted``: a total behind `k` or `n` is not the sum of its parts, which the table prints,
          too: of the kinds of applicants, of the outcomes of a review, or (requests closed) of all
          outcomes. The printed total enters all the same; rules A2 to A4 of `govreport_kit.audit`
          tell the sums;
        - ``other_unit``: the figure is printed with another unit than the indicator's (天 for 工作日);
        - ``excluded``: why the report does not contribute, ``<NA>`` where it does.

        The reasons: ``missing`` (the report tells no such count), ``no_number`` (a cell is blank,
        marked as not applicable, or unreadable), ``ambiguous`` (different values stand for the same
        thing), ``inconsistent`` (the numerator exceeds the denominator, or a count is negative or no
        whole number), ``other_form`` (the metric is not defined on the report's form),
        ``partly_read`` (a share of reports which state something rests on those read in full) and
        ``other_scope`` (the metric is defined on reports of one scope).
        Where several hold, the last of them is told.

    Raises
    ------
    UnknownKeyError
        If there is no such metric; names the nearest.
    CorpusError
        If the metric needs an exposure and there is none, or its keys are not single.
    ArgumentError
        If an argument is of another kind, such as a list of metrics.

    Notes
    -----
    Counts of the request table are those of the applicant ``total``, where the metric names no other;
    a total and its parts are never added together. Numerator and denominator come from the same
    source, the table first and else the running text (counts that follow from it included), because
    text and table may differ in scope. The text tells a cell by the figure of ``codebook.indicators``
    which names that cell, such as the total of reconsiderations, but no cell of a row that stands in
    the report's table. It tells suits in one number, which is none of the two rows of the table. A group
    of outcomes (``refused``) is the sum of its rows, all of which must hold a number, or else the count
    told of the group. A blank is never taken for 0.
    """
    entry = one_metric(metric)
    reports = opened(corpus, [entry], whole_tables=True)
    parts = contributions_to(entry, reports, exposure)
    from_table = (parts["source"] == "table").to_numpy(bool)
    place = list(parts).index("other_unit")
    parts.insert(place, "contradicted", from_table & contradicted(reports, entry.figures))
    return parts


def contributions_to(metric: Metric, corpus: Corpus, exposure: Exposure, *, any_scope: bool = False) -> pd.DataFrame:
    """Return the frame of `components` as far as `rate` needs it, without the check of totals.

    With `any_scope` reports of other scopes than the metric's contribute, too.
    """
    k, n = _KINDS[metric.kind](corpus, metric, exposure)
    if metric.scope and not any_scope:
        other_scope = (corpus.reports["scope"] != metric.scope).to_numpy(bool)
        k, n = k.without(other_scope, Why.OTHER_SCOPE), n.without(other_scope, Why.OTHER_SCOPE)
    given = k.why == Why.GIVEN
    source = np.select([~given, k.has(Flag.DERIVED), k.has(Flag.NARRATIVE)], [-1, 2, 1], 0)
    reasons = pd.Index([why.name.lower() for why in Why if why != Why.GIVEN])
    return pd.DataFrame(
        {
            "report_id": corpus.reports["report_id"].array,
            "k": pd.array(k.value, "Float64") if metric.kind == "mean" else pd.array(np.rint(k.value), "Int64"),
            "n": pd.array(np.rint(n.value), "Int64"),
            "source": pd.Categorical.from_codes(source.astype(np.int8), pd.Index(SOURCES)),
            "approx": given & k.has(Flag.APPROX),
            "summed": given & k.has(Flag.SUMMED),
            "other_unit": given & k.has(Flag.OTHER_UNIT),
            "excluded": pd.Categorical.from_codes(k.why.astype(np.int8) - 1, reasons),
        }
    )


def _ratio(corpus: Corpus, metric: Metric, exposure: Exposure) -> Parts:
    table, text = figures_of(corpus, metric.figures, exposure)
    (k_table, n_table), (k_text, n_text) = _paired(metric, table), _paired(metric, text)
    return _on_forms(corpus, metric, *consistent(k_table.or_else(k_text), n_table.or_else(n_text), metric.interval))


def _paired(metric: Metric, figures: dict[str, Figures]) -> Parts:
    """Return numerator and denominator of the reports which give both."""
    k, n = signed_sum(metric.numerator, figures), signed_sum(metric.denominator, figures)
    return k.only_with(n), n.only_with(k)


def _on_forms(corpus: Corpus, metric: Metric, k: Figures, n: Figures) -> Parts:
    """Leave out the reports on a form which does not hold the figures of the metric."""
    if not metric.forms:
        return k, n
    form = corpus.reports["form"]
    other_form = (form.notna() & ~form.isin(metric.forms)).to_numpy(bool)
    return k.without(other_form, Why.OTHER_FORM), n.without(other_form, Why.OTHER_FORM)


def _share(corpus: Corpus, metric: Metric, _: Exposure) -> Parts:
    figures = indicator_figures(corpus, metric.indicator)
    name, limit = cast("tuple[str, float]", metric.test)
    passes = {"at_most": np.less_equal, "at_least": np.greater_equal}[name]
    return figures.replaced(passes(figures.value, limit)), figures.replaced(1.0)


def _stated(corpus: Corpus, metric: Metric, _: Exposure) -> Parts:
    told = indicator_figures(corpus, metric.indicator)
    partly_read = ~corpus.reports["complete"].to_numpy(bool)
    known = Figures(np.ones(len(told.why)), np.zeros_like(told.why), told.flags).without(partly_read, Why.PARTLY_READ)
    return known.replaced(told.why != Why.MISSING), known


def _mean(corpus: Corpus, metric: Metric, exposure: Exposure) -> Parts:
    if metric.indicator:
        figures = indicator_figures(corpus, metric.indicator)
    else:
        table, text = figures_of(corpus, metric.figures, exposure)
        figures = signed_sum(metric.numerator, table).or_else(signed_sum(metric.numerator, text))
    return _on_forms(corpus, metric, figures, figures.replaced(1.0))


_KINDS: dict[str, Callable[[Corpus, Metric, Exposure], Parts]] = {
    "ratio": _ratio,
    "share": _share,
    "stated": _stated,
    "mean": _mean,
}
