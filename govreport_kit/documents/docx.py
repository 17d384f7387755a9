"""Word files (.docx) to text and grids: what is shown is read, what is deleted, struck out or hidden is not."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from govreport_kit.documents.archive import Archive
from govreport_kit.documents.document import Grid, Reading
from govreport_kit.documents.docx_cells import left_out, shape_of
from govreport_kit.documents.grid import LooseCell, build_grid
from govreport_kit.documents.limits import Unreadable, watch
from govreport_kit.documents.numbering import Numbering, W, child_of

_P, _R, _T, _TABLE, _ROW, _CELL = f"{W}p", f"{W}r", f"{W}t", f"{W}tbl", f"{W}tr", f"{W}tc"
_PARAGRAPH_MARK, _RUN_PROPERTIES = f"{W}pPr", f"{W}rPr"
_ROW_PROPERTIES, _DELETED = f"{W}trPr", f"{W}del"
_UNSEEN = tuple(f"{W}{name}" for name in "vanish strike dstrike".split())
_VALUE = f"{W}val"
_LINE_BREAKS = frozenset((f"{W}br", f"{W}cr"))
_RUBY = f"{W}ruby"
_SIGNS = {f"{W}tab": " ", f"{W}ptab": " ", f"{W}noBreakHyphen": "-"}
_MATHS_TEXT = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_BOX = f"{W}txbxContent"
_PICTURES = frozenset(
    ("{http://schemas.openxmlformats.org/drawingml/2006/main}blip", "{urn:schemas-microsoft-com:vml}imagedata")
)
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
# Deleted and moved text, phonetic guides, and what only describes; the rest may hold text.
_SKIPPED = frozenset(
    f"{W}{name}"
    for name in "del moveFrom rt pPr rPr tblPr tblGrid trPr tcPr sectPr sdtPr sdtEndPr instrText delText".split()
) | {_FALLBACK}
# Whole files in the place of text, as web sites write that export to Word.
_ELSEWHERE = frozenset((f"{W}altChunk", f"{W}subDoc"))
_OFF = frozenset(("0", "false", "off"))
_SPACES = re.compile(r"[ \t\r\n\f\v\u200b\ufeff]+")


def read_docx(content: bytes, pictures: Callable[[Archive], Any] | None = None) -> Reading:
    """Read a Word file.

    Parameters
    ----------
    content : bytes
        The file, as Word, WPS and others write it.
    pictures : callable, optional
        Gives the `WordPictures` to read, too; their words stand behind the paragraph of the picture.

    Returns
    -------
    Reading
        Paragraphs stand on lines of their own, with the numbers which Word writes before them, and
        tables as in a page; the text of a box stands behind the paragraph that the box hangs on.
        Headers, footers, notes and comments are left out.

    Raises
    ------
    Unreadable
        If the file is damaged, protected, or exceeds the limits.
    """
    archive = Archive(content)
    root = archive.tree(_main_part(archive))
    if root is None:
        raise Unreadable("damaged", "the file has no part that holds the text (word/document.xml); fetch it again")
    writer = _Writer(
        Numbering(lambda: archive.tree("word/numbering.xml"), lambda: archive.tree("word/styles.xml", about=b"numPr"))
    )
    if pictures is not None:
        places = pictures(archive)
        writer.finish, writer.marks_of = places.filled, places.marks_of
    writer.blocks(root)
    writer.break_line()
    reading = Reading("".join(writer.parts), tuple(writer.grids), title=_title(archive), pictures=writer.pictures)
    return writer.finish(reading)


def _main_part(archive: Archive) -> str:
    """Return the name of the part that holds the text; nearly always word/document.xml."""
    relations = archive.tree("_rels/.rels")
    for relation in () if relations is None else relations:
        if relation.get("Type", "").endswith("/officeDocument"):
            return str(relation.get("Target", "")).lstrip("/")
    return "word/document.xml"


def _title(archive: Archive) -> str | None:
    properties = archive.tree("docProps/core.xml")
    title = None if properties is None else properties.findtext("{http://purl.org/dc/elements/1.1/}title")
    return title.strip() or None if title else None


class _Writer:
    """Writes blocks on lines of their own; cells are each followed by a tab, rows by a line break."""

    def __init__(self, numbering: Numbering) -> None:
        self.numbering = numbering
        self.watch = watch()
        self.parts: list[str] = []
        self.length = 0
        self.at_line_start = True
        self.grids: list[Grid] = []
        self.pictures = 0
        self.finish: Callable[[Reading], Reading] = lambda reading: reading
        self.marks_of: Callable[[Any], list[str]] = lambda picture: []
        self.marks: list[str] = []
        self.boxes: list[Any] = []
        self.depth = 0

    def break_line(self) -> None:
        """End the line, if there is anything on it."""
        if not self.at_line_start:
            self.parts.append("\n")
            self.length += 1
            self.at_line_start = True

    def say(self, words: str | None) -> None:
        """Write words with their spaces folded."""
        if words:
            words = _SPACES.sub(" ", words)
            if self.at_line_start:
                words = words.lstrip(" ")
            if words:
                self.parts.append(words)
                self.length += len(words)
                self.at_line_start = False

    def blocks(self, parent: Any) -> None:
        self.depth += 1
        if self.depth <= self.watch.limits.deepest_nesting:
            for child in parent:
                tag = child.tag
                if tag == _P:
                    self.paragraph(child)
                elif tag == _TABLE and next(child.iterdescendants(_TABLE), None) is None:
                    self.table(child)
                elif tag not in _SKIPPED and not _is_deleted(child):
                    _require_inside(child)
                    self.blocks(child)
        self.depth -= 1

    def paragraph(self, paragraph: Any) -> None:
        self.watch.check_time()
        goes_on = False
        for child in paragraph:
            tag = child.tag
            if tag == _R:
                self.run(child)
            elif tag == _PARAGRAPH_MARK:
                self.say(self.numbering.next(child))
                # Where the mark of a paragraph was deleted, the next one goes on in the same line.
                goes_on = _has(child, _RUN_PROPERTIES, _DELETED)
            else:
                self.inline(child)
        if self.marks:
            self.break_line()
            self.say("".join(self.marks))
            self.marks.clear()
        if not goes_on or self.boxes:
            self.break_line()
        if self.boxes:
            boxes, self.boxes = self.boxes, []
            for box in boxes:
                self.blocks(box)

    def inline(self, piece: Any) -> None:
        """Write a part of a paragraph."""
        tag = piece.tag
        if tag == _R:
            self.run(piece)
        elif tag == _MATHS_TEXT:
            self.say(piece.text)
        elif tag not in _SKIPPED:
            _require_inside(piece)
            for child in piece:
                self.inline(child)

    def run(self, run: Any) -> None:
        for piece in run:
            tag = piece.tag
            if tag == _T:
                self.say(piece.text)
            elif tag == _RUN_PROPERTIES:
                if any(map(_is_on, piece.iterchildren(*_UNSEEN))):
                    return
            elif tag in _SIGNS:
                self.say(_SIGNS[tag])
            elif tag in _LINE_BREAKS:
                self.break_line()
            elif tag == _RUBY:
                self.inline(piece)
            elif tag not in _SKIPPED:
                self.drawing(piece)

    def drawing(self, parent: Any) -> None:
        """Count the pictures of a drawing, write its words, and keep its boxes for the end of the paragraph."""
        for child in parent:
            if child.tag == _BOX:
                self.boxes.append(child)
            elif child.tag == _T:
                self.say(child.text)
            elif child.tag in _PICTURES:
                self.pictures += 1
                self.marks += self.marks_of(child)
            elif child.tag != _FALLBACK:
                self.drawing(child)

    def table(self, table: Any) -> None:
        self.break_line()
        start = self.length
        rows: list[list[LooseCell]] = []
        merged: dict[int, LooseCell] = {}
        for row in _children(table, _ROW):
            if not _is_deleted(row):
                cells, merged = self.row(row, merged)
                rows.append(cells)
        grid = build_grid(rows, start, self.length)
        if grid is not None:
            self.grids.append(grid)

    def row(self, row: Any, above: dict[int, LooseCell]) -> tuple[list[LooseCell], dict[int, LooseCell]]:
        """Write a row; return its cells, and the cells at each column which the next row may continue."""
        column = left_out(row)
        cells = [LooseCell("", self.length, self.length, 1, column)] if column else []
        merged: dict[int, LooseCell] = {}
        for element in _children(row, _CELL):
            width, fate = shape_of(element)
            if fate == "deleted":
                continue
            upper = above.get(column) if fate == "continue" else None
            if upper is not None and upper.colspan == width:
                upper.rowspan += 1
                merged[column] = upper
            elif fate == "across" and cells:
                cells[-1].colspan += width
            else:
                cell = LooseCell(*self.filled(element), 1, width)
                cells.append(cell)
                if fate is not None:
                    merged[column] = cell
            column += width
        if self.parts[-1:] == ["\t"]:
            self.parts.append("\n")
            self.length += 1
        return cells, merged

    def filled(self, element: Any) -> tuple[str, int, int]:
        """Write the content of a cell and a tab; return the content and its place."""
        start, first = self.length, len(self.parts)
        self.at_line_start = True
        self.blocks(element)
        words = "".join(self.parts[first:]).rstrip()
        end = start + len(words)
        self.parts[first:] = [words, "\t"] if words else ["\t"]
        self.length = end + 1
        self.at_line_start = True
        return words, start, end


def _children(parent: Any, tag: str) -> Iterator[Any]:
    """Yield the rows of a table or the cells of a row, also those inside a content control."""
    for child in parent:
        if child.tag == tag:
            yield child
        elif child.tag not in _SKIPPED:
            yield from _children(child, tag)


def _require_inside(element: Any) -> None:
    if element.tag in _ELSEWHERE:
        raise Unreadable(
            "unsupported",
            "some of its text is another file, inside it or beside it, which only Word puts in; "
            "open it in Word and save it again as .docx",
        )


def _has(parent: Any, middle: str, tag: str) -> bool:
    between = child_of(parent, middle)
    return between is not None and child_of(between, tag) is not None


def _is_deleted(row: Any) -> bool:
    return row.tag == _ROW and _has(row, _ROW_PROPERTIES, _DELETED)


def _is_on(switch: Any) -> bool:
    return switch.get(_VALUE) not in _OFF
