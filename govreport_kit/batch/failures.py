"""Failures as tables: for the eye, and for a spreadsheet."""

from __future__ import annotations

import csv
import unicodedata
from collections.abc import Sequence
from pathlib import Path

from govreport_kit.errors import DocumentError

_HEAD = ("file", "kind", "reason and what to do")
_LISTED = 50


def failure_table(failures: Sequence[DocumentError], listed: int = _LISTED) -> str:
    """Lay failures out in columns, the first so many of them."""
    rows = [_HEAD, *((failure.path, failure.kind, failure.message) for failure in failures[:listed])]
    widths = [max(_width(row[column]) for row in rows) for column in range(2)]
    lines = [f"{_padded(path, widths[0])}  {_padded(kind, widths[1])}  {message}" for path, kind, message in rows]
    if len(failures) > listed:
        lines.append(f"and {len(failures) - listed} more")
    return "\n".join(lines)


def write_failures(failures: Sequence[DocumentError], path: Path) -> None:
    """Write failures as CSV, which spreadsheets open with the Chinese names whole."""
    with path.open("w", encoding="utf-8-sig", newline="") as table:
        writer = csv.writer(table)
        writer.writerow(["path", "kind", "message"])
        writer.writerows([_harmless(failure.path), failure.kind, _harmless(failure.message)] for failure in failures)


def _harmless(cell: str) -> str:
    """Keep a spreadsheet from taking the name of a file for a formula."""
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell


def _padded(text: str, width: int) -> str:
    return text + " " * (width - _width(text))


def _width(text: str) -> int:
    """Return the columns that a text takes in a terminal, where a Chinese character takes two."""
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)
