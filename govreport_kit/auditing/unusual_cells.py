"""Cells which are not the plain whole number that the form asks for (rule A5)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from govreport_kit.auditing.evidence import Evidence
from govreport_kit.auditing.findings import Finding, plain
from govreport_kit.auditing.noticed import noted
from govreport_kit.codebook.entries import AuditRule
from govreport_kit.corpus.arrays import TableArray


def check_unusual_cells(evidence: Evidence, rules: Sequence[AuditRule]) -> Iterator[tuple[AuditRule, Finding]]:
    """Yield the counts which are negative or not whole, and what was noted of words in cells."""
    for rule in rules:
        evidence.count(
            rule,
            np.logical_or.reduce([~np.isnan(array.value).all(axis=(1, 2)) for array in evidence.tables.values()]),
        )
        yield from noted(evidence, rule)
        for table, array in evidence.tables.items():
            for report, row, column in np.argwhere(_is_unusual(array, rule)).tolist():
                where = f"{table}/{array.rows[row]}/{array.columns[column]}"
                value = float(array.value[report, row, column])
                message = rule.settings["messages"]["number"]
                yield rule, Finding(report, where, value, evidence=f"{where} {plain(value)}", messages=message)


def _is_unusual(array: TableArray, rule: AuditRule) -> np.ndarray:
    value = np.nan_to_num(array.value)
    is_money = np.isin(array.columns, rule.settings["money"])
    is_signed = np.isin(array.columns, rule.settings["signed"])
    unusual: np.ndarray = ((value < 0) & ~is_signed) | ((value % 1 != 0) & ~is_money)
    return unusual
