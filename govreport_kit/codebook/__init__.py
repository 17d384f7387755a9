"""The codebook: what a report may say, as data.

Every list of names that the kit knows (forms, table rows and columns, indicators, metrics, levels,
regions, note codes, colours) is a file below ``codebook/data`` and is read here, once, into typed
entries. ``codebook.metrics`` and its siblings are mappings from key to entry which show themselves
as a table in a notebook.
"""

from __future__ import annotations

import re
from functools import cache

from govreport_kit.codebook.entries import (
    AuditRule,
    CellMapping,
    Colour,
    Column,
    Form,
    FormMark,
    FrameColumn,
    Group,
    Indicator,
    Label,
    Metric,
    Region,
    Row,
    SectionName,
    ShortName,
    StatisticsRow,
    Table,
    Term,
    Threshold,
    Variant,
)
from govreport_kit.codebook.legal import AnswerPeriod, Break, Deadline
from govreport_kit.codebook.loading import read_audit_rules, read_csv, read_metrics, read_terms, read_toml
from govreport_kit.codebook.vocabulary import Vocabulary, nearest

levels: Vocabulary[Term] = read_terms("level")
scopes: Vocabulary[Term] = read_terms("scope")
states: Vocabulary[Term] = read_terms("state")
sources: Vocabulary[Term] = read_terms("source")
failures: Vocabulary[Term] = read_terms("failure")
claims: Vocabulary[Term] = read_terms("claim")
corrections: Vocabulary[Term] = read_terms("correction")
verdicts: Vocabulary[Term] = read_terms("verdict")
frames: Vocabulary[Term] = read_terms("frame")
severities: Vocabulary[Term] = read_terms("severity")
audit_needs: Vocabulary[Term] = read_terms("audit_need")
text_gaps: Vocabulary[Term] = read_terms("text_gap")
notes: Vocabulary[Term] = Vocabulary("note", read_csv("notes", Term))
forms: Vocabulary[Form] = Vocabulary("form", read_csv("forms", Form))
form_marks: tuple[FormMark, ...] = read_csv("form_marks", FormMark)
tables: Vocabulary[Table] = Vocabulary("table", read_csv("tables", Table))
rows: tuple[Row, ...] = read_csv("rows", Row)
groups: Vocabulary[Group] = Vocabulary("group", read_csv("groups", Group))
columns: tuple[Column, ...] = read_csv("columns", Column)
labels: tuple[Label, ...] = read_csv("labels", Label)
statistics: Vocabulary[StatisticsRow] = Vocabulary("row of the statistics table", read_csv("statistics", StatisticsRow))
mapping: tuple[CellMapping, ...] = read_csv("mapping", CellMapping)
indicators: Vocabulary[Indicator] = Vocabulary("indicator", read_csv("indicators", Indicator))
sections: Vocabulary[SectionName] = Vocabulary("section", read_csv("sections", SectionName))
metrics: Vocabulary[Metric] = read_metrics()
audit_rules: Vocabulary[AuditRule] = read_audit_rules()
rule_groups: Vocabulary[Term] = read_terms("rule_group")
rate_caveats: Vocabulary[Term] = read_terms("rate_caveat")
publications: Vocabulary[Term] = read_terms("publication")
contents: Vocabulary[Term] = read_terms("content")
unexpected: Vocabulary[Term] = read_terms("unexpected")
deadlines: tuple[Deadline, ...] = read_csv("deadlines", Deadline)
answer_periods: tuple[AnswerPeriod, ...] = read_csv("answer_periods", AnswerPeriod)
thresholds: Vocabulary[Threshold] = Vocabulary("threshold", read_csv("thresholds", Threshold))
breaks: Vocabulary[Break] = Vocabulary("break", read_csv("breaks", Break))
report_page: Vocabulary[Term] = Vocabulary("word of a report's page", read_csv("report_page", Term))
explorer: Vocabulary[Term] = Vocabulary("word of the explorer", read_csv("explorer", Term))
palette: Vocabulary[Colour] = Vocabulary("colour", read_csv("palette", Colour))
frame_columns: tuple[FrameColumn, ...] = read_csv("frames", FrameColumn)
result_columns: tuple[FrameColumn, ...] = read_csv("results", FrameColumn)


@cache
def regions() -> tuple[Region, ...]:
    """Return the administrative divisions at county level and above.

    Returns
    -------
    tuple of Region
        3,218 divisions with their six-digit codes, as of 30 June 2023 (National Bureau of
        Statistics, codes for statistics; Taiwan, Hong Kong and Macao by their codes of GB/T 2260).
    """
    return read_csv("regions", Region)


