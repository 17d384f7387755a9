"""SPSS (.sav), written by ReadStat."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from govreport_kit.errors import MissingExtraError
from govreport_kit.exporting.cleaning import holds_days, text_columns, without_nul
from govreport_kit.exporting.labelled import labelled
from govreport_kit.exporting.tables import Table

_LONGEST_TEXT, _LONGEST_LABEL = 32_767, 255
_TIME_AT, _NO_TIME = 92, b"01 Jan 0000:00:00"  # bytes of the header that hold date and time of writing
_WHY = "SPSS ends a text at NUL (U+FFFD stands for it), drops blanks at its end and holds 32,767 bytes"


def write_spss(tables: Sequence[Table], path: Path, lang: str) -> list[Path]:
    """Write one table; a missing text is empty, as SPSS knows no other."""
    try:
        import pyreadstat
    except ImportError as error:
        raise MissingExtraError("Writing .sav needs pyreadstat", "export", error) from error
    (table,) = tables
    data = labelled(table, lang, _clean, _WHY, "SPSS")
    frame = data.frame.copy()
    for name in frame.columns.drop(text_columns(frame)):
        if pd.api.types.is_datetime64_any_dtype(frame[name].dtype):
            frame[name] = _dates(frame[name])
        else:
            frame[name] = frame[name].astype("Float64").to_numpy("float64", na_value=float("nan"))
    pyreadstat.write_sav(
        frame,
        str(path),
        file_label=f"govreport_kit: {table.name}",
        column_labels={name: _cut(words, _LONGEST_LABEL) for name, words in data.variable_labels.items()},
        variable_value_labels=data.value_labels,
    )
    with path.open("r+b") as stream:
        stream.seek(_TIME_AT)
        stream.write(_NO_TIME)
    return [path]


def _dates(dates: pd.Series[Any]) -> pd.Series[Any]:
    """Return objects of Python; ReadStat takes every other unit of time for nanoseconds."""
    if holds_days(dates):
        return pd.Series(dates.dt.date, dtype=object)
    return pd.Series([None if pd.isna(time) else time.to_pydatetime() for time in dates], dates.index, dtype=object)


def _clean(text: str) -> str:
    return re.sub(r" +\Z", "", _cut(without_nul(text), _LONGEST_TEXT))


def _cut(text: str, longest: int) -> str:
    encoded = text.encode()
    return text if len(encoded) <= longest else encoded[: longest - 3].decode("utf-8", "ignore") + "…"
