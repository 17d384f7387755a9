"""Reports which share their text with last year's or with another agency's (rule F5)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import pandas as pd

from govreport_kit.auditing.evidence import Evidence
from govreport_kit.auditing.findings import Finding
from govreport_kit.codebook.entries import AuditRule


def check_text_reuse(evidence: Evidence, rules: Sequence[AuditRule]) -> Iterator[tuple[AuditRule, Finding]]:
    """Yield the pairs of reports which share more of their own words than the rule allows; the later one is told."""
    if not evidence.texts:
        return
    from govreport_kit.auditing.reuse import text_reuse  # needs the extra `reuse`

    place_of = {report_id: place for place, report_id in enumerate(evidence.corpus.reports["report_id"])}
    for rule in rules:
        limits = {name: rule.settings[name] for name in ("same_agency", "cross_agency")}
        found = text_reuse(evidence.texts, corpus=evidence.corpus, **limits)
        compared = evidence.texts.keys() - found.attrs["not_compared"]
        evidence.count(rule, [place_of[report_id] for report_id in compared])
        pairs: list[Any] = list(found.itertuples())
        for pair in pairs:
            passage = next(iter(pair.passages), None)
            same_agency = not pd.isna(pair.same_agency) and bool(pair.same_agency)
            yield (
                rule,
                Finding(
                    place_of[pair.report_id],
                    f"text/{passage.start}-{passage.end}" if passage else "text",
                    round(float(pair.jaccard), 3),
                    limits["same_agency" if same_agency else "cross_agency"],
                    evidence=passage.quote if passage else "",
                    words={"other": pair.other_id},
                ),
            )
