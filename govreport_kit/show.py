"""A report as HTML: its figures highlighted in their sentences, its tables, its notes.

Colours are translucent and inherited, so that they suit light and dark themes; what they tell stands
there as a sign or a word, too.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable, Iterable, Iterator, Sequence
from html import escape
from typing import TYPE_CHECKING, Any

from govreport_kit import codebook
from govreport_kit.report import Cell, Correction, Fact, Report

if TYPE_CHECKING:
    import pandas as pd

_AROUND = 60  # characters shown before and behind the figures of a sentence

STYLE = """<style scoped>
.govreport{font-family:sans-serif;line-height:1.6;max-width:64em}
.govreport table{border-collapse:collapse;margin:.4em 0 .8em;color:inherit;font-size:90%}
.govreport th,.govreport td{border:1px solid rgba(128,128,128,.4);padding:.15em .6em;text-align:right;
vertical-align:baseline;white-space:normal;max-width:26em}
.govreport th:first-child,.govreport td:first-child,.govreport .words :is(th,td){text-align:left}
.govreport td:empty{background:repeating-linear-gradient(45deg,transparent 0 4px,rgba(128,128,128,.35) 4px 6px)}
.govreport td.absent{border-color:transparent}
.govreport td.unreadable{background:rgba(213,94,0,.3)}
.govreport td.corrected{background:rgba(240,180,40,.35)}
.govreport td img{max-width:8em}
.govreport mark{background:rgba(86,180,233,.35);color:inherit;padding:.1em .25em;border-radius:.25em}
.govreport mark small{margin-left:.4em;font-size:78%;opacity:.85}
.govreport p{line-height:2;margin:.3em 0}
.govreport .legend{font-size:85%;opacity:.8}
.govreport summary{cursor:pointer;font-weight:bold;margin-top:.6em}
</style>"""


def report_html(report: Report, findings: pd.DataFrame | None = None, lang: str = "en") -> str:
    """Return a report as a fragment of HTML.

    Parameters
    ----------
    report : Report
        With its text, its figures are shown in their sentences; without, their quotes are.
    findings : pandas.DataFrame, optional
        What `govreport_kit.audit` returns; those of the report are listed.
    lang : {"en", "zh"}
        Language of the page; notes and findings' evidence stay as they are.

    Returns
    -------
    str
        Every word of the document is escaped.
    """
    parts = [STYLE, f'<div class="govreport"><h3>{escape(report.title or report.id)}</h3>', _identity(report, lang)]
    if report.facts:
        parts.append(folded(_word("figures", lang), "".join(_sentences(report, lang))))
    crops = _crops(report, lang)
    for table in codebook.tables.values():
        title = getattr(table, lang)
        cells = report.table(table.key)
        printed = [cell for cell in cells if cell.source == "table"]
        parts += _titled_table(title, printed, report.corrections, lang)
        parts += _cropped_table(title, printed, crops, lang)
        told = [cell for cell in cells if cell.source != "table"]
        parts += _titled_table(_word("told_in_text", lang, table=title), told, report.corrections, lang)
    if report.notes:
        names = {key: getattr(entry, lang) for key, entry in codebook.notes.items()}
        rows = [(names.get(note.code, note.code), note.message) for note in report.notes]
        head = [_word("note", lang), _word("seen", lang)]
        parts.append(folded(_word("notes", lang, count=len(rows)), rows_html(head, rows, words=True)))
    if findings is not None:
        parts.append(_findings(findings[findings["report_id"] == report.id], lang))
    return "".join([*parts, "</div>"])


def rows_html(head: Sequence[str], rows: Iterable[Sequence[object]], *, words: bool = False) -> str:
    """Return a table whose cells are escaped; of words they are aligned at the left, of numbers at the right."""
    top = "".join(f"<th>{escape(name)}</th>" for name in head)
    body = "".join("<tr>" + "".join(f"<td>{escape(str(cell))}</td>" for cell in row) + "</tr>" for row in rows)
    return (
        f"<table class='{'words' if words else 'numbers'}'><thead><tr>{top}</tr></thead><tbody>{body}</tbody></table>"
    )


def folded(title: str, content: str, *, opened: bool = True) -> str:
    """Return HTML below a title which folds it away."""
    return f"<details{' open' if opened else ''}><summary>{escape(title)}</summary>{content}</details>"


def _identity(report: Report, lang: str) -> str:
    known = {
        "agency": report.agency,
        "year": report.year,
        "level": getattr(codebook.levels[report.level], lang) if report.level else None,
        "scope": getattr(codebook.scopes[report.scope], lang),
        "province": report.province,
        "form": getattr(codebook.forms[report.form], lang) if report.form else _word("no_table", lang),
        "published": report.published,
        "read": _word("whole" if report.complete else "in_part", lang),
    }
    unknown = _word("unknown", lang)
    cells = "".join(
        f"<tr><th>{_word(name, lang)}</th><td>{escape(str(value or unknown))}</td></tr>"
        for name, value in known.items()
    )
    return f'<table class="words">{cells}</table>'


def _word(key: str, lang: str, **values: object) -> str:
    """Return a fixed word or sentence of the page."""
    return str(getattr(codebook.report_page[key], lang)).format(**values)


def _sentences(report: Report, lang: str) -> Iterator[str]:
    """Yield the sentences that hold figures; figures without a place in the text stand as their quotes."""
    placed = [fact for fact in report.facts if None not in (report.text, fact.start, fact.end)]
    text, written, end = report.text or "", "", 0
    for start, stop, facts in _spans(placed):
        between = text[end:start]
        if written and not _ends_sentence(between):
            written += escape(between)
        else:
            if written:
                yield f"<p>{written}{escape(_until_end(text[end : end + _AROUND]))}</p>"
            written = escape(_since_start(text[max(0, start - _AROUND) : start]))
        written += _mark(text[start:stop], facts, lang)
        end = stop
    if written:
        yield f"<p>{written}{escape(_until_end(text[end : end + _AROUND]))}</p>"
    for fact in report.facts:
        if fact not in placed:
            yield f"<p>{_mark(fact.quote or '', [fact], lang)}</p>"


def _spans(facts: Iterable[Fact]) -> list[tuple[int, int, list[Fact]]]:
    """Return places with the figures that stand there; places which overlap are one."""
    spans: list[tuple[int, int, list[Fact]]] = []
    for fact in sorted(facts, key=lambda fact: (fact.start or 0, fact.end or 0)):
        start, end = fact.start or 0, fact.end or 0
        if spans and start < spans[-1][1]:
            first, last, held = spans.pop()
            start, end, before = first, max(last, end), held
        else:
            before = []
        spans.append((start, end, [*before, fact]))
    return spans


def _ends_sentence(text: str) -> bool:
    return "。" in text or "\n" in text


def _since_start(text: str) -> str:
    return text.rsplit("\n", 1)[-1].rsplit("。", 1)[-1]


def _until_end(text: str) -> str:
    return text.split("\n", 1)[0].split("。", 1)[0]


def _mark(words: str, facts: Sequence[Fact], lang: str) -> str:
    entries = [codebook.indicators[fact.indicator] for fact in facts]
    tip = "; ".join(f"{entry.key}: {entry.zh}, {entry.en}" for entry in entries)
    names = "; ".join(
        f"{escape(getattr(entry, lang))}: <b>{_figure(fact, lang)}</b>"
        for entry, fact in zip(entries, facts, strict=True)
    )
    return f'<mark title="{escape(tip)}">{escape(words)}<small>{names}</small></mark>'


def _figure(fact: Fact, lang: str) -> str:
    figure = f"{fact.value:,} {escape(fact.unit or '')}"
    return _word("about", lang, figure=figure) if fact.approx else figure


def _crops(report: Report, lang: str) -> dict[int | None, str]:
    """Return what was read from pictures as pieces of these, by the start of its span; none if they are gone."""
    read = [place for place in report.prints if place.confidence is not None]
    if not read or not report.source.path:
        return {}
    from govreport_kit.documents.picture_crops import cut_out

    pieces = cut_out(report.source.path, report.source.sha256, [(place.page, place.box) for place in read])
    images = {key: f"data:image/png;base64,{b64encode(piece).decode()}" for key, piece in pieces.items()}
    printed = _word("printed", lang)
    return {
        place.start: f'<img src="{images[place.page, place.box]}" alt="{printed}">'
        for place in read
        if (place.page, place.box) in images
    }


def _cropped_table(title: str, cells: Sequence[Cell], crops: dict[int | None, str], lang: str) -> list[str]:
    """Return a table of the pieces of pictures in which cells were read, folded away; nothing where there are none."""
    if not any(cell.start in crops for cell in cells):
        return []
    shown = _grid(cells, lambda cell: _piece(crops.get(cell.start) if cell else None), lang)
    return [folded(_word("cut_out", lang, table=title), shown, opened=False)]


def _piece(image: str | None) -> str:
    return f"<td>{image}</td>" if image else '<td class="absent"> </td>'


def _titled_table(title: str, cells: Sequence[Cell], corrections: Iterable[Correction], lang: str) -> list[str]:
    if not cells:
        return []
    corrected = {(c.row, c.column): c for c in corrections if c.table == cells[0].table}
    shown = [cell for cell in cells if (cell.row, cell.column) in corrected]
    listed = [f"{cell.row} / {cell.column}: {_told(corrected[cell.row, cell.column], lang)}" for cell in shown]
    below = f'<ul class="legend">{"".join(f"<li>{escape(line)}</li>" for line in listed)}</ul>' if listed else ""
    return [folded(title, _table(cells, corrected, lang) + _legend(cells, corrected, lang) + below)]


def _table(cells: Sequence[Cell], corrected: dict[tuple[str, str], Correction], lang: str) -> str:
    return _grid(cells, lambda cell: _cell(cell, corrected.get((cell.row, cell.column)) if cell else None, lang), lang)


def _grid(cells: Sequence[Cell], show: Callable[[Cell | None], str], lang: str) -> str:
    """Return cells in the rows and columns of their table, each shown as is told."""
    table = cells[0].table
    names = {row.key: getattr(row, lang) for row in codebook.table_rows(table)}
    names |= {group.key: getattr(group, lang) for group in codebook.groups.values()}
    labels = {entry.key: getattr(entry, lang) for entry in codebook.table_columns(table)}
    columns = list(dict.fromkeys(cell.column for cell in cells))
    values = {(cell.row, cell.column): cell for cell in cells}
    head = "".join(f"<th>{escape(labels[column])}</th>" for column in columns)
    body = []
    for row in dict.fromkeys(cell.row for cell in cells):
        shown = "".join(show(values.get((row, column))) for column in columns)
        body.append(f"<tr><td>{escape(names[row])}</td>{shown}</tr>")
    return f"<table><tr><th></th>{head}</tr>{''.join(body)}</table>"


def _cell(cell: Cell | None, correction: Correction | None, lang: str) -> str:
    """Show a figure; a blank stays blank, a mark for none a dash, what could not be read a question mark."""
    if cell is None:
        return '<td class="absent"> </td>'
    if cell.value is None:
        sign = {"blank": "", "not_applicable": "–"}.get(cell.state, "?")
        return f'<td class="unreadable">{sign}</td>' if sign == "?" else f"<td>{sign}</td>"
    if correction:
        return f'<td class="corrected" title="{escape(_told(correction, lang))}">{cell.value:,}*</td>'
    return f"<td>{cell.value:,}{'†' if cell.source == 'derived' else ''}</td>"


def _told(correction: Correction, lang: str) -> str:
    read = getattr(codebook.states[correction.read_state], lang) if correction.read is None else f"{correction.read:,}"
    reason = getattr(codebook.corrections[correction.reason], lang)
    return _word("corrected", lang, value=f"{correction.value:,}", read=read, reason=reason)


def _legend(cells: Sequence[Cell], corrected: dict[tuple[str, str], Correction], lang: str) -> str:
    states, sources = {cell.state for cell in cells}, {cell.source for cell in cells}
    told = {name: name in states for name in ("blank", "not_applicable", "unreadable")} | {
        "corrected_below": any((cell.row, cell.column) in corrected for cell in cells),
        "derived": "derived" in sources,
    }
    legend = ("; " if lang == "en" else "；").join(_word(name, lang) for name, there in told.items() if there)
    return f'<div class="legend">{legend}</div>'


def _findings(findings: Any, lang: str) -> str:
    title = _word("findings", lang, count=len(findings))
    if findings.empty:
        return folded(title, f"<p>{_word('no_findings', lang)}</p>")
    rows = [
        (getattr(codebook.severities[str(found.severity)], lang), found.rule, getattr(found, f"message_{lang}"),
         found.evidence, getattr(codebook.verdicts[str(found.verdict)], lang))
        for found in findings.itertuples()
    ]  # fmt: skip
    head = [_word(name, lang) for name in ("severity", "rule", "finding", "evidence", "verdict")]
    return folded(title, rows_html(head, rows, words=True))
