"""Where values and reports stand: codes of columns turned into positions in lists of keys."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from govreport_kit.errors import CorpusError

if TYPE_CHECKING:
    from govreport_kit.corpus.corpus import Corpus

Floats: TypeAlias = NDArray[np.float64]
Positions: TypeAlias = NDArray[np.integer[Any]]


def positions(values: pd.Series[Any], keys: Sequence[str] | pd.Series[str]) -> Positions:
    """Return the position of each value in `keys`, -1 where it is none of them."""
    codes, categories = _codes(values)
    index = pd.Index(keys)
    if categories.equals(index):  # as the ids of reports in every frame of a corpus
        return codes
    position = np.append(index.get_indexer(categories), -1)
    lookup: Positions = position.astype(np.int16 if len(keys) < 2**15 else np.int32)
    return lookup[codes]


def places_of(rows: pd.Series[Any], columns: pd.Series[Any], places: Sequence[tuple[str, str]]) -> Positions:
    """Return the position of each pair of row and column in `places`, -1 where it is none of them."""
    (row, known_rows), (column, known_columns) = _codes(rows), _codes(columns)
    lookup = np.full((len(known_rows) + 1, len(known_columns) + 1), -1, np.int16)
    for number, (one, other) in enumerate(places):
        if one in known_rows and other in known_columns:
            lookup[known_rows.get_loc(one), known_columns.get_loc(other)] = number
    place: Positions = lookup[row, column]
    return place


def _codes(values: pd.Series[Any]) -> tuple[Positions, pd.Index[Any]]:
    categorical = values if isinstance(values.dtype, pd.CategoricalDtype) else values.astype("category")
    return categorical.cat.codes.to_numpy(), categorical.cat.categories


def report_positions(corpus: Corpus, report_id: pd.Series[str]) -> Positions:
    """Return the position of each report in the frame ``reports``.

    Raises
    ------
    CorpusError
        If the frame does not list one of them.
    """
    position = positions(report_id, corpus.reports["report_id"])
    if (position < 0).any():
        stranger = report_id.iloc[int(np.argmax(position < 0))]
        raise CorpusError(f"A frame holds figures of {stranger!r}, but the frame reports does not list that report.")
    return position.astype(np.intp)


def floats(values: pd.Series[Any]) -> Floats:
    """Return numbers with NaN where one is missing."""
    floats: Floats = values.to_numpy(dtype=np.float64, na_value=np.nan)
    return floats
