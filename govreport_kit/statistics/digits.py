"""The last digits of counts: a screening for figures that were made up or rounded, never a proof."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike
from scipy import special

from govreport_kit.statistics.arrays import Floats, StatisticsError, check_level, columns_of, groups
from govreport_kit.statistics.binomial import distribution

DIGITS = 10
SMALLEST_EXPECTED = 5  # in each cell of a chi-square test (Cochran 1954)
ROUND_SHARE = 0.2  # of last digits 0 and 5, if every digit is as frequent


def last_digits(
    counts: ArrayLike,
    by: Any = None,
    *,
    minimum: int = 100,
    effect: float = 0.3,
    level: float = 0.95,
) -> pd.DataFrame:
    r"""Test whether the last digits of counts are uniform, and whether 0 and 5 are too frequent.

    Parameters
    ----------
    counts : array or Series
        Whole counts of many agencies, each counted once: a total and its parts share digits, and so does a
        figure carried from one table to another.
    by : array, Series or DataFrame, optional
        The group of each count (province, year); each group is tested for itself.
    minimum : int
        Smaller counts are left out: their last digit is not uniform by itself. 100 leaves counts of three
        digits or more.
    effect : float
        The deviation for which the power is told: Cohen's `w`, the square root of chi-square over `n`.
        0.3 is his medium effect [2]_.
    level : float
        1 minus the level of the test for which the power is told.

    Returns
    -------
    pandas.DataFrame
        Two rows a group, the test ``uniform`` and the test ``heaping``:

        - ``group``, if `by` is given;
        - ``test``;
        - ``n``: counts of at least `minimum`, which were tested (``int64``);
        - ``statistic``: chi-square, or how many of the `n` counts end in 0 or 5;
        - ``p``;
        - ``power``: the probability of ``p <= 1 - level`` if the deviation is `effect`.

        The last three are NaN for ``uniform`` where `n` is below 50, for ``heaping`` where `n` is 0.

    Raises
    ------
    StatisticsError
        If a count is negative, infinite or no whole number, the lengths of `counts` and `by` differ,
        `level` or `effect` is not between 0 and 1, or `minimum` is below 10.

    Notes
    -----
    Screening, never proof: a small p says that digits are not uniform, not why. Rounded estimates, quotas,
    fees in round sums and copied tables do it too. Correct for the number of groups with `q_values`, and
    read a large p beside the power: with few counts nothing would be found.

    uniform
        Pearson's chi-square with 9 degrees of freedom, for at least 5 expected in each cell [1]_. Its power
        is that of the noncentral chi-square with noncentrality :math:`n w^2` [2]_.
    heaping
        The exact one-sided binomial :math:`P(X \ge x \mid n, 0.2)`. Its power is exact too, for the share
        :math:`0.2 + 0.4 w` of digits 0 and 5, which deviates by `w`.

    References
    ----------
    .. [1] Cochran, W. G. (1954). Some methods for strengthening the common chi-square tests.
       Biometrics 10 (4), 417-451.
    .. [2] Cohen, J. (1988). Statistical Power Analysis for the Behavioral Sciences, 2nd ed., chapter 7.
       Erlbaum.
    """
    check_level(level)
    if not 0 < effect < 1:
        raise StatisticsError(
            f"The effect is Cohen's w and must lie between 0 and 1, for example 0.3; it is {effect!r}."
        )
    if minimum < DIGITS:
        raise StatisticsError(
            f"A count of one digit has no last digit of its own; minimum is {minimum!r}, not 10 or more."
        )
    index, (values,) = columns_of(counts=counts)
    if np.any((values < 0) | np.isinf(values) | (np.nan_to_num(values) % 1 > 0)):
        raise StatisticsError("Counts must be whole numbers which are not negative.")
    tests = []
    for group, rows in groups(by, index):
        tested = values[rows][values[rows] >= minimum]
        frequencies = np.bincount((tested % DIGITS).astype(np.int64), minlength=DIGITS)
        tests.append((group, "uniform", len(tested), *_uniform(frequencies, effect, 1 - level)))
        tests.append((group, "heaping", len(tested), *_heaping(frequencies, effect, 1 - level)))
    frame = pd.DataFrame(tests, columns=["group", "test", "n", "statistic", "p", "power"])
    return frame if by is not None else frame.drop(columns="group")


def _uniform(frequencies: Any, effect: float, alpha: float) -> tuple[float, float, float]:
    n = frequencies.sum()
    if n < SMALLEST_EXPECTED * DIGITS:
        return np.nan, np.nan, np.nan
    expected = n / DIGITS
    statistic = float(((frequencies - expected) ** 2 / expected).sum())
    critical = special.chdtri(DIGITS - 1, alpha)
    power = 1 - special.chndtr(critical, DIGITS - 1, n * effect**2)
    return statistic, float(special.chdtrc(DIGITS - 1, statistic)), float(power)


def _heaping(frequencies: Any, effect: float, alpha: float) -> tuple[float, float, float]:
    n, heaped = frequencies.sum(), frequencies[0] + frequencies[5]
    if n == 0:
        return np.nan, np.nan, np.nan
    rounded = ROUND_SHARE + effect * np.sqrt(ROUND_SHARE * (1 - ROUND_SHARE))
    critical = float(np.argmax(_at_least(np.arange(n + 2.0), n, ROUND_SHARE) <= alpha))
    return float(heaped), float(_at_least(heaped, n, ROUND_SHARE)), float(_at_least(critical, n, rounded))


def _at_least(x: Any, n: float, share: float) -> Floats:
    return distribution(n - np.asarray(x, np.float64), np.full_like(x, n, np.float64), 1 - share, half=0)
