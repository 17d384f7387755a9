"""What is drawn on a page of a PDF: straight lines that may be rulings, and pictures."""

from __future__ import annotations

import ctypes
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from itertools import chain, compress, islice, repeat
from operator import not_
from typing import Any

import numpy as np
import pypdfium2.raw as pdfium

from govreport_kit.documents import pdf_calls as call
from govreport_kit.documents.pdf_annotations import strike_marks

Box = tuple[float, float, float, float]
PointMap = Callable[[Any, Any], tuple[Any, Any]]

# pdfium has glyphs of its own for these, so what has no extent is only a blank.
_LATIN_FONTS = (b"Times", b"Arial", b"Helvetica", b"Courier", b"Calibri", b"Cambria", b"Symbol")
_FAR = 1e5
_RECTANGLE = 5
_THICKEST_RULE = 4.0
_PALEST_INK = 250
_MOST_SEGMENTS = 20_000
_DEEPEST_FORM = 8


class TooMuchError(Exception):
    """A page claims more characters or drawings than any report holds."""


@dataclass(slots=True)
class Drawings:
    """The drawings of a page.

    Attributes
    ----------
    horizontals, verticals : array of shape (number, 3)
        The straight lines along an axis: the position across the axis, and the two ends.
    pictures : array of shape (number, 4)
        Left, top, right and bottom of each picture.
    lost : list of (x, y)
        Where pdfium leaves words out: a single character of a font that the file does not hold has
        no extent for it where the machine's own fonts lack the glyph.
    """

    horizontals: np.ndarray
    verticals: np.ndarray
    pictures: np.ndarray
    lost: list[tuple[float, float]]


def read_drawings(page: Any, to_shown: PointMap, most_objects: int) -> Drawings:
    """Read the drawings of a page that pdfium has loaded.

    Parameters
    ----------
    page : FPDF_PAGE
        The page.
    to_shown : callable
        Tells where a point of the page's own space is shown.
    most_objects : int
        The limit for this page, the objects inside its forms included.

    Raises
    ------
    TooMuchError
        If the page exceeds the limit.
    """
    collector = _Collector(to_shown, most_objects)
    collector.walk(call.reference(page), pdfium.FPDFPage_CountObjects(page), call.object_of_page, (), 0)
    marks = list(islice(strike_marks(page), most_objects))
    if marks:
        collector.lines.append(collector.shown(np.array(marks), ()))
    return Drawings(*_rulings(collector.lines), np.concatenate(collector.pictures), collector.lost)


