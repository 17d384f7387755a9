"""Funnel plot: which units differ from the others by more than chance, given how many cases each has."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

import matplotlib as mpl
import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.ticker import FuncFormatter, LogLocator, NullFormatter
from matplotlib.transforms import Bbox

from govreport_kit import statistics
from govreport_kit.errors import CorpusError
from govreport_kit.figures import layout, plane
from govreport_kit.figures.labels import Lang, check_lang, group_label, metric_label, with_unit, word
from govreport_kit.figures.marks import marks_of_rates
from govreport_kit.figures.plotted import Plotted, attach, corpus_of, rows_of
from govreport_kit.figures.theme import colour, themed
from govreport_kit.figures.units import about_units, check_shares_of_units, left_out, unit_columns
from govreport_kit.metrics import rate

if TYPE_CHECKING:
    from govreport_kit.corpus import Corpus

MOST_NAMED = 12
_HEIGHT = 0.62  # of the width of the figure
_AROUND = (
    (0, 1.05),
    (0.95, 0),
    (0, -1.05),
    (-0.95, 0),
    (0.8, 0.8),
    (-0.8, 0.8),
    (0.8, -0.8),
    (-0.8, -0.8),
)  # in font sizes
_LEVELS = (0.95, 0.998)
_LOG_FROM = 30.0  # ratio of the largest to the smallest n


def funnel(
    rates: Corpus | pd.DataFrame,
    metric: str = "disclosure_rate",
    *,
    by: str | list[str] = "report_id",
    target: float | None = None,
    dispersion: str = "additive",
    ax: Axes | None = None,
    lang: Lang = "en",
) -> Axes:
    """Draw each unit's share against its number of cases, with the limits of chance around the target.

    Parameters
    ----------
    rates : Corpus or pandas.DataFrame
        A corpus, or what ``govreport_kit.rate(corpus, metric, by=...)`` returns, of one metric, one row a unit.
    metric : str
        Key of ``codebook.metrics``, a share, where a corpus is given.
    by : str or list of str
        Columns of ``corpus.reports`` which make the units, where a corpus is given.
    target : float, optional
        The share expected of every unit; by default the pooled one.
    dispersion : {"additive", "multiplicative", "none"}
        How the limits allow for units which differ by more than chance anyway, see `statistics.funnel`.
    ax : matplotlib.axes.Axes, optional
        Axes to draw on; by default those of a new figure.
    lang : {"en", "zh"}
        Language of the labels.

    Returns
    -------
    matplotlib.axes.Axes
        Lines are the target and the limits at 95 and 99.8 %. Marks follow the mid-p value, not the lines:
        hollow diamonds lie beyond 95 %, triangles beyond 99.8 %; the twelve of these with the smallest p are
        numbered and named below. Units which do not state both counts, and those without a case, are left out
        and told.

    Raises
    ------
    CorpusError
        If the rates are not shares of one metric, or no unit has a case.

    References
    ----------
    .. [1] Spiegelhalter, D. J. (2005). Funnel plots for comparing institutional performance. Statistics in
       Medicine 24 (8), 1185-1202.
    """
    check_lang(lang)
    corpus = corpus_of(rates)
    given = rates if isinstance(rates, pd.DataFrame) else rate(rates, metric, by=by)
    check_shares_of_units(given, "A funnel is of one metric whose rates are shares")
    cases = given[(given["n"] > 0).fillna(False)].reset_index(drop=True)
    if cases.empty:
        raise CorpusError("No unit has a case: there is nothing to draw in the funnel.")
    judged = statistics.funnel(cases["k"], cases["n"], target, _LEVELS, dispersion)
    frame = about_units(cases).join(judged)
    frame.attrs = dict(judged.attrs)
    notes = partial(_notes, frame, given)
    with themed():
        drawn = ax if ax is not None else layout.new_axes()
        _draw(drawn, frame, notes(lang), lang, own_figure=ax is None)
    key = str(frame["metric"].iloc[0])
    marks = partial(marks_of_rates, frame)
    reports = None if corpus is None else tuple(dict.fromkeys(r for mark in marks(corpus) for r in mark.reports))
    attach(
        drawn,
        Plotted(
            "funnel", metric_label(key, "en"), frame, {key: str(frame["definition"].iloc[0])}, reports, lang, corpus,
            partial(_sentences, frame, notes), partial(_values, frame), marks,
        ),
    )  # fmt: skip
    return drawn


def _draw(ax: Axes, frame: pd.DataFrame, notes: Sequence[str], lang: Lang, *, own_figure: bool) -> None:
    plane.style_plane(ax)
    smallest, largest = int(frame["n"].min()), int(frame["n"].max())
    is_log = largest >= _LOG_FROM * smallest
    if is_log:
        ax.set_xscale("log")
        ax.set_xlim(smallest / 1.25, largest * 1.25)
        ax.xaxis.set_major_locator(LogLocator(numticks=6))
        ax.xaxis.set_minor_formatter(NullFormatter())
        ax.tick_params(axis="x", which="minor", length=0)
    else:
        ax.set_xlim(0, largest * 1.06)
    ax.xaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:,.0f}"))
    ax.set_ylim(-0.03, 1.03)
    plane.scale_of_rates(ax, percent=True)
    _draw_limits(ax, frame, smallest, largest)
    _draw_units(ax, frame)
    size = mpl.rcParams["axes.labelsize"]
    key = str(frame["metric"].iloc[0])
    ax.set_xlabel(word("cases_axis", lang), color=colour("text"), fontsize=size, fontfamily=mpl.rcParams["font.family"])
    height = plane.name_above(ax, with_unit(metric_label(key, lang), "%", lang))
    plane.note_below(ax, "\n".join(notes), 1.5)
    layout.legend_above(ax, *_legend(lang), above=height - 0.7 * size)
    plane.settle_plane(ax, _HEIGHT * layout.figure_of(ax).get_figwidth() * 72, own_figure=own_figure)
    _number(ax, frame)  # last, where the marks stay


def _draw_limits(ax: Axes, frame: pd.DataFrame, smallest: int, largest: int) -> None:
    sizes = np.unique(np.rint(np.geomspace(smallest, largest, 240)).astype(int))
    told = frame.attrs
    scatter = (
        {"tau": told["tau"]}
        if told["dispersion"] == "additive" and told["tau"] > 0
        else {"phi": told["inflation"] ** 2}
    )
    for level, dashes in zip(_LEVELS, ((4, 2), (1, 1.2)), strict=True):
        for limit in statistics.funnel_limits(sizes, told["target"], level, **scatter):
            ax.plot(sizes, limit, color=colour("reference"), linewidth=mpl.rcParams["lines.linewidth"] * 0.8,
                    dashes=dashes, zorder=1.5)  # fmt: skip
    ax.axhline(told["target"], color=colour("reference"), linewidth=mpl.rcParams["lines.linewidth"] * 0.8, zorder=1.5)


def _styles() -> dict[str, dict[str, Any]]:
    """Return the marker of each kind of unit, told apart by shape as well."""
    size, edge = mpl.rcParams["lines.markersize"], mpl.rcParams["lines.linewidth"] * 0.7
    common = {"linestyle": "none", "markeredgewidth": edge}
    return {
        "in_control": {**common, "marker": "o", "markersize": size * 0.75, "markerfacecolor": colour("estimate"),
                       "markeredgecolor": "white"},
        "95": {**common, "marker": "D", "markersize": size, "markerfacecolor": "white",
               "markeredgecolor": colour("signal")},
        "998": {**common, "marker": "^", "markersize": size * 1.25, "markerfacecolor": colour("signal"),
                "markeredgecolor": "white"},
    }  # fmt: skip


def _draw_units(ax: Axes, frame: pd.DataFrame) -> None:
    beyond = frame["flag"].astype("str").str.partition("_")[2].replace("", "in_control")
    for kind, style in _styles().items():
        units = frame[beyond == kind]
        ax.plot(
            units["n"].astype("float64"), units["rate"].astype("float64"), label=kind, clip_on=False, zorder=3, **style
        )


def named_units(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the units beyond the outer limits which are numbered and named, by their p value."""
    return frame[frame["flag"].astype("str").str.endswith("998")].nsmallest(MOST_NAMED, "p_mid")


