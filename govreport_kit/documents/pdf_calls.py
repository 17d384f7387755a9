"""Functions of pdfium which are called for every character and every drawing, at half the usual cost.

Handles are plain integers here, and so are the addresses of the places that pdfium fills.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from typing import Any

import pypdfium2.raw as pdfium


def _direct(function: Any, *arguments: Any, result: Any = ctypes.c_int) -> Callable[..., int]:
    prototype = ctypes.PYFUNCTYPE(result, *arguments)
    return prototype(ctypes.cast(function, ctypes.c_void_p).value)  # type: ignore[arg-type]


_INTEGER, _ADDRESS = ctypes.c_int, ctypes.c_void_p
character_box = _direct(pdfium.FPDFText_GetLooseCharBox, _ADDRESS, _INTEGER, _ADDRESS)
has_no_unicode = _direct(pdfium.FPDFText_HasUnicodeMapError, _ADDRESS, _INTEGER)
object_of_page = _direct(pdfium.FPDFPage_GetObject, _ADDRESS, _INTEGER, result=_ADDRESS)
object_of_form = _direct(pdfium.FPDFFormObj_GetObject, _ADDRESS, ctypes.c_ulong, result=_ADDRESS)
font_of_text = _direct(pdfium.FPDFTextObj_GetFont, _ADDRESS, result=_ADDRESS)
is_embedded = _direct(pdfium.FPDFFont_GetIsEmbedded, _ADDRESS)
font_name = _direct(pdfium.FPDFFont_GetBaseFontName, _ADDRESS, _ADDRESS, ctypes.c_size_t)
count_of_form = _direct(pdfium.FPDFFormObj_CountObjects, _ADDRESS)
object_type = _direct(pdfium.FPDFPageObj_GetType, _ADDRESS)
object_bounds = _direct(pdfium.FPDFPageObj_GetBounds, *[_ADDRESS] * 5)
object_matrix = _direct(pdfium.FPDFPageObj_GetMatrix, _ADDRESS, _ADDRESS)
fill_colour = _direct(pdfium.FPDFPageObj_GetFillColor, *[_ADDRESS] * 5)
stroke_colour = _direct(pdfium.FPDFPageObj_GetStrokeColor, *[_ADDRESS] * 5)
draw_mode = _direct(pdfium.FPDFPath_GetDrawMode, *[_ADDRESS] * 3)
segment_count = _direct(pdfium.FPDFPath_CountSegments, _ADDRESS)
segment = _direct(pdfium.FPDFPath_GetPathSegment, _ADDRESS, _INTEGER, result=_ADDRESS)
segment_point = _direct(pdfium.FPDFPathSegment_GetPoint, *[_ADDRESS] * 3)
segment_type = _direct(pdfium.FPDFPathSegment_GetType, _ADDRESS)
segment_closes = _direct(pdfium.FPDFPathSegment_GetClose, _ADDRESS)


def address(handle: Any) -> int:
    """Return a handle of the usual kind as an integer."""
    return ctypes.cast(handle, ctypes.c_void_p).value or 0
