"""Funnel plots: the units which differ from the target by more than chance."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike
from scipy import special

from govreport_kit.statistics.arrays import (
    Floats,
    Interval,
    StatisticsError,
    aligned,
    as_given,
    check_choice,
    check_level,
    check_whole_counts,
    columns_of,
    counts_frame,
    known_counts,
)
from govreport_kit.statistics.binomial import first_above, mid_p_z, two_sided_p
from govreport_kit.statistics.overdispersion import Overdispersion, arcsine_z, overdispersion, proportion_z

DISPERSIONS = ("none", "multiplicative", "additive")
LIMITS = {"mid_p": 0.5, "interpolated": 0.0}  # how much of the probability of a count itself is left out of its tail


def funnel(
    k: ArrayLike,
    n: ArrayLike,
    target: float | None = None,
    levels: Sequence[float] = (0.95, 0.998),
    dispersion: str = "none",
    *,
    limits: str = "mid_p",
    consistent: bool = True,
) -> pd.DataFrame:
    r"""Return each unit's share beside the target, its limits, and a flag where it lies beyond chance.

    Parameters
    ----------
    k, n : array or Series
        Whole counts, one a unit. Two Series must have the same index.
    target : float, optional
        The share that is expected of every unit, by default the pooled one of the units.
    levels : sequence of float
        The levels of the limits.
    dispersion : {"none", "multiplicative", "additive"}
        How over-dispersion is allowed for, see Notes.
    limits : {"mid_p", "interpolated"}
        See `funnel_limits`.
    consistent : bool
        See `overdispersion`; False gives the limits as published.

    Returns
    -------
    pandas.DataFrame
        One row a unit, with the index of `k` or `n`:

        - ``k``, ``n`` (``Int64``); ``rate``, NaN where `n` is 0 or a count is missing, as all that follows from it;
          ``target``;
        - ``z``: standard errors between rate and target, with the chosen dispersion; NaN if the pooled share is 0
          or 1;
        - ``p_mid``: two-sided mid-p value, with the chosen dispersion;
        - ``flag``: the outermost limit that is passed by ``p_mid``, by the name of its column
          (``low_95`` ... ``high_998``), empty where there is none, missing where there is no rate;
        - ``low_95``, ``high_95``, ``low_998``, ``high_998``: the limits, named after the levels.

        ``attrs`` has ``target``, ``dispersion``, the numbers of `overdispersion` (``phi``, ``chi2``, ``df``,
        ``p``, ``phi_winsorised``, ``tau``) and ``inflation``, what was applied: the factor on the
        multiplicative limits (1 for the other kinds).

    Raises
    ------
    StatisticsError
        If a count is negative, infinite or no whole number, `k` exceeds `n`, `target` or a level is not
        between 0 and 1, a choice is unknown, or the indexes of two Series differ.

    Notes
    -----
    none
        :math:`z = (p - p_0) / \sqrt{p_0 (1 - p_0) / n}`; ``p_mid`` is twice the smaller binomial tail, in
        which the observed count counts half [2]_.
    multiplicative
        z is divided by :math:`\sqrt\phi`, the limits' distance from the target is multiplied by it [1]_;
        :math:`\phi` is winsorised, and at least 1: limits are never narrowed.
    additive
        :math:`z = (\arcsin\sqrt p - \arcsin\sqrt{p_0}) / \sqrt{1/4n + \tau^2}` and the limits on that scale
        [1]_. The usual choice where large units differ by more than chance as well.

    Flags rest on the mid-p value and not on the limits, because interpolated limits and those for over-dispersion
    mislabel small units. With over-dispersion the normal quantile of the mid-p value is divided by
    :math:`\sqrt\phi`, or by :math:`\sqrt{1 + 4 n \tau^2}`, as z is.

    A flag says that chance does not explain the distance; it does not say why. Of 1,000 units in control,
    about 50 are beyond the 95 % limits and 2 beyond those of 99.8 %.

    References
    ----------
    .. [1] Spiegelhalter, D. J. (2005). Funnel plots for comparing institutional performance. Statistics in
       Medicine 24 (8), 1185-1202.
    .. [2] Lancaster, H. O. (1961). Significance tests in discrete distributions. Journal of the American
       Statistical Association 56 (294), 223-234.
    """
    check_choice("kind of dispersion", dispersion, DISPERSIONS)
    index, (successes, trials) = columns_of(k=k, n=n)
    check_whole_counts(successes, trials)
    frame = counts_frame(successes, trials, index)
    scatter = overdispersion(successes, trials, target, consistent=consistent)
    successes, trials = known_counts(successes, trials)
    phi, tau = _applied(dispersion, scatter)
    score = mid_p_z(successes, trials, scatter.target) / np.sqrt(phi * (1 + 4 * trials * tau**2))
    frame["rate"], frame["target"] = successes / trials, scatter.target
    if tau:
        frame["z"] = arcsine_z(successes, trials, scatter.target, tau)
    else:
        frame["z"] = proportion_z(successes, trials, scatter.target) / np.sqrt(phi)
    frame["p_mid"] = two_sided_p(score)
    frame["flag"] = _flags(score, sorted(levels))
    for level in sorted(levels):
        low, high = funnel_limits(trials, scatter.target, level, phi=phi, tau=tau, method=limits)
        frame[f"low_{_name(level)}"], frame[f"high_{_name(level)}"] = low, high
    frame.attrs.update(dispersion=dispersion, **scatter._asdict(), inflation=float(np.sqrt(phi)))
    return frame


def funnel_limits(
    n: ArrayLike,
    target: float,
    level: float = 0.95,
    *,
    phi: float = 1.0,
    tau: float = 0.0,
    method: str = "mid_p",
) -> Interval:
    r"""Return the control limits around a target for units of the given sizes, as they are drawn.

    Parameters
    ----------
    n : number, array or Series
        Whole sizes of units.
    target : float
        The share that is expected of every unit.
    level : float
        How often a unit in control lies within the limits.
    phi, tau : float
        Over-dispersion as of `overdispersion`: the factor on the variance, or the standard deviation
        between units on the scale of :math:`\arcsin\sqrt p`; not both.
    method : {"mid_p", "interpolated"}
        See Notes.

    Returns
    -------
    Interval
        ``low`` and ``high`` within [0, 1], as `n` was given; NaN where `n` is 0 or missing.

    Raises
    ------
    StatisticsError
        If a size is negative, infinite or no whole number, `target` or `level` is not between 0 and 1,
        `phi` is below 0, or `phi` and `tau` are both given.

    Notes
    -----
    interpolated
        As published: for each tail `q`, with `R` binomial and `r` the smallest count with :math:`P(R \le r) > q`,
        the limit is :math:`(r - a)/n` where :math:`a = (P(R \le r) - q) / P(R = r)` [1]_. These limits lie half a
        count too low: a share of 1 is beyond the upper one for every `n`, 3 of 3 as well.
    mid_p
        The same for the distribution function in which the count itself counts half,
        :math:`P(R < r) + P(R = r)/2`: a count lies beyond the limit exactly if its mid-p value is below
        1 - level, so that what is drawn agrees with the flags of `funnel`.

    `phi` multiplies the distance from the target by :math:`\sqrt\phi`. With `tau` the limits are
    :math:`\sin^2(\arcsin\sqrt{p_0} \pm z \sqrt{1/4n + \tau^2})` for either method.

    References
    ----------
    .. [1] Spiegelhalter, D. J. (2005). Funnel plots for comparing institutional performance. Statistics in
       Medicine 24 (8), 1185-1202, appendix.
    """
    check_level(level)
    check_choice("method", method, LIMITS)
    if not (0 <= target <= 1 or np.isnan(target)):
        raise StatisticsError(f"The target is a share and must lie between 0 and 1; it is {target!r}.")
    if phi < 0 or tau < 0 or (phi != 1 and tau != 0):
        raise StatisticsError(f"Give phi or tau, neither below 0; phi is {phi!r} and tau is {tau!r}.")
    index, (sizes,) = aligned(n=n)
    check_whole_counts(np.zeros_like(sizes), sizes)
    sizes = np.where(sizes > 0, sizes, np.nan)
    tails = ((1 - level) / 2, (1 + level) / 2)
    return Interval(*(as_given(_limit(sizes, target, tail, phi, tau, method), index) for tail in tails))


def _applied(dispersion: str, scatter: Overdispersion) -> tuple[float, float]:
    """Return the factor on the variance and the standard deviation between units that widen the limits."""
    if dispersion == "multiplicative":
        return float(np.fmax(1.0, scatter.phi_winsorised)), 0.0
    if dispersion == "additive":
        return 1.0, float(np.fmax(0.0, scatter.tau))
    return 1.0, 0.0


def _flags(score: Floats, levels: Sequence[float]) -> pd.Categorical[str]:
    """Return the outermost limit which each signed score passes; `levels` go outwards."""
    names = pd.Index(["", *(f"{side}_{_name(level)}" for level in levels for side in ("low", "high"))])
    codes = np.where(np.isnan(score), -1, 0)
    for position, level in enumerate(levels):
        codes = np.where(two_sided_p(score) < 1 - level, 1 + 2 * position + (score > 0), codes)
    return pd.Categorical.from_codes(codes, names)


def _limit(sizes: Floats, target: float, tail: float, phi: float, tau: float, method: str) -> Floats:
    if tau:
        deviation = special.ndtri(tail) * np.sqrt(1 / (4 * sizes) + tau**2)
        limit = np.sin(np.clip(np.arcsin(np.sqrt(target)) + deviation, 0, np.pi / 2)) ** 2
    else:
        exact = first_above(tail, sizes, target, LIMITS[method]) / sizes
        limit = np.clip(target + (exact - target) * np.sqrt(phi), 0, 1)
    return np.asarray(limit)


def _name(level: float) -> str:
    """Return a level as in the names of columns: 95 for 0.95, 998 for 0.998."""
    return f"{100 * level:.10g}".replace(".", "")
