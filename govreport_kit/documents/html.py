"""A page to text and grids: merged cells resolved, layout tables read as text, nothing fetched."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from lxml import etree
from lxml import html as lxml_html

from govreport_kit.documents.document import Grid
from govreport_kit.documents.grid import LooseCell, build_grid

_SKIPPED = frozenset("script style noscript template head iframe object select option button textarea svg math".split())
_BLOCKS = frozenset(
    "p div br li ul ol dl dt dd h1 h2 h3 h4 h5 h6 section article header footer main aside nav table tr form center"
    " blockquote pre hr body fieldset figure caption tbody thead tfoot title address".split()
)
_SPACES = re.compile(r"[ \t\r\n\f\v\u200b\ufeff]+")
_DIGITS = re.compile(r"\s*(\d{1,9})")
_DEEPEST = 250


@dataclass(slots=True)
class Page:
    """What a page shows and says of itself."""

    text: str
    grids: tuple[Grid, ...]
    title: str | None
    pictures: int
    metadata: dict[str, str] = field(default_factory=dict)


def read_html(text: str) -> Page:
    """Read a page that was already decoded.

    Parameters
    ----------
    text : str
        The page's source.

    Returns
    -------
    Page
        Blocks of the page stand on lines of their own; the cells of an innermost table are each
        followed by a tab and its rows by a line break. A table that holds tables is layout, not data.

    Raises
    ------
    ValueError
        If there is no element in the page.
    """
    parser = lxml_html.HTMLParser(
        encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, recover=True, huge_tree=False
    )
    source = text.replace("\x00", "").encode("utf-8", "replace")
    try:
        root = etree.fromstring(source, parser)
    except etree.XMLSyntaxError as error:
        raise ValueError(f"the page could not be parsed: {error}") from error
    if root is None:
        raise ValueError("the page holds no element")
    writer = _Writer()
    writer.walk(root, 0)
    writer.break_line()
    return Page(
        "".join(writer.parts),
        tuple(writer.grids),
        _first_text(root, "title"),
        writer.pictures,
        _metadata(root),
    )


def _first_text(root: Any, tag: str) -> str | None:
    for element in root.iter(tag):
        words = _SPACES.sub(" ", "".join(element.itertext())).strip()
        if words:
            return str(words)
    return None


def _metadata(root: Any) -> dict[str, str]:
    found: dict[str, str] = {}
    for element in root.iter("meta"):
        name, content = element.get("name"), element.get("content")
        if name and content:
            found.setdefault(name.lower(), content.strip())
    return found


class _Writer:
    """Writes the text of a tree and notes where each cell of a table stands in it."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.length = 0
        self.at_line_start = True
        self.grids: list[Grid] = []
        self.pictures = 0

    def write(self, words: str) -> None:
        self.parts.append(words)
        self.length += len(words)
        self.at_line_start = words[-1] in "\n\t"

    def break_line(self) -> None:
        if not self.at_line_start:
            self.write("\n")

    def say(self, words: str | None) -> None:
        if not words:
            return
        words = _SPACES.sub(" ", words)
        if self.at_line_start:
            words = words.lstrip(" ")
        if words:
            self.write(words)

    def walk(self, element: Any, depth: int) -> None:
        tag = element.tag
        if tag in _SKIPPED or not isinstance(tag, str) or depth > _DEEPEST:
            return
        if tag == "table" and not _holds_table(element):
            self.break_line()
            self.table(element, depth)
            return
        if tag == "img":
            self.pictures += 1
        block = tag in _BLOCKS
        if block:
            self.break_line()
        self.content(element, depth)
        if block or tag in ("td", "th"):
            self.break_line()

    def content(self, element: Any, depth: int) -> None:
        self.say(element.text)
        for child in element:
            self.walk(child, depth + 1)
            self.say(child.tail)

    def table(self, table: Any, depth: int) -> None:
        for caption in table.iterchildren("caption"):
            self.walk(caption, depth + 1)
        start = self.length
        rows = []
        for row in table.iter("tr"):
            cells = []
            for cell in row:
                if cell.tag not in ("td", "th"):
                    continue
                cells.append(self.cell(cell, depth))
            if cells:
                self.write("\n")
                rows.append(cells)
        grid = build_grid(rows, start, self.length)
        if grid is not None:
            self.grids.append(grid)
        else:
            self.content(table, depth)
            self.break_line()

    def cell(self, cell: Any, depth: int) -> LooseCell:
        start, first = self.length, len(self.parts)
        self.at_line_start = True
        self.content(cell, depth)
        words = "".join(self.parts[first:]).rstrip()
        self.parts[first:] = [words] if words else []
        self.length = start + len(words)
        self.write("\t")
        span = LooseCell(words, start, start + len(words))
        span.rowspan, span.colspan = _span(cell.get("rowspan")), _span(cell.get("colspan"))
        return span


def _holds_table(table: Any) -> bool:
    return next(table.iterdescendants("table"), None) is not None


def _span(attribute: str | None) -> int:
    found = _DIGITS.match(attribute) if attribute else None
    return int(found.group(1)) if found else 1
