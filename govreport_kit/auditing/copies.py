"""Tables that are too much alike: a stale copy of last year's, or an aggregate below its members (F6, G1)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from govreport_kit import codebook
from govreport_kit.auditing.evidence import Evidence, Floats
from govreport_kit.auditing.findings import Finding, plain
from govreport_kit.codebook.entries import AuditRule
from govreport_kit.parsing.places import shared_digits

Found = Iterator[tuple[AuditRule, Finding]]


def check_stale_copies(evidence: Evidence, rules: Sequence[AuditRule]) -> Found:
    """Yield the reports in which many figures other than 0 are those of the year before."""
    earlier, later = evidence.links
    figures = [_flat(evidence, table) for table in codebook.tables]
    for rule in rules:
        fewest = rule.settings["fewest"]
        same = sum(((table[later] == table[earlier]) & (table[later] != 0)).sum(axis=1) for table in figures)
        stated = sum((np.nan_to_num(table[later]) != 0).sum(axis=1) for table in figures)
        evidence.count(rule, later[stated > 0])
        found = (same >= fewest) & (same >= rule.settings["share"] * stated)
        for link in np.flatnonzero(found).tolist():
            before = evidence.corpus.reports["report_id"].iloc[int(earlier[link])]
            yield (
                rule,
                Finding(
                    int(later[link]), "tables", float(same[link]), None,
                    evidence=f"{int(same[link])} of {int(stated[link])} figures other than 0 are those of {before}",
                    words={"before": before, "stated": int(stated[link])},
                ),
            )  # fmt: skip


def check_members(evidence: Evidence, rules: Sequence[AuditRule]) -> Found:
    """Yield the reports summed over an area which give less than one body inside of it."""
    reports = evidence.corpus.reports
    codes = reports["region_code"].fillna("").to_numpy(str)
    years = reports["year"].to_numpy(np.float64, na_value=np.nan)
    aggregates = np.flatnonzero((reports["scope"] == "aggregate").to_numpy() & (codes != ""))
    for rule in rules:
        cells = rule.settings["cells"]
        evidence.count(rule, aggregates)
        values = np.stack([evidence.value(cell) for cell in cells], axis=1)
        for report in aggregates.tolist():
            inside = np.char.startswith(codes, shared_digits(codes[report])) & (years == years[report])
            inside &= reports["agency"].ne(reports["agency"].iloc[report]).to_numpy(bool)
            yield from _less_than_a_member(evidence, rule, cells, values, report, inside)


def _less_than_a_member(
    evidence: Evidence, rule: AuditRule, cells: Sequence[str], values: Floats, report: int, inside: np.ndarray
) -> Found:
    members = np.flatnonzero(inside)
    for place, cell in enumerate(cells):
        more = members[values[members, place] > values[report, place]]
        if len(more):
            largest = more[np.argmax(values[more, place])]
            member = evidence.corpus.reports["report_id"].iloc[int(largest)]
            own, theirs = float(values[report, place]), float(values[largest, place])
            told = f"{cell} {plain(own)}; {member}: {plain(theirs)}"
            yield rule, Finding(report, cell, own, theirs, told, words={"member": member})


def _flat(evidence: Evidence, table: str) -> Floats:
    values = evidence.tables[table].value
    return values.reshape(len(values), values[0].size if len(values) else 0)
