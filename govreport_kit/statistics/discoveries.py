"""Many tests at once: the share of false alarms among the alarms."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from govreport_kit.statistics.arrays import StatisticsError, aligned, as_given


def q_values(p: ArrayLike) -> Any:
    r"""Return p-values adjusted for the number of tests, so that alarms at q <= 0.05 are wrong in 5 % at most.

    Parameters
    ----------
    p : array or Series
        The p-values of all tests that were made, not only of those that came out small.

    Returns
    -------
    array or Series
        In the form of `p`. Missing ones stay missing and do not count as tests.

    Raises
    ------
    StatisticsError
        If a p-value is not between 0 and 1.

    Notes
    -----
    :math:`q_{(i)} = \min_{j \ge i} (m \, p_{(j)} / j)` for the `m` p-values in order [1]_, by
    `scipy.stats.false_discovery_control`. It bounds the expected share of false alarms where the tests are
    independent or positively dependent.

    References
    ----------
    .. [1] Benjamini, Y. and Hochberg, Y. (1995). Controlling the false discovery rate: a practical and
       powerful approach to multiple testing. Journal of the Royal Statistical Society B 57 (1), 289-300.
    """
    from scipy import stats

    index, (given,) = aligned(p=p)
    if np.any((given < 0) | (given > 1)):
        raise StatisticsError("A p-value lies between 0 and 1.")
    known = ~np.isnan(given)
    adjusted = np.full(given.shape, np.nan)
    if known.any():
        adjusted[known] = stats.false_discovery_control(given[known])
    return as_given(adjusted, index)
