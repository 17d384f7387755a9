"""The table of reconsideration and litigation: three channels by five outcomes."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from govreport_kit import codebook
from govreport_kit.parsing.cells import TableReading, table_cell
from govreport_kit.parsing.labels import find_key, has_words
from govreport_kit.parsing.rows import Part, Row
from govreport_kit.report import Note


def is_review_table(part: Part) -> bool:
    """Tell whether the heads of some rows name reconsideration and at least three outcomes."""
    named = [_named(label) for row in part.rows[:6] for label in row.labels]
    channels, outcomes = ({keys[axis] for keys in named} - {None} for axis in (0, 1))
    return len(channels) >= 1 and len(outcomes) >= 3


@lru_cache(maxsize=8192)
def _named(label: str) -> tuple[str | None, str | None]:
    """Return the channel and the outcome that a label names."""
    return find_key("reviews", "row", label), find_key("reviews", "column", label)


def read_review_table(part: Part) -> TableReading:
    """Read the cells of a review table.

    Columns are known by their heads; where a head is missing, by their order, if the row of figures
    has exactly fifteen and no head objects.
    """
    reading = TableReading()
    first = next((number for number, row in enumerate(part.rows) if not row.labels), None)
    if first is None:
        reading.notes.append(Note("missing_table", "the review table has no row of figures", part.start, part.end))
        return reading
    row = part.rows[first].slots
    if None in row:
        message = "the row of figures of the review table lacks cells"
        reading.notes.append(Note("unknown_column", message, part.start, part.end))
        return reading
    places = [(channel.key, outcome.key) for channel in codebook.table_rows("reviews")
              for outcome in codebook.table_columns("reviews")]  # fmt: skip
    heads = [_place(part.rows[:first], column) for column in range(len(row))]
    if set(heads) - {None} != set(places):
        agrees = all(head in (None, place) for head, place in zip(heads, places, strict=False))
        heads = list(places) if len(row) == len(places) and agrees else [None] * len(row)
    for place, cell in zip(heads, row, strict=True):
        if place and cell is not None:
            reading.add(table_cell("reviews", *place, cell), cell)
    if len(reading.cells) < len(places):
        message = f"{len(reading.cells)} of {len(places)} columns of the review table could be told"
        reading.notes.append(Note("unknown_column", message, part.start, part.end))
    return reading


def _place(heads: Sequence[Row], column: int) -> tuple[str, str] | None:
    channel = outcome = None
    for row in heads:
        cell = row.slots[column]
        if cell is None or not has_words(cell):
            continue
        named = _named(cell.text)
        channel, outcome = named[0] or channel, named[1] or outcome
    return (channel, outcome) if channel and outcome else None
