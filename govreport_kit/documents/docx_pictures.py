"""The pictures of a Word file, found by the relations of its text."""

from __future__ import annotations

from posixpath import join, normpath
from typing import Any

from govreport_kit.documents.archive import Archive
from govreport_kit.documents.picture_places import Places

_RELATIONS = "word/_rels/document.xml.rels"
_NAMES = tuple(
    f"{{http://schemas.openxmlformats.org/officeDocument/2006/relationships}}{name}" for name in ("embed", "id")
)


class WordPictures(Places):
    """The pictures of a Word file which hold words.

    Parameters
    ----------
    archive : Archive
        The file; pictures that it only links to are not fetched.
    unread : list of bytes, optional
        Takes the pictures as they are; none is read then.
    """

    def __init__(self, archive: Archive, unread: list[bytes] | None = None) -> None:
        super().__init__(unread)
        self.archive = archive
        root = archive.tree(_RELATIONS)
        self.targets = {
            relation.get("Id"): relation.get("Target", "")
            for relation in (() if root is None else root)
            if relation.get("TargetMode") != "External"
        }

    def marks_of(self, picture: Any) -> list[str]:
        """Return the mark of a picture as a list, an empty one if it holds no words that can be read."""
        target = next((self.targets[key] for name in _NAMES if (key := picture.get(name)) in self.targets), None)
        content = self.archive.read(normpath(join("word", target)).lstrip("/")) if target else None
        mark = self.mark(content) if content else None
        return [mark] if mark else []
