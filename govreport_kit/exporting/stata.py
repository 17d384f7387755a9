"""Stata, version 118 of the format (Stata 14 and later): Unicode labels."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from govreport_kit.exporting.cleaning import holds_days, text_columns, without_nul
from govreport_kit.exporting.labelled import labelled
from govreport_kit.exporting.tables import Table

_LONGEST_LABEL = 80
_NO_TIME = datetime(2000, 1, 1)  # the format asks for a time; this one keeps the bytes the same


def write_stata(tables: Sequence[Table], path: Path, lang: str) -> list[Path]:
    """Write one table; what is missing is ``.``, and a missing text is empty, as Stata knows no other."""
    (table,) = tables
    data = labelled(table, lang, without_nul, "Stata ends a text at NUL; U+FFFD stands for it", "Stata")
    frame = data.frame.copy()
    for name in text_columns(frame):
        frame[name] = frame[name].fillna("")
    dates: dict[Any, Any] = {
        name: "td" if holds_days(frame[name]) else "tc" for name in frame.select_dtypes("datetime")
    }
    frame.to_stata(
        path,
        version=118,
        write_index=False,
        convert_dates=dates,
        time_stamp=_NO_TIME,
        data_label=f"govreport_kit: {table.name}",
        variable_labels={name: _cut(words) for name, words in data.variable_labels.items()},
        value_labels=data.value_labels,
    )
    return [path]


def _cut(words: str) -> str:
    return words if len(words) <= _LONGEST_LABEL else f"{words[: _LONGEST_LABEL - 1]}…"
