"""What a corpus holds: the coverage table, and how a corpus shows itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import TYPE_CHECKING, Any

import pandas as pd

from govreport_kit import codebook
from govreport_kit.corpus.panel import make_panel
from govreport_kit.errors import UnknownKeyError
from govreport_kit.show import STYLE, folded, rows_html

if TYPE_CHECKING:
    from govreport_kit.corpus.corpus import Corpus

_FAILURES_SHOWN = 20
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
    keys = [by] if isinstance(by, str) else list(dict.fromkeys(by))
    for key in keys:
        if key not in corpus.reports:
            raise UnknownKeyError(
                "column of reports", key, codebook.nearest(key, corpus.reports.columns), corpus.reports.columns
            )
    panel = make_panel(corpus)
    from_table = corpus.requests.loc[corpus.requests["source"] == "table", "report_id"].unique()
    flags: dict[str, Any] = {
        "reports": True,
        "complete": panel["complete"],
        "request_table": panel["report_id"].isin(from_table),
    }
    flags |= {name: panel[list(columns)].notna().any(axis=1) for name, columns in COVERAGE.items()}
    counted = {f"_{name}": flag for name, flag in flags.items() if name not in keys}
    marked = corpus.reports[keys].assign(**counted)
    counts = marked.groupby(keys, observed=True, dropna=False).sum().astype("Int64")
    return counts.rename(columns=lambda name: name.removeprefix("_")).reset_index()


def corpus_text(corpus: Corpus) -> str:
    """Describe a corpus in a few lines."""
    return "\n".join(["<Corpus", *(f"  {name}: {value}" for name, value in _facts(corpus).items())]) + ">"


def corpus_html(corpus: Corpus) -> str:
    """Describe a corpus in tables for a notebook: what it holds, reports by year and level, notes, failures."""
    rows = "".join(
        f"<tr><th>{escape(name)}</th><td>{escape(value)}</td></tr>" for name, value in _facts(corpus).items()
    )
    parts = [f'<table class="words"><caption>Corpus</caption>{rows}</table>']
    if len(corpus):
        parts.append(folded("Reports by year and level", rows_html(*_years_and_levels(corpus)), opened=False))
    if len(corpus.notes):
        counted = corpus.notes["code"].value_counts()
        named = [(codebook.notes[str(code)].en, code, count) for code, count in counted.items() if count]
        parts.append(
            folded(f"Notes ({len(corpus.notes):,})", rows_html(["note", "code", "times"], named), opened=False)
        )
    if len(corpus.failures):
        told = corpus.failures[["path", "kind", "message"]].head(_FAILURES_SHOWN).fillna("").to_numpy()
        title = f"Documents that failed ({len(corpus.failures):,})"
        if len(corpus.failures) > _FAILURES_SHOWN:
            title += f", the first {_FAILURES_SHOWN}; all of them: corpus.failures"
        parts.append(folded(title, rows_html(["path", "kind", "message"], told, words=True)))
    return f'{STYLE}<div class="govreport">{"".join(parts)}</div>'


def _years_and_levels(corpus: Corpus) -> tuple[list[str], list[list[object]]]:
    """Count the reports of each year and level, and of those whose year or level is unknown."""
    year = corpus.reports["year"].astype("str").fillna("unknown")
    level = corpus.reports["level"].astype("str").fillna("unknown")
    counts = pd.crosstab(year, level)
    counts = counts[[name for name in (*codebook.levels, "unknown") if name in counts]]
    rows = [[year, *of_level, sum(of_level)] for year, of_level in zip(counts.index, counts.to_numpy(), strict=True)]
    return ["year", *counts.columns, "all"], rows


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
