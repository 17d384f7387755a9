"""Why requests were refused: the share of each statutory ground, group by group."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

import pandas as pd
from matplotlib.axes import Axes

from govreport_kit import codebook
from govreport_kit.figures import layout
from govreport_kit.figures.composition import REASONS, check_parts, refusal_reasons, reports_with_all_parts
from govreport_kit.figures.heatmap import HeatCell, draw_heatmap
from govreport_kit.figures.labels import (
    Lang,
    check_lang,
    group_label,
    reason_label,
    whole_percent,
    word,
)
from govreport_kit.figures.marks import marks_of_groups
from govreport_kit.figures.plotted import Plotted, attach, corpus_of, rows_of
from govreport_kit.figures.theme import themed
from govreport_kit.metrics.guards import Scope

if TYPE_CHECKING:
    from govreport_kit.corpus import Corpus

FEWEST_FOR_SHARE = codebook.thresholds["counts_only"].fewest
FEWEST_FOR_PLAIN_CELL = codebook.thresholds["few"].fewest


def reasons_heatmap(
    corpus: Corpus | pd.DataFrame,
    by: str | list[str] | None = "year",
    *,
    scope: Scope = None,
    ax: Axes | None = None,
    lang: Lang = "en",
) -> Axes:
    """Draw on which grounds requests were refused: one column a group, one row a ground.

    Parameters
    ----------
    corpus : Corpus or pandas.DataFrame
        A corpus, or the frame which `refusal_reasons` makes of it.
    by : str or list of str, optional
        Columns of ``corpus.reports`` to group the reports by.
    scope : str or list of str, optional
        Only reports of this scope, or ``"any"``, see `govreport_kit.rate`.
    ax : matplotlib.axes.Axes, optional
        Axes to draw on; by default those of a new figure, as high as its rows need.
    lang : {"en", "zh"}
        Language of the labels.

    Returns
    -------
    matplotlib.axes.Axes
        Each cell holds the ground's share of the group's refusals in percent; n and the reports which give
        all grounds stand above. Groups of fewer than twenty refusals are hatched; of fewer than five no
        share is given.

    See Also
    --------
    refusal_reasons : The frame behind the figure.
    """
    check_lang(lang)
    source = corpus_of(corpus)
    frame = check_parts(
        corpus if isinstance(corpus, pd.DataFrame) else refusal_reasons(corpus, by, scope), "reason", REASONS
    )
    with themed():
        drawn = ax if ax is not None else layout.new_axes()
        _draw(drawn, frame, lang, own_figure=ax is None)
    by_columns = list(frame.columns[: frame.columns.get_loc("reason")])
    definitions = {reason: f"{reason} / refused" for reason in REASONS}
    attach(
        drawn,
        Plotted(
            "reasons_heatmap", word("title.reasons_heatmap", "en"), frame, definitions,
            None if source is None else reports_with_all_parts(source, REASONS, scope), lang, source,
            partial(_sentences, frame), partial(_values, frame, by_columns),
            partial(marks_of_groups, frame, by_columns, name="reason", parts=REASONS, scope=scope),
        ),
    )  # fmt: skip
    return drawn


def _draw(ax: Axes, frame: pd.DataFrame, lang: Lang, *, own_figure: bool) -> None:
    by = list(frame.columns[: frame.columns.get_loc("reason")])
    groups = frame[frame["reason"] == REASONS[0]]
    largest = max((row.share for row in rows_of(frame) if _has_share(row)), default=1.0) or 1.0
    cells = [[_cell(row, largest) for row in rows_of(frame[frame["reason"] == reason])] for reason in REASONS]
    names = [
        f"{group_label(group, lang).partition(' (')[0]}\nn={'–' if pd.isna(row.n) else f'{row.n:,}'}"
        for row, group in zip(rows_of(groups), groups[by].to_dict("records"), strict=True)
    ]
    draw_heatmap(ax, [reason_label(reason, lang) for reason in REASONS], names, cells)
    layout.label_values(ax, word("share_of_refused", lang), _note(groups, lang))
    layout.settle(ax, fit_height=own_figure)


def _cell(row: Any, largest: float) -> HeatCell:
    if not _has_share(row):
        return HeatCell("", None, hatched=not pd.isna(row.n) and row.n > 0)
    return HeatCell(whole_percent(100 * row.share), row.share / largest, hatched=row.n < FEWEST_FOR_PLAIN_CELL)


def _has_share(row: Any) -> bool:
    return not pd.isna(row.share) and row.n >= FEWEST_FOR_SHARE


def _note(groups: pd.DataFrame, lang: Lang) -> str:
    notes = [word("darker", lang)]
    some = (groups["n"] > 0).fillna(value=False)
    if (some & (groups["n"] < FEWEST_FOR_PLAIN_CELL)).any():
        notes.append(word("hatched", lang, few=FEWEST_FOR_PLAIN_CELL, fewest=FEWEST_FOR_SHARE))
    if not some.all():
        notes.append(word("blank_no_refusal", lang))
    return ("; " if lang == "en" else "；").join(notes)


def _sentences(frame: pd.DataFrame, lang: Lang) -> Sequence[str]:
    groups = frame[frame["reason"] == REASONS[0]]
    counted = word("n_refused", lang, n=f"{groups['n'].sum():,}", reports=f"{groups['reports'].sum():,}")
    return [word("title.reasons_heatmap", lang), counted, word("full_refusals", lang), _note(groups, lang)]


def _values(frame: pd.DataFrame, by: list[str], lang: Lang) -> Sequence[str]:
    groups = frame[by].to_dict("records")
    return [
        f"{group_label(group, lang)}, {reason_label(row.reason, lang)}: {whole_percent(100 * row.share)} %"
        f" ({row.count:,}/{row.n:,})"
        for row, group in zip(rows_of(frame), groups, strict=True)
        if _has_share(row)
    ]
