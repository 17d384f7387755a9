"""Invented reports as PDF files: ruled tables and running text, drawn with the kit's font."""

from __future__ import annotations

import io
from datetime import datetime

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.backends.backend_pdf import PdfPages
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties

from govreport_kit.figures.theme import FONT
from govreport_kit.simulate.arrangement import Arranged
from govreport_kit.simulate.printed import PrintedCell, Rows, slots, whole

_PAGE = (595.0, 842.0)
_MARGIN = 56.0
_WIDTH = _PAGE[0] - 2 * _MARGIN
_SIZE = 7.0
_LINE = 9.5
_PADDING = 2.0
_REQUEST_COLUMNS = 10
_LABEL_PARTS = [1.5, 2.0, 3.6]
_NEVER = datetime(2020, 1, 1)


def pdf_file(arranged: Arranged) -> bytes:
    """Write a PDF file; rows are never broken over pages, tables are."""
    content = io.BytesIO()
    with mpl.rc_context({"pdf.fonttype": 42}), PdfPages(content, metadata={"CreationDate": _NEVER}) as pages:
        writer = _Writer(pages)
        for block in arranged.blocks:
            if isinstance(block, str):
                writer.paragraph(block)
            else:
                writer.table(whole(block))
        writer.end_page()
    return content.getvalue()


Slots = list[list[tuple[PrintedCell, bool]]]


class _Writer:
    """Fills page after page from the top."""

    def __init__(self, pages: PdfPages) -> None:
        self.pages = pages
        self.font = FontProperties(fname=str(FONT), size=_SIZE)
        self.begin_page()

    def begin_page(self) -> None:
        self.page = Figure(figsize=(_PAGE[0] / 72, _PAGE[1] / 72))
        self.axes: Axes = self.page.add_axes((0.0, 0.0, 1.0, 1.0))
        self.axes.set_axis_off()
        self.axes.set_xlim(0, _PAGE[0])
        self.axes.set_ylim(0, _PAGE[1])
        self.y = _PAGE[1] - _MARGIN

    def end_page(self) -> None:
        self.pages.savefig(self.page)  # type: ignore[no-untyped-call]

    def require(self, height: float) -> None:
        if self.y - height < _MARGIN:
            self.end_page()
            self.begin_page()

    def say(self, x: float, y: float, words: str) -> None:
        if words:
            self.axes.text(x, y, words, fontproperties=self.font, parse_math=False)

    def paragraph(self, words: str) -> None:
        for line in _broken(words, _WIDTH):
            self.require(_LINE)
            self.y -= _LINE
            self.say(_MARGIN, self.y, line)
        self.y -= _PADDING

    def table(self, rows: Rows) -> None:
        laid = slots(rows)
        edges = _edges(len(laid[0]))
        heights = [_height(line, edges) for line in laid]
        first = 0
        while first < len(laid):
            self.require(heights[first])
            after, room = first, self.y - _MARGIN
            while after < len(laid) and heights[after] <= room:
                room -= heights[after]
                after += 1
            self.part(laid[first:after], edges, heights[first:after])
            first = after

    def part(self, laid: Slots, edges: list[float], heights: list[float]) -> None:
        """Draw the rows of a table that stand on one page."""
        tops = [self.y - sum(heights[:number]) for number in range(len(heights) + 1)]
        drawn: set[int] = set()
        for number, line in enumerate(laid):
            for at, (cell, begins) in enumerate(line):
                if id(cell) in drawn:
                    continue
                drawn.add(id(cell))
                below = next((low for low in range(number, len(laid)) if laid[low][at][0] is not cell), len(laid))
                left, right = edges[at], edges[at + cell.colspan]
                self.box(left, right, tops[number], tops[below])
                for place, words in enumerate(_broken(cell.text, right - left) if begins else [], start=1):
                    self.say(left + _PADDING, tops[number] - place * _LINE, words)
        self.y = tops[-1]

    def box(self, left: float, right: float, top: float, bottom: float) -> None:
        across, down = [left, right, right, left, left], [top, top, bottom, bottom, top]
        self.axes.plot(across, down, color="black", linewidth=0.5)


def _edges(columns: int) -> list[float]:
    """Return the edges of the columns; the labels of the request table need more room than its figures."""
    parts = _LABEL_PARTS + [1.0] * (columns - len(_LABEL_PARTS)) if columns == _REQUEST_COLUMNS else [1.0] * columns
    scale = _WIDTH / sum(parts)
    return [_MARGIN + scale * sum(parts[:number]) for number in range(columns + 1)]


def _height(line: list[tuple[PrintedCell, bool]], edges: list[float]) -> float:
    most = max(
        (
            len(_broken(cell.text, edges[at + cell.colspan] - edges[at]))
            for at, (cell, begins) in enumerate(line)
            if begins and cell.rowspan == 1
        ),
        default=1,
    )
    return _LINE * most + 2 * _PADDING


def _broken(words: str, width: float) -> list[str]:
    """Break words into lines that fit a width: a digit takes half the room of a character."""
    lines = [""]
    room = width - 2 * _PADDING
    for character in words:
        size = _SIZE if character > "\u2e80" else 0.6 * _SIZE
        if character == "\n" or size > room:
            lines.append("")
            room = width - 2 * _PADDING
        if character != "\n":
            lines[-1] += character
            room -= size
    return lines
