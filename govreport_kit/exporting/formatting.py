"""Figures as a paper prints them."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd

from govreport_kit import codebook
from govreport_kit.exporting.words import word
from govreport_kit.metrics.means import is_mean_of_rates

MISSING = "--"
_SMALLEST = 0.0005  # what one decimal of a percentage can still tell from nothing


def count(value: Any) -> str:
    """Write a count with separators of thousands; ``--`` where there is none."""
    if pd.isna(value):
        return MISSING
    return f"{value:,.0f}" if float(value).is_integer() else f"{value:,}"


def share(value: Any) -> str:
    """Write a share of 1 in percent with one decimal; what is not quite none or all is told as such."""
    if pd.isna(value):
        return MISSING
    if 0 < value < _SMALLEST:
        return "<0.1%"
    if 1 - _SMALLEST < value < 1:
        return ">99.9%"
    return f"{100 * value:.1f}%"


def number(value: Any) -> str:
    """Write a number to four digits that count, never fewer than its whole part has."""
    if pd.isna(value):
        return MISSING
    if value == 0 or float(value).is_integer():
        return f"{value:,.0f}"
    digits = max(0, 3 - math.floor(math.log10(abs(value))))
    text = f"{value:,.{digits}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def rate(value: Any, key: str) -> str:
    """Write a rate: a share in percent, or a value in the unit of its metric."""
    return number(value) if codebook.metrics[key].unit else share(value)


def metric(key: str, lang: str, definition: str = "") -> str:
    """Return the name of a metric, with its unit where it is no share; a mean of rates is called one."""
    entry = codebook.metrics[key]
    name = str(getattr(entry, lang))
    if is_mean_of_rates(definition):
        name = word("mean_of_rates", lang, metric=name)
    unit = entry.unit_zh if lang == "zh" else entry.unit
    return f"{name} ({unit})" if unit else name


def interval(low: Any, high: Any, key: str, lang: str) -> str:
    """Write an interval; ``--`` where there is none."""
    if pd.isna(low) or pd.isna(high):
        return MISSING
    return {"en": " to ", "zh": "至"}[lang].join([rate(low, key), rate(high, key)])
