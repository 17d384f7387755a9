"""The pieces of pictures in which figures were read, cut out of the document while it is unchanged."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable
from itertools import islice
from pathlib import Path
from typing import Any

from govreport_kit.documents.decoding import decode
from govreport_kit.documents.digests import digest_of
from govreport_kit.documents.document import Box
from govreport_kit.documents.extra import reads_pictures
from govreport_kit.documents.limits import DEFAULT, Unreadable
from govreport_kit.documents.mhtml import read_mhtml
from govreport_kit.documents.sniffing import PICTURES, WORD, media_type

# The highest that a piece is kept, in pixels, and its levels of grey: enough to read it.
_HIGHEST, _GREYS = 40, 8

Printed = tuple[int, Box]


def cut_out(path: str | Path, sha256: str | None, places: Iterable[Printed]) -> dict[Printed, bytes]:
    """Cut pieces out of the pictures that a document was read from.

    Parameters
    ----------
    path : str or Path
        The document.
    sha256 : str or None
        Its hash, and that of pictures beside it, when it was read.
    places : iterable of (int, (float, float, float, float))
        Page and box of each piece, as the cells of its grids tell them.

    Returns
    -------
    dict
        A PNG file by page and box; nothing where the document is gone or no longer the same, or where
        the extra ``ocr`` is not installed.
    """
    wanted = sorted(set(places))
    file = Path(path)
    try:
        if not wanted or not reads_pictures() or not file.is_file() or file.stat().st_size > DEFAULT.largest_file:
            return {}
        content = file.read_bytes()
        return dict(_pieces(content, file, wanted)) if digest_of(content, file) == sha256 else {}
    except (OSError, IndexError, Unreadable):
        return {}


def _pieces(content: bytes, path: Path, wanted: Iterable[Printed]) -> Iterable[tuple[Printed, bytes]]:
    from govreport_kit.documents.picture_facing import upright

    kind = media_type(content)
    shown, number, scale = None, 0, 1.0
    page_of = _pages_of_pdf(content) if kind == "application/pdf" else _pictures_of(content, path, kind)
    for page, box in wanted:
        if page != number:
            found, number = page_of(page), page
            shown = None if found is None else upright(found[0])
            scale = 1.0 if found is None else found[1]
        if shown is not None:
            left, top, right, bottom = (round(edge * scale) for edge in box)
            piece = shown[max(0, top) : bottom, max(0, left) : right]
            if piece.size:
                yield (page, box), _png(piece)


def _pages_of_pdf(content: bytes) -> Callable[[int], tuple[Any, float] | None]:
    import pypdfium2

    from govreport_kit.documents.pdf_pictures import drawn

    document = pypdfium2.PdfDocument(content)
    return lambda number: drawn(document, number) if number <= len(document) else None


def _pictures_of(content: bytes, path: Path, kind: str) -> Callable[[int], tuple[Any, float] | None]:
    """Return what gives a picture by its number; a pixel is the unit of its boxes."""
    from govreport_kit.documents.docx import read_docx
    from govreport_kit.documents.docx_pictures import WordPictures
    from govreport_kit.documents.picture import frames
    from govreport_kit.documents.picture_places import Beside, Places, read_page_with_pictures

    if kind in PICTURES:
        return lambda number: next(((page, 1.0) for page in islice(frames(content), number - 1, None)), None)
    inside: list[bytes] = []
    if kind == WORD:
        read_docx(content, lambda archive: WordPictures(archive, inside))
    elif kind == "multipart/related":
        read_mhtml(content, lambda page, parts: read_page_with_pictures(page, parts, Places(inside)))
    elif decoded := decode(content):
        read_page_with_pictures(decoded[0], Beside(path), Places(inside))
    return lambda number: next(((page, 1.0) for page in frames(inside[number - 1])), None)


def _png(piece: Any) -> bytes:
    """Return a piece as a small file in shades of grey."""
    from PIL import Image

    picture = Image.fromarray(piece).convert("L")
    if picture.height > _HIGHEST:
        picture = picture.resize((max(1, picture.width * _HIGHEST // picture.height), _HIGHEST))
    content = io.BytesIO()
    picture.quantize(_GREYS).save(content, "PNG", optimize=True)
    return content.getvalue()
