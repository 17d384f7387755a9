"""Plain text: the text itself, and the tables that bars or tabs draw in it."""

from __future__ import annotations

import re

from govreport_kit.documents.document import Grid
from govreport_kit.documents.grid import LooseCell, build_grid
from govreport_kit.documents.limits import watch

_RULE = re.compile(r"^[\s|:+=_-]+$")


def read_text(text: str) -> tuple[str, tuple[Grid, ...]]:
    """Read a plain text.

    Parameters
    ----------
    text : str
        The decoded file.

    Returns
    -------
    tuple of (str, tuple of Grid)
        The text with plain line breaks, and a grid for every run of lines which hold two bars or
        two tabs at least. Merged cells cannot be told in a text: what is printed once stands once.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n").removeprefix("\ufeff")
    grids: list[Grid] = []
    rows: list[list[LooseCell]] = []
    first = position = 0
    for line in [*text.split("\n"), ""]:
        separator = "|" if line.count("|") >= 2 else "\t" if line.count("\t") >= 2 else None
        if separator:
            if not rows:
                first = position
            if not _RULE.match(line) or "-" not in line:
                rows.append(_cells(line, separator, position))
        elif rows and (line.strip() or position >= len(text)):
            _keep(grids, rows, first, min(position, len(text)))
            rows = []
        position += len(line) + 1
    return text, tuple(grids)


def _keep(grids: list[Grid], rows: list[list[LooseCell]], start: int, end: int) -> None:
    watch().check_time()
    grid = build_grid(rows, start, end)
    if grid is not None:
        grids.append(grid)


def _cells(line: str, separator: str, position: int) -> list[LooseCell]:
    cells = []
    for part in line.split(separator):
        words = part.strip()
        start = position + len(part) - len(part.lstrip()) if words else position
        cells.append(LooseCell(words, start, start + len(words)))
        position += len(part) + 1
    if separator == "|" and cells and not cells[0].text and line.lstrip().startswith("|"):
        cells = cells[1:]
    if cells and not cells[-1].text and line.rstrip(" ").endswith(separator):
        cells = cells[:-1]
    return cells
