"""The shares of a whole: intervals which hold for all parts at once."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike
from scipy import special

from govreport_kit.statistics.arrays import Interval, StatisticsError, check_level, floats


def composition_interval(counts: ArrayLike | pd.DataFrame, level: float = 0.95) -> Interval:
    r"""Return simultaneous two-sided intervals for the shares of the parts of a whole.

    Parameters
    ----------
    counts : array, Series or DataFrame
        The counts of the parts, which exclude each other and exhaust the whole: along the last axis, so
        a column a part in a frame and a row a whole.
    level : float
        Confidence level of all intervals of a whole together, between 0 and 1.

    Returns
    -------
    Interval
        ``low`` and ``high`` in the form of `counts` (``float64``). NaN for every part of a whole of which
        a part is missing or which is 0 altogether.

    Raises
    ------
    StatisticsError
        If there are fewer than two parts, a count is negative or infinite, or `level` is not between
        0 and 1.

    Notes
    -----
    With `I` parts, their sum `N` and :math:`A` the :math:`1 - \alpha/I` quantile of chi-square with one degree
    of freedom, :math:`\left(A + 2 n_i \pm \sqrt{A (A + 4 n_i (N - n_i) / N)}\right) / (2 (N + A))` [1]_: Wilson
    intervals at the level which Bonferroni's inequality asks for. `low` is 0 at 0 and `high` is 1 at `N`.

    References
    ----------
    .. [1] Goodman, L. A. (1965). On simultaneous confidence intervals for multinomial proportions.
       Technometrics 7 (2), 247-254.
    """
    check_level(level)
    parts = counts.to_numpy(np.float64, na_value=np.nan) if isinstance(counts, pd.DataFrame) else floats(counts)
    if parts.ndim == 0 or parts.shape[-1] < 2:
        raise StatisticsError(f"A whole has two parts or more; the counts have the shape {parts.shape}.")
    if np.any((parts < 0) | np.isinf(parts)):
        raise StatisticsError("The counts of the parts must be finite and not negative.")
    total = parts.sum(axis=-1, keepdims=True)
    total = np.where(total > 0, total, np.nan)
    quantile = special.chdtri(1, (1 - level) / parts.shape[-1])
    root = np.sqrt(quantile * (quantile + 4 * parts * (total - parts) / total))
    centre, width = quantile + 2 * parts, 2 * (total + quantile)
    low = np.where(np.isnan(total) | (parts > 0), (centre - root) / width, 0.0)
    high = np.where(np.isnan(total) | (parts < total), (centre + root) / width, 1.0)
    if isinstance(counts, pd.DataFrame):
        return Interval(*(pd.DataFrame(end, counts.index, counts.columns) for end in (low, high)))
    if isinstance(counts, pd.Series):
        return Interval(pd.Series(low, counts.index), pd.Series(high, counts.index))
    return Interval(low, high)
