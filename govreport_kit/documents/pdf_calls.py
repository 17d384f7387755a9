"""Functions of pdfium which are called for every character and every drawing, at a third of the usual cost.

A call is cheap where the types of its arguments are not declared, so that nothing is converted, and where the
places that pdfium fills were made before. All of this is for one thread at a time, as pdfium is.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterable, Sequence
from itertools import repeat
from typing import Any

import numpy as np
import pypdfium2.raw as pdfium

_ROWS, _PLACES, _WIDTH = 1024, 4, 6
_slate = (ctypes.c_uint32 * (_ROWS * _WIDTH))()
_written = np.frombuffer(memoryview(_slate), np.uint32).reshape(_ROWS, _WIDTH)
_places = [[ctypes.byref(_slate, 4 * (row * _WIDTH + place)) for row in range(_ROWS)] for place in range(_PLACES)]


class Handle(ctypes.c_void_p):
    """What pdfium hands out for a part of a page."""


def _direct(function: Any, *arguments: Any, result: Any = ctypes.c_int) -> Callable[..., Any]:
    prototype = ctypes.PYFUNCTYPE(result, *arguments)
    return prototype(ctypes.cast(function, ctypes.c_void_p).value)  # type: ignore[arg-type]


text_of_page = _direct(pdfium.FPDFText_GetText, ctypes.c_void_p, ctypes.c_int, ctypes.c_int, ctypes.c_void_p)
character_box = _direct(pdfium.FPDFText_GetLooseCharBox)
has_no_unicode = _direct(pdfium.FPDFText_HasUnicodeMapError)
object_of_page = _direct(pdfium.FPDFPage_GetObject, result=Handle)
object_of_form = _direct(pdfium.FPDFFormObj_GetObject, ctypes.c_void_p, ctypes.c_ulong, result=Handle)
count_of_form = _direct(pdfium.FPDFFormObj_CountObjects)
font_of_text = _direct(pdfium.FPDFTextObj_GetFont, result=ctypes.c_void_p)
is_embedded = _direct(pdfium.FPDFFont_GetIsEmbedded, ctypes.c_void_p)
font_name = _direct(pdfium.FPDFFont_GetBaseFontName, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_size_t)
object_type = _direct(pdfium.FPDFPageObj_GetType)
object_bounds = _direct(pdfium.FPDFPageObj_GetBounds)
object_matrix = _direct(pdfium.FPDFPageObj_GetMatrix)
fill_colour = _direct(pdfium.FPDFPageObj_GetFillColor)
stroke_colour = _direct(pdfium.FPDFPageObj_GetStrokeColor)
draw_mode = _direct(pdfium.FPDFPath_GetDrawMode)
segment_count = _direct(pdfium.FPDFPath_CountSegments)
segment = _direct(pdfium.FPDFPath_GetPathSegment, result=Handle)
segment_point = _direct(pdfium.FPDFPathSegment_GetPoint)
segment_type = _direct(pdfium.FPDFPathSegment_GetType)


def reference(pointer: Any) -> Any:
    """Return a page as what is passed without any conversion, for many calls with it."""
    return ctypes.byref(pointer.contents)


def filled(
    function: Callable[..., int],
    given: Sequence[Any],
    width: int,
    kind: type[np.generic] = np.float32,
    *,
    holder: Any = None,
    places: int | None = None,
) -> tuple[np.ndarray, np.ndarray]:
    """Let a function fill a row of four-byte numbers for each thing given.

    Parameters
    ----------
    function : callable
        Takes the holder if there is one, the thing, and the places to fill.
    given : sequence
        Handles or numbers.
    width : int
        Numbers in a row.
    kind : NumPy type
        What the numbers are.
    holder : Handle or reference, optional
        What the things belong to.
    places : int, optional
        How many places the function takes, each for one number of the row; 1 for all of them where it takes
        one structure.

    Returns
    -------
    rows, known : arrays
        The numbers, and where the function knew them.
    """
    rows = np.empty((width, len(given)), kind).T  # a column is reckoned with at a time
    known = np.empty(len(given), bool)
    holders: list[Iterable[Any]] = [] if holder is None else [repeat(holder)]
    taken = _places[: width if places is None else places]
    for first in range(0, len(given), _ROWS):
        part = given[first : first + _ROWS]
        last = first + len(part)
        known[first:last] = np.fromiter(map(function, *holders, part, *taken), bool, len(part))
        rows[first:last] = _written[: len(part), :width].view(kind)
    return rows, known
