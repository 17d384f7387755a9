"""Counts of requests which stand only in the running text, as cells of the request table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from govreport_kit import codebook
from govreport_kit.codebook.entries import Indicator
from govreport_kit.parsing.told_sums import told_outcomes
from govreport_kit.report import Cell, Fact

_REQUEST_INDICATORS = [entry for entry in codebook.indicators.values() if entry.table == "requests"]


def narrative_cells(facts: Sequence[Fact], cells: Sequence[Cell]) -> list[Cell]:
    """Fill the request table with what only the running text tells.

    A count gets a cell where the facts give exactly one value for its indicator, none of them an
    approximate one (a cell cannot say "about"), and no cell of the table, be it blank, stands for
    its row; for a group such as ``refused``, none for any of the group's rows either.

    The total of closed requests is derived where neither table nor text states it, the report has
    no request table, and two ways through the running text agree: the sum of all stated outcomes,
    and received + carried over - carried forward (12 + 5 + 19 = 36 = 38 - 2). Received and carried
    forward must be stated for that; a carry-over that is not stated is taken to be none.

    Parameters
    ----------
    facts : sequence of Fact
        The figures of the running text.
    cells : sequence of Cell
        The cells of the report's tables.

    Returns
    -------
    list of Cell
        New cells of the table ``requests``, column ``total``: source ``narrative`` with the span
        of the first fact that gives the count, or source ``derived`` without a span.
    """
    in_table = {cell.row for cell in cells if cell.table == "requests" and cell.source == "table"}
    told = [
        _narrative_cell(indicator, fact)
        for indicator in _REQUEST_INDICATORS
        if in_table.isdisjoint(_rows_of(indicator.row)) and (fact := _single_count(facts, indicator.key)) is not None
    ]
    if in_table or _is_stated(facts, "total_closed") or (total := _derived_total(facts, told)) is None:
        return told
    return [*told, total]


def _rows_of(row: str) -> list[str]:
    return [row, *codebook.group_members(row)] if row in codebook.groups else [row]


def _single_count(facts: Iterable[Fact], indicator: str) -> Fact | None:
    """Return the first fact of an indicator, if its facts agree on one exact count."""
    told = [fact for fact in facts if fact.indicator == indicator]
    if len({fact.value for fact in told}) != 1 or any(fact.approx for fact in told):
        return None
    return told[0] if told[0].value >= 0 and told[0].value == int(told[0].value) else None


def _narrative_cell(indicator: Indicator, fact: Fact) -> Cell:
    return Cell(
        table=indicator.table,
        row=indicator.row,
        column=indicator.column,
        value=int(fact.value),
        state="reported" if fact.value else "zero",
        source="narrative",
        start=fact.start,
        end=fact.end,
    )


def _is_stated(facts: Iterable[Fact], row: str) -> bool:
    keys = {entry.key for entry in _REQUEST_INDICATORS if entry.row == row}
    return any(fact.indicator in keys for fact in facts)


def _derived_total(facts: Sequence[Fact], told: Iterable[Cell]) -> Cell | None:
    counts = {cell.row: int(cell.value) for cell in told if cell.value is not None}
    unclear = any(_is_stated(facts, entry.row) and entry.row not in counts for entry in _REQUEST_INDICATORS)
    if unclear or not {"received_new", "carried_forward"} <= counts.keys():
        return None
    outcomes = told_outcomes(counts)
    if not outcomes:
        return None
    total = sum(map(int, outcomes.values()))
    if total != counts["received_new"] + counts.get("carried_over", 0) - counts["carried_forward"]:
        return None
    return Cell("requests", "total_closed", "total", total, "reported" if total else "zero", source="derived")
