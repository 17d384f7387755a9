"""The text of a document as it is written down, and where each cell of a table stands in it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from govreport_kit.documents.document import Grid
from govreport_kit.documents.grid import LooseCell, build_grid
from govreport_kit.documents.limits import watch

_SPACES = re.compile(r"[ \t\r\n\f\v\u200b\ufeff]+")


class TextWriter:
    """Writes blocks on lines of their own; cells are each followed by a tab, rows by a line break."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.length = 0
        self.at_line_start = True
        self.grids: list[Grid] = []
        self.pictures = 0
        self.watch = watch()

    def text(self) -> str:
        """Return what was written so far."""
        return "".join(self.parts)

    def write(self, words: str) -> None:
        """Write words as they are."""
        self.parts.append(words)
        self.length += len(words)
        self.at_line_start = words[-1] in "\n\t"

    def break_line(self) -> None:
        """End the line, if there is anything on it."""
        self.watch.check_time()
        if not self.at_line_start:
            self.write("\n")

    def say(self, words: str | None) -> None:
        """Write words with their spaces folded."""
        if not words:
            return
        words = fold_spaces(words)
        if self.at_line_start:
            words = words.lstrip(" ")
        if words:
            self.write(words)

    def cell(self, fill: Callable[[], None]) -> LooseCell:
        """Write the content of a cell and a tab, and return the cell with its place."""
        start, first = self.length, len(self.parts)
        self.at_line_start = True
        fill()
        words = "".join(self.parts[first:]).rstrip()
        self.parts[first:] = [words] if words else []
        self.length = start + len(words)
        self.write("\t")
        return LooseCell(words, start, start + len(words))

    def keep_grid(self, rows: Sequence[Sequence[LooseCell]], start: int) -> None:
        """Keep the rows that were written since `start` as a grid."""
        grid = build_grid(rows, start, self.length)
        if grid is not None:
            self.grids.append(grid)


def fold_spaces(words: str) -> str:
    """Return words with one space for every run of spaces, tabs and line breaks."""
    return _SPACES.sub(" ", words)
