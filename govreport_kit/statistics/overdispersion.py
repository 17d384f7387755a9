"""By how much shares of units differ beyond chance."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike
from scipy import special

from govreport_kit.statistics.arrays import Floats, StatisticsError, check_counts, columns_of, known_counts


class Overdispersion(NamedTuple):
    """How far shares of units scatter around their target beyond chance; see `overdispersion`."""

    target: float
    units: int
    phi: float
    chi2: float
    df: int
    p: float
    phi_winsorised: float
    tau: float


def overdispersion(
    k: ArrayLike, n: ArrayLike, target: float | None = None, *, winsorised: float = 0.1, consistent: bool = True
) -> Overdispersion:
    r"""Measure and test how far shares scatter around their target beyond chance.

    Parameters
    ----------
    k, n : array or Series
        Counts, one a unit. Units of which a count is missing or `n` is 0 are left out.
    target : float, optional
        The share around which the units would scatter by chance alone, by default the pooled one.
    winsorised : float
        The part of the units at each end whose z counts only as much as the outermost of the others, so
        that the few units which are to be found do not widen the limits which are to find them.
    consistent : bool
        Whether the winsorised moments are divided by what winsorising leaves of the variance where there is
        nothing to find, 0.679 at 10 %. Without it, as published in [1]_, ten and not five in a hundred units
        in control lie beyond the corrected 95 % limits.

    Returns
    -------
    Overdispersion
        - ``target``; ``units``: how many count;
        - ``phi``: the mean of :math:`z^2`, 1 if there is chance alone;
        - ``chi2``, ``df``, ``p``: the test of chance alone;
        - ``phi_winsorised``: the multiplicative factor on the variance, estimated without the extremes;
        - ``tau``: the additive standard deviation between units on the scale of
          :math:`\arcsin\sqrt p`, where 0.05 is about 5 percentage points at one half.

        Fewer than two units, or a pooled share of 0 or 1, give NaN.

    Raises
    ------
    StatisticsError
        If a count is negative or infinite, `k` exceeds `n`, `target` is not between 0 and 1, or the
        indexes of two Series differ.

    Notes
    -----
    :math:`z_i = (p_i - p_0) / \sqrt{p_0 (1 - p_0) / n_i}`, :math:`\phi = \sum z_i^2 / I`, and
    :math:`I \phi` against chi-square with :math:`I - 1` degrees of freedom [1]_. Winsorised: z below their
    10 % quantile are put at it, and those above the 90 % quantile likewise. With the part :math:`c` at each
    end, normal scores keep :math:`1 - 2c - 2q \varphi(q) + 2cq^2` of their variance, :math:`q` being their
    :math:`1 - c` quantile and :math:`\varphi` their density.

    On the scale of :math:`\arcsin\sqrt p` with :math:`s_i = 1 / (2 \sqrt{n_i})` and weights
    :math:`w_i = 1 / s_i^2`: :math:`\tau^2 = \max(0, (I \phi - (I - 1)) / (\sum w_i - \sum w_i^2 / \sum w_i))`
    with the winsorised :math:`\phi` of that scale [1]_, the moments of [2]_.

    The test is one of the binomial: requests that come in bundles break it without any difference of
    practice between the agencies.

    References
    ----------
    .. [1] Spiegelhalter, D. J. (2005). Funnel plots for comparing institutional performance. Statistics in
       Medicine 24 (8), 1185-1202.
    .. [2] DerSimonian, R. and Laird, N. (1986). Meta-analysis in clinical trials. Controlled Clinical
       Trials 7 (3), 177-188.
    """
    _, (successes, trials) = columns_of(k=k, n=n)
    check_counts(successes, trials)
    if not 0 <= winsorised < 0.5:
        raise StatisticsError(f"From 0 to less than half of the units can be winsorised; it is {winsorised!r}.")
    successes, trials = known_counts(successes, trials)
    successes, trials = successes[trials > 0], trials[trials > 0]
    centre = pooled_or(target, successes, trials)
    units = len(trials)
    if units < 2 or not 0 < centre < 1:
        return Overdispersion(centre, units, np.nan, np.nan, max(units - 1, 0), np.nan, np.nan, np.nan)
    z = proportion_z(successes, trials, centre)
    chi2 = float((z**2).sum())
    left = _left_of_variance(winsorised) if consistent else 1.0
    phi_winsorised = float((_winsorise(z, winsorised) ** 2).mean() / left)
    excess = (_winsorise(arcsine_z(successes, trials, centre), winsorised) ** 2).sum() / left - (units - 1)
    weights = 4 * trials
    tau = np.sqrt(max(0.0, excess / (weights.sum() - (weights**2).sum() / weights.sum())))
    p = float(special.chdtrc(units - 1, chi2))
    return Overdispersion(centre, units, chi2 / units, chi2, units - 1, p, phi_winsorised, float(tau))


def pooled_or(target: float | None, k: Floats, n: Floats) -> float:
    """Return the target, by default the pooled share of the known counts (NaN if there are none)."""
    if target is None:
        known = ~np.isnan(k) & (n > 0)
        return float(k[known].sum() / n[known].sum()) if known.any() else np.nan
    if not 0 < target < 1:
        raise StatisticsError(f"The target is a share and must lie between 0 and 1; it is {target!r}.")
    return target


def proportion_z(k: Floats, n: Floats, target: float) -> Floats:
    """Return how many standard errors each share lies from the target; NaN for a target of 0 or 1."""
    variance = target * (1 - target)
    z: Floats = (k / n - target) / np.sqrt(np.where(variance > 0, variance, np.nan) / n)
    return z


def arcsine_z(k: Floats, n: Floats, target: float, tau: float = 0.0) -> Floats:
    """Return z on the scale of arcsin(sqrt(p)), with the standard deviation `tau` between units."""
    z: Floats = (np.arcsin(np.sqrt(k / n)) - np.arcsin(np.sqrt(target))) / np.sqrt(1 / (4 * n) + tau**2)
    return z


def _winsorise(z: Floats, part: float) -> Floats:
    return np.clip(z, *np.quantile(z, [part, 1 - part]))


def _left_of_variance(part: float) -> float:
    """Return the variance of a standard normal score of which `part` is winsorised at each end."""
    if part == 0:
        return 1.0
    quantile = -special.ndtri(part)
    density = np.exp(-(quantile**2) / 2) / np.sqrt(2 * np.pi)
    return float(1 - 2 * part - 2 * quantile * density + 2 * part * quantile**2)
