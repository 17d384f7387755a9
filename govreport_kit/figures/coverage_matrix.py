"""What the reports of each group state at all: the figure to look at before any rate."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

import pandas as pd
from matplotlib.axes import Axes

from govreport_kit.corpus.coverage import COVERAGE
from govreport_kit.errors import CorpusError
from govreport_kit.figures import layout, plane
from govreport_kit.figures.heatmap import HeatCell, draw_heatmap
from govreport_kit.figures.labels import Lang, check_lang, group_label, whole_percent, word
from govreport_kit.figures.marks import groups_of, ids_by_group
from govreport_kit.figures.plotted import Mark, Plotted, attach, corpus_of
from govreport_kit.figures.theme import themed

if TYPE_CHECKING:
    from govreport_kit.corpus import Corpus

STATED = ("complete", "request_table", *COVERAGE)


def coverage_matrix(
    corpus: Corpus | pd.DataFrame, by: str | list[str] = "year", *, ax: Axes | None = None, lang: Lang = "en"
) -> Axes:
    """Draw which share of the reports states what: one row a group, one column a kind of figure.

    Parameters
    ----------
    corpus : Corpus or pandas.DataFrame
        A corpus, or what ``corpus.summary(by)`` returns.
    by : str or list of str
        Columns of ``corpus.reports`` to group the reports by.
    ax : matplotlib.axes.Axes, optional
        Axes to draw on; by default those of a new figure, as high as its rows need.
    lang : {"en", "zh"}
        Language of the labels.

    Returns
    -------
    matplotlib.axes.Axes
        The number in a cell is how many reports state it (where numbers are too long for the cells, in
        percent of the group's reports); the shade is their share of the group's reports, whose number
        stands at the right. What none states is hatched.

    See Also
    --------
    govreport_kit.corpus.Corpus.summary : The frame behind the figure.
    """
    check_lang(lang)
    source = corpus_of(corpus)
    summary = corpus if isinstance(corpus, pd.DataFrame) else corpus.summary(by)
    lacking = [name for name in ("reports", *STATED) if name not in summary]
    if lacking or summary.empty:
        raise CorpusError(
            f"The frame has no column {', '.join(lacking)}: give a corpus, or what its summary() returns."
            if lacking
            else "There is no report of which to draw the coverage."
        )
    columns = list(summary.columns[: summary.columns.get_loc("reports")])
    stated = [name for name in STATED if name not in columns]
    with themed():
        drawn = ax if ax is not None else layout.new_axes()
        _draw(drawn, summary, columns, stated, lang, own_figure=ax is None)
    long = summary.melt([*columns, "reports"], stated, "stated", "count", ignore_index=False)
    long = long.sort_index(kind="stable").reset_index(drop=True)
    definitions = {name: f"reports with {name}" for name in stated}
    attach(
        drawn,
        Plotted(
            "coverage_matrix", word("title.coverage_matrix", "en"), long, definitions,
            None if source is None else tuple(source.reports["report_id"]), lang, source,
            partial(_sentences, summary), partial(_values, long, columns), partial(_marks, long, columns),
        ),
    )  # fmt: skip
    return drawn


def _draw(
    ax: Axes, summary: pd.DataFrame, columns: list[str], stated: list[str], lang: Lang, *, own_figure: bool
) -> None:
    rows = [group_label(group, lang) for group in summary[columns].to_dict("records")]
    counts = [f"{count:,}" for count in summary[stated].to_numpy().ravel()]
    printed = plane.room_for(counts, ax, len(stated))
    cells = [
        [_cell(count, reports, printed=printed) for count in of_group]
        for of_group, reports in zip(summary[stated].to_numpy(), summary["reports"], strict=True)
    ]
    middles = draw_heatmap(ax, rows, [word(f"stated.{name}", lang) for name in stated], cells, even=False)
    layout.right_columns(ax, middles, [(word("reports", lang), [f"{count:,}" for count in summary["reports"]])])
    layout.label_values(
        ax, word("reports_that_state" if printed else "share_that_states", lang), word("darker_of_reports", lang)
    )
    layout.settle(ax, fit_height=own_figure)


def _cell(count: int, reports: int, *, printed: bool) -> HeatCell:
    if not count:
        return HeatCell("", None, hatched=True)
    return HeatCell(f"{count:,}" if printed else whole_percent(100 * count / reports), count / reports)


def _sentences(summary: pd.DataFrame, lang: Lang) -> Sequence[str]:
    counted = word("n_reports", lang, reports=f"{summary['reports'].sum():,}", groups=f"{len(summary):,}")
    return [word("title.coverage_matrix", lang), counted, word("darker_of_reports", lang), word("read_whole", lang)]


def _values(long: pd.DataFrame, columns: list[str], lang: Lang) -> Sequence[str]:
    groups = long[columns].to_dict("records")
    return [
        f"{group_label(group, lang)}, {word(f'stated.{stated}', lang)}: {count:,}/{reports:,}"
        f" ({whole_percent(100 * count / reports)} %)"
        for group, stated, count, reports in zip(groups, long["stated"], long["count"], long["reports"], strict=True)
    ]


def _marks(long: pd.DataFrame, columns: list[str], corpus: Corpus) -> list[Mark]:
    """Return the reports of each group which state the figures of the column, by the panel's columns."""
    panel = corpus.panel()
    stated = {name: _stating(corpus, panel, name) for name in long["stated"].unique()}
    ids = {name: ids_by_group(corpus.reports[states.to_numpy(bool)], columns) for name, states in stated.items()}
    return [
        Mark(ids[name].get(group, ()), tuple(COVERAGE.get(name, ())))
        for group, name in zip(groups_of(long, columns), long["stated"], strict=True)
    ]


def _stating(corpus: Corpus, panel: pd.DataFrame, name: str) -> pd.Series[bool]:
    if name == "complete":
        return corpus.reports["complete"]
    if name == "request_table":
        from_table = corpus.requests.loc[corpus.requests["source"] == "table", "report_id"]
        return corpus.reports["report_id"].isin(from_table)
    return panel[list(COVERAGE[name])].notna().any(axis="columns")
