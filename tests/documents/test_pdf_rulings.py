"""Rulings to tables: each slot belongs to one cell, and no line runs through a cell."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from govreport_kit.documents.pdf_rulings import find_lattices

SIZE = 20.0


@st.composite
def ruled_pages(draw):
    """Return rows, columns, and which of the lines between two slots are drawn: below each, and right of each."""
    rows, columns = draw(st.integers(1, 6)), draw(st.integers(2, 6))
    # Each line begins at an edge of the table, so that all of them hang together.
    wide = draw(st.lists(st.integers(1, columns), min_size=rows, max_size=rows))
    tall = draw(st.lists(st.integers(1, rows), min_size=columns, max_size=columns))
    below = np.arange(columns) < np.array(wide)[:, None]
    behind = np.arange(rows)[:, None] < np.array(tall)
    below[-1] = behind[:, -1] = True
    return rows, columns, below, behind


@given(ruled_pages())
def test_each_slot_belongs_to_one_cell_through_which_no_line_runs(page):
    rows, columns, below, behind = page
    across = [(0.0, 0.0, columns * SIZE)]
    across += [((y + 1) * SIZE, x * SIZE, (x + 1) * SIZE) for y, x in np.argwhere(below).tolist()]
    down = [(0.0, 0.0, rows * SIZE)]
    down += [((x + 1) * SIZE, y * SIZE, (y + 1) * SIZE) for y, x in np.argwhere(behind).tolist()]
    (lattice,) = find_lattices(np.array(across), np.array(down))
    owners = np.full((rows, columns), -1)
    for number, (row, column, rowspan, colspan) in enumerate(lattice.cells):
        inside = slice(row, row + rowspan), slice(column, column + colspan)
        assert (owners[inside] == -1).all()
        owners[inside] = number
        assert not below[row : row + rowspan - 1, inside[1]].any()
        assert not behind[inside[0], column : column + colspan - 1].any()
        box = column * SIZE, row * SIZE, (column + colspan) * SIZE, (row + rowspan) * SIZE
        assert lattice.cell_box(number) == box
    assert np.array_equal(lattice.slots, owners)
    # A cell ends to its right where a line is drawn, or where the next slot belongs to a cell from above.
    for row, column, _, colspan in lattice.cells:
        end = column + colspan
        assert behind[row, end - 1] or lattice.cells[owners[row, end]][0] < row
