"""What missing reports may hide: coverage, bounds, and whether they are missing at random."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike
from scipy import stats

from govreport_kit import codebook
from govreport_kit.auditing.roster.errors import RosterError
from govreport_kit.errors import UnknownKeyError
from govreport_kit.statistics import Interval

_ABSENT = ("missing", "not_due")


def coverage(status: pd.DataFrame, by: str | Sequence[str] = "year") -> pd.DataFrame:
    """Count expected reports by what became of them.

    Parameters
    ----------
    status : DataFrame
        As `roster_status` gives it.
    by : str or sequence of str
        Columns of `status`: year, level, province, region_code, agency.

    Returns
    -------
    pandas.DataFrame
        The columns of `by`; ``expected``; ``published`` (a document is there); ``due`` (expected
        without those not due yet); ``coverage`` = published / due; then one column of counts a key
        of ``codebook.publications`` and of ``codebook.contents``. The roster is counted in full:
        the share has no interval.

    Raises
    ------
    UnknownKeyError
        If `status` has no such column.
    """
    keys = [by] if isinstance(by, str) else list(by)
    for key in keys:
        if key not in status:
            raise UnknownKeyError("column of the roster", key, codebook.nearest(key, status.columns), status.columns)
    counted = status[keys].copy()
    counted["expected"] = 1
    counted["published"] = ~status["publication"].isin(_ABSENT)
    counted["due"] = status["publication"] != "not_due"
    for column, vocabulary in (("publication", codebook.publications), ("content", codebook.contents)):
        for key in vocabulary:
            counted[key] = status[column] == key
    counts = counted.groupby(keys, observed=True, dropna=False).sum().astype("Int64").reset_index()
    share = counts["published"] / counts["due"].astype("Float64").where(counts["due"] > 0)
    counts.insert(len(keys) + 3, "coverage", share)
    return counts


def mean_bounds(
    mean: ArrayLike, published: ArrayLike, expected: ArrayLike, *, lowest: float = 0.0, highest: float = 1.0
) -> Interval:
    """Return the least and the greatest mean over all expected reports that the missing ones allow.

    Parameters
    ----------
    mean : number or array
        Mean over the published reports, each counted once (a rate pooled over requests is another
        thing: its bounds need the requests of the missing reports).
    published, expected : int or array
        Numbers of reports.
    lowest, highest : float
        Between which every value must lie; 0 and 1 for a rate.

    Returns
    -------
    Interval
        low = (published · mean + missing · lowest) / expected, high with `highest`. Nothing is
        assumed of the missing reports (Manski 1989, Journal of Human Resources 24:343).

    Raises
    ------
    RosterError
        If a mean lies outside of `lowest` and `highest`, or more are published than expected.

    Examples
    --------
    >>> low, high = mean_bounds(0.56, 102, 120)
    >>> f"{low:.3f} to {high:.3f}"
    '0.476 to 0.626'
    """
    means, there, total = np.broadcast_arrays(
        *(np.asarray(given, dtype=np.float64) for given in (mean, published, expected))
    )
    if ((means < lowest) | (means > highest)).any():
        raise RosterError(f"A mean lies outside of {lowest:g} to {highest:g}; give lowest and highest.")
    if ((there < 0) | (there > total) | (total <= 0)).any():
        raise RosterError(
            "Each number of published reports must lie between 0 and that of the expected, which is not 0."
        )
    # Where nothing is published the mean is unknown and does not matter.
    known = there * np.where(there > 0, means, 0.0)
    low, high = (known + (total - there) * lowest) / total, (known + (total - there) * highest) / total
    return Interval(float(low), float(high)) if low.ndim == 0 else Interval(low, high)


def missing_by_value(status: pd.DataFrame, values: pd.Series[Any]) -> pd.DataFrame:
    """Compare, year by year, last year's values of the agencies which are now missing and those which are not.

    Parameters
    ----------
    status : DataFrame
        As `roster_status` gives it.
    values : Series
        A value by report_id, for example ``rate(corpus, "refusal_rate", by="report_id")`` with
        report_id as index.

    Returns
    -------
    pandas.DataFrame
        One row a year: year, ``missing`` and ``published`` (agencies with a value in the year
        before), ``mean_missing`` and ``mean_published`` of that value, ``difference``,
        ``superiority`` (the chance that a missing agency had the higher value, ties counted half)
        and ``p``, two-sided, of Mann and Whitney (1947), Annals of Mathematical Statistics 18:50.
        ``<NA>`` where one of the groups is empty.

    Notes
    -----
    A small ``p`` speaks against values missing at random; a large one, above all of few agencies,
    speaks for nothing. The years are not independent: the same agencies come again. Agencies that
    were missing the year before have no value and take no part.
    """
    table = status[["agency", "year", "publication", "report_id"]].copy()
    table["value"] = table["report_id"].map(values).astype("float64")
    before = table[["agency", "year", "value"]].assign(year=table["year"] + 1)
    pairs = table.drop(columns="value").merge(before, on=["agency", "year"]).dropna(subset="value")
    pairs = pairs[pairs["publication"] != "not_due"]
    rows = [_compared(year, group) for year, group in pairs.groupby("year")]
    columns = ["year", "missing", "published", "mean_missing", "mean_published", "difference", "superiority", "p"]
    return pd.DataFrame(rows, columns=columns)


def _compared(year: Any, group: pd.DataFrame) -> tuple[Any, ...]:
    is_missing = (group["publication"] == "missing").to_numpy()
    values = group["value"].to_numpy()
    missing, published = values[is_missing], values[~is_missing]
    if not (len(missing) and len(published)):
        return (year, len(missing), len(published), *[np.nan] * 5)
    test = stats.mannwhitneyu(missing, published)
    superiority = test.statistic / (len(missing) * len(published))
    means = missing.mean(), published.mean()
    return (year, len(missing), len(published), *means, means[0] - means[1], superiority, test.pvalue)
