"""Bytes to documents: text with positions, and tables as grids of cells."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from govreport_kit.documents.decoding import decode
from govreport_kit.documents.digests import digest_of
from govreport_kit.documents.document import Document, Grid, GridCell, Reading
from govreport_kit.documents.docx import read_docx
from govreport_kit.documents.extra import reads_pictures, require_recognition
from govreport_kit.documents.html import read_html
from govreport_kit.documents.limits import DEFAULT, Limits, Unreadable, watch, within
from govreport_kit.documents.mhtml import read_mhtml
from govreport_kit.documents.pdf_apart import draws_forms_in_forms, read_apart
from govreport_kit.documents.sniffing import (
    FLAT_OPEN_DOCUMENT,
    OPEN_DOCUMENT,
    PICTURES,
    PROTECTED,
    WORD,
    media_type,
)
from govreport_kit.documents.text import read_text
from govreport_kit.errors import DocumentError, MissingPathError

_ADVICE = {
    "application/msword": "old Word and WPS files (.doc, .wps) are not read; save it as .docx or as a web page",
    "application/rtf": "RTF files are not read; save it as .docx or as a web page",
    "application/xml": "Word's XML files are not read; save it as .docx",
    "application/zip": "no Word file is inside; unpack it and read the files in it",
    "application/ofd": "OFD files are not read; save or print it as PDF",
    **dict.fromkeys(
        (OPEN_DOCUMENT, FLAT_OPEN_DOCUMENT), "OpenDocument files (.odt, .fodt) are not read; save it as .docx"
    ),
    PROTECTED: "it is protected by a password; save it without one",
}


def read_document(path: str | Path, limits: Limits = DEFAULT, *, pictures: bool = False) -> Document:
    """Read a file.

    Parameters
    ----------
    path : str or Path
        A web page (also one saved as a single file, or under the name .doc), a PDF, a Word file
        (.docx), a picture or a plain text, in UTF-8, UTF-16 or an encoding of the GB family. The
        content tells the kind, not the ending of the name.
    limits : Limits
        What the document may cost.
    pictures : bool
        Read the words in the pictures of a page, a PDF or a Word file, too. This takes seconds a
        picture, and the extra ``ocr``.

    Returns
    -------
    Document

    Raises
    ------
    DocumentError
        If the file is empty, damaged, beyond the limits, or of a kind which is not read.
    MissingPathError
        If there is no such file.
    """
    path = Path(path)
    return within(limits, str(path), lambda: _read(path, limits, pictures))


def _read(path: Path, limits: Limits, pictures: bool) -> Document:
    name = str(path)
    content = _bytes(path, limits.largest_file)
    kind = media_type(content)
    reader = _READERS.get(kind)
    if reader is None:
        advice = _ADVICE.get(kind, "only web pages, PDF and Word files, pictures and plain text are read")
        raise DocumentError(name, "unsupported", f"the content is {kind}; {advice}")
    try:
        if pictures and kind in _WITH_PICTURES:
            require_recognition("pictures stand in the document")
            reading = _WITH_PICTURES[kind](content, path)
        else:
            reading = reader(content)
        watch().require_length(reading.text)
    except Unreadable as error:
        raise DocumentError(name, error.kind, str(error)) from error
    except (RecursionError, MemoryError) as error:
        raise DocumentError(name, "too_large", f"{type(error).__name__}; check that it is a report") from error
    digest = digest_of(content, path) if pictures else hashlib.sha256(content).hexdigest()
    return Document(
        reading.text,
        reading.grids,
        name,
        digest,
        kind,
        reading.encoding,
        reading.title,
        reading.pictures,
        reading.metadata,
    )


def _bytes(path: Path, largest: int) -> bytes:
    """Return the content of a file; of one that is too large no more than is needed to tell so is read."""
    name = str(path)
    if path.is_dir():
        raise DocumentError(name, "unsupported", "this is a folder; use read_reports")
    if not path.is_file():
        raise MissingPathError(path)
    size = path.stat().st_size
    if size <= largest:
        with path.open("rb") as file:
            content = file.read(size + 1)
            if len(content) > size:  # it grew meanwhile
                content += file.read(largest - size)
        size = len(content)
    if size > largest:
        raise DocumentError(name, "too_large", f"{size:,} bytes exceed the limit of {largest:,}; raise `largest_file`")
    if not content.strip(b"\x00 \t\r\n\xef\xbb\xbf"):
        raise DocumentError(name, "empty", "the file holds no text; fetch it again")
    return content


def _decode(content: bytes) -> tuple[str, str]:
    decoded = decode(content)
    if decoded is None:
        raise Unreadable("damaged", "no encoding of Chinese gives a readable text; fetch the file again")
    return decoded


def _page(content: bytes) -> Reading:
    text, encoding = _decode(content)
    return replace(read_html(text), encoding=encoding)


def _text(content: bytes) -> Reading:
    text, encoding = _decode(content)
    watch().require_length(text)
    return Reading(*read_text(text), encoding)


def _pdf(content: bytes, *, pictures: bool = False) -> Reading:
    if draws_forms_in_forms(content):
        return read_apart(content, pictures=pictures)
    from govreport_kit.documents.pdf import read_pdf  # loads NumPy, which the other kinds do without

    return read_pdf(content, pictures=pictures)


def _picture(content: bytes) -> Reading:
    from govreport_kit.documents.picture import read_picture

    return read_picture(content)


def _page_with_pictures(content: bytes, path: Path) -> Reading:
    from govreport_kit.documents.picture_places import Beside, read_page_with_pictures

    text, encoding = _decode(content)
    return replace(read_page_with_pictures(text, Beside(path)), encoding=encoding)


def _single_file_with_pictures(content: bytes, path: Path) -> Reading:
    from govreport_kit.documents.picture_places import read_page_with_pictures

    return read_mhtml(content, read_page_with_pictures)


def _pdf_with_pictures(content: bytes, path: Path) -> Reading:
    return _pdf(content, pictures=True)


def _word_with_pictures(content: bytes, path: Path) -> Reading:
    from govreport_kit.documents.docx_pictures import WordPictures

    return read_docx(content, WordPictures)


_READERS: dict[str, Callable[[bytes], Reading]] = {
    **dict.fromkeys(PICTURES, _picture),
    "text/html": _page,
    "text/plain": _text,
    "application/pdf": _pdf,
    "multipart/related": read_mhtml,
    WORD: read_docx,
}

_WITH_PICTURES: dict[str, Callable[[bytes, Path], Reading]] = {
    "text/html": _page_with_pictures,
    "application/pdf": _pdf_with_pictures,
    "multipart/related": _single_file_with_pictures,
    WORD: _word_with_pictures,
}

__all__ = ["Document", "Grid", "GridCell", "Limits", "read_document", "reads_pictures"]
