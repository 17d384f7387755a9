"""How long agencies say that they took to answer, beside the time limit of the law."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

import matplotlib as mpl
import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from govreport_kit import codebook
from govreport_kit.errors import CorpusError
from govreport_kit.figures import layout
from govreport_kit.figures.labels import Lang, check_lang, group_label, word
from govreport_kit.figures.marks import groups_of
from govreport_kit.figures.plotted import Mark, Plotted, attach, corpus_of, rows_of
from govreport_kit.figures.theme import colour, themed
from govreport_kit.metrics import components
from govreport_kit.metrics.guards import require_one_version
from govreport_kit.metrics.pooling import known_columns

if TYPE_CHECKING:
    from govreport_kit.corpus import Corpus

METRIC = "response_days"
LIMIT = codebook.answer_periods[-1].working_days
_NEEDED = ("report_id", "days", "approx", "other_unit", "ambiguous", "reports")


def stated_response_times(corpus: Corpus, by: str | Sequence[str] | None = "year") -> pd.DataFrame:
    """Return the average days to answer that reports state.

    Parameters
    ----------
    corpus : Corpus
        The reports.
    by : str or sequence of str, optional
        Columns of ``corpus.reports``.

    Returns
    -------
    pandas.DataFrame
        One row a report which states one average: the columns of `by`, ``report_id``, ``days``,
        ``approx`` (whether the text says about), ``other_unit`` (whether the days are not working days),
        ``ambiguous`` and ``reports`` (of the group: how many state two different averages, and how many
        there are). A group of which no report states one has one row without days.

    Raises
    ------
    UnknownKeyError
        If `by` names no column of ``corpus.reports``.
    RepeatedReportsError
        If several versions of one report state one, see `govreport_kit.rate`.
    """
    columns = known_columns(corpus, by)
    given = components(corpus, METRIC)
    require_one_version(corpus.reports, given["n"].notna(), codebook.metrics[METRIC])
    frame = corpus.reports[columns].reset_index(drop=True).assign(
        report_id=given["report_id"].astype("str"), days=given["k"], approx=given["approx"].astype("boolean"),
        other_unit=given["other_unit"].astype("boolean"), ambiguous=(given["excluded"] == "ambiguous"), reports=1,
    )  # fmt: skip
    keys = [frame[column] for column in columns] or [pd.Series(0, frame.index)]
    grouped = frame.groupby(keys, observed=True, dropna=False)
    for count in ("ambiguous", "reports"):
        frame[count] = grouped[count].transform("sum").astype("int64")
    stated = frame["days"].notna()
    silent = ~grouped["days"].transform("count").astype(bool) & ~frame.duplicated(columns or ["reports"])
    frame.loc[silent, ["report_id", "approx", "other_unit"]] = pd.NA
    return frame[stated | silent].sort_values([*columns, "days"], kind="stable", ignore_index=True)


def response_times(
    corpus: Corpus | pd.DataFrame, by: str | list[str] | None = "year", *, ax: Axes | None = None, lang: Lang = "en"
) -> Axes:
    """Draw every stated average time to answer as a mark, beside the limit of 20 working days.

    Parameters
    ----------
    corpus : Corpus or pandas.DataFrame
        A corpus, or the frame which `stated_response_times` makes of it.
    by : str or list of str, optional
        Columns of ``corpus.reports`` which make the rows.
    ax : matplotlib.axes.Axes, optional
        Axes to draw on; by default those of a new figure, as high as its rows need.
    lang : {"en", "zh"}
        Language of the labels.

    Returns
    -------
    matplotlib.axes.Axes
        Hollow marks are averages of which the text says about, diamonds those not in working days, which
        the limit does not measure. At the right stands how many of the group's reports state an average.

    Notes
    -----
    The limit is that of Art. 33 of the Regulation of 2019; before 15 May 2019 it was 15 working days. An
    average below the limit does not say that each answer was in time, and what few agencies claim of
    themselves says nothing about the others.
    """
    check_lang(lang)
    source = corpus_of(corpus)
    frame = corpus if isinstance(corpus, pd.DataFrame) else stated_response_times(corpus, by)
    lacking = [name for name in _NEEDED if name not in frame]
    if lacking or frame.empty:
        raise CorpusError(
            f"The frame has no column {', '.join(lacking)}: give a corpus, or the frame of stated_response_times()."
            if lacking
            else "There is no report of which to draw the time to answer."
        )
    columns = list(frame.columns[: frame.columns.get_loc("report_id")])
    with themed():
        drawn = ax if ax is not None else layout.new_axes()
        _draw(drawn, frame, columns, lang, own_figure=ax is None)
    attach(
        drawn,
        Plotted(
            "response_times", word("title.response_times", "en"), frame, {"days": codebook.metrics[METRIC].indicator},
            tuple(frame["report_id"].dropna()), lang, source, partial(_sentences, frame, columns),
            partial(_values, frame), partial(_marks, frame),
        ),
    )  # fmt: skip
    return drawn


def _draw(ax: Axes, frame: pd.DataFrame, columns: list[str], lang: Lang, *, own_figure: bool) -> None:
    groups = dict.fromkeys(groups_of(frame, columns))
    rows = [frame[[other == group for other in groups_of(frame, columns)]] for group in groups]
    size = float(mpl.rcParams["lines.markersize"])
    most = float(frame["days"].max()) if frame["days"].notna().any() else 0.0
    ax.set_xlim(0, max(most, LIMIT) * 1.08)
    lanes = [_lanes(ax, row["days"].dropna().to_numpy(float), size) for row in rows]
    heights = [1.25 * size * (max(lane, default=0) + 2) for lane in lanes]
    names = [group_label(row[columns].iloc[0].to_dict(), lang) for row in rows]
    middles = layout.style_rows(ax, names, lowest=heights)
    for middle, row, lane in zip(middles, rows, lanes, strict=True):
        if not lane:
            layout.blank(ax, middle, word("no_average", lang))
            continue
        for mark, place in zip(rows_of(row), lane, strict=True):
            _draw_mark(ax, mark, middle + (place - max(lane) / 2) * 1.25 * size)
    ax.xaxis.set_major_locator(MaxNLocator(nbins=5, steps=[1, 2, 2.5, 5, 10]))
    ax.grid(visible=True, axis="x", color=colour("grid"), linewidth=mpl.rcParams["grid.linewidth"], zorder=0)
    ax.axvline(LIMIT, color=colour("signal"), linewidth=mpl.rcParams["lines.linewidth"], dashes=(4, 2), zorder=1)
    layout.heading_at(ax, LIMIT, word("limit", lang, days=LIMIT), ha="right")
    coverage = [f"{len(lane):,}/{row['reports'].iloc[0]:,}" for row, lane in zip(rows, lanes, strict=True)]
    layout.right_columns(ax, middles, [(word("reports", lang), coverage)])
    layout.label_values(ax, word("days_axis", lang), _note(frame, lang))
    layout.settle(ax, fit_height=own_figure)


def _lanes(ax: Axes, days: np.ndarray[tuple[int], np.dtype[np.float64]], size: float) -> list[int]:
    """Put marks which would cover each other into lanes, the lowest free one for each, from left to right."""
    width = ax.get_window_extent().width / layout.figure_of(ax).dpi * 72
    apart = 1.25 * size * ax.get_xlim()[1] / width
    ends: list[float] = []
    lanes = []
    for value in days:
        lane = next((number for number, end in enumerate(ends) if value - end >= apart), len(ends))
        ends[lane : lane + 1] = [value]
        lanes.append(lane)
    return lanes


def _draw_mark(ax: Axes, mark: object, place: float) -> None:
    ax.plot(
        [mark.days], [place], linestyle="none", marker="D" if mark.other_unit else "o",  # type: ignore[attr-defined]
        markersize=float(mpl.rcParams["lines.markersize"]) * (0.85 if mark.other_unit else 1),  # type: ignore[attr-defined]
        markerfacecolor="white" if mark.approx else colour("estimate"),  # type: ignore[attr-defined]
        markeredgecolor=colour("estimate"), markeredgewidth=mpl.rcParams["lines.linewidth"] * 0.8,
        clip_on=False, zorder=3,
    )  # fmt: skip


def _note(frame: pd.DataFrame, lang: Lang) -> str:
    notes = [word("claims_note", lang)]
    if frame["approx"].fillna(value=False).any():
        notes.append(word("hollow_about", lang))
    if frame["other_unit"].fillna(value=False).any():
        notes.append(word("diamond_unit", lang))
    return ("; " if lang == "en" else "；").join(notes)


def _sentences(frame: pd.DataFrame, columns: list[str], lang: Lang) -> Sequence[str]:
    groups = frame.drop_duplicates(columns) if columns else frame.head(1)
    stated, reports, ambiguous = frame["days"].notna().sum(), groups["reports"].sum(), groups["ambiguous"].sum()
    sentences = [
        word("title.response_times", lang),
        word("averages_of", lang, stated=f"{stated:,}", all=f"{reports:,}"),
    ]
    if ambiguous:
        sentences.append(word("averages_ambiguous", lang, count=f"{ambiguous:,}"))
    return [*sentences, _note(frame, lang), word("limit_since", lang)]


def _values(frame: pd.DataFrame, lang: Lang) -> Sequence[str]:
    stated = frame[frame["days"].notna()]
    days = word("days", lang)
    return [f"{row.report_id}: {row.days:g} {days}" for row in rows_of(stated)]


def _marks(frame: pd.DataFrame, _: Corpus) -> list[Mark]:
    key = (codebook.metrics[METRIC].indicator,)
    return [Mark(() if pd.isna(report_id) else (report_id,), key) for report_id in frame["report_id"]]
