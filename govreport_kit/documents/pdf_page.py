"""A page of a PDF as printed: characters with their boxes, rulings and pictures.

Everything is measured in points from the upper left corner of the page as it is shown.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import repeat
from typing import Any

import numpy as np
import pypdfium2.raw as pdfium

from govreport_kit.documents import pdf_calls as call
from govreport_kit.documents.pdf_drawings import Drawings, PointMap, TooMuchError, read_drawings, upright

UNREADABLE = "\ufffd"
# Stands for the first half of a character that pdfium tells in two.
_NO_CHARACTER = "\0"
_LINE_END_HYPHENS = ("\x02", "\ufffe")
_BLANK = 0x20
_FIRST_CHINESE = 0x2E80
# No character from here on is a blank.
_FIRST_INKED = 0x3001
_IS_BLANK = np.array([code <= _BLANK or chr(code).isspace() for code in range(_FIRST_INKED + 1)])
_SMALLEST_TYPE, _LARGEST_TYPE = 3.0, 36.0
_LEAST_INK = 0.4


@dataclass(slots=True)
class PrintedPage:
    """What a page shows.

    Attributes
    ----------
    drawings : Drawings
        Lines and pictures.
    text : str
        All characters in pdfium's order, the blanks and line ends that it adds among them.
    visible : int
        How many characters are neither blanks nor signs of control.
    inked : array of int
        The places in `text` of the characters which can be seen.
    boxes : array of shape (number, 4)
        Left, top, right and bottom of each of these.
    """

    width: float
    height: float
    drawings: Drawings
    text: str = ""
    visible: int = 0
    inked: np.ndarray = field(default_factory=lambda: np.zeros(0, int))
    boxes: np.ndarray = field(default_factory=lambda: np.zeros((0, 4)))

    def centres(self) -> tuple[np.ndarray, np.ndarray]:
        """Return where the middles of the characters are, across and down."""
        return (self.boxes[:, 0] + self.boxes[:, 2]) / 2, (self.boxes[:, 1] + self.boxes[:, 3]) / 2

    def drop_beyond_paper(self) -> None:
        """Drop the characters which the edge of the page cuts off."""
        xs, ys = self.centres()
        seen = (xs >= 0) & (xs <= self.width) & (ys >= 0) & (ys <= self.height)
        if not seen.all():
            self.inked, self.boxes = self.inked[seen], self.boxes[seen]


def read_page(page: Any, most_characters: int, most_objects: int) -> PrintedPage:
    """Read a page that pdfium has loaded.

    Parameters
    ----------
    page : FPDF_PAGE
        The page.
    most_characters, most_objects : int
        Limits for this page.

    Raises
    ------
    TooMuchError
        If the page exceeds a limit.
    """
    to_shown, width, height = _view(page)
    printed = PrintedPage(width, height, read_drawings(page, to_shown, most_objects))
    text_page = pdfium.FPDFText_LoadPage(page)
    if text_page:
        try:
            _read_characters(printed, text_page, to_shown, most_characters)
        finally:
            pdfium.FPDFText_ClosePage(text_page)
    return printed


def _view(page: Any) -> tuple[PointMap, float, float]:
    """Return how points of the page's own space come to stand in the page as shown, and its size."""
    bounds = pdfium.FS_RECTF()
    pdfium.FPDF_GetPageBoundingBox(page, bounds)
    left, right = sorted((bounds.left, bounds.right))
    bottom, top = sorted((bounds.bottom, bounds.top))
    width, height = right - left, top - bottom
    turn = pdfium.FPDFPage_GetRotation(page)
    if turn == 1:
        return (lambda x, y: (y - bottom, x - left)), height, width
    if turn == 2:
        return (lambda x, y: (right - x, y - bottom)), width, height
    if turn == 3:
        return (lambda x, y: (top - y, right - x)), height, width
    return (lambda x, y: (x - left, top - y)), width, height