def _number(ax: Axes, frame: pd.DataFrame) -> None:
    """Write the numbers of the named units beside their marks, where they cover no flagged mark and no number."""
    size = mpl.rcParams["xtick.labelsize"] * 0.92
    layout.figure_of(ax).draw_without_rendering()
    flagged = frame[frame["flag"].astype("str") != ""]
    taken = [_box(ax, float(unit.n), float(unit.rate), (0, 0), size * 0.8) for unit in rows_of(flagged)]
    for number, unit in enumerate(rows_of(named_units(frame)), start=1):
        places = [(x * size, y * size) for x, y in _AROUND]
        boxes = [_box(ax, float(unit.n), float(unit.rate), place, size) for place in places]
        place, box = min(zip(places, boxes, strict=True), key=lambda tried: tried[1].count_overlaps(taken))
        taken.append(box)
        ax.annotate(
            str(number), (float(unit.n), float(unit.rate)), xytext=place, textcoords="offset points", ha="center",
            va="center", fontsize=size, color=colour("text"), annotation_clip=False,
        )  # fmt: skip


def _box(ax: Axes, n: float, rate: float, offset: tuple[float, float], size: float) -> Bbox:
    """Return the square of `size` points around a place which lies `offset` points from a unit, in points."""
    x, y = ax.transData.transform((n, rate)) * 72 / layout.figure_of(ax).dpi + offset
    return Bbox.from_bounds(x - size / 2, y - size / 2, size, size)


