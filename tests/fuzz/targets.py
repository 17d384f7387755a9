"""What is fuzzed: each target takes any bytes and must end in a document, a report or a refusal."""

from __future__ import annotations

import io
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path

from govreport_kit.documents import Document, Limits, read_document
from govreport_kit.documents.decoding import decode
from govreport_kit.documents.document import Reading
from govreport_kit.documents.docx import read_docx
from govreport_kit.documents.html import read_html
from govreport_kit.documents.limits import Unreadable
from govreport_kit.documents.mhtml import read_mhtml
from govreport_kit.documents.sniffing import media_type
from govreport_kit.documents.text import read_text
from govreport_kit.errors import DocumentError
from govreport_kit.parsing import parse

SMALL = Limits(largest_file=1 << 20, largest_unpacked=1 << 20, most_slots=20_000, most_seconds=20)
_WORD_NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def check_reading(reading: Reading | Document) -> None:
    """Every cell stands in the text where it says, and every grid is a rectangle."""
    for grid in reading.grids:
        assert 0 <= grid.start <= grid.end <= len(reading.text)
        assert len({len(row) for row in grid.rows}) == 1
        for cell in {id(cell): cell for row in grid.rows for cell in row if cell is not None}.values():
            assert reading.text[cell.start : cell.end] == cell.text


def fuzz_decode(content: bytes) -> None:
    media_type(content)
    decoded = decode(content)
    assert decoded is None or "\x00" not in decoded[0]


def fuzz_html(content: bytes) -> None:
    _read(lambda: read_html(content.decode("utf-8", "replace")))


def fuzz_text(content: bytes) -> None:
    check_reading(Reading(*read_text(content.decode("utf-8", "replace"))))


def fuzz_docx(content: bytes) -> None:
    _read(lambda: read_docx(content))


def fuzz_docx_body(content: bytes) -> None:
    """The bytes are the markup of a Word file, its numbering behind the first null byte."""
    body, _, numbering = content.partition(b"\x00")
    _read(lambda: read_docx(packed({"word/document.xml": wrapped(body, b"document"),
                                    "word/numbering.xml": wrapped(numbering, b"numbering")})))  # fmt: skip


def fuzz_mhtml(content: bytes) -> None:
    _read(lambda: read_mhtml(content))


def fuzz_document(content: bytes) -> None:
    """A file of any kind is read and understood as a report, or refused."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "report.html")
        file.write_bytes(content)
        try:
            document = read_document(file, SMALL)
            check_reading(document)
            report = parse(document)
        except DocumentError:
            return
    for value in (*report.cells, *report.facts):
        assert value.start is None or 0 <= value.start <= value.end <= len(report.text)


def packed(parts: dict[str, bytes]) -> bytes:
    """Return a zip file of parts, in which a Word file is recognised."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(zipfile.ZipInfo(name), part)
    return stream.getvalue()


def wrapped(markup: bytes, root: bytes) -> bytes:
    """Return an XML part of Word around some markup."""
    space = f'xmlns:w="{_WORD_NAMESPACE}"'.encode()
    return b"<w:" + root + b" " + space + b">" + markup + b"</w:" + root + b">"


def _read(work: Callable[[], Reading]) -> None:
    try:
        reading = work()
    except (Unreadable, RecursionError):
        return
    check_reading(reading)


TARGETS = {
    "decode": fuzz_decode,
    "html": fuzz_html,
    "text": fuzz_text,
    "docx": fuzz_docx,
    "docx_body": fuzz_docx_body,
    "mhtml": fuzz_mhtml,
    "document": fuzz_document,
}
