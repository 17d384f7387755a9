"""Merged cells to a grid."""

from hypothesis import given
from hypothesis import strategies as st

from govreport_kit.documents.grid import LooseCell, build_grid


def cell(text, rowspan=1, colspan=1):
    return LooseCell(text, 0, len(text), rowspan, colspan)


def texts(grid):
    return [[slot.text if slot else None for slot in row] for row in grid.rows]


def test_a_merged_cell_stands_in_every_slot_it_covers():
    grid = build_grid([[cell("a", rowspan=2), cell("b", colspan=2)], [cell("c"), cell("d")]], 0, 0)
    assert texts(grid) == [["a", "b", "b"], ["a", "c", "d"]]


def test_a_short_row_leaves_its_slots_empty():
    assert texts(build_grid([[cell("a"), cell("b")], [cell("c")]], 0, 0)) == [["a", "b"], ["c", None]]


def test_rowspan_zero_reaches_to_the_last_row_and_no_span_reaches_beyond():
    grid = build_grid([[cell("a", rowspan=0), cell("b", rowspan=99)], [], []], 0, 0)
    assert texts(grid) == [["a", "b"]] * 3


def test_a_claim_of_a_hundred_thousand_columns_is_cut():
    grid = build_grid([[cell("a", colspan=100_000), cell("b")]], 0, 0)
    assert len(grid.rows[0]) == 201


def test_a_table_that_claims_too_much_is_no_grid():
    assert build_grid([[cell("a", rowspan=1000, colspan=200)] for _ in range(1000)], 0, 0) is None


def test_a_table_without_cells_is_no_grid():
    assert build_grid([], 0, 0) is None
    assert build_grid([[], []], 0, 0) is None


spans = st.integers(min_value=0, max_value=4)


@given(st.lists(st.lists(st.tuples(spans, spans), max_size=4), min_size=1, max_size=5))
def test_every_cell_has_a_slot_at_its_own_place(rows):
    loose = [[cell(f"{r}.{c}", down, right) for c, (down, right) in enumerate(row)] for r, row in enumerate(rows)]
    grid = build_grid(loose, 0, 0)
    if grid is None:
        assert not any(rows)
        return
    assert len({len(row) for row in grid.rows}) == 1
    anchors = {slot.text for row in grid.rows for slot in row if slot and grid.rows[slot.row][slot.column] is slot}
    assert anchors == {loose_cell.text for row in loose for loose_cell in row}
