"""The blank paper between columns of running text, and the bands into which headings and wide tables part a page.

A gutter is proven by prose: lines which end just before it stand beside lines, or a table, which begin just behind
it, or the other way round. The columns of a table without rules hold labels and figures, and no prose.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from statistics import median
from typing import NamedTuple

from govreport_kit.documents.limits import watch
from govreport_kit.documents.page_tables import Table
from govreport_kit.documents.pdf_lines import Line, visual_rows

Block = Line | Table
# Blocks beside each other.
Row = list[Block]

# Measures in heights of the type.
_NARROWEST_GUTTER = 0.6
_NARROWEST_COLUMN = 6.0
_SAME_START, _DEEPEST_INDENT = 0.5, 2.6
_RAGGED = 2.5
_TABLE_EDGE = 1.0
_LOOSEST = 1.5

_FEWEST_CHARACTERS = 8
_MARKS = re.compile("[，。；]")
_SENTENCE_END = re.compile(r"[。；！？]\s*$")
_FEWEST_LINES, _MANY_LINES, _FEWEST_MARKS = 3, 6, 2
_FIGURE = re.compile(r"[\d.,%/—–-]+")
_MANY_FIGURES = 3


class Gutter(NamedTuple):
    """Where a column ends at most, where the next one begins, and the size of the type."""

    left: float
    right: float
    size: float

    def is_crossed_by(self, block: Block) -> bool:
        """Tell whether a block stands on both sides."""
        return block.left < self.right - self.slack(block) and block.right > self.left + self.slack(block)

    def begins(self, block: Block) -> bool:
        """Tell whether a block begins where the column behind the gutter does, or a paragraph in it."""
        return -self.slack(block) <= block.left - self.right <= _DEEPEST_INDENT * self.size

    def is_filled_by(self, block: Block) -> bool:
        """Tell whether a block ends where the column before the gutter does."""
        return self.left - _RAGGED * self.size <= block.right <= self.left

    def slack(self, block: Block) -> float:
        """Return how far a block may stand out of its column: a table does by the padding of its cells."""
        return self.size * (_TABLE_EDGE if isinstance(block, Table) else _SAME_START)

    def is_behind(self, block: Block) -> bool:
        """Tell whether a block stands behind the gutter."""
        return block.left >= self.right - self.size


@dataclass(slots=True)
class Band:
    """Rows of a page between which no gutter begins or ends; `across` if they stand on both sides of it."""

    across: bool
    rows: list[Row]

    def sides(self, gutter: Gutter) -> tuple[list[Block], list[Block]]:
        """Return what stands before the gutter and what behind it."""
        before: list[Block] = []
        behind: list[Block] = []
        for block in chain.from_iterable(self.rows):
            (behind if gutter.is_behind(block) else before).append(block)
        return before, behind


def rows_of(blocks: Sequence[Block]) -> list[Row]:
    """Sort blocks into rows from top to bottom; a table is a row of its own."""
    lines = [block for block in blocks if isinstance(block, Line)]
    rows: list[Row] = [list(row) for row in visual_rows(lines)] if lines else []
    rows += [[block] for block in blocks if isinstance(block, Table)]
    return sorted(rows, key=top_of)


def top_of(blocks: Sequence[Block]) -> float:
    """Return where the uppermost block begins."""
    return min([block.top for block in blocks])


def bottom_of(blocks: Sequence[Block]) -> float:
    """Return where the lowest block ends."""
    return max([block.bottom for block in blocks])


def is_prose(block: Block) -> bool:
    """Tell whether a block is a line with a good many words."""
    return (
        isinstance(block, Line)
        and len(block.text) >= _FEWEST_CHARACTERS
        and 2 * sum(map(str.isalpha, block.text)) >= len(block.text)
    )


def find_gutter(rows: Sequence[Row], known: Sequence[Gutter]) -> Gutter | None:
    """Find the gutter that most lines of prose prove.

    Parameters
    ----------
    rows : sequence of Row
        Lines are cut at wide gaps.
    known : sequence of Gutter
        Those of other pages, which a line on each side proves.
    """
    blocks = list(chain.from_iterable(rows))
    proving = [block for block in blocks if _may_prove(block)]
    heights = [block.height for block in proving if isinstance(block, Line)]
    if not heights or len(proving) < 2:
        return None
    best, most = None, 0
    starts = [block.left for block in proving] + [gutter.right for gutter in known]
    for gutter in _candidates(blocks, starts, median(heights)):
        watch().check_time()
        is_known = any(abs(gutter.right - other.right) <= gutter.size for other in known)
        proof = max(_proof(*sides, is_known) for sides in _beside(rows, gutter, is_known))
        if proof > most:
            best, most = gutter, proof
    return best


def _candidates(blocks: Sequence[Block], starts: Sequence[float], size: float) -> Iterator[Gutter]:
    """Yield the strips before the places where a column may begin."""
    rights = [block.right for block in blocks]
    first = min(starts) + _NARROWEST_COLUMN * size
    start = -1.0
    for left in sorted(starts):
        if left >= first and left > start + _SAME_START * size:
            start = left
            ends = [right for right in rights if right <= start - _NARROWEST_GUTTER * size]
            if ends:
                yield Gutter(max(ends), start, size)


def _beside(rows: Sequence[Row], gutter: Gutter, is_known: bool) -> Iterator[tuple[list[Block], list[Block]]]:
    """Yield for each band the blocks which end before a gutter and those which begin behind it, if side by side."""
    yield [], []
    for band in bands_of(rows, gutter):
        if not band.across:
            before, behind = band.sides(gutter)
            full = [block for block in before if _may_prove(block) and gutter.is_filled_by(block)]
            begun = [block for block in behind if _may_prove(block) and gutter.begins(block)]
            are_beside = full and begun and top_of(full) < bottom_of(begun) and top_of(begun) < bottom_of(full)
            if are_beside and (is_known or _run_on(full, before, gutter.size)):
                yield full, begun


def _run_on(full: Sequence[Block], column: Sequence[Block], size: float) -> bool:
    """Tell whether most of the full lines of a column run on in a line close below, as those of a table do not."""
    tops = sorted(block.top for block in column)
    lines = [block for block in full if isinstance(block, Line)]
    running = 0
    for line in lines:
        below = bisect_right(tops, line.middle)
        is_close = below < len(tops) and tops[below] - line.bottom < _LOOSEST * size
        running += is_close and not _SENTENCE_END.search(line.text)
    return 2 * running >= len(lines)


def _proof(full: Sequence[Block], begun: Sequence[Block], is_known: bool) -> int:
    """Return how many lines prove a gutter, 0 if they are too few; a table is as good as a few lines of prose.

    Beside a good deal of prose anything proves that its lines end where the column does.
    """
    before, behind = (len(side) + (_FEWEST_LINES - 1) * _tables(side) for side in (full, begun))
    marks, more_marks = _marks(full), _marks(begun)
    flows = before >= _MANY_LINES and 2 * marks >= before
    both_tell = (marks or _tables(full)) and (more_marks or _tables(begun)) and max(marks, more_marks) >= _FEWEST_MARKS
    is_proven = is_known or flows or (both_tell and min(before, behind) >= _FEWEST_LINES)
    return before + behind if is_proven else 0


def _marks(blocks: Sequence[Block]) -> int:
    return sum(len(_MARKS.findall(block.text)) for block in blocks if isinstance(block, Line))


def _tables(blocks: Sequence[Block]) -> int:
    return sum(isinstance(block, Table) for block in blocks)


def _may_prove(block: Block) -> bool:
    return isinstance(block, Table) or is_prose(block)


def bands_of(rows: Sequence[Row], gutter: Gutter) -> list[Band]:
    """Part rows into bands."""
    bands: list[Band] = []
    reached = float("-inf")
    for row in rows:
        across = (top_of(row) + bottom_of(row)) / 2 < reached or _is_across(row, gutter)
        if across:
            reached = max([reached, *(block.bottom for block in row if isinstance(block, Table))])
        if bands and bands[-1].across == across:
            bands[-1].rows.append(row)
        else:
            bands.append(Band(across, [row]))
    return bands


def _is_across(row: Row, gutter: Gutter) -> bool:
    """Tell whether a row stands on both sides of a gutter.

    A line beside the beginning of the next column is only too long for its own. A row of figures belongs to a
    table without rules, which may have a gap where the gutter is.
    """
    if any(map(gutter.is_crossed_by, row)):
        return not any(map(gutter.begins, row))
    if sum(isinstance(block, Line) and _FIGURE.fullmatch(block.text) is not None for block in row) < _MANY_FIGURES:
        return False
    return not any(is_prose(block) and (gutter.is_filled_by(block) or gutter.begins(block)) for block in row)
