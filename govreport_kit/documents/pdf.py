"""A PDF to text and grids: what is printed on its pages, in reading order."""

from __future__ import annotations

import ctypes
import re
import threading
from collections.abc import Iterator
from functools import partial

import numpy as np
import pypdfium2
import pypdfium2.raw as pdfium

from govreport_kit.documents.document import Reading
from govreport_kit.documents.extra import require_recognition
from govreport_kit.documents.limits import Unreadable, watch
from govreport_kit.documents.page_tables import Table, page_table
from govreport_kit.documents.pages import PageBlocks, written
from govreport_kit.documents.pdf_columns import WIDEST_GAP, frames_columns, set_in_columns, suspicious_lines
from govreport_kit.documents.pdf_drawings import TooMuchError
from govreport_kit.documents.pdf_lines import Line, read_lines, read_runs
from govreport_kit.documents.pdf_page import UNREADABLE, PrintedPage, read_page
from govreport_kit.documents.pdf_rulings import Lattice, find_lattices
from govreport_kit.documents.pdf_struck import strike, without_struck

MOST_OBJECTS = 50_000

# Pages which pdfium reads before their tables are found: each turn from the one to the other empties the
# processor's caches.
_AT_ONCE = 8
_MANY_UNREADABLE = 0.05
_FEWEST_CHARACTERS = 30
_TORN_NUMBER = re.compile(f"[\\d.,]*{UNREADABLE}[\\d.,{UNREADABLE}]*")
_OBJECT = re.compile(rb"\d+\s+\d+\s+obj\b")
_PASSWORD = (pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY)

# pdfium may run in one thread at a time.
_ONE_AT_A_TIME = threading.Lock()


def read_pdf(content: bytes, *, pictures: bool = False) -> Reading:
    """Read a PDF.

    Parameters
    ----------
    content : bytes
        The file.
    pictures : bool
        Read the words in pictures, too. Those of a file which holds no other words are always read.

    Returns
    -------
    Reading
        Each printed line stands on a line of its own, words far apart with two blanks or more
        between them; columns of running text are read one after the other. The cells of a ruled table
        are each followed by a tab and its rows by a line break; a table that page breaks cut is one
        table. Page numbers, what the margins repeat and characters which are struck out are left out.
        The metadata tell the number of ``pages``, of pages with ``unclear_columns``, and of characters
        ``struck_out``, so far as there are any.

    Raises
    ------
    Unreadable
        If the file is encrypted, a scan while text recognition is not installed, damaged, without
        Unicode for its characters, or beyond the limits.

    Notes
    -----
    pdfium reads a page in one step, which no limit of time breaks off. `read_document` reads a file whose
    forms draw each other, which can make that step endless, in a process of its own.
    """
    _require_end(content)
    with _ONE_AT_A_TIME, np.errstate(all="ignore"):  # a file may place its words nowhere
        document = _open(content)
        try:
            pages, shown = _pages(document, pictures)
            title = _title(document)
        finally:
            document.close()
    text, grids = written(pages)
    return Reading(text, grids, title=title, pictures=shown, metadata=_metadata(pages))


def _metadata(pages: list[PageBlocks]) -> dict[str, str]:
    """Return the number of pages, of those whose columns have no certain order, and of characters struck out."""
    unclear, struck = sum(page.is_unclear for page in pages), sum(page.struck for page in pages)
    told = {"unclear_columns": unclear, "struck_out": struck}
    return {"pages": str(len(pages))} | {name: str(number) for name, number in told.items() if number}


def _require_end(content: bytes) -> None:
    """Refuse a file that lost its end: pdfium would read the rest of it in silence."""
    end = max(content.rfind(b"%%EOF"), content.rfind(b"startxref"))
    if end < 0 or _OBJECT.search(content, end):
        raise Unreadable("damaged", "the end of the PDF file is missing; fetch the file again")


def _open(content: bytes) -> pypdfium2.PdfDocument:
    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        if error.err_code in _PASSWORD:
            message = "the PDF file is encrypted; open it with its password, print it to a new PDF and read that"
            raise Unreadable("unsupported", message) from error
        raise Unreadable("damaged", "the PDF file could not be opened; fetch the file again") from error
    pages, most = len(document), watch().limits.most_pages
    if pages > most:
        document.close()
        raise Unreadable("too_large", f"{pages:,} pages exceed the limit of {most:,}; raise `most_pages`")
    return document


def _title(document: pypdfium2.PdfDocument) -> str | None:
    size = pdfium.FPDF_GetMetaText(document, b"Title", None, 0)
    title = ctypes.create_string_buffer(size)
    pdfium.FPDF_GetMetaText(document, b"Title", title, size)
    return title.raw.decode("utf-16-le", "replace").strip("\0 ") or None


