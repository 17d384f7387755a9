"""What the reports that are not there could do to a mean."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from govreport_kit.statistics.arrays import Interval, StatisticsError, aligned, as_given, check_counts


def worst_case_bounds(
    mean: ArrayLike, observed: ArrayLike, expected: ArrayLike, smallest: float = 0.0, largest: float = 1.0
) -> Interval:
    """Return between which values the mean of all units lies, whatever the missing ones are.

    Parameters
    ----------
    mean : number, array or Series
        The mean of the observed units.
    observed, expected : number, array or Series
        How many units were observed, of how many on the roster. Broadcast against `mean`; Series must
        have the same index.
    smallest, largest : float
        Between which values each unit's figure must lie: 0 and 1 for a share.

    Returns
    -------
    Interval
        ``low`` and ``high``, as the numbers were given: `smallest` and `largest` where nothing was
        observed, NaN where `expected` is 0 or a number is missing. No confidence interval: it has no level.

    Raises
    ------
    StatisticsError
        If more units were observed than expected, a mean does not lie between `smallest` and `largest`, or
        the indexes of two Series differ.

    Notes
    -----
    The missing units are all put at `smallest`, then all at `largest` [1]_. No assumption about why they are
    missing is made; narrower bounds need one.

    References
    ----------
    .. [1] Manski, C. F. (1989). Anatomy of the selection problem. Journal of Human Resources 24 (3), 343-360.

    Examples
    --------
    >>> low, high = worst_case_bounds(0.56, 102, 120)
    >>> f"{low:.3f} to {high:.3f}"
    '0.476 to 0.626'
    """
    index, (value, seen, roster) = aligned(mean=mean, observed=observed, expected=expected)
    check_counts(seen, roster)
    if np.any((value < smallest) | (value > largest)):
        raise StatisticsError(f"A mean does not lie between {smallest:g} and {largest:g}; give its own bounds.")
    share = seen / np.where(roster > 0, roster, np.nan)
    known = np.where(share == 0, 0.0, share * value)
    low, high = known + (1 - share) * smallest, known + (1 - share) * largest
    return Interval(as_given(low, index), as_given(high, index))
