"""The statutory tables of a document: which grid is which, of which form, and its cells."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import product
from operator import attrgetter

from govreport_kit import codebook
from govreport_kit.documents import Document, GridCell
from govreport_kit.parsing.cells import FlatReading, TableReading
from govreport_kit.parsing.corrections import settle
from govreport_kit.parsing.disclosure_table import read_disclosure_table
from govreport_kit.parsing.flat_tables import read_flat_tables
from govreport_kit.parsing.grid_parts import parts_of, table_kind
from govreport_kit.parsing.identities import imbalances
from govreport_kit.parsing.labels import plain_label, plain_words
from govreport_kit.parsing.recognised import recognised_cells
from govreport_kit.parsing.request_table import read_request_table
from govreport_kit.parsing.review_table import read_review_table
from govreport_kit.parsing.rows import Part, whole
from govreport_kit.parsing.two_readings import agreed_reading, is_complete
from govreport_kit.report import Cell, Correction, Note

_LONGEST_CELL = 80
_MOST_COLUMNS = 60
_MOST_IMBALANCES_TOLD = 5


@dataclass(frozen=True, slots=True)
class Tables:
    """The cells of all statutory tables, the form they show, notes, and where tables of any kind stand."""

    form: str | None
    cells: tuple[Cell, ...]
    notes: tuple[Note, ...]
    spans: tuple[tuple[int, int], ...]
    corrections: tuple[Correction, ...] = ()


def read_tables(document: Document) -> Tables:
    """Find and read the statutory tables of a document.

    Parameters
    ----------
    document : Document
        With its grids. A table which they do not hold, or not wholly, is looked for in the text.

    Returns
    -------
    Tables
        `form` is read from the heads and labels of the tables, never from the year; None where no
        statutory table stands in the document.
    """
    grids = list(map(whole, document.grids))
    statutory = [(part, kind) for grid in grids for part in parts_of(grid) if (kind := table_kind(part))]
    labels = {label for part, _ in statutory for row in part.rows for label in row.labels}
    marks = _marks(map(plain_label, labels))
    form, _ = _form(marks, None)
    readings = _merged([(kind, _read(part, kind, form)) for part, kind in statutory])
    corrections = [correction for kind, reading in readings.items() for correction in settle(kind, reading)]
    spans = {(grid.start, grid.end) for grid in grids if _holds_data(grid)}
    flat: dict[str, list[FlatReading]] = {}
    sound = {kind: reading for kind, reading in readings.items() if is_complete(kind, reading)}
    # Misread labels are no ground to place rows by: what a grid of a picture does not give stays unread.
    if len(sound) < len(codebook.tables) and next(recognised_cells(document), None) is None:
        flat = read_flat_tables(document.text, form)
    taken_from_text = set()
    for kind, reading in _merged([(kind, part) for kind, parts in flat.items() for part in parts]).items():
        chosen = agreed_reading(kind, readings.get(kind), reading)
        if chosen is reading:
            taken_from_text.add(kind)
        readings[kind] = chosen
    spans |= {span for part, kind in statutory if kind not in taken_from_text for span in _spans_beside_prose(part)}
    flat_parts = [part for kind in taken_from_text for part in flat[kind]]
    spans |= {(part.start, part.end) for part in flat_parts}
    marks |= _marks(plain_words(document.text[part.start : part.end]) for part in flat_parts)
    form, form_notes = _form(marks, readings.get("requests"))
    cells = [cell for kind in codebook.tables for cell in _in_order(kind, readings.get(kind))]
    notes = [*form_notes]
    for kind, reading in readings.items():
        notes += reading.notes if reading is sound.get(kind) else _notes(kind, reading)
    return Tables(form, tuple(cells), tuple(notes), tuple(sorted(spans)), tuple(corrections))


def _read(part: Part, kind: str, form: str | None) -> TableReading:
    if kind == "requests":
        return read_request_table(part)
    return read_review_table(part) if kind == "reviews" else read_disclosure_table(part, form)


def _holds_data(grid: Part) -> bool:
    """Tell a table of short cells from one which only lays out the page, and from a line that holds the whole text."""
    return 1 < len(grid.rows[0].slots) <= _MOST_COLUMNS and not _long_cells(grid)


def _long_cells(part: Part) -> list[GridCell]:
    rows = [row for row in part.rows if any(len(label) > _LONGEST_CELL for label in row.labels)]
    return [cell for row in rows for cell in row.cells if len(cell.text) > _LONGEST_CELL]


def _spans_beside_prose(part: Part) -> Iterator[tuple[int, int]]:
    """Yield the span of some rows, in parts around the cells of them that hold running text."""
    start = part.start
    for cell in sorted(_long_cells(part), key=attrgetter("start")):
        if cell.text.count("。") > 1:
            yield start, cell.start
            start = cell.end
    yield start, part.end


def _merged(parts: Sequence[tuple[str, TableReading]]) -> dict[str, TableReading]:
    """Join the parts of each table; of a cell that stands twice the first reading is kept."""
    readings: dict[str, TableReading] = {}
    for kind, part in parts:
        merged = readings.setdefault(kind, TableReading())
        repeated = merged.cells.keys() & part.cells.keys()
        if repeated:
            merged.notes.append(_repeated(merged, part, kind))
        merged.doubts = {**{place: part.doubts[place] for place in part.doubts.keys() - merged.cells}, **merged.doubts}
        merged.cells = {**part.cells, **merged.cells}
        merged.notes.extend(part.notes)
    return readings


def _repeated(merged: TableReading, part: TableReading, kind: str) -> Note:
    places = merged.cells.keys() & part.cells.keys()
    differ = [place for place in places if merged.cells[place].value != part.cells[place].value]
    told = f"; {len(differ)} cells differ and the first reading is kept" if differ else " with the same figures"
    code = "conflicting_figures" if differ else "repeated_table"
    spans = [(cell.start or 0, cell.end or 0) for cell in part.cells.values()]
    return Note(code, f"the {kind} table stands twice{told}", min(spans)[0], max(end for _, end in spans))


def _marks(texts: Iterable[str]) -> set[str]:
    """Return the marks of forms that stand in plain texts."""
    words = "\n".join(texts)
    return {mark.mark for mark in codebook.form_marks if mark.mark in words}


def _form(marks: Collection[str], requests: TableReading | None) -> tuple[str | None, list[Note]]:
    """Tell the form from the marks that the tables hold and from the rows of the request table; note a mixture."""
    hits = Counter(mark.form for mark in codebook.form_marks if mark.mark in marks)
    rows = _form_of_rows(requests)
    if rows and not hits[rows]:
        hits[rows] += 1
    if not hits:
        return None, []
    form, _ = hits.most_common(1)[0]
    if len(hits) > 1:
        told = ", ".join(f"{count} of {key}" for key, count in hits.most_common())
        return form, [Note("form_mixed", f"heads, labels and rows of several forms stand in the tables: {told}")]
    return form, []


def _form_of_rows(requests: TableReading | None) -> str | None:
    """Tell the form by the rows of a request table: 其他处理 is one row in 2019 and three in 2021."""
    if requests is None:
        return None
    rows = {row for row, _ in requests.cells}
    of_2019, of_2021 = ({row.key for row in codebook.table_rows("requests", form)} for form in ("f2019", "f2021"))
    if rows & (of_2021 - of_2019):
        return "f2021"
    return "f2019" if rows == of_2019 else None


def _notes(kind: str, reading: TableReading) -> list[Note]:
    """Return the notes of a reading and, if no figure was left out, one on the printed sums which do not hold."""
    broken = imbalances(kind, reading.cells)
    if not broken or any(note.code == "table_unclear" for note in reading.notes):
        return reading.notes
    told = "; ".join(
        f"{item.identity.name}: {item.left:g} against {item.right:g}" for item in broken[:_MOST_IMBALANCES_TOLD]
    )
    more = len(broken) - _MOST_IMBALANCES_TOLD
    rest = f"; and {more} more" if more > 0 else ""
    return [*reading.notes, Note("identity_fails", f"sums of the {kind} table do not hold: {told}{rest}")]


def _in_order(kind: str, reading: TableReading | None) -> list[Cell]:
    if reading is None:
        return []
    return [reading.cells[place] for place in sorted(reading.cells, key=_printed_order(kind).__getitem__)]


@cache
def _printed_order(kind: str) -> dict[tuple[str, str], int]:
    places = product(codebook.table_rows(kind), codebook.table_columns(kind))
    return {(row.key, column.key): number for number, (row, column) in enumerate(places)}
