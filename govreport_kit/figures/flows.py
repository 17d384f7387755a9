"""The year's account of requests, as a frame: carried over and received, closed and carried forward."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from govreport_kit import codebook
from govreport_kit.errors import CorpusError
from govreport_kit.figures.composition import counts_of_parts
from govreport_kit.metrics.guards import Scope, chosen_scopes
from govreport_kit.metrics.pooling import By, guarded_groups, known_columns

if TYPE_CHECKING:
    from govreport_kit.corpus import Corpus

IN = ("carried_over", "received_new")
OUT = ("total_closed", "carried_forward")
FLOW = (*IN, *OUT)
_ABOUT = ("reports", "unbalanced", "incomplete", "all_reports")


def flows(corpus: Corpus, by: By = None, scope: Scope = None) -> pd.DataFrame:
    """Count the requests which came in and which went out.

    Only reports enter which give all four counts in one place and in which carried over and received are
    together as many as closed and carried forward (the balance printed on the national form).

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
        The columns of `by`, then ``flow`` (carried_over, received_new, total_closed, carried_forward),
        ``count`` (requests, the sum over the reports that balance), ``reports`` (these), ``unbalanced``
        and ``incomplete`` (reports left out because the counts do not balance, or are not all given) and
        ``all_reports``. A group without any report that balances has missing counts.

    Raises
    ------
    UnknownKeyError
        If `by` names no column of ``corpus.reports``, or there is no such scope.
    MixedScopesError
        If a group holds reports which may hold the figures of others, and no `scope` is given.
    RepeatedReportsError
        If several versions of one report enter, see `govreport_kit.rate`.
    """
    columns = known_columns(corpus, by)
    counts = counts_of_parts(corpus, FLOW)
    complete, balances = _complete_and_balanced(counts)
    given = counts.where(balances).assign(
        reports=balances, unbalanced=complete & ~balances, incomplete=~complete, all_reports=True
    )
    grouped, _ = guarded_groups(given, balances, codebook.metrics["carry_over_ratio"], corpus, columns, scope)
    totals = grouped[list(FLOW)].sum(min_count=1).astype("Int64")
    totals[list(_ABOUT)] = grouped[list(_ABOUT)].sum().astype("int64")
    wide = totals.reset_index() if columns else totals.reset_index(drop=True)
    long = wide.melt([*columns, *_ABOUT], list(FLOW), "flow", "count", ignore_index=False).sort_index(kind="stable")
    ordered: pd.DataFrame = long[[*columns, "flow", "count", *_ABOUT]].reset_index(drop=True)
    return ordered


def balanced_reports(corpus: Corpus, scope: Scope = None) -> tuple[str, ...]:
    """Return the ids of the reports which enter the flows."""
    _, balances = _complete_and_balanced(counts_of_parts(corpus, FLOW))
    return tuple(corpus.reports["report_id"][balances.to_numpy() & corpus.reports["scope"].isin(chosen_scopes(scope))])


def check_flows(frame: pd.DataFrame) -> pd.DataFrame:
    """Return a frame which `flows` made, or say what it lacks."""
    lacking = [name for name in ("flow", "count", *_ABOUT) if name not in frame]
    if lacking:
        raise CorpusError(f"The frame has no column {', '.join(lacking)}: give a corpus, or the frame of flows().")
    if frame.empty or list(frame["flow"]) != list(FLOW) * (len(frame) // len(FLOW)):
        raise CorpusError(f"Each group needs one row for each of {', '.join(FLOW)}, in this order.")
    sums = frame.assign(side=frame["flow"].isin(IN), group=[row // len(FLOW) for row in range(len(frame))])
    coming, going = (sums[sums["side"] == side].groupby("group")["count"].sum() for side in (True, False))
    if (coming != going).any():
        first = int((coming != going).to_numpy().argmax()) + 1
        raise CorpusError(
            "The bars of a flow must balance: carried over and received are not as many as closed and carried"
            f" forward in group {first}."
        )
    return frame


def _complete_and_balanced(counts: pd.DataFrame) -> tuple[pd.Series[bool], pd.Series[bool]]:
    complete = counts.notna().all(axis="columns")
    balances = counts[list(IN)].sum(axis="columns") == counts[list(OUT)].sum(axis="columns")
    return complete, complete & balances
