"""Shares of invented counties whose true propensities are known: for comparisons and for regressions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import pandas as pd

from govreport_kit import codebook
from govreport_kit.corpus import Corpus
from govreport_kit.report import Cell, Report
from govreport_kit.simulate.agencies import agency, county_of

_YEAR = 2024


def known_shares(
    counties: int = 40, seed: int = 0, *, mean: float = 0.45, rho: float = 0.05, median: float = 60.0
) -> pd.DataFrame:
    """Invent one year of counties, each with a propensity to disclose of its own.

    Parameters
    ----------
    counties : int
        How many.
    seed : int
        The same seed gives the same counties.
    mean, rho : float
        Mean of the beta distribution of the propensities, and correlation of two requests to one
        county, as `govreport_kit.statistics.shrink` estimates them; with `rho` 0 all counties are alike.
    median : float
        Median of the numbers of closed requests, which are lognormal: few counties have very many.

    Returns
    -------
    pandas.DataFrame
        One row a county: ``agency``, ``year``, ``true`` (its propensity), ``n`` (closed requests), ``k``
        (disclosed ones, binomial).
    """
    rng = np.random.default_rng(seed)
    total = (1 - rho) / rho if rho else np.inf
    true = rng.beta(mean * total, (1 - mean) * total, counties) if rho else np.full(counties, mean)
    n = 1 + rng.lognormal(np.log(median), 1.1, counties).astype(np.int64)
    names = [agency("county", number).name for number in range(counties)]
    return pd.DataFrame({"agency": names, "year": _YEAR, "true": true, "n": n, "k": rng.binomial(n, true)})


def known_effect(
    seed: int = 0,
    effect: float = 0.05,
    *,
    prefectures: int = 12,
    counties: int = 6,
    years: Sequence[int] = range(2020, 2025),
) -> pd.DataFrame:
    """Invent a panel of counties, half of whose prefectures make a rule for the last two years.

    Three things besides the rule move the shares: prefectures which make it disclosed more anyway, all
    counties disclose more each year, and the counties of a prefecture share good and bad years. Pooled
    regression takes the first two for the effect; errors which take counties for independent find an effect
    where there is none.

    Parameters
    ----------
    seed : int
        The same seed gives the same panel.
    effect : float
        By how much the rule raises the propensity to disclose.
    prefectures, counties : int
        How many prefectures, and how many counties each has, at most 20.
    years : sequence of int
        Report years, without a gap; the rule holds in the last two.

    Returns
    -------
    pandas.DataFrame
        One row a county and year: ``agency``, ``year``, ``prefecture``, ``rule`` (0 or 1), ``n`` (closed
        requests), ``k`` (disclosed ones), ``share``.
    """
    rng = np.random.default_rng(seed)
    keys = pd.MultiIndex.from_product([range(prefectures * counties), years], names=["county", "year"])
    panel = keys.to_frame(index=False)
    county, passed = panel["county"], panel["year"] - years[0]
    prefecture = county // counties
    of_prefecture = np.sort(rng.normal(0, 0.08, prefectures))
    of_county = rng.normal(0, 0.05, prefectures * counties)
    of_cell = rng.normal(0, 0.04, (prefectures, len(years)))
    panel["rule"] = ((prefecture >= prefectures / 2) & (passed >= len(years) - 2)).astype(float)
    propensity = (
        0.5 + of_prefecture[prefecture] + of_county[county] + of_cell[prefecture, passed] + 0.02 * passed
        + effect * panel["rule"]
    )  # fmt: skip
    panel["n"] = 20 + rng.lognormal(4, 0.8, len(panel)).astype(int)
    panel["k"] = rng.binomial(panel["n"], propensity.clip(0.01, 0.99))
    panel["share"] = panel["k"] / panel["n"]
    bodies = [agency("prefecture", number) for number in range(prefectures)]
    names = [county_of(body, number).name for body in bodies for number in range(counties)]
    panel.insert(0, "agency", county.map(names.__getitem__))
    panel.insert(2, "prefecture", prefecture.map(lambda number: bodies[number].name))
    return panel.drop(columns="county")


def corpus_of_shares(shares: pd.DataFrame) -> Corpus:
    """Write shares into reports: of `n` closed requests `k` were granted and the others not held.

    Parameters
    ----------
    shares : pandas.DataFrame
        Columns ``agency``, ``year``, ``n`` and ``k``, as `known_shares` and `known_effect` give them.

    Returns
    -------
    Corpus
        Reports of counties whose table of requests holds the totals; its ``disclosure_rate`` is k / n.
    """
    rows = shares[["agency", "year", "n", "k"]].itertuples(index=False)
    return Corpus.from_reports(_report(name, int(year), int(n), int(k)) for name, year, n, k in rows)


def _report(name: str, year: int, n: int, k: int) -> Report:
    form = "f2021" if year >= codebook.forms["f2021"].first_year else "f2019"
    return Report(
        id=f"{year}/{name}",
        title=f"{name}{year}年政府信息公开工作年度报告",
        agency=name,
        level="county",
        scope="aggregate",
        year=year,
        form=form,
        complete=True,
        cells=tuple(_cells(form, n, k)),
    )


def _cells(form: str, n: int, k: int) -> Iterator[Cell]:
    counts = {"received_new": n, "granted": k, "unable.not_held": n - k, "total_closed": n}
    for row in codebook.table_rows("requests", form):
        count = counts.get(row.key, 0)
        yield Cell("requests", row.key, "total", count, "reported" if count else "zero")
