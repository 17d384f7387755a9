"""Characters with boxes to lines as the eye reads them."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from operator import itemgetter

import numpy as np

from govreport_kit.documents.pdf_page import PrintedPage, code_points

_LINE_END = ord("\n")
_COLUMN_GAP = 1.5
_WORD_GAP = 0.3
_WIDE_WORD_GAP = 0.5
_MOST_BLANKS = 80
_FIRST_CJK = "\u2e80"
_CELL_PADDING = 14.0


@dataclass(slots=True)
class Line:
    """Some words beside each other, and their box in points from the page's upper left corner.

    `confidence` and `others` tell of words that were recognised in a picture; see `GridCell`.
    """

    left: float
    top: float
    right: float
    bottom: float
    text: str
    confidence: float | None = None
    others: tuple[str, ...] = ()

    @property
    def height(self) -> float:
        """The height of its tallest character, about the size of its type."""
        return self.bottom - self.top

    @property
    def middle(self) -> float:
        """Half-way between top and bottom."""
        return (self.top + self.bottom) / 2


def read_lines(page: PrintedPage, places: np.ndarray, widest_gap: float = math.inf) -> dict[int, list[Line]]:
    """Put the characters of a page together to lines.

    Words of a second typeface (figures, quotation marks) may be drawn after the rest of their line, into the
    gaps that it left. Where that is so, the page is read again as pieces that end at every gap.

    Parameters
    ----------
    page : PrintedPage
        The page.
    places : array of int
        For each character where it belongs: the number of its cell, or -1 for the running text.
    widest_gap : float, optional
        The widest gap inside a piece of a line, as a share of the size of its type.

    Returns
    -------
    dict of int to list of Line
        For each place its lines from top to bottom. Words far apart are kept apart by two blanks at least.
    """
    runs = read_runs(page, places, widest_gap)
    rows = {place: visual_rows(found) for place, found in runs.items()}
    if widest_gap == math.inf and any(len(row) > 1 and _is_drawn_into(row) for found in rows.values() for row in found):
        return read_lines(page, places, _WORD_GAP)
    return {place: [_side_by_side(row) for row in found] for place, found in rows.items()}


def read_runs(page: PrintedPage, places: np.ndarray, widest_gap: float = math.inf) -> dict[int, list[Line]]:
    """Return for each place its runs of characters as the file draws them; parameters as those of `read_lines`."""
    kept = page.inked
    if not len(kept):
        return {}
    codes = code_points(page.text)
    words = codes[kept].tobytes().decode("utf-32-le")
    left, top, right, bottom = page.boxes.T
    middle, size = (top + bottom) / 2, bottom - top
    gap = left[1:] - right[:-1]
    line = (codes == _LINE_END).cumsum()[kept]
    begins = np.ones(len(kept), bool)
    begins[1:] = (
        (places[1:] != places[:-1])
        | (line[1:] != line[:-1])
        | (_is_off(middle[1:], top[:-1], bottom[:-1]) & _is_off(middle[:-1], top[1:], bottom[1:]))
        | (gap <= -size[1:] / 2)
        | (gap > widest_gap * size[1:])
    )
    spaced = kept[1:] - kept[:-1] > 1
    blanks: dict[int, str] = {}
    for number in (~begins[1:] & (spaced | (gap > size[1:]))).nonzero()[0].tolist():
        before, behind = words[number : number + 2]
        blanks[number + 1] = _blanks(float(gap[number]), float(size[number + 1]), bool(spaced[number]), before, behind)
    firsts = begins.nonzero()[0]
    lines = map(
        Line,
        np.minimum.reduceat(left, firsts).tolist(),
        np.minimum.reduceat(top, firsts).tolist(),
        np.maximum.reduceat(right, firsts).tolist(),
        np.maximum.reduceat(bottom, firsts).tolist(),
        _cut(words, firsts.tolist(), blanks),
    )
    runs: dict[int, list[Line]] = defaultdict(list)
    for place, run in zip(places[firsts].tolist(), lines, strict=True):
        runs[place].append(run)
    return runs


def _is_off(middles: np.ndarray, tops: np.ndarray, bottoms: np.ndarray) -> np.ndarray:
    """Tell which middles are above or below boxes; the box of a flat character such as 一 may be flat, too."""
    beside: np.ndarray = (middles <= tops) | (middles >= bottoms)
    return beside


def _cut(words: str, firsts: list[int], blanks: dict[int, str]) -> list[str]:
    """Cut a text at the first characters of its lines, and put blanks before some of its characters."""
    texts: list[str] = []
    for start, end in pairwise([*sorted([*firsts, *blanks]), len(words)]):
        if start in blanks:
            texts[-1] += blanks[start] + words[start:end]
        else:
            texts.append(words[start:end])
    return texts


def _blanks(gap: float, size: float, spaced: bool, before: str, behind: str) -> str:
    """Return the blanks between two words; between Chinese characters a narrow gap is only justification."""
    if gap > _COLUMN_GAP * size:
        return " " * min(max(2, round(2 * gap / max(size, 1.0))), _MOST_BLANKS)
    if not spaced:
        return ""
    chinese = before[-1:] >= _FIRST_CJK or behind[:1] >= _FIRST_CJK
    return "" if chinese and gap < _WIDE_WORD_GAP * size else " "


def visual_lines(runs: list[Line], widest_gap: float = math.inf) -> list[Line]:
    """Join the runs which stand beside each other, whatever order the file draws them in, no further apart than a gap.

    The gap is a share of the size of the type, as in `read_lines`.
    """
    return [_side_by_side(part) for row in visual_rows(runs) for part in _parts(row, widest_gap)]


def _parts(row: list[Line], widest_gap: float) -> list[list[Line]]:
    """Cut a row of runs at wide gaps."""
    if widest_gap == math.inf or len(row) == 1:
        return [row]
    first, *others = sorted(row, key=lambda run: run.left)
    parts, right = [[first]], first.right
    for run in others:
        if run.left - right > widest_gap * min(run.height, parts[-1][-1].height):
            parts.append([])
        parts[-1].append(run)
        right = max(right, run.right)
    return parts


def visual_rows(runs: list[Line]) -> list[list[Line]]:
    """Sort runs into rows from top to bottom."""
    if len(runs) < 2:
        return [runs] if runs else []
    rows: list[list[Line]] = []
    first = runs[0]
    for middle, run in sorted(((run.middle, run) for run in runs), key=itemgetter(0)):
        if rows and middle - first.middle < min(run.height, first.height) / 2:
            rows[-1].append(run)
        else:
            rows.append([run])
            first = run
    return rows


def _is_drawn_into(row: Sequence[Line]) -> bool:
    """Tell whether a run of a row stands inside another one."""
    return any(
        run.left < before.right - run.height / 2 for before, run in pairwise(sorted(row, key=lambda run: run.left))
    )


def _side_by_side(row: Sequence[Line]) -> Line:
    if len(row) == 1:
        return row[0]
    first, *others = sorted(row, key=lambda run: run.left)
    line = Line(first.left, first.top, first.right, first.bottom, first.text)
    for run in others:
        gap, size = run.left - line.right, min(run.height, line.height)
        line.text += _blanks(gap, size, gap > _WORD_GAP * size, line.text, run.text) + run.text
        line.right, line.top = max(line.right, run.right), min(line.top, run.top)
        line.bottom = max(line.bottom, run.bottom)
    return line


def fills(line: Line, width: float) -> bool:
    """Tell whether a line of a cell ends because the cell does: no further character would fit."""
    return width - (line.right - line.left) < line.height + _CELL_PADDING


def cell_text(lines: Sequence[Line], width: float) -> str:
    """Write the lines of a cell as one text.

    Chinese goes on without a blank, Latin words get one. Figures one below the other stay on lines of
    their own, unless the upper one fills the cell and so is one number that was broken.
    """
    text = lines[0].text if lines else ""
    if len(lines) < 2:
        return text
    for above, line in pairwise(lines):
        before, behind = above.text[-1], line.text[0]
        if before.isascii() and behind.isascii():
            if before.isalpha() and behind.isalpha():
                text += " "
            elif not fills(above, width):
                text += "\n"
        text += line.text
    return text
