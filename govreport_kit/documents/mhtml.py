"""Pages saved as a single file (MHTML, also as Word writes it under the name .doc), with their pictures."""

from __future__ import annotations

import email
import re
from collections.abc import Callable
from dataclasses import replace
from email.message import Message
from urllib.parse import urljoin

from govreport_kit.documents.decoding import decode
from govreport_kit.documents.document import Reading
from govreport_kit.documents.html import read_html
from govreport_kit.documents.limits import Unreadable, watch

_BOUNDARY = re.compile(rb"^--", re.MULTILINE)
_MOST_PARTS = 10_000
_MOST_LINES = 1_000_000


class Parts:
    """The pictures in the parts of a file, by their addresses: whole, relative to that of the page, or by identity."""

    def __init__(self, message: Message, page: Message) -> None:
        self.base = page.get("Content-Location", "").strip()
        self.known: dict[str, Message] = {}
        for part in message.walk():
            if part.get_content_maintype() == "image":
                self.known[f"cid:{part.get('Content-ID', '').strip('<> ')}"] = part
                self.known[urljoin(self.base, part.get("Content-Location", "").strip())] = part

    def __call__(self, address: str) -> bytes | None:
        """Return the picture at an address; None if no part of the file has it."""
        part = self.known.get(address) or self.known.get(urljoin(self.base, address))
        payload = part.get_payload(decode=True) if part is not None and address else None
        return payload if isinstance(payload, bytes) else None


def read_mhtml(content: bytes, read: Callable[[str, Parts], Reading] = lambda page, _: read_html(page)) -> Reading:
    """Read the first page of a file that holds a page with its pictures.

    Parameters
    ----------
    content : bytes
        The file, which begins with the headers of a mail.
    read : callable, optional
        Reads the page; it is given the parts of the file too, in which the pictures are.

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
    message = email.message_from_bytes(content.removeprefix(b"\xef\xbb\xbf"))
    for part in message.walk():
        watch().check_time()
        payload = part.get_payload(decode=True) if part.get_content_type() == "text/html" else None
        if isinstance(payload, bytes):
            decoded = decode(payload)
            if decoded is None:
                raise Unreadable("damaged", "the page inside is in no known encoding; save it again as a web page")
            text, encoding = decoded
            return replace(read(text, Parts(message, part)), encoding=encoding)
    raise Unreadable("damaged", "the file holds no page; save it again as a web page")
