"""A corpus on disk: a folder of Parquet files with a manifest, or one file of JSON Lines."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from functools import reduce
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from govreport_kit import __version__
from govreport_kit.codebook.entries import FrameColumn
from govreport_kit.corpus.frames import FRAMES, frame_columns, make_frame, report_ids
from govreport_kit.corpus.records import report_faults
from govreport_kit.errors import CorpusError
from govreport_kit.report import SCHEMA, Report

MANIFEST = "corpus.json"
ROW_GROUP = 2**20

_ARROW_TYPES = {
    "string": pa.string(),
    "category": pa.dictionary(pa.int32(), pa.string()),
    "bool": pa.bool_(),
    "boolean": pa.bool_(),
    "date": pa.date32(),
    "Float64": pa.float64(),
    "Int16": pa.int16(),
    "Int32": pa.int32(),
    "Int64": pa.int64(),
}
_NULLABLE_DTYPES = {
    pa.float64(): pd.Float64Dtype(),
    pa.int16(): pd.Int16Dtype(),
    pa.int32(): pd.Int32Dtype(),
    pa.int64(): pd.Int64Dtype(),
}


def write_folder(frames: Mapping[str, pd.DataFrame], folder: Path) -> None:
    """Write frames as ``FRAME.parquet`` (zstd) and a manifest with the rows and the SHA-256 of each.

    The same frames give the same bytes with the same pyarrow; nothing else in the folder is touched.
    """
    write_parts([frames], folder)


def write_parts(parts: Iterable[Mapping[str, pd.DataFrame]], folder: Path) -> None:
    """Write frames which come in parts, with the memory of one part; see `write_folder`.

    Each part becomes a row group of each file (or several of `ROW_GROUP` rows) with the categories of
    its own rows, so that a corpus is read the same however it was written. A part may leave frames
    out. No report may stand in two parts.
    """
    folder.mkdir(parents=True, exist_ok=True)
    rows = dict.fromkeys(FRAMES, 0)
    with ExitStack() as files:
        writers = {name: files.enter_context(_writer(name, folder)) for name in FRAMES}
        for part in parts:
            for name, frame in part.items():
                for start in range(0, len(frame), ROW_GROUP):
                    writers[name].write_table(_arrow_table(name, frame.iloc[start : start + ROW_GROUP]))
                rows[name] += len(frame)
    _write_manifest(folder, rows)


def _writer(frame: str, folder: Path) -> pq.ParquetWriter:
    return pq.ParquetWriter(folder / f"{frame}.parquet", _arrow_schema(frame), compression="zstd")


def _write_manifest(folder: Path, rows: Mapping[str, int]) -> None:
    entries = {
        name: {"file": f"{name}.parquet", "rows": rows[name], "sha256": file_sha256(folder / f"{name}.parquet")}
        for name in FRAMES
    }
    manifest = {"schema": SCHEMA, "kit": __version__, "frames": entries}
    (folder / MANIFEST).write_text(json.dumps(manifest, indent=2) + "\n", "utf-8")


def read_folder(folder: Path) -> dict[str, pd.DataFrame]:
    """Read the frames of a saved corpus, each with its dtypes.

    Raises
    ------
    CorpusError
        If the manifest or a file is missing, damaged, changed, or has other columns; names the file.
    """
    entries = _read_manifest(folder)
    tables = {name: _read_table(folder / f"{name}.parquet", name, entries[name]) for name in FRAMES}
    ids = report_ids(tables["reports"])
    return {name: _typed_frame(folder / f"{name}.parquet", name, table, ids) for name, table in tables.items()}


def read_figures(folder: Path, keys: Mapping[str, Mapping[str, Sequence[str]]]) -> dict[str, pd.DataFrame]:
    """Read some of the figures of a saved corpus: faster than all of it, and in little memory.

    Parameters
    ----------
    folder : Path
        Where `write_folder` wrote it.
    keys : mapping
        For each frame to read from, the keys to keep in some of its columns:
        ``{"requests": {"row": ["granted"], "applicant": ["total"]}}``.

    Returns
    -------
    dict
        The frames as `read_folder` gives them: ``reports`` and ``failures`` whole, those of `keys`
        narrowed, the others empty.

    Raises
    ------
    CorpusError
        As `read_folder`, for the files that are read.
    """
    entries = _read_manifest(folder)
    read = {"reports": {}, "failures": {}, **keys}
    tables = {
        name: _read_table(folder / f"{name}.parquet", name, entries[name], read[name])
        if name in read
        else _as_frame(_arrow_schema(name).empty_table())
        for name in FRAMES
    }
    ids = report_ids(tables["reports"])
    return {name: _typed_frame(folder / f"{name}.parquet", name, table, ids) for name, table in tables.items()}


def read_json_lines(path: Path) -> tuple[list[Report], list[dict[str, str]]]:
    """Read parsed reports, one a line.

    Returns
    -------
    list of Report, list of dict
        The reports, and a row of the frame ``failures`` (path, kind, message) for each line that
        holds none; empty lines are passed over.

    Raises
    ------
    CorpusError
        If no line holds a report.
    """
    reports, failures = [], []
    for number, line in _lines(path):
        try:
            report = Report.from_json(line.decode("utf-8"))
            faults = report_faults(report)
        except (ValueError, TypeError, AttributeError, RecursionError) as error:
            faults = [str(error)]
        if faults:
            message = f"line {number} is left out: {'; '.join(faults[:3])}; parse its document again"
            failures.append({"path": str(path), "kind": "invalid", "message": message})
        else:
            reports.append(report)
    if not reports:
        first = f" The first: {failures[0]['message']}." if failures else " The file is empty."
        raise CorpusError(f"{path}: no line holds a parsed report ({SCHEMA}), as govreport parse writes them.{first}")
    return reports, failures


def _lines(path: Path) -> Iterator[tuple[int, bytes]]:
    with path.open("rb") as lines:
        for number, line in enumerate(lines, start=1):
            if stripped := line.removeprefix(b"\xef\xbb\xbf").strip():
                yield number, stripped


def file_sha256(path: Path) -> str:
    """Return the SHA-256 of a file in hexadecimal."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _arrow_schema(frame: str) -> pa.Schema:
    return pa.schema(
        [pa.field(column.name, _ARROW_TYPES[column.dtype], nullable=column.nullable) for column in frame_columns(frame)]
    )


