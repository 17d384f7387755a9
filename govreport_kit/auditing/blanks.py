"""Cells without a number: the value, or its limits, which the other cells leave for them (rule A6)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import pandas as pd

from govreport_kit.auditing.evidence import Evidence
from govreport_kit.auditing.findings import Finding
from govreport_kit.auditing.places import place_in_words
from govreport_kit.codebook.entries import AuditRule
from govreport_kit.corpus.arrays import NO_CELL
from govreport_kit.identification import cell_bounds


def check_blanks(evidence: Evidence, rules: Sequence[AuditRule]) -> Iterator[tuple[AuditRule, Finding]]:
    """Yield for each table with cells that hold no number what its sums tell about them; one finding a table.

    Cells which a report does not have at all, as where only totals were read, are left out. The
    limits hold, but may be wider than those of `govreport_kit.identification.cell_bounds` by default.
    """
    reports = evidence.corpus.reports["report_id"]
    place_of = pd.Index(reports)
    for rule in rules:
        blank = {table: _blank_cells(evidence, table) for table in rule.settings["tables"]}
        has_blanks = np.logical_or.reduce([cells.any(axis=(1, 2)) for cells in blank.values()])
        evidence.count(rule, has_blanks)
        if not has_blanks.any():
            continue
        bounds = cell_bounds(evidence.corpus.select(has_blanks), rule.settings["tables"], sharp=False)
        known = bounds[bounds["state"].isin(["determined", "bounded"])]
        by_table: dict[tuple[int, str], list[Any]] = {}
        cells: list[Any] = list(known.itertuples())
        for cell, place in zip(cells, place_of.get_indexer(known["report_id"]).tolist(), strict=True):
            if blank[cell.table][place][evidence.tables[cell.table].place(cell.row, cell.column)]:
                by_table.setdefault((place, cell.table), []).append(cell)
        for (place, table), found in by_table.items():
            found.sort(key=lambda cell: -cell.high)
            yield rule, _finding(rule, place, table, found, int(blank[table][place].sum()))


def _blank_cells(evidence: Evidence, table: str) -> np.ndarray:
    array = evidence.tables[table]
    blank: np.ndarray = (array.state != NO_CELL) & np.isnan(array.value)
    return blank


def _finding(rule: AuditRule, report: int, table: str, cells: Sequence[Any], blank: int) -> Finding:
    determined = sum(cell.state == "determined" for cell in cells)
    words: dict[str, Any] = {"blank": blank, "determined": determined, "bounded": len(cells) - determined}
    for language in ("en", "zh"):
        places = [f"{table}/{cell.row}/{cell.column}" for cell in cells[: rule.settings["shown"]]]
        told = [
            f"{place_in_words(place, language)} {_limits(cell)}" for place, cell in zip(places, cells, strict=False)
        ]
        words[f"cells_{language}"] = "; ".join([*told, *["…"] * (len(cells) > len(told))])
    shown = "; ".join(f"{cell.row}/{cell.column} {_limits(cell)}" for cell in cells)
    return Finding(report, table, evidence=shown, words=words)


def _limits(cell: Any) -> str:
    return f"= {cell.low}" if cell.state == "determined" else f"{cell.low} … {cell.high}"
