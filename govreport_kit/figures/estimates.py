"""Estimates with their intervals, one row a model: what several ways of asking the same question answer."""

from __future__ import annotations

from functools import partial
from typing import Any

import matplotlib as mpl
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter, MaxNLocator

from govreport_kit.errors import CorpusError
from govreport_kit.figures import layout
from govreport_kit.figures.labels import Lang, check_lang, word
from govreport_kit.figures.plotted import Plotted, attach, rows_of
from govreport_kit.figures.theme import colour, themed

_NEEDED = ("model", "estimate", "low", "high")


def estimates(
    answers: pd.DataFrame,
    title: str,
    *,
    reference: float | None = None,
    level: float = 0.95,
    ax: Axes | None = None,
    lang: Lang = "en",
) -> Axes:
    """Draw what several models say of one effect on a share, beside no effect or a known one.

    Parameters
    ----------
    answers : pandas.DataFrame
        One row a model: ``model`` (its name), ``estimate``, ``low``, ``high``, as shares of 1.
    title : str
        What is estimated, and of what data; simulated ones say so.
    reference : float, optional
        Where to draw a line across all rows, as the true effect; by default at no effect.
    level : float
        Level of the intervals.
    ax : matplotlib.axes.Axes, optional
        Axes to draw on; by default those of a new figure, as high as its rows need.
    lang : {"en", "zh"}
        Language of the words beside `title` and the names of the models.

    Returns
    -------
    matplotlib.axes.Axes
        The axis counts percentage points; estimate and interval stand in figures at the right.

    Raises
    ------
    CorpusError
        If a column is missing or there is no row.
    """
    check_lang(lang)
    lacking = [name for name in _NEEDED if name not in answers]
    if lacking or answers.empty:
        what = f"has no column {', '.join(lacking)}" if lacking else "has no row"
        raise CorpusError(f"Estimates need a row a model with {', '.join(_NEEDED)}; the frame {what}.")
    told = partial(_sentences, title, level)
    with themed():
        drawn = ax if ax is not None else layout.new_axes()
        _draw(drawn, answers, reference or 0.0, lang)
        layout.label_values(drawn, *told(lang))
        layout.settle(drawn, fit_height=ax is None)
    attach(
        drawn,
        Plotted("estimates", title, answers, lang=lang, sentences=told, values=partial(_values, answers)),
    )
    return drawn


def _draw(ax: Axes, answers: pd.DataFrame, reference: float, lang: Lang) -> None:
    rows = list(rows_of(answers))
    middles = layout.style_rows(ax, [row.model for row in rows])
    for middle, row in zip(middles, rows, strict=True):
        width = mpl.rcParams["lines.linewidth"]
        ax.plot([row.low, row.high], [middle, middle], color=colour("estimate"), linewidth=width, zorder=2)
        ax.plot(row.estimate, middle, marker="o", color=colour("estimate"), markersize=mpl.rcParams["lines.markersize"])
    ax.xaxis.set_major_locator(MaxNLocator(nbins=6, steps=[1, 2, 2.5, 5, 10]))
    ax.xaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value * 100:.10g}"))
    ax.grid(visible=True, axis="x", color=colour("grid"), linewidth=mpl.rcParams["grid.linewidth"], zorder=0)
    for place in {0.0, reference}:
        dashes = (3, 2) if place else (None, None)
        ax.axvline(place, color=colour("reference"), linewidth=0.8, dashes=dashes, zorder=1)
        layout.heading_at(ax, place, f"{place * 100:g}")
    layout.right_columns(ax, middles, [("", [_in_words(row, lang) for row in rows])])


def _sentences(title: str, level: float, lang: Lang) -> list[str]:
    return [title, word("points_interval", lang, level=f"{100 * level:g}")]


def _values(answers: pd.DataFrame, lang: Lang) -> list[str]:
    return [f"{row.model}: {_in_words(row, lang)}" for row in rows_of(answers)]


def _in_words(row: Any, lang: Lang) -> str:
    numbers = (f"{100 * value:.1f}".replace("-", "−") for value in (row.estimate, row.low, row.high))
    return "{} ({} to {})".format(*numbers) if lang == "en" else "{}({}至{})".format(*numbers)
