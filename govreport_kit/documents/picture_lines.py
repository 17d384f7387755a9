"""Where the lines of words are in a piece of a picture."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import cv2
import numpy as np

Pixels = np.ndarray

# In heights of a character.
_SPECK = 0.2
_FAINT = 0.35
_PADDING = 0.1
_TORN, _TALL = 0.55, 1.75
_CLOSE = 0.35
_COLUMN_GAP = 1.1
_LOWEST = 0.8
_FLAT, _UPRIGHT = 0.5, 0.6
# Width of a dash in its heights; how far the top of a stroke stands right of its foot, in heights; its correlation.
_DASH, _LEANING, _STRAIGHT = 1.6, 0.12, -0.5


class Spot(NamedTuple):
    """A piece of a picture in pixels."""

    left: int
    top: int
    right: int
    bottom: int

    def of(self, paper: Pixels) -> Pixels:
        """Return the pixels of the piece."""
        return paper[self.top : self.bottom, self.left : self.right]


def without_specks(ink: Pixels, size: float) -> tuple[Pixels, bool]:
    """Return ink without dust, and whether what was dropped may be the remains of a character."""
    count, labels, boxes, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    largest = np.maximum(boxes[:, 2], boxes[:, 3])
    speck = (largest < max(2, _SPECK * size)) | (boxes[:, 4] <= 2)
    speck[0] = True
    dropped = int(boxes[1:, 4][speck[1:]].sum()) if count > 1 else 0
    return (~speck)[labels].astype(np.uint8), dropped > _FAINT * size


def lines_in(ink: Pixels, size: float) -> list[Spot]:
    """Return the lines of words in a piece of ink, from top to bottom."""
    runs = _merged(_runs(ink.max(axis=1, initial=0)), size)
    lines = []
    for top, bottom in runs:
        for first, last in _divided(ink, top, bottom, size):
            inked = np.flatnonzero(ink[first:last].any(axis=0))
            if len(inked):
                lines.append(Spot(int(inked[0]), first, int(inked[-1]) + 1, last))
    return lines


def split_at_gaps(ink: Pixels, spot: Spot) -> Iterator[Spot]:
    """Yield the pieces of a line which stand far apart, as the figures of a table without rules do."""
    gap = _COLUMN_GAP * (spot.bottom - spot.top) * 0.7
    first: int | None = None
    end = 0
    for left, right in _runs(spot.of(ink).max(axis=0, initial=0)):
        if first is not None and left - end > gap:
            yield Spot(spot.left + first, spot.top, spot.left + end, spot.bottom)
            first = None
        first = left if first is None else first
        end = right
    if first is not None:
        yield Spot(spot.left + first, spot.top, spot.left + end, spot.bottom)


def mark_in(ink: Pixels, size: float) -> str:
    """Return ``-`` or ``/`` if the ink has the shape of such a mark for none, else nothing."""
    ys, xs = np.nonzero(ink)
    if len(ys) < 2:
        return ""
    height, width = int(np.ptp(ys)) + 1, int(np.ptp(xs)) + 1
    if height <= _FLAT * size and width >= _DASH * height:
        return "-"
    if height < _UPRIGHT * size or width < 2:
        return ""
    leans = xs[ys < ys.min() + height / 3].mean() - xs[ys >= ys.min() + 2 * height / 3].mean()
    is_line = float(np.corrcoef(xs, ys)[0, 1]) < _STRAIGHT
    return "/" if leans > _LEANING * height and is_line else ""


def crop(paper: Pixels, spot: Spot, size: float, padding: float = _PADDING) -> Pixels:
    """Cut a line out with some paper around it, as high as a line of words even where only a dash stands."""
    flat = max(0, round((_LOWEST * size - (spot.bottom - spot.top)) / 2))
    spot = spot._replace(top=spot.top - flat, bottom=spot.bottom + flat)
    across, down = round(1.3 * padding * size) + 1, round(padding * size) + 1
    left, top = max(0, spot.left - across), max(0, spot.top - down)
    piece = paper[top : spot.bottom + down, left : spot.right + across]
    if min(piece.shape) < 1:
        return np.full((8, 8), 255, np.uint8)
    return piece


def _runs(inked: np.ndarray) -> list[tuple[int, int]]:
    edges = np.flatnonzero(np.diff(np.concatenate(([0], inked.astype(np.int8), [0]))))
    return [(int(first), int(last)) for first, last in edges.reshape(-1, 2)]


def _merged(runs: list[tuple[int, int]], size: float) -> list[tuple[int, int]]:
    """Join the parts of a line that a blank row tears, as in 三."""
    merged: list[tuple[int, int]] = []
    for top, bottom in runs:
        if merged:
            first, last = merged[-1]
            torn = min(last - first, bottom - top) < _TORN * size
            if torn and top - last <= _CLOSE * size and bottom - first <= 1.4 * size:
                merged[-1] = (first, bottom)
                continue
        merged.append((top, bottom))
    return merged


def _divided(ink: Pixels, top: int, bottom: int, size: float) -> Iterator[tuple[int, int]]:
    """Divide lines which touch each other at the rows with the least ink."""
    if bottom - top <= _TALL * size:
        yield top, bottom
        return
    counts = ink[top:bottom].sum(axis=1)
    reach = round(0.6 * size)
    inner = counts[reach : len(counts) - reach]
    if not len(inner):
        yield top, bottom
        return
    cut = top + reach + int(inner.argmin())
    yield from _divided(ink, top, cut, size)
    yield from _divided(ink, cut, bottom, size)
