"""A picture turned so that its words stand upright and its lines lie level."""

from __future__ import annotations

import cv2
import numpy as np

from govreport_kit.documents.picture_ink import ink_of, slant, turned, type_size, without_colours
from govreport_kit.documents.picture_lines import Spot, crop
from govreport_kit.documents.recognition import read_words

Pixels = np.ndarray

_STRAIGHT = 0.04
# Of the lines that are looked at: how many, their width, height and gaps in heights of a character.
_LINES, _FEWEST = 8, 8
_NARROWEST, _WIDEST, _LOWEST, _HIGHEST, _GAP = 4.0, 30.0, 0.6, 1.6, 0.7
# How likely characters are on average in words that stand upright; by how much another side up must be likelier.
_UPRIGHT, _LIKELIER = 0.75, 0.2


def upright(picture: Pixels) -> Pixels:
    """Turn a picture by quarters until its words can be read, then until its lines lie level.

    Parameters
    ----------
    picture : array of uint8, of shape (height, width, 3)
        Red, green and blue.

    Returns
    -------
    array of uint8, of shape (height, width, 3)
        The same pixels where nothing needs to be turned.
    """
    picture = np.rot90(picture, _quarters(picture))
    angle = slant(without_colours(picture))
    return turned(picture, angle) if abs(angle) >= _STRAIGHT else np.ascontiguousarray(picture)


def _quarters(picture: Pixels) -> int:
    """Return by how many quarters a picture must be turned, counter-clockwise; none where no side up is likelier."""
    paper = without_colours(picture)
    likely = _likelihood(paper)
    if likely is None or likely >= _UPRIGHT:
        return 0
    others = {quarters: _likelihood(np.rot90(paper, quarters)) or 0.0 for quarters in (1, 2, 3)}
    best = max(others, key=others.__getitem__)
    return best if others[best] >= max(_UPRIGHT, likely + _LIKELIER) else 0


def _likelihood(paper: Pixels) -> float | None:
    """Return how likely the characters of some lines of words are on average, 0 of few; None where there is no ink."""
    paper = np.ascontiguousarray(paper)
    ink = ink_of(paper, 31)
    if not ink.any():
        return None
    size = type_size(ink)
    joined = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, np.ones((1, round(_GAP * size) | 1), np.uint8))
    count, _, boxes, _ = cv2.connectedComponentsWithStats(joined)
    wide, high = boxes[1:count, 2] / size, boxes[1:count, 3] / size
    is_line = (wide >= _NARROWEST) & (wide <= _WIDEST) & (high >= _LOWEST) & (high <= _HIGHEST)
    lines = boxes[1:count][is_line]
    longest = lines[np.argsort(-lines[:, 2])][:_LINES, :4].tolist()
    words = read_words([crop(paper, Spot(x, y, x + w, y + h), size) for x, y, w, h in longest])
    certainties = [
        certainty
        for word in words
        for character, certainty in zip(word.text, word.certainties, strict=True)
        if "一" < character <= "鿿"  # strokes of what lies on its side are read as 一 and figures
    ]
    return float(np.mean(certainties)) if len(certainties) >= _FEWEST else 0.0
