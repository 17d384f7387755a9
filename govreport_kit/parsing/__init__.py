"""Documents to reports: heading, sections, statutory tables, figures of the running text, notes."""

from __future__ import annotations

from pathlib import Path

from govreport_kit import codebook
from govreport_kit.documents import Document, read_document
from govreport_kit.errors import DocumentError
from govreport_kit.parsing.clean import clean_text
from govreport_kit.parsing.facts import read_facts
from govreport_kit.parsing.heading import Heading, is_report_title, read_heading
from govreport_kit.parsing.narrative_cells import narrative_cells
from govreport_kit.parsing.sections import missing_sections, read_sections
from govreport_kit.parsing.signs import read_signs
from govreport_kit.parsing.tables import Tables, read_tables
from govreport_kit.report import Note, Report, Section, Source

# Four of the six statutory headings are as good as a title; a page of links about reports has none.
_ENOUGH_SECTIONS = 4
_FIRST_YEAR_OF_THE_TABLES = 2019


def read_report(path: str | Path) -> Report:
    """Read one published report.

    Parameters
    ----------
    path : str or Path
        A web page or a plain text; the content tells the kind, not the name.

    Returns
    -------
    Report
        Shows itself in a notebook with its figures highlighted in their sentences.

    Raises
    ------
    DocumentError
        If the file is empty, damaged, too large, of a kind which is not read, or no annual report
        on information disclosure (`kind` tells which).
    MissingPathError
        If there is no such file.
    """
    return parse(read_document(path))


def parse(document: Document) -> Report:
    """Understand a document as a report.

    Parameters
    ----------
    document : Document
        As `read_document` gives it.

    Returns
    -------
    Report
        With every figure that is certain. What was seen and is not certain is told in `notes`.

    Raises
    ------
    DocumentError
        Of kind ``not_a_report``, if neither a title nor headings nor a table show a report.
    """
    heading = read_heading(document)
    tables = read_tables(document)
    sections = read_sections(document.text, tables.spans)
    _require_report(document, heading, sections, tables)
    facts, fact_notes = read_facts(clean_text(document.text, tables.spans), sections, heading.year)
    derived = narrative_cells(facts, tables.cells)
    notes = [
        *heading.notes,
        *missing_sections(sections),
        *_missing_tables(document, tables, heading.year),
        *tables.notes,
        *fact_notes,
        *read_signs(document.text),
    ]
    return Report(
        id=f"{heading.year}/{heading.agency}" if heading.year and heading.agency else Path(document.path).stem,
        title=heading.title,
        agency=heading.agency,
        level=heading.level,
        province=heading.province,
        region_code=heading.region_code,
        year=heading.year,
        form=tables.form,
        published=heading.published,
        complete=_is_complete(sections),
        source=Source(document.path, None, False, document.sha256, document.media_type, document.encoding),
        sections=tuple(sections),
        cells=(*tables.cells, *derived),
        facts=tuple(facts),
        notes=tuple(notes),
        text=document.text,
    )


def _require_report(document: Document, heading: Heading, sections: list[Section], tables: Tables) -> None:
    headings = {section.key for section in sections} - {None}
    titled = heading.title is not None and is_report_title(heading.title)
    if len(headings) >= _ENOUGH_SECTIONS or any(cell.table == "requests" for cell in tables.cells):
        return
    if not titled or not (headings or tables.cells or "申请" in document.text):
        raise DocumentError(
            document.path,
            "not_a_report",
            "no title of an annual report on information disclosure (政府信息公开工作年度报告), "
            f"{len(headings)} of the 6 statutory headings and no table of requests were found; "
            "check that the page is the report itself, not a list, a notice or another statistic",
        )


def _missing_tables(document: Document, tables: Tables, year: int | None) -> list[Note]:
    """Note each statutory table that does not stand in the document; the tables exist since report year 2019."""
    if year is not None and year < _FIRST_YEAR_OF_THE_TABLES:
        return []
    present = {cell.table for cell in tables.cells}
    missing = [table for table in codebook.tables.values() if table.key not in present]
    notes = [Note("missing_table", f"no table {table.zh} ({table.en}) stands in the document") for table in missing]
    if missing and document.pictures:
        notes.append(Note("picture", f"{document.pictures} pictures stand in the document; they may be the tables"))
    return notes


def _is_complete(sections: list[Section]) -> bool:
    """Tell whether the document reaches from the first statutory section to the last."""
    keys = [section.key for section in sections]
    return "overview" in keys and "other" in keys


__all__ = ["parse", "read_report"]
