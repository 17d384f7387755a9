"""A document: its text, and its tables as grids of cells which point into that text."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

# Left, top, right, bottom.
Box = tuple[float, float, float, float]


class GridCell(NamedTuple):
    """A cell of a table as laid out; `start` and `end` are its span in the document's text.

    For a PDF `page`, from 1, and `box` tell where the cell is printed, or its first part: left, top,
    right, bottom in points from the upper left corner of the page; for a picture in its pixels, once
    it is turned upright. `page` counts the pages of a file, or the pictures of a web page or Word file.
    `confidence` is None for what was typed; for what was recognised in a picture it is the probability
    that the text is right, 0 where two readings differ, and `others` are further readings.
    """

    row: int
    column: int
    rowspan: int
    colspan: int
    text: str
    start: int
    end: int
    page: int | None = None
    box: Box | None = None
    confidence: float | None = None
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Grid:
    """A table with its merged cells resolved.

    Attributes
    ----------
    rows : tuple of tuple of (GridCell or None)
        One tuple a row, all of the same length. A merged cell stands in every slot that it covers;
        a slot that no cell covers holds None.
    start, end : int
        Span of the table in the document's text.
    """

    rows: tuple[tuple[GridCell | None, ...], ...]
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Document:
    """What was read from a file, before anything is understood.

    Attributes
    ----------
    text : str
        The whole text; table cells stand in it too, each followed by a tab, rows by a line break.
    grids : tuple of Grid
        The tables, in the order of the text.
    title : str or None
        A title which the file gives outside its text (the ``title`` element of a page).
    sha256 : str
        Of the file; where pictures of a page were read, of the page and of those saved beside it.
    pictures : int
        How many pictures the document shows whose words were not read.
    """

    text: str
    grids: tuple[Grid, ...]
    path: str
    sha256: str
    media_type: str
    encoding: str | None = None
    title: str | None = None
    pictures: int = 0
    metadata: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reader found in the bytes of a file: a document without its name."""

    text: str
    grids: tuple[Grid, ...]
    encoding: str | None = None
    title: str | None = None
    pictures: int = 0
    metadata: dict[str, str] = field(default_factory=dict)