class _Collector:
    """Walks through the objects of a page and of the forms in it, asking pdfium for all of them at a time."""

    def __init__(self, to_shown: PointMap, most_objects: int) -> None:
        self.to_shown = to_shown
        self.most_objects = self.objects_left = most_objects
        self.segments_left = _MOST_SEGMENTS
        self.lines: list[np.ndarray] = []
        self.pictures: list[np.ndarray] = [np.zeros((0, 4))]
        self.lost: list[tuple[float, float]] = []

    def walk(
        self, holder: Any, count: int, object_of: Callable[..., Any], matrices: tuple[np.ndarray, ...], depth: int
    ) -> None:
        if count <= 0:
            return
        self.objects_left -= count
        if self.objects_left < 0:
            raise TooMuchError(f"more than {self.most_objects:,} drawings and pieces of text")
        handles = list(map(object_of, repeat(holder), range(count)))
        fonts = list(map(call.font_of_text, handles))
        self.texts(handles, fonts, matrices)
        of_kind: dict[int, list[call.Handle]] = defaultdict(list)
        for handle in compress(handles, map(not_, fonts)):
            of_kind[call.object_type(handle)].append(handle)
        self.images(of_kind[pdfium.FPDF_PAGEOBJ_IMAGE], matrices)
        self.paths(of_kind[pdfium.FPDF_PAGEOBJ_PATH], matrices)
        if depth < _DEEPEST_FORM:
            for form in of_kind[pdfium.FPDF_PAGEOBJ_FORM]:
                inner = (_matrices([form])[:, 0], *matrices)
                self.walk(form, call.count_of_form(form), call.object_of_form, inner, depth + 1)

    def texts(self, handles: list[call.Handle], fonts: list[int | None], matrices: tuple[np.ndarray, ...]) -> None:
        """Keep the places of words which pdfium leaves out; what is no text has no font."""
        lacking = {font for font in set(fonts) if font and _may_lack_glyphs(font)}
        if lacking:
            bounds = _bounds([handle for handle, font in zip(handles, fonts, strict=True) if font in lacking])
            boxes = self.shown(bounds, matrices)[bounds[:, 0] == bounds[:, 2]]
            self.lost += zip(boxes[:, 0].tolist(), boxes[:, 3].tolist(), strict=True)

    def images(self, handles: list[call.Handle], matrices: tuple[np.ndarray, ...]) -> None:
        """Keep the places of pictures; a thin one is a line."""
        if handles:
            boxes = self.shown(_bounds(handles), matrices)
            near, thin = _near(boxes), _thin(boxes)
            self.lines.append(boxes[near & thin])
            self.pictures.append(boxes[near & ~thin])

    def paths(self, handles: list[call.Handle], matrices: tuple[np.ndarray, ...]) -> None:
        """Keep the paths which are lines; of a larger path its sides if they are drawn, else its thin parts."""
        if not handles:
            return
        boxes = self.shown(_bounds(handles), matrices)
        near, thin = _near(boxes), _thin(boxes)
        modes, _ = call.filled(call.draw_mode, handles, 2, np.int32)
        fills, strokes = modes.T != 0
        filled = _inked(handles, near & fills, call.fill_colour)
        stroked = _inked(handles, near & strokes, call.stroke_colour)
        self.lines.append(boxes[thin & (filled | stroked)])
        large = np.flatnonzero(~thin & (stroked | (filled & ~strokes))).tolist()
        if large:
            self.shapes([handles[number] for number in large], stroked[large], matrices)

    def shapes(self, handles: list[call.Handle], stroked: np.ndarray, matrices: tuple[np.ndarray, ...]) -> None:
        counts = np.fromiter(map(call.segment_count, handles), int, len(handles))
        counts[~stroked & (counts <= _RECTANGLE)] = 0
        asked = np.cumsum(counts)
        counts[asked > self.segments_left] = 0
        self.segments_left -= int(asked[-1])
        owners = np.repeat(np.arange(len(handles)), counts)
        if len(owners):
            corners, begins = _corners(handles, counts.tolist())
            begins[0] = True
            begins[1:] |= owners[1:] != owners[:-1]
            points = self.placed(corners[:, 0], corners[:, 1], (_matrices(handles)[:, owners], *matrices))
            drawn = stroked[owners]
            self.lines.append(_sides(points, begins, drawn))
            if not drawn.all():
                self.lines.append(_extents(points, begins, ~drawn))

    def shown(self, boxes: np.ndarray, matrices: tuple[np.ndarray, ...]) -> np.ndarray:
        """Return the upright boxes around pairs of corners, where they are shown."""
        return upright(*self.placed(boxes[:, 0::2], boxes[:, 1::2], matrices))

    def placed(self, xs: np.ndarray, ys: np.ndarray, matrices: tuple[np.ndarray, ...]) -> tuple[np.ndarray, np.ndarray]:
        for a, b, c, d, e, f in matrices:
            xs, ys = a * xs + c * ys + e, b * xs + d * ys + f
        return self.to_shown(xs, ys)


def upright(xs: np.ndarray, ys: np.ndarray) -> np.ndarray:
    """Return left, top, right, bottom of boxes which are given by pairs of opposite corners."""
    left, right = xs.T
    top, bottom = ys.T
    return np.array(
        (np.minimum(left, right), np.minimum(top, bottom), np.maximum(left, right), np.maximum(top, bottom))
    ).T


