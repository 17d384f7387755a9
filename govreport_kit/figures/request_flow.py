"""Where a year's requests came from and where they went: two bars that must be equally long."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

import matplotlib as mpl
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.container import BarContainer
from matplotlib.ticker import FuncFormatter, MaxNLocator

from govreport_kit.figures import layout
from govreport_kit.figures.flows import FLOW, IN, OUT, balanced_reports, check_flows, flows
from govreport_kit.figures.labels import Lang, check_lang, flow_label, group_label, word
from govreport_kit.figures.marks import groups_of, ids_by_group
from govreport_kit.figures.plotted import Mark, Plotted, attach, corpus_of, rows_of
from govreport_kit.figures.theme import colour, themed
from govreport_kit.metrics.guards import Scope

if TYPE_CHECKING:
    from govreport_kit.corpus import Corpus

_BAR = 1.0  # thickness of each of the two bars in font sizes


def request_flow(
    corpus: Corpus | pd.DataFrame,
    by: str | list[str] | None = "year",
    *,
    scope: Scope = None,
    ax: Axes | None = None,
    lang: Lang = "en",
) -> Axes:
    """Draw the requests which came in and those which went out, one pair of bars a group.

    Parameters
    ----------
    corpus : Corpus or pandas.DataFrame
        A corpus, or the frame which `flows` makes of it.
    by : str or list of str, optional
        Columns of ``corpus.reports`` to group the reports by; without it all reports make one pair.
    scope : str or list of str, optional
        Only reports of this scope, or ``"any"``, see `govreport_kit.rate`.
    ax : matplotlib.axes.Axes, optional
        Axes to draw on; by default those of a new figure, as high as its rows need.
    lang : {"en", "zh"}
        Language of the labels.

    Returns
    -------
    matplotlib.axes.Axes
        The upper bar holds the requests carried over and received, the lower one those closed and carried
        forward. Only reports enter which give all four counts and in which they balance; how many did not
        stands at the right and in the note.

    See Also
    --------
    flows : The frame behind the figure.
    """
    check_lang(lang)
    source = corpus_of(corpus)
    frame = check_flows(corpus if isinstance(corpus, pd.DataFrame) else flows(corpus, by, scope))
    with themed():
        drawn = ax if ax is not None else layout.new_axes()
        _draw(drawn, frame, lang, own_figure=ax is None)
    by_columns = list(frame.columns[: frame.columns.get_loc("flow")])
    definitions = {"balance": f"{' + '.join(IN)} = {' + '.join(OUT)}"}
    attach(
        drawn,
        Plotted(
            "request_flow", word("title.request_flow", "en"), frame, definitions,
            None if source is None else balanced_reports(source, scope), lang, source,
            partial(_sentences, frame), partial(_values, frame, by_columns), partial(_marks, frame, by_columns, scope),
        ),
    )  # fmt: skip
    return drawn


def _draw(ax: Axes, frame: pd.DataFrame, lang: Lang, *, own_figure: bool) -> None:
    by = list(frame.columns[: frame.columns.get_loc("flow")])
    rows = frame[frame["flow"] == FLOW[0]]
    size = float(mpl.rcParams["ytick.labelsize"])
    middles = layout.style_rows(
        ax, [group_label(group, lang) for group in rows[by].to_dict("records")], lowest=3.0 * size
    )
    counts = {key: frame.loc[frame["flow"] == key, "count"].astype("float64").to_list() for key in FLOW}
    bars = []
    for parts, side in ((IN, -1), (OUT, 1)):
        left = [0.0] * len(middles)
        for key in parts:
            bars.append(_draw_bars(ax, [middle + side * _BAR * size / 2 for middle in middles], counts[key], left, key))
            left = [a + b for a, b in zip(left, counts[key], strict=True)]
    most = max((end for end in left if not pd.isna(end)), default=0.0)
    ax.set_xlim(0, most * 1.02 or 1.0)
    ax.xaxis.set_major_locator(MaxNLocator(nbins=5, integer=True, steps=[1, 2, 2.5, 5, 10]))
    ax.xaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:,.0f}"))
    _tell_blanks(ax, middles, rows, lang)
    layout.right_columns(
        ax,
        middles,
        [
            (word("requests", lang), ["" if pd.isna(total) else f"{total:,.0f}" for total in left]),
            (word("reports", lang), [f"{row.reports:,}/{row.all_reports:,}" for row in rows_of(rows)]),
        ],
    )
    layout.label_values(ax, word("requests_in_and_out", lang), _note(rows, lang))
    layout.legend_above(ax, [bar[0] for bar in bars], [flow_label(key, lang) for key in FLOW])
    layout.settle(ax, fit_height=own_figure)


def _draw_bars(ax: Axes, places: list[float], widths: list[float], left: list[float], key: str) -> BarContainer:
    return ax.barh(
        places, widths, left=left, height=_BAR * float(mpl.rcParams["ytick.labelsize"]), color=colour(key),
        edgecolor="white", linewidth=mpl.rcParams["axes.linewidth"] * 0.6, label=key,
    )  # fmt: skip


def _tell_blanks(ax: Axes, middles: list[float], rows: pd.DataFrame, lang: Lang) -> None:
    for middle, row in zip(middles, rows_of(rows), strict=True):
        if not row.reports:
            layout.blank(ax, middle, word("no_balance" if row.unbalanced else "no_four_counts", lang))


def _note(rows: pd.DataFrame, lang: Lang) -> str:
    unbalanced, incomplete = int(rows["unbalanced"].sum()), int(rows["incomplete"].sum())
    return word("flow_left_out", lang, unbalanced=f"{unbalanced:,}", incomplete=f"{incomplete:,}")


def _sentences(frame: pd.DataFrame, lang: Lang) -> Sequence[str]:
    rows = frame[frame["flow"] == FLOW[0]]
    coming = frame.loc[frame["flow"].isin(IN), "count"].sum()
    counted = word("n_of_flow", lang, n=f"{coming:,}", reports=f"{rows['reports'].sum():,}")
    return [word("title.request_flow", lang), counted, _note(rows, lang)]


def _values(frame: pd.DataFrame, by: list[str], lang: Lang) -> Sequence[str]:
    return [
        f"{group_label(group, lang)}, {flow_label(row.flow, lang)}: {row.count_:,}"
        for row, group in zip(
            rows_of(frame.rename(columns={"count": "count_"})), frame[by].to_dict("records"), strict=True
        )
        if not pd.isna(row.count_)
    ]


def _marks(frame: pd.DataFrame, by: list[str], scope: Scope, corpus: Corpus) -> list[Mark]:
    entering = corpus.reports[corpus.reports["report_id"].isin(balanced_reports(corpus, scope))]
    ids = ids_by_group(entering, by)
    return [Mark(ids.get(group, ()), (flow,)) for group, flow in zip(groups_of(frame, by), frame["flow"], strict=True)]
