"""Parquet, with what each column means in the metadata of its field; and frames as Arrow tables."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from govreport_kit.errors import ExportError
from govreport_kit.exporting.cleaning import holds_days, text_columns, texts_of
from govreport_kit.exporting.tables import Table


def write_parquet(tables: Sequence[Table], path: Path, lang: str) -> list[Path]:
    """Write one table; the label in `lang` is the ``description`` of its field."""
    (table,) = tables
    data = arrow_table(table)
    words = table.words(lang)
    described = [field.with_metadata({"description": words[field.name]}) for field in data.schema]
    schema = pa.schema(described, metadata=data.schema.metadata)
    pq.write_table(data.cast(schema), path, compression="zstd")
    return [path]


def arrow_table(table: Table) -> pa.Table:
    """Return a table of Arrow: days as dates, texts as texts.

    Raises
    ------
    ExportError
        If a column is of a kind that Arrow does not know.
    """
    frame = table.frame.copy()
    for name in text_columns(frame):
        dtype = frame[name].dtype
        if not (isinstance(dtype, pd.CategoricalDtype) or pd.api.types.is_string_dtype(dtype)):
            frame[name] = texts_of(frame[name])
    for day in frame.select_dtypes("datetime"):
        if holds_days(frame[day]):
            frame[day] = frame[day].dt.date
    try:
        return pa.Table.from_pandas(frame, preserve_index=False)
    except pa.ArrowException as error:
        raise ExportError(f"the frame {table.name!r} cannot be written: {error}") from error
