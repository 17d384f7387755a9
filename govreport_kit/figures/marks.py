"""What stands behind each row of plotted data: reports, and which of their figures."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeAlias

import pandas as pd

from govreport_kit import codebook
from govreport_kit.errors import CorpusError
from govreport_kit.figures.composition import reports_with_all_parts
from govreport_kit.figures.plotted import Mark
from govreport_kit.metrics import components
from govreport_kit.metrics.guards import Scope

if TYPE_CHECKING:
    from govreport_kit.corpus import Corpus

Group: TypeAlias = tuple[Hashable, ...]


def marks_of_groups(
    frame: pd.DataFrame, by: Sequence[str], corpus: Corpus, *, name: str, parts: Sequence[str], scope: Scope
) -> list[Mark]:
    """Return the marks of a frame of parts: the reports of the group which give all parts, and the part."""
    entering = corpus.reports["report_id"].isin(reports_with_all_parts(corpus, parts, scope))
    ids = ids_by_group(corpus.reports[entering], by)
    groups = groups_of(frame, by)
    return [Mark(ids.get(group, ()), (part,), tuple(parts)) for group, part in zip(groups, frame[name], strict=True)]


def marks_of_rates(rates: pd.DataFrame, corpus: Corpus) -> list[Mark]:
    """Return the marks of a frame of rates: the reports which contribute, numerator and denominator.

    Raises
    ------
    CorpusError
        If the corpus is not the one of the rates: other reports would contribute.
    """
    by = list(rates.columns[: rates.columns.get_loc("metric")])
    marks: dict[Hashable, Mark] = {}
    for metric, of_metric in rates.groupby("metric", sort=False, observed=True):
        entry = codebook.metrics[str(metric)]
        keys = tuple(key.removeprefix("-") for key in entry.numerator) or (entry.indicator,)
        of = tuple(key.removeprefix("-") for key in entry.denominator)
        reports = corpus.reports[components(corpus, entry.key)["n"].notna().to_numpy(bool)]
        scopes = list(of_metric["scopes"].fillna("")) if "scopes" in of_metric else [""] * len(of_metric)
        pooled = {told: ids_by_group(_of_scopes(reports, told), by) for told in set(scopes)}
        for group, told, (row, rate) in zip(groups_of(of_metric, by), scopes, of_metric.iterrows(), strict=True):
            ids = pooled[told].get(group, ())
            if len(ids) != rate["reports"]:
                raise CorpusError(
                    f"Row {row} of the rates rests on {rate['reports']} reports, in this corpus {len(ids)} contribute:"
                    " give the corpus that the rates were computed from."
                )
            marks[row] = Mark(ids, keys, of)
    return [marks[row] for row in rates.index]


def ids_by_group(reports: pd.DataFrame, by: Sequence[str]) -> Mapping[Group, tuple[str, ...]]:
    """Return the ids of the reports of each group."""
    ids: dict[Group, list[str]] = {}
    for group, report_id in zip(groups_of(reports, by), reports["report_id"], strict=True):
        ids.setdefault(group, []).append(report_id)
    return {group: tuple(listed) for group, listed in ids.items()}


def groups_of(frame: pd.DataFrame, by: Sequence[str]) -> list[Group]:
    """Return the group of every row: its values in the columns, None where one is missing."""
    columns = [[None if missing else value for value, missing in _values(frame[column])] for column in by]
    return list(zip(*columns, strict=True)) if columns else [()] * len(frame)


def _values(column: pd.Series) -> Any:
    return zip(column.astype("object"), column.isna(), strict=True)


def _of_scopes(reports: pd.DataFrame, told: str) -> pd.DataFrame:
    """Keep the reports of the scopes which were pooled, where the rates tell them."""
    return reports[reports["scope"].isin(told.split("+"))] if told else reports
