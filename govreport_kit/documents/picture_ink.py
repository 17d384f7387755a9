"""A picture as ink on paper: colour left out, turned upright, and the size of its type."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

Pixels = np.ndarray

_STEEPEST = 4.0
_SMALL_SIDE = 900
_COARSE, _FINE = 0.25, 0.05
_STRAIGHT = 0.04
_LEAST_CONTRAST = 14
_LEAST_TYPE, _MOST_TYPE = 5, 90
_USUAL_TYPE = 16.0


@dataclass(frozen=True, slots=True)
class Sheet:
    """A picture made ready for reading.

    Attributes
    ----------
    paper : array of uint8, of shape (height, width)
        Dark ink on light paper, seals and other colours left out so far as they are light in one channel.
    colours : array of uint8, of shape (height, width)
        The same with the colours as dark as the eye sees them.
    ink : array of uint8, of shape (height, width)
        1 where ink is, rules and the strokes of characters among it.
    type_size : float
        Height of the characters in pixels, about.
    """

    paper: Pixels
    colours: Pixels
    ink: Pixels
    type_size: float


def prepare(picture: Pixels) -> Sheet:
    """Make a picture ready for reading.

    Parameters
    ----------
    picture : array of uint8, of shape (height, width, 3)
        Red, green and blue.
    """
    paper, colours = picture.max(axis=2), cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY)
    if np.median(colours) < 96:  # light on dark
        paper, colours = 255 - picture.min(axis=2), 255 - colours
    angle = slant(paper)
    if abs(angle) >= _STRAIGHT:
        paper, colours = turned(paper, angle), turned(colours, angle)
    ink = ink_of(paper, 31)
    size = type_size(ink)
    window = max(15, round(2.5 * size)) | 1
    return Sheet(paper, colours, ink_of(paper, window), size)


def ink_of(paper: Pixels, window: int) -> Pixels:
    """Return 1 where a picture is darker than its surroundings."""
    return cv2.adaptiveThreshold(paper, 1, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, window, _LEAST_CONTRAST)


def turned(paper: Pixels, angle: float) -> Pixels:
    """Turn a picture about its middle by an angle in degrees, counter-clockwise; what comes into sight is white."""
    height, width = paper.shape
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0)
    return cv2.warpAffine(
        paper, matrix, (width, height), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_CONSTANT, borderValue=255
    )


def slant(paper: Pixels) -> float:
    """Return the angle in degrees that turns the lines of a picture level.

    Rules and lines of words make the sums of ink over the rows uneven; the angle at which they
    are most uneven is the one where the lines lie level (projection profile, Postl 1986).
    """
    scale = min(1.0, _SMALL_SIDE / max(paper.shape))
    small = cv2.resize(paper, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA) if scale < 1 else paper
    ink = ink_of(small, 15) * 255
    coarse = np.arange(-_STEEPEST, _STEEPEST + _COARSE, _COARSE)
    best = max(coarse, key=lambda angle: _unevenness(ink, float(angle)))
    fine = np.arange(best - _COARSE, best + _COARSE + _FINE / 2, _FINE)
    best = max(fine, key=lambda angle: _unevenness(ink, float(angle)))
    return float(best)


def _unevenness(ink: Pixels, angle: float) -> float:
    height, width = ink.shape
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0)
    sums = cv2.warpAffine(ink, matrix, (width, height), flags=cv2.INTER_LINEAR).sum(axis=1, dtype=np.float64)
    return float(np.square(np.diff(sums)).sum())


def type_size(ink: Pixels) -> float:
    """Return the height of the characters: half of the ink in pieces of a character's shape is in smaller ones."""
    count, _, boxes, _ = cv2.connectedComponentsWithStats(ink)
    wide, high, area = boxes[1:count, 2], boxes[1:count, 3], boxes[1:count, 4]
    shaped = (high >= _LEAST_TYPE) & (high <= _MOST_TYPE) & (wide >= 2) & (wide <= 2 * high) & (area > 0.15 * wide * high)
    heights, weights = high[shaped], area[shaped]
    if len(heights) < 5:
        return _USUAL_TYPE
    order = np.argsort(heights)
    half = np.searchsorted(np.cumsum(weights[order]), weights.sum() / 2)
    return float(heights[order][half])
