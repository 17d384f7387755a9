"""What kind of file is this? The bytes decide, never the name."""

from __future__ import annotations

import re

from govreport_kit.documents.decoding import utf16_order

_MAGIC = (
    (b"%PDF-", "application/pdf"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/msword"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF8", "image/gif"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
    (b"BM", "image/bmp"),
    (b"Rar!", "application/vnd.rar"),
    (b"\x1f\x8b", "application/gzip"),
    (b"7z\xbc\xaf", "application/x-7z-compressed"),
    (b"{\\rtf", "application/rtf"),
)
_OFFICE = "application/vnd.openxmlformats-officedocument"
WORD = f"{_OFFICE}.wordprocessingml.document"
PICTURES = ("image/png", "image/jpeg", "image/webp", "image/tiff", "image/bmp", "image/gif")
PROTECTED = "application/x-protected-office"
OPEN_DOCUMENT = "application/vnd.oasis.opendocument.text"
# Names of parts, which stand in a zip file as they are; the first that is found decides.
_PARTS = (
    (b"word/", WORD),
    (b"xl/", f"{_OFFICE}.spreadsheetml.sheet"),
    (b"ppt/", f"{_OFFICE}.presentationml.presentation"),
    (OPEN_DOCUMENT.encode(), OPEN_DOCUMENT),
    (b"OFD.xml", "application/ofd"),
)
FLAT_OPEN_DOCUMENT = f"{OPEN_DOCUMENT}-flat-xml"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_MAIL = re.compile(rb"\A(?:[\w-]+:[^\n]*\n(?:[ \t][^\n]*\n)*){0,30}?mime-version:", re.IGNORECASE)
_OFFICE_XML = re.compile(rb"<(?:(w:wordDocument|pkg:package)|office:document)[\s>]")
_HTML = re.compile(rb"<(?:!doctype\s+html|html|head|body|table|div|p|span|meta|td)[\s>/]", re.IGNORECASE)
_CONTROL = bytes({*range(0x20)} - {*b"\t\n\v\f\r\x1b"})


def media_type(content: bytes) -> str:
    """Tell the media type of a file from its content.

    Returns
    -------
    str
        A media type; ``application/octet-stream`` for what is neither text nor a known kind.
    """
    head = content[:1024].lstrip()
    for magic, kind in _MAGIC:
        if content.startswith(magic) or (magic == b"%PDF-" and magic in head):
            return PROTECTED if kind == "application/msword" and _ENCRYPTED in content else kind
    if content.startswith(b"RIFF") and content[8:12] == b"WEBP":
        return "image/webp"
    if content.startswith(b"PK\x03\x04"):
        return next((kind for part, kind in _PARTS if part in content), "application/zip")
    sample = content[:65536]
    if content.startswith((b"\xff\xfe", b"\xfe\xff")) or utf16_order(content):
        sample = sample.replace(b"\x00", b"")
    elif len(sample) - len(sample.translate(None, _CONTROL)) > len(sample) // 200:
        return "application/octet-stream"
    return _kind_of_text(sample)


def _kind_of_text(sample: bytes) -> str:
    start = sample.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    if _MAIL.match(start[:8192]):
        return "multipart/related"
    if start.startswith(b"<?xml") and (office := _OFFICE_XML.search(start)):
        return "application/xml" if office[1] else FLAT_OPEN_DOCUMENT
    return "text/html" if _HTML.search(sample) else "text/plain"
