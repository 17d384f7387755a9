"""A picture of a page to lines and tables, as a page of a PDF gives them."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace

import cv2
import numpy as np

from govreport_kit.documents.page_tables import Table, page_table
from govreport_kit.documents.pages import PageBlocks
from govreport_kit.documents.pdf_lines import Line, visual_lines
from govreport_kit.documents.pdf_rulings import Lattice, find_lattices
from govreport_kit.documents.picture_facing import upright
from govreport_kit.documents.picture_ink import Sheet, prepare, type_size
from govreport_kit.documents.picture_lines import Spot, crop, lines_in, mark_in, split_at_gaps, without_specks
from govreport_kit.documents.picture_rules import rules_of
from govreport_kit.documents.picture_separators import differs_in_signs, fits_spacing, fits_width, hides_point
from govreport_kit.documents.recognition import Word, find_words, read_words

Pixels = np.ndarray

# The height of a character to which pictures are brought, in the units of the rulings of a PDF.
_TYPE = 10.0
_CERTAIN = 0.9
_UNREADABLE = "\ufffd"
_WITH_UNIT = re.compile(r"[\d.,]*\d[\d.,]*\s*[^\d.,\s]{1,3}")
_NUMBER = re.compile(r"[\d.,:%]*\d[\d.,:%]*")
_DASHES = {"—": "-"}
# Confidence in a mark for none whose shape says so.
_BY_SHAPE = 0.95
_LIKE_FIGURES = "口日目曰一二三上土工己己巳了丁人入八个"
_WHITE = 255
# Paper around the words on the second look, in heights of a character.
_SECOND_LOOK = 0.22
# Height of a character in pixels below which a point may get lost, and the confidence in a figure without one.
_FINE, _WITHOUT_POINT = 14.0, 0.985


@dataclass(frozen=True, slots=True)
class _Place:
    """A line of words: its cell, its place, the size of its type, whether it may be dust, and its mark by shape."""

    cell: int
    spot: Spot
    size: float
    faint: bool = False
    mark: str = ""


def read_picture_page(picture: Pixels, number: int = 1, unit: float | None = None) -> PageBlocks:
    """Read one picture.

    Parameters
    ----------
    picture : array of uint8, of shape (height, width, 3)
        Red, green and blue.
    number : int
        The number of the page, from 1.
    unit : float, optional
        The size of a pixel in points, in which everything is to be told then; else boxes are told in
        pixels, and all other places in tenths of the height of a character.

    Returns
    -------
    PageBlocks
        The lines and tables from top to bottom.
    """
    sheet = prepare(upright(picture))
    across, down, mask = rules_of(sheet)
    scale = unit or _TYPE / sheet.type_size
    lattices = find_lattices(across * scale, down * scale)
    blocks: list[Line | Table] = []
    outside = sheet.paper.copy()
    for lattice in lattices:
        box = [round(edge / scale) for edge in lattice.box]
        table = page_table(lattice, _table_lines(sheet, mask, lattice, scale), number)
        if table is not None:
            for cell in table.cells if unit is None else ():
                left, top, right, bottom = (edge / scale for edge in cell.box)
                cell.box = (left, top, right, bottom)
            blocks.append(table)
            outside[max(0, box[1] - 2) : box[3] + 3, max(0, box[0] - 2) : box[2] + 3] = _WHITE
    blocks += _free_lines(sheet, outside, scale)
    return PageBlocks(sheet.paper.shape[0] * scale, sorted(blocks, key=lambda block: block.top))


def _table_lines(sheet: Sheet, mask: Pixels, lattice: Lattice, scale: float) -> dict[int, list[Line]]:
    """Read the words in the cells of a table."""
    rules = cv2.dilate(mask, np.ones((3, 3), np.uint8))
    ink = sheet.ink & (1 - rules)
    left, top, right, bottom = (max(0, int(edge / scale)) for edge in lattice.box)
    size = type_size(ink[top:bottom, left:right])
    paper = _wiped(sheet.paper, mask, size)
    dark = _wiped(sheet.colours, mask, size)
    places = []
    for cell in range(len(lattice.cells)):
        edges = [round(edge / scale) for edge in lattice.cell_box(cell)]
        spot = Spot(edges[0] + 1, edges[1] + 1, edges[2], edges[3])
        places += _lines_of_cell(cell, spot, ink, dark, size)
    words = _read(places, paper, dark)
    found: dict[int, list[tuple[Line, bool]]] = {}
    for place, word in zip(places, words, strict=True):
        found.setdefault(place.cell, []).append((_line(place.spot, scale, word), word.is_figure))
    return {cell: _without_blanks(lines) for cell, lines in found.items()}


def _line(spot: Spot, scale: float, word: Word) -> Line:
    left, top, right, bottom = (edge * scale for edge in spot)
    return Line(left, top, right, bottom, word.text, word.confidence, word.others)


def _certain_line(spot: Spot, scale: float, word: Word) -> Line:
    """Return a line of running text, whose doubtful figures are made unreadable."""
    left, top, right, bottom = (edge * scale for edge in spot)
    return Line(left, top, right, bottom, _blotted(word))


def _without_blanks(lines: list[tuple[Line, bool]]) -> list[Line]:
    """Drop lines without words; a single one stays as a doubt.

    A figure is doubtful if there is ink above or below it, be it words or not.
    """
    kept = [line for line, _ in lines if line.text]
    if not kept:
        return [line for line, _ in lines[:1]]
    if len(lines) > 1 and any(is_figure for line, is_figure in lines if line.text):
        kept[0].confidence = 0.0
    return kept


def _lines_of_cell(cell: int, spot: Spot, ink: Pixels, dark: Pixels, size: float) -> list[_Place]:
    inside, faint = without_specks(spot.of(ink), size)
    lines = [
        _Place(cell, _moved(line, spot), size, mark=mark_in(line.of(inside), size)) for line in lines_in(inside, size)
    ]
    if not lines and (faint or _has_colour(spot.of(dark), size)):
        lines = [_Place(cell, spot, size, faint=True)]
    return lines


def _moved(line: Spot, by: Spot) -> Spot:
    return Spot(line.left + by.left, line.top + by.top, line.right + by.left, line.bottom + by.top)


def _has_colour(dark: Pixels, size: float) -> bool:
    """Tell whether a cell that looks empty holds ink of a light colour."""
    inner = dark[2:-2, 2:-2]
    if inner.size == 0:
        return False
    return int((inner < np.median(inner) - 40).sum()) > size


def _wiped(paper: Pixels, mask: Pixels, size: float) -> Pixels:
    """Return a picture with its rules painted over with the paper around them."""
    rules = cv2.dilate(mask, np.ones((3, 3), np.uint8))
    ground = cv2.morphologyEx(paper, cv2.MORPH_CLOSE, np.ones((round(size) | 1,) * 2, np.uint8))
    return np.where(rules, ground, paper)


def _read(places: list[_Place], paper: Pixels, dark: Pixels) -> list[Word]:
    """Read lines of words; what looks like a figure is read twice."""
    crops = [crop(paper, place.spot, place.size) for place in places]
    words = read_words(crops, lambda word: not _is_words(word))
    figures = [number for number, word in enumerate(words) if word.is_figure or _WITH_UNIT.fullmatch(word.text)]
    sharp = [_sharpened(crop(paper, places[number].spot, places[number].size, _SECOND_LOOK)) for number in figures]
    again = read_words(sharp, lambda word: not _WITH_UNIT.fullmatch(word.text))
    for number, other, piece in zip(figures, again, sharp, strict=True):
        one = words[number]
        words[number] = _in_shape(_agreed(one, other), places[number].mark)
        text = words[number].text
        if not (fits_spacing(text, piece) and fits_width(text, places[number].spot, piece)):
            words[number] = replace(words[number], confidence=0.0)
        elif places[number].size < _FINE and hides_point(text):
            words[number] = replace(words[number], confidence=min(words[number].confidence, _WITHOUT_POINT))
        if places[number].faint:
            words[number] = Word("", 0.0, (), tuple(filter(None, (one.text, other.text))))
    return words


def _agreed(one: Word, other: Word) -> Word:
    """Put two readings of the same figure together."""
    better, worse = (one, other) if one.confidence >= other.confidence else (other, one)
    others = tuple(text for text in dict.fromkeys((worse.text, *better.others, *worse.others)) if text != better.text)
    confidence = worse.confidence if one.text == other.text else 0.0
    if not better.text or any(differs_in_signs(better.text, text) for text in others):
        confidence = 0.0  # there is ink, or a sign may be lost
    return Word(better.text, confidence, (), others)


def _in_shape(word: Word, mark: str) -> Word:
    """Take a stroke for the mark whose shape it has, if it was read as one at all; else doubt the reading."""
    if not mark or _DASHES.get(word.text, word.text) == mark or (mark == "/" and word.text != "1"):
        return word
    readings = {_DASHES.get(text, text) for text in word.others}
    if mark in readings:
        return Word(mark, _BY_SHAPE, (), tuple(dict.fromkeys((word.text, *word.others))))
    return Word(word.text, 0.0, (), (mark, *word.others))


def _is_words(word: Word) -> bool:
    """Tell a label or a mark in words from a figure; one character that is no word may be a misread figure."""
    chinese = sum("一" < character <= "鿿" for character in word.text)
    return chinese > 1 or (chinese == 1 and (len(word.text) > 1 or word.text not in _LIKE_FIGURES))


def _sharpened(piece: Pixels) -> Pixels:
    """Return a piece at three times its size with stronger edges: a second look at the same ink."""
    large = cv2.resize(piece, None, fx=3, fy=3, interpolation=cv2.INTER_CUBIC)
    return cv2.addWeighted(large, 1.6, cv2.GaussianBlur(large, (0, 0), 3), -0.6, 0)


def _free_lines(sheet: Sheet, outside: Pixels, scale: float) -> list[Line]:
    """Read the words outside the tables."""
    ink = np.where(outside < _WHITE, sheet.ink, 0)
    if int(ink.sum()) < 4 * sheet.type_size:
        return []
    spots = [piece for region in find_words(outside) for piece in split_at_gaps(ink, Spot(*region))]
    spots = [Spot(*spot) for spot in spots if spot.right - spot.left > 2]
    words = read_words([crop(outside, spot, 0.35 * (spot.bottom - spot.top)) for spot in spots])
    lines = [_certain_line(spot, scale, word) for spot, word in zip(spots, words, strict=True) if word.text.strip()]
    return visual_lines(lines) if lines else []


def _blotted(word: Word) -> str:
    """Make a number unreadable of which a digit is not certain, so that no figure is taken from it."""
    text = word.text
    for number in _NUMBER.finditer(text):
        if min(word.certainties[number.start() : number.end()]) < _CERTAIN:
            text = text[: number.start()] + _UNREADABLE * len(number[0]) + text[number.end() :]
    return unicodedata.normalize("NFC", text)
