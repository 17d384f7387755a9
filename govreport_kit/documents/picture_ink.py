"""A picture as ink on paper: colour left out, how its lines slant, and the size of its type."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

Pixels = np.ndarray

_STEEPEST = 4.0
_SMALL_SIDE = 900
_COARSE, _FINE = 0.25, 0.05
_LEAST_CONTRAST = 14
# Grain from which a picture is smoothed, by a Gaussian blur of this many pixels; what is left of white noise then.
_GRAIN, _SMOOTHING, _LEFT = 4.0, 0.8, 0.36
_ABOVE_GRAIN = 3.5
_LIGHT, _LIFT, _RED = 140, 0.6, 20
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
    smooth : array of uint8, of shape (height, width)
        `paper` with its grain smoothed.
    ruled : array of uint8, of shape (height, width)
        `colours` without what is red, such as seals, and with its grain smoothed: rules are often coloured.
    ink : array of uint8, of shape (height, width)
        1 where ink is, rules and the strokes of characters among it.
    type_size : float
        Height of the characters in pixels, about.
    noise : float
        Grain of `smooth`, as a standard deviation in levels of grey.
    """

    paper: Pixels
    colours: Pixels
    smooth: Pixels
    ruled: Pixels
    ink: Pixels
    type_size: float
    noise: float


def prepare(picture: Pixels) -> Sheet:
    """Make a picture ready for reading.

    Parameters
    ----------
    picture : array of uint8, of shape (height, width, 3)
        Red, green and blue, its lines level.
    """
    paper, colours = without_colours(picture), cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY)
    is_red = cv2.subtract(picture[:, :, 0], cv2.max(picture[:, :, 1], picture[:, :, 2])) > _RED
    if np.median(colours) < 96:  # light on dark
        paper, colours = 255 - picture.min(axis=2), 255 - colours
    ruled = np.where(is_red, paper, colours)
    smooth, noise = smoothed(paper)
    size = type_size(ink_of(smooth, 31, noise))
    window = max(15, round(2.5 * size)) | 1
    return Sheet(paper, colours, smooth, smoothed(ruled)[0], ink_of(smooth, window, noise), size, noise)


def smoothed(paper: Pixels) -> tuple[Pixels, float]:
    """Return a picture with its grain smoothed, if it has any, and how much grain is left in levels of grey.

    The grain of plain paper is told from the second differences, which words and rules touch in few
    places (Immerkær 1996, Computer Vision and Image Understanding 64:300, with a median for the mean).
    """
    kernel = np.array([[1, -2, 1], [-2, 4, -2], [1, -2, 1]], np.float32)
    differences = np.abs(cv2.filter2D(paper, cv2.CV_32F, kernel))
    noise = float(np.median(differences)) / 0.6745 / 6
    if noise < _GRAIN:
        return paper, noise
    return cv2.GaussianBlur(paper, (0, 0), _SMOOTHING), noise * _LEFT


def without_colours(picture: Pixels) -> Pixels:
    """Return how light each pixel is in its lightest channel, and colours which are light in one still lighter."""
    lightest, darkest = picture.max(axis=2), picture.min(axis=2)
    lifted = lightest + _LIFT * (lightest.astype(np.float32) - darkest)
    paper: Pixels = np.where(lightest > _LIGHT, np.minimum(lifted, 255), lightest).astype(np.uint8)
    return paper


def ink_of(paper: Pixels, window: int, noise: float = 0.0, contrast: float = _LEAST_CONTRAST) -> Pixels:
    """Return 1 where a picture is darker than its surroundings by a contrast, and by more than its grain."""
    least = max(contrast, _ABOVE_GRAIN * noise)
    return cv2.adaptiveThreshold(paper, 1, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, window, least)


def turned(paper: Pixels, angle: float) -> Pixels:
    """Turn a picture by an angle in degrees, counter-clockwise; it grows so that no corner is lost."""
    height, width = paper.shape[:2]
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0)
    sine, cosine = abs(matrix[0, 1]), abs(matrix[0, 0])
    size = int(height * sine + width * cosine) + 1, int(height * cosine + width * sine) + 1
    matrix[:, 2] += (size[0] - width) / 2, (size[1] - height) / 2
    ground = (float(np.median(paper)),) * 3
    return cv2.warpAffine(
        paper, matrix, size, flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_CONSTANT, borderValue=ground
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
    shaped = (
        (high >= _LEAST_TYPE) & (high <= _MOST_TYPE) & (wide >= 2) & (wide <= 2 * high) & (area > 0.15 * wide * high)
    )
    heights, weights = high[shaped], area[shaped]
    if len(heights) < 5:
        return _USUAL_TYPE
    order = np.argsort(heights)
    half = np.searchsorted(np.cumsum(weights[order]), weights.sum() / 2)
    return float(heights[order][half])
