"""The interval that fits what a rate is of: a share, events, a mean over reports, or reports as clusters."""

from __future__ import annotations

import numpy as np
import pandas as pd

from govreport_kit import codebook
from govreport_kit.codebook.entries import Metric, Term
from govreport_kit.metrics.guards import Thresholds
from govreport_kit.statistics import METHODS, Interval, interval_on, poisson_interval
from govreport_kit.statistics import interval as share_interval
from govreport_kit.statistics.arrays import check_choice, check_level

CLUSTERED = "clustered"
POISSON = "poisson"
INTERVALS = (*METHODS, CLUSTERED)
_OF_REPORTS = "wilson"  # where the reports themselves are counted and the interval of others is to be clustered
_METHODS_OF_MEANS = {"logit": "logit_t", "log": "log_t", "identity": "t"}


def check_intervals(interval: str, level: float) -> None:
    """Raise a `StatisticsError` if there is no such method for rates or `level` is not between 0 and 1."""
    check_choice("interval method", interval, INTERVALS)
    check_level(level)


def add_interval(pooled: pd.DataFrame, entry: Metric, interval: str, level: float, limits: Thresholds) -> None:
    """Add ``low``, ``high``, ``method`` and ``flag``, and take away what rests on too few cases or reports.

    `interval` is one of `INTERVALS`, or ``"mean"`` of reports.
    """
    pooled["method"], (pooled["low"], pooled["high"]) = _interval(pooled, entry, interval, level)
    clusters = pooled["units"] if (pooled["method"] == CLUSTERED).any() else None
    pooled["flag"] = limits.flags(pooled["n"], clusters)
    if clusters is not None:
        pooled.loc[clusters < limits.few_reports, ["low", "high"]] = np.nan
    pooled.loc[pooled["flag"] == "counts_only", ["rate", "low", "high"]] = np.nan


def _interval(pooled: pd.DataFrame, entry: Metric, interval: str, level: float) -> tuple[str, Interval]:
    """Return the method and the ends of the interval that fits; reports that are cases themselves are no clusters."""
    if interval == "mean":
        return _METHODS_OF_MEANS[_scale(entry)], _between_reports(pooled, entry, level)
    if interval == CLUSTERED and entry.kind == "ratio":
        low, high = _between_reports(pooled, entry, level)
        return interval, Interval(low * entry.scale, high * entry.scale)
    if entry.interval == "share":
        method = _OF_REPORTS if interval == CLUSTERED else interval
        return method, share_interval(pooled["k"], pooled["n"], method, level)
    if entry.interval == "events":
        return POISSON, poisson_interval(pooled["k"], pooled["n"] / entry.scale, level)
    return "none", Interval(np.nan, np.nan)


def caveats_of(rates: pd.DataFrame) -> list[Term]:
    """Return what a reader must know of the intervals of rates, as far as it applies to them.

    Parameters
    ----------
    rates : pandas.DataFrame
        What `rate` returns.

    Returns
    -------
    list of Term
        Entries of ``codebook.rate_caveats``, with their sentences ``en`` and ``zh``.
    """
    ratio = rates["metric"].map({key: entry.kind == "ratio" for key, entry in codebook.metrics.items()})
    of_cases = rates["method"].isin([*METHODS, POISSON]) & rates["low"].notna()
    pooled = ratio.to_numpy(bool) & of_cases.to_numpy(bool) & (rates["reports"] > 1).to_numpy(bool)
    return [codebook.rate_caveats["between_reports"]] if pooled.any() else []


def _between_reports(pooled: pd.DataFrame, entry: Metric, level: float) -> Interval:
    ratio, error, df = (pooled[name].to_numpy(np.float64) for name in ("ratio", "error", "df"))
    return interval_on(_scale(entry), ratio, error, df, level)


def _scale(entry: Metric) -> str:
    """Return the scale on which an interval keeps to the values that a metric can have."""
    if entry.kind != "mean" and entry.interval == "share":
        return "logit"
    return "identity" if any(key.startswith("-") for key in entry.numerator) else "log"