def _pages(document: pypdfium2.PdfDocument, with_pictures: bool) -> tuple[list[PageBlocks], int]:
    """Return what the pages hold, and the number of their pictures which were not read."""
    pages: list[PageBlocks] = []
    boxes: list[np.ndarray] = []
    visible = unreadable = 0
    numbers = range(1, len(document) + 1)
    for first in range(0, len(document), _AT_ONCE):
        printed: list[PrintedPage] = []
        for number in numbers[first : first + _AT_ONCE]:
            watch().check_time()
            page = _load(document, number, watch().limits.longest_text - visible)
            visible += page.visible
            unreadable += page.text.count(UNREADABLE)
            boxes.append(page.drawings.pictures)
            printed.append(page)
        pages += map(_blocks, printed, numbers[first:])
    set_in_columns(pages)
    for page_blocks in pages:
        page_blocks.blocks = _without_overflow(page_blocks.blocks)
    pictures = sum(map(len, boxes))
    is_scan = visible < _FEWEST_CHARACTERS and pictures > 0
    if is_scan:
        require_recognition(f"the PDF file is a scan: {_count(len(pages))} of pictures without text")
    if is_scan or with_pictures:
        from govreport_kit.documents.pdf_pictures import read_pictures

        for number, (page_blocks, shown) in enumerate(zip(pages, boxes, strict=True), start=1):
            if not is_scan and watch().time_is_short():
                break
            page_blocks.add(read_pictures(document, number, shown))
            pictures -= len(shown)
            visible += len(page_blocks.blocks)
    _require_text(visible, unreadable, len(pages))
    return pages, pictures


def _count(pages: int) -> str:
    return f"{pages} page{'s' if pages > 1 else ''}"


def _load(document: pypdfium2.PdfDocument, number: int, most_characters: int) -> PrintedPage:
    handle = pdfium.FPDF_LoadPage(document, number - 1)
    if not handle:
        raise Unreadable("damaged", f"page {number} of the PDF file is broken; fetch the file again")
    try:
        return read_page(handle, most_characters, MOST_OBJECTS)
    except TooMuchError as error:
        message = f"page {number} holds {error}, more than a report does; check that it is a report"
        raise Unreadable("too_large", message) from error
    finally:
        pdfium.FPDF_ClosePage(handle)


def _require_text(visible: int, unreadable: int, pages: int) -> None:
    """Refuse an empty file, and a text of which too much cannot be read."""
    if not visible:
        raise Unreadable("empty", f"no text is printed on the {_count(pages)} of the PDF file")
    if unreadable > _MANY_UNREADABLE * visible:
        message = f"{unreadable:,} of {visible:,} characters of the PDF file have no Unicode"
        raise Unreadable("damaged", f"{message}; get another edition of the file")


def _blocks(printed: PrintedPage, number: int) -> PageBlocks:
    """Return the lines and tables of a page from top to bottom."""
    struck = strike(printed)
    printed.text = _blotted(printed.text)
    lattices = find_lattices(printed.drawings.horizontals, printed.drawings.verticals)
    places, lines = _lines(printed, lattices)
    tables = [lattice for lattice, inside in _cells_of(lattices, lines) if not frames_columns(lattice, inside)]
    if len(tables) < len(lattices):
        lattices = tables
        places, lines = _lines(printed, lattices)
    blocks: list[Line | Table] = list(lines.get(-1, []))
    if lost := printed.drawings.lost:
        for place, (x, y) in zip(_places(lattices, *np.array(lost).T).tolist(), lost, strict=True):
            lines.setdefault(place, [Line(x, y, x, y, UNREADABLE)])  # a cell is not blank because its words are lost
    for lattice, inside in _cells_of(lattices, lines):
        table = page_table(lattice, inside, number)
        if table is not None:
            blocks.append(table)
    blocks.sort(key=lambda block: block.top)
    runs = partial(_running_text, printed, places)
    return PageBlocks(printed.height, blocks, suspicious_lines(blocks), runs, struck=struck)


def _lines(printed: PrintedPage, lattices: list[Lattice]) -> tuple[np.ndarray, dict[int, list[Line]]]:
    """Return the place of each character and the lines of each place."""
    places = _places(lattices, *printed.centres())
    return places, without_struck(printed, read_lines(printed, places))


def _cells_of(lattices: list[Lattice], lines: dict[int, list[Line]]) -> Iterator[tuple[Lattice, dict[int, list[Line]]]]:
    """Yield each lattice and the lines in its cells."""
    first = 0
    for lattice in lattices:
        after = first + len(lattice.cells)
        yield lattice, {place - first: lines[place] for place in lines if first <= place < after}
        first = after


def _running_text(printed: PrintedPage, places: np.ndarray) -> list[Line]:
    """Return the runs of the text outside the tables, which end at every gap that may part columns."""
    return without_struck(printed, read_runs(printed, places, WIDEST_GAP)).get(-1, [])


def _without_overflow(blocks: list[Line | Table]) -> list[Line | Table]:
    """Give the lines which run out of a table at the end of the page back to it."""
    kept: list[Line | Table] = []
    table: Table | None = None
    for block in blocks:
        if isinstance(block, Table):
            table = block
        elif table is not None and table.take_overflow(block):
            continue
        kept.append(block)
    return kept


def _blotted(text: str) -> str:
    """Make a number unreadable that has lost a digit, so that what is left of it is not taken for a number."""
    return _TORN_NUMBER.sub(lambda torn: UNREADABLE * len(torn[0]), text) if UNREADABLE in text else text


def _places(lattices: list[Lattice], xs: np.ndarray, ys: np.ndarray) -> np.ndarray:
    """Return for each point its cell, those of all tables numbered through, or -1 outside the tables."""
    places = np.full(len(xs), -1)
    first = 0
    for lattice in lattices:
        cells = lattice.cells_at(xs, ys)
        places = np.where((places < 0) & (cells >= 0), first + cells, places)
        first += len(lattice.cells)
    return places
