"""Points, commas and signs of a printed figure, told from the distances of its digits and from its width.

At a low resolution a decimal point is a grey pixel, and a recogniser that misses it makes the figure
a hundred times larger. Digits stand at equal distances; a separator widens one of them, and a lost
sign or digit leaves its room.
"""

from __future__ import annotations

import cv2
import numpy as np

from govreport_kit.documents.picture_lines import Spot

Pixels = np.ndarray

_SIGNS = "+-.,"

# Digits are at least as tall, in heights of the tallest piece of ink; separators are not.
_DIGIT = 0.7
# A distance with a separator, in usual distances.
_WIDENED = 1.28
_FEWEST_DIGITS = 3
# Longer figures must show their digits apart.
_LONG = 5
# Digits that touch at one level of grey stand apart at a darker one.
_LEVELS = (1.0, 0.85, 0.7, 0.55, 0.4)
# The most that a digit and any other sign take up across, and what is free, in heights of the ink.
_WIDEST_DIGIT, _WIDEST_SIGN, _FREE = 0.78, 0.6, 0.17
_FEWEST_WITH_POINT = 3
# From one digit to the next if they are printed at full width; two cells between which a rule is missing have more.
_FULL_WIDTH = 1.5
_LARGER = 3


def fits_spacing(text: str, piece: Pixels) -> bool:
    """Tell whether a figure has separators just where the spacing of its digits has room for them.

    Parameters
    ----------
    text : str
        The figure as it was read, perhaps with a unit behind it.
    piece : array of uint8, of shape (height, width)
        Its picture, dark on light and large enough that digits stand apart.

    Returns
    -------
    bool
        True also where there are too few digits to judge, or where few cannot be told apart.
    """
    digits = sum(map(str.isdecimal, text))
    if digits < _FEWEST_DIGITS:
        return True
    expected = _separated(piece, digits, not text[-1:].isdecimal())
    if expected is None:
        return digits < _LONG
    before = [sum(map(str.isdecimal, text[:place])) for place, sign in enumerate(text) if sign in ".,"]
    return {number - 1 for number in before} == expected


def fits_width(text: str, spot: Spot, piece: Pixels) -> bool:
    """Tell whether the ink of a figure is no wider than so many digits and signs; of other words True.

    Parameters
    ----------
    text : str
        The figure as it was read.
    spot : Spot
        Where its ink is.
    piece : array of uint8, of shape (height, width)
        Its picture at three times its size. Digits may stand wide apart, but then each shows apart.
    """
    digits = sum(map(str.isdecimal, text))
    if not digits or not all(sign.isdecimal() or sign in _SIGNS for sign in text):
        return True
    height = spot.bottom - spot.top
    if spot.right - spot.left <= (_WIDEST_DIGIT * digits + _WIDEST_SIGN * (len(text) - digits) + _FREE) * height:
        return True
    level, _ = cv2.threshold(piece, 0, 1, cv2.THRESH_BINARY | cv2.THRESH_OTSU)
    runs = _runs(piece < level) / (_LARGER * height)
    if not len(runs) == len(text) > 1:
        return False
    return bool(np.diff(runs, axis=1).max() <= _WIDEST_DIGIT + _FREE and np.diff(runs[:, 0]).max() <= _FULL_WIDTH)


def hides_point(text: str) -> bool:
    """Tell whether a figure is long enough to have a point, and has none."""
    return "." not in text and sum(map(str.isdecimal, text)) >= _FEWEST_WITH_POINT


def differs_in_signs(one: str, other: str) -> bool:
    """Tell whether two readings have the same digits, but not the same points and signs before them."""
    told = [text.replace(",", "") for text in (one, other)]
    digits = ["".join(filter(str.isdecimal, text)) for text in told]
    return bool(digits[0]) and digits[0] == digits[1] and told[0] != told[1]


def _separated(piece: Pixels, digits: int, with_unit: bool) -> set[int] | None:
    """Return behind which digits a separator stands; None where the picture does not show so many digits.

    Behind a figure with a unit there may be any number of pieces.
    """
    level, _ = cv2.threshold(piece, 0, 1, cv2.THRESH_BINARY | cv2.THRESH_OTSU)
    for share in _LEVELS:
        middles = _middles(piece < share * level)
        if len(middles) == digits or (with_unit and len(middles) > digits):
            distances = np.diff(middles[:digits])
            return set(np.flatnonzero(distances > _WIDENED * np.median(distances)).tolist())
    return None


def _middles(ink: np.ndarray) -> np.ndarray:
    """Return where the digits stand: the middles of all but the low pieces of ink."""
    edges = _runs(ink)
    heights = np.array([np.ptp(np.flatnonzero(ink[:, left:right].any(axis=1))) + 1 for left, right in edges])
    middles: np.ndarray = edges.mean(axis=1)[heights >= _DIGIT * heights.max(initial=0)]
    return middles


def _runs(ink: np.ndarray) -> np.ndarray:
    """Return where pieces of ink begin and end across."""
    return np.flatnonzero(np.diff(np.concatenate(([0], ink.max(axis=0).astype(int), [0])))).reshape(-1, 2)
