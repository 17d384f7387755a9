"""What was noticed while a report was read, as findings (rules on missing parts, forms, placeholders, leaks)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import pandas as pd

from govreport_kit.auditing.evidence import Evidence
from govreport_kit.auditing.findings import Finding
from govreport_kit.codebook.entries import AuditRule
from govreport_kit.corpus.arrays import report_positions


def check_notes(evidence: Evidence, rules: Sequence[AuditRule]) -> Iterator[tuple[AuditRule, Finding]]:
    """Yield the notes with the codes of each rule; reports of which only a part was read lack nothing for that."""
    notes = evidence.corpus.notes
    places = report_positions(evidence.corpus, notes)
    for rule in rules:
        among = notes["code"].isin(rule.settings["codes"]).to_numpy(bool)
        whole = evidence.corpus.reports["complete"].to_numpy(bool)
        if rule.settings.get("only_complete"):
            among = among & whole[places]
        evidence.count(rule, whole if rule.settings.get("only_complete") else np.ones(len(whole), bool))
        for place, note in zip(places[among].tolist(), notes[among].itertuples(), strict=True):
            where = "text" if note.start is pd.NA else f"text/{note.start}-{note.end}"
            yield rule, Finding(place, where, evidence=str(note.message), words={"note": note.message})
