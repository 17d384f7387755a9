"""Intervals for shares and means."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import ArrayLike
from scipy import special

from govreport_kit.statistics.arrays import (
    Floats,
    Interval,
    aligned,
    as_given,
    check_choice,
    check_counts,
    check_level,
    floats,
    known_counts,
)

_Bounds: TypeAlias = tuple[Floats, Floats]


def interval(k: ArrayLike, n: ArrayLike, method: str = "wilson", level: float = 0.95) -> Interval:
    r"""Return a two-sided interval for the share of `k` in `n`.

    Parameters
    ----------
    k, n : number, array or Series
        Counts; they are broadcast against each other. Two Series must have the same index.
    method : {"wilson", "clopper_pearson", "jeffreys", "agresti_coull"}
        See Notes.
    level : float
        Confidence level, between 0 and 1.

    Returns
    -------
    Interval
        ``low`` and ``high``: floats for numbers, Series (``float64``) for Series, arrays otherwise.
        NaN where `n` is 0 or a count is missing: of nothing there is no share.

    Raises
    ------
    StatisticsError
        If a count is negative or infinite, `k` exceeds `n`, `level` is not between 0 and 1, the method
        is unknown, or the indexes of two Series differ.

    Notes
    -----
    With :math:`\hat p = k/n`, :math:`\alpha` = 1 - level and :math:`z` the normal quantile at
    :math:`1 - \alpha/2`:

    wilson
        :math:`\frac{\hat p + z^2/2n}{1 + z^2/n} \pm \frac{z}{1 + z^2/n}
        \sqrt{\hat p (1 - \hat p)/n + z^2/4n^2}` [1]_. Its mean coverage is close to the level even
        for small `n` [2]_: the default.
    clopper_pearson
        The :math:`\alpha/2` quantile of Beta(k, n - k + 1) and the :math:`1 - \alpha/2` quantile of
        Beta(k + 1, n - k) [3]_. Covers at least at the level, and mostly more.
    jeffreys
        The :math:`\alpha/2` and :math:`1 - \alpha/2` quantiles of Beta(k + 1/2, n - k + 1/2), the
        posterior under Jeffreys' prior [2]_.
    agresti_coull
        :math:`\tilde p \pm z \sqrt{\tilde p (1 - \tilde p) / \tilde n}` with
        :math:`\tilde n = n + z^2` and :math:`\tilde p = (k + z^2/2) / \tilde n` [4]_, clipped to [0, 1].

    For every method `low` is 0 at ``k = 0`` and `high` is 1 at ``k = n``; the other end is left as it
    is. The interval named after Wald is not offered: it covers too seldom for small counts, and has no
    width at 0 and at `n` [2]_.

    References
    ----------
    .. [1] Wilson, E. B. (1927). Probable inference, the law of succession, and statistical inference.
       Journal of the American Statistical Association 22 (158), 209-212.
    .. [2] Brown, L. D., Cai, T. T. and DasGupta, A. (2001). Interval estimation for a binomial
       proportion. Statistical Science 16 (2), 101-133.
    .. [3] Clopper, C. J. and Pearson, E. S. (1934). The use of confidence or fiducial limits illustrated
       in the case of the binomial. Biometrika 26 (4), 404-413.
    .. [4] Agresti, A. and Coull, B. A. (1998). Approximate is better than "exact" for interval estimation
       of binomial proportions. The American Statistician 52 (2), 119-126.

    Examples
    --------
    >>> low, high = interval(18, 40)
    >>> f"{low:.3f} to {high:.3f}"
    '0.307 to 0.602'
    """
    check_interval(method, level)
    index, (successes, trials) = aligned(k=k, n=n)
    low, high = bounds(successes, trials, method, level)
    return Interval(as_given(low, index), as_given(high, index))


def bounds(k: Floats, n: Floats, method: str = "wilson", level: float = 0.95) -> _Bounds:
    """Return the ends of `interval` for arrays of one shape."""
    check_counts(k, n)
    successes, trials = known_counts(k, n)
    low, high = METHODS[method](successes, trials, 1 - level)
    return np.where(successes == 0, 0.0, low), np.where(successes == trials, 1.0, high)


def upper_limit(k: ArrayLike, n: ArrayLike, level: float = 0.95) -> Any:
    r"""Return the exact one-sided upper limit for the share of `k` in `n`: at most so much, at this level.

    Parameters
    ----------
    k, n : number, array or Series
        Counts; they are broadcast against each other. Two Series must have the same index.
    level : float
        Confidence level, between 0 and 1.

    Returns
    -------
    float, array or Series
        As the counts were. 1 where `k` is `n`; NaN where `n` is 0 or a count is missing.

    Raises
    ------
    StatisticsError
        As by `interval`.

    Notes
    -----
    The quantile at the level of Beta(k + 1, n - k) [1]_; at ``k = 0`` that is
    :math:`1 - (1 - \text{level})^{1/n}`, of which the rule of three, :math:`3/n`, is the limit for
    large `n` at 95 % [2]_. It is meant for "none of 12": the two-sided interval spends half of its error on
    a side where there is nothing to miss.

    References
    ----------
    .. [1] Clopper, C. J. and Pearson, E. S. (1934). The use of confidence or fiducial limits illustrated
       in the case of the binomial. Biometrika 26 (4), 404-413.
    .. [2] Hanley, J. A. and Lippman-Hand, A. (1983). If nothing goes wrong, is everything all right?
       Journal of the American Medical Association 249 (13), 1743-1745.

    Examples
    --------
    >>> f"{upper_limit(0, 12):.3f}"
    '0.221'
    """
    check_level(level)
    index, (successes, trials) = aligned(k=k, n=n)
    check_counts(successes, trials)
    successes, trials = known_counts(successes, trials)
    high = special.betaincinv(successes + 1, trials - successes, level)
    return as_given(np.where(successes == trials, 1.0, high), index)


def mean_interval(values: ArrayLike, level: float = 0.95) -> Interval:
    r"""Return a two-sided t interval for the mean of `values`.

    Parameters
    ----------
    values : array or Series
        The observations; missing ones are left out.
    level : float
        Confidence level, between 0 and 1.

    Returns
    -------
    Interval
        Both ends are NaN for fewer than two observations: one value says nothing about the spread.

    Raises
    ------
    StatisticsError
        If `level` is not between 0 and 1.

    Notes
    -----
    :math:`\bar x \pm t_{n-1,\,1-\alpha/2}\, s / \sqrt n` with the standard deviation :math:`s` on
    :math:`n - 1` degrees of freedom [1]_.

    References
    ----------
    .. [1] Student (1908). The probable error of a mean. Biometrika 6 (1), 1-25.
    """
    observed = np.ravel(floats(values))
    observed = observed[~np.isnan(observed)]
    deviation = observed.std(ddof=1) if observed.size > 1 else np.nan
    low, high = t_interval(observed.mean() if observed.size else np.nan, deviation, observed.size, level)
    return Interval(float(low), float(high))


def t_interval(mean: ArrayLike, deviation: ArrayLike, n: ArrayLike, level: float = 0.95) -> Interval:
    """Return the interval of `mean_interval` for means whose standard deviation and size are known.

    Parameters
    ----------
    mean, deviation, n : number or array
        Means, standard deviations (on ``n - 1`` degrees of freedom) and numbers of observations.
    level : float
        Confidence level, between 0 and 1.

    Returns
    -------
    Interval
        Arrays; NaN where `n` is below 2 or something is missing.

    Raises
    ------
    StatisticsError
        If `level` is not between 0 and 1.
    """
    check_level(level)
    sizes = floats(n)
    sizes = np.where(sizes >= 2, sizes, np.nan)
    half_width = special.stdtrit(sizes - 1, (1 + level) / 2) * floats(deviation) / np.sqrt(sizes)
    return Interval(floats(mean) - half_width, floats(mean) + half_width)


def check_interval(method: str, level: float) -> None:
    """Raise a `StatisticsError` if there is no such method or `level` is not between 0 and 1."""
    check_choice("interval method", method, METHODS)
    check_level(level)


def _wilson(k: Floats, n: Floats, alpha: float) -> _Bounds:
    z = special.ndtri(1 - alpha / 2)
    centre = (k + z**2 / 2) / (n + z**2)
    half_width = z / (n + z**2) * np.sqrt(k * (n - k) / n + z**2 / 4)
    return centre - half_width, centre + half_width


def _clopper_pearson(k: Floats, n: Floats, alpha: float) -> _Bounds:
    return special.betaincinv(k, n - k + 1, alpha / 2), special.betaincinv(k + 1, n - k, 1 - alpha / 2)


def _jeffreys(k: Floats, n: Floats, alpha: float) -> _Bounds:
    posterior = (k + 0.5, n - k + 0.5)
    return special.betaincinv(*posterior, alpha / 2), special.betaincinv(*posterior, 1 - alpha / 2)


def _agresti_coull(k: Floats, n: Floats, alpha: float) -> _Bounds:
    z = special.ndtri(1 - alpha / 2)
    trials = n + z**2
    centre = (k + z**2 / 2) / trials
    half_width = z * np.sqrt(centre * (1 - centre) / trials)
    return np.clip(centre - half_width, 0, 1), np.clip(centre + half_width, 0, 1)


METHODS: dict[str, Callable[[Floats, Floats, float], _Bounds]] = {
    "wilson": _wilson,
    "clopper_pearson": _clopper_pearson,
    "jeffreys": _jeffreys,
    "agresti_coull": _agresti_coull,
}
