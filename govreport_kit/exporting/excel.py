"""Excel: a sheet a frame, and a sheet that tells what the columns are."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import pandas as pd

from govreport_kit.errors import ExportError, MissingExtraError
from govreport_kit.exporting.cleaning import REPLACEMENT, clean_texts, holds_days, refuse_inexact_numbers
from govreport_kit.exporting.delimited import codebook_table
from govreport_kit.exporting.tables import Table

LONGEST_TEXT, MOST_ROWS, MOST_COLUMNS = 32_767, 1_048_576, 16_384
_CALENDAR_BEGINS = datetime(1900, 3, 1)
_NO_TIME = datetime(2000, 1, 1)
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_WHY = (
    "a cell of Excel holds no control characters (U+FFFD stands for them), one kind of line break, and"
    " 32,767 characters (the end of what is longer is cut and told by …)"
)


def write_excel(tables: Sequence[Table], path: Path, lang: str) -> list[Path]:
    """Write the tables with a frozen header; texts stay texts, whatever they begin with.

    Raises
    ------
    ExportError
        If a table has more rows or columns than a sheet, or a number that a cell cannot hold exactly.
    MissingExtraError
        If xlsxwriter is not installed.
    """
    try:
        import xlsxwriter
    except ImportError as error:
        raise MissingExtraError("Writing .xlsx needs xlsxwriter", "export", error) from error
    for table in tables:
        _refuse_too_large(table)
    with xlsxwriter.Workbook(str(path)) as book:
        book.set_properties({"created": _NO_TIME})
        formats = {
            "head": book.add_format({"bold": True}),
            "day": book.add_format({"num_format": "yyyy-mm-dd"}),
            "time": book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"}),
        }
        for table in [*tables, codebook_table(tables, lang)]:
            _write_sheet(book.add_worksheet(table.name[:31]), table, formats)
    return [path]


def _refuse_too_large(table: Table) -> None:
    rows, columns = table.frame.shape
    if rows >= MOST_ROWS or columns > MOST_COLUMNS:
        raise ExportError(
            f"the frame {table.name!r} has {rows:,} rows and {columns:,} columns, a sheet of Excel {MOST_ROWS - 1:,}"
            f" below its header and {MOST_COLUMNS:,}; write .parquet or .csv"
        )
    refuse_inexact_numbers(table.frame, "a cell of Excel")


def _write_sheet(sheet: Any, table: Table, formats: dict[str, Any]) -> None:
    frame = clean_texts(table.frame, clean, _WHY)
    sheet.freeze_panes(1, 0)
    for place, name in enumerate(frame.columns):
        write_text(sheet, 0, place, clean(name), formats["head"])
        write = _writer(sheet, frame[name], formats)
        for row, value in enumerate(frame[name].astype(object), 1):
            if not pd.isna(value):
                write(row, place, value)


def _writer(sheet: Any, values: pd.Series[Any], formats: dict[str, Any]) -> Callable[[int, int, Any], Any]:
    types, dtype = pd.api.types, values.dtype
    if types.is_bool_dtype(dtype):
        return lambda row, column, value: sheet.write_boolean(row, column, bool(value))
    if types.is_numeric_dtype(dtype):
        return lambda row, column, value: sheet.write_number(row, column, value)
    if types.is_datetime64_any_dtype(dtype):
        form = formats["day" if holds_days(values) else "time"]
        return lambda row, column, value: write_time(sheet, row, column, value, form)
    return lambda row, column, value: write_text(sheet, row, column, value)


def write_time(sheet: Any, row: int, column: int, time: pd.Timestamp, form: Any) -> None:
    """Write a date; one before March 1900, where the calendar of Excel is wrong, as a text."""
    if time < _CALENDAR_BEGINS:
        sheet.write_string(row, column, time.isoformat().removesuffix("T00:00:00"))
    else:
        sheet.write_datetime(row, column, time, form)


def write_text(sheet: Any, row: int, column: int, text: str, form: Any = None) -> None:
    """Write a text as it is; one in ``<r>...</r>`` would be taken for markup, unless it is written in pieces."""
    if text.startswith("<r>") and text.endswith("</r>"):
        sheet.write_rich_string(row, column, text[:1], text[1:3], text[3:], *([form] if form else []))
    else:
        sheet.write_string(row, column, text, form)


def clean(text: str) -> str:
    """Return a text that a cell can hold; Excel counts in units of UTF-16."""
    text = _CONTROL.sub(REPLACEMENT, text.replace("\r\n", "\n").replace("\r", "\n"))
    if len(text.encode("utf-16-le")) <= 2 * LONGEST_TEXT:
        return text
    return text.encode("utf-16-le")[: 2 * (LONGEST_TEXT - 1)].decode("utf-16-le", "ignore") + "…"
