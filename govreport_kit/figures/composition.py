"""How closed requests were decided, and why requests were refused, as frames: the parts of each group of reports."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import pandas as pd

from govreport_kit import codebook
from govreport_kit.contributions import request_figures
from govreport_kit.errors import CorpusError
from govreport_kit.metrics.guards import Scope, chosen_scopes
from govreport_kit.metrics.pooling import By, guarded_groups, known_columns

if TYPE_CHECKING:
    from govreport_kit.corpus import Corpus

_NUMBERS = ("count", "share", "n", "reports", "coverage")


def _outcomes() -> Iterator[str]:
    """Yield the groups of outcomes of the codebook; grants in full and in part, two decisions, stand for themselves."""
    for group in codebook.groups:
        reasons = [row for row in codebook.group_members(group) if row.startswith(f"{group}.")]
        yield from [group] if reasons else codebook.group_members(group)


OUTCOMES = tuple(_outcomes())
REASONS = tuple(codebook.group_members("refused"))
GUARDED_AS = {"outcome": "disclosure_rate", "reason": "reasons_mandatory"}  # metrics which pool the same counts


def composition(corpus: Corpus, by: By = None, scope: Scope = None) -> pd.DataFrame:
    """Count how closed requests were decided.

    Only reports enter which give all six parts in one place: all in the table, or else all in the running
    text. Their counts are summed; shares of single reports are never averaged.

    Parameters
    ----------
    corpus : Corpus
        The reports.
    by : str or sequence of str, optional
        Columns of ``corpus.reports``; without it all reports make one group.
    scope : str or list of str, optional
        Only reports of this scope, or ``"any"``, see `govreport_kit.rate`.

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
        If `by` names no column of ``corpus.reports``, or there is no such scope.
    MixedScopesError
        If a group holds reports which may hold the figures of others, and no `scope` is given.
    RepeatedReportsError
        If several versions of one report enter, see `govreport_kit.rate`.
    """
    return _parts_of_whole(corpus, OUTCOMES, "outcome", by, scope)


def refusal_reasons(corpus: Corpus, by: By = None, scope: Scope = None) -> pd.DataFrame:
    """Count on which ground requests were refused in full.

    Only reports enter which give the counts of all grounds. Their counts are summed; shares of single
    reports are never averaged.

    Parameters
    ----------
    corpus : Corpus
        The reports.
    by : str or sequence of str, optional
        Columns of ``corpus.reports``; without it all reports make one group.
    scope : str or list of str, optional
        Only reports of this scope, or ``"any"``, see `govreport_kit.rate`.

    Returns
    -------
    pandas.DataFrame
        As `composition`, with ``reason`` (a row of the request table) for ``outcome``; ``n`` are the
        refusals.

    Raises
    ------
    UnknownKeyError
        If `by` names no column of ``corpus.reports``, or there is no such scope.
    MixedScopesError
        If a group holds reports which may hold the figures of others, and no `scope` is given.
    RepeatedReportsError
        If several versions of one report enter, see `govreport_kit.rate`.
    """
    return _parts_of_whole(corpus, REASONS, "reason", by, scope)


def counts_of_parts(corpus: Corpus, parts: Sequence[str]) -> pd.DataFrame:
    """Return the counts of every report, in the order of ``corpus.reports``: all from one place, or all missing."""
    table, text = (
        pd.DataFrame({part: figures[part].value for part in parts}) for figures in request_figures(corpus, parts)
    )
    counts = table.where((table >= 0).all(axis="columns"), text)
    return counts.where((counts >= 0).all(axis="columns"))


def reports_with_all_parts(corpus: Corpus, parts: Sequence[str] = OUTCOMES, scope: Scope = None) -> tuple[str, ...]:
    """Return the ids of the reports which give all parts, and so enter."""
    given = counts_of_parts(corpus, parts).notna().all(axis="columns").to_numpy()
    return tuple(corpus.reports["report_id"][given & corpus.reports["scope"].isin(chosen_scopes(scope))])


def check_parts(frame: pd.DataFrame, name: str, parts: Sequence[str]) -> pd.DataFrame:
    """Return a frame which `composition` or `refusal_reasons` made, or say what it lacks."""
    lacking = [column for column in (name, *_NUMBERS) if column not in frame]
    if lacking:
        raise CorpusError(
            f"The frame has no column {', '.join(lacking)}: give a corpus, or the frame that the kit made of it."
        )
    if frame.empty:
        raise CorpusError(f"There is no report of which to draw the {name}s.")
    if list(frame[name]) != list(parts) * (len(frame) // len(parts)):
        raise CorpusError(f"Each group needs one row for each {name} in the order {', '.join(parts)}.")
    return frame


def check_composition(frame: pd.DataFrame) -> pd.DataFrame:
    """Return a frame which `composition` made, or say what it lacks."""
    return check_parts(frame, "outcome", OUTCOMES)


def _parts_of_whole(corpus: Corpus, parts: Sequence[str], name: str, by: By, scope: Scope) -> pd.DataFrame:
    columns = known_columns(corpus, by)
    counts = counts_of_parts(corpus, parts)
    given = counts.assign(n=counts.sum(axis="columns", skipna=False), reports=counts.notna().all(axis="columns"))
    grouped, _ = guarded_groups(given, given["reports"], codebook.metrics[GUARDED_AS[name]], corpus, columns, scope)
    totals = grouped[[*parts, "n"]].sum(min_count=1).astype("Int64")
    totals["reports"] = grouped["reports"].sum().astype("int64")
    totals["coverage"] = totals["reports"] / grouped.size()
    return _long(totals, columns, parts, name)


def _long(totals: pd.DataFrame, columns: list[str], parts: Sequence[str], name: str) -> pd.DataFrame:
    about = ["n", "reports", "coverage"]
    wide = totals.reset_index() if columns else totals.reset_index(drop=True)
    long = wide.melt([*columns, *about], list(parts), name, "count", ignore_index=False)
    long = long.sort_index(kind="stable")
    share = long["count"].astype("Float64") / long["n"].mask(long["n"] == 0)
    return long.assign(share=share)[[*columns, name, *_NUMBERS]].reset_index(drop=True)
