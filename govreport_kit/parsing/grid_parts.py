"""Grids to statutory tables: which grid holds which table; one which holds several is cut."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

from govreport_kit.parsing.disclosure_table import is_disclosure_table
from govreport_kit.parsing.labels import find_key, innermost_key
from govreport_kit.parsing.request_table import is_request_table
from govreport_kit.parsing.review_table import is_review_table
from govreport_kit.parsing.rows import Part, Row


def table_kind(part: Part) -> str | None:
    """Return the key of the statutory table that some rows hold, or None."""
    if is_request_table(part):
        return "requests"
    if is_review_table(part):
        return "reviews"
    return "disclosure" if is_disclosure_table(part) else None


def parts_of(grid: Part) -> Iterator[Part]:
    """Yield the tables which stand one below the other in a grid; most grids are one table.

    A part ends with the last row of its kind: heads belong to the rows below them.
    """
    kinds = [(place, kind) for place, row in enumerate(grid.rows) if (kind := _kind_of_row(row))]
    first = 0
    for (place, kind), (_, following) in pairwise(kinds):
        if following != kind:
            yield grid.between(first, place + 1)
            first = place + 1
    last, end = kinds[-1][0] if kinds else -1, len(grid.rows)
    if first <= last < end - 1 and is_review_table(grid.between(last + 1, end)):
        yield grid.between(first, last + 1)
        first = last + 1
    yield grid.between(first, end) if first else grid


def _kind_of_row(row: Row) -> str | None:
    """Tell the table of a row by its labels; a row without figures is none of a table's own."""
    return None if len(row.labels) == len(row.cells) else _kind_of_labels(row.labels)


@lru_cache(maxsize=8192)
def _kind_of_labels(labels: tuple[str, ...]) -> str | None:
    if labels and find_key("disclosure", "row", labels[0]):
        return "disclosure"
    return "requests" if innermost_key("requests", [word for label in labels for word in label.split()]) else None
