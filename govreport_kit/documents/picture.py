"""Pictures (PNG, JPEG, WebP, TIFF) to text and grids, by text recognition."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from govreport_kit.documents.document import Reading
from govreport_kit.documents.extra import require_recognition
from govreport_kit.documents.limits import Unreadable, watch

if TYPE_CHECKING:
    from govreport_kit.documents.pages import PageBlocks

_FORMATS = ("PNG", "JPEG", "WEBP", "TIFF", "BMP", "GIF")
_SMALLEST = (40, 20)


def read_picture(content: bytes) -> Reading:
    """Read a picture; the pages of a TIFF file are read as the pages of one document.

    Parameters
    ----------
    content : bytes
        The file.

    Returns
    -------
    Reading
        As `read_pdf` gives it; the boxes of cells are in pixels of the picture, once it is turned
        upright. Cells tell how certain they are.

    Raises
    ------
    Unreadable
        If text recognition is not installed, or the picture is damaged or beyond the limits.
    """
    require_recognition("the content is a picture")
    from govreport_kit.documents.pages import written

    pages = list(picture_pages(content))
    text, grids = written(pages)
    return Reading(text, grids, metadata={"pages": str(len(pages))})


def picture_pages(content: bytes, at_least: tuple[int, int] = _SMALLEST, first: int = 1) -> Iterator[PageBlocks]:
    """Yield the pages of a picture, without those of a smaller width or height; the first gets a number."""
    from govreport_kit.documents.picture_page import read_picture_page

    for number, pixels in enumerate(frames(content, at_least), start=first):
        watch().check_time()
        yield read_picture_page(pixels, number)


def frames(content: bytes, at_least: tuple[int, int] = _SMALLEST) -> Iterator[Any]:
    """Yield the frames of a picture in red, green and blue; sizes are looked at before anything is unpacked."""
    import numpy as np
    from PIL import Image, ImageOps, UnidentifiedImageError

    try:
        with Image.open(io.BytesIO(content), formats=_FORMATS) as picture:
            animated = picture.format == "GIF"
            number = 1 if animated else getattr(picture, "n_frames", 1)
            most = watch().limits.most_pages
            if number > most:
                raise Unreadable("too_large", f"{number:,} pages exceed the limit of {most:,}; raise `most_pages`")
            for frame in range(number):
                picture.seek(frame)
                watch().check_time()
                watch().take_pixels(*picture.size)
                if picture.width >= at_least[0] and picture.height >= at_least[1]:
                    yield np.asarray(_on_white(ImageOps.exif_transpose(picture)))
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise Unreadable("too_large", f"{error}; check that it is a report") from error
    except UnidentifiedImageError as error:
        message = "the content is a picture of a kind that is not read, or damaged; fetch the file again"
        raise Unreadable("unsupported", message) from error
    except (OSError, SyntaxError, ValueError, EOFError) as error:
        if isinstance(error, Unreadable):
            raise
        raise Unreadable("damaged", "the picture could not be unpacked; fetch the file again") from error


def _on_white(picture: Any) -> Any:
    """Return a picture in red, green and blue; what is transparent shows white paper."""
    from PIL import Image

    if picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info:
        shown = picture.convert("RGBA")
        paper = Image.new("RGBA", shown.size, "white")
        return Image.alpha_composite(paper, shown).convert("RGB")
    if picture.mode.startswith("I;16"):
        picture = picture.point(lambda depth: depth / 256).convert("L")
    return picture.convert("RGB")
