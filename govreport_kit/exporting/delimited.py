"""CSV in UTF-8 with a byte order mark, by which Excel knows it; one file, a folder or a zip."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.csv as arrow_csv

from govreport_kit.exporting.cleaning import clean_texts, without_nul
from govreport_kit.exporting.parquet import arrow_table
from govreport_kit.exporting.tables import Table
from govreport_kit.safe_text import without_formula

_BOM = b"\xef\xbb\xbf"


def csv_bytes(table: Table, *, safe: bool) -> bytes:
    """Return a table as CSV: every text in quotes, so that an empty text (``""``) is not a missing one.

    Parameters
    ----------
    table : Table
        The table.
    safe : bool
        Whether a text which a spreadsheet would take for a formula gets an apostrophe in front.
    """
    escape = without_formula if safe else str
    frame = clean_texts(table.frame, without_nul, "many programs end a text at NUL; U+FFFD stands for it", escape)
    frame = frame.set_axis([escape(name) for name in frame.columns], axis=1)
    buffer = io.BytesIO(_BOM)
    buffer.seek(0, io.SEEK_END)
    arrow_csv.write_csv(_plain(arrow_table(Table(table.name, frame, table.columns))), buffer)
    return buffer.getvalue()


def _plain(data: pa.Table) -> pa.Table:
    """Write a column without any value as one of texts, or Arrow would not know how."""
    empty = [pa.field(field.name, pa.string()) if pa.types.is_null(field.type) else field for field in data.schema]
    return data.cast(pa.schema(empty))


def write_csv(tables: Sequence[Table], path: Path, lang: str, *, safe: bool = True) -> list[Path]:
    """Write one table as CSV."""
    (table,) = tables
    path.write_bytes(csv_bytes(table, safe=safe))
    return [path]


def write_folder(tables: Sequence[Table], path: Path, lang: str, *, safe: bool = True) -> list[Path]:
    """Write each table as ``NAME.csv`` into a folder, beside a codebook of them."""
    path.mkdir(parents=True, exist_ok=True)
    written = []
    for name, content in _files(tables, lang, safe).items():
        written.append(path / name)
        written[-1].write_bytes(content)
    return written


def write_zip(tables: Sequence[Table], path: Path, lang: str, *, safe: bool = True) -> list[Path]:
    """Write each table as ``NAME.csv`` into a zip, beside a codebook of them; no time stands in it."""
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in _files(tables, lang, safe).items():
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, content)
    return [path]


def _files(tables: Sequence[Table], lang: str, safe: bool) -> dict[str, bytes]:
    listed = [*tables, codebook_table(tables, lang)]
    return {f"{table.name}.csv": csv_bytes(table, safe=safe) for table in listed}


def codebook_table(tables: Sequence[Table], lang: str) -> Table:
    """Return the columns of tables as a table: frame, column, type, label, and the keys with their words."""
    rows = []
    for table in tables:
        values = table.value_words(lang)
        for column in table.columns:
            keys = "; ".join(f"{key} = {words}" for key, words in values.get(column.name, {}).items())
            rows.append([table.name, column.name, str(column.dtype), str(getattr(column, lang)), keys])
    frame = pd.DataFrame(rows, columns=["frame", "column", "type", "label", "values"], dtype="str")
    return Table("codebook", frame, ())
