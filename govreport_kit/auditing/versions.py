"""Several reports of one agency and year (E5)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from govreport_kit.auditing.evidence import Evidence
from govreport_kit.auditing.findings import Finding
from govreport_kit.codebook.entries import AuditRule
from govreport_kit.corpus.versions import versions

Found = Iterator[tuple[AuditRule, Finding]]


def check_versions(evidence: Evidence, rules: Sequence[AuditRule]) -> Found:
    """Yield the reports beside which another one stands for the same agency and year."""
    reports = evidence.corpus.reports
    version = versions(reports)
    ids = reports["report_id"].to_numpy(str)
    for rule in rules:
        evidence.count(rule, reports[["agency", "year"]].notna().all(axis="columns"))
        for place in np.flatnonzero(version >= 0).tolist():
            others = np.flatnonzero(version == version[place])
            listed = ", ".join(ids[other] for other in others if other != place)
            told = f"{len(others)} reports: {', '.join(ids[others])}"
            yield rule, Finding(place, "reports/year", float(len(others)), 1.0, told, words={"other": listed})
