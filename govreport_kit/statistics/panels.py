"""Inference for panels with few clusters, such as prefectures of one province."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from govreport_kit.codebook.vocabulary import nearest
from govreport_kit.errors import UnknownKeyError
from govreport_kit.statistics.arrays import Floats, StatisticsError, check_choice, check_level

SIGNS = {
    "rademacher": np.array([-1.0, 1.0]),
    "webb": np.sqrt([1.5, 1.0, 0.5, 0.5, 1.0, 1.5]) * [-1, -1, -1, 1, 1, 1],
}
FEWEST_FOR_SIGNS = 10  # with fewer clusters two signs give too few different draws (Webb 2023)
SMALLEST_SPREAD = 1e-12  # of the regressor, beside its square
CONVERGED, MOST_ROUNDS = 1e-11, 10_000
ROUNDING = 1e-9  # draws this close to the observed t are as far out
DOUBLINGS, HALVINGS = 30, 20


class WildBootstrap(NamedTuple):
    """A coefficient with its test and interval; see `wild_cluster_bootstrap`."""

    estimate: float
    low: float
    high: float
    p: float
    clusters: int
    observations: int


def wild_cluster_bootstrap(
    panel: pd.DataFrame,
    outcome: str,
    regressor: str,
    *,
    cluster: str,
    absorb: Sequence[str] = (),
    controls: Sequence[str] = (),
    weights: str | None = None,
    signs: str | None = None,
    level: float = 0.95,
    draws: int = 9999,
    seed: int = 0,
) -> WildBootstrap:
    r"""Test a coefficient of a (weighted) linear model, and give its interval, with few clusters.

    Parameters
    ----------
    panel : DataFrame
        One row a unit and year. Rows in which a column that is used is missing are left out.
    outcome, regressor : str
        Columns: numbers.
    cluster : str
        Column with the cluster, at the level at which the regressor is decided.
    absorb : sequence of str
        Columns whose fixed effects are taken out, such as ``agency`` and ``year``.
    controls : sequence of str
        Columns with further regressors. A constant is always there.
    weights : str, optional
        Column with the weights, such as the denominator of a share.
    signs : {"rademacher", "webb"}, optional
        By what the residuals of a cluster are multiplied: two signs, or Webb's six values. By default six
        if there are fewer than 10 clusters, for two signs then give too few different draws. All pairs of
        two signs are gone through instead of drawn where that takes fewer than `draws`.
    level : float
        Level of the interval, between 0 and 1.
    draws : int
        Number of draws; the data as they are count as the first, so that `p` is never 0.
    seed : int
        Seed of the draws.

    Returns
    -------
    WildBootstrap
        ``estimate``; ``low`` and ``high``, the coefficients which the test does not reject; ``p`` of the
        coefficient 0, two-sided; how many ``clusters`` and ``observations`` were used.

    Raises
    ------
    UnknownKeyError
        If there is no such column; names the nearest.
    StatisticsError
        If there are fewer than two clusters, the regressor does not vary beside the fixed effects and
        controls, a weight is not above 0, `level` is not between 0 and 1 or the signs are unknown.

    Notes
    -----
    The wild cluster restricted bootstrap of t [1]_: residuals under the null are multiplied cluster by
    cluster, and t, with the cluster-robust variance, is recomputed each time, by the sums of scores of [2]_.
    Factors for small samples stand in every t and cancel. `p` is the share of draws whose t is at least as far
    from 0 as the observed one. The interval inverts the test. It is not reliable where only a cluster or two
    are treated [3]_.

    Why not a library: pyfixest offers the test for models without weights, and by a further package.

    References
    ----------
    .. [1] Cameron, A. C., Gelbach, J. B. and Miller, D. L. (2008). Bootstrap-based improvements for inference
       with clustered errors. Review of Economics and Statistics 90 (3), 414-427.
    .. [2] Roodman, D., Nielsen, M. O., MacKinnon, J. G. and Webb, M. D. (2019). Fast and wild: bootstrap
       inference in Stata using boottest. Stata Journal 19 (1), 4-60.
    .. [3] MacKinnon, J. G. and Webb, M. D. (2017). Wild bootstrap inference for wildly different cluster sizes.
       Journal of Applied Econometrics 32 (2), 233-254.
    """
    check_level(level)
    rows = _complete_rows(panel, [outcome, regressor, cluster, *absorb, *controls, *([weights] if weights else [])])
    weight = _numbers(rows, [weights])[:, 0] if weights else np.ones(len(rows))
    if np.any(weight <= 0):
        raise StatisticsError(f"The weights in {weights!r} must be above 0; leave out the other rows first.")
    member, names = pd.factorize(rows[cluster])
    if len(names) < 2:
        raise StatisticsError(f"At least two clusters are needed; {cluster!r} has {len(names)}.")
    residuals = _projection([rows[name] for name in absorb], _numbers(rows, controls), weight)
    y, x = residuals(_numbers(rows, [outcome, regressor])).T
    spread = weight @ x**2
    if spread <= SMALLEST_SPREAD * (weight @ _numbers(rows, [regressor])[:, 0] ** 2):
        raise StatisticsError(f"{regressor!r} does not vary beside the fixed effects and controls.")
    in_cluster = (member[:, None] == np.arange(len(names))).astype(np.float64)
    leverage = in_cluster.T @ (weight * x**2) / spread
    scores = [(in_cluster.T * (weight * x)) @ residuals(in_cluster * error[:, None]) for error in (y, x)]
    multipliers = _multipliers(len(names), signs, draws, np.random.default_rng(seed))
    drawn = [score @ multipliers for score in scores]
    observed = [score.sum(axis=1, keepdims=True) for score in scores]

    def p(null: float) -> float:
        far = np.abs(_t(observed[0] - null * observed[1], leverage))
        return float(np.mean(np.abs(_t(drawn[0] - null * drawn[1], leverage)) >= far * (1 - ROUNDING)))

    estimate = float(weight @ (x * y) / spread)
    error = float(np.linalg.norm(observed[0] - estimate * observed[1]) / spread)
    low, high = (_where_rejected(p, estimate, side * error, 1 - level) for side in (-1, 1))
    return WildBootstrap(estimate, low, high, p(0.0), len(names), len(rows))


def _complete_rows(panel: pd.DataFrame, names: Sequence[str]) -> pd.DataFrame:
    for name in names:
        if name not in panel:
            raise UnknownKeyError("column of the panel", name, nearest(name, panel.columns), panel.columns)
    return panel[list(dict.fromkeys(names))].dropna()


def _numbers(rows: pd.DataFrame, names: Sequence[str]) -> Floats:
    return rows[list(names)].to_numpy(np.float64)


def _projection(effects: Sequence[Any], controls: Floats, weight: Floats) -> Callable[[Floats], Floats]:
    """Return the function which takes fixed effects (or a constant) and controls out of columns."""
    from scipy import sparse

    averages = []
    for effect in effects or [np.zeros(len(weight))]:
        codes = pd.factorize(effect)[0]
        shares = weight / np.bincount(codes, weight)[codes]
        averages.append((codes, sparse.csr_array((shares, (codes, np.arange(len(codes)))))))

    def without_effects(columns: Floats) -> Floats:
        smallest = CONVERGED * np.abs(columns).max(initial=0)
        for _ in range(MOST_ROUNDS):
            before = columns
            for codes, average in averages:
                columns = columns - (average @ columns)[codes]
            if np.abs(columns - before).max(initial=0) <= smallest:
                return columns
        raise StatisticsError(f"Fixed effects remain after {MOST_ROUNDS} rounds: parts of the panel barely overlap.")

    root = np.sqrt(weight)[:, None]
    basis = without_effects(controls)

    def residuals(columns: Floats) -> Floats:
        columns = without_effects(columns)
        fitted: Floats = basis @ np.linalg.lstsq(root * basis, root * columns)[0]
        return columns - fitted

    return residuals


def _multipliers(clusters: int, signs: str | None, draws: int, rng: np.random.Generator) -> Floats:
    signs = signs or ("webb" if clusters < FEWEST_FOR_SIGNS else "rademacher")
    check_choice("kind of sign", signs, SIGNS)
    if signs == "rademacher" and 2**clusters <= draws:
        return np.array(list(itertools.product(SIGNS[signs], repeat=clusters))).T
    drawn = rng.choice(SIGNS[signs], size=(clusters, draws - 1))
    return np.hstack([np.ones((clusters, 1)), drawn])


def _t(scores: Floats, leverage: Floats) -> Floats:
    """Return t, but for a constant factor, from the sums of the scores of clusters under the null."""
    total = scores.sum(axis=0)
    spread = np.linalg.norm(scores - leverage[:, None] * total, axis=0)
    t: Floats = np.divide(total, spread, out=np.where(total == 0, 0, np.inf), where=spread > 0)
    return t


def _where_rejected(p: Callable[[float], float], estimate: float, step: float, alpha: float) -> float:
    """Return the coefficient beside the estimate at which `p` falls below `alpha`, infinite if it never does."""
    kept, rejected = estimate, estimate + step
    for _ in range(DOUBLINGS):
        if p(rejected) < alpha:
            break
        kept, rejected = rejected, estimate + 2 * (rejected - estimate)
    else:
        return float(np.copysign(np.inf, step))
    for _ in range(HALVINGS):
        middle = (kept + rejected) / 2
        kept, rejected = (middle, rejected) if p(middle) >= alpha else (kept, middle)
    return kept