def _rulings(lines: list[np.ndarray]) -> tuple[np.ndarray, np.ndarray]:
    """Return horizontals and verticals; a dot may be part of a ruling in either direction."""
    boxes = np.concatenate([box.T for box in lines], axis=1).T if lines else np.empty((0, 4))
    left, top, right, bottom = boxes[_near(boxes)].T
    across = np.array(((top + bottom) / 2, left, right)).T[bottom - top <= _THICKEST_RULE]
    down = np.array(((left + right) / 2, top, bottom)).T[right - left <= _THICKEST_RULE]
    return across, down


def _near(boxes: np.ndarray) -> np.ndarray:
    near: np.ndarray = np.abs(boxes).max(axis=1) < _FAR
    return near


def _thin(boxes: np.ndarray) -> np.ndarray:
    thin: np.ndarray = np.minimum(boxes[:, 2] - boxes[:, 0], boxes[:, 3] - boxes[:, 1]) <= _THICKEST_RULE
    return thin


def _sides(points: tuple[np.ndarray, np.ndarray], begins: np.ndarray, drawn: np.ndarray) -> np.ndarray:
    """Return boxes around the sides of the paths which are drawn; pdfium closes a path with a side of its own."""
    ends = np.flatnonzero(drawn & ~begins)
    pairs = np.array((ends - 1, ends)).T
    xs, ys = points
    return upright(xs[pairs], ys[pairs])


def _extents(points: tuple[np.ndarray, np.ndarray], begins: np.ndarray, chosen: np.ndarray) -> np.ndarray:
    """Return boxes around the parts of the paths which are chosen."""
    starts = np.flatnonzero(begins)
    corners = [extreme.reduceat(values, starts) for extreme in (np.minimum, np.maximum) for values in points]
    boxes: np.ndarray = np.array(corners).T[chosen[starts]]
    return boxes


def _bounds(handles: list[call.Handle]) -> np.ndarray:
    """Return left, bottom, right, top of objects; not a number where pdfium knows none."""
    numbers, known = call.filled(call.object_bounds, handles, 4)
    numbers[~known] = np.nan
    return numbers.astype(float)


def _inked(handles: list[call.Handle], chosen: np.ndarray, colour_of: Callable[..., int]) -> np.ndarray:
    """Tell which of the chosen paths have ink and neither white nor nothing: hidden lines would split cells."""
    numbers = np.flatnonzero(chosen)
    inked = np.zeros(len(handles), bool)
    colours, known = call.filled(colour_of, [handles[number] for number in numbers.tolist()], 4, np.uint32)
    inked[numbers] = ~known | ((colours[:, 3] > 0) & (colours[:, :3].min(axis=1) < _PALEST_INK))
    return inked


def _corners(handles: list[call.Handle], counts: list[int]) -> tuple[np.ndarray, np.ndarray]:
    """Return the points of paths, and where a part of a path begins."""
    owners = chain.from_iterable(map(repeat, handles, counts))
    segments = list(map(call.segment, owners, chain.from_iterable(map(range, counts))))
    points, _ = call.filled(call.segment_point, segments, 2)
    types = np.fromiter(map(call.segment_type, segments), int, len(segments))
    return points.astype(float), types == pdfium.FPDF_SEGMENT_MOVETO


def _may_lack_glyphs(font: int) -> bool:
    if call.is_embedded(font):
        return False
    name = ctypes.create_string_buffer(64)
    call.font_name(font, ctypes.addressof(name), len(name))
    return not name.value.startswith(_LATIN_FONTS)


def _matrices(handles: list[call.Handle]) -> np.ndarray:
    """Return a, b, c, d, e, f, each for all objects."""
    numbers, known = call.filled(call.object_matrix, handles, 6, places=1)
    numbers[~known] = 1, 0, 0, 1, 0, 0
    return numbers.T.astype(float)
