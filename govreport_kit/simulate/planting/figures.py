"""Errors in the figures of one report."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from govreport_kit import codebook
from govreport_kit.report import Report
from govreport_kit.simulate.planting.changes import Changes, Place, retold, values_of

_MOST = 10
_YUAN = 10_000
_WITHOUT_RULES = ("county", "department", "township")
_WITHOUT_PENALTIES = ("市场监督管理局", "交通运输局")
_DISTINCTIVE = 100
_UNRELATED = (
    ("items_reviewed", "onsite_visits"), ("website_items", "trainees"), ("proactive_items", "trainees"),
    ("new_media_items", "onsite_visits"), ("website_items", "messages_received"),
)  # fmt: skip
_NO_OUTCOMES = ("total_closed", "carried_over", "carried_forward", "received_new")


def some(rng: np.random.Generator, most: int = _MOST) -> int:
    """Return a small amount, other than 0."""
    return int(rng.integers(1, most))


def applicant(rng: np.random.Generator) -> str:
    """Return one of the six kinds of applicants."""
    parts = applicants()
    return parts[rng.integers(len(parts))]


def applicants() -> list[str]:
    """Return the six kinds of applicants."""
    return [column.key for column in codebook.table_columns("requests") if column.key != "total"]


def outcome_rows(report: Report) -> list[str]:
    """Return the rows of a report which hold outcomes of requests."""
    rows = dict.fromkeys(cell.row for cell in report.table("requests"))
    return [row for row in rows if row not in _NO_OUTCOMES]


def moved_to(report: Report, row: str) -> Changes:
    """Move all outcomes to one row: every sum still holds."""
    values = values_of(report)
    changes: Changes = {}
    for column in (*applicants(), "total"):
        moved = {other: values.get(("requests", other, column)) or 0 for other in outcome_rows(report) if other != row}
        changes |= {("requests", other, column): -value for other, value in moved.items() if value}
        changes[("requests", row, column)] = sum(moved.values())
    return retold(report, {place: change for place, change in changes.items() if change})


def claimed(kind: str) -> Callable[[Report, np.random.Generator], Changes]:
    """Return the error of telling one claim of that kind too high."""

    def claim_too_high(report: Report, rng: np.random.Generator) -> Changes:
        claims: list[Place] = [("claims", claim.indicator, claim.kind) for claim in report.claims if claim.kind == kind]
        return {claims[rng.integers(len(claims))]: some(rng)} if claims else {}

    return claim_too_high


def _in_row(row: str, rng: np.random.Generator) -> Changes:
    """Add to a row and to its total, so that the row still adds up and the columns do not."""
    added = some(rng)
    return {("requests", row, applicant(rng)): added, ("requests", row, "total"): added}


def _balance(report: Report, rng: np.random.Generator) -> Changes:
    return _in_row("carried_over", rng)


def _outcomes(report: Report, rng: np.random.Generator) -> Changes:
    return _in_row("granted", rng)


def _row_total(report: Report, rng: np.random.Generator) -> Changes:
    """Move requests from one outcome to another: the columns still add up, both rows do not."""
    column = applicant(rng)
    moved = values_of(report).get(("requests", "granted", column))
    if not moved:
        return {}
    return {("requests", "granted", column): -moved, ("requests", "partially_granted", column): moved}


def _review_total(report: Report, rng: np.random.Generator) -> Changes:
    rows = codebook.table_rows("reviews")
    return {("reviews", rows[rng.integers(len(rows))].key, "total"): some(rng)}


def _one_cell(report: Report, rng: np.random.Generator) -> Changes:
    """Change one cell: by one, by a few, by many, or by a digit too many."""
    cells = [cell for cell in report.table("requests") if cell.value is not None]
    cell = cells[rng.integers(len(cells))]
    value = int(cell.value or 0)
    sizes = [1, some(rng), 10 * some(rng), 1000 + some(rng), 9 * value or 1, -value or 1]
    return {("requests", cell.row, cell.column): sizes[rng.integers(len(sizes))]}


def _row_of_totals(report: Report, rng: np.random.Generator) -> Changes:
    """Change the row of totals in three columns and its own total: it still adds up, no column does."""
    columns = rng.permutation(applicants())[:3].tolist()
    added: Changes = {("requests", "total_closed", column): some(rng) for column in columns}
    return added | {("requests", "total_closed", "total"): sum(added.values())}


def _shifted_rows(report: Report, rng: np.random.Generator) -> Changes:
    """Put the rows from one on a row lower; the last of them comes to stand in the first place."""
    rows = list(dict.fromkeys(cell.row for cell in report.table("requests")))
    first = int(rng.integers(2, len(rows) - 8))
    return _moved(report, [(row, rows[first:][place - 1]) for place, row in enumerate(rows[first:])])


def _moved(report: Report, pairs: Sequence[tuple[str, str]]) -> Changes:
    """Return the changes by which each first row holds what the second held."""
    values = values_of(report)
    changes: Changes = {}
    for row, other in pairs:
        for column in (*applicants(), "total"):
            change = (values.get(("requests", other, column)) or 0) - (values.get(("requests", row, column)) or 0)
            changes[("requests", row, column)] = change
    failing = sum(bool(changes.get(("requests", "total_closed", column))) for column in (*applicants(), "total"))
    return {place: change for place, change in changes.items() if change} if failing > 2 else {}


def _shifted_columns(report: Report, rng: np.random.Generator) -> Changes:
    """Exchange the column of totals and that of natural persons, if the table has enough rows to tell."""
    values = values_of(report)
    changes: Changes = {}
    for row in dict.fromkeys(cell.row for cell in report.table("requests")):
        one, other = (values.get(("requests", row, column)) or 0 for column in ("natural_person", "total"))
        if one != other:
            changes |= {("requests", row, "natural_person"): other - one, ("requests", row, "total"): one - other}
    return changes if len(changes) >= 6 else {}


def _carry(report: Report, rng: np.random.Generator) -> Changes:
    """Move requests from those received to those carried over: only the link to the year before breaks."""
    values = values_of(report)
    columns = [column for column in applicants() if values.get(("requests", "received_new", column))]
    if not columns:
        return {}
    column = columns[rng.integers(len(columns))]
    added = 1 + int(rng.integers(min(int(values["requests", "received_new", column] or 1), _MOST)))
    changes: Changes = {("requests", "carried_over", place): added for place in (column, "total")}
    return retold(report, changes | {("requests", "received_new", place): -added for place in (column, "total")})


def _told(report: Report, rng: np.random.Generator) -> Changes:
    told = [fact.indicator for fact in report.facts if codebook.indicators[fact.indicator].table]
    return {("facts", told[rng.integers(len(told))], ""): some(rng)} if told else {}


def _told_part(report: Report, rng: np.random.Generator) -> Changes:
    """Raise a part in the running text, beside the wholes told with it."""
    wanted = {"requests_received", "requests_carried_over", "requests_closed", "requests_granted", "requests_refused",
              "requests_other"}  # fmt: skip
    told = wanted <= {fact.indicator for fact in report.facts}
    return {("facts", "requests_granted", ""): some(rng)} if told else {}


def _all_in_time(report: Report, rng: np.random.Generator) -> Changes:
    """Tell that all was answered in time, where requests are carried forward."""
    values = values_of(report)
    rate, forward = values.get(("facts", "on_time_rate", "")), values.get(("requests", "carried_forward", "total"))
    return {("facts", "on_time_rate", ""): 100 - rate} if rate and rate < 100 and forward else {}


def _rules_without_power(report: Report, rng: np.random.Generator) -> Changes:
    places = (("disclosure", "regulations", column) for column in ("issued", "in_force"))
    return dict.fromkeys(places, 1) if report.level in _WITHOUT_RULES and report.form == "f2021" else {}


def _no_penalties(report: Report, rng: np.random.Generator) -> Changes:
    place: Place = ("disclosure", "penalties", "decisions")
    penalties = values_of(report).get(place)
    return {place: -penalties} if penalties and (report.agency or "").endswith(_WITHOUT_PENALTIES) else {}


def _zeros(report: Report, rng: np.random.Generator) -> Changes:
    """Set the table of requests to 0, while the running text tells of some."""
    if not any(fact.indicator == "requests_received" and fact.value for fact in report.facts):
        return {}
    return {(cell.table, cell.row, cell.column): -cell.value for cell in report.table("requests") if cell.value}


def _all_granted(report: Report, rng: np.random.Generator) -> Changes:
    closed = values_of(report).get(("requests", "total_closed", "total")) or 0
    return moved_to(report, "granted") if closed >= 20 else {}


def _fees_in_yuan(report: Report, rng: np.random.Generator) -> Changes:
    place = ("disclosure", "fees", "amount_10k_cny")
    amount = values_of(report).get(place)
    return {place: round(amount * _YUAN) - amount} if amount else {}


def _odd_fee(report: Report, rng: np.random.Generator) -> Changes:
    told = ("facts", "information_fee", "")
    return {told: some(rng)} if values_of(report).get(told) is not None else {}


def _same_figure(report: Report, rng: np.random.Generator) -> Changes:
    """Tell one figure of two matters that have nothing to do with each other."""
    values = values_of(report)
    for source, target in _UNRELATED:
        one, other = (values.get(("facts", key, "")) for key in (source, target))
        if one and one >= _DISTINCTIVE and other is not None and one != other:
            return {("facts", target, ""): one - other}
    return {}


RULES: dict[str, Callable[[Report, np.random.Generator], Changes]] = {
    "A.cell": _one_cell,
    "A.row": _row_of_totals,
    "A.shifted_rows": _shifted_rows,
    "A.shifted_columns": _shifted_columns,
    "A1": _balance,
    "A2": _outcomes,
    "A3": _row_total,
    "A4": _review_total,
    "B1": _carry,
    "C1": _told,
    "C2": _told_part,
    "C3": claimed("share"),
    "C5": _all_in_time,
    "D1": _rules_without_power,
    "D2": _no_penalties,
    "D3": _zeros,
    "D4": _all_granted,
    "D6": _fees_in_yuan,
    "D7": _odd_fee,
    "F7": _same_figure,
}
