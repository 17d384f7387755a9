"""The ruling lines of a picture, drawn through, dotted or dashed."""

from __future__ import annotations

from collections.abc import Iterator

import cv2
import numpy as np

from govreport_kit.documents.picture_ink import Sheet, ink_of

Pixels = np.ndarray

# In heights of a character: no stroke is as long, no dot of a rule as far from the next.
_SHORTEST_ACROSS, _SHORTEST_DOWN = 2.2, 1.5
_SHORTEST_DOTTED = 5.0
_BREAK, _DOT_GAP = 3, 0.45
_KNOWN = 0.5
_THICKEST = 0.4
_LEAST_INK = 6
# A rule is darker than the paper on both of its sides, and no paler than a part of the darkest rules.
_LEAST_CONTRAST, _LEAST_SHARE = 8.0, 0.3
_BESIDE = 0.35
_REACH = 0.4
_LONG = 4.0
_OVERSHOT = 1.4
_DARKEST = 90
_NEARLY_ALL = 12
# How dark a rule usually is along its length, as a percentile; from which multiple of it another stroke crosses; how
# much of a rule's length may be paper or crossed; how much of a dotted one's ink may stand in strokes, and how long
# these are in heights of a character.
_USUAL, _CROSSED, _UNEVEN, _STROKES = 60, 1.25, 0.06, 0.5
_SHORTEST_STROKE, _LONGEST_STROKE = 0.55, 1.3
# What is thicker and has gaps is a row of small characters.
_THICK = 0.25


def rules_of(sheet: Sheet) -> tuple[np.ndarray, np.ndarray, Pixels]:
    """Find the rules of a sheet.

    Returns
    -------
    horizontals, verticals : array of shape (number, 3)
        The position across the line, and its two ends, in pixels.
    mask : array of uint8, of the sheet's shape
        1 where a rule is drawn.
    """
    window = max(9, round(sheet.type_size)) | 1
    ink = ink_of(sheet.ruled, window, sheet.noise, _LEAST_INK)
    across = _lines(ink, sheet.ruled, sheet.type_size, _SHORTEST_ACROSS)
    down = _lines(ink.T.copy(), sheet.ruled.T, sheet.type_size, _SHORTEST_DOWN)
    across = across[_are_held(across, down, sheet.type_size)]
    down = down[_are_held(down, across, sheet.type_size)]
    across, down = _trimmed(across, down, sheet.type_size), _trimmed(down, across, sheet.type_size)
    across, down = (
        _drawn(across, down, sheet.ruled, sheet.type_size),
        _drawn(down, across, sheet.ruled.T, sheet.type_size),
    )
    mask = np.zeros_like(ink)
    for _, left, right, top, bottom in across.astype(int).tolist():
        mask[top:bottom, left:right] = 1
    for _, top, bottom, left, right in down.astype(int).tolist():
        mask[top:bottom, left:right] = 1
    return across[:, :3], down[:, :3], mask


def _are_held(lines: np.ndarray, crossing: np.ndarray, size: float) -> np.ndarray:
    """Tell which lines end on crossing ones: short ones at both ends, as strokes do not, long ones at one or beyond."""
    reach = _REACH * size
    position, *ends = lines.T[:3, :, None]
    other, start, end = crossing.T[:3, None, :]
    beside = (position >= start - reach) & (position <= end + reach)
    is_long = lines[:, 2] - lines[:, 1] >= _LONG * size
    reaches = np.where(is_long, _OVERSHOT * size, reach)[:, None]
    held = sum((beside & (np.abs(tip - other) <= reaches)).any(axis=1).astype(int) for tip in ends)
    return np.asarray(held >= np.where(is_long, 1, 2))


def _drawn(lines: np.ndarray, crossing: np.ndarray, paper: Pixels, size: float) -> np.ndarray:
    """Leave out what strokes of characters make up: whole lines, and ends of lines up to a crossing one."""
    drawn: list[np.ndarray] = []
    for line in lines:
        position, start, end = line[:3]
        met = crossing[(crossing[:, 1] <= position + size) & (position - size <= crossing[:, 2]), 0]
        cuts = _apart([start, *np.sort(met[(met > start) & (met < end)]), end], size)
        if _are_strokes(line, cuts[0], cuts[-1], paper, size):
            continue
        while len(cuts) > 2 and _are_strokes(line, cuts[0], cuts[1], paper, size):
            cuts = cuts[1:]
        while len(cuts) > 2 and _are_strokes(line, cuts[-2], cuts[-1], paper, size):
            cuts = cuts[:-1]
        drawn.append(np.array([position, cuts[0], cuts[-1], *line[3:]]))
    return np.array(drawn).reshape(-1, lines.shape[1])


def _apart(places: list[float], size: float) -> list[float]:
    """Return the first and the last place, and those between which are a row or more apart."""
    kept = places[:1]
    for place in places[1:-1]:
        if min(place - kept[-1], places[-1] - place) > size:
            kept.append(place)
    return [*kept, places[-1]]


