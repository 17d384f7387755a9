"""Frames of rates in which each row is a unit that is compared with the others."""

from __future__ import annotations

import pandas as pd

from govreport_kit.errors import CorpusError
from govreport_kit.figures.labels import Lang, word
from govreport_kit.figures.means import is_mean
from govreport_kit.figures.rate_intervals import check_rates


def check_shares_of_units(rates: pd.DataFrame, wanted: str) -> None:
    """Refuse a frame of rates of several metrics, or whose rates are no shares; `wanted` says what can be drawn."""
    check_rates(rates)
    if any(is_mean(rate) for rate in rates.itertuples()):
        raise CorpusError(f'{wanted}, k of n, not means over reports: give rates with pool="counts".')
    if len(rates["metric"].unique()) != 1 or not (rates["k"].fillna(0) <= rates["n"].fillna(0)).all():
        raise CorpusError(f"{wanted}, k of n: select one.")


def unit_columns(frame: pd.DataFrame) -> list[str]:
    """Return the columns which name a unit: those before the metric."""
    return list(frame.columns[: frame.columns.get_loc("metric")])


def left_out(rates: pd.DataFrame, lang: Lang) -> list[str]:
    """Tell how many units do not state both counts, and how many state that they have no case."""
    counts = {"units_silent": rates["n"].isna().sum(), "units_without": (rates["n"] == 0).sum()}
    return [word(key, lang, count=f"{count:,}") for key, count in counts.items() if count]


def about_units(frame: pd.DataFrame) -> pd.DataFrame:
    """Return what a frame of rates tells of its units beside their counts."""
    columns = [*unit_columns(frame), "metric", "definition", "reports", "coverage", "scopes"]
    return frame[[name for name in columns if name in frame]]
