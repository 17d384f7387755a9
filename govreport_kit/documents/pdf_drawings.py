"""What is drawn on a page of a PDF: straight lines that may be rulings, and pictures."""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise, repeat
from typing import Any, NamedTuple

import numpy as np
import pypdfium2.raw as pdfium

from govreport_kit.documents import pdf_calls as call

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


class Ruling(NamedTuple):
    """A straight line along an axis: its position across the axis, and its two ends."""

    position: float
    start: float
    end: float


@dataclass(slots=True)
class Drawings:
    """The drawings of a page.

    `lost` tells where pdfium leaves words out: a single character of a font that the file does not
    hold has no extent for it where the machine's own fonts lack the glyph.
    """

    horizontals: list[Ruling] = field(default_factory=list)
    verticals: list[Ruling] = field(default_factory=list)
    pictures: int = 0
    lost: list[tuple[float, float]] = field(default_factory=list)


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
    collector.walk(call.address(page), pdfium.FPDFPage_CountObjects(page), call.object_of_page, (), 0)
    return collector.drawings


class _Collector:
    """Walks through the objects of a page and of the forms in it, asking pdfium for all of them at a time."""

    def __init__(self, to_shown: PointMap, most_objects: int) -> None:
        self.drawings = Drawings()
        self.to_shown = to_shown
        self.most_objects = self.objects_left = most_objects
        self.segments_left = _MOST_SEGMENTS

    def walk(
        self, holder: int, count: int, object_of: Callable[..., int], matrices: tuple[Any, ...], depth: int
    ) -> None:
        if count <= 0:
            return
        self.objects_left -= count
        if self.objects_left < 0:
            raise TooMuchError(f"more than {self.most_objects:,} drawings and pieces of text")
        handles = list(map(object_of, repeat(holder), range(count)))
        kinds = np.fromiter(map(call.object_type, handles), int, count)
        printed = _bounds(handles)
        boxes = self.shown(printed.reshape(-1, 2, 2), matrices)
        near = np.abs(boxes).max(axis=1) < _FAR
        thin = near & (np.minimum(boxes[:, 2] - boxes[:, 0], boxes[:, 3] - boxes[:, 1]) <= _THICKEST_RULE)
        paths, pictures = kinds == pdfium.FPDF_PAGEOBJ_PATH, kinds == pdfium.FPDF_PAGEOBJ_IMAGE
        self.keep_thin(boxes[_visible(handles, paths & thin) | (pictures & thin)])
        self.drawings.pictures += int((pictures & near & ~thin).sum())
        for number in np.flatnonzero(paths & near & ~thin).tolist():
            self.shape(handles[number], matrices)
        for number in np.flatnonzero((kinds == pdfium.FPDF_PAGEOBJ_TEXT) & (printed[:, 0] == printed[:, 2])).tolist():
            self.text(handles[number], boxes[number])
        if depth < _DEEPEST_FORM:
            for number in np.flatnonzero(kinds == pdfium.FPDF_PAGEOBJ_FORM).tolist():
                inner = (_matrix(handles[number]), *matrices)
                self.walk(handles[number], call.count_of_form(handles[number]), call.object_of_form, inner, depth + 1)

    def text(self, handle: int, box: np.ndarray) -> None:
        font = call.font_of_text(handle)
        if font and not call.is_embedded(font) and not _base_name(font).startswith(_LATIN_FONTS):
            self.drawings.lost.append((float(box[0]), float(box[3])))

    def shape(self, handle: int, matrices: tuple[Any, ...]) -> None:
        """Keep what is straight of a larger path: its sides if they are drawn, else its thin parts."""
        filled, stroked = _draw_modes([handle])[0]
        matrices = (_matrix(handle), *matrices)
        if stroked:
            if _inked([handle], call.stroke_colour)[0]:
                sides = [pair for points in self.subpaths(handle) for pair in pairwise(points)]
                self.keep_thin(self.shown(np.reshape(sides, (-1, 2, 2)), matrices))
        elif filled and call.segment_count(handle) > _RECTANGLE and _inked([handle], call.fill_colour)[0]:
            parts = [(np.min(points, axis=0), np.max(points, axis=0)) for points in self.subpaths(handle)]
            self.keep_thin(self.shown(np.reshape(parts, (-1, 2, 2)), matrices))

    def subpaths(self, handle: int) -> Iterator[list[tuple[float, float]]]:
        count = call.segment_count(handle)
        self.segments_left -= count
        if self.segments_left < 0:
            return
        numbers = (ctypes.c_float * 2)()
        across = ctypes.addressof(numbers)
        points: list[tuple[float, float]] = []
        for segment in map(call.segment, repeat(handle), range(count)):
            if not call.segment_point(segment, across, across + 4):
                continue
            if points and call.segment_type(segment) == pdfium.FPDF_SEGMENT_MOVETO:
                yield points
                points = []
            points.append((numbers[0], numbers[1]))
            if call.segment_closes(segment):
                points.append(points[0])
        if points:
            yield points

    def shown(self, corners: np.ndarray, matrices: tuple[Any, ...]) -> np.ndarray:
        """Return the upright boxes around pairs of corners, where they are shown."""
        xs, ys = corners[:, :, 0], corners[:, :, 1]
        for matrix in matrices:
            xs, ys = matrix.a * xs + matrix.c * ys + matrix.e, matrix.b * xs + matrix.d * ys + matrix.f
        return upright(*self.to_shown(xs, ys))

    def keep_thin(self, boxes: np.ndarray) -> None:
        """Keep the thin boxes as rulings; a dot may be part of a ruling in either direction."""
        boxes = boxes[np.abs(boxes).max(axis=1, initial=0) < _FAR]
        left, top, right, bottom = boxes.T
        across = np.column_stack(((top + bottom) / 2, left, right))[bottom - top <= _THICKEST_RULE]
        down = np.column_stack(((left + right) / 2, top, bottom))[right - left <= _THICKEST_RULE]
        self.drawings.horizontals += map(Ruling._make, across.tolist())
        self.drawings.verticals += map(Ruling._make, down.tolist())