def _legend(lang: Lang) -> tuple[list[Line2D], list[str]]:
    line = {"color": colour("reference"), "linewidth": mpl.rcParams["lines.linewidth"] * 0.8}
    handles = [Line2D([], [], **style) for style in _styles().values()]
    handles += [Line2D([], [], **line), Line2D([], [], dashes=(4, 2), **line), Line2D([], [], dashes=(1, 1.2), **line)]
    keys = ("in_control", "beyond_95", "beyond_998", "target", "limits_95", "limits_998")
    return handles, [word(f"funnel.{key}", lang) for key in keys]


def _notes(frame: pd.DataFrame, given: pd.DataFrame, lang: Lang) -> list[str]:
    told = frame.attrs
    notes = [
        word(
            f"dispersion.{told['dispersion']}",
            lang,
            phi=f"{told['phi']:.1f}",
            tau=f"{told['tau']:.2f}",
            p=_p(told["p"]),
        )
    ]
    labels = frame.loc[named_units(frame).index, unit_columns(frame)].to_dict("records")
    if labels:
        names = (f"{number} {group_label(unit, lang)}" for number, unit in enumerate(labels, start=1))
        notes.append((", " if lang == "en" else "，").join(names))
    more = int(frame["flag"].astype("str").str.endswith("998").sum()) - len(labels)
    if more:
        notes.append(word("more_beyond", lang, count=more))
    return [*notes, *left_out(given, lang)]


def _p(p: float) -> str:
    return "< 0.001" if p < 0.001 else f"= {p:.3f}"


def _sentences(frame: pd.DataFrame, notes: partial[list[str]], lang: Lang) -> Sequence[str]:
    told = frame.attrs
    beyond = frame["flag"].astype("str")
    name = metric_label(str(frame["metric"].iloc[0]), lang)
    return [
        word("title.funnel", lang, metric=name),
        word("n_of_funnel", lang, units=f"{len(frame):,}", k=f"{frame['k'].sum():,}", n=f"{frame['n'].sum():,}",
             target=f"{100 * told['target']:.1f}", definition=frame["definition"].iloc[0]),
        word("flags_by_mid_p", lang, outer=beyond.str.endswith("998").sum(), inner=beyond.str.endswith("95").sum()),
        *notes(lang),
    ]  # fmt: skip


def _values(frame: pd.DataFrame, lang: Lang) -> Sequence[str]:
    named = named_units(frame)
    labels = named[unit_columns(frame)].to_dict("records")
    return [
        f"{group_label(unit, lang)}: {100 * row.rate:.1f} % ({row.k:,}/{row.n:,})"
        for row, unit in zip(rows_of(named), labels, strict=True)
    ]
