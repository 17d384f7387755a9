"""Changed figures of a report: which places, by how much, and what the running text then tells."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from govreport_kit import codebook
from govreport_kit.report import Cell, Claim, Report
from govreport_kit.simulate.narrative import with_text

Place = tuple[str, str, str]
Changes = dict[Place, float]
KeyRow = tuple[str, str, str, object, object]


def values_of(report: Report) -> dict[Place, float | None]:
    """Return every figure of a report: cells, figures of the running text (``facts``) and claims (``claims``)."""
    facts: dict[Place, float | None] = {("facts", fact.indicator, ""): fact.value for fact in report.facts}
    claims = {("claims", claim.indicator, claim.kind): claim.value for claim in report.claims}
    return facts | claims | {(cell.table, cell.row, cell.column): cell.value for cell in report.cells}


def changed(report: Report, changes: Changes, rng: np.random.Generator) -> tuple[Report, list[KeyRow]] | None:
    """Add amounts to figures.

    Returns
    -------
    tuple of (Report, list) or None
        The report, its running text written anew if its figures changed, and the places with the
        true and the planted figure. None if there is nothing to change, or a place holds no figure.
    """
    values = values_of(report)
    if not changes or any(values.get(place) is None for place in changes):
        return None
    new = {place: _whole((values[place] or 0) + change) for place, change in changes.items()}
    return _with(report, new, rng), [(*place, values[place], value) for place, value in new.items()]


def retold(report: Report, changes: Changes) -> Changes:
    """Return changes of cells together with those of the figures by which the running text tells them."""
    told: Changes = {}
    for fact in report.facts:
        entry = codebook.indicators[fact.indicator]
        rows = codebook.group_members(entry.row) if entry.row in codebook.groups else [entry.row]
        change = sum(changes.get((entry.table, row, entry.column), 0) for row in rows)
        if entry.table and change:
            told["facts", fact.indicator, ""] = change
    return changes | told


def _whole(value: float) -> float:
    return int(value) if value == int(value) else value


def _with(report: Report, new: Mapping[Place, float], rng: np.random.Generator) -> Report:
    def cell_now(cell: Cell) -> Cell:
        value = new.get((cell.table, cell.row, cell.column))
        return cell if value is None else replace(cell, value=value, state="reported" if value else "zero")

    def claim_now(claim: Claim) -> Claim:
        return replace(claim, value=new.get(("claims", claim.indicator, claim.kind), claim.value))

    facts = tuple(replace(fact, value=new.get(("facts", fact.indicator, ""), fact.value)) for fact in report.facts)
    claims = tuple(map(claim_now, report.claims))
    now = replace(report, cells=tuple(map(cell_now, report.cells)), facts=facts, claims=claims)
    return with_text(now, rng) if report.text and facts != report.facts else now
