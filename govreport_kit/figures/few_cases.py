"""Which rates a figure draws, and which of them hollow: what the column ``flag`` of a frame of rates says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

import pandas as pd

from govreport_kit.figures.labels import Lang, word
from govreport_kit.figures.means import is_mean
from govreport_kit.metrics.guards import Thresholds


def with_flags(rates: pd.DataFrame) -> pd.DataFrame:
    """Return rates with a column ``flag``: their own, or where they have none that of the codebook's thresholds."""
    if "flag" in rates:
        return rates
    limits = Thresholds()
    flagged = rates.assign(flag=limits.flags(rates["n"]))
    flagged.attrs["thresholds"] = asdict(limits)
    return flagged


def is_drawn(rate: Any) -> bool:
    """Tell whether a rate rests on enough cases to be drawn."""
    return not pd.isna(rate.rate) and rate.flag != "counts_only"


def is_hollow(rate: Any) -> bool:
    """Tell whether a rate rests on so few cases that it is marked."""
    return bool(rate.flag == "few")


def drawn_rates(rates: pd.DataFrame) -> pd.DataFrame:
    """Return the rates which are drawn."""
    return rates[[is_drawn(rate) for rate in rates.itertuples()]]


def too_few(rate: Any, rates: pd.DataFrame, lang: Lang) -> str:
    """Tell that a group has too few cases, or too few reports for a mean."""
    return _told("too_few_mean" if is_mean(rate) else "too_few", _limits(rates).get("counts_only"), lang)


def hollow_note(rates: pd.DataFrame, lang: Lang) -> list[str]:
    """Tell what hollow points are, where there are any: n of few cases, or few reports behind a mean."""
    hollow = [rate for rate in drawn_rates(rates).itertuples() if is_hollow(rate)]
    keys = dict.fromkeys("hollow_mean" if is_mean(rate) else "hollow" for rate in hollow)
    return [_told(key, _limits(rates).get("few"), lang) for key in keys]


def _told(key: str, limit: int | None, lang: Lang) -> str:
    """Return a phrase with the limit; the one without where a frame has lost it."""
    return word(f"{key}.unknown", lang) if limit is None else word(key, lang, n=limit)


def _limits(rates: pd.DataFrame) -> Mapping[str, int]:
    limits: Mapping[str, int] = rates.attrs.get("thresholds", {})
    return limits
