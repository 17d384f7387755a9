"""What was noticed while a report was read, as findings (rules on missing parts, forms, placeholders, leaks)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pandas as pd

from govreport_kit.auditing.evidence import Evidence
from govreport_kit.auditing.findings import Finding
from govreport_kit.codebook.entries import AuditRule
from govreport_kit.corpus.arrays import report_positions


def check_notes(evidence: Evidence, rules: Sequence[AuditRule]) -> Iterator[tuple[AuditRule, Finding]]:
    """Yield the notes with the codes of each rule, of the reports whose document the kit has read.

    A report of which only a part was read lacks nothing for that.
    """
    notes, reports = evidence.corpus.notes, evidence.corpus.reports
    was_read, complete = reports["sha256"].notna().to_numpy(bool), reports["complete"].to_numpy(bool)
    places = report_positions(evidence.corpus, notes)
    for rule in rules:
        among = notes["code"].isin(rule.settings["codes"]).to_numpy(bool)
        judged = was_read & complete if rule.settings.get("only_complete") else was_read
        among = among & judged[places]
        evidence.count(rule, judged)
        for place, note in zip(places[among].tolist(), notes[among].itertuples(), strict=True):
            where = "text" if note.start is pd.NA else f"text/{note.start}-{note.end}"
            yield rule, Finding(place, where, evidence=str(note.message), words={"note": note.message})
