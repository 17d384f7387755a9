"""Tails of the binomial distribution, exact and far out."""

from __future__ import annotations

import numpy as np
from scipy import special

from govreport_kit.statistics.arrays import Floats

SMALLEST_TAIL = 1e-300  # smaller ones are not told from 0


def distribution(k: Floats, n: Floats, p: float, half: float) -> Floats:
    """Return P(R <= k) less the part `half` of P(R = k), for `R` in `n` at `p`; 0 below 0 and 1 above `n`."""
    inside = np.clip(k, 0, n)
    below = np.where(inside == 0, 0 * n, special.betaincc(np.maximum(inside, 1), n - inside + 1, p))
    log_mass = special.xlogy(inside, p) + special.xlog1py(n - inside, -p)
    mass = np.exp(log_mass - np.log1p(n) - special.betaln(inside + 1, n - inside + 1))
    total: Floats = below + (1 - half) * mass
    return np.where(k < 0, 0 * n, np.where(k > n, 1 + 0 * n, total))


def first_above(tail: float, n: Floats, p: float, half: float) -> Floats:
    """Return where the distribution function, joined by straight lines, reaches `tail`.

    That is r - a with r the smallest count whose P(R < r) + (1 - half) P(R = r) exceeds `tail`, and a the
    part of the step to r which lies above `tail`.
    """
    below, above = np.full_like(n, -1.0), n + 1
    while np.any(above - below > 1):
        middle = np.floor((below + above) / 2)
        exceeds = distribution(middle, n, p, half) > tail
        above, below = np.where(exceeds, middle, above), np.where(exceeds, below, middle)
    reached, before = (distribution(count, n, p, half) for count in (above, above - 1))
    position: Floats = above - (reached - tail) / (reached - before)
    return position


def mid_p_z(k: Floats, n: Floats, p: float) -> Floats:
    """Return the normal quantile of the smaller tail, in which `k` itself counts half; negative below `p`.

    Where the tail is too small for a float, the signed root of the deviance stands in for its quantile.
    """
    lower = distribution(k, n, p, 0.5)
    upper = distribution(n - k, n, 1 - p, 0.5)
    smaller = np.minimum(lower, upper)
    deviance = 2 * (special.rel_entr(k, n * p) + special.rel_entr(n - k, n * (1 - p)))
    far = np.sqrt(np.maximum(deviance, 0))
    z: Floats = np.where(smaller > SMALLEST_TAIL, -special.ndtri(smaller), far)
    return np.where(lower < upper, -z, z)


def two_sided_p(z: Floats) -> Floats:
    """Return the two-sided p-value of a normal score."""
    p: Floats = 2 * special.ndtr(-np.abs(z))
    return p
