"""How the rows and cells of a Word file's tables are laid out, as their properties tell."""

from __future__ import annotations

import re
from typing import Any

from govreport_kit.documents.numbering import W, child_of

_ROW_PROPERTIES, _CELL_PROPERTIES = f"{W}trPr", f"{W}tcPr"
_BEFORE, _SPAN, _DOWN, _ACROSS, _DELETED = (
    f"{W}{name}" for name in "gridBefore gridSpan vMerge hMerge cellDel".split()
)
_VALUE = f"{W}val"
_SMALL_NUMBER = re.compile(r"\d{1,4}")
_GOES_ON = "continue"


def left_out(row: Any) -> int:
    """Return how many columns a row leaves out before its first cell."""
    properties = child_of(row, _ROW_PROPERTIES)
    before = None if properties is None else child_of(properties, _BEFORE)
    return 0 if before is None else _number(before, 0)


def shape_of(cell: Any) -> tuple[int, str | None]:
    """Return how many columns a cell takes, and what else becomes of it.

    "restart" where a merge of rows begins, "continue" where it goes on from the cell above, "across"
    where the cell before reaches into this one, "deleted" where a tracked change takes it away.
    """
    width, fate = 1, None
    for properties in cell:
        if properties.tag != _CELL_PROPERTIES:
            continue
        for child in properties:
            tag = child.tag
            if tag == _SPAN:
                width = max(1, _number(child, 1))
            elif tag == _DOWN:
                fate = child.get(_VALUE, _GOES_ON)
            elif tag == _ACROSS and child.get(_VALUE, _GOES_ON) == _GOES_ON:
                fate = "across"
            elif tag == _DELETED:
                return width, "deleted"
    return width, fate


def _number(element: Any, default: int) -> int:
    words = element.get(_VALUE)
    return int(words) if words and _SMALL_NUMBER.fullmatch(words) else default
