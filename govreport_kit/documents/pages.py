"""Pages to one text with its grids: margins left out, tables joined over page breaks."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from govreport_kit.documents.document import Grid
from govreport_kit.documents.page_tables import Table, continues
from govreport_kit.documents.pdf_lines import Line

_MARGIN = 0.15
_DASHES = r"[-‐-―－_·~\s]*"
_PAGE_NUMBER = re.compile(rf"{_DASHES}第?\s*\d{{1,3}}\s*页?(?:[\s/／,，]*共?\s*\d{{1,3}}\s*页?)?{_DASHES}")
_DIGITS = re.compile(r"\d+")


@dataclass(slots=True)
class PageBlocks:
    """The lines and tables of a page from top to bottom, or of one column after the other.

    `suspicious` lines make one look for columns in the `runs` of the page's running text; `is_unclear` tells that
    their order is not certain. `struck` is the number of characters which are struck out.
    """

    height: float
    blocks: list[Line | Table] = field(default_factory=list)
    suspicious: int = 0
    runs: Callable[[], list[Line]] = list
    in_columns: bool = False
    is_unclear: bool = False
    struck: int = 0

    def add(self, more: Sequence[Line | Table]) -> None:
        """Add blocks, such as those of a picture, where they stand on the page."""
        if self.in_columns:
            for block in more:
                self.blocks.insert(self._place_in_columns(block), block)
        else:
            self.blocks = sorted([*self.blocks, *more], key=lambda block: block.top)

    def _place_in_columns(self, block: Line | Table) -> int:
        """Return the place behind what stands above a block."""
        above = (
            place
            for place, other in enumerate(self.blocks, start=1)
            if other.top <= block.top and other.left < block.right and block.left < other.right
        )
        return max(above, default=0)


def written(pages: list[PageBlocks]) -> tuple[str, tuple[Grid, ...]]:
    """Write pages as one text with grids.

    Parameters
    ----------
    pages : list of PageBlocks
        In their order; page numbers and what the margins repeat are dropped from them.
    """
    _drop_margins(pages)
    return _write(_flow(pages))


def _drop_margins(pages: list[PageBlocks]) -> None:
    """Drop page numbers, and behind the first page the lines which the margins of the pages repeat."""
    repeated = Counter(mark for page in pages for mark in {_mark(line) for line in _margin_lines(page)})
    often = max(2, len(pages) / 3)
    for number, page in enumerate(pages):
        dropped = {
            id(line)
            for line in _margin_lines(page)
            if _PAGE_NUMBER.fullmatch(line.text) or (number and repeated[_mark(line)] >= often)
        }
        page.blocks = [block for block in page.blocks if id(block) not in dropped]


def _mark(line: Line) -> tuple[str, int]:
    return _DIGITS.sub("0", "".join(line.text.split())), round(line.middle / 4)


def _margin_lines(page: PageBlocks) -> list[Line]:
    """Return the first two and the last two lines of a page, so far as they stand in its margins."""
    top, bottom = _MARGIN * page.height, (1 - _MARGIN) * page.height
    heads = [block for block in page.blocks[:2] if isinstance(block, Line) and block.bottom < top]
    return heads + [block for block in page.blocks[-2:] if isinstance(block, Line) and block.top > bottom]


def _flow(pages: list[PageBlocks]) -> Iterator[Line | Table]:
    """Yield the lines and tables of all pages in order; a table takes in its continuation."""
    waiting: Line | Table | None = None
    right = 0.0
    in_columns = False
    for page in pages:
        in_columns = in_columns or page.in_columns
        for place, block in enumerate(page.blocks):
            begins = not place or (page.in_columns and block.left >= right)
            right = block.right
            if isinstance(waiting, Table) and isinstance(block, Table) and begins:
                if in_columns:
                    _move_below(waiting, block)
                if continues(waiting, block):
                    waiting.join(block)
                    continue
            if waiting is not None:
                yield waiting
            waiting = block
    if waiting is not None:
        yield waiting


def _move_below(table: Table, more: Table) -> None:
    """Move what may be the continuation of a table in another column below it."""
    by = table.left - more.left
    more.left, more.right = more.left + by, more.right + by
    for cell in more.cells:
        cell.left, cell.right = cell.left + by, cell.right + by


def _write(blocks: Iterator[Line | Table]) -> tuple[str, tuple[Grid, ...]]:
    parts: list[str] = []
    grids: list[Grid] = []
    length = 0
    for block in blocks:
        if isinstance(block, Line):
            parts.append(block.text + "\n")
            length += len(block.text) + 1
        else:
            grids.append(block.write(length, parts.append))
            length = grids[-1].end
    return "".join(parts), tuple(grids)
