"""The table of reconsideration and litigation: three channels by five outcomes."""

from __future__ import annotations

from govreport_kit import codebook
from govreport_kit.documents import Grid
from govreport_kit.parsing.cells import TableReading, table_cell
from govreport_kit.parsing.labels import find_key, has_words
from govreport_kit.report import Note


def is_review_table(grid: Grid) -> bool:
    """Tell whether the heads of a grid name reconsideration and at least three outcomes."""
    channels, outcomes = set(), set()
    for row in grid.rows[:6]:
        for cell in row:
            if cell is not None and has_words(cell):
                channels.add(find_key("reviews", "row", cell.text))
                outcomes.add(find_key("reviews", "column", cell.text))
    return len(channels - {None}) >= 1 and len(outcomes - {None}) >= 3


def read_review_table(grid: Grid) -> TableReading:
    """Read the cells of a review table.

    Columns are known by their heads; where a head is missing, by their order, if the row of figures
    has exactly fifteen and no head objects.
    """
    reading = TableReading()
    first = next((number for number, row in enumerate(grid.rows) if not any(map(has_words, row))), None)
    if first is None:
        reading.notes.append(Note("missing_table", "the review table has no row of figures", grid.start, grid.end))
        return reading
    row = grid.rows[first]
    if any(cell is None for cell in row):
        message = "the row of figures of the review table lacks cells"
        reading.notes.append(Note("unknown_column", message, grid.start, grid.end))
        return reading
    places = [(channel.key, outcome.key) for channel in codebook.table_rows("reviews")
              for outcome in codebook.table_columns("reviews")]  # fmt: skip
    heads = [_place(grid, first, column) for column in range(len(row))]
    if set(heads) - {None} != set(places):
        agrees = all(head in (None, place) for head, place in zip(heads, places, strict=False))
        heads = list(places) if len(row) == len(places) and agrees else [None] * len(row)
    for place, cell in zip(heads, row, strict=True):
        if place and cell is not None:
            reading.add(table_cell("reviews", *place, cell), cell)
    if len(reading.cells) < len(places):
        message = f"{len(reading.cells)} of {len(places)} columns of the review table could be told"
        reading.notes.append(Note("unknown_column", message, grid.start, grid.end))
    return reading


def _place(grid: Grid, first: int, column: int) -> tuple[str, str] | None:
    channel = outcome = None
    for row in grid.rows[:first]:
        cell = row[column]
        if cell is None or not has_words(cell):
            continue
        channel = find_key("reviews", "row", cell.text) or channel
        outcome = find_key("reviews", "column", cell.text) or outcome
    return (channel, outcome) if channel and outcome else None
