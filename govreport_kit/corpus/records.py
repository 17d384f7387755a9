"""Reports to rows of the frames and back, and what keeps a report out of a corpus."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import cache
from operator import attrgetter
from typing import Any

import pandas as pd

from govreport_kit import codebook
from govreport_kit.codebook.entries import FrameColumn
from govreport_kit.corpus.frames import VALUE_STATES, frame_columns, vocabulary
from govreport_kit.errors import CorpusError
from govreport_kit.report import Cell, Claim, Correction, Fact, Note, Report, Section, Source

REPORT_FRAMES = ("reports", *codebook.tables, "facts", "sections", "claims", "corrections", "notes")
_TABLES = frozenset(codebook.tables)
_SOURCE_FIELDS = ("path", "url", "copy", "sha256", "media_type", "encoding")


def rows_of(report: Report) -> dict[str, list[tuple[Any, ...]]]:
    """Return the rows that a report puts into each frame: values in column order, without ``report_id``.

    The frame ``reports`` gets one row, which does begin with the id.
    """
    rows = {
        "reports": [_getter("reports")(report)],
        "facts": [_getter("facts")(fact) for fact in report.facts],
        "sections": [_getter("sections")(section) for section in report.sections],
        "claims": [_getter("claims")(claim) for claim in report.claims],
        "corrections": [_getter("corrections")(correction) for correction in report.corrections],
        "notes": [_getter("notes")(note) for note in report.notes],
    }
    for table in codebook.tables:
        rows[table] = [_getter(table)(cell) for cell in report.cells if cell.table == table]
    return rows


def columns_of(reports: Iterable[Report]) -> dict[str, dict[str, list[Any]]]:
    """Gather what the reports put into each frame, column by column."""
    rows: dict[str, list[tuple[Any, ...]]] = {frame: [] for frame in REPORT_FRAMES}
    for report in reports:
        for frame, own in rows_of(report).items():
            rows[frame] += own if frame == "reports" else [(report.id, *row) for row in own]
    names = {frame: [column.name for column in frame_columns(frame)] for frame in REPORT_FRAMES}
    return {frame: {name: [row[n] for row in rows[frame]] for n, name in enumerate(names[frame])} for frame in rows}


def report_of(rows: Mapping[str, list[tuple[Any, ...]]]) -> Report:
    """Build a report from its rows; the inverse of `rows_of` for everything in the parsed-report format."""
    about = dict(zip(_attributes("reports"), rows["reports"][0], strict=True))
    about.pop("office")  # follows from the agency
    source = Source(**{name: about.pop(f"source.{name}") for name in _SOURCE_FIELDS})
    return Report(
        **about,
        source=source,
        sections=tuple(Section(**named) for named in _named("sections", rows)),
        cells=tuple(Cell(table=table, **named) for table in codebook.tables for named in _named(table, rows)),
        facts=tuple(Fact(**named) for named in _named("facts", rows)),
        claims=tuple(Claim(**named) for named in _named("claims", rows)),
        corrections=tuple(Correction(**named) for named in _named("corrections", rows)),
        notes=tuple(Note(**named) for named in _named("notes", rows)),
    )


def _named(frame: str, rows: Mapping[str, list[tuple[Any, ...]]]) -> list[dict[str, Any]]:
    return [dict(zip(_attributes(frame), row, strict=True)) for row in rows[frame]]


@cache
def _attributes(frame: str) -> tuple[str, ...]:
    """Where the value of each column of a frame stands in a report or in one of its parts."""
    names: dict[str, str] = {}
    if frame == "reports":
        names |= {"report_id": "id"} | {name: f"source.{name}" for name in _SOURCE_FIELDS}
    elif frame in codebook.tables:
        table = codebook.tables[frame]
        names |= {table.row_name: "row", table.column_name: "column", table.value_name: "value"}
    return tuple(names.get(column.name, column.name) for column in _own_columns(frame))


@cache
def _getter(frame: str) -> Callable[[Any], tuple[Any, ...]]:
    return attrgetter(*_attributes(frame))


@cache
def _own_columns(frame: str) -> tuple[FrameColumn, ...]:
    return tuple(column for column in frame_columns(frame) if frame == "reports" or column.name != "report_id")


def rows_by_report(frame: str, data: pd.DataFrame) -> dict[str, list[tuple[Any, ...]]]:
    """Return the rows of a frame as plain values, by report; missing is None."""
    values = [_plain(data[column.name], column) for column in _own_columns(frame)]
    rows: dict[str, list[tuple[Any, ...]]] = {}
    for report_id, row in zip(data["report_id"], zip(*values, strict=True), strict=True):
        rows.setdefault(report_id, []).append(row)
    return rows


def _plain(values: pd.Series[Any], column: FrameColumn) -> list[Any]:
    listed = values.astype(object).where(values.notna(), None).tolist()
    if column.dtype == "date":
        return [value and value.date().isoformat() for value in listed]
    if column.dtype == "Float64":
        return [int(value) if value is not None and value.is_integer() else value for value in listed]
    return listed


def report_faults(report: Report) -> list[str]:
    """Say what keeps a report out of a corpus.

    Parameters
    ----------
    report : Report
        Any report, also one whose fields hold values of the wrong kind.

    Returns
    -------
    list of str
        One sentence a fault, naming frame, row, column and value; empty for a report in order.
        Asked for are the dtypes and vocabularies of ``codebook.frame_columns``, a value exactly
        where the state is ``reported`` or ``zero``, spans with two ends in order, and each cell
        once for each source.
    """
    faults = [f"no table {cell.table!r}" for cell in report.cells if cell.table not in _TABLES]
    for frame, rows in rows_of(report).items():
        for column, test, values in zip(_own_columns(frame), _tests(frame), zip(*rows, strict=True), strict=bool(rows)):
            if not all(map(test, values)):
                faults += [
                    f"{frame}[{number}].{column.name} is {value!r}, expected {_expected(column)}"
                    for number, value in enumerate(values)
                    if not test(value)
                ]
        if not faults:
            faults += _disagreements(frame, rows)
    return faults


def require_sound(report: Report) -> None:
    """Raise if a report cannot stand in a corpus.

    Raises
    ------
    CorpusError
        Names the report and its first faults; see `report_faults`.
    """
    if faults := report_faults(report):
        more = f" and {len(faults) - 3} more" if len(faults) > 3 else ""
        raise CorpusError(f"report {report.id!r} is not in the parsed-report format: {'; '.join(faults[:3])}{more}")


def _disagreements(frame: str, rows: list[tuple[Any, ...]]) -> list[str]:
    faults = []
    names = _attributes(frame)
    seen = set()
    for number, row in enumerate(rows):
        part = dict(zip(names, row, strict=True))
        if "start" in part and not _is_span(part["start"], part["end"]):
            faults.append(f"{frame}[{number}] spans {part['start']} to {part['end']}, expected start before end")
        if frame in codebook.tables:
            if not _state_agrees(part["value"], part["state"]):
                faults.append(f"{frame}[{number}] has the value {part['value']!r} and the state {part['state']!r}")
            cell = (part["row"], part["column"], part["source"])
            if cell in seen:
                faults.append(f"{frame}[{number}] gives the cell {'/'.join(cell)} a second time")
            seen.add(cell)
    return faults


def _state_agrees(value: float | None, state: str) -> bool:
    return (value is not None) == (state in VALUE_STATES) and (value == 0) == (state == "zero")


def _is_span(start: int | None, end: int | None) -> bool:
    if start is None or end is None:
        return start is None and end is None
    return 0 <= start <= end


@cache
def _tests(frame: str) -> tuple[Callable[[Any], bool], ...]:
    return tuple(_accepts(column) for column in _own_columns(frame))


def _expected(column: FrameColumn) -> str:
    kind = f"a key of the vocabulary {column.vocabulary!r}" if column.vocabulary else column.dtype
    return f"{kind} or null" if column.nullable else kind


def _accepts(column: FrameColumn) -> Callable[[Any], bool]:
    if column.dtype == "category" and column.vocabulary:
        allowed = frozenset(vocabulary(column.vocabulary))
        test: Callable[[Any], bool] = lambda value: isinstance(value, str) and value in allowed  # noqa: E731
    else:
        test = _TESTS[column.dtype]
    return (lambda value: value is None or test(value)) if column.nullable else test


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and (value.isascii() or not any("\ud800" <= sign <= "\udfff" for sign in value))


def _is_date(value: Any) -> bool:
    try:
        return bool(date.fromisoformat(value).isoformat() == value)
    except (TypeError, ValueError):
        return False


def _is_number(value: Any) -> bool:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    try:
        return float(value) == value and abs(value) != float("inf")
    except OverflowError:
        return False


def _is_integer(bits: int) -> Callable[[Any], bool]:
    limit = 2 ** (bits - 1)

    def test(value: Any) -> bool:
        whole = type(value) is int or (_is_number(value) and value == int(value))
        return whole and bool(-limit <= value < limit)

    return test


_TESTS: dict[str, Callable[[Any], bool]] = {
    "string": _is_text,
    "category": _is_text,
    "bool": lambda value: isinstance(value, bool),
    "boolean": lambda value: isinstance(value, bool),
    "date": _is_date,
    "Float64": _is_number,
    "Int16": _is_integer(16),
    "Int32": _is_integer(32),
    "Int64": _is_integer(64),
}
