"""What was recognised in pictures, as far as it is certain: labels spelled as the form has them, no doubtful figure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from difflib import SequenceMatcher
from functools import cache, lru_cache

from govreport_kit import codebook
from govreport_kit.documents import Document, Grid, GridCell
from govreport_kit.parsing.labels import find_key, has_words, normal_label

# From here on a figure counts as read; below, it needs the sums of the form.
CERTAIN = 0.9
_BLOT = "\ufffd"
_SHORTEST = 4
_LIKE, _APART = 0.7, 0.12
_AXES = ("row", "column")


def recognised_cells(document: Document) -> Iterator[GridCell]:
    """Yield the cells that were recognised in a picture, each once."""
    seen: set[int] = set()
    for grid in document.grids:
        for row in grid.rows:
            for cell in row:
                if cell is not None and cell.confidence is not None and cell.start not in seen:
                    seen.add(cell.start)
                    yield cell


def as_far_as_certain(document: Document) -> Document:
    """Return a document whose text holds no doubtful figure of a picture, and whose labels are the form's.

    Parameters
    ----------
    document : Document
        One without pictures is returned as it is.

    Returns
    -------
    Document
        With a text of the same length, so that every span holds in both. Its cells keep their
        doubtful figures, which know their confidence.
    """
    cells = list(recognised_cells(document))
    if not cells:
        return document
    text = document.text
    for cell in cells:
        if cell.confidence is not None and cell.confidence < CERTAIN and not has_words(cell):
            text = text[: cell.start] + _BLOT * (cell.end - cell.start) + text[cell.end :]
    return replace(document, text=text, grids=tuple(map(_with_known_labels, document.grids)))


def _with_known_labels(grid: Grid) -> Grid:
    """Spell the labels of a grid as the form does; a merged cell stays one cell in all of its slots."""
    cells = {id(cell): _known(cell) for row in grid.rows for cell in row if cell is not None}
    return replace(grid, rows=tuple(tuple(cell and cells[id(cell)] for cell in row) for row in grid.rows))


def _known(cell: GridCell) -> GridCell:
    if cell.confidence is None or not has_words(cell):
        return cell
    return cell._replace(text=known_label(cell.text))


@lru_cache(maxsize=4096)
def known_label(text: str) -> str:
    """Return the label of the form which a misread label alone can mean, or the text as it is."""
    label = normal_label(text)
    if len(label) < _SHORTEST or any(find_key(table, axis, text) for table in codebook.tables for axis in _AXES):
        return text
    ranked = sorted(((SequenceMatcher(None, label, known).ratio(), known) for known in _labels()), reverse=True)
    (best, known), (second, _) = ranked[:2]
    return known if best >= _LIKE and best - second >= _APART else text


@cache
def _labels() -> tuple[str, ...]:
    """Return the labels of all forms, and of the groups of rows, so that these are not taken for rows."""
    entries = [
        *(row.zh for table in codebook.tables for row in codebook.table_rows(table)),
        *(column.zh for table in codebook.tables for column in codebook.table_columns(table)),
        *(group.zh for group in codebook.groups.values()),
        "申请人情况", "法人或其他组织", "本年度办理结果", "行政诉讼", "信息内容", "行政事业性收费",
    ]  # fmt: skip
    return tuple(dict.fromkeys(normal_label(label) for label in entries))
