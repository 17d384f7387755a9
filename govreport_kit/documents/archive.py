"""The parts of an Office file: a zip file that is not trusted, of XML that is not trusted."""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import Any

from lxml import etree

from govreport_kit.documents.limits import Unreadable, watch

_CHUNK = 64 * 1024
_MOST_PARTS = 10_000
_DIRECTORY_ENTRY = b"PK\x01\x02"
# What zipfile raises where a file is broken, found by fuzzing: most of it is not declared.
_FAULTS = (zipfile.BadZipFile, zlib.error, EOFError, OSError, OverflowError, RuntimeError, ValueError)
# The strict form of the format names the same elements by other addresses.
_STRICT = b"http://purl.oclc.org/ooxml/"
_TRANSITIONAL = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main", b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"),
    (b"http://purl.oclc.org/ooxml/drawingml/main", b"http://schemas.openxmlformats.org/drawingml/2006/main"),
    (b"http://purl.oclc.org/ooxml/officeDocument/math", b"http://schemas.openxmlformats.org/officeDocument/2006/math"),
    (b"http://purl.oclc.org/ooxml/officeDocument/relationships", b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"),
)  # fmt: skip

_PARSER = etree.XMLParser(
    resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
)


class Archive:
    """The parts of a zip file, unpacked as far as the limits allow.

    Parameters
    ----------
    content : bytes
        The zip file.

    Raises
    ------
    Unreadable
        If it is no whole zip file, or lists more than 10,000 parts.
    """

    def __init__(self, content: bytes) -> None:
        if content.count(_DIRECTORY_ENTRY) > _MOST_PARTS:
            raise Unreadable("too_large", f"the file lists more than {_MOST_PARTS:,} parts; check that it is a report")
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(content))
        except _FAULTS as error:
            raise _damaged(error) from error
        self._names = set(self._zip.namelist())
        self._size = len(content)
        self._unpacked = 0

    def read(self, name: str) -> bytes | None:
        """Return a part, or None if there is no such part; the sizes which the file tells are not believed."""
        if name not in self._names:
            return None
        info = self._zip.getinfo(name)
        if info.flag_bits & 1:
            raise Unreadable("unsupported", "the file is protected by a password; save it without one")
        # Other methods are not used in Office files, and some take memory as the file likes.
        if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise Unreadable("damaged", f"the part {name} is packed by an unknown method; fetch the file again")
        chunks = []
        try:
            with self._zip.open(info) as packed:
                while chunk := packed.read(_CHUNK):
                    self._require_room(len(chunk))
                    chunks.append(chunk)
        except Unreadable:
            raise
        except _FAULTS as error:
            raise _damaged(error) from error
        return b"".join(chunks)

    def tree(self, name: str, about: bytes = b"") -> Any:
        """Return the root element of a part, or None if there is none which holds the bytes `about`.

        Nothing is fetched or expanded.
        """
        source = self.read(name)
        if source is None or about not in source:
            return None
        watch().require_elements(source)
        if _STRICT in source:
            for strict, transitional in _TRANSITIONAL:
                source = source.replace(strict, transitional)
        try:
            root = etree.fromstring(source, _PARSER)
        except etree.XMLSyntaxError as error:
            raise _damaged(error) from error
        if root.getroottree().docinfo.internalDTD is not None:
            raise Unreadable(
                "damaged", f"the part {name} declares entities, which no Office file does; do not trust it"
            )
        return root

    def _require_room(self, more: int) -> None:
        watch().check_time()
        limits = watch().limits
        self._unpacked += more
        if self._unpacked > limits.largest_unpacked:
            raise Unreadable(
                "too_large", f"it unpacks to more than {limits.largest_unpacked:,} bytes; raise `largest_unpacked`"
            )
        if self._unpacked > limits.largest_ratio * self._size:
            raise Unreadable(
                "too_large",
                f"it unpacks to more than {limits.largest_ratio:g} times its {self._size:,} bytes; "
                "raise `largest_ratio`",
            )


def _damaged(error: Exception) -> Unreadable:
    return Unreadable("damaged", f"{error}; fetch the file again")
