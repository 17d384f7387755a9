"""A page to text and grids: merged cells resolved, layout tables read as text, nothing fetched."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache, partial
from itertools import chain

from govreport_kit.documents.document import Grid, Reading
from govreport_kit.documents.grid import LooseCell, build_grid
from govreport_kit.documents.limits import Unreadable, watch
from govreport_kit.documents.markup import attributes, plain, split_at_tags, tags

_BLOCKS = (
    "p div br li ul ol dl dt dd h1 h2 h3 h4 h5 h6 section article header footer main aside nav table tr td th form"
    " center blockquote pre hr body fieldset figure caption tbody thead tfoot address".split()
)
_BREAKING = frozenset((*_BLOCKS, *(f"/{name}" for name in _BLOCKS)))
_WITH_ATTRIBUTES = tuple(f"{name}{end}" for name in ("td", "th", "meta") for end in " /")
_ELEMENT = re.compile("<[a-zA-Z]")
_DIGITS = re.compile(r"\s*(\d{1,9})")
_BREAKS = re.compile("\n[\n ]+")
_SPACES = re.compile("  +")
# Stands among the words where there is something to do; no page that was split holds it.
_MARK = "\x00"
_LONGEST_KNOWN = 600

# What is to be done for a tag.
_Call = Callable[["_Page"], None]
# Of a cell: its first piece, rowspan, colspan, and the piece behind its last.
_Cell = tuple[int, int, int, int]


def read_html(text: str) -> Reading:
    """Read a page that was already decoded.

    Parameters
    ----------
    text : str
        The page's source.

    Returns
    -------
    Reading
        Blocks of the page stand on lines of their own; the cells of an innermost table are each
        followed by a tab and its rows by a line break. A table that holds tables is layout, not data.

    Raises
    ------
    Unreadable
        If there is no element in the page, or too many.
    """
    watch().require_elements(text)
    parts = split_at_tags(text)
    if not _ELEMENT.search(text) and not "".join(parts[::2]).strip():
        raise Unreadable("damaged", "the page holds no element; fetch it again")
    page = _Page()
    page.read(parts)
    return Reading(
        "".join(page.written), tuple(page.grids), title=page.title, pictures=page.pictures, metadata=page.metadata
    )


class _Page:
    """What was read of a page so far.

    `pieces` are words, spaces and line breaks since the last grid. A table is written to them as
    the blocks of a layout would be; where it ends without another table inside, its cells become a
    grid. What stands in a table outside its cells goes before it, as browsers do.
    """

    def __init__(self) -> None:
        self.watch = watch()
        self.written: list[str] = []
        self.length = 0
        self.grids: list[Grid] = []
        self.title: str | None = None
        self.pictures = 0
        self.metadata: dict[str, str] = {}
        self.pieces: list[str] = []
        self.title_at: int | None = None
        self.table_at: int | None = None
        self.rows: list[list[_Cell]] = []
        self.row: list[_Cell] | None = None
        self.cell: tuple[int, int, int] | None = None

    def read(self, parts: Sequence[str]) -> None:
        """Read words and runs of tags in turn; runs repeat, so each is understood once."""
        runs = parts[1::2]
        marks: dict[str, str] = {}
        calls: dict[str, tuple[_Call, ...]] = {}
        for run in dict.fromkeys(runs):
            self.watch.check_time()
            marks[run], found = _known(run) if len(run) <= _LONGEST_KNOWN else _understood(run)
            if found:
                calls[run] = found
        words = "".join(chain.from_iterable(zip(parts[::2], [*map(marks.__getitem__, runs), ""], strict=True)))
        first, *others = plain(words).split(_MARK)
        self.pieces.append(first)
        for steps, piece in zip(filter(None, map(calls.get, runs)), others, strict=True):
            for step in steps:
                step(self)
            self.pieces.append(piece)
        self.end_table()
        self.write_lines(self.pieces)

    def begin_table(self) -> None:
        """Begin a table; one that stands in a cell makes the table around it layout, else that one is over."""
        if self.cell is None:
            self.end_table()
        self.table_at, self.rows, self.row, self.cell = len(self.pieces), [], None, None

    def begin_row(self) -> None:
        """Begin a row."""
        self.end_row()
        self.row = []
        self.rows.append(self.row)

    def begin_cell(self, rowspan: int = 1, colspan: int = 1) -> None:
        """Begin a cell, in a row of its own if there is none."""
        if self.cell is not None:
            self.end_cell()
        if self.table_at is not None:
            if self.row is None:
                self.begin_row()
            self.cell = (len(self.pieces), rowspan, colspan)

    def end_cell(self) -> None:
        """End the cell that is open, if there is one."""
        if self.cell is not None and self.row is not None:
            self.row.append((*self.cell, len(self.pieces)))
        self.cell = None

    def end_row(self) -> None:
        """End the row that is open, if there is one."""
        self.watch.check_time()
        self.end_cell()
        self.row = None

    def end_table(self) -> None:
        """End the table that is open, if there is one, and write what was read so far."""
        self.end_row()
        rows = [row for row in self.rows if row]
        if self.table_at is not None and rows:
            self.write_lines(self.outside(rows))
            self.write_table(rows)
            self.pieces.clear()
            self.title_at = None
        self.table_at, self.rows = None, []

    def outside(self, rows: Sequence[Sequence[_Cell]]) -> list[str]:
        """Return the pieces which stand in no cell."""
        found: list[str] = []
        place = 0
        for row in rows:
            for first, _, _, last in row:
                found += self.pieces[place:first]
                place = last
        return [*found, *self.pieces[place:]]

    def write_lines(self, pieces: Sequence[str]) -> None:
        """Write pieces as lines, the last of them with its end."""
        words = _joined(pieces)
        if words:
            words = words if words[-1] == "\n" else words + "\n"
            self.written.append(words)
            self.length += len(words)

    def write_table(self, rows: Sequence[Sequence[_Cell]]) -> None:
        """Write a table and keep its grid."""
        start = place = self.length
        laid: list[list[LooseCell]] = []
        for row in rows:
            cells = []
            for first, rowspan, colspan, last in row:
                words = _joined(self.pieces[first:last]).rstrip()
                self.written += (words, "\t")
                end = place + len(words)
                cells.append(LooseCell(words, place, end, rowspan, colspan))
                place = end + 1
            self.written.append("\n")
            place += 1
            laid.append(cells)
        self.length = place
        grid = build_grid(laid, start, place)
        if grid is not None:
            self.grids.append(grid)

    def count_picture(self) -> None:
        """Count a picture."""
        self.pictures += 1

    def keep_metadata(self, told: dict[str, str]) -> None:
        """Keep what a `meta` element tells; the first of a name counts."""
        name, content = told.get("name"), told.get("content")
        if name and content:
            self.metadata.setdefault(name.lower(), content.strip())

    def begin_title(self) -> None:
        """Begin a title."""
        self.title_at = len(self.pieces)

    def end_title(self) -> None:
        """Take what was written since the title began out of the text; the first title that has words counts."""
        if self.title_at is not None:
            self.title = self.title or _joined(self.pieces[self.title_at :]).strip() or None
            del self.pieces[self.title_at :]
        self.title_at = None


_CALLS: dict[str, _Call] = {
    "table": _Page.begin_table,
    "/table": _Page.end_table,
    "tr": _Page.begin_row,
    "/tr": _Page.end_row,
    "td": _Page.begin_cell,
    "th": _Page.begin_cell,
    "/td": _Page.end_cell,
    "/th": _Page.end_cell,
    "img": _Page.count_picture,
    "title": _Page.begin_title,
    "/title": _Page.end_title,
}


def _understood(run: str) -> tuple[str, tuple[_Call, ...]]:
    """Return what to write for a run of tags, a line break or nothing and a mark, and what to do at that mark."""
    breaks = False
    calls: list[_Call] = []
    for tag in tags(run):
        name = tag.lower()
        breaks = breaks or name in _BREAKING
        call = _CALLS.get(name)
        if call is not None:
            calls.append(call)
        elif name.startswith(_WITH_ATTRIBUTES):
            breaks = True
            calls.append(_call(name, attributes(tag)))
    return ("\n" if breaks else "") + (_MARK if calls else ""), tuple(calls)


# The pages of a site, and of what made them, have most runs in common.
_known = lru_cache(maxsize=8192)(_understood)


def _call(name: str, told: dict[str, str]) -> _Call:
    """Return what a cell or metadata with these attributes asks for."""
    if name.startswith("meta"):
        return partial(_Page.keep_metadata, told=told)
    return partial(_Page.begin_cell, rowspan=_span(told.get("rowspan")), colspan=_span(told.get("colspan")))


def _joined(pieces: Sequence[str]) -> str:
    """Return pieces as one text without spaces and empty lines at its start, with spaces and line breaks folded."""
    words = "".join(pieces).lstrip("\n ")
    if "  " in words:
        words = _SPACES.sub(" ", words)
    return _BREAKS.sub("\n", words) if "\n" in words else words


def _span(attribute: str | None) -> int:
    found = _DIGITS.match(attribute) if attribute else None
    return int(found.group(1)) if found else 1
