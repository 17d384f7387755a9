"""How often the statistics are right where the truth is known: the larger figures behind the tests.

    python tests/benchmarks/known_truth.py [funnels] [shrinkage] [panels] [--repeat 2000]

Every figure comes with the standard error that the number of repetitions leaves.
"""

from __future__ import annotations

import argparse
import sys
import warnings
from pathlib import Path

import numpy as np
import pandas as pd
from scipy.stats import binom

from govreport_kit.statistics import difference, funnel, interval, shrink, wild_cluster_bootstrap

sys.path.insert(0, str(Path(__file__).parents[1]))


def intervals(repeat: int) -> pd.DataFrame:
    """Coverage at 95 %, exact: averaged over shares of 0.02 to 0.98, and the smallest on the grid of 0.0005."""
    shares = np.arange(0.02, 0.9801, 0.0005)
    rows = []
    for n in (10, 20, 40, 100, 1336):
        k = np.arange(n + 1)[:, None]
        for method in ("wilson", "agresti_coull", "jeffreys", "clopper_pearson"):
            low, high = interval(k, n, method)
            coverage = (binom.pmf(k, n, shares) * ((low <= shares) & (shares <= high))).sum(axis=0)
            rows.append((n, method, coverage.mean(), coverage.min()))
    return pd.DataFrame(rows, columns=["n", "method", "mean", "smallest"])


def differences(repeat: int) -> pd.DataFrame:
    """Coverage of the difference of two shares at 95 %, exact, over all pairs of shares of 0.02, 0.04 ... 0.98."""
    shares, rows = np.arange(0.02, 0.99, 0.02), []
    for n1, n2 in ((10, 10), (20, 30), (38, 40), (100, 20)):
        k1, k2 = np.arange(n1 + 1), np.arange(n2 + 1)
        _, low, high = difference(k1[:, None], n1, k2, n2)
        first, second = binom.pmf(k1[:, None], n1, shares), binom.pmf(k2[:, None], n2, shares)
        coverage = [
            first[:, i] @ ((low <= p - q) & (p - q <= high)) @ second[:, j]
            for i, p in enumerate(shares)
            for j, q in enumerate(shares)
        ]
        rows.append((n1, n2, np.mean(coverage), np.min(coverage)))
    return pd.DataFrame(rows, columns=["n1", "n2", "mean", "smallest"])


def funnels(repeat: int) -> pd.DataFrame:
    """Share of 100 agencies (n of 20 to 600) flagged: in control, and 5 which are planted 20 points lower."""
    rows = []
    for tau in (0.0, 0.1):
        for dispersion, consistent in (
            ("none", True),
            ("multiplicative", True),
            ("multiplicative", False),
            ("additive", True),
            ("additive", False),
        ):
            rng = np.random.default_rng(2005)
            flagged = np.zeros((repeat, 4))
            for one in range(repeat):
                n = rng.integers(20, 600, 100)
                angles = np.arcsin(np.sqrt(0.55)) + tau * rng.standard_normal(100)
                shares = np.sin(np.clip(angles, 0, np.pi / 2)) ** 2
                shares[:5] = np.clip(shares[:5] - 0.2, 0.01, 1)
                frame = funnel(rng.binomial(n, shares), n, dispersion=dispersion, consistent=consistent)
                beyond, far = frame["flag"] != "", frame["flag"].str.endswith("998")
                flagged[one] = beyond[5:].mean(), far[5:].mean(), beyond[:5].mean(), far[:5].mean()
            kind = dispersion if consistent else f"{dispersion}, as published"
            rows.append((tau, kind, *flagged.mean(axis=0), (flagged.std(axis=0) / np.sqrt(repeat)).max()))
    names = ["tau", "dispersion", "95 %", "99.8 %", "planted, 95 %", "planted, 99.8 %", "error"]
    return pd.DataFrame(rows, columns=names)


