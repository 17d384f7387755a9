"""Rates which are means over reports: their ``k`` is no count, and their ``n`` counts reports."""

from __future__ import annotations

from typing import Any

import pandas as pd

from govreport_kit import codebook
from govreport_kit.figures.labels import Lang, metric_label, word
from govreport_kit.metrics.means import is_mean_of_rates


def is_mean(rate: Any) -> bool:
    """Tell whether a row of a frame of rates is a mean: of what reports state, or of their rates."""
    return codebook.metrics[str(rate.metric)].kind == "mean" or is_mean_of_rates(str(rate.definition))


def rate_label(metric: str, definition: str, lang: Lang) -> str:
    """Return the name of a metric, and that the rates of single reports are averaged where they are."""
    name = metric_label(metric, lang)
    return word("mean_of_rates", lang, metric=name) if is_mean_of_rates(definition) else name


def kinds_of(rates: pd.DataFrame) -> list[tuple[str, str]]:
    """Return the metrics with their definitions: the same one may be pooled, and averaged over reports."""
    return list(dict.fromkeys(zip(rates["metric"].astype(str), rates["definition"].astype(str), strict=True)))
