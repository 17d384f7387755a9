"""Tables that are all 0: for years running, or beside figures of the running text (rule D3)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from govreport_kit import codebook
from govreport_kit.auditing.evidence import Bools, Evidence
from govreport_kit.auditing.findings import Finding
from govreport_kit.codebook.entries import AuditRule

Found = Iterator[tuple[AuditRule, Finding]]


def check_all_zero(evidence: Evidence, rules: Sequence[AuditRule]) -> Found:
    """Yield the reports whose tables are all 0 as those of years before, and the tables which the text belies."""
    for rule in rules:
        stands = {table: ~np.isnan(array.value).all(axis=(1, 2)) for table, array in evidence.tables.items()}
        zero = {table: stands[table] & _holds_no_other(evidence, table) for table in evidence.tables}
        evidence.count(rule, np.logical_or.reduce(list(stands.values())))
        yield from _for_years(evidence, rule, np.logical_and.reduce(list(zero.values())))
        for table in evidence.tables:
            yield from _beside_figures(evidence, rule, table, zero[table])


def _holds_no_other(evidence: Evidence, table: str) -> Bools:
    """Tell which reports have no figure other than 0 in a table, and no cell that might hold one."""
    array = evidence.tables[table]
    silent = (array.state == list(codebook.states).index("blank")) | (
        array.state == list(codebook.states).index("unreadable")
    )
    only_zeros: Bools = np.logical_not((silent | (np.nan_to_num(array.value) != 0)).any(axis=(1, 2)))
    return only_zeros


def _for_years(evidence: Evidence, rule: AuditRule, zero: Bools) -> Found:
    running = np.where(zero, 1, 0)
    earlier, later = evidence.links
    years = evidence.corpus.reports["year"].to_numpy(np.float64, na_value=np.nan)
    for link in np.argsort(years[later], kind="stable").tolist():
        if zero[later[link]]:
            running[later[link]] = 1 + running[earlier[link]]
    for report in np.flatnonzero(running >= rule.settings["years"]).tolist():
        yield rule, Finding(report, "tables", float(running[report]), evidence=f"{running[report]} reports in a row")


def _beside_figures(evidence: Evidence, rule: AuditRule, table: str, zero: Bools) -> Found:
    """Yield one finding a table, with the first of the figures beside it and the words of all."""
    told = {indicator: evidence.told(indicator) for indicator in rule.settings["beside"][table]}
    for report in np.flatnonzero(zero & np.any([figures > 0 for figures in told.values()], axis=0)).tolist():
        beside = [indicator for indicator, figures in told.items() if figures[report] > 0]
        entry = codebook.indicators[beside[0]]
        yield (
            rule,
            Finding(
                report, table, float(told[beside[0]][report]), 0.0,
                evidence=" | ".join(evidence.quote(indicator, report) for indicator in beside),
                words={"told_zh": entry.zh, "told_en": entry.en}, messages=rule.settings["messages"]["beside"],
            ),
        )  # fmt: skip
