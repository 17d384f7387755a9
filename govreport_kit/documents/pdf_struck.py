"""Text of a PDF that is struck out: thin lines through the middle of characters, as changes tracked in Word print."""

from __future__ import annotations

import re

import numpy as np

from govreport_kit.documents.pdf_lines import Line
from govreport_kit.documents.pdf_page import UNREADABLE, PrintedPage

# Stands for each character that is struck out until the lines are put together, so that none of them comes apart;
# it is no character of Unicode.
_STRUCK = "\uffff"
_STRUCK_WORDS = re.compile(rf" *{_STRUCK}[{_STRUCK} ]*")
_SHORTEST = 3.0
# How far from the middle of a character a strike runs, as a share of its height: an underline runs further down.
_OFF_MIDDLE = 0.22
_TALL = 0.6
_MOST_THROUGH = 0.8
# A strike may run on a little at both ends, or be half as long again as the words below it.
_LEAST_COVER = 0.6
# Of a character that is struck out, and of one that is not, no more than this is outside of the line or inside.
_MOST_OUTSIDE = 0.3
_SAME_LINE, _TOUCHES = 1.5, 0.8


def strike(page: PrintedPage) -> int:
    """Take the characters of a page that are struck out for such, and the lines through them for no rulings.

    Underlines, rules of tables, and lines which run on beyond the words strike nothing out. A digit which a line
    covers by half is unreadable.

    Parameters
    ----------
    page : PrintedPage
        The page; the characters of its text and the lines of its drawings are changed.

    Returns
    -------
    int
        How many characters are struck out; `without_struck` leaves them out of lines.
    """
    pieces = page.drawings.horizontals
    pieces = pieces[pieces[:, 2] - pieces[:, 1] >= _SHORTEST]
    covered = np.zeros(len(page.inked))
    strikes: list[np.ndarray] = []
    for number in _through_characters(page, pieces):
        line = _whole(pieces, number)
        below = _below(page, line)
        if below.any():
            covered = np.where(below, np.maximum(covered, _shares(page, line)), covered)
            strikes.append(line)
    if not strikes:
        return 0
    characters = list(page.text)
    struck = covered > _MOST_OUTSIDE
    for place, share in zip(page.inked[struck].tolist(), covered[struck].tolist(), strict=True):
        if share >= 1 - _MOST_OUTSIDE:
            characters[place] = _STRUCK
        elif characters[place].isdigit():
            characters[place] = UNREADABLE
    page.text = "".join(characters)
    page.drawings.horizontals = _without(page.drawings.horizontals, strikes)
    return page.text.count(_STRUCK)


def without_struck(page: PrintedPage, lines: dict[int, list[Line]]) -> dict[int, list[Line]]:
    """Leave the characters of a page which are struck out, and lines of nothing else, out of the lines of places."""
    if _STRUCK not in page.text:
        return lines
    for found in lines.values():
        for line in found:
            line.text = _STRUCK_WORDS.sub(_blanks_between, line.text).strip()
    kept = {place: [line for line in found if line.text] for place, found in lines.items()}
    return {place: found for place, found in kept.items() if found}


def _blanks_between(words: re.Match[str]) -> str:
    return max(words[0].split(_STRUCK), key=len)


def _through_characters(page: PrintedPage, pieces: np.ndarray) -> list[int]:
    """Return the numbers of the lines which run through the middle of some character."""
    if not len(pieces) or not len(page.inked):
        return []
    left, top, right, bottom = page.boxes.T
    middles, reach = (top + bottom) / 2, _OFF_MIDDLE * (bottom - top)
    order = middles.argsort()
    ordered, most = middles[order], reach.max()
    firsts, lasts = np.searchsorted(ordered, np.array((pieces[:, 0] - most, pieces[:, 0] + most)))
    counts = lasts - firsts
    lines = np.repeat(np.arange(len(pieces)), counts)
    if not len(lines):
        return []
    characters = order[np.arange(len(lines)) - np.repeat(counts.cumsum() - counts - firsts, counts)]
    y, start, end = pieces[lines].T
    across = (left[characters] + right[characters]) / 2
    through = (abs(middles[characters] - y) <= reach[characters]) & (across >= start) & (across <= end)
    return sorted(set(lines[through].tolist()))


def _whole(pieces: np.ndarray, number: int) -> np.ndarray:
    """Return position, start and end of a line with all that it goes on in: strikes are drawn run by run."""
    whole: np.ndarray = pieces[number]
    while True:
        y, start, end = whole
        near = pieces[
            (abs(pieces[:, 0] - y) <= _SAME_LINE)
            & (pieces[:, 1] <= end + _SAME_LINE)
            & (pieces[:, 2] >= start - _SAME_LINE)
        ]
        grown = np.array((y, near[:, 1].min(), near[:, 2].max()))
        if np.array_equal(grown, whole):
            return whole
        whole = grown


def _below(page: PrintedPage, line: np.ndarray) -> np.ndarray:
    """Tell which characters a line strikes out: none where it is a rule, an underline, or runs on beyond them."""
    y, start, end = line
    left, upper, right, lower = page.boxes.T
    middles, heights = (upper + lower) / 2, lower - upper
    across = _shares(page, line) > _MOST_OUTSIDE
    near = across & (upper < y) & (y < lower)
    if not near.any() or _is_rule(page.drawings.verticals, line):
        return np.zeros(len(across), bool)
    height = heights[near].max()
    below: np.ndarray = across & (abs(middles - y) < height / 2)
    # The box of a flat character such as 一 or a comma may be that of its ink.
    tall = below & (heights >= _TALL * height)
    through = abs(middles - y) <= _OFF_MIDDLE * heights
    runs_on = max(left[below].min() - start, end - right[below].max()) > height
    covered = (right - left)[below].sum() / (end - start)
    if (tall & through).sum() < _MOST_THROUGH * tall.sum() or (runs_on and covered < _LEAST_COVER):
        return np.zeros(len(across), bool)
    return below


def _shares(page: PrintedPage, line: np.ndarray) -> np.ndarray:
    """Return for each character which share of its width a line covers."""
    _, start, end = line
    left, _, right, _ = page.boxes.T
    shares: np.ndarray = (np.minimum(right, end) - np.maximum(left, start)) / np.maximum(right - left, 1e-3)
    return shares


def _is_rule(verticals: np.ndarray, line: np.ndarray) -> bool:
    """Tell whether a line goes from one line down to another."""
    y, start, end = line
    x = verticals[(verticals[:, 1] <= y + _TOUCHES) & (verticals[:, 2] >= y - _TOUCHES), 0]
    return bool((abs(x - start) <= _TOUCHES).any() and (abs(x - end) <= _TOUCHES).any())


def _without(pieces: np.ndarray, strikes: list[np.ndarray]) -> np.ndarray:
    for y, start, end in strikes:
        apart = (abs(pieces[:, 0] - y) > _SAME_LINE) | (pieces[:, 1] < start) | (pieces[:, 2] > end)
        pieces = pieces[apart]
    return pieces
