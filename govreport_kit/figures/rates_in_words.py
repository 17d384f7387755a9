"""Rates in words, for captions and alternative texts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from govreport_kit import codebook
from govreport_kit.figures.labels import Lang, group_label, metric_label, word
from govreport_kit.figures.plotted import rows_of


def rate_sentences(rates: pd.DataFrame, lang: Lang, title: str) -> list[str]:
    """Return the title and how many cases and reports stand behind it."""
    metrics = [str(metric) for metric in rates["metric"].unique()]
    names = (", " if lang == "en" else "、").join(metric_label(metric, lang) for metric in metrics)
    sentences = [word(title, lang, metric=names)]
    for metric in metrics:
        of_metric = rates[rates["metric"] == metric]
        reports = of_metric["reports"].sum()
        key = {"ratio": "n_of_ratio", "mean": "n_of_mean"}.get(codebook.metrics[metric].kind, "n_of_reports")
        sentences.append(
            word(key, lang, k=f"{of_metric['k'].sum():,.0f}", n=f"{of_metric['n'].sum():,}", reports=f"{reports:,}",
                 definition=of_metric["definition"].iloc[0])
        )  # fmt: skip
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
    if pd.isna(row.rate):
        return word("no_rate_told", lang)
    entry = codebook.metrics[str(row.metric)]
    unit = (entry.unit if lang == "en" else entry.unit_zh) or "%"
    value = f"{row.rate if entry.unit else 100 * row.rate:.1f} {unit}"
    return f"{value} ({'' if entry.kind == 'mean' else f'{row.k:,.0f}/'}{row.n:,})"
