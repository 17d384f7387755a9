"""Events per unit of exposure, such as requests per 100,000 inhabitants."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike
from scipy import special

from govreport_kit.statistics.arrays import Interval, StatisticsError, aligned, as_given, check_level


def poisson_interval(events: ArrayLike, exposure: ArrayLike = 1.0, level: float = 0.95) -> Interval:
    r"""Return the exact two-sided interval for the rate of events per unit of exposure.

    Parameters
    ----------
    events : number, array or Series
        Counts of events.
    exposure : number, array or Series
        What they are counted per, in the unit of the rate: inhabitants / 100,000 for a rate per 100,000.
        Broadcast against `events`; two Series must have the same index.
    level : float
        Confidence level, between 0 and 1.

    Returns
    -------
    Interval
        ``low`` and ``high``, in events per unit of exposure, as the counts were given. NaN where the
        exposure is 0 or a number is missing.

    Raises
    ------
    StatisticsError
        If a number is negative or infinite, `level` is not between 0 and 1, or the indexes of two
        Series differ.

    Notes
    -----
    With `x` events and :math:`\chi^2_{p; f}` the quantile of chi-square: :math:`\chi^2_{\alpha/2; 2x} / 2` and
    :math:`\chi^2_{1-\alpha/2; 2x+2} / 2` over the exposure [1]_; `low` is 0 where there are no events.

    Requests come in bundles (one applicant, many requests): the counts of agencies vary by more than this
    interval says.

    References
    ----------
    .. [1] Garwood, F. (1936). Fiducial limits for the Poisson distribution. Biometrika 28 (3-4), 437-442.

    Examples
    --------
    >>> low, high = poisson_interval(89, 450_000 / 100_000)
    >>> f"{low:.1f} to {high:.1f}"
    '15.9 to 24.3'
    """
    check_level(level)
    index, (count, unit) = aligned(events=events, exposure=exposure)
    if np.any((count < 0) | (unit < 0) | np.isinf(count) | np.isinf(unit)):
        raise StatisticsError("Events and exposure must be finite and not negative.")
    unit = np.where(unit > 0, unit, np.nan)
    low = np.where(count == 0, 0 / unit, special.gammaincinv(count, (1 - level) / 2) / unit)
    high = special.gammaincinv(count + 1, (1 + level) / 2) / unit
    return Interval(as_given(low, index), as_given(high, index))
