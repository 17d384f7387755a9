"""Rankings that allow for chance: shares drawn towards their group's, with intervals of the ranks."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike
from scipy import special

from govreport_kit.statistics.arrays import (
    Floats,
    StatisticsError,
    check_level,
    check_whole_counts,
    columns_of,
    counts_frame,
    groups,
    known_counts,
)
from govreport_kit.statistics.beta_binomial import Prior, fit_prior
from govreport_kit.statistics.intervals import bounds

FEWEST_UNITS = 3  # fewer say nothing about how units differ


_POSTERIOR = ["mean", "low", "high", "rank", "rank_low", "rank_high"]


def shrink(
    k: ArrayLike,
    n: ArrayLike,
    strata: Any = None,
    level: float = 0.95,
    draws: int = 4000,
    seed: int = 0,
) -> pd.DataFrame:
    r"""Return shares drawn towards the mean of their stratum by as much as chance asks for, and their ranks.

    Parameters
    ----------
    k, n : array or Series
        Whole counts, one a unit. Two Series must have the same index.
    strata : array, Series or DataFrame, optional
        The stratum of each unit, such as its level and year: only like is ranked with like. Units without
        a value are a stratum of their own.
    level : float
        Level of the intervals, between 0 and 1.
    draws : int
        Draws from the posterior for the intervals of the ranks; they take 16 bytes a unit and draw.
    seed : int
        Seed of the draws.

    Returns
    -------
    pandas.DataFrame
        One row a unit, with the index of `k` or `n`:

        - ``k``, ``n`` (``Int64``); ``raw``: ``k / n``, NaN where `n` is 0 or a count is missing;
        - ``mean``, ``low``, ``high``: mean and equal-tailed interval of the posterior;
        - ``rank``: rank of the mean within the stratum, 1 for the largest share, ties on their best rank;
        - ``rank_low``, ``rank_high``: interval of the rank, best and worst (all ranks ``Int64``).

        ``attrs["priors"]`` is a list with a dict a stratum: ``stratum``, ``units``, ``alpha``, ``beta``,
        ``mean``, ``rho`` and ``status``:

        - ``fitted``;
        - ``no over-dispersion``: the units differ by no more than chance, `rho` is 0: every unit has the
          pooled share, its Wilson interval, rank 1 and all ranks as interval;
        - ``too few units`` (under 3 with a share) and ``only shares of 0 or 1``: nothing can be said about
          how units differ, and all columns from ``mean`` on are missing. For shares of 0 see `upper_limit`.

        A unit without a share is neither counted, nor fitted, nor ranked.

    Raises
    ------
    StatisticsError
        If a count is negative, infinite or no whole number, `k` exceeds `n`, `level` is not between 0 and 1,
        there is no draw, the lengths of `k` and `strata` differ, or the indexes of two Series differ.

    Notes
    -----
    :math:`k_i \sim \mathrm{Bin}(n_i, \theta_i)`, :math:`\theta_i \sim \mathrm{Beta}(\alpha, \beta)` [1]_. The prior is
    fitted by maximum likelihood, see `beta_binomial.fit_prior`; :math:`\rho = 1 / (\alpha + \beta + 1)` is the
    correlation of two requests to one unit. The posterior is :math:`\mathrm{Beta}(k + \alpha, n - k + \beta)` with
    the mean :math:`(k + \alpha) / (n + \alpha + \beta)`.

    Intervals take the prior as known (empirical Bayes): with few units they are too short [2]_. In simulations with
    8, 12, 30 and 100 units those at 95 % covered 90, 92, 94 and 95 %. They cover that share of the units, not each
    unit with that probability: an outlier is drawn to the mean like the others.

    Ranks rest on the draws: in each draw all units of a stratum are ranked [3]_. A league table without these
    intervals ranks noise.

    References
    ----------
    .. [1] Griffiths, D. A. (1973). Maximum likelihood estimation for the beta-binomial distribution and an
       application to the household distribution of the total number of cases of a disease. Biometrics 29 (4),
       637-648.
    .. [2] Morris, C. N. (1983). Parametric empirical Bayes inference: theory and applications. Journal of the
       American Statistical Association 78 (381), 47-55.
    .. [3] Goldstein, H. and Spiegelhalter, D. J. (1996). League tables and their limitations. Journal of the
       Royal Statistical Society A 159 (3), 385-443.
    """
    check_level(level)
    if draws < 1:
        raise StatisticsError(f"At least one draw is needed, better some thousands; draws is {draws!r}.")
    index, (successes, trials) = columns_of(k=k, n=n)
    check_whole_counts(successes, trials)
    shrunk = counts_frame(successes, trials, index)
    successes, trials = known_counts(successes, trials)
    shrunk["raw"] = successes / trials
    posterior = np.full((len(index), len(_POSTERIOR)), np.nan)
    rng = np.random.default_rng(seed)
    priors = []
    for stratum, members in groups(strata, index):
        rows = members[trials[members] > 0]
        status, prior = _prior(successes[rows], trials[rows])
        if status == "fitted":
            posterior[rows] = _fitted(successes[rows], trials[rows], prior, level, rng, draws)
        elif status == "no over-dispersion":
            posterior[rows] = _common(successes[rows], trials[rows], level)
        priors.append({"stratum": stratum, "units": len(rows), **prior._asdict(), "status": status})
    columns = pd.DataFrame(posterior, index, _POSTERIOR).astype(dict.fromkeys(_POSTERIOR[3:], "Int64"))
    shrunk = pd.concat([shrunk, columns], axis=1)
    shrunk.attrs["priors"] = priors
    return shrunk


def _prior(k: Floats, n: Floats) -> tuple[str, Prior]:
    unknown = Prior(np.nan, np.nan, np.nan, np.nan)
    if len(n) < FEWEST_UNITS:
        return "too few units", unknown
    if np.all((k == 0) | (k == n)):
        return "only shares of 0 or 1", unknown
    prior = fit_prior(k, n)
    return ("fitted" if prior.rho > 0 else "no over-dispersion"), prior


def _fitted(k: Floats, n: Floats, prior: Prior, level: float, rng: np.random.Generator, draws: int) -> Floats:
    alpha, beta = k + prior.alpha, n - k + prior.beta
    mean = alpha / (alpha + beta)
    ends = [special.betaincinv(alpha, beta, tail) for tail in ((1 - level) / 2, (1 + level) / 2)]
    drawn = np.argsort(np.argsort(-rng.beta(alpha, beta, size=(draws, len(k))), axis=1), axis=1) + 1
    best = np.quantile(drawn, (1 - level) / 2, axis=0, method="lower")
    worst = np.quantile(drawn, (1 + level) / 2, axis=0, method="higher")
    return np.column_stack([mean, *ends, _ranks(mean), best, worst])


def _common(k: Floats, n: Floats, level: float) -> Floats:
    """Return the pooled share for every unit, with ranks that tell nothing apart."""
    successes, trials = np.asarray(k.sum()), np.asarray(n.sum())
    low, high = bounds(successes, trials, level=level)
    return np.tile([successes / trials, low, high, 1, 1, len(k)], (len(k), 1))


def _ranks(shares: Floats) -> Floats:
    return np.asarray(pd.Series(shares).rank(method="min", ascending=False), np.float64)
