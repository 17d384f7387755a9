"""Labels of tables as printed to keys of the codebook."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from govreport_kit import codebook
from govreport_kit.documents import Grid, GridCell
from govreport_kit.parsing.numerals import read_cell

_ENUMERATOR = re.compile(r"^(?:[(]?(?:[一二三四五六七八九十]{1,3}|\d{1,2})(?:[)][、.,]?|[、.,]))+")
_REMARK = re.compile(r"[(\[].*?(?:[)\]]|$)")
_NOISE = re.compile(r"[\s\u200b\"'“”‘’《》:。*]+")


@lru_cache(maxsize=4096)
def normal_label(text: str) -> str:
    """Return a label without spaces, quotes, enumerator and bracketed remarks, in half-width characters."""
    words = _NOISE.sub("", unicodedata.normalize("NFKC", text))
    return _REMARK.sub("", _ENUMERATOR.sub("", words))


@lru_cache(maxsize=8192)
def find_key(table: str, axis: str, text: str) -> str | None:
    """Return the codebook key of a printed label, or None if it is no label of that table."""
    label = normal_label(text)
    if not label:
        return None
    for key, pattern in _patterns(table, axis):
        if pattern.search(label):
            return key
    return None


@lru_cache(maxsize=16)
def _patterns(table: str, axis: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple(
        (label.key, re.compile(label.pattern))
        for label in codebook.labels
        if label.table == table and label.axis == axis
    )


def distinct(row: tuple[GridCell | None, ...]) -> Iterator[GridCell]:
    """Yield the cells of a grid row from left to right, a merged cell once."""
    seen = None
    for cell in row:
        if cell is not None and cell is not seen:
            yield cell
        seen = cell


def is_value(cell: GridCell) -> bool:
    """Tell whether a cell holds a figure, a mark for none, or nothing."""
    return read_cell(cell.text).state != "unreadable"


def has_words(cell: GridCell | None) -> bool:
    """Tell whether a cell holds a label: words, not a figure and not nothing."""
    return cell is not None and not is_value(cell)


def row_keys(grid: Grid, table: str) -> list[str | None]:
    """Return, for each row of a grid, the key of the innermost label that belongs to a table."""
    return [_row_key(row, table) for row in grid.rows]


def _row_key(row: tuple[GridCell | None, ...], table: str) -> str | None:
    keys = [find_key(table, "row", cell.text) for cell in distinct(row) if has_words(cell)]
    return next((key for key in reversed(keys) if key), None)
