"""Invented reports as Word files, written part by part."""

from __future__ import annotations

import io
from collections.abc import Iterator
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from govreport_kit.simulate.arrangement import Arranged
from govreport_kit.simulate.printed import PrintedCell, Rows, slots, whole

_OFFICE = "http://schemas.openxmlformats.org"
_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_PARTS = {
    "[Content_Types].xml": (
        f'<Types xmlns="{_OFFICE}/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Override PartName="/word/document.xml" ContentType='
        '"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
    ),
    "_rels/.rels": (
        f'<Relationships xmlns="{_OFFICE}/package/2006/relationships"><Relationship Id="rId1" Type='
        f'"{_OFFICE}/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>'
    ),
}
LAYOUTS = ("merged", "split_blocks")
# Of a page of A4 between its margins, in twentieths of a point; office programs lose merged cells without widths.
_TEXT_WIDTH = 9000
_RULED = "<w:tblPr><w:tblBorders>{}</w:tblBorders></w:tblPr>".format(
    "".join(f'<w:{side} w:val="single" w:sz="4"/>' for side in "top left bottom right insideH insideV".split())
)


def word_file(arranged: Arranged, layout: str) -> bytes:
    """Write a Word file; the same report gives the same bytes.

    Parameters
    ----------
    arranged : Arranged
        Paragraphs and tables in their order.
    layout : {"merged", "split_blocks"}
        Whether the table of disclosure is one table or one a block.
    """
    body = "".join(_blocks(arranged, layout))
    document = f'<w:document xmlns:w="{_OFFICE}/wordprocessingml/2006/main"><w:body>{body}</w:body></w:document>'
    content = io.BytesIO()
    with ZipFile(content, "w") as archive:
        for name, part in {**_PARTS, "word/document.xml": document}.items():
            entry = ZipInfo(name)
            entry.compress_type = ZIP_DEFLATED
            archive.writestr(entry, _DECLARATION + part)
    return content.getvalue()


def _blocks(arranged: Arranged, layout: str) -> Iterator[str]:
    for block in arranged.blocks:
        if isinstance(block, str):
            yield _paragraph(block)
        else:
            tables = block if layout == "split_blocks" else [whole(block)]
            # Word joins tables between which no paragraph stands.
            yield from (_table(rows) + _paragraph("") for rows in tables)


def _paragraph(words: str) -> str:
    breaks = '</w:t><w:br/><w:t xml:space="preserve">'.join(escape(line) for line in words.split("\n"))
    return f'<w:p><w:r><w:t xml:space="preserve">{breaks}</w:t></w:r></w:p>'


def _table(rows: Rows) -> str:
    laid = slots(rows)
    grid = f'<w:gridCol w:w="{_TEXT_WIDTH // len(laid[0])}"/>' * len(laid[0])
    lines = (f"<w:tr>{''.join(_row(laid, number))}</w:tr>" for number in range(len(laid)))
    return f"<w:tbl>{_RULED}<w:tblGrid>{grid}</w:tblGrid>{''.join(lines)}</w:tbl>"


def _row(laid: list[list[tuple[PrintedCell, bool]]], number: int) -> Iterator[str]:
    """Write the cells of a row; one which goes on from above is written again, empty."""
    line = laid[number]
    place = 0
    while place < len(line):
        cell, begins = line[place]
        merge = "" if cell.rowspan == 1 else '<w:vMerge w:val="restart"/>' if begins else "<w:vMerge/>"
        span = f'<w:gridSpan w:val="{cell.colspan}"/>' if cell.colspan > 1 else ""
        width = f'<w:tcW w:w="{_TEXT_WIDTH // len(line) * cell.colspan}" w:type="dxa"/>'
        yield f"<w:tc><w:tcPr>{width}{span}{merge}</w:tcPr>{_paragraph(cell.text if begins else '')}</w:tc>"
        place += cell.colspan
