"""The sums of the statutory form, in the tables of every report (rules A1 to A4)."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from govreport_kit.audit.evidence import Evidence
from govreport_kit.audit.findings import Finding, plain
from govreport_kit.codebook.entries import AuditRule
from govreport_kit.corpus.arrays import TableArray
from govreport_kit.parsing.identities import Identity, Place, identities

_KIND_OF_NAME = {"balance": "balance", "total_closed": "total_closed"}


def check_identity(evidence: Evidence, rule: AuditRule) -> Iterator[Finding]:
    """Yield the identities of one kind which do not hold; one with a cell that holds no number is not judged."""
    wanted = rule.settings["identity"]
    table = "reviews" if wanted == "review_total" else "requests"
    array = evidence.tables[table]
    for identity in identities(table, array.rows):
        if _kind(table, identity) != wanted:
            continue
        left, right = _sum(array, identity.left), _sum(array, identity.right)
        for report in np.flatnonzero(left != right):
            if not np.isnan(left[report] + right[report]):
                yield Finding(
                    int(report),
                    f"{table}/{identity.name}",
                    float(left[report]),
                    float(right[report]),
                    evidence=f"{_cells(array, identity.left, report)} | {_cells(array, identity.right, report)}",
                )


def _kind(table: str, identity: Identity) -> str:
    if table == "reviews":
        return "review_total"
    return _KIND_OF_NAME.get(identity.name.split("/")[0], "row_total") if len(identity.left) > 1 or len(identity.right) > 6 else "row_total"


def _sum(array: TableArray, places: tuple[Place, ...]) -> np.ndarray:
    return sum(array.value[:, *array.place(*place)] for place in places)


def _cells(array: TableArray, places: tuple[Place, ...], report: int) -> str:
    return " + ".join(
        f"{row}/{column} {plain(array.value[report, *array.place(row, column)])}" for row, column in places
    )
