"""Bytes to text: UTF-8 first, else the GB family, always widened to GB 18030."""

from __future__ import annotations

import codecs
import re

_DECLARED = re.compile(rb"charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_FEW = 0.002
_MANY = 50
_SAMPLE = 8192
# What a Chinese text in UTF-16 consists of, nearly all of it.
_USUAL = re.compile("[\t\n\r -~\xa0\u2010-\u203b\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")


def decode(content: bytes) -> tuple[str, str] | None:
    """Decode the text of a document.

    A page which declares gb2312 or gbk often holds characters of GB 18030, so the whole family is
    read as GB 18030; what a page declares is believed only for Big5, which no check can tell from
    GB 18030.

    Parameters
    ----------
    content : bytes
        The file.

    Returns
    -------
    tuple of (str, str) or None
        The text without null characters and the encoding used; None if no encoding gives a readable
        text. A text in which at most 2 in 1,000 characters do not decode is read with replacement
        characters.
    """
    decoded = _decoded(content)
    if decoded is None or 0 not in content:
        return decoded
    return decoded[0].replace("\x00", ""), decoded[1]


def utf16_order(content: bytes) -> str | None:
    """Return the encoding of a UTF-16 text that has no byte order mark, or None if it is no such text."""
    sample = content[:_SAMPLE]
    if 0 not in sample:
        return None
    sample = sample[: len(sample) // 2 * 2]
    for encoding, zeros in (("utf-16-le", sample[1::2]), ("utf-16-be", sample[0::2])):
        # The zeros of one half come from the spaces, digits and line breaks.
        if zeros.count(0) * 50 > len(zeros):
            text = sample.decode(encoding, errors="replace")
            if len(_USUAL.findall(text)) > 0.9 * len(text):
                return encoding
    return None


def _decoded(content: bytes) -> tuple[str, str] | None:
    for mark, encoding in _BYTE_ORDER_MARKS:
        if content.startswith(mark):
            return _lenient(content, [encoding])
    order = utf16_order(content)
    if order is not None:
        return content.decode(order, errors="replace"), order
    try:
        return content.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        text = content.decode("utf-8", errors="replace")
    if _is_utf8(text):
        return text, "utf-8"
    declared = _DECLARED.search(content[:4096])
    name = declared.group(1).decode("ascii").lower() if declared else ""
    return _lenient(content, ["big5hkscs", "gb18030"] if name.startswith("big5") else ["gb18030"])


def _is_utf8(text: str) -> bool:
    """Tell UTF-8 with a few broken bytes, as decoded, from the GB family, whose decoder accepts nearly anything."""
    broken = text.count("\ufffd")
    foreign = len(text) - len(text.encode("ascii", "ignore")) - broken
    return foreign > _MANY * broken


def _lenient(content: bytes, encodings: list[str]) -> tuple[str, str] | None:
    """Decode by the first encoding that fits; by the first that leaves few characters unread where none does."""
    for encoding in encodings:
        try:
            return content.decode(encoding), encoding
        except UnicodeDecodeError:
            continue
    for encoding in encodings:
        text = content.decode(encoding, errors="replace")
        if text.count("\ufffd") <= max(1, _FEW * len(text)):
            return text, encoding
    return None
