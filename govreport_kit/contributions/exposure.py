"""What the user brings beside the reports, such as a population."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from govreport_kit import codebook
from govreport_kit.contributions.figures import Figures, laid_out
from govreport_kit.corpus.join import matching_rows
from govreport_kit.corpus.positions import floats
from govreport_kit.errors import CorpusError, UnknownKeyError

if TYPE_CHECKING:
    from govreport_kit.corpus import Corpus

_KEYS = (["region_code", "year"], ["agency", "year"])


def exposure_figures(corpus: Corpus, name: str, exposure: pd.DataFrame | None) -> Figures:
    """Return a column of the user's frame for each report; missing where the frame has no row for it.

    Parameters
    ----------
    corpus : Corpus
        The reports.
    name : str
        The column, as ``population``.
    exposure : pandas.DataFrame
        With the columns region_code (or agency) and year, each pair of which stands once.

    Raises
    ------
    CorpusError
        If there is no frame, it lacks the keys, or a key stands twice.
    UnknownKeyError
        If the frame has no such column.
    """
    if exposure is None:
        raise CorpusError(
            f"The metric needs the figure {name!r}, which no report holds: pass exposure=, a frame with the columns"
            f" region_code (or agency), year and {name}"
        )
    keys = next((keys for keys in _KEYS if set(keys) <= set(exposure.columns)), None)
    if keys is None:
        raise CorpusError(
            f"The frame of exposures has the columns {', '.join(map(str, exposure.columns))}; it needs region_code"
            " (or agency) and year to be matched with reports"
        )
    if name not in exposure:
        columns = list(map(str, exposure.columns))
        raise UnknownKeyError("column of exposures", name, codebook.nearest(name, columns), columns)
    row = matching_rows(corpus.reports, exposure, keys)
    place = np.flatnonzero(row >= 0)
    return laid_out(len(corpus.reports), place, floats(exposure[name])[row[place]])
