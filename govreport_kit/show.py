"""A report as HTML: its figures highlighted in their sentences, its tables, its notes."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from govreport_kit import codebook
from govreport_kit.report import Cell, Fact, Report

_STYLE = """<style scoped>
.govreport{font-family:sans-serif;line-height:1.6;max-width:60em}
.govreport table{border-collapse:collapse;margin:.4em 0 1em}
.govreport td,.govreport th{border:1px solid #d9dee1;padding:.15em .6em;text-align:right;font-size:90%}
.govreport th:first-child,.govreport td:first-child{text-align:left}
.govreport mark{background:#d6e9f5;color:inherit;padding:0 .15em}
.govreport .name{color:#5f6b73;font-size:85%}
</style>"""


def report_html(report: Report) -> str:
    """Return a report as a fragment of HTML.

    Parameters
    ----------
    report : Report
        With its text, its figures are shown in their sentences; without, their quotes are.

    Returns
    -------
    str
        Every word of the document is escaped.
    """
    title = escape(report.title or report.id)
    parts = [f'{_STYLE}<div class="govreport"><h3>{title}</h3>', _identity(report)]
    if report.facts:
        parts += ["<h4>Figures of the running text</h4>", *(_fact(fact, report) for fact in report.facts)]
    for table in codebook.tables:
        cells = [cell for cell in report.table(table) if cell.source == "table"]
        if cells:
            parts += [f"<h4>{escape(codebook.tables[table].en)}</h4>", _table(cells)]
    if report.notes:
        notes = "".join(f"<li><b>{escape(note.code)}</b>: {escape(note.message)}</li>" for note in report.notes)
        parts.append(f"<h4>Notes</h4><ul>{notes}</ul>")
    return "".join([*parts, "</div>"])


def _identity(report: Report) -> str:
    known = [
        ("agency", report.agency),
        ("report year", report.year),
        ("level", codebook.levels[report.level].en if report.level else None),
        ("province", report.province),
        ("form", codebook.forms[report.form].en if report.form else "no statutory table in the document"),
        ("published", report.published),
    ]
    cells = "".join(f"<tr><td>{name}</td><td>{escape(str(value or 'unknown'))}</td></tr>" for name, value in known)
    return f"<table>{cells}</table>"


def _fact(fact: Fact, report: Report) -> str:
    name = escape(codebook.indicators[fact.indicator].en)
    about = "about " if fact.approx else ""
    value = f"{about}{fact.value:,} {escape(fact.unit or '')}"
    return f'<p>{_sentence(fact, report)}<br><span class="name">{name}: <b>{value}</b></span></p>'


def _sentence(fact: Fact, report: Report, around: int = 40) -> str:
    text, start, end = report.text, fact.start, fact.end
    if text is None or start is None or end is None:
        return f"<mark>{escape(fact.quote or '')}</mark>"
    before = text[max(0, start - around) : start].rsplit("\n", 1)[-1].rsplit("。", 1)[-1]
    behind = text[end : end + around].split("\n", 1)[0].split("。", 1)[0]
    return f"{escape(before)}<mark>{escape(text[start:end])}</mark>{escape(behind)}"


def _table(cells: Sequence[Cell]) -> str:
    columns = list(dict.fromkeys(cell.column for cell in cells))
    labels = {column.key: column.en for column in codebook.table_columns(cells[0].table)}
    rows = {row.key: row.en for row in codebook.table_rows(cells[0].table)}
    values = {(cell.row, cell.column): cell for cell in cells}
    head = "".join(f"<th>{escape(labels[column])}</th>" for column in columns)
    body = []
    for row in dict.fromkeys(cell.row for cell in cells):
        shown = "".join(f"<td>{_value(values.get((row, column)))}</td>" for column in columns)
        body.append(f"<tr><td>{escape(rows[row])}</td>{shown}</tr>")
    return f"<table><tr><th></th>{head}</tr>{''.join(body)}</table>"


def _value(cell: Cell | None) -> str:
    """Show a figure; a blank stays blank, a mark for none a dash, what could not be read a question mark."""
    if cell is None or cell.state == "blank":
        return ""
    if cell.value is None:
        return "–" if cell.state == "not_applicable" else "?"
    return f"{cell.value:,}"
