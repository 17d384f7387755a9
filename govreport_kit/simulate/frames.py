"""Arrays to the typed frames of a corpus, without a copy where it can be helped."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from govreport_kit.codebook.entries import FrameColumn
from govreport_kit.corpus.frames import DATE_DTYPE, frame_columns, vocabulary

Columns = dict[str, Any]


def code(name: str, key: str) -> int:
    """Return the place of a key in one of the vocabularies of the frames."""
    return vocabulary(name).index(key)


def frame_of(frame: str, columns: Mapping[str, Any], ids: pd.Index[str]) -> pd.DataFrame:
    """Build a frame.

    Parameters
    ----------
    frame : str
        Name of the frame.
    columns : mapping of str to array
        Categories of a vocabulary as places in it, those of ``report_id`` as places in `ids`; what
        is not given is missing throughout.
    ids : pandas.Index
        The ids of the reports.
    """
    size = len(next(iter(columns.values()), ()))
    return pd.DataFrame(
        {column.name: _typed(column, columns.get(column.name), size, ids) for column in frame_columns(frame)}
    )


def _typed(column: FrameColumn, values: Any, size: int, ids: pd.Index[str]) -> Any:
    if column.dtype == "category":
        return _categorical(column, values, size, ids)
    if column.dtype in ("Int16", "Int32", "Int64"):
        kind = np.dtype(column.dtype.lower())
        missing = values is None
        filled = np.zeros(size, kind) if missing else np.asarray(values, kind)
        return pd.arrays.IntegerArray(filled, np.full(size, missing))
    if column.dtype == "Float64":
        missing = values is None
        filled = np.zeros(size) if missing else np.asarray(values, np.float64)
        return pd.arrays.FloatingArray(filled, np.full(size, missing))
    dtype = {"date": DATE_DTYPE, "string": "str"}.get(column.dtype, column.dtype)
    return pd.Series(values if values is not None else None, index=range(size), dtype=dtype).array


def _without_vocabulary(values: Any, size: int) -> Any:
    if values is None:
        return pd.Categorical.from_codes(np.full(size, -1, np.int8), categories=pd.Index([], dtype="str"))
    codes, found = pd.factorize(values, sort=True)
    return pd.Categorical.from_codes(codes.astype(np.int8), categories=pd.Index(found, dtype="str"))


def _categorical(column: FrameColumn, values: Any, size: int, ids: pd.Index[str]) -> Any:
    if not column.vocabulary:
        return _without_vocabulary(values, size)
    names = ids if column.vocabulary == "report" else pd.Index(vocabulary(column.vocabulary), dtype="str")
    codes = np.full(size, -1, np.int8) if values is None else values
    return pd.Categorical.from_codes(codes, categories=names)
