"""Where values and reports stand: codes of columns turned into positions in lists of keys."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from govreport_kit.contributions.figures import Floats, Positions
from govreport_kit.errors import CorpusError

if TYPE_CHECKING:
    from govreport_kit.corpus import Corpus


def positions(values: pd.Series[Any], keys: Sequence[str] | pd.Series[str]) -> Positions:
    """Return the position of each value in `keys`, -1 where it is none of them."""
    categorical = values if isinstance(values.dtype, pd.CategoricalDtype) else values.astype("category")
    codes: Positions = categorical.cat.codes.to_numpy()
    index = pd.Index(keys)
    if categorical.cat.categories.equals(index):  # as the ids of reports in every frame of a corpus
        return codes
    position = index.get_indexer(categorical.cat.categories)
    lookup: Positions = np.append(position, -1).astype(np.int16 if len(keys) < 2**15 else np.int32)
    return lookup[codes]


def report_positions(corpus: Corpus, report_id: pd.Series[str]) -> Positions:
    """Return the position of each report in the frame ``reports``."""
    position = positions(report_id, corpus.reports["report_id"])
    if (position < 0).any():
        stranger = report_id.iloc[int(np.argmax(position < 0))]
        raise CorpusError(f"A frame holds figures of {stranger!r}, but the frame reports does not list that report.")
    return position.astype(np.intp)


def floats(values: pd.Series[Any]) -> Floats:
    """Return numbers with NaN where one is missing."""
    floats: Floats = values.to_numpy(dtype=np.float64, na_value=np.nan)
    return floats
