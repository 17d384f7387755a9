"""Pictures inside documents: found beside the page or in it, read, and put in where they are shown."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote, unquote_to_bytes

from govreport_kit.documents.document import Grid, Reading
from govreport_kit.documents.html import read_html
from govreport_kit.documents.limits import Unreadable, watch
from govreport_kit.documents.markup import attributes
from govreport_kit.documents.pages import written
from govreport_kit.documents.picture import picture_pages

_IMAGE = re.compile(r"<img\b[^>]*>", re.IGNORECASE)
_SPACES = re.compile(r"[\t\n\r\f]+")
_DATA = re.compile(r"data:image/[\w.+-]+(?:;[\w=-]+)*?(;base64)?,(.*)", re.IGNORECASE | re.DOTALL)
_ADDRESSED = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:|//|/|\\")
_SOURCES = ("src", "data-src", "data-original", "original")
_MARK = re.compile("\ue000(\\d+)\ue001")
_MOST_PICTURES = 50
# Width and height in pixels of the smallest picture that can hold a table.
_SMALLEST = (280, 50)


class Places:
    """The pictures of a document which hold words, each with a mark that stands in the text for it.

    Parameters
    ----------
    unread : list of bytes, optional
        Takes the pictures as they are; none is read then.
    """

    def __init__(self, unread: list[bytes] | None = None) -> None:
        self.unread = unread
        self.readings: list[Reading] = []
        self.tried = 0

    def mark(self, content: bytes) -> str | None:
        """Read a picture and return its mark; None if it cannot be read, holds no words, or time is short."""
        if self.unread is not None:
            self.unread.append(content)
            return None
        self.tried += 1
        if self.tried > _MOST_PICTURES or watch().time_is_short():
            return None
        try:
            text, grids = written(list(picture_pages(content, _SMALLEST, self.tried)))
        except Unreadable:
            return None
        if not text.strip():
            return None
        self.readings.append(Reading(text, grids))
        return f"\ue000{len(self.readings) - 1}\ue001"

    def filled(self, reading: Reading) -> Reading:
        """Return a reading with the words of the pictures in the place of their marks."""
        grids = list(reading.grids)
        text = reading.text
        for found in reversed(list(_MARK.finditer(text))):
            if int(found[1]) >= len(self.readings):
                continue
            inside = self.readings[int(found[1])]
            before, behind = text[: found.start()], text[found.end() :]
            before += "" if before[-1:] in ("", "\n") else "\n"
            longer = len(before) + len(inside.text) - found.end()
            # A table around a picture only lays out the page.
            above = [grid for grid in grids if grid.end <= found.start()]
            below = [_moved(grid, longer) for grid in grids if grid.start >= found.end()]
            grids = [*above, *(_moved(grid, len(before)) for grid in inside.grids), *below]
            text = before + inside.text + behind
        return replace(reading, text=text, grids=tuple(grids), pictures=reading.pictures - len(self.readings))


def read_page_with_pictures(source: str, find: Callable[[str], bytes | None], places: Places | None = None) -> Reading:
    """Read a page with the words of its pictures.

    Parameters
    ----------
    source : str
        The page's source.
    find : callable
        Returns the picture at an address, or None; such as `Beside`.
    places : Places, optional
        What becomes of the pictures; by default they are read.
    """
    places = places or Places()

    def marked(image: re.Match[str]) -> str:
        told = attributes(_SPACES.sub(" ", image[0]))
        for name in _SOURCES:
            address = told.get(name, "")
            content = _inside(address) or find(address)
            mark = content and places.mark(content)
            if mark:
                return f"{image[0]}<p>{mark}</p>"
        return image[0]

    return places.filled(read_html(_IMAGE.sub(marked, source)))


def addresses(source: str) -> Iterator[str]:
    """Yield the addresses at which a page may have its pictures."""
    for image in _IMAGE.finditer(source):
        told = attributes(_SPACES.sub(" ", image[0]))
        yield from filter(None, map(told.get, _SOURCES))


class Beside:
    """The pictures saved beside a page.

    Parameters
    ----------
    path : Path
        Where the page was saved. A picture is found if its address is relative and leads to a file in
        the page's folder or below; nothing is fetched.
    """

    def __init__(self, path: Path) -> None:
        self.folder = path.resolve().parent

    def __call__(self, address: str) -> bytes | None:
        """Return the picture at an address; None where it is not beside the page."""
        watch().check_time()
        if not address or _ADDRESSED.match(address):
            return None
        try:
            file = (self.folder / unquote(address.split("?")[0].split("#")[0])).resolve()
            largest = watch().limits.largest_file
            if file.is_relative_to(self.folder) and file.is_file() and file.stat().st_size <= largest:
                return file.read_bytes()
        except (OSError, ValueError):
            pass
        return None


def _inside(address: str) -> bytes | None:
    """Return the picture whose data an address holds."""
    data = _DATA.match(address)
    if not data:
        return None
    try:
        return base64.b64decode(unquote(data[2])) if data[1] else unquote_to_bytes(data[2])
    except (binascii.Error, ValueError):
        return None


def _moved(grid: Grid, by: int) -> Grid:
    cells = {id(c): c._replace(start=c.start + by, end=c.end + by) for row in grid.rows for c in row if c is not None}
    rows = tuple(tuple(cell and cells[id(cell)] for cell in row) for row in grid.rows)
    return Grid(rows, grid.start + by, grid.end + by)
