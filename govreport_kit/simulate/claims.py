"""Reports which tell their tables in words, with true claims: shares, growth, last year's figure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from govreport_kit import codebook
from govreport_kit.report import Claim, Fact, Report

_SHARE_OF = ("requests_granted", "requests_partially_granted", "requests_refused")


def with_claims(reports: Iterable[Report]) -> list[Report]:
    """Return reports whose facts tell the tables and whose claims are true.

    Parameters
    ----------
    reports : iterable of Report
        Sound ones, those of an agency in the order of their years, as ``corpus.iter_reports`` gives
        those of a synthetic corpus. Facts which they have already stay as they are.

    Returns
    -------
    list of Report
        Each with a fact for every indicator that a cell or a group of rows tells, the share of some
        outcomes in the requests closed, and growth and last year's value of the requests received
        where the report of the year before is among those given.
    """
    told: list[Report] = []
    received: dict[tuple[str | None, int], float | None] = {}
    for report in reports:
        known = {fact.indicator: fact.value for fact in report.facts}
        facts = {indicator: value for indicator, value in _told(report) if indicator not in known}
        values = known | facts
        before = received.get((report.agency, (report.year or 0) - 1))
        new = tuple(Fact(indicator, value, codebook.indicators[indicator].unit) for indicator, value in facts.items())
        claims = (*_shares(values), *_of_last_year(values.get("requests_received"), before))
        told.append(replace(report, facts=(*report.facts, *new), claims=claims))
        received[report.agency, report.year or 0] = values.get("requests_received")
    return told


def _told(report: Report) -> Iterator[tuple[str, float]]:
    """Yield the indicators which the tables tell; the joint figure of grants is left to reports that tell no other."""
    values = {(cell.table, cell.row, cell.column): cell.value for cell in report.cells}
    for indicator in codebook.indicators.values():
        rows = codebook.group_members(indicator.row) if indicator.row in codebook.groups else [indicator.row]
        cells = [values[place] for row in rows if (place := (indicator.table, row, indicator.column)) in values]
        if cells and None not in cells and indicator.key != "requests_disclosed":
            yield indicator.key, sum(cell for cell in cells if cell is not None)


def _shares(values: dict[str, float]) -> Iterator[Claim]:
    closed = values.get("requests_closed")
    for indicator in _SHARE_OF:
        if closed and indicator in values:
            yield Claim("share", indicator, round(100 * values[indicator] / closed, 1), "%", 1)


def _of_last_year(now: float | None, before: float | None) -> Iterator[Claim]:
    if now is not None and before:
        yield Claim("growth", "requests_received", round(100 * (now / before - 1), 1), "%", 1)
        yield Claim("previous", "requests_received", before, "件")
