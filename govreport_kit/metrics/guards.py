"""What keeps a rate from saying more than its counts: mixed scopes, versions, few cases, changes of the law."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
import pandas as pd

from govreport_kit import codebook
from govreport_kit.codebook.entries import Metric
from govreport_kit.corpus.frames import some
from govreport_kit.corpus.versions import versions
from govreport_kit.errors import GovReportError, UnknownKeyError

Scope: TypeAlias = str | Sequence[str] | None


class MixedScopesError(GovReportError, ValueError):
    """Reports which hold the figures of others stand in one group with their own figures."""


class RepeatedReportsError(GovReportError, ValueError):
    """Several versions of one report stand among the reports that are counted or compared."""


class NoReportsError(GovReportError, LookupError):
    """No report is of the scope that was asked for."""


@dataclass(frozen=True, slots=True)
class Thresholds:
    """How many cases (``n``, of means reports) it takes; the defaults are those of ``codebook.thresholds``.

    Attributes
    ----------
    counts_only : int
        Below it a group has its counts and no rate.
    few : int
        Below it the rate is marked.
    unranked : int
        Below it the rate must not be ranked.
    few_reports : int
        With fewer reports a rate has no interval which is clustered by report.
    """

    counts_only: int = codebook.thresholds["counts_only"].fewest
    few: int = codebook.thresholds["few"].fewest
    unranked: int = codebook.thresholds["unranked"].fewest
    few_reports: int = codebook.thresholds["few_reports"].fewest

    def flags(self, n: pd.Series[Any], clusters: pd.Series[Any] | None = None) -> pd.Series[str]:
        """Return the word for each number of cases (and of reports, where they are clusters), or missing."""
        cases = n.to_numpy(dtype=np.float64, na_value=np.nan)
        few_reports = np.False_ if clusters is None else (cases >= 0) & (clusters < self.few_reports).to_numpy()
        lacking = {
            "counts_only": cases < self.counts_only,
            "few": cases < self.few,
            "few_reports": np.broadcast_to(few_reports, cases.shape),
            "unranked": cases < self.unranked,
        }
        flags = np.select(list(lacking.values()), list(lacking), default="")
        return pd.Series(flags, n.index, dtype="str").mask(flags == "")


def chosen_scopes(scope: Scope) -> list[str]:
    """Return the scopes which the user names; all of them for ``any`` and where none is named."""
    named = [scope] if isinstance(scope, str) else list(scope or ["any"])
    if "any" in named:
        return list(codebook.scopes)
    for name in named:
        if name not in codebook.scopes:
            known = [*codebook.scopes, "any"]
            raise UnknownKeyError("scope", name, codebook.nearest(name, known), known)
    return named


def of_scope(reports: pd.DataFrame, scope: Scope, metric: Metric) -> pd.Series[bool]:
    """Tell which reports are of a scope which the user names.

    Raises
    ------
    UnknownKeyError
        If there is no such scope.
    NoReportsError
        If there are reports, but none of that scope; counts those of the others.
    """
    named = chosen_scopes(scope)
    chosen = reports["scope"].isin(named)
    if len(chosen) and not chosen.any():
        others = ", ".join(f"{count:,} {name}" for name, count in reports["scope"].value_counts().items() if count)
        raise NoReportsError(
            f"There is no report with the scope {' or '.join(named)} to give {metric.key}, only {others}. Give"
            " another scope, or none to take the reports of any."
        )
    return chosen


def told_scopes(counts: pd.DataFrame) -> pd.Series[str]:
    """Name the scopes that were pooled in each group, as ``own+unknown``; missing where none contributes."""
    told = pd.Series("", counts.index, dtype="str")
    for scope in counts:
        told += np.where(counts[scope] > 0, f"+{scope}", "")
    return told.str.removeprefix("+").mask(told == "")


def require_unmixed(counts: pd.DataFrame, metric: Metric, by: Sequence[str]) -> None:
    """Refuse groups in which aggregate reports stand beside those whose figures they may hold.

    Parameters
    ----------
    counts : pandas.DataFrame
        How many reports of each scope (columns) contribute to each group (rows).
    metric : Metric
        For the message.
    by : sequence of str
        The columns which make the groups; for the message.

    Raises
    ------
    MixedScopesError
        Names the groups with their counts, and the ways out.
    """
    mixed = counts[(counts["aggregate"] > 0) & (counts["own"] + counts["system"] > 0)]
    if mixed.empty:
        return
    groups = [
        ", ".join(f"{row[scope]:,} {scope}" for scope in counts if row[scope])
        + (f" where {_group(by, key)}" if by else "")
        for key, row in zip(mixed.index, mixed.to_dict("records"), strict=True)
    ]
    raise MixedScopesError(
        f"{metric.key} would pool aggregate reports with reports on an agency's own figures, which an aggregate may"
        f" already hold, so that requests would count twice ({some(groups, 3)}). Give scope='own' or"
        " scope='aggregate', or by='scope' to set them side by side, or scope='any' to pool them all the same."
    )


def require_disjoint(aggregates: pd.DataFrame, metric: Metric) -> None:
    """Refuse groups in which an aggregate report stands beside one of a division within its own.

    Parameters
    ----------
    aggregates : pandas.DataFrame
        The contributing aggregate reports: ``group``, ``year``, ``region_code``. What is not known to
        lie within another division does not count.
    metric : Metric
        For the message.

    Raises
    ------
    MixedScopesError
        Names the divisions, and the ways out.
    """
    known = aggregates.dropna()
    listed = pd.MultiIndex.from_frame(known)
    for digits in (4, 2):  # of the six of a code: the prefecture and the province of a division
        parent = known["region_code"].str[:digits].str.ljust(6, "0")
        inside = (parent != known["region_code"]) & pd.MultiIndex.from_frame(known.assign(region_code=parent)).isin(
            listed
        )
        if inside.any():
            pairs = (parent[inside] + " and " + known["region_code"][inside]).drop_duplicates()
            raise MixedScopesError(
                f"{metric.key} would pool aggregate reports of divisions within each other, so that requests would"
                f" count twice ({some(pairs, 3)}). Give by='level', or select one level with Corpus.select, or"
                " scope='any' to pool them all the same."
            )


def require_one_version(reports: pd.DataFrame, contributes: pd.Series[bool], metric: Metric) -> None:
    """Refuse several reports of one agency and year, of which each would count as a report of its own.

    Parameters
    ----------
    reports : pandas.DataFrame
        The frame ``reports`` of a corpus.
    contributes : Series of bool
        Which of them enter.
    metric : Metric
        For the message.

    Raises
    ------
    RepeatedReportsError
        Names the reports, and the ways out.
    """
    entering = reports[contributes.to_numpy(bool)]
    version = pd.Series(versions(entering), entering.index)
    repeated = entering["report_id"][version >= 0]
    if repeated.empty:
        return
    ids = repeated.groupby(version[version >= 0], sort=False).agg(" and ".join)
    raise RepeatedReportsError(
        f"{metric.key} would count several reports of one agency and year, which may be versions of one, so that"
        f" requests would count twice ({some(ids, 3)}). Corpus.latest() (on the command line --latest) keeps the one"
        " of each that was published last; Corpus.select keeps those you choose."
    )


def _group(by: Sequence[str], key: Any) -> str:
    values = key if isinstance(key, tuple) else (key,)
    return ", ".join(f"{name} is {value}" for name, value in zip(by, values, strict=True))


def crossed_breaks(metric: Metric, first: pd.Series[Any], last: pd.Series[Any]) -> pd.Series[str]:
    """Name the changes of law or form between two years of each group, as ``KEY+KEY``; missing where there is none."""
    told = pd.Series("", first.index, dtype="str")
    from_year, to_year = (years.to_numpy(dtype=np.float64, na_value=np.nan) for years in (first, last))
    for key in metric.breaks:
        year = codebook.breaks[key].first_year
        told += np.where((from_year < year) & (year <= to_year), f"+{key}", "")
    return told.str.removeprefix("+").mask(told == "")


def years_spanned(groups: pd.DataFrame, by: Sequence[str]) -> tuple[pd.Series[Any], pd.Series[Any]]:
    """Return the two years which each row of rates compares.

    Parameters
    ----------
    groups : pandas.DataFrame
        One row a group in order, the columns of `by`, ``first_year`` and ``last_year`` of its reports.
    by : sequence of str
        With ``year`` among them the rows are series, and a row compares its year with the one before
        in its series; otherwise a row pools its years.
    """
    if "year" not in by:
        return groups["first_year"], groups["last_year"]
    others = [groups[name] for name in by if name != "year"] or [pd.Series(0, groups.index)]
    ordered = groups.sort_values("year", kind="stable")["last_year"]
    latest = ordered.groupby(others, dropna=False, observed=True).ffill()
    before = latest.groupby(others, dropna=False, observed=True).shift()
    return before.reindex(groups.index), groups["last_year"]
