"""Rates with their intervals, one row a group: a point, a line, and the counts behind them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

import matplotlib as mpl
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter, MaxNLocator

from govreport_kit import codebook
from govreport_kit.errors import ArgumentError, CorpusError
from govreport_kit.figures import layout
from govreport_kit.figures.few_cases import drawn_rates, hollow_note, is_drawn, is_hollow, too_few, with_flags
from govreport_kit.figures.labels import (
    Lang,
    check_lang,
    group_label,
    interval_label,
    metric_unit,
    with_unit,
    word,
)
from govreport_kit.figures.marks import marks_of_rates
from govreport_kit.figures.means import is_mean, kinds_of, rate_label
from govreport_kit.figures.plotted import Plotted, attach
from govreport_kit.figures.rates_in_words import rate_sentences, rate_values
from govreport_kit.figures.theme import colour, themed
from govreport_kit.metrics.coverage import reports_of_all
from govreport_kit.metrics.intervals import caveats_of

_NEEDED = ("metric", "k", "n", "rate", "low", "high", "method", "definition", "reports", "coverage")


def rate_intervals(
    rates: pd.DataFrame, *, ax: Axes | None = None, lang: Lang = "en", reference: float | None = None
) -> Axes:
    """Draw rates and their intervals, one row a group.

    Parameters
    ----------
    rates : pandas.DataFrame
        What `govreport_kit.rate` returns; rows are drawn from top to bottom. Several metrics are drawn
        one under the other, each below its name.
    ax : matplotlib.axes.Axes, optional
        Axes to draw on; by default those of a new figure, as high as its rows need.
    lang : {"en", "zh"}
        Language of the labels.
    reference : float, optional
        Where to draw a line across all rows, in the unit of ``rate``: 0.3 for 30 %, 20 for 20 days.

    Returns
    -------
    matplotlib.axes.Axes
        At the right of each row stand k/n and the reports behind it, of means the reports alone. Points
        are hollow or left out as ``flag`` says: by default hollow where n is below 20, and below 5 only
        the counts are given.

    Raises
    ------
    CorpusError
        If a rate comes without its counts, interval or definition, or metrics of different units are mixed.
    """
    check_lang(lang)
    check_rates(rates)
    rates = with_flags(rates)
    with themed():
        drawn = ax if ax is not None else layout.new_axes()
        _draw(drawn, rates, lang, reference, own_figure=ax is None)
    title = "; ".join(rate_label(metric, definition, "en") for metric, definition in kinds_of(rates))
    told = rates.groupby("metric", sort=False, observed=True)["definition"].unique()
    definitions = {str(metric): "; ".join(listed) for metric, listed in told.items()}
    attach(
        drawn,
        Plotted(
            "rate_intervals", title, rates, definitions, lang=lang, sentences=partial(_sentences, rates),
            values=partial(rate_values, rates), marks=partial(marks_of_rates, rates),
        ),
    )  # fmt: skip
    return drawn


def check_rates(rates: pd.DataFrame) -> None:
    """Refuse a frame of rates without counts, interval or definition, and metrics of different units."""
    if not isinstance(rates, pd.DataFrame):
        raise ArgumentError(
            f"Give the frame that govreport_kit.rate(corpus, metric, by=...) returns, not a {type(rates).__name__}."
        )
    lacking = [name for name in _NEEDED if name not in rates]
    if lacking:
        raise CorpusError(
            f"A rate needs its numerator, denominator, interval and definition; the frame has no column "
            f"{', '.join(lacking)}. Give the frame that govreport_kit.rate() returns."
        )
    if rates.empty:
        raise CorpusError("The frame of rates has no row.")
    units = {metric_unit(str(metric), "en") for metric in rates["metric"].unique()}
    if len(units) > 1:
        raise CorpusError(f"Metrics of different units ({', '.join(sorted(units))}) cannot share an axis.")


@dataclass(frozen=True, slots=True)
class _Row:
    """One line of the figure: the rate of a group, or without one the name of the metric of the lines below."""

    label: str
    rate: Any = None


def _rows(rates: pd.DataFrame, lang: Lang) -> Iterator[_Row]:
    by = list(rates.columns[: rates.columns.get_loc("metric")])
    kinds = kinds_of(rates)
    for metric, definition in kinds:
        of_kind = rates[(rates["metric"] == metric) & (rates["definition"] == definition)]
        name = rate_label(metric, definition, lang)
        if len(kinds) > 1 and by:
            yield _Row(name)
        for rate, group in zip(of_kind.itertuples(), of_kind[by].to_dict("records"), strict=True):
            yield _Row(group_label(group, lang) if by or len(kinds) == 1 else name, rate)


def _draw(ax: Axes, rates: pd.DataFrame, lang: Lang, reference: float | None, *, own_figure: bool) -> None:
    rows = list(_rows(rates, lang))
    headings = [position for position, row in enumerate(rows) if row.rate is None]
    middles = layout.style_rows(ax, [row.label for row in rows], headings)
    for middle, row in zip(middles, rows, strict=True):
        if row.rate is not None:
            _draw_rate(ax, middle, row.rate, rates, lang)
    _scale(ax, rates, reference)
    layout.right_columns(ax, middles, _columns(rows, lang))
    layout.label_values(ax, _axis_label(rates, lang), interval_note(rates, lang))
    layout.settle(ax, fit_height=own_figure)


def _draw_rate(ax: Axes, middle: float, rate: Any, rates: pd.DataFrame, lang: Lang) -> None:
    if is_drawn(rate):
        draw_interval(ax, rate, middle)
    else:
        layout.blank(ax, middle, _why_no_rate(rate, rates, lang))


def draw_interval(ax: Axes, rate: Any, place: float, *, upright: bool = False) -> None:
    """Draw a rate as a point and its interval as a line, lying or upright; hollow if it rests on few cases."""
    if not (pd.isna(rate.low) or pd.isna(rate.high)):
        ends, places = [rate.low, rate.high], [place, place]
        ax.plot(*((places, ends) if upright else (ends, places)), color=colour("estimate"), solid_capstyle="butt",
                linewidth=mpl.rcParams["lines.linewidth"], zorder=2)  # fmt: skip
    ax.plot(
        *(([place], [rate.rate]) if upright else ([rate.rate], [place])),
        marker="o",
        linestyle="none",
        markersize=mpl.rcParams["lines.markersize"],
        markerfacecolor="white" if is_hollow(rate) else colour("estimate"),
        markeredgecolor=colour("estimate"),
        markeredgewidth=mpl.rcParams["lines.linewidth"] * 0.8,
        clip_on=False,
        zorder=3,
    )


def _why_no_rate(rate: Any, rates: pd.DataFrame, lang: Lang) -> str:
    if not pd.isna(rate.n) and rate.n > 0:
        return too_few(rate, rates, lang)
    if rate.reports:
        return word("none_counted", lang)
    return word("no_rate" if codebook.metrics[rate.metric].kind == "ratio" else "no_statement", lang)


def _scale(ax: Axes, rates: pd.DataFrame, reference: float | None) -> None:
    drawn = drawn_rates(rates)
    ends = pd.concat([drawn["low"], drawn["high"], drawn["rate"], pd.Series([reference, 0.0])]).astype("float64")
    metrics = [codebook.metrics[str(metric)] for metric in rates["metric"].unique()]
    has_unit = any(metric.unit for metric in metrics)
    room = 1.04 * (ends.max() or (20.0 if has_unit else 1.0))
    is_share = not has_unit and all(metric.interval == "share" for metric in metrics)
    ax.set_xlim(min(-0.015 * room, ends.min()), min(room, 1.02) if is_share else room)
    ax.xaxis.set_major_locator(MaxNLocator(nbins=5, steps=[1, 2, 2.5, 5, 10]))
    ax.xaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value if has_unit else value * 100:.10g}"))
    ax.grid(visible=True, axis="x", color=colour("grid"), linewidth=mpl.rcParams["grid.linewidth"], zorder=0)
    if reference is not None:
        ax.axvline(reference, color=colour("reference"), linewidth=mpl.rcParams["lines.linewidth"] * 0.8,
                   dashes=(3, 2), zorder=1)  # fmt: skip
        layout.heading_at(ax, reference, f"{reference:g}" if has_unit else f"{reference * 100:g}%")


def _columns(rows: list[_Row], lang: Lang) -> list[tuple[str, list[str]]]:
    rates = [row.rate for row in rows]
    given = [rate for rate in rates if rate is not None]
    means = [is_mean(rate) for rate in given]
    columns = [] if all(means) else [("k/n", ["" if rate is None else _counts(rate) for rate in rates])]
    if any(means) or any((rate.reports, rate.coverage) != (1, 1) for rate in given):
        told = ["" if rate is None else reports_of_all(rate.reports, rate.coverage) for rate in rates]
        columns.append((word("reports", lang), told))
    return columns


def _counts(rate: Any) -> str:
    return "" if is_mean(rate) or pd.isna(rate.k) or pd.isna(rate.n) else f"{rate.k:,.0f}/{rate.n:,.0f}"


def _sentences(rates: pd.DataFrame, lang: Lang) -> list[str]:
    caveats = (getattr(entry, lang) for entry in caveats_of(rates))
    return [*rate_sentences(rates, lang, title="title.rate_intervals"), interval_note(rates, lang), *caveats]


def _axis_label(rates: pd.DataFrame, lang: Lang) -> str:
    (metric, definition), *more = kinds_of(rates)
    if more:
        return word("of_named", lang)
    return with_unit(rate_label(metric, definition, lang), metric_unit(metric, lang), lang)


def interval_note(rates: pd.DataFrame, lang: Lang, *, upright: bool = False) -> str:
    """Tell the method of the intervals, and what hollow points are."""
    drawn = drawn_rates(rates)
    notes = []
    with_lines = drawn.dropna(subset=["low", "high"])
    if not with_lines.empty:
        notes.append(word("interval_upright" if upright else "interval", lang, method=_methods(with_lines, lang)))
    notes += hollow_note(rates, lang)
    return ("; " if lang == "en" else "；").join(notes)


def _methods(rates: pd.DataFrame, lang: Lang) -> str:
    """Name the methods of the intervals by their confidence level, as far as the frame tells it."""
    told: list[str] = []
    for level, of_level in rates.groupby(
        rates.get("confidence", pd.Series(index=rates.index)), dropna=False, sort=False
    ):
        methods = ", ".join(interval_label(str(method), lang) for method in of_level["method"].unique())
        told.append(methods if pd.isna(level) else f"{100 * level:g} % {methods}")
    return ", ".join(told)
