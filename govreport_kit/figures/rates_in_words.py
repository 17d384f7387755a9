"""Rates in words, for captions and alternative texts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from govreport_kit import codebook
from govreport_kit.figures.few_cases import is_drawn
from govreport_kit.figures.labels import Lang, group_label, word
from govreport_kit.figures.means import is_mean, kinds_of, rate_label
from govreport_kit.figures.plotted import rows_of
from govreport_kit.metrics.means import is_mean_of_rates

_KEYS = {"ratio": "n_of_ratio", "mean": "n_of_mean"}


def rate_sentences(rates: pd.DataFrame, lang: Lang, title: str) -> list[str]:
    """Return the title and how many cases and reports stand behind it."""
    kinds = kinds_of(rates)
    names = (rate_label(metric, definition, lang) for metric, definition in kinds)
    sentences = [word(title, lang, metric=(", " if lang == "en" else "、").join(names))]
    for metric, definition in kinds:
        pooled = rates[(rates["metric"] == metric) & (rates["definition"] == definition)]
        n, reports = f"{pooled['n'].sum():,}", f"{pooled['reports'].sum():,}"
        counted = {"n": n, "reports": reports, "definition": definition}
        key = _KEYS.get(codebook.metrics[metric].kind, "n_of_reports")
        if not pooled["reports"].any():
            sentences.append(word("n_of_none", lang, definition=definition))
        elif is_mean_of_rates(definition):
            sentences.append(word("n_of_mean_of_rates", lang, **counted))
        else:
            sentences.append(word(key, lang, k=f"{pooled['k'].sum():,.0f}", **counted))
    return sentences


def rate_values(rates: pd.DataFrame, lang: Lang) -> Sequence[str]:
    """Return each rate with its counts in words."""
    by = list(rates.columns[: rates.columns.get_loc("metric")])
    groups = rates[by].to_dict("records")
    return [
        f"{group_label(group, lang)}: {rate_in_words(row, lang)}"
        for row, group in zip(rows_of(rates), groups, strict=True)
    ]


def rate_in_words(row: Any, lang: Lang) -> str:
    """Return a rate with its counts, or why there is none."""
    if not is_drawn(row):
        return word("no_rate_told", lang)
    entry = codebook.metrics[str(row.metric)]
    unit = (entry.unit if lang == "en" else entry.unit_zh) or "%"
    value = f"{row.rate if entry.unit else 100 * row.rate:.1f} {unit}"
    counts = word("reports_told", lang, n=f"{row.n:,}") if is_mean(row) else f"{row.k:,.0f}/{row.n:,}"
    return f"{value} ({counts})"
