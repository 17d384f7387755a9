"""The sums of the statutory form, in the tables of every report (rules A1 to A4)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

import numpy as np

from govreport_kit import codebook
from govreport_kit.auditing.causes import Cause, causes
from govreport_kit.auditing.evidence import Evidence
from govreport_kit.auditing.findings import Finding, plain
from govreport_kit.auditing.systems import Floats, System, systems_of
from govreport_kit.codebook.entries import AuditRule

_MOST_CELLS = 8


def check_identities(evidence: Evidence, rules: Sequence[AuditRule]) -> Iterator[tuple[AuditRule, Finding]]:
    """Yield what explains the failing identities of each report, under the first rule that it breaks.

    An identity with a cell that holds no number is not judged.
    """
    rule_of = {rule.settings["identity"]: rule for rule in rules}
    for table in ("requests", "reviews"):
        array = evidence.tables[table]
        for system, reports in systems_of(array, table):
            values = array.value[reports].reshape(len(reports), -1)
            residuals = system.residuals(values)
            for number, identity in enumerate(system.identities):
                if identity.kind in rule_of:
                    evidence.count(rule_of[identity.kind], ~np.isnan(residuals[:, number]))
            fails = np.flatnonzero((np.nan_to_num(residuals) != 0).any(axis=1))
            for place in fails:
                for cause in causes(system, values[place]):
                    broken = [system.identities[number] for number in cause.failing]
                    told = [rule_of[identity.kind] for identity in broken if identity.kind in rule_of]
                    if told:
                        rule = min(told, key=lambda rule: rule.key)
                        yield rule, _finding(int(reports[place]), rule, cause, system, values[place])


def _finding(report: int, rule: AuditRule, cause: Cause, system: System, values: Floats) -> Finding:
    keys = {"row_total": "A3", "total_closed": "A2", "balance": "A1", "review_total": "A4"}
    follows = [f"{keys[system.identities[n].kind]} {system.identities[n].name}" for n in cause.failing]
    first = system.identities[cause.failing[0]]
    told = follows if cause.kind != "identity" else follows[1:]
    left, right = (_cells(system, values, places) for places in (first.left, first.right))
    return Finding(
        report,
        f"{system.table}/{cause.where}",
        cause.observed,
        cause.expected,
        evidence=f"{left} | {right}",
        follows=tuple(told),
        messages=_messages().get(cause.kind),
    )


@cache
def _messages() -> dict[str, dict[str, str]]:
    return codebook.read_toml("audit_causes")


def _cells(system: System, values: Floats, places: Sequence[tuple[str, str]]) -> str:
    """Write the cells of a sum with their values; of long sums those which are not 0."""
    stated = [(place, values[system.cells.index(place)]) for place in places]
    shown = stated if len(stated) <= _MOST_CELLS else [(place, value) for place, value in stated if value]
    return " + ".join(f"{row}/{column} {plain(value)}" for (row, column), value in shown) or "0"
