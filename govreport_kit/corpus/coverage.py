"""What a corpus holds: the coverage table, and how a corpus shows itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import TYPE_CHECKING, Any

import pandas as pd

from govreport_kit import codebook
from govreport_kit.corpus.panel import make_panel
from govreport_kit.errors import UnknownKeyError

if TYPE_CHECKING:
    from govreport_kit.corpus.corpus import Corpus

_OUTCOMES = ("granted", "partially_granted", *codebook.groups)

# What a report must state to be counted in a column of the coverage table: any of these panel columns.
COVERAGE: Mapping[str, Sequence[str]] = {
    "requests_received": ("received_new", "requests_received"),
    "requests_closed": ("total_closed", "requests_closed"),
    "outcomes": (*_OUTCOMES, *(entry.key for entry in codebook.indicators.values() if entry.row in _OUTCOMES)),
    "reviews": ("reviews.reconsideration.total", "reconsideration_cases", "litigation_cases"),
    "proactive": ("proactive_items", "website_items", "new_media_items"),
    "suggestions": ("suggestions_received", "suggestions_adopted"),
    "response_time": ("processing_days_average",),
    "on_time_rate": ("on_time_rate",),
}


def make_summary(corpus: Corpus, by: str | Sequence[str]) -> pd.DataFrame:
    """Count what the reports of a corpus state; see `Corpus.summary`."""
    keys = [by] if isinstance(by, str) else list(by)
    for key in keys:
        if key not in corpus.reports:
            raise UnknownKeyError("column of reports", key, codebook.nearest(key, corpus.reports.columns))
    panel = make_panel(corpus)
    from_table = corpus.requests.loc[corpus.requests["source"] == "table", "report_id"].unique()
    flags: dict[str, Any] = {
        "reports": True,
        "complete": panel["complete"],
        "request_table": panel["report_id"].isin(from_table),
    }
    flags |= {name: panel[list(columns)].notna().any(axis=1) for name, columns in COVERAGE.items()}
    marked = corpus.reports[keys].assign(**{f"_{name}": flag for name, flag in flags.items()})
    counts = marked.groupby(keys, observed=True, dropna=False).sum().astype("Int64")
    return counts.rename(columns=lambda name: name.removeprefix("_")).reset_index()


def corpus_text(corpus: Corpus) -> str:
    """Describe a corpus in a few lines."""
    return "\n".join(["<Corpus", *(f"  {name}: {value}" for name, value in _facts(corpus).items())]) + ">"


def corpus_html(corpus: Corpus) -> str:
    """Describe a corpus as a small table for a notebook."""
    rows = "".join(
        f"<tr><th>{escape(name)}</th><td>{escape(value)}</td></tr>" for name, value in _facts(corpus).items()
    )
    return f"<table><caption>Corpus</caption>{rows}</table>"


def _facts(corpus: Corpus) -> dict[str, str]:
    reports = corpus.reports
    years, levels = reports["year"].dropna(), reports["level"].value_counts(sort=False)
    named = [f"{level} {count}" for level, count in levels.items() if count]
    unknown = reports["level"].isna().sum()
    return {
        "reports": str(len(reports)),
        "years": f"{years.min()}-{years.max()}" if len(years) else "none",
        "levels": ", ".join(named + ([f"unknown {unknown}"] if unknown else [])) or "none",
        "provinces": str(reports["province"].nunique()),
        "read whole": f"{reports['complete'].sum()} of {len(reports)}",
        "cells": ", ".join(f"{len(getattr(corpus, table))} {table}" for table in codebook.tables),
        "facts": str(len(corpus.facts)),
        "documents that failed": str(len(corpus.failures)),
    }
