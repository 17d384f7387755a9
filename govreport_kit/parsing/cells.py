"""What reading a table gives: cells of the codebook, and notes on what did not fit."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Protocol

from govreport_kit import codebook
from govreport_kit.documents import GridCell
from govreport_kit.parsing.numerals import CellValue, has_words, read_cell
from govreport_kit.report import Cell, Note


class Spanned(Protocol):
    """A piece of a document which knows its span."""

    @property
    def start(self) -> int:
        """Position of the first character."""

    @property
    def end(self) -> int:
        """Position behind the last character."""


# Fewer than one in a thousand figures that a recogniser is so sure of is wrong; in amounts a point may be lost.
_BEYOND_DOUBT, _AMOUNT_BEYOND_DOUBT = 0.98, 0.99
_AMOUNTS = ("amount", "amount_10k_cny")
_YUAN = {"元": 10**4, "万元": 1, "亿元": 10**-4}


@dataclass(slots=True)
class TableReading:
    """Cells by (row, column), and notes; a cell that stands twice is kept once.

    `doubts` are the printed cells whose figure was recognised in a picture and is not quite certain;
    `recognised` are the places of all that were, by the start of their spans.
    """

    cells: dict[tuple[str, str], Cell] = field(default_factory=dict)
    notes: list[Note] = field(default_factory=list)
    doubts: dict[tuple[str, str], GridCell] = field(default_factory=dict)
    recognised: dict[int, tuple[str, str]] = field(default_factory=dict)

    def add(self, cell: Cell, printed: GridCell) -> None:
        """Keep a cell; note a number that could not be read, and a second value for the same cell."""
        place = (cell.row, cell.column)
        if printed.confidence is not None:
            printed = self._apart(place, printed)
        enough = _AMOUNT_BEYOND_DOUBT if cell.column in _AMOUNTS else _BEYOND_DOUBT
        if printed.confidence is not None and (printed.confidence < enough or is_no_count(cell)):
            self.doubts.setdefault(place, printed)
        elif cell.state == "unreadable":
            message = f"{cell.row}/{cell.column}: {printed.text!r} is no number"
            self.notes.append(Note("unreadable_cell", message, cell.start, cell.end))
        elif cell.value is not None and has_words(printed.text):
            message = f"{cell.row}/{cell.column}: {printed.text!r} was read as {cell.value}"
            self.notes.append(Note("words_in_cell", message, cell.start, cell.end))
        first = self.cells.setdefault(place, cell)
        if first.value != cell.value:
            message = f"{cell.row}/{cell.column}: {first.value} was read first, then {cell.value}"
            self.notes.append(Note("conflicting_figures", message, cell.start, cell.end))
            if printed.confidence is not None:  # one of two rows of a picture has a misread label
                self.cells[place] = replace(first, value=None, state="unreadable")
                self.doubts.pop(place, None)

    def _apart(self, place: tuple[str, str], printed: GridCell) -> GridCell:
        """Doubt what was recognised in a cell that belongs to several places: a rule was not found between them."""
        first = self.recognised.setdefault(printed.start, place)
        if first == place:
            return printed
        doubtful = printed._replace(confidence=0.0)
        self.doubts[first] = doubtful
        return doubtful


@dataclass(slots=True)
class FlatReading(TableReading):
    """What was read from a table without grid, and the span of the text in which it stands."""

    start: int = 0
    end: int = 0


def span_of(*pieces: Spanned) -> tuple[int, int]:
    """Return the span that holds all pieces; a merged cell may stand before or behind the rest of its row."""
    return min(piece.start for piece in pieces), max(piece.end for piece in pieces)


def is_no_count(cell: Cell) -> bool:
    """Tell whether a cell that counts holds a number below 0, as a stroke before the figure makes it."""
    return cell.table != "disclosure" and cell.value is not None and cell.value < 0


def table_cell(table: str, row: str, column: str, printed: GridCell) -> Cell:
    """Read a printed cell as a cell of the codebook, in the unit of its column."""
    value, unit = read_cell(printed.text), None
    if table == "disclosure":
        unit = next(entry.unit for entry in codebook.table_columns(table) if entry.key == column) or None
        value, unit = _in_unit(value, column, unit)
    elif isinstance(value.value, float):
        value = CellValue(None, "unreadable")
    return Cell(table, row, column, value.value, value.state, unit, "table", printed.start, printed.end)


def _in_unit(value: CellValue, column: str, unit: str | None) -> tuple[CellValue, str | None]:
    """Keep money in the column's unit; a column whose unit the form does not name keeps the printed one."""
    if column == "amount_10k_cny" and value.unit in _YUAN and value.value is not None:
        converted = value.value / _YUAN[value.unit]
        return replace(value, value=int(converted) if converted == int(converted) else converted), unit
    if column == "amount":
        return value, value.unit
    return value, unit
