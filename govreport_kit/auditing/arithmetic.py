"""The sums of the statutory form, in the tables of every report (rules A1 to A4)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray

from govreport_kit import codebook
from govreport_kit.auditing.causes import Cause, causes
from govreport_kit.auditing.evidence import Evidence
from govreport_kit.auditing.findings import Finding, plain
from govreport_kit.codebook.entries import AuditRule
from govreport_kit.corpus.arrays import NO_CELL, TableArray
from govreport_kit.corpus.systems import Floats, Place, System, system_of

_MOST_CELLS = 8


def check_identities(evidence: Evidence, rules: Sequence[AuditRule]) -> Iterator[tuple[AuditRule, Finding]]:
    """Yield what explains the failing identities of each report, under the first rule that it breaks.

    An identity with a cell that holds no number is not judged.
    """
    rule_of = {rule.settings["identity"]: rule for rule in rules}
    for table in ("requests", "reviews"):
        array = evidence.tables[table]
        for system, reports, values in _systems_of(array, table):
            residuals = system.residuals(values)
            for number, identity in enumerate(system.identities):
                if identity.kind in rule_of:
                    evidence.count(rule_of[identity.kind], reports[~np.isnan(residuals[:, number])])
            fails = np.flatnonzero((np.nan_to_num(residuals) != 0).any(axis=1))
            for place in fails:
                for cause in causes(system, values[place]):
                    broken = [system.identities[number] for number in cause.failing]
                    told = [rule_of[identity.kind] for identity in broken if identity.kind in rule_of]
                    if told:
                        rule = min(told, key=lambda rule: rule.key)
                        yield rule, _finding(int(reports[place]), rule, cause, system, values[place])


def _systems_of(array: TableArray, table: str) -> Iterator[tuple[System, NDArray[np.intp], Floats]]:
    """Group reports by the rows that their table has: each system with the places of its reports and their cells."""
    patterns, which = np.unique((array.state != NO_CELL).any(axis=2), axis=0, return_inverse=True)
    for number, pattern in enumerate(patterns):
        reports = np.flatnonzero(which.ravel() == number)
        rows = [row for row, there in zip(array.rows, pattern, strict=True) if there]
        if rows:
            system = system_of(tuple((table, row, column) for row in rows for column in array.columns))
            yield system, reports, array.value[reports][:, pattern].reshape(len(reports), -1)


def _finding(report: int, rule: AuditRule, cause: Cause, system: System, values: Floats) -> Finding:
    keys = {"row_total": "A3", "total_closed": "A2", "balance": "A1", "review_total": "A4"}
    follows = [f"{keys[system.identities[n].kind]} {system.identities[n].name}" for n in cause.failing]
    first, table = system.identities[cause.failing[0]], system.places[0][0]
    told = follows if cause.kind != "identity" else follows[1:]
    left, right = (_cells(system, values, [(table, *cell) for cell in cells]) for cells in (first.left, first.right))
    return Finding(
        report,
        f"{table}/{cause.where}",
        cause.observed,
        cause.expected,
        evidence=f"{left} | {right}",
        follows=tuple(told),
        messages=_messages().get(cause.kind),
    )


@cache
def _messages() -> dict[str, dict[str, str]]:
    return codebook.read_toml("audit_causes")


def _cells(system: System, values: Floats, places: Sequence[Place]) -> str:
    """Write the cells of a sum with their values; of long sums those which are not 0."""
    stated = [(place, values[system.places.index(place)]) for place in places]
    shown = stated if len(stated) <= _MOST_CELLS else [(place, value) for place, value in stated if value]
    return " + ".join(f"{row}/{column} {plain(value)}" for (_, row, column), value in shown) or "0"
