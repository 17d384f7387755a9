"""Which agencies stand behind two neighbouring years: of other agencies a line between the years says nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from govreport_kit.figures.marks import marks_of_rates

if TYPE_CHECKING:
    from govreport_kit.corpus import Corpus


def with_agencies(rates: pd.DataFrame, corpus: Corpus | None) -> pd.DataFrame:
    """Add to the rates of years how many agencies stand behind each, and behind the year before as well.

    Parameters
    ----------
    rates : pandas.DataFrame
        One row a year, in order.
    corpus : Corpus or None
        The corpus that the rates were computed from; without it all is missing.

    Returns
    -------
    pandas.DataFrame
        The rates with ``agencies`` and ``common`` (``Int64``); the latter is missing where no report stands
        behind the year or the year before. A report without an agency has none in common with another.
    """
    if corpus is None:
        return rates.assign(**{name: pd.array([pd.NA] * len(rates), "Int64") for name in ("agencies", "common")})
    agency = corpus.reports.set_index("report_id")["agency"]
    behind = [_named(agency, mark.reports) for mark in marks_of_rates(rates, corpus)]
    by_year = {year: agencies for year, agencies in zip(rates["year"], behind, strict=True) if agencies}
    common = [
        len(by_year[year] & by_year[year - 1]) if {year, year - 1} <= by_year.keys() else pd.NA
        for year in rates["year"]
    ]
    return rates.assign(agencies=pd.array(list(map(len, behind)), "Int64"), common=pd.array(common, "Int64"))


def has_enough_in_common(before: Any, after: Any, least: float) -> bool:
    """Tell whether the agencies behind both years are at least a share of those of either; unknown ones are not."""
    if least <= 0:
        return True
    return not pd.isna(after.common) and after.common / max(before.agencies, after.agencies) >= least


def _named(agency: pd.Series, report_ids: tuple[str, ...]) -> set[str]:
    """Return the agencies of some reports; a report without one stands for itself."""
    named = agency.loc[list(report_ids)]
    return set(named.where(named.notna(), named.index.to_series().radd("#")))
