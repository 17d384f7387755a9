"""How closed requests were decided, as a frame: six outcomes of each group of reports."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import pandas as pd

from govreport_kit import codebook
from govreport_kit.codebook.vocabulary import nearest
from govreport_kit.contributions import request_figures
from govreport_kit.errors import CorpusError, UnknownKeyError

if TYPE_CHECKING:
    from govreport_kit.corpus import Corpus

_NUMBERS = ("outcome", "count", "share", "n", "reports", "coverage")


def _outcomes() -> Iterator[str]:
    """Yield the groups of outcomes of the codebook; grants in full and in part, two decisions, stand for themselves."""
    for group in codebook.groups:
        reasons = [row for row in codebook.group_members(group) if row.startswith(f"{group}.")]
        yield from [group] if reasons else codebook.group_members(group)


OUTCOMES = tuple(_outcomes())


def composition(corpus: Corpus, by: str | Sequence[str] | None = None) -> pd.DataFrame:
    """Count how closed requests were decided.

    Only reports enter which give all six parts in one place: all in the table, or else all in the running
    text. Their counts are summed; shares of single reports are never averaged.

    Parameters
    ----------
    corpus : Corpus
        The reports.
    by : str or sequence of str, optional
        Columns of ``corpus.reports``; without it all reports make one group.

    Returns
    -------
    pandas.DataFrame
        The columns of `by`, then ``outcome``, ``count`` (requests), ``share`` (of ``n``), ``n`` (closed
        requests: the sum of the six parts), ``reports`` (which give all six) and ``coverage`` (their share
        of the group's reports). Groups of which no report gives all six stay in the frame, their counts
        missing.

    Raises
    ------
    UnknownKeyError
        If `by` names no column of ``corpus.reports``.
    """
    columns = [by] if isinstance(by, str) else list(dict.fromkeys(by or ()))
    for column in columns:
        if column not in corpus.reports:
            raise UnknownKeyError("column of reports", column, nearest(column, corpus.reports.columns))
    counts = outcome_counts(corpus)
    parts = counts.assign(n=counts.sum(axis="columns", skipna=False), reports=counts.notna().all(axis="columns"))
    groups = [corpus.reports[column].reset_index(drop=True) for column in columns] or [pd.Series(0, index=parts.index)]
    grouped = parts.groupby(groups, observed=True, dropna=False)
    totals = grouped[[*OUTCOMES, "n"]].sum(min_count=1).astype("Int64")
    totals["reports"] = grouped["reports"].sum().astype("int64")
    totals["coverage"] = totals["reports"] / grouped.size()
    totals.index = totals.index.set_names(columns) if columns else totals.index
    return _long(totals, columns)


def outcome_counts(corpus: Corpus) -> pd.DataFrame:
    """Return the six counts of every report, in the order of ``corpus.reports``: all from one place, or all missing."""
    table, text = (
        pd.DataFrame({outcome: figures[outcome].value for outcome in OUTCOMES})
        for figures in request_figures(corpus, OUTCOMES)
    )
    counts = table.where((table >= 0).all(axis="columns"), text)
    return counts.where((counts >= 0).all(axis="columns"))


def reports_with_all_parts(corpus: Corpus) -> tuple[str, ...]:
    """Return the ids of the reports which enter the composition."""
    given = outcome_counts(corpus).notna().all(axis="columns").to_numpy()
    return tuple(corpus.reports["report_id"][given])


def check_composition(frame: pd.DataFrame) -> pd.DataFrame:
    """Return a frame which `composition` made, or say what it lacks."""
    lacking = [name for name in _NUMBERS if name not in frame]
    if lacking:
        raise CorpusError(
            f"The frame has no column {', '.join(lacking)}: give a corpus, or the frame of composition()."
        )
    if frame.empty:
        raise CorpusError("There is no report of which to draw the outcomes.")
    if list(frame["outcome"]) != list(OUTCOMES) * (len(frame) // len(OUTCOMES)):
        raise CorpusError(f"Each group needs one row for each outcome in the order {', '.join(OUTCOMES)}.")
    return frame


def _long(totals: pd.DataFrame, columns: list[str]) -> pd.DataFrame:
    about = ["n", "reports", "coverage"]
    wide = totals.reset_index() if columns else totals.reset_index(drop=True)
    long = wide.melt([*columns, *about], list(OUTCOMES), "outcome", "count", ignore_index=False)
    long = long.sort_index(kind="stable")
    share = long["count"].astype("Float64") / long["n"].mask(long["n"] == 0)
    return long.assign(share=share)[[*columns, *_NUMBERS]].reset_index(drop=True)
