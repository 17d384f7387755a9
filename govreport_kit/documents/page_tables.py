"""Tables of pages to tables of documents: joined over page breaks, even inside a row or a label."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from operator import attrgetter

from govreport_kit.documents.document import Grid, GridCell
from govreport_kit.documents.pdf_drawings import Box
from govreport_kit.documents.pdf_lines import Line, cell_text, fills
from govreport_kit.documents.pdf_rulings import Lattice

_SAME_EDGE = 6.0
_ENUMERATOR = re.compile(r"\s*[（(]?[一二三四五六七八九十\d]{1,3}[）)、.．]")
_FIGURE = re.compile(r"[\s\d.,，+/%—–-]*")


@dataclass(slots=True)
class TableCell:
    """A cell by its rows and its edges; `page` and `box` tell where its first part is printed."""

    row: int
    rowspan: int
    left: float
    right: float
    page: int
    box: Box
    open_above: bool
    open_below: bool
    lines: Sequence[Line] = ()

    @property
    def below(self) -> int:
        """The first row below the cell."""
        return self.row + self.rowspan

    @property
    def text(self) -> str:
        """What is printed in the cell."""
        return cell_text(self.lines, self.right - self.left)

    @property
    def confidence(self) -> float | None:
        """The least confidence of its lines; None where all were typed."""
        told = [line.confidence for line in self.lines if line.confidence is not None]
        return min(told) if told else None

    @property
    def others(self) -> tuple[str, ...]:
        """Further readings of a cell of one line."""
        return self.lines[0].others if len(self.lines) == 1 else ()

    @property
    def is_blank(self) -> bool:
        """Whether nothing is printed in the cell."""
        return not self.lines

    @property
    def has_words(self) -> bool:
        """Whether the cell holds more than a figure."""
        return not _FIGURE.fullmatch(self.text)


@dataclass(slots=True)
class Table:
    """A table on one page, or on several once `join` has put them together."""

    left: float
    right: float
    top: float
    rows: int
    cells: list[TableCell]

    @property
    def bottom(self) -> float:
        """Where the part on its first page ends."""
        return max(cell.box[3] for cell in self.cells)

    def join(self, more: Table) -> None:
        """Add the table's continuation on the next page."""
        self.drop_strips()
        more.drop_strips()
        more.drop_head_of(self)
        pairs = _pairs(
            [cell for cell in self.cells if cell.below == self.rows], [cell for cell in more.cells if cell.row == 0]
        )
        one_row = _is_one_row(pairs, self, more)
        some_closed = any(not cell.open_below for cell in self.cells if cell.below == self.rows)
        offset = self.rows - one_row
        joined = set()
        for upper, lower in pairs:
            torn = some_closed and upper.open_below and lower.open_above
            if one_row or _is_one_cell(upper, lower, more, torn):
                upper.lines = [*upper.lines, *lower.lines]
                upper.rowspan = lower.below + offset - upper.row
                upper.open_below = lower.open_below
                joined.add(id(lower))
        self.rows = offset + more.rows
        for cell in more.cells:
            if id(cell) not in joined:
                cell.row += offset
                self.cells.append(cell)

    def take_overflow(self, line: Line) -> bool:
        """Take a line below the table that runs out of a cell which no rule closes; tell whether there is one."""
        for cell in self.cells:
            if (
                cell.open_below
                and cell.lines
                and cell.left - _SAME_EDGE < line.left
                and line.right < cell.right + _SAME_EDGE
                and line.top - cell.lines[-1].bottom < line.height / 2
            ):
                cell.lines = [*cell.lines, line]
                return True
        return False

    def drop_strips(self) -> None:
        """Drop a first or last row which is no more than blank paper between a rule and the end of the page."""
        first = [cell for cell in self.cells if cell.row == 0 and cell.rowspan == 1]
        if self.rows > 1 and first and all(cell.is_blank and cell.open_above for cell in first):
            self._drop_rows(1)
        last = [cell for cell in self.cells if cell.below == self.rows and cell.rowspan == 1]
        if self.rows > 1 and last and all(cell.is_blank and cell.open_below for cell in last):
            self.rows -= 1
            self.cells = [cell for cell in self.cells if cell.row < self.rows]
            for cell in self.cells:
                cell.rowspan = min(cell.rowspan, self.rows - cell.row)

    def drop_head_of(self, other: Table) -> None:
        """Drop the rows which only repeat the head of another table."""
        repeated = 0
        for mine, theirs in zip(range(self.rows - 1), range(other.rows - 1), strict=False):
            words = self._head_row(mine)
            if not words or words != other._head_row(theirs):
                break
            repeated += 1
        while any(cell.row < repeated < cell.below for cell in self.cells):
            repeated -= 1
        self._drop_rows(repeated)

    def _drop_rows(self, number: int) -> None:
        """Drop the first rows; a cell that reaches further down keeps the rest of its rows."""
        self.cells = [cell for cell in self.cells if cell.below > number]
        for cell in self.cells:
            cell.rowspan = cell.below - max(cell.row, number)
            cell.row = max(cell.row - number, 0)
        self.rows -= number

    def _head_row(self, row: int) -> list[str] | None:
        """Return the words of the cells which begin in a row; None if it has figures or blanks."""
        cells = sorted((cell for cell in self.cells if cell.row == row), key=lambda cell: cell.left)
        if not all(cell.has_words for cell in cells):
            return None
        return ["".join(cell.text.split()) for cell in cells]

    def write(self, start: int, say: Callable[[str], None]) -> Grid:
        """Write the table and return its grid: each cell is followed by a tab, each row by a line break."""
        column_of, width = _columns({edge for cell in self.cells for edge in (cell.left, cell.right)})
        rows: list[list[TableCell]] = [[] for _ in range(self.rows)]
        for cell in sorted(self.cells, key=attrgetter("left")):
            rows[cell.row].append(cell)
        slots: list[list[GridCell | None]] = [[None] * width for _ in rows]
        position = start
        for number, row in enumerate(rows):
            for cell in row:
                text = cell.text
                end = position + len(text)
                first, last = column_of[cell.left], column_of[cell.right]
                written = GridCell(
                    number, first, cell.rowspan, last - first, text, position, end, cell.page, cell.box,
                    cell.confidence, cell.others,
                )  # fmt: skip
                if cell.rowspan == last - first == 1:
                    slots[number][first] = written
                else:
                    for line in slots[number : cell.below]:
                        line[first:last] = [written] * (last - first)
                say(text + "\t")
                position = end + 1
            if row:
                say("\n")
                position += 1
        return Grid(tuple(map(tuple, slots)), start, position)


