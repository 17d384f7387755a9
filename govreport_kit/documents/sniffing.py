"""What kind of file is this? The bytes decide, never the name."""

from __future__ import annotations

import re

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
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_HTML = re.compile(rb"<(?:!doctype\s+html|html|head|body|table|div|p|span|meta|td)[\s>/]", re.IGNORECASE)
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


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
            return kind
    if content.startswith(b"RIFF") and content[8:12] == b"WEBP":
        return "image/webp"
    if content.startswith(b"PK\x03\x04"):
        return _WORD if b"word/" in content else "application/zip"
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        sample = content[:65536].replace(b"\x00", b"")
        return "text/html" if _HTML.search(sample) else "text/plain"
    sample = content[:65536]
    if len(_CONTROL.findall(sample)) > len(sample) // 200:
        return "application/octet-stream"
    return "text/html" if _HTML.search(sample) else "text/plain"