def shrinkage(repeat: int) -> pd.DataFrame:
    """Mean squared error of raw and shrunk shares, and coverage of the 95 % intervals of shares and ranks."""
    rows = []
    for units in (8, 12, 30, 100):
        rng = np.random.default_rng(1973)
        found = np.full((repeat, 5), np.nan)
        for one in range(repeat):
            n = rng.integers(3, 120, units)
            shares = rng.beta(6, 4, units)
            frame = shrink(rng.binomial(n, shares), n, draws=500, seed=one)
            ranks = pd.Series(shares).rank(ascending=False)
            found[one] = (
                ((frame["raw"] - shares) ** 2).mean(),
                ((frame["mean"] - shares) ** 2).mean(),
                ((frame["low"] <= shares) & (shares <= frame["high"])).mean(),
                ((frame["rank_low"] <= ranks) & (ranks <= frame["rank_high"])).mean(),
                frame.attrs["priors"][0]["status"] == "no over-dispersion",
            )
        raw, shrunk, covered, ranked, none = np.nanmean(found, axis=0)
        error = np.nanstd(found[:, 2]) / np.sqrt(repeat)
        rows.append((units, raw, shrunk, shrunk / raw, covered, ranked, none, error))
    names = ["units", "raw", "shrunk", "ratio", "shares covered", "ranks covered", "no over-dispersion", "error"]
    return pd.DataFrame(rows, columns=names)


def panels(repeat: int) -> pd.DataFrame:
    """Mean estimate and rejections at 5 % on the invented panels of tests/test_panel_regression.py."""
    from test_panel_regression import TWO_WAY, invented_panel, naive, two_way

    rows = []
    for effect in (0.0, 0.05):
        found = []
        for seed in range(repeat):
            panel = invented_panel(seed, effect)
            pooled, fit = naive(panel), two_way(panel, "iid")
            boot = wild_cluster_bootstrap(panel, "share", "rule", **TWO_WAY, draws=999, seed=seed)
            p = {"pooled, independent": pooled.pvalue()["rule"], "two-way, independent": fit.pvalue()["rule"]}
            for name, vcov in (("county", {"CRV1": "county"}), ("prefecture", {"CRV1": "prefecture"})):
                p[f"two-way, clustered by {name}"] = fit.vcov(vcov).pvalue()["rule"]
            p["two-way, jackknife by prefecture"] = fit.vcov({"CRV3": "prefecture"}).pvalue()["rule"]
            p["two-way, wild bootstrap by prefecture"] = boot.p
            estimates = [pooled.coef()["rule"], *[boot.estimate] * 5]
            covered = boot.low <= effect <= boot.high
            found.append([(name, e, p[name] < 0.05, covered) for name, e in zip(p, estimates, strict=True)])
        for method in zip(*found, strict=True):
            estimates = np.array([one[1] for one in method])
            rejected = np.mean([one[2] for one in method])
            wild = "wild" in method[0][0]
            rows.append(
                (
                    effect,
                    method[0][0],
                    estimates.mean(),
                    estimates.std() / np.sqrt(repeat),
                    rejected,
                    np.sqrt(rejected * (1 - rejected) / repeat),
                    np.mean([one[3] for one in method]) if wild else np.nan,
                )
            )
    names = ["effect", "method", "mean estimate", "error", "rejected at 5 %", "error ", "interval covers"]
    return pd.DataFrame(rows, columns=names)


TABLES = {table.__name__: table for table in (intervals, differences, funnels, shrinkage, panels)}

if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("tables", nargs="*", default=list(TABLES), help=f"some of {', '.join(TABLES)}")
    parser.add_argument("--repeat", type=int, default=2000)
    options = parser.parse_args()
    warnings.filterwarnings("ignore", "The inplace keyword")
    for name in options.tables:
        print(TABLES[name].__doc__)
        print(TABLES[name](options.repeat).round(4).to_string(index=False), end="\n\n", flush=True)
