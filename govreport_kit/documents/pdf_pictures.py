"""The pictures on the pages of a PDF, scans among them, drawn and read."""

from __future__ import annotations

import numpy as np
import pypdfium2

from govreport_kit.documents.limits import watch
from govreport_kit.documents.page_tables import Table
from govreport_kit.documents.pdf_lines import Line
from govreport_kit.documents.picture_page import read_picture_page

# Pixels across a page: 200 to an inch of A4.
_ACROSS = 1654
_FINEST = 4.0
# In points; a smaller picture holds no table. Scans often come in strips, which make one picture.
_LEAST_WIDTH, _LEAST_AREA = 120.0, 6000.0
_WHITE = 255


def read_pictures(document: pypdfium2.PdfDocument, number: int, boxes: np.ndarray) -> list[Line | Table]:
    """Read the pictures of a page.

    Parameters
    ----------
    document : pypdfium2.PdfDocument
        The file.
    number : int
        The number of the page, from 1.
    boxes : array of shape (number, 4)
        Left, top, right and bottom of its pictures, in points from the upper left corner.

    Returns
    -------
    list of Line or Table
        In the place where they stand on the page.
    """
    wide = boxes[boxes[:, 2] - boxes[:, 0] >= _LEAST_WIDTH]
    if not len(wide) or ((wide[:, 2] - wide[:, 0]) * (wide[:, 3] - wide[:, 1])).sum() < _LEAST_AREA:
        return []
    watch().check_time()
    page, scale = drawn(document, number)
    shown = np.full_like(page, _WHITE)
    for left, top, right, bottom in np.clip((wide * scale).round().astype(int), 0, None).tolist():
        shown[top:bottom, left:right] = page[top:bottom, left:right]
    return read_picture_page(shown, number, 1 / scale).blocks


def drawn(document: pypdfium2.PdfDocument, number: int) -> tuple[np.ndarray, float]:
    """Draw a page as finely as pictures on it are read; return its pixels, and how many make up a point."""
    page = document[number - 1]
    try:
        scale = min(_FINEST, _ACROSS / page.get_width())
        watch().take_pixels(round(page.get_width() * scale), round(page.get_height() * scale))
        return page.render(scale=scale, rev_byteorder=True, no_smoothpath=True).to_numpy()[:, :, :3], scale
    finally:
        page.close()
