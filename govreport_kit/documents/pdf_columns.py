"""Pages that are printed in columns, as gazettes are: each column is read down before the next one."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence

from govreport_kit.documents.page_tables import Table
from govreport_kit.documents.pages import PageBlocks
from govreport_kit.documents.pdf_gutters import (
    Band,
    Block,
    Gutter,
    Row,
    bands_of,
    bottom_of,
    find_gutter,
    is_prose,
    rows_of,
    top_of,
)
from govreport_kit.documents.pdf_lines import Line, visual_lines
from govreport_kit.documents.pdf_page import UNREADABLE
from govreport_kit.documents.pdf_rulings import Lattice

# Wider gaps than this, in heights of the type, part a line; a gutter is no narrower.
WIDEST_GAP = 0.8
# Lines that begin so far to the right, as a share of the width, or have a gap inside, make one look for columns.
_FAR_RIGHT = 0.3
_FEWEST_SUSPICIOUS = 3
_MARGIN = 0.15
# In heights of the type: what the text is away from a head or foot of the page, and how ragged its lines may be.
_AWAY, _RAGGED, _UNINDENTED = 1.0, 2.5, 0.7
# Characters of the longest line of a narrow column.
_NARROW = 20
_MOST_FRAMED, _MANY_LINES = 8, 6
# A line that ends a sentence, or is a heading.
_HEADING = re.compile(r"\s*[（(]?[一二三四五六七八九十]+[、）)]")
_COMPLETE = re.compile(rf"{_HEADING.pattern}[^，。；]*|.*[。；！？：”）」.;!?:)]\s*")
_DIGIT = re.compile(r"\d")


def suspicious_lines(blocks: Sequence[Block]) -> int:
    """Return how many lines of a page have a gap inside, begin far to the right, or stand beside a table."""
    lines = [block for block in blocks if isinstance(block, Line)]
    if not lines:
        return 0
    left, right = min([line.left for line in lines]), max([line.right for line in lines])
    far = left + _FAR_RIGHT * (right - left)
    suspicious = sum([line.left > far or " " in line.text for line in lines])
    for table in blocks:
        if isinstance(table, Table):
            bottom = table.bottom
            suspicious += sum([table.top < line.top < bottom for line in lines])
    return suspicious


def frames_columns(lattice: Lattice, lines: Mapping[int, Sequence[Line]]) -> bool:
    """Tell whether a lattice is no table but the rules around columns of running text.

    Parameters
    ----------
    lattice : Lattice
        The lattice.
    lines : mapping of int to sequence of Line
        The lines in its cells, by their numbers.
    """
    width = len(lattice.xs) - 1
    if len(lattice.cells) > _MOST_FRAMED:
        return False
    columns = {number: row for number, (row, _, _, colspan) in enumerate(lattice.cells) if colspan < width}
    return len(set(columns.values())) == 1 and all(
        sum(map(is_prose, lines.get(number, ()))) >= _MANY_LINES for number in columns
    )


def set_in_columns(pages: Sequence[PageBlocks]) -> None:
    """Put the blocks of pages which are printed in columns into the order in which they are read.

    Where the order is not certain, the figures are made unreadable.

    Parameters
    ----------
    pages : sequence of PageBlocks
        The pages of a file. One without columns stays as it is.
    """
    known = [gutter for page in pages if page.suspicious >= _FEWEST_SUSPICIOUS for gutter in _Layout(page, ()).gutters]
    for page in pages if known else ():
        if page.suspicious:
            layout = _Layout(page, known)
            if layout.gutters:
                page.blocks, page.in_columns, page.is_unclear = layout.blocks, True, layout.is_unclear


class _Layout:
    """The blocks of a page in the order in which they are read, with the gutters between them."""

    def __init__(self, page: PageBlocks, known: Sequence[Gutter]) -> None:
        self.known = known
        self.gutters: list[Gutter] = []
        self.is_unclear = False
        # The paragraph that the last line read fills a narrow column with, so that it may go on.
        self.open: Line | None = None
        tables = [block for block in page.blocks if isinstance(block, Table)]
        rows = rows_of([*visual_lines(page.runs(), WIDEST_GAP), *tables])
        head, foot = _ends_of_text(rows, page.height)
        self.blocks = [*_one_column(rows[:head]), *self.ordered(rows[head:foot]), *_one_column(rows[foot:])]

    def ordered(self, rows: list[Row], *, is_column: bool = False) -> list[Block]:
        """Return the blocks of rows in order."""
        gutter = find_gutter(rows, self.known)
        if gutter is None:
            return self.paragraphs(_one_column(rows)) if is_column else _one_column(rows)
        self.gutters.append(gutter)
        bands = bands_of(rows, gutter)
        parts = [self.read(band, gutter) for band in bands]
        edge = max(block.right for row in rows for block in row)
        for place in range(1, len(bands) - 1):
            if bands[place].across and _goes_on(bands[place - 1], gutter, edge) and _has_prose(bands[place + 1]):
                self.is_unclear = True
                parts[place - 1 : place + 2 : 2] = map(_without_figures, parts[place - 1 : place + 2 : 2])
        return [block for part in parts for block in part]

    def paragraphs(self, blocks: list[Block]) -> list[Block]:
        """Join the lines of each paragraph in a column that is so narrow that its lines look like those of a list."""
        lines = [block for block in blocks if isinstance(block, Line)]
        if not lines or max(len(line.text) for line in lines) > _NARROW:
            self.open = None
            return blocks
        left, edge = min(line.left for line in lines), max(line.right for line in lines)
        kept: list[Block] = []
        bottom = math.inf
        for block in blocks:
            if isinstance(block, Table):
                self.open = None
                kept.append(block)
                continue
            is_inside = block.left - left < _UNINDENTED * block.height and block.top - bottom < block.height
            if self.open is not None and is_inside and not _HEADING.match(block.text):
                both_latin = self.open.text[-1:].isascii() and block.text[:1].isascii()
                self.open.text += " " * both_latin + block.text
            else:
                self.open = block
                kept.append(block)
            bottom = block.bottom
            if edge - block.right >= _RAGGED * block.height:
                self.open = None
        return kept

    def read(self, band: Band, gutter: Gutter) -> list[Block]:
        """Return the blocks of a band in order."""
        if band.across:
            self.open = None
            return _one_column(band.rows)
        return [block for side in band.sides(gutter) for block in self.ordered(rows_of(side), is_column=True)]


def _one_column(rows: Sequence[Row]) -> list[Block]:
    """Return the blocks of rows from top to bottom, those beside each other joined."""
    blocks = [block for row in rows for block in row]
    lines = [block for block in blocks if isinstance(block, Line)]
    joined: list[Block] = [*visual_lines(lines)] if lines else []
    joined += [block for block in blocks if isinstance(block, Table)]
    return sorted(joined, key=lambda block: block.top)


def _ends_of_text(rows: Sequence[Row], height: float) -> tuple[int, int]:
    """Return the first row of the text of a page and the row behind its last: no head, no page number."""
    first, last = 0, len(rows)
    if len(rows) > 2:
        if bottom_of(rows[0]) < _MARGIN * height and _is_apart(rows[0], top_of(rows[1]) - bottom_of(rows[0])):
            first = 1
        if top_of(rows[-1]) > (1 - _MARGIN) * height and _is_apart(rows[-1], top_of(rows[-1]) - bottom_of(rows[-2])):
            last -= 1
    return first, last


def _is_apart(row: Row, distance: float) -> bool:
    """Tell whether a row in a margin, away from the next one by a distance, is neither a sentence nor a heading."""
    is_text = any(isinstance(block, Table) or _HEADING.match(block.text) or "。" in block.text for block in row)
    return not is_text and distance > _AWAY * (bottom_of(row) - top_of(row))


def _has_prose(band: Band) -> bool:
    return any(is_prose(block) for row in band.rows for block in row)


def _goes_on(band: Band, gutter: Gutter, edge: float) -> bool:
    """Tell whether the last sentence of a band may go on below what ends the band; its last column ends at an edge."""
    before, behind = band.sides(gutter)
    last = max(behind or before, key=lambda block: block.bottom)
    reached = (edge if behind else gutter.left) - _RAGGED * gutter.size
    return isinstance(last, Line) and is_prose(last) and last.right > reached and not _COMPLETE.fullmatch(last.text)


def _without_figures(blocks: Sequence[Block]) -> list[Block]:
    """Make the figures of lines unreadable."""
    for block in blocks:
        if isinstance(block, Line):
            block.text = _DIGIT.sub(UNREADABLE, block.text)
    return list(blocks)
