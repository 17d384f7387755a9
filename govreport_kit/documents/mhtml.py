"""Pages saved as a single file (MHTML, also as Word writes it under the name .doc)."""

from __future__ import annotations

import email
import re
from dataclasses import replace

from govreport_kit.documents.decoding import decode
from govreport_kit.documents.document import Reading
from govreport_kit.documents.html import read_html
from govreport_kit.documents.limits import Unreadable, watch

_BOUNDARY = re.compile(rb"^--", re.MULTILINE)
_MOST_PARTS = 10_000
_MOST_LINES = 1_000_000


def read_mhtml(content: bytes) -> Reading:
    """Read the first page of a file that holds a page with its pictures.

    Parameters
    ----------
    content : bytes
        The file, which begins with the headers of a mail.

    Returns
    -------
    Reading

    Raises
    ------
    Unreadable
        If the file holds no page, or a page which cannot be read.
    """
    if len(_BOUNDARY.findall(content)) > _MOST_PARTS or content.count(b"\n") > _MOST_LINES:
        raise Unreadable("too_large", "the file has more parts or lines than any page; check that it is a report")
    for part in email.message_from_bytes(content).walk():
        watch().check_time()
        payload = part.get_payload(decode=True) if part.get_content_type() == "text/html" else None
        if isinstance(payload, bytes):
            decoded = decode(payload)
            if decoded is None:
                raise Unreadable("damaged", "the page inside is in no known encoding; save it again as a web page")
            text, encoding = decoded
            return replace(read_html(text), encoding=encoding)
    raise Unreadable("damaged", "the file holds no page; save it again as a web page")
