"""Texts of untrusted documents in files that a spreadsheet may open."""

from __future__ import annotations

import re
from typing import Any

# Apostrophes in front of it count, so that what was put there can be told from what was there before.
_FORMULA = re.compile(r"'*[=+\-@\t\r\n]")


def without_formula(cell: Any) -> Any:
    """Keep a spreadsheet from taking a text for a formula: put an apostrophe in front of it.

    Every text that is an apostrophe or more before one of ``= + - @``, a tab or a line break was
    written with one apostrophe more than it has, so nothing is lost. What is no text stays.
    """
    return f"'{cell}" if isinstance(cell, str) and _FORMULA.match(cell) else cell
