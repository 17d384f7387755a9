"""The hash of a document, and of the pictures saved beside a page, which are a part of it."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

from govreport_kit.documents.decoding import decode
from govreport_kit.documents.extra import reads_pictures
from govreport_kit.documents.sniffing import media_type

# Also in UTF-16, where each letter has two bytes.
_SHOWS_PICTURES = re.compile(rb"<\x00?i\x00?m\x00?g\x00?[\s/]", re.IGNORECASE)


def digest_of(content: bytes, path: Path) -> str:
    """Return the SHA-256 of a file; of a page with pictures beside it that of the page and of these.

    Parameters
    ----------
    content : bytes
        The file.
    path : Path
        Where it lies.
    """
    return digests_of(content, path)[0]


def digests_of(content: bytes, path: Path) -> tuple[str, str]:
    """Return the digest of a file with the pictures beside it, as `digest_of`, and that of the file alone."""
    digest = hashlib.sha256(content)
    alone = digest.hexdigest()
    if _SHOWS_PICTURES.search(content) and reads_pictures() and media_type(content) == "text/html":
        from govreport_kit.documents.picture_places import Beside, addresses

        decoded = decode(content)
        found = map(Beside(path), addresses(decoded[0])) if decoded else ()
        for picture in filter(None, found):
            digest.update(hashlib.sha256(picture).digest())
    return digest.hexdigest(), alone
