"""Bytes to documents: text with positions, and tables as grids of cells."""

from __future__ import annotations

import hashlib
from pathlib import Path

from govreport_kit.documents.decoding import decode
from govreport_kit.documents.document import Document, Grid, GridCell
from govreport_kit.documents.html import read_html
from govreport_kit.documents.sniffing import media_type
from govreport_kit.documents.text import read_text
from govreport_kit.errors import DocumentError, MissingPathError

LARGEST_FILE = 64 * 1024 * 1024

_ADVICE = {
    "application/pdf": "PDF files are not read yet; save the report's text or its web page",
    "application/msword": "old Word files (.doc) are not read; save it as a web page or as text",
    "application/rtf": "RTF files are not read; save it as a web page or as text",
}


def read_document(path: str | Path, *, largest: int = LARGEST_FILE) -> Document:
    """Read a file.

    Parameters
    ----------
    path : str or Path
        An HTML page or a plain text, in UTF-8 or an encoding of the GB family. The content tells
        the kind, not the ending of the name.
    largest : int, default 64 MiB
        Files of more bytes are refused.

    Returns
    -------
    Document

    Raises
    ------
    DocumentError
        If the file is empty, too large, damaged, or of a kind which is not read.
    MissingPathError
        If there is no such file.
    """
    path = Path(path)
    name = str(path)
    if not path.is_file():
        raise (
            DocumentError(name, "unsupported", "this is a folder; use read_reports")
            if path.is_dir()
            else (MissingPathError(path))
        )
    size = path.stat().st_size
    if size > largest:
        raise DocumentError(name, "too_large", f"{size:,} bytes exceed the limit of {largest:,}; raise `largest`")
    content = path.read_bytes()
    if not content.strip(b"\x00 \t\r\n\xef\xbb\xbf"):
        raise DocumentError(name, "empty", "the file holds no text; fetch it again")
    kind = media_type(content)
    if kind not in ("text/html", "text/plain"):
        what = "a picture" if kind.startswith("image/") else kind
        advice = _ADVICE.get(kind, "only web pages and plain text are read")
        raise DocumentError(name, "unsupported", f"the content is {what}; {advice}")
    decoded = decode(content)
    if decoded is None:
        raise DocumentError(name, "damaged", "neither UTF-8 nor GB 18030 gives a readable text; fetch the file again")
    text, encoding = decoded
    digest = hashlib.sha256(content).hexdigest()
    if kind == "text/plain":
        text, grids = read_text(text)
        return Document(text, grids, name, digest, kind, encoding)
    try:
        page = read_html(text)
    except ValueError as error:
        raise DocumentError(name, "damaged", f"{error}; fetch the page again") from error
    return Document(page.text, page.grids, name, digest, kind, encoding, page.title, page.pictures, page.metadata)


__all__ = ["Document", "Grid", "GridCell", "read_document"]
