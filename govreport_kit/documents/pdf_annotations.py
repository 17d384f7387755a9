"""What readers of a PDF wrote onto its pages: marks which strike text out are no drawings of the page itself."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pypdfium2.raw as pdfium

# Left, bottom, right and top in the page's own space.
Mark = tuple[float, float, float, float]


def strike_marks(page: Any) -> Iterator[Mark]:
    """Yield for each piece of text that a mark strikes out the line through its middle.

    Parameters
    ----------
    page : FPDF_PAGE
        The page.
    """
    for number in range(pdfium.FPDFPage_GetAnnotCount(page)):
        annotation = pdfium.FPDFPage_GetAnnot(page, number)
        if annotation:
            try:
                if pdfium.FPDFAnnot_GetSubtype(annotation) == pdfium.FPDF_ANNOT_STRIKEOUT:
                    yield from _middle_lines(annotation)
            finally:
                pdfium.FPDFPage_CloseAnnot(annotation)


def _middle_lines(annotation: Any) -> Iterator[Mark]:
    corners = pdfium.FS_QUADPOINTSF()
    for part in range(pdfium.FPDFAnnot_CountAttachmentPoints(annotation)):
        if pdfium.FPDFAnnot_GetAttachmentPoints(annotation, part, corners):
            xs = corners.x1, corners.x2, corners.x3, corners.x4
            ys = corners.y1, corners.y2, corners.y3, corners.y4
            middle = (min(ys) + max(ys)) / 2
            yield min(xs), middle, max(xs), middle
