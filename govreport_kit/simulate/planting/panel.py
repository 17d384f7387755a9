"""Errors which other reports show: mostly that of the year before."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from govreport_kit.report import Report
from govreport_kit.simulate.planting.changes import Changes, retold, values_of
from govreport_kit.simulate.planting.figures import RULES, claimed, moved_to, outcome_rows, some

PanelRule = Callable[[Report, Report, np.random.Generator], Changes]

_BASE = 20
_REVIEW_YEAR = 2024


def _added_to(*place: str) -> PanelRule:
    """Return the error of telling too much in a cell which both reports have."""
    table, row, column = place

    def add(report: Report, before: Report, rng: np.random.Generator) -> Changes:
        both = all(values_of(one).get((table, row, column)) is not None for one in (report, before))
        return retold(report, {(table, row, column): some(rng)}) if both else {}

    return add


def _fees_in_yuan(report: Report, before: Report, rng: np.random.Generator) -> Changes:
    """Tell charges in yuan which were told in 10,000 yuan the year before."""
    return RULES["D6"](report, rng) if values_of(before).get(("disclosure", "fees", "amount_10k_cny")) else {}


def _carry(report: Report, before: Report, rng: np.random.Generator) -> Changes:
    return RULES["B1"](report, rng)


def _jump(report: Report, before: Report, rng: np.random.Generator) -> Changes:
    """Make the penalties some seven times those of the year before."""
    place = ("disclosure", "penalties", "decisions")
    now, then = values_of(report).get(place), values_of(before).get(place)
    return {place: 7 * then + some(rng) - now} if then and then >= _BASE and now is not None else {}


def _classed_otherwise(report: Report, before: Report, rng: np.random.Generator) -> Changes:
    """Class all outcomes as not held, after a year in which few were."""
    now, then = values_of(report), values_of(before)
    enough = all((values.get(("requests", "total_closed", "total")) or 0) >= _BASE for values in (now, then))
    closed = then.get(("requests", "total_closed", "total")) or 0
    few = (then.get(("requests", "unable.not_held", "total")) or 0) < 0.7 * closed
    return moved_to(report, "unable.not_held") if enough and few else {}


def _still_direct_suits(report: Report, before: Report, rng: np.random.Generator) -> Changes:
    """Add direct suits in the year from which refusals go to reconsideration first."""
    now, then = values_of(report), values_of(before)
    refused = sum(now.get(("requests", row, "total")) or 0 for row in outcome_rows(report) if row.startswith("refused"))
    cases = sum(then.get(("reviews", row, "total")) or 0 for row in ("reconsideration", "litigation_direct"))
    if report.year != _REVIEW_YEAR or refused < _BASE or cases < 10:
        return {}
    added = 10 + 99 * int(now.get(("reviews", "reconsideration", "total")) or 0)
    changes: Changes = {("reviews", "litigation_direct", outcome): added for outcome in ("upheld", "total")}
    if now.get(("facts", "litigation_cases", "")) is not None:
        changes["facts", "litigation_cases", ""] = added
    return changes


def _stale_copy(report: Report, before: Report, rng: np.random.Generator) -> Changes:
    """Print last year's tables once more."""
    now, then = values_of(report), values_of(before)
    cells = [place for place, value in then.items() if place[0] not in ("facts", "claims") and value is not None]
    if report.form != before.form or sum(bool(then[place]) for place in cells) < 10:
        return {}
    changes = {place: (then[place] or 0) - (now[place] or 0) for place in cells if now.get(place) is not None}
    return retold(report, {place: change for place, change in changes.items() if change})


def _less_than_a_member(report: Report, before: Report, rng: np.random.Generator) -> Changes:
    """Give no reconsiderations for a whole area; where a body inside of it has some, that is an error."""
    if report.scope != "aggregate" or report.region_code is None:
        return {}
    cells = [cell for cell in report.table("reviews") if cell.row == "reconsideration" and cell.value]
    return retold(report, {(cell.table, cell.row, cell.column): -(cell.value or 0) for cell in cells})


def _of_one(plant: Callable[[Report, np.random.Generator], Changes]) -> PanelRule:
    return lambda report, before, rng: plant(report, rng)


PANEL_RULES: dict[str, PanelRule] = {
    "B1.after": _carry,
    "B2": _added_to("disclosure", "normative_documents", "in_force"),
    "B3": _added_to("disclosure", "licences", "last_year_items"),
    "B4": _of_one(claimed("previous")),
    "C4": _of_one(claimed("growth")),
    "D5": _jump,
    "D5a": _classed_otherwise,
    "D6.after": _fees_in_yuan,
    "D8": _still_direct_suits,
    "F6": _stale_copy,
    "G1": _less_than_a_member,
}
