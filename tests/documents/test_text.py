"""Plain texts and the tables drawn in them."""

from govreport_kit.documents.text import read_text


def rows(grid):
    return [[cell.text if cell else None for cell in row] for row in grid.rows]


def test_bars_draw_a_table_and_rules_are_no_rows():
    text, (grid,) = read_text("前\n| 甲 | 1 | 2 |\n|---|---|---|\n| 乙 |  | 3 |\n后")
    assert rows(grid) == [["甲", "1", "2"], ["乙", "", "3"]]
    assert all(text[cell.start : cell.end] == cell.text for row in grid.rows for cell in row)


def test_tabs_draw_a_table_and_a_blank_line_does_not_end_it():
    _, (grid,) = read_text("甲\t1\t2\r\n\r\n乙\t3\t\n")
    assert rows(grid) == [["甲", "1", "2"], ["乙", "3", None]]


def test_a_sentence_ends_a_table():
    _, grids = read_text("a|1|2\n说明\nb|3|4\n")
    assert [rows(grid) for grid in grids] == [[["a", "1", "2"]], [["b", "3", "4"]]]


def test_a_text_without_bars_has_no_table():
    assert read_text("一、总体情况\n甲 1 2 3\n")[1] == ()
