"""Rulings to tables: which lines belong together, and which cells they bound."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from itertools import compress, pairwise
from typing import NamedTuple

import numpy as np

from govreport_kit.documents.limits import watch
from govreport_kit.documents.pdf_drawings import Box

# Double rules stand closer than this, rows and columns never.
_SAME_RULE = 5.0
# Dots and dashes of one rule stand closer than this.
_SAME_LINE = 4.0
_SHORTEST = 6.0
_MOST_RULINGS = 1_000
# Further than anything on a page.
_APART = 1e6


class Ruling(NamedTuple):
    """A straight line along an axis: its position across the axis, and its two ends."""

    position: float
    start: float
    end: float


# A cell by its place in the lattice: row, column, rowspan and colspan.
LatticeCell = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class Lattice:
    """A ruled table on one page.

    Attributes
    ----------
    xs, ys : tuple of float
        Where the columns and rows begin and the last ones end.
    cells : tuple of LatticeCell
        In the order of the rows; every slot belongs to just one cell.
    slots : array of int, of shape (rows, columns)
        For each slot the number of its cell.
    open_above, open_below : int
        Columns, as bits, which no rule closes at the upper or lower edge.
    """

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    cells: tuple[LatticeCell, ...]
    slots: np.ndarray
    open_above: int
    open_below: int

    @property
    def box(self) -> Box:
        """The table's place on its page: left, top, right, bottom."""
        return self.xs[0], self.ys[0], self.xs[-1], self.ys[-1]

    def cells_at(self, xs: np.ndarray, ys: np.ndarray) -> np.ndarray:
        """Return for each point the number of its cell, or -1 outside the table."""
        left, top, right, bottom = self.box
        inside = (xs >= left) & (xs <= right) & (ys >= top) & (ys <= bottom)
        columns = np.searchsorted(self.xs[1:-1], xs, side="right")
        rows = np.searchsorted(self.ys[1:-1], ys, side="right")
        return np.where(inside, self.slots[rows, columns], -1)

    def cell_box(self, number: int) -> Box:
        """Return the place of a cell on the page: left, top, right, bottom."""
        row, column, rowspan, colspan = self.cells[number]
        return self.xs[column], self.ys[row], self.xs[column + colspan], self.ys[row + rowspan]


def find_lattices(horizontals: np.ndarray, verticals: np.ndarray) -> list[Lattice]:
    """Find the ruled tables of a page.

    Parameters
    ----------
    horizontals, verticals : array of shape (number, 3)
        The rulings of the page, in pieces of any length: position across the axis, and the two ends.

    Returns
    -------
    list of Lattice
        Tables of at least two columns, the smaller first: a table may stand in another one's cell.
        Underlines, frames and lists of boxes are none.
    """
    across, down = _whole_lines(horizontals), _whole_lines(verticals)
    if not across or not down or len(across) > _MOST_RULINGS or len(down) > _MOST_RULINGS:
        return []
    lattices = [_lattice(*group) for group in _connected(across, down)]
    tables = [lattice for lattice in lattices if lattice is not None]
    return sorted(tables, key=lambda table: (table.xs[-1] - table.xs[0]) * (table.ys[-1] - table.ys[0]))


def _whole_lines(pieces: np.ndarray) -> list[Ruling]:
    """Put the pieces of each line together; a double rule is one line."""
    if not len(pieces):
        return []
    positions, levels = _levels_of(pieces[:, 0])
    order = np.lexsort((pieces[:, 1], levels))
    levels, starts, ends = levels[order], pieces[order, 1], pieces[order, 2]
    # Beyond the reach of the level before, so that one running maximum serves for all of them.
    apart = levels * _APART
    reached = np.maximum.accumulate(ends + apart)
    begins = np.ones(len(order), bool)
    begins[1:] = starts[1:] + apart[1:] - reached[:-1] > _SAME_LINE
    firsts = begins.nonzero()[0]
    lines = zip(
        positions[levels[firsts]].tolist(),
        starts[firsts].tolist(),
        np.maximum.reduceat(ends, firsts).tolist(),
        strict=True,
    )
    return [line for line in map(Ruling._make, lines) if line.end - line.start >= _SHORTEST]


