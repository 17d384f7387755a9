"""The interval that fits what a rate is of: a share, events, a mean over reports, or reports as clusters."""

from __future__ import annotations

import numpy as np
import pandas as pd

from govreport_kit import codebook
from govreport_kit.codebook.entries import Metric, Term
from govreport_kit.contributions import Floats
from govreport_kit.statistics import METHODS, interval_on, poisson_interval
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


def is_clustered(entry: Metric, interval: str) -> bool:
    """Tell whether the reports of a metric are clusters of cases; where they are the cases themselves they are none."""
    return interval == CLUSTERED and entry.kind == "ratio"


def add_interval(pooled: pd.DataFrame, entry: Metric, interval: str, level: float) -> None:
    """Add ``low``, ``high`` and ``method`` of the interval around the counts of pooled reports."""
    if is_clustered(entry, interval):
        method, (low, high) = interval, _between_reports(pooled, entry, level)
        low, high = low * entry.scale, high * entry.scale
    elif entry.interval == "share":
        method = _OF_REPORTS if interval == CLUSTERED else interval
        low, high = share_interval(pooled["k"], pooled["n"], method, level)
    elif entry.interval == "events":
        method, (low, high) = POISSON, poisson_interval(pooled["k"], pooled["n"] / entry.scale, level)
    else:
        method, low, high = "none", np.full(len(pooled), np.nan), np.full(len(pooled), np.nan)
    pooled["low"], pooled["high"], pooled["method"] = low, high, method


def add_interval_of_mean(pooled: pd.DataFrame, entry: Metric, level: float) -> None:
    """Add ``low``, ``high`` and ``method`` of the interval around the means of reports."""
    pooled["low"], pooled["high"] = _between_reports(pooled, entry, level)
    pooled["method"] = _METHODS_OF_MEANS[_scale(entry)]


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


def _between_reports(pooled: pd.DataFrame, entry: Metric, level: float) -> tuple[Floats, Floats]:
    ratio, error, df = (pooled[name].to_numpy(np.float64) for name in ("ratio", "error", "df"))
    return interval_on(_scale(entry), ratio, error, df, level)


def _scale(entry: Metric) -> str:
    """Return the scale on which an interval keeps to the values that a metric can have."""
    if entry.kind != "mean" and entry.interval == "share":
        return "logit"
    return "identity" if any(key.startswith("-") for key in entry.numerator) else "log"