def _arrow_table(name: str, frame: pd.DataFrame) -> pa.Table:
    arrays = [_arrow_array(frame[column.name], column) for column in frame_columns(name)]
    return pa.Table.from_arrays(arrays, schema=_arrow_schema(name))


def _arrow_array(values: pd.Series[Any], column: FrameColumn) -> pa.Array:
    if column.dtype != "category":
        return pa.array(values, type=_ARROW_TYPES[column.dtype], from_pandas=True)
    codes, categories = values.cat.codes.to_numpy("int32"), values.cat.categories
    used = np.zeros(len(categories) + 1, bool)
    used[codes] = True
    renumbered = np.cumsum(used, dtype=np.int32) - 1
    kept = pa.array(categories[used[:-1]], type=pa.string())
    return pa.DictionaryArray.from_arrays(pa.array(renumbered[codes], mask=codes < 0), kept)


def _read_manifest(folder: Path) -> dict[str, dict[str, Any]]:
    path = folder / MANIFEST
    if not path.is_file():
        raise CorpusError(
            f"{folder}: no {MANIFEST} there, so this is no saved corpus; govreport_kit.read_reports reads a folder"
            " of documents, Corpus.save writes a corpus"
        )
    try:
        manifest = json.loads(path.read_text("utf-8"))
        schema, entries = manifest["schema"], manifest["frames"]
        files = {name: {"sha256": str(entries[name]["sha256"])} for name in FRAMES}
    except (ValueError, KeyError, TypeError) as error:
        raise CorpusError(f"{path}: not the manifest of a corpus ({error!r}); save the corpus again") from error
    if schema != SCHEMA:
        raise CorpusError(f"{path}: written in the format {schema!r}, this kit reads {SCHEMA!r}; save the corpus again")
    return files


def _read_table(
    path: Path, frame: str, entry: Mapping[str, Any], keys: Mapping[str, Sequence[str]] | None = None
) -> pd.DataFrame:
    if not path.is_file():
        raise CorpusError(f"{path}: missing, though the manifest lists it; fetch or save the corpus again")
    if (found := file_sha256(path)) != entry["sha256"]:
        raise CorpusError(
            f"{path}: SHA-256 is {found}, the manifest says {entry['sha256']}: the file is damaged or was changed;"
            " fetch or save the corpus again"
        )
    try:
        file = pq.ParquetFile(path)
        if differences := _schema_differences(file.schema_arrow, _arrow_schema(frame)):
            raise CorpusError(f"{path}: {'; '.join(differences)}; save the corpus again with this version of the kit")
        return _as_frame(_read_rows(file, keys or {}))
    except (pa.ArrowException, OSError) as error:
        raise CorpusError(f"{path}: not a readable Parquet file ({error}); fetch or save the corpus again") from error


def _read_rows(file: pq.ParquetFile, keys: Mapping[str, Sequence[str]]) -> pa.Table:
    """Read the rows with the keys in their columns, one row group at a time; without keys all rows."""
    if not keys or not file.num_row_groups:
        return file.read()
    groups = (file.read_row_group(number) for number in range(file.num_row_groups))
    return pa.concat_tables([group.filter(_mask(group, keys)) for group in groups]).unify_dictionaries()


def _mask(group: pa.Table, keys: Mapping[str, Sequence[str]]) -> pa.Array:
    columns = (group.column(name).combine_chunks() for name in keys)
    masks = [
        pc.is_in(column.dictionary, pa.array(wanted, pa.string())).take(column.indices)
        for column, wanted in zip(columns, keys.values(), strict=True)
    ]
    return reduce(pc.and_, masks)


def _as_frame(table: pa.Table) -> pd.DataFrame:
    data: pd.DataFrame = table.to_pandas(types_mapper=_NULLABLE_DTYPES.get, date_as_object=False)
    return data


def _schema_differences(found: pa.Schema, expected: pa.Schema) -> list[str]:
    missing = [f"the column {name!r} is missing" for name in expected.names if name not in found.names]
    extra = [f"the column {name!r} is not part of the frame" for name in found.names if name not in expected.names]
    other = [
        f"the column {field.name!r} is {found.field(field.name).type}, expected {field.type}"
        for field in expected
        if found.names.count(field.name) == 1 and found.field(field.name).type != field.type
    ]
    return missing + extra + other


def _typed_frame(path: Path, name: str, table: pd.DataFrame, ids: pd.Index[str]) -> pd.DataFrame:
    try:
        return make_frame(name, table, ids)
    except CorpusError as error:
        raise CorpusError(f"{path}: {error}") from error