def page_table(lattice: Lattice, lines: dict[int, list[Line]], page: int) -> Table | None:
    """Return the table of a lattice and the lines in its cells; None if nothing is printed in it."""
    if not lines:
        return None
    xs, ys, height = lattice.xs, lattice.ys, len(lattice.ys) - 1
    cells = []
    for number, (row, column, rowspan, colspan) in enumerate(lattice.cells):
        below, behind = row + rowspan, column + colspan
        left, right = xs[column], xs[behind]
        columns = (1 << behind) - (1 << column)
        cells.append(
            TableCell(
                row,
                rowspan,
                left,
                right,
                page,
                (left, ys[row], right, ys[below]),
                row == 0 and lattice.open_above & columns == columns,
                below == height and lattice.open_below & columns == columns,
                lines.get(number, ()),
            )
        )
    left, top, right, _ = lattice.box
    return Table(left, right, top, height, cells)


def continues(table: Table, more: Table) -> bool:
    """Tell whether two tables with nothing between them but a page break are one: their outer edges agree."""
    return abs(table.left - more.left) <= _SAME_EDGE and abs(table.right - more.right) <= _SAME_EDGE


def _pairs(uppers: list[TableCell], lowers: list[TableCell]) -> list[tuple[TableCell, TableCell]]:
    """Pair the cells which meet at a page break and have the same edges, from left to right."""
    return [
        (upper, lower)
        for upper in sorted(uppers, key=lambda cell: cell.left)
        for lower in lowers
        if abs(upper.left - lower.left) <= _SAME_EDGE and abs(upper.right - lower.right) <= _SAME_EDGE
    ]


def _is_one_row(pairs: list[tuple[TableCell, TableCell]], table: Table, more: Table) -> bool:
    """Tell whether a page break cuts through a row, so that its cells go on in the next page's first row.

    Then the cells meet edge to edge, and either no rule closes the parts, or one part has no label of
    its own, or the label goes on from part to part. A figure stands in both parts only where the cell
    is too narrow for it and the label stands above the break.
    """
    all_meet = len(pairs) == sum(cell.below == table.rows for cell in table.cells)
    all_meet = all_meet and len(pairs) == sum(cell.row == 0 for cell in more.cells)
    inner = [(upper, lower) for upper, lower in pairs if upper.rowspan == 1 and lower.rowspan == 1]
    if not all_meet or not inner:
        return False
    label, rest = inner[0]
    figures = [
        (upper, lower)
        for upper, lower in inner
        if not upper.is_blank and not lower.is_blank and not (upper.has_words and lower.has_words)
    ]
    if figures:
        return label.has_words and rest.is_blank and all(_is_one_number(*parts) for parts in figures)
    if all(upper.open_below and lower.open_above for upper, lower in inner):
        return True
    return label.is_blank or rest.is_blank or _goes_on(label, rest)


def _is_one_number(upper: TableCell, lower: TableCell) -> bool:
    """Tell whether the digits of a cell that they fill go on in the cell below the page break."""
    digits = upper.text + lower.text
    return len(upper.text) > 1 and digits.isdecimal() and fills(upper.lines[-1], upper.right - upper.left)


def _is_one_cell(upper: TableCell, lower: TableCell, more: Table, torn: bool) -> bool:
    """Tell whether a label beside several rows goes on below a page break, where it may stand in either part.

    A torn cell is one that no rule closes where other cells are closed.
    """
    if lower.is_blank:
        labels = any(cell.row == 0 and cell.left > lower.left and cell.has_words for cell in more.cells)
        return labels and (upper.has_words or (upper.is_blank and upper.rowspan > 1))
    if upper.is_blank:
        return upper.rowspan > 1 and lower.has_words
    return (torn and lower.has_words) or _goes_on(upper, lower)


def _goes_on(upper: TableCell, lower: TableCell) -> bool:
    """Tell whether the label that fills the upper cell is continued by the lower one, which begins no label."""
    return (
        upper.has_words
        and lower.has_words
        and (upper.rowspan + lower.rowspan > 2 or _ENUMERATOR.match(upper.text) is not None)
        and _ENUMERATOR.match(lower.text) is None
        and fills(upper.lines[-1], upper.right - upper.left)
    )


def _columns(edges: Iterable[float]) -> tuple[dict[float, int], int]:
    """Return for each edge the column that begins there, and the number of columns."""
    columns: dict[float, int] = {}
    column, first = -1, -math.inf
    for edge in sorted(edges):
        if edge - first > _SAME_EDGE:
            column, first = column + 1, edge
        columns[edge] = column
    return columns, column
