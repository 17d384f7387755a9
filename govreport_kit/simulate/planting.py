"""Errors planted in sound reports, with a key: what an audit has to find, and nothing else."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import replace

import numpy as np
import pandas as pd

from govreport_kit import codebook
from govreport_kit.codebook import nearest
from govreport_kit.errors import UnknownKeyError
from govreport_kit.report import Cell, Report
from govreport_kit.simulate.narrative import with_text

Place = tuple[str, str, str]
Changes = dict[Place, float]
_KEY = ["report_id", "rule", "table", "row", "column", "true", "planted"]
_MOST = 10
_YUAN = 10_000
_WITHOUT_RULES = ("county", "department", "township")


def plant_errors(
    reports: Iterable[Report],
    rules: Collection[str],
    rng: int | np.random.Generator = 0,
    *,
    share: float = 0.1,
) -> tuple[list[Report], pd.DataFrame]:
    """Plant one error each in some of the reports.

    Parameters
    ----------
    reports : iterable of Report
        Sound ones, as `synthetic_report` gives them.
    rules : collection of str
        Keys of `RULES`; the kinds of error to plant.
    rng : int or numpy.random.Generator
        The same seed plants the same errors.
    share : float
        The share of reports to plant an error in. A report in which the chosen rule cannot be
        broken, because a cell is blank or the level does not fit, stays sound.

    Returns
    -------
    tuple of (list of Report, pandas.DataFrame)
        The reports in their order, and the key: one row a changed figure, with the columns
        report_id, rule, table, row, column, true, planted. For a figure of the running text the
        table is ``facts`` and the row its indicator.

    Raises
    ------
    UnknownKeyError
        If there is no such rule.
    """
    for rule in rules:
        if rule not in RULES:
            raise UnknownKeyError("rule to break", rule, nearest(rule, RULES))
    rng = np.random.default_rng(rng)
    listed = sorted(rules)
    planted, key = [], []
    for report in reports:
        values = _values(report)
        changes = {}
        if listed and rng.random() < share:
            rule = listed[rng.integers(len(listed))]
            changes = RULES[rule](report, rng)
        if changes and all(values.get(place) is not None for place in changes):
            key += [(report.id, rule, *place, values[place], value) for place, value in _new(values, changes).items()]
            report = _changed(report, _new(values, changes), rng)
        planted.append(report)
    return planted, pd.DataFrame(key, columns=_KEY)


def _values(report: Report) -> dict[Place, float | None]:
    facts: dict[Place, float | None] = {("facts", fact.indicator, ""): fact.value for fact in report.facts}
    return facts | {(cell.table, cell.row, cell.column): cell.value for cell in report.cells}


def _new(values: Mapping[Place, float | None], changes: Changes) -> dict[Place, float]:
    return {place: _whole((values[place] or 0) + change) for place, change in changes.items()}


def _whole(value: float) -> float:
    return int(value) if value == int(value) else value


def _changed(report: Report, new: Mapping[Place, float], rng: np.random.Generator) -> Report:
    def cell_now(cell: Cell) -> Cell:
        value = new.get((cell.table, cell.row, cell.column))
        return cell if value is None else replace(cell, value=value, state="reported" if value else "zero")

    facts = tuple(replace(fact, value=new.get(("facts", fact.indicator, ""), fact.value)) for fact in report.facts)
    changed = replace(report, cells=tuple(map(cell_now, report.cells)), facts=facts)
    return with_text(changed, rng) if report.text and facts != report.facts else changed


def _some(rng: np.random.Generator) -> int:
    return int(rng.integers(1, _MOST))


def _applicant(rng: np.random.Generator) -> str:
    parts = [column.key for column in codebook.table_columns("requests") if column.key != "total"]
    return parts[rng.integers(len(parts))]


def _in_row(row: str, rng: np.random.Generator) -> Changes:
    """Add to a row and to its total, so that the row still adds up and the columns do not."""
    added = _some(rng)
    return {("requests", row, _applicant(rng)): added, ("requests", row, "total"): added}


def _balance(report: Report, rng: np.random.Generator) -> Changes:
    return _in_row("carried_over", rng)


def _outcomes(report: Report, rng: np.random.Generator) -> Changes:
    return _in_row("granted", rng)


def _row_total(report: Report, rng: np.random.Generator) -> Changes:
    """Move requests from one outcome to another: the columns still add up, both rows do not."""
    column = _applicant(rng)
    moved = _values(report).get(("requests", "granted", column))
    if not moved:
        return {}
    return {("requests", "granted", column): -moved, ("requests", "partially_granted", column): moved}


def _review_total(report: Report, rng: np.random.Generator) -> Changes:
    rows = codebook.table_rows("reviews")
    return {("reviews", rows[rng.integers(len(rows))].key, "total"): _some(rng)}


def _carry(report: Report, rng: np.random.Generator) -> Changes:
    """Add to both ends of the flow: the report is sound by itself and does not follow from the year before."""
    column, added = _applicant(rng), _some(rng)
    rows = ("carried_over", "carried_forward")
    return {("requests", row, place): added for row in rows for place in (column, "total")}


def _told(report: Report, rng: np.random.Generator) -> Changes:
    told = [fact.indicator for fact in report.facts if codebook.indicators[fact.indicator].table]
    return {("facts", told[rng.integers(len(told))], ""): _some(rng)} if told else {}


def _rules_without_power(report: Report, rng: np.random.Generator) -> Changes:
    places = (("disclosure", "regulations", column) for column in ("issued", "in_force"))
    return dict.fromkeys(places, 1) if report.level in _WITHOUT_RULES and report.form == "f2021" else {}


def _fees_in_yuan(report: Report, rng: np.random.Generator) -> Changes:
    place = ("disclosure", "fees", "amount_10k_cny")
    amount = _values(report).get(place)
    return {place: round(amount * _YUAN) - amount} if amount else {}


RULES: dict[str, Callable[[Report, np.random.Generator], Changes]] = {
    "A1": _balance,
    "A2": _outcomes,
    "A3": _row_total,
    "A4": _review_total,
    "B1": _carry,
    "C1": _told,
    "D1": _rules_without_power,
    "D6": _fees_in_yuan,
}
