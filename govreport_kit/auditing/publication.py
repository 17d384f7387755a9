"""When a report was published: after its due day, or on a day that it does not tell (rule E4)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pandas as pd

from govreport_kit.auditing.evidence import Evidence
from govreport_kit.auditing.findings import Finding
from govreport_kit.auditing.roster.deadlines import due_date
from govreport_kit.codebook.entries import AuditRule


def check_publication(evidence: Evidence, rules: Sequence[AuditRule]) -> Iterator[tuple[AuditRule, Finding]]:
    """Yield the reports which were published late, and those which the kit has read whole without finding a date."""
    reports = evidence.corpus.reports
    was_read = reports["sha256"].notna() & reports["complete"]
    for rule in rules:
        due = _due_days(reports)
        late = (reports["published"] - due).dt.days
        evidence.count(rule, (late.notna() | was_read).to_numpy(bool))
        for place in (late > 0).to_numpy(bool).nonzero()[0].tolist():
            published = reports["published"].iloc[place]
            words = {"published": f"{published:%Y-%m-%d}", "due": f"{due.iloc[place]:%Y-%m-%d}"}
            told = f"{words['published']}, due {words['due']}"
            yield rule, Finding(place, "reports/published", float(late.iloc[place]), 0.0, told, words=words)
        undated = (was_read & reports["published"].isna()).to_numpy(bool)
        for place in undated.nonzero()[0].tolist():
            yield rule, Finding(place, "reports/published", messages=rule.settings["messages"]["undated"])


def _due_days(reports: pd.DataFrame) -> pd.Series[pd.Timestamp]:
    """Return the day by which each report was due; NaT where no rule sets one."""
    pairs = reports[["year", "level"]].astype(object).itertuples(index=False, name=None)
    due = [None if pd.isna(year) or pd.isna(level) else due_date(int(year), level) for year, level in pairs]
    return pd.to_datetime(pd.Series(due, index=reports.index, dtype=object))
