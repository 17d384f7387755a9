"""Two shares compared: the interval of their difference and tests of no difference."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike
from scipy import special

from govreport_kit.statistics.arrays import (
    Floats,
    aligned,
    as_given,
    check_counts,
    check_level,
    check_whole_counts,
    known_counts,
)
from govreport_kit.statistics.intervals import bounds


class Difference(NamedTuple):
    """A difference of two shares with the ends of its interval, as the counts were given."""

    value: Any
    low: Any
    high: Any


class ScoreTest(NamedTuple):
    """The test's statistic and p-value, as the counts were given."""

    statistic: Any
    p: Any


def difference(k1: ArrayLike, n1: ArrayLike, k2: ArrayLike, n2: ArrayLike, level: float = 0.95) -> Difference:
    r"""Return the difference of two independent shares, k1/n1 - k2/n2, with its interval.

    Parameters
    ----------
    k1, n1, k2, n2 : number, array or Series
        Counts; they are broadcast against each other. Series must have the same index.
    level : float
        Confidence level, between 0 and 1.

    Returns
    -------
    Difference
        ``value``, ``low`` and ``high``, in [-1, 1]: 0.05 is five percentage points. NaN where a
        denominator is 0 or a count is missing.

    Raises
    ------
    StatisticsError
        If a count is negative or infinite, a share exceeds 1, `level` is not between 0 and 1, or the
        indexes of two Series differ.

    Notes
    -----
    The hybrid score interval, method 10 of [1]_: with the Wilson interval :math:`(l_i, u_i)` of each share,
    :math:`d - \sqrt{(\hat p_1 - l_1)^2 + (u_2 - \hat p_2)^2}` and
    :math:`d + \sqrt{(u_1 - \hat p_1)^2 + (\hat p_2 - l_2)^2}`.

    The two shares must come from different files: this year's carry-over is counted in both years.

    References
    ----------
    .. [1] Newcombe, R. G. (1998). Interval estimation for the difference between independent proportions:
       comparison of eleven methods. Statistics in Medicine 17 (8), 873-890.

    Examples
    --------
    >>> value, low, high = difference(19, 38, 18, 40)
    >>> f"{100 * value:+.1f} points ({100 * low:+.1f} to {100 * high:+.1f})"
    '+5.0 points (-16.4 to +25.8)'
    """
    check_level(level)
    index, (k1, n1, k2, n2) = aligned(k1=k1, n1=n1, k2=k2, n2=n2)
    first, second = bounds(k1, n1, level=level), bounds(k2, n2, level=level)
    share1, share2 = _share(k1, n1), _share(k2, n2)
    value = share1 - share2
    low = value - np.hypot(share1 - first[0], second[1] - share2)
    high = value + np.hypot(first[1] - share1, share2 - second[0])
    return Difference(*(as_given(column, index) for column in (value, low, high)))


def score_test(k1: ArrayLike, n1: ArrayLike, k2: ArrayLike, n2: ArrayLike) -> ScoreTest:
    r"""Test whether two independent shares are equal, by the normal approximation with the pooled share.

    Parameters
    ----------
    k1, n1, k2, n2 : number, array or Series
        Counts; they are broadcast against each other. Series must have the same index.

    Returns
    -------
    ScoreTest
        ``statistic`` (z, positive where the first share is larger) and the two-sided ``p``. NaN where a
        denominator is 0, a count is missing, or the pooled share is 0 or 1.

    Raises
    ------
    StatisticsError
        If a count is negative or infinite, a share exceeds 1, or the indexes of two Series differ.

    Notes
    -----
    :math:`z = (\hat p_1 - \hat p_2) / \sqrt{\bar p (1 - \bar p)(1/n_1 + 1/n_2)}` with
    :math:`\bar p = (k_1 + k_2) / (n_1 + n_2)` [1]_; no continuity correction. Where an expected count is
    below 5 use `fisher_test`.

    References
    ----------
    .. [1] Fleiss, J. L., Levin, B. and Paik, M. C. (2003). Statistical Methods for Rates and Proportions,
       3rd ed., section 3.1. Wiley.
    """
    index, (k1, n1, k2, n2) = aligned(k1=k1, n1=n1, k2=k2, n2=n2)
    check_counts(k1, n1)
    check_counts(k2, n2)
    value = _share(k1, n1) - _share(k2, n2)
    pooled = _share(k1 + k2, n1 + n2)
    spread = np.where((pooled > 0) & (pooled < 1), pooled * (1 - pooled), np.nan)
    z = value / np.sqrt(spread * (1 / known_counts(k1, n1)[1] + 1 / known_counts(k2, n2)[1]))
    return ScoreTest(as_given(z, index), as_given(2 * special.ndtr(-np.abs(z)), index))


def fisher_test(k1: ArrayLike, n1: ArrayLike, k2: ArrayLike, n2: ArrayLike) -> Any:
    """Return the two-sided exact p-value for the equality of two independent shares.

    Parameters
    ----------
    k1, n1, k2, n2 : number, array or Series
        Whole counts; they are broadcast against each other. Series must have the same index.

    Returns
    -------
    float, array or Series
        As the counts were. NaN where a denominator is 0 or a count is missing.

    Raises
    ------
    StatisticsError
        If a count is negative, infinite or no whole number, a share exceeds 1, or the indexes of two
        Series differ.

    Notes
    -----
    The sum of the probabilities of all tables with the same margins which are no more probable than the
    observed one [1]_, by `scipy.stats.fisher_exact`. Conservative: with small counts it rejects more seldom
    than its level.

    References
    ----------
    .. [1] Fisher, R. A. (1935). The logic of inductive inference. Journal of the Royal Statistical
       Society 98 (1), 39-82.
    """
    from scipy import stats

    index, (k1, n1, k2, n2) = aligned(k1=k1, n1=n1, k2=k2, n2=n2)
    check_whole_counts(k1, n1)
    check_whole_counts(k2, n2)
    p = np.full(k1.shape, np.nan)
    known = ~np.isnan(k1 + k2) & (n1 > 0) & (n2 > 0)
    tables = np.stack([k1, n1 - k1, k2, n2 - k2], axis=-1)[known].astype(np.int64)
    p[known] = [stats.fisher_exact(table.reshape(2, 2)).pvalue for table in tables]
    return as_given(p, index)


def _share(k: Floats, n: Floats) -> Floats:
    successes, trials = known_counts(k, n)
    share: Floats = successes / trials
    return share