def upright(xs: np.ndarray, ys: np.ndarray) -> np.ndarray:
    """Return left, top, right, bottom of boxes which are given by pairs of opposite corners."""
    return np.column_stack((xs.min(axis=1), ys.min(axis=1), xs.max(axis=1), ys.max(axis=1)))


def _bounds(handles: list[int]) -> np.ndarray:
    """Return left, bottom, right, top of objects; not a number where pdfium knows none."""
    numbers = np.full((len(handles), 4), np.nan, np.float32)
    _fill(call.object_bounds, handles, numbers)
    return numbers.astype(float)


def _draw_modes(handles: list[int]) -> np.ndarray:
    """Return for each path whether it is filled and whether it is stroked."""
    modes = np.zeros((len(handles), 2), np.int32)
    _fill(call.draw_mode, handles, modes)
    return modes


def _inked(handles: list[int], colour_of: Callable[..., int]) -> np.ndarray:
    """Tell ink from white and from nothing: hidden lines would split cells."""
    colours = np.zeros((len(handles), 4), np.uint32)
    known = _fill(colour_of, handles, colours)
    inked: np.ndarray = ~known | ((colours[:, 3] > 0) & (colours[:, :3].min(axis=1) < _PALEST_INK))
    return inked


def _visible(handles: list[int], chosen: np.ndarray) -> np.ndarray:
    """Return the chosen ones of all paths which are filled or stroked with ink."""
    numbers = np.flatnonzero(chosen)
    modes = _draw_modes([handles[number] for number in numbers.tolist()])
    visible = np.zeros(len(handles), bool)
    for mode, colour_of in enumerate((call.fill_colour, call.stroke_colour)):
        drawn = numbers[modes[:, mode] != 0]
        visible[drawn] |= _inked([handles[number] for number in drawn.tolist()], colour_of)
    return visible


def _fill(function: Callable[..., int], handles: list[int], numbers: np.ndarray) -> np.ndarray:
    """Let a function of pdfium fill a row of four-byte numbers for each handle; tell where it could."""
    height, width = numbers.shape
    first = numbers.ctypes.data
    places = [range(first + 4 * place, first + 4 * (place + width * height), 4 * width) for place in range(width)]
    return np.fromiter(map(function, handles, *places), bool, height)


def _base_name(font: int) -> bytes:
    name = ctypes.create_string_buffer(64)
    call.font_name(font, ctypes.addressof(name), len(name))
    return name.value


def _matrix(handle: int) -> Any:
    matrix = pdfium.FS_MATRIX(1, 0, 0, 1, 0, 0)
    call.object_matrix(handle, ctypes.addressof(matrix))
    return matrix
