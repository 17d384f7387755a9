"""A page to text and grids: merged cells resolved, layout tables read as text, nothing fetched."""

from __future__ import annotations

import re
from typing import Any

from lxml import etree

from govreport_kit.documents.document import Reading
from govreport_kit.documents.grid import LooseCell
from govreport_kit.documents.limits import Unreadable, watch
from govreport_kit.documents.writer import TextWriter, fold_spaces

_SKIPPED = frozenset(
    "script style noscript template head iframe object select option button textarea svg math rt rp".split()
)
_BLOCKS = frozenset(
    "p div br li ul ol dl dt dd h1 h2 h3 h4 h5 h6 section article header footer main aside nav table tr form center"
    " blockquote pre hr body fieldset figure caption tbody thead tfoot title address".split()
)
_DIGITS = re.compile(r"\s*(\d{1,9})")


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
    parser = etree.HTMLParser(
        encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, recover=True, huge_tree=False
    )
    source = text.replace("\x00", "").encode("utf-8", "replace")
    watch().require_elements(source)
    try:
        root = etree.fromstring(source, parser)
    except etree.XMLSyntaxError as error:
        raise Unreadable("damaged", f"the page could not be parsed: {error}; fetch it again") from error
    if root is None:
        raise Unreadable("damaged", "the page holds no element; fetch it again")
    writer = _Writer()
    writer.walk(root, 0)
    writer.break_line()
    return Reading(
        writer.text(),
        tuple(writer.grids),
        title=_first_text(root, "title"),
        pictures=writer.pictures,
        metadata=_metadata(root),
    )


def _first_text(root: Any, tag: str) -> str | None:
    for element in root.iter(tag):
        words = fold_spaces("".join(element.itertext())).strip()
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


class _Writer(TextWriter):
    """Writes the text of a page."""

    def walk(self, element: Any, depth: int) -> None:
        tag = element.tag
        if tag in _SKIPPED or not isinstance(tag, str) or depth > self.watch.limits.deepest_nesting:
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
        if element.text:
            self.say(element.text)
        for child in element:
            self.walk(child, depth + 1)
            if child.tail:
                self.say(child.tail)

    def table(self, table: Any, depth: int) -> None:
        for caption in table.iterchildren("caption"):
            self.walk(caption, depth + 1)
        start = self.length
        rows = []
        for row in table.iter("tr"):
            cells = [self.spanned(cell, depth) for cell in row.iterchildren("td", "th")]
            if cells:
                self.write("\n")
                rows.append(cells)
        if rows:
            self.keep_grid(rows, start)
        else:
            self.content(table, depth)
            self.break_line()

    def spanned(self, element: Any, depth: int) -> LooseCell:
        cell = self.cell(lambda: self.content(element, depth))
        cell.rowspan, cell.colspan = _span(element.get("rowspan")), _span(element.get("colspan"))
        return cell


def _holds_table(table: Any) -> bool:
    return next(table.iterdescendants("table"), None) is not None


def _span(attribute: str | None) -> int:
    found = _DIGITS.match(attribute) if attribute else None
    return int(found.group(1)) if found else 1
