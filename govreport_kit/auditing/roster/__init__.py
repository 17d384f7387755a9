"""Roster and missingness: which reports are expected, which are there, and what the gaps may hide."""

from govreport_kit.auditing.roster.deadlines import due_date, publication_lag
from govreport_kit.auditing.roster.errors import RosterError
from govreport_kit.auditing.roster.gaps import coverage, mean_bounds, missing_by_value
from govreport_kit.auditing.roster.matching import agency_key
from govreport_kit.auditing.roster.status import roster_of, roster_status, unexpected_reports

__all__ = [
    "RosterError",
    "agency_key",
    "coverage",
    "due_date",
    "mean_bounds",
    "missing_by_value",
    "publication_lag",
    "roster_of",
    "roster_status",
    "unexpected_reports",
]
