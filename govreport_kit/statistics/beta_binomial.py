"""The beta-binomial distribution fitted by maximum likelihood."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from scipy import special

from govreport_kit.statistics.arrays import Floats

LARGEST_RHO = 1 - 1e-6
NEGLIGIBLE_RHO = 1e-8


class Prior(NamedTuple):
    """How the shares of units are distributed: Beta(alpha, beta), both infinite if the shares are equal."""

    alpha: float
    beta: float
    mean: float
    rho: float


def fit_prior(k: Floats, n: Floats) -> Prior:
    r"""Return the beta distribution of the shares under which the counts are most likely.

    Parameters
    ----------
    k, n : array
        Whole counts, none missing, every `n` above 0; not all shares 0 and not all 1.

    Returns
    -------
    Prior
        ``alpha``, ``beta``, the ``mean`` alpha / (alpha + beta) and ``rho`` = 1 / (alpha + beta + 1). Where no
        over-dispersion is the most likely, `rho` is 0, the mean is the pooled share and the others are infinite.

    Notes
    -----
    With mean :math:`\mu` and :math:`\rho` the log-likelihood is, but for a constant, a sum over the requests
    counted so far [1]_:

    .. math::

       \sum_i \Big( \sum_{j < k_i} \log(\mu (1 - \rho) + j \rho) + \sum_{j < n_i - k_i}
       \log((1 - \mu)(1 - \rho) + j \rho) - \sum_{j < n_i} \log(1 - \rho + j \rho) \Big)

    It is exact where :math:`\rho` is small or 0, where differences of log-gamma functions are not. The moments
    of [2]_ with weights `n` are the start of the search and no more.

    References
    ----------
    .. [1] Griffiths, D. A. (1973). Maximum likelihood estimation for the beta-binomial distribution and an
       application to the household distribution of the total number of cases of a disease. Biometrics 29 (4),
       637-648.
    .. [2] Kleinman, J. C. (1973). Proportions with extraneous variance: single and independent samples.
       Journal of the American Statistical Association 68 (341), 46-54.
    """
    from scipy import optimize

    exceeding = [_how_many_exceed(counts) for counts in (k, n - k, n)]
    mean, rho = kleinman_moments(k, n)
    searches = [
        optimize.minimize(
            _loss,
            x0=(special.logit(mean), start),
            args=(exceeding, n.sum()),
            jac=True,
            method="TNC",
            bounds=[(None, None), (0, LARGEST_RHO)],
            options={"ftol": 1e-15, "xtol": 1e-12, "gtol": 1e-12, "maxfun": 1000},
        )
        for start in (np.clip(rho, 0.01, 0.9), NEGLIGIBLE_RHO)
    ]
    logit, rho = min(searches, key=lambda search: search.fun).x
    if rho <= NEGLIGIBLE_RHO:
        return Prior(np.inf, np.inf, mean, 0.0)
    share, both = float(special.expit(logit)), float(1 / rho - 1)
    return Prior(share * both, (1 - share) * both, share, float(rho))


def kleinman_moments(k: Floats, n: Floats) -> tuple[float, float]:
    """Return the pooled share and `rho` by the moments of Kleinman (1973), with weights `n`."""
    total, mean = n.sum(), k.sum() / n.sum()
    scatter = (n * (k / n - mean) ** 2).sum()
    by_chance, spread = (1 - n / total).sum(), (n * (1 - n / total)).sum()
    variance = mean * (1 - mean)
    rho = (scatter - variance * by_chance) / (variance * (spread - by_chance)) if spread > by_chance else 0.0
    return float(mean), float(rho)


def _how_many_exceed(counts: Floats) -> Floats:
    """Return how many of the counts exceed 0, 1, 2 ..., as far as any does."""
    frequencies = np.bincount(counts.astype(np.int64))
    exceeding: Floats = (len(counts) - np.cumsum(frequencies)[:-1]).astype(np.float64)
    return exceeding


def _loss(x: Floats, exceeding: list[Floats], total: float) -> tuple[float, Floats]:
    """Return the negative log-likelihood for one request and its gradient, in logit(mean) and rho."""
    mean, rho = special.expit(x[0]), x[1]
    value = by_mean = by_rho = 0.0
    for times, start, sign, direction in zip(exceeding, (mean, 1 - mean, 1.0), (1, 1, -1), (1, -1, 0), strict=True):
        step = np.arange(len(times))
        term = start * (1 - rho) + step * rho
        value += sign * (times * np.log(term)).sum()
        by_mean += sign * direction * (times * (1 - rho) / term).sum()
        by_rho += sign * (times * (step - start) / term).sum()
    return -value / total, -np.array([by_mean * mean * (1 - mean), by_rho]) / total
