"""The primary figure: how closed requests were decided, in six parts of a whole."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

import matplotlib as mpl
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.container import BarContainer

from govreport_kit.figures import layout
from govreport_kit.figures.composition import OUTCOMES, check_composition, composition, reports_with_all_parts
from govreport_kit.figures.labels import (
    Lang,
    check_lang,
    group_label,
    outcome_label,
    whole_percent,
    word,
)
from govreport_kit.figures.marks import marks_of_groups
from govreport_kit.figures.plotted import Plotted, attach, corpus_of
from govreport_kit.figures.theme import colour, ink_on, themed
from govreport_kit.metrics.coverage import reports_of_all
from govreport_kit.metrics.guards import Scope

if TYPE_CHECKING:
    from govreport_kit.corpus import Corpus

_BAR = 1.6  # thickness in font sizes


def outcome_composition(
    corpus: Corpus | pd.DataFrame,
    by: str | list[str] | None = None,
    *,
    scope: Scope = None,
    ax: Axes | None = None,
    lang: Lang = "en",
) -> Axes:
    """Draw how closed requests were decided: one bar a group, six parts of the whole.

    Parameters
    ----------
    corpus : Corpus or pandas.DataFrame
        A corpus, or the frame which `composition` makes of it.
    by : str or list of str, optional
        Columns of ``corpus.reports`` to group the reports by; without it all reports make one bar.
        A frame is drawn with the groups that it has.
    scope : str or list of str, optional
        Only reports of this scope, or ``"any"``, see `govreport_kit.rate`.
    ax : matplotlib.axes.Axes, optional
        Axes to draw on; by default those of a new figure, as high as its bars need.
    lang : {"en", "zh"}
        Language of the labels.

    Returns
    -------
    matplotlib.axes.Axes
        At the right of each bar stand the closed requests and the reports behind it: those which give all
        six parts in one place, of all reports of the group. Shares are rounded to whole percent and
        printed where they fit.

    See Also
    --------
    composition : the frame behind the figure.
    """
    check_lang(lang)
    source = corpus_of(corpus)
    reports = None if source is None else reports_with_all_parts(source, scope=scope)
    frame = check_composition(corpus if isinstance(corpus, pd.DataFrame) else composition(corpus, by, scope))
    with themed():
        drawn = ax if ax is not None else layout.new_axes()
        _draw(drawn, frame, lang, own_figure=ax is None)
    definitions = {outcome: f"{outcome} / ({' + '.join(OUTCOMES)})" for outcome in OUTCOMES}
    title = "Outcomes of closed requests, in percent of all closed"
    columns = list(frame.columns[: frame.columns.get_loc("outcome")])
    attach(
        drawn,
        Plotted(
            "outcome_composition", title, frame, definitions, reports, lang, source,
            partial(_sentences, frame), partial(_values, frame, columns),
            partial(marks_of_groups, frame, columns, name="outcome", parts=OUTCOMES, scope=scope),
        ),
    )  # fmt: skip
    return drawn


def _draw(ax: Axes, frame: pd.DataFrame, lang: Lang, *, own_figure: bool) -> None:
    by = list(frame.columns[: frame.columns.get_loc("outcome")])
    rows = frame[frame["outcome"] == OUTCOMES[0]]
    shares = {
        outcome: frame.loc[frame["outcome"] == outcome, "share"].astype("float64").mul(100).to_list()
        for outcome in OUTCOMES
    }
    middles = layout.style_rows(ax, [group_label(group, lang) for group in rows[by].to_dict("records")])
    ax.set_xlim(0, 100)
    bars = _draw_bars(ax, middles, shares, lang)
    layout.right_columns(
        ax,
        middles,
        [
            (word("closed", lang), [_count(n) for n in rows["n"]]),
            (word("reports", lang), list(map(reports_of_all, rows["reports"], rows["coverage"]))),
        ],
    )
    _tell_blanks(ax, middles, rows, lang)
    layout.label_values(ax, word("share_of_closed", lang))
    layout.legend_above(ax, [bar[0] for bar in bars], [outcome_label(outcome, lang) for outcome in OUTCOMES])
    layout.settle(ax, fit_height=own_figure)
    _print_shares(ax, middles, shares)


def _draw_bars(ax: Axes, middles: list[float], shares: dict[str, list[float]], lang: Lang) -> list[BarContainer]:
    return [
        ax.barh(
            middles,
            widths,
            left=_left_of(outcome, shares),
            height=_thickness(),
            color=colour(outcome),
            edgecolor="white",
            linewidth=mpl.rcParams["axes.linewidth"] * 0.6,
            label=outcome_label(outcome, lang),
        )
        for outcome, widths in shares.items()
    ]


def _print_shares(ax: Axes, middles: list[float], shares: dict[str, list[float]]) -> None:
    for outcome, widths in shares.items():
        for middle, left, width in zip(middles, _left_of(outcome, shares), widths, strict=True):
            if width > 0:
                text = ax.text(
                    left + width / 2,
                    middle,
                    whole_percent(width),
                    ha="center",
                    va="center_baseline",
                    fontsize=mpl.rcParams["xtick.labelsize"],
                    color=ink_on(colour(outcome)),
                )
                layout.keep_if_fits(text, width, _thickness())


def _left_of(outcome: str, shares: dict[str, list[float]]) -> list[float]:
    before = OUTCOMES[: OUTCOMES.index(outcome)]
    # The built-in sum rounds otherwise before Python 3.12; a figure is the same bytes on each.
    return [math.fsum(shares[name][row] for name in before) for row in range(len(shares[outcome]))]


def _thickness() -> float:
    return _BAR * float(mpl.rcParams["ytick.labelsize"])


def _tell_blanks(ax: Axes, middles: list[float], rows: pd.DataFrame, lang: Lang) -> None:
    for middle, n, reports in zip(middles, rows["n"], rows["reports"], strict=True):
        if pd.isna(n) or n == 0:
            layout.blank(ax, middle, word("none_closed" if reports else "no_parts", lang))


def _count(n: Any) -> str:
    return "" if pd.isna(n) else f"{n:,}"


def _sentences(frame: pd.DataFrame, lang: Lang) -> Sequence[str]:
    rows = frame[frame["outcome"] == OUTCOMES[0]]
    counted = word("n_closed", lang, n=f"{rows['n'].sum():,}", reports=f"{rows['reports'].sum():,}")
    return [word("title.outcome_composition", lang), counted, word("pooled_not_averaged", lang)]


def _values(frame: pd.DataFrame, columns: list[str], lang: Lang) -> Sequence[str]:
    groups = frame[columns].to_dict("records")
    return [
        f"{group_label(group, lang)}, {outcome_label(outcome, lang)}: {whole_percent(100 * share)} % ({count:,}/{n:,})"
        for group, outcome, share, count, n in zip(
            groups, frame["outcome"], frame["share"], frame["count"], frame["n"], strict=True
        )
        if not pd.isna(share)
    ]