def _read_characters(printed: PrintedPage, text_page: Any, to_shown: PointMap, most: int) -> None:
    count = pdfium.FPDFText_CountChars(text_page)
    if count > most:
        raise TooMuchError(f"{count:,} characters")
    if count <= 0:
        return
    text = _spelled(text_page, count)
    reference = call.reference(text_page)
    codes = code_points(text)
    if _lacks_unicode(reference, codes):
        unmapped = map(call.has_no_unicode, repeat(reference), range(count))
        text = "".join([UNREADABLE if lost == 1 else known for known, lost in zip(text, unmapped, strict=True)])
        codes = code_points(text)
    printed.visible = _count_visible(text)
    inked = (~_IS_BLANK[np.minimum(codes, _FIRST_INKED)]).nonzero()[0]
    numbers = inked.tolist()
    corners, known = call.filled(call.character_box, numbers, 4, holder=reference, places=1)
    corners[~known] = 0
    boxes = _shown(corners.astype(float), to_shown)
    heights = boxes[:, 3] - boxes[:, 1]
    for place in (~((heights > _SMALLEST_TYPE) & (heights < _LARGEST_TYPE))).nonzero()[0].tolist():
        boxes[place] = _tight_box(text_page, numbers[place], to_shown, boxes[place])
    printed.text, printed.inked, printed.boxes = text, inked, boxes
    printed.drop_beyond_paper()


def code_points(text: str) -> np.ndarray:
    """Return the number of each character in Unicode."""
    return np.frombuffer(text.encode("utf-32-le"), np.uint32)


def _lacks_unicode(reference: Any, codes: np.ndarray) -> bool:
    """Tell whether for some character only its number in its font is known, which then stands for it.

    Each figure, letter and sign is asked. Of each Chinese character only the first is: it would take
    a font whose numbers without Unicode all coincide with characters that stand on the page before.
    """
    order = codes.argsort(kind="stable")
    sorted_codes = codes[order]
    asked: np.ndarray = sorted_codes < _FIRST_CHINESE
    asked[0] = True
    asked[1:] |= sorted_codes[1:] != sorted_codes[:-1]
    return 1 in map(call.has_no_unicode, repeat(reference), order[asked].tolist())


def _count_visible(text: str) -> int:
    """Return how many characters are neither blanks nor signs of control."""
    words = "".join(text.split())
    return len(words) if words.isprintable() else sum(map(str.isprintable, words))


def _shown(corners: np.ndarray, to_shown: PointMap) -> np.ndarray:
    return upright(*to_shown(corners[:, 0::2], corners[:, 1::2]))


def _tight_box(text_page: Any, number: int, to_shown: PointMap, loose: np.ndarray) -> np.ndarray:
    """Return the box of the ink where pdfium mistakes the size of the type, as it does for vertical writing."""
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    if not pdfium.FPDFText_GetCharBox(text_page, number, left, right, bottom, top):
        return loose
    ink = _shown(np.array([[left.value, bottom.value, right.value, top.value]]), to_shown)[0]
    share = (ink[3] - ink[1]) / max(loose[3] - loose[1], 0.1)
    return loose if _LEAST_INK < share <= 1 else ink


def _spelled(text_page: Any, count: int) -> str:
    """Return the text, one character each; the text in bulk leaves out characters which pdfium cannot name."""
    units = np.empty(count + 2, np.uint16)
    written = call.text_of_page(text_page, 0, count, units.ctypes.data)
    text = units[: max(written - 1, 0)].tobytes().decode("utf-16-le", "replace")
    if len(text) != count or UNREADABLE in text:
        text = "".join(_one_by_one(text_page, count))
    for hyphen in _LINE_END_HYPHENS:
        text = text.replace(hyphen, "-")
    return text


def _one_by_one(text_page: Any, count: int) -> Iterator[str]:
    leading = 0
    for number in range(count):
        code = pdfium.FPDFText_GetUnicode(text_page, number)
        if 0xD800 <= code < 0xDC00:
            leading = code
            yield _NO_CHARACTER
        elif 0xDC00 <= code < 0xE000:
            yield chr(0x10000 + ((leading - 0xD800) << 10) + (code - 0xDC00)) if leading else UNREADABLE
            leading = 0
        else:
            yield chr(code) if 0 < code < 0x110000 else UNREADABLE
