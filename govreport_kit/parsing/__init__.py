"""Documents to reports: heading, sections, statutory tables, figures of the running text, notes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from govreport_kit import codebook
from govreport_kit.documents import Document, read_document, reads_pictures
from govreport_kit.documents.extra import INSTALL
from govreport_kit.documents.limits import DEFAULT, Limits, within
from govreport_kit.errors import DocumentError
from govreport_kit.parsing.claims import read_claims
from govreport_kit.parsing.clean import clean_text
from govreport_kit.parsing.facts import read_facts
from govreport_kit.parsing.heading import Heading, read_heading
from govreport_kit.parsing.narrative_cells import narrative_cells
from govreport_kit.parsing.printed_counts import printed_counts
from govreport_kit.parsing.recognised import CERTAIN, as_far_as_certain, recognised_cells
from govreport_kit.parsing.scope import read_scope
from govreport_kit.parsing.sections import missing_sections, read_sections
from govreport_kit.parsing.signs import read_signs
from govreport_kit.parsing.statistics_table import read_statistics
from govreport_kit.parsing.strangers import read_strangers
from govreport_kit.parsing.tables import Tables, read_tables
from govreport_kit.parsing.title import is_report_title
from govreport_kit.parsing.view import in_plain_characters, with_a_cell_a_line
from govreport_kit.report import Note, Print, Report, Section, Source

# Four of the six statutory headings are as good as a title; a page of links about reports has none.
_ENOUGH_SECTIONS = 4
_FIRST_YEAR_OF_THE_TABLES = 2019


def read_report(path: str | Path, limits: Limits = DEFAULT) -> Report:
    """Read one published report.

    Parameters
    ----------
    path : str or Path
        A web page, a PDF, a Word file (.docx), a picture or a plain text; the content tells the kind,
        not the name. Pictures inside a document are read where statutory tables are missing, if the
        extra ``ocr`` is installed.
    limits : Limits
        What the document may cost in bytes, in memory and in time.

    Returns
    -------
    Report
        Shows itself in a notebook with its figures highlighted in their sentences.

    Raises
    ------
    DocumentError
        If the file is empty, damaged, beyond the limits, of a kind which is not read, or no annual
        report on information disclosure (`kind` tells which).
    MissingPathError
        If there is no such file.
    """
    return within(limits, str(path), lambda: _read_report(path, limits))


def _read_report(path: str | Path, limits: Limits) -> Report:
    """Read a report; its pictures are looked at only where something of it is missing."""
    document = read_document(path, limits)
    try:
        report = parse(document)
    except DocumentError:
        if not (document.pictures and reads_pictures()):
            raise
        return parse(read_document(path, limits, pictures=True))
    if not (any(note.code == "picture" for note in report.notes) and reads_pictures()):
        return report
    with_pictures = parse(read_document(path, limits, pictures=True))
    return with_pictures if len(with_pictures.cells) > len(report.cells) else report


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
    plain = as_far_as_certain(in_plain_characters(document))
    view = with_a_cell_a_line(plain)
    tables = read_tables(plain)
    if view is not plain:
        tables = max(read_tables(view), tables, key=lambda read: len(read.cells))
    statistics = read_statistics(view.text)
    spans = sorted([*tables.spans, *([statistics.span] if statistics.span else [])])
    sections = read_sections(view.text, spans)
    heading = read_heading(view, next((section.start for section in sections if section.key), None))
    _require_report(view, heading, sections, tables)
    clean = replace(clean_text(view.text, spans), source=document.text)
    facts, fact_notes = read_facts(clean, sections, heading.year, printed_counts(tables.cells))
    derived = narrative_cells(facts, tables.cells)
    form = tables.form or statistics.form
    scope, scope_notes = read_scope(clean, sections, heading.agency, heading.level)
    notes = [
        *heading.notes,
        *scope_notes,
        *missing_sections(sections),
        *_missing_tables(document, tables, heading.year),
        *_form_of_another_year(form, heading.year),
        *_from_pictures(document),
        *_told_by_reader(document),
        *tables.notes,
        *statistics.notes,
        *fact_notes,
        *read_signs(view.text, heading.year, sections),
        *read_strangers(clean, heading.region_code, heading.year),
    ]
    return Report(
        id=f"{heading.year}/{heading.agency}" if heading.year and heading.agency else Path(document.path).stem,
        title=heading.title,
        agency=heading.agency,
        level=heading.level,
        scope=scope,
        province=heading.province,
        region_code=heading.region_code,
        year=heading.year,
        form=form,
        published=heading.published,
        complete=_is_complete(sections),
        source=Source(document.path, None, False, document.sha256, document.media_type, document.encoding),
        sections=tuple(sections),
        cells=(*tables.cells, *derived),
        facts=tuple(facts),
        claims=tuple(read_claims(clean, facts, heading.year)),
        corrections=tables.corrections,
        notes=tuple(notes),
        text=document.text,
        prints=tuple(_prints(document, tables)),
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
        told = "" if reads_pictures() else f"; {INSTALL} reads them"
        message = f"{document.pictures} pictures stand in the document; they may be the tables{told}"
        notes.append(Note("picture", message))
    return notes


def _prints(document: Document, tables: Tables) -> Iterator[Print]:
    """Yield where the cells of the statutory tables are printed, so far as the document tells it."""
    read = {cell.start for cell in tables.cells}
    slots = (cell for grid in document.grids for row in grid.rows for cell in row)
    printed = {cell.start: cell for cell in slots if cell is not None and cell.page is not None}
    for start, cell in printed.items():
        if start in read and cell.page is not None and cell.box is not None:
            yield Print(start, cell.end, cell.page, cell.box, cell.confidence)


def _from_pictures(document: Document) -> list[Note]:
    """Tell how many cells were read from pictures, and how many of them with doubt."""
    cells = [cell.confidence for cell in recognised_cells(document) if cell.confidence is not None]
    if not cells:
        return []
    doubtful = sum(confidence < CERTAIN for confidence in cells)
    message = f"{len(cells)} cells were read from pictures, {doubtful} of them with a confidence below {CERTAIN:g}"
    return [Note("picture_read", message)]


def _told_by_reader(document: Document) -> Iterator[Note]:
    """Tell what a PDF file shows that is not read as it stands."""
    if document.media_type != "application/pdf":
        return  # a web page may call its metadata what it likes
    if struck := document.metadata.get("struck_out"):
        yield Note("struck_out", f"{struck} characters have a line through them and were left out")
    if pages := document.metadata.get("unclear_columns"):
        message = f"{pages} pages have columns whose order is not certain; figures of their text were left out"
        yield Note("unclear_columns", message)


def _form_of_another_year(form: str | None, year: int | None) -> list[Note]:
    if form is None or year is None:
        return []
    entry = codebook.forms[form]
    if entry.first_year <= year <= (entry.last_year or year):
        return []
    return [Note("form_year", f"the tables have the {entry.en} ({entry.instrument}), the report year is {year}")]


def _is_complete(sections: list[Section]) -> bool:
    """Tell whether the document is a whole report, though a section of it may be missing.

    An excerpt is cut off at its end: whole is what holds most statutory headings, one of the last two
    among them, and what holds the first and the last.
    """
    keys = {section.key for section in sections} - {None}
    ends = bool(keys & {"problems", "other"})
    return keys >= {"overview", "other"} or (len(keys) >= _ENOUGH_SECTIONS and ends)


__all__ = ["parse", "read_report"]