def _are_strokes(line: np.ndarray, start: float, end: float, paper: Pixels, size: float) -> bool:
    """Tell strokes, which have gaps and cross others, from a rule, by how dark a part of a line is along its length."""
    first, last = line[3:].astype(int)
    left, right = int(start) + last - first, int(end) - last + first + 1
    if right <= left:
        return False
    ground = float(np.median(paper[max(0, round(first - size)) : round(last + size), left:right]))
    profile = np.maximum(ground - paper[first:last, left:right], 0).sum(axis=0)
    usual = np.percentile(profile, _USUAL)
    inked = profile >= usual / 2
    uneven = ~inked | (profile > _CROSSED * usual)
    if uneven.mean() <= _UNEVEN or last - first > _THICK * size:
        return bool(1 - inked.mean() > _UNEVEN)
    edges = np.flatnonzero(np.diff(np.concatenate(([0], inked.astype(np.int8), [0])))).reshape(-1, 2)
    lengths = np.diff(edges, axis=1)[:, 0]
    strokes = lengths[(lengths >= _SHORTEST_STROKE * size) & (lengths <= _LONGEST_STROKE * size)]
    return bool(strokes.sum() > _STROKES * lengths.sum())


def _trimmed(lines: np.ndarray, crossing: np.ndarray, size: float) -> np.ndarray:
    """Let lines end at the crossing line which they run beyond by less than a row: a stroke may lie in their way."""
    trimmed = lines.copy()
    reach = _REACH * size
    for line in trimmed:
        position, start, end = line[:3]
        met = crossing[(crossing[:, 1] - reach <= position) & (position <= crossing[:, 2] + reach), 0]
        met = met[(met >= start - reach) & (met <= end + reach)]
        if len(met):
            if 0 < met.min() - start < _OVERSHOT * size:
                line[1] = met.min()
            if 0 < end - met.max() < _OVERSHOT * size:
                line[2] = met.max()
    return trimmed


def _lines(ink: Pixels, paper: Pixels, size: float, shortest: float) -> np.ndarray:
    """Return the level lines: position, two ends, and the first and last pixel across."""
    solid = _opened(ink, _BREAK, max(10, round(shortest * size)))
    dotted = _opened(ink, max(_BREAK, round(_DOT_GAP * size)) | 1, round(_SHORTEST_DOTTED * size))
    found = np.array([*_thin(solid, paper, size), *_thin(dotted, paper, size, solid)]).reshape(-1, 6)
    if len(found):
        lengths = ((found[:, 2] - found[:, 1]) / 10).astype(int)
        darkest = np.percentile(np.repeat(found[:, 3], lengths), _DARKEST)
        found = found[found[:, 3] >= max(_LEAST_CONTRAST, _LEAST_SHARE * darkest)]
    return found[:, [0, 1, 2, 4, 5]]


def _thin(
    drawn: Pixels, paper: Pixels, size: float, known: Pixels | None = None
) -> Iterator[tuple[float, int, int, float, int, int]]:
    """Yield the thin pieces with their contrast; none that goes along a known line, with strokes at its end."""
    count, _, boxes, centres = cv2.connectedComponentsWithStats(drawn)
    for (left, top, wide, high, _), (_, y) in zip(boxes[1:count].tolist(), centres[1:count].tolist(), strict=True):
        if high > max(4, _THICKEST * size):
            continue
        if known is not None and known[top : top + high, left : left + wide].any(axis=0).mean() > _KNOWN:
            continue
        yield y + 0.5, left, left + wide, _contrast(paper, left, top, wide, high, size), top, top + high


def _opened(ink: Pixels, gap: int, shortest: int) -> Pixels:
    closed = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, np.ones((1, gap), np.uint8))
    return cv2.morphologyEx(closed, cv2.MORPH_OPEN, np.ones((1, shortest), np.uint8))


def _contrast(paper: Pixels, left: int, top: int, wide: int, high: int, size: float) -> float:
    """Return by how much nearly every part of a line is darker than the darker of its two sides.

    A row of characters has gaps, and strokes beside the ones in line.
    """
    beside = max(2, round(_BESIDE * size))
    sides = [paper[max(0, top - 1 - beside) : max(0, top - 1)], paper[top + high + 1 : top + high + 1 + beside]]
    parts = np.linspace(0, wide, max(2, round(wide / size)) + 1)[:-1].astype(int)
    lengths = np.diff(np.append(parts, wide))
    line = np.add.reduceat(paper[top : top + high, left : left + wide].min(axis=0), parts, dtype=float)
    darker = line + 255.0 * lengths
    for side in sides:
        if side.size:
            darker = np.minimum(darker, np.add.reduceat(side[:, left : left + wide].mean(axis=0), parts))
    return float(np.percentile((darker - line) / lengths, _NEARLY_ALL))
