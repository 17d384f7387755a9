"""The codebook as a document, Markdown or HTML, made from the data files."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from html import escape
from os import PathLike
from pathlib import Path
from typing import Any

from govreport_kit import __version__, codebook
from govreport_kit.codebook.entries import FrameColumn
from govreport_kit.corpus import panel_columns
from govreport_kit.corpus.frames import vocabulary_entries
from govreport_kit.errors import ExportError
from govreport_kit.exporting.words import check_lang, word

_STYLE = (
    "body{font-family:sans-serif;max-width:75em;margin:2em auto;padding:0 1em}"
    "table{border-collapse:collapse;font-size:.9em}"
    "th,td{border-bottom:1px solid #bbb;padding:.25em .6em;text-align:left;vertical-align:top}"
)


@dataclass(frozen=True)
class Section:
    """A titled table of the document."""

    title: str
    head: Sequence[str]
    rows: Sequence[Sequence[str]]


def write_codebook(path: str | PathLike[str], *, lang: str = "en") -> Path:
    """Write the codebook: everything that a report may say, every metric and rule, every column.

    Parameters
    ----------
    path : path
        A ``.md`` or ``.html`` file.
    lang : {"en", "zh"}
        Language.

    Raises
    ------
    ExportError
        If the file has another ending.
    UnknownKeyError
        If there is no such language.
    """
    target = Path(path)
    if target.suffix not in _DOCUMENTS:
        raise ExportError(f"{target.name!r}: the codebook is written as {' or '.join(_DOCUMENTS)}")
    text = _DOCUMENTS[target.suffix](lang)
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(text, "utf-8", newline="\n")
    return target


def codebook_markdown(lang: str = "en") -> str:
    """Return the codebook as Markdown."""
    check_lang(lang)
    parts = [f"# {word('title', lang)}", word("made_by", lang, version=__version__)]
    for section in sections(lang):
        lines = [section.head, ["---"] * len(section.head), *section.rows]
        table = "\n".join(f"| {' | '.join(map(_markdown_cell, line))} |" for line in lines)
        parts += [f"## {section.title}", table]
    return "\n\n".join(parts) + "\n"


def codebook_html(lang: str = "en") -> str:
    """Return the codebook as one page of HTML that needs no other file."""
    check_lang(lang)
    title = escape(word("title", lang))
    parts = [
        f'<!DOCTYPE html>\n<html lang="{lang}">\n<head><meta charset="utf-8"><title>{title}</title>',
        f"<style>{_STYLE}</style></head>\n<body>\n<h1>{title}</h1>",
        f"<p>{escape(word('made_by', lang, version=__version__))}</p>",
    ]
    for section in sections(lang):
        rows = ["<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in section.rows]
        head = "".join(f"<th>{escape(cell)}</th>" for cell in section.head)
        parts += [f"<h2>{escape(section.title)}</h2>", f"<table>\n<tr>{head}</tr>", *rows, "</table>"]
    return "\n".join([*parts, "</body>", "</html>"]) + "\n"


_DOCUMENTS: dict[str, Callable[[str], str]] = {".md": codebook_markdown, ".html": codebook_html}


def _markdown_cell(text: str) -> str:
    return escape(text, quote=False).replace("|", "\\|").replace("*", "\\*").replace("\n", " ")


def sections(lang: str) -> list[Section]:
    """Return the tables of the document."""
    return [
        *(_section(name, lang, head, rows(lang)) for name, head, rows in _TABLES),
        *(_columns(f"{word('frame', lang)} {name}", columns, lang) for name, columns in _frames().items()),
        *_vocabularies(lang),
    ]


def _section(name: str, lang: str, head: str, rows: Iterable[Sequence[Any]]) -> Section:
    return Section(word(name, lang), [word(key, lang) for key in head.split()], [[*map(_text, row)] for row in rows])


def _text(cell: Any) -> str:
    return " ".join(cell) if isinstance(cell, tuple) else "" if cell is None else str(cell)


def _label(entry: Any, lang: str) -> str:
    return str(getattr(entry, lang))


def _forms(lang: str) -> Iterable[Sequence[Any]]:
    for form in codebook.forms.values():
        yield form.key, _label(form, lang), form.instrument, f"{form.first_year}-{form.last_year or ''}"


def _rows(lang: str) -> Iterable[Sequence[Any]]:
    for row in codebook.rows:
        yield row.table, row.key, row.symbol, _label(row, lang), row.unit, row.forms, row.legal_basis


def _table_columns(lang: str) -> Iterable[Sequence[Any]]:
    for column in codebook.columns:
        yield column.table, column.key, _label(column, lang), column.unit, column.forms, column.rows


def _groups(lang: str) -> Iterable[Sequence[Any]]:
    for group in codebook.groups.values():
        yield group.key, group.symbol, _label(group, lang), tuple(codebook.group_members(group.key))


def _indicators(lang: str) -> Iterable[Sequence[Any]]:
    for entry in codebook.indicators.values():
        cell = "/".join(part for part in (entry.table, entry.row, entry.column) if part)
        yield entry.key, _label(entry, lang), entry.unit, cell


def _metrics(lang: str) -> Iterable[Sequence[Any]]:
    for metric in codebook.metrics.values():
        yield (
            metric.key, _label(metric, lang), metric.numerator, metric.denominator, metric.definition,
            metric.forms, metric.caveats_zh if lang == "zh" else metric.caveats, metric.source,
        )  # fmt: skip


def _rules(lang: str) -> Iterable[Sequence[Any]]:
    for rule in codebook.audit_rules.values():
        yield rule.key, _label(codebook.severities[rule.severity], lang), _label(rule, lang), rule.needs, rule.source


def _notes(lang: str) -> Iterable[Sequence[Any]]:
    return ((note.key, _label(note, lang)) for note in codebook.notes.values())


def _breaks(lang: str) -> Iterable[Sequence[Any]]:
    for entry in codebook.breaks.values():
        yield entry.key, entry.date, entry.first_year, _label(entry, lang), entry.source


def _rate_caveats(lang: str) -> Iterable[Sequence[Any]]:
    return ((entry.key, _label(entry, lang)) for entry in codebook.rate_caveats.values())


def _mapping(lang: str) -> Iterable[Sequence[Any]]:
    for entry in codebook.mapping:
        to = f"{entry.to_row}/{entry.to_column}" if entry.to_row else ""
        yield entry.table, f"{entry.row}/{entry.column}", entry.quality, to, entry.note


_TABLES: tuple[tuple[str, str, Callable[[str], Iterable[Sequence[Any]]]], ...] = (
    ("forms", "key label instrument years", _forms),
    ("rows", "table key symbol label unit form legal_basis", _rows),
    ("columns", "table key label unit form row", _table_columns),
    ("groups", "key symbol label row", _groups),
    ("indicators", "key label unit cell", _indicators),
    ("metrics", "key label numerator denominator definition form caveats source", _metrics),
    ("rate_caveats", "key label", _rate_caveats),
    ("audit_rules", "key severity label needs source", _rules),
    ("notes", "key label", _notes),
    ("breaks", "key date first_year label source", _breaks),
    ("mapping", "table cell quality to remark", _mapping),
)


def _frames() -> dict[str, Sequence[FrameColumn]]:
    listed = [*codebook.frame_columns, *panel_columns(), *codebook.result_columns]
    return {name: [column for column in listed if column.frame == name] for name in codebook.frames}


def _columns(title: str, columns: Sequence[FrameColumn], lang: str) -> Section:
    frame = codebook.frames[columns[0].frame]
    rows = [
        [
            column.name,
            _label(column, lang),
            column.dtype,
            column.vocabulary,
            word("yes" if column.nullable else "no", lang),
        ]
        for column in columns
    ]
    head = [word(key, lang) for key in ("key", "label", "type", "vocabulary", "missing")]
    return Section(f"{title}: {_label(frame, lang)}", head, rows)


def _vocabularies(lang: str) -> Iterable[Section]:
    used = dict.fromkeys(column.vocabulary for columns in _frames().values() for column in columns)
    rows = [
        [name, str(code), key, _label(entry, lang)]
        for name in used
        if name not in ("", "report")
        for code, (key, entry) in enumerate(vocabulary_entries(name).items(), 1)
    ]
    yield Section(word("vocabularies", lang), [word(key, lang) for key in ("vocabulary", "code", "key", "label")], rows)