def _levels_of(positions: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return where the lines are, and for each piece the number of its line."""
    ordered = np.sort(positions).tolist()
    starts, middles = [], []
    first = 0
    while first < len(ordered):
        beyond = bisect_right(ordered, ordered[first] + _SAME_RULE)
        starts.append(ordered[first])
        middles.append((ordered[first] + ordered[beyond - 1]) / 2)
        first = beyond
    return np.array(middles), np.searchsorted(starts, positions, side="right") - 1


def _connected(across: list[Ruling], down: list[Ruling]) -> list[tuple[list[Ruling], list[Ruling]]]:
    """Group the lines which touch each other."""
    touch = _touch(across, down)
    held: np.ndarray = touch.max(axis=0)
    left = held.copy()
    groups: list[tuple[list[Ruling], list[Ruling]]] = []
    while left.any():
        rows, columns = _reached(touch, int(left.argmax()))
        left &= ~columns
        groups.append((list(compress(across, rows.tolist())), list(compress(down, columns.tolist()))))
    loose = [line for line, is_held in zip(down, held.tolist(), strict=True) if not is_held]
    return _with_outer_lines(groups, loose)


def _touch(across: list[Ruling], down: list[Ruling]) -> np.ndarray:
    """Tell for each pair of lines whether they touch each other."""
    y, left, right = np.array(across).T[:, :, None]
    x, top, bottom = np.array(down).T[:, None, :]
    touch: np.ndarray = (
        (left - _SAME_RULE <= x) & (x <= right + _SAME_RULE) & (top - _SAME_RULE <= y) & (y <= bottom + _SAME_RULE)
    )
    return touch


def _reached(touch: np.ndarray, number: int) -> tuple[np.ndarray, np.ndarray]:
    """Return which lines hang together with the line down of this number."""
    columns: np.ndarray = np.zeros(touch.shape[1], bool)
    columns[number] = True
    while True:
        rows: np.ndarray = touch[:, columns].max(axis=1)
        grown: np.ndarray = touch[rows].max(axis=0)
        if np.array_equal(grown, columns):
            return rows, columns
        columns = grown


def _with_outer_lines(
    groups: list[tuple[list[Ruling], list[Ruling]]], loose: list[Ruling]
) -> list[tuple[list[Ruling], list[Ruling]]]:
    """Add the lines beside a table which no row touches, for a label that goes on over the whole page."""
    extents = [(min(line.start for line in down), max(line.end for line in down)) for _, down in groups]
    for line in loose:
        for (_, down), (top, bottom) in zip(groups, extents, strict=True):
            if abs(line.start - top) <= _SAME_RULE and abs(line.end - bottom) <= _SAME_RULE:
                down.append(line)
                break
    return groups


def _with_double_rules(lines: list[Ruling]) -> list[Ruling]:
    """Put the two lines of a double rule of a table together again where a line of another table parted them."""
    levels = sorted({line.position for line in lines})
    if all(level - before > _SAME_RULE for before, level in pairwise(levels)):
        return lines
    first, level_of = levels[0], {}
    for level in levels:
        first = first if level - first <= _SAME_RULE else level
        level_of[level] = first
    return [line._replace(position=level_of[line.position]) for line in lines]


def _lattice(across: list[Ruling], down: list[Ruling]) -> Lattice | None:
    across, down = _with_double_rules(across), _with_double_rules(down)
    xs = _levels(down, across)
    ys = _levels(across, down)
    rows_of, columns_of = _covered(down, xs, ys), _covered(across, ys, xs)
    lined_xs, lined_ys = _lined(xs, rows_of), _lined(ys, columns_of)
    if len(lined_xs) < 3 or len(lined_ys) < 2 or not watch().take_slots(len(lined_xs) * len(lined_ys)):
        return None
    if len(lined_xs) < len(xs) or len(lined_ys) < len(ys):
        xs, ys = lined_xs, lined_ys
        rows_of, columns_of = _covered(down, xs, ys), _covered(across, ys, xs)
    cells, slots = _cells(len(ys) - 1, len(xs) - 1, rows_of, columns_of)
    if len(cells) < 2:
        return None
    every = (1 << (len(xs) - 1)) - 1
    return Lattice(tuple(xs), tuple(ys), tuple(cells), slots, every & ~columns_of[0], every & ~columns_of[-1])


def _levels(lines: list[Ruling], crossing: list[Ruling]) -> list[float]:
    """Return where lines stand, and where at least two crossing lines end beyond the outermost of them.

    Tables without side lines end there, and tables which a page break cuts.
    """
    levels = sorted({line.position for line in lines})
    starts = sorted(line.start for line in crossing if line.start < levels[0] - _SHORTEST)
    if len(starts) > 1 and starts[1] - starts[0] <= _SAME_LINE:
        levels.insert(0, starts[0])
    ends = sorted((line.end for line in crossing if line.end > levels[-1] + _SHORTEST), reverse=True)
    if len(ends) > 1 and ends[0] - ends[1] <= _SAME_LINE:
        levels.append(ends[0])
    return levels


def _lined(levels: list[float], covered: list[int]) -> list[float]:
    """Return the outermost levels, and those inside where a line covers a gap."""
    outer = levels[0], levels[-1]
    return [level for level, gaps in zip(levels, covered, strict=True) if gaps or level in outer]


def _covered(lines: list[Ruling], levels: list[float], stops: list[float]) -> list[int]:
    """Return for each level, as bits, the gaps between stops that a line at that level covers."""
    covered = dict.fromkeys(levels, 0)
    for line in lines:
        if line.position in covered:
            first = bisect_left(stops, line.start - _SAME_LINE)
            last = bisect_right(stops, line.end + _SAME_LINE) - 1
            if last > first:
                covered[line.position] |= (1 << last) - (1 << first)
    return list(covered.values())


def _cells(height: int, width: int, rows_of: list[int], columns_of: list[int]) -> tuple[list[LatticeCell], np.ndarray]:
    """Divide the slots into the widest, then tallest, rectangles which no line cuts."""
    slots = [[-1] * width for _ in range(height)]
    # For each row, as bits, the edges of columns where a line stands, and the slots which belong to a cell.
    edges = _turned(rows_of, height)
    taken = [0] * height
    cells: list[LatticeCell] = []
    for row in range(height):
        stops = edges[row] | taken[row] | 1 << width
        free = ~taken[row] & (1 << width) - 1
        while free:
            first = free & -free
            behind = stops & -2 * first
            end = behind & -behind
            span, inner = end - first, end - 2 * first
            below = row + 1
            while below < height and not (columns_of[below] & span or edges[below] & inner or taken[below] & span):
                taken[below] |= span
                below += 1
            column, right = first.bit_length() - 1, end.bit_length() - 1
            number = [len(cells)] * (right - column)
            for line in range(row, below):
                slots[line][column:right] = number
            cells.append((row, column, below - row, right - column))
            free &= -end
    return cells, np.array(slots)


def _turned(numbers: list[int], length: int) -> list[int]:
    """Turn a table of bits: the bits of the first number become the lowest of each."""
    written = [f"{number:0{length}b}" for number in reversed(numbers)]
    return [int("".join(bits), 2) for bits in zip(*written, strict=True)][::-1]
