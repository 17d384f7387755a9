"""Reports to documents: the inverse of reading, for every format and layout."""

from __future__ import annotations

import numpy as np

from govreport_kit.codebook import nearest
from govreport_kit.errors import UnknownKeyError
from govreport_kit.report import Report
from govreport_kit.simulate import docx, html, text
from govreport_kit.simulate.arrangement import arrange
from govreport_kit.simulate.narrative import with_text

LAYOUTS: dict[str, tuple[str, ...]] = {
    "html": html.LAYOUTS,
    "text": tuple(text.LAYOUTS),
    "docx": docx.LAYOUTS,
    "pdf": ("ruled",),
}
# How the name of an encoding is declared, and what the bytes are: many pages which say gb2312 are gb18030.
ENCODINGS = {"utf-8": "utf-8", "utf-8-sig": "utf-8-sig", "gb18030": "gb18030", "gb2312": "gb18030"}


def write_document(
    report: Report,
    format: str = "html",
    layout: str | None = None,
    rng: int | np.random.Generator = 0,
    *,
    encoding: str = "utf-8",
) -> bytes:
    """Write a report as a document.

    Parameters
    ----------
    report : Report
        One without `text`, as a corpus gives it, gets running text which tells its facts.
    format : {"html", "text", "docx", "pdf"}
        The kind of file.
    layout : str, optional
        One of ``LAYOUTS[format]``; the first of them where none is given.
    rng : int or numpy.random.Generator
        Chooses how figures and labels are printed; the same seed gives the same bytes.
    encoding : {"utf-8", "utf-8-sig", "gb18030", "gb2312"}
        Of pages and texts. As in many real pages, what is declared as gb2312 is gb18030.

    Raises
    ------
    UnknownKeyError
        If there is no such format, layout or encoding.
    """
    layout = LAYOUTS[_known("format", format, LAYOUTS)][0] if layout is None else layout
    _known(f"layout of {format}", layout, LAYOUTS[_known("format", format, LAYOUTS)])
    codec = ENCODINGS[_known("encoding", encoding, ENCODINGS)]
    rng = np.random.default_rng(rng)
    arranged = arrange(report if report.text else with_text(report, rng), rng)
    if format == "docx":
        return docx.word_file(arranged, layout)
    if format == "pdf":
        from govreport_kit.simulate.pdf import pdf_file

        return pdf_file(arranged)
    if format == "html":
        return html.html_page(arranged, layout, encoding.removesuffix("-sig"), rng).encode(codec)
    return text.plain_text(arranged, layout).encode(codec)


def _known(what: str, key: str, among: dict[str, tuple[str, ...]] | dict[str, str] | tuple[str, ...]) -> str:
    if key not in among:
        raise UnknownKeyError(what, key, nearest(key, among), among)
    return key
