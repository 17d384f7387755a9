"""Shares drawn towards the mean of their kind, with intervals of the ranks: a ranking that allows for chance."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

import matplotlib as mpl
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.ticker import FuncFormatter, MaxNLocator

from govreport_kit import statistics
from govreport_kit.errors import CorpusError
from govreport_kit.figures import layout
from govreport_kit.figures.labels import Lang, check_lang, group_label, metric_label, with_unit, word
from govreport_kit.figures.marks import marks_of_rates
from govreport_kit.figures.plotted import Plotted, attach, corpus_of, rows_of
from govreport_kit.figures.theme import colour, themed
from govreport_kit.figures.units import about_units, check_shares_of_units, left_out, unit_columns
from govreport_kit.metrics import rate

if TYPE_CHECKING:
    from govreport_kit.corpus import Corpus

LEVEL = 0.95


def shrinkage(
    rates: Corpus | pd.DataFrame,
    metric: str = "disclosure_rate",
    *,
    by: str | list[str] = "report_id",
    ax: Axes | None = None,
    lang: Lang = "en",
) -> Axes:
    """Draw how far each unit's share is drawn towards the mean, and between which ranks it lies.

    Parameters
    ----------
    rates : Corpus or pandas.DataFrame
        A corpus, or what ``govreport_kit.rate(corpus, metric, by=...)`` returns, of one metric, one row a
        unit. Only like should be ranked with like: select one level and year.
    metric : str
        Key of ``codebook.metrics``, a share, where a corpus is given.
    by : str or list of str
        Columns of ``corpus.reports`` which make the units, where a corpus is given.
    ax : matplotlib.axes.Axes, optional
        Axes to draw on; by default those of a new figure, as high as its rows need.
    lang : {"en", "zh"}
        Language of the labels.

    Returns
    -------
    matplotlib.axes.Axes
        Hollow points are the shares as counted, full ones the posterior means with their 95 % intervals;
        a thin line leads from one to the other. Units stand in the order of their posterior means, and at
        the right with their rank and its interval, and k/n. Units which do not state both counts, and those
        without a case, are left out and told.

    Raises
    ------
    CorpusError
        If the rates are not shares of one metric, or too few units have cases for a common distribution.

    See Also
    --------
    govreport_kit.statistics.shrink : The model, its numbers, and how well its intervals cover.
    """
    check_lang(lang)
    corpus = corpus_of(rates)
    given = rates if isinstance(rates, pd.DataFrame) else rate(rates, metric, by=by)
    check_shares_of_units(given, "Shares of one metric can be ranked")
    cases = given[(given["n"] > 0).fillna(False)].reset_index(drop=True)
    shrunk = statistics.shrink(cases["k"], cases["n"], level=LEVEL)
    prior = shrunk.attrs["priors"][0] if shrunk.attrs["priors"] else {"status": "too few units"}
    if shrunk["mean"].isna().all():
        raise CorpusError(f"Nothing can be said about how the units differ: {prior['status']}. Give more units.")
    frame = about_units(cases).join(shrunk).sort_values("rank", kind="stable", ignore_index=True)
    notes = partial(_notes, prior, given)
    with themed():
        drawn = ax if ax is not None else layout.new_axes()
        _draw(drawn, frame, notes(lang), lang, own_figure=ax is None)
    key = str(frame["metric"].iloc[0])
    marks = partial(marks_of_rates, frame)
    reports = None if corpus is None else tuple(dict.fromkeys(r for mark in marks(corpus) for r in mark.reports))
    attach(
        drawn,
        Plotted(
            "shrinkage", metric_label(key, "en"), frame, {key: str(frame["definition"].iloc[0])}, reports, lang, corpus,
            partial(_sentences, frame, notes), partial(_values, frame), marks,
        ),
    )  # fmt: skip
    return drawn


def _draw(ax: Axes, frame: pd.DataFrame, notes: Sequence[str], lang: Lang, *, own_figure: bool) -> None:
    names = [group_label(unit, lang) for unit in frame[unit_columns(frame)].to_dict("records")]
    middles = layout.style_rows(ax, names)
    highest = float(frame[["high", "raw"]].max().max())
    ax.set_xlim(-0.02, min(1.02, 1.06 * highest))
    ax.xaxis.set_major_locator(MaxNLocator(nbins=5, steps=[1, 2, 2.5, 5, 10]))
    ax.xaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value * 100:.10g}"))
    ax.grid(visible=True, axis="x", color=colour("grid"), linewidth=mpl.rcParams["grid.linewidth"], zorder=0)
    for middle, row in zip(middles, rows_of(frame), strict=True):
        _draw_unit(ax, middle, row)
    ranks = [f"{row.rank} ({row.rank_low}–{row.rank_high})" for row in rows_of(frame)]
    counts = [f"{row.k:,}/{row.n:,}" for row in rows_of(frame)]
    layout.right_columns(ax, middles, [("k/n", counts), (word("rank", lang), ranks)])
    key = str(frame["metric"].iloc[0])
    separator = "; " if lang == "en" else "；"
    layout.label_values(ax, with_unit(metric_label(key, lang), "%", lang), separator.join(notes))
    styles = _styles()
    handles = [Line2D([], [], **styles["raw"]), Line2D([], [], **styles["posterior"]), Line2D([], [], **_line())]
    layout.legend_above(ax, handles, [word(f"shrinkage.{name}", lang) for name in ("raw", "posterior", "interval")])
    layout.settle(ax, fit_height=own_figure)


def _draw_unit(ax: Axes, middle: float, row: Any) -> None:
    styles = _styles()
    ax.plot([row.low, row.high], [middle, middle], zorder=2, solid_capstyle="butt", **_line())
    ax.plot([row.raw], [middle], clip_on=False, zorder=2.5, **styles["raw"])
    ax.plot([row.mean], [middle], clip_on=False, zorder=3, **styles["posterior"])


def _line() -> dict[str, Any]:
    return {"color": colour("estimate"), "linewidth": mpl.rcParams["lines.linewidth"]}


def _styles() -> dict[str, dict[str, Any]]:
    common = {"linestyle": "none", "markersize": mpl.rcParams["lines.markersize"],
              "markeredgewidth": mpl.rcParams["lines.linewidth"] * 0.8, "marker": "o"}  # fmt: skip
    return {
        "raw": {**common, "marker": "D", "markerfacecolor": "white", "markeredgecolor": colour("signal")},
        "posterior": {**common, "markerfacecolor": colour("estimate"), "markeredgecolor": colour("estimate")},
    }


def _notes(prior: dict[str, Any], given: pd.DataFrame, lang: Lang) -> list[str]:
    status = prior["status"].replace(" ", "_").replace("-", "_")
    notes = [
        word(
            f"prior.{status}", lang, mean=f"{100 * prior['mean']:.1f}", rho=f"{prior['rho']:.2f}", units=prior["units"]
        )
    ]
    return [*notes, *left_out(given, lang)]


def _sentences(frame: pd.DataFrame, notes: partial[list[str]], lang: Lang) -> Sequence[str]:
    name = metric_label(str(frame["metric"].iloc[0]), lang)
    counted = word(
        "n_of_units", lang, units=f"{len(frame):,}", k=f"{frame['k'].sum():,}", n=f"{frame['n'].sum():,}",
        definition=frame["definition"].iloc[0],
    )  # fmt: skip
    return [word("title.shrinkage", lang, metric=name), counted, word("empirical_bayes", lang), *notes(lang)]


def _values(frame: pd.DataFrame, lang: Lang) -> Sequence[str]:
    units = frame[unit_columns(frame)].to_dict("records")
    return [
        word("shrunk", lang, unit=group_label(unit, lang), raw=f"{100 * row.raw:.1f}", mean=f"{100 * row.mean:.1f}",
             rank=row.rank, low=row.rank_low, high=row.rank_high)
        for row, unit in zip(rows_of(frame), units, strict=True)
    ]  # fmt: skip
