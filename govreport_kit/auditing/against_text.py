"""The running text against the tables of the same report (rules C1 and C5)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from govreport_kit import codebook
from govreport_kit.auditing.evidence import Evidence
from govreport_kit.auditing.findings import Finding, plain
from govreport_kit.codebook.entries import AuditRule

Found = Iterator[tuple[AuditRule, Finding]]


def check_text_against_table(evidence: Evidence, rules: Sequence[AuditRule]) -> Found:
    """Yield the counts of the running text which differ from their cell of a table; about-figures are not judged."""
    for rule in rules:
        for indicator, terms in _cells_of_indicators(rule).items():
            told, printed = evidence.told(indicator), evidence.sum(terms)
            evidence.count(rule, ~np.isnan(told + printed))
            for report in np.flatnonzero(~np.isnan(told + printed) & (told != printed)).tolist():
                cells = " + ".join(f"{term} {plain(float(evidence.value(term)[report]))}" for term in terms)
                yield (
                    rule,
                    Finding(
                        report,
                        f"facts/{indicator}",
                        float(told[report]),
                        float(printed[report]),
                        evidence=f"{evidence.quote(indicator, report)} | {cells}",
                    ),
                )


def check_claim_against_table(evidence: Evidence, rules: Sequence[AuditRule]) -> Found:
    """Yield the claims that everything was answered in time where requests were carried forward or none was closed."""
    for rule in rules:
        indicator, limit = rule.settings["claim"]
        claimed = evidence.told(indicator)
        for cell, value in rule.settings["beside"]:
            other = evidence.value(cell)
            evidence.count(rule, ~np.isnan(claimed + other))
            found = (claimed >= limit) & ((other > 0) if value == "some" else (other == 0))
            for report in np.flatnonzero(found).tolist():
                words = f"{evidence.quote(indicator, report)} | {cell} {plain(float(other[report]))}"
                yield (
                    rule,
                    Finding(report, f"facts/{indicator}", float(claimed[report]), None, words, words={"cell": cell}),
                )


def _cells_of_indicators(rule: AuditRule) -> dict[str, Sequence[str]]:
    own: dict[str, Sequence[str]] = {
        entry.key: [f"{entry.table}/{entry.row}/{entry.column}"]
        for entry in codebook.indicators.values()
        if entry.table
    }
    return own | dict(rule.settings["sums"])