@cache
def short_regions() -> tuple[ShortName, ...]:
    """Return the short names by which autonomous regions and prefectures are called in the names of agencies."""
    return read_csv("short_regions", ShortName)


@cache
def traditional() -> tuple[Variant, ...]:
    """Return the traditional characters with one simplified form in GB 2312 (after OpenCC's table)."""
    return read_csv("traditional", Variant)


@cache
def table_rows(table: str, form: str | None = None) -> tuple[Row, ...]:
    """Return the rows of a table in printed order; with `form`, those of that form only."""
    tables[table]
    return tuple(row for row in rows if row.table == table and (form is None or form in row.forms))


@cache
def table_columns(table: str, form: str | None = None, row: str | None = None) -> tuple[Column, ...]:
    """Return the columns of a table in printed order; with `form` and `row`, those which they have."""
    tables[table]
    return tuple(
        column
        for column in columns
        if column.table == table
        and (form is None or form in column.forms)
        and (row is None or not column.rows or row in column.rows)
    )


def table_cells(table: str, form: str) -> list[tuple[str, str]]:
    """Return the (row, column) keys of every numeric cell that a form prints in a table."""
    forms[form]
    return [(row.key, column.key) for row in table_rows(table, form) for column in table_columns(table, form, row.key)]


def is_general_office(agency: str) -> bool:
    """Tell whether an agency is the general office (办公厅, 办公室) of a government, and not the government itself."""
    return pattern("agency_names", "general_office").search(agency) is not None


def government_of(agency: str) -> str:
    """Return the name of the government whose general office an agency is; any other agency's own."""
    return pattern("agency_names", "general_office").sub(r"\g<government>", agency)


@cache
def pattern(file: str, key: str) -> re.Pattern[str]:
    """Return a pattern of ``data/FILE.toml``, compiled once."""
    return re.compile(read_toml(file)[key])


def group_members(group: str) -> list[str]:
    """Return the keys of the rows whose counts make up a group of outcomes."""
    entry = groups[group]
    return [row.key for row in rows if row.table == entry.table and row.group == group]


def map_cell(table: str, row: str, column: str, from_form: str, to_form: str) -> CellMapping:
    """Tell what a cell of one form is in another.

    Parameters
    ----------
    table, row, column : str
        Codebook keys of the cell.
    from_form, to_form : str
        Keys of the forms; only the step from ``f2019`` to ``f2021`` is known.

    Returns
    -------
    CellMapping
        With ``quality`` ``exact``, ``approximate`` or ``none``; ``to_row`` and ``to_column`` are
        empty where the quality is ``none``.

    Raises
    ------
    UnknownKeyError
        If the cell is not part of `from_form` or the two forms have no mapping.
    """
    from dataclasses import replace

    from govreport_kit.errors import UnknownKeyError

    if (row, column) not in table_cells(table, from_form):
        known = [f"{r}/{c}" for r, c in table_cells(table, from_form)]
        raise UnknownKeyError(f"cell of {from_form} {table}", f"{row}/{column}", nearest(f"{row}/{column}", known))
    candidates = [
        entry
        for entry in mapping
        if (entry.from_form, entry.to_form, entry.table) == (from_form, to_form, table)
        and entry.row in (row, "*")
        and entry.column in (column, "*")
    ]
    if not candidates:
        raise UnknownKeyError("mapping between forms", f"{from_form} to {to_form}", ["f2019 to f2021"])
    entry = max(candidates, key=lambda candidate: candidate.row == row)
    return replace(
        entry,
        row=row,
        column=column,
        to_row=row if entry.to_row == "*" else entry.to_row,
        to_column=column if entry.to_column == "*" else entry.to_column,
    )


__all__ = [
    "Vocabulary",
    "answer_periods",
    "audit_needs",
    "audit_rules",
    "breaks",
    "claims",
    "columns",
    "contents",
    "corrections",
    "deadlines",
    "explorer",
    "failures",
    "form_marks",
    "forms",
    "frame_columns",
    "frames",
    "group_members",
    "groups",
    "indicators",
    "labels",
    "levels",
    "map_cell",
    "mapping",
    "metrics",
    "nearest",
    "notes",
    "palette",
    "pattern",
    "publications",
    "rate_caveats",
    "read_toml",
    "regions",
    "report_page",
    "result_columns",
    "rows",
    "rule_groups",
    "scopes",
    "sections",
    "severities",
    "short_regions",
    "sources",
    "states",
    "statistics",
    "table_cells",
    "table_columns",
    "table_rows",
    "tables",
    "text_gaps",
    "thresholds",
    "traditional",
    "unexpected",
    "verdicts",
]
