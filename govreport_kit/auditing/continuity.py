"""What one year hands on to the next, in the reports of the same agency (rules B1 to B3)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from govreport_kit.auditing.evidence import Evidence
from govreport_kit.auditing.findings import Finding, plain
from govreport_kit.codebook.entries import AuditRule


def check_links(evidence: Evidence, rules: Sequence[AuditRule]) -> Iterator[tuple[AuditRule, Finding]]:
    """Yield the figures of a year which do not follow from those of the year before; one finding a rule and report.

    A rule names cells of a year (``now``) and of the year before (``before``), whose sums must be
    equal for ``each`` row or column. Its finding stands in the later report.
    """
    earlier, later = evidence.links
    for rule in rules:
        differing: dict[int, list[tuple[str, float, float]]] = {}
        for each in rule.settings["each"]:
            now, before = (_filled(rule.settings[name], each) for name in ("now", "before"))
            observed, expected = evidence.sum(now)[later], evidence.sum(before)[earlier]
            evidence.count(rule, later[~np.isnan(observed + expected)])
            for link in np.flatnonzero(~np.isnan(observed + expected) & (observed != expected)).tolist():
                differing.setdefault(link, []).append((now[0], float(observed[link]), float(expected[link])))
        for link, cells in differing.items():
            yield rule, _finding(evidence, rule, int(earlier[link]), int(later[link]), cells)


def _finding(
    evidence: Evidence, rule: AuditRule, earlier: int, later: int, cells: list[tuple[str, float, float]]
) -> Finding:
    where, observed, expected = cells[0]
    before = evidence.corpus.reports["report_id"].iloc[earlier]
    return Finding(
        later,
        where,
        observed,
        expected,
        evidence="; ".join(f"{cell} {plain(one)}, from {before} {plain(other)}" for cell, one, other in cells),
        follows=tuple(f"{rule.key} {cell}" for cell, _, _ in cells[1:]),
        words={"before": before},
        severity="error" if _must_follow(evidence, rule, earlier, later) else None,
    )


def _must_follow(evidence: Evidence, rule: AuditRule, earlier: int, later: int) -> bool:
    """Tell whether the two reports are of the same body beyond doubt: same code, and no year of reorganisations."""
    reports = evidence.corpus.reports.iloc[[earlier, later]]
    reforms = rule.settings.get("reform_years")
    same_code = reports["region_code"].notna().all() and reports["region_code"].nunique() == 1
    return bool(reforms is not None and same_code and int(reports["year"].iloc[1]) not in reforms)


def _filled(terms: Sequence[str], each: str) -> list[str]:
    return [term.format(each=each) for term in terms]
