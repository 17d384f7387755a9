"""Invented reports as plain text: the many ways in which tables are flattened."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator

from govreport_kit.simulate.arrangement import Arranged
from govreport_kit.simulate.printed import PrintedCell, Rows, slots, whole

_PAGE = 48
_LABEL_WIDTH = 10
_LABEL = re.compile(r"[\u4e00-\u9fff]{3}")
_ONE_WIDTH = ("bars_merged_blank", "markdown_ocr", "pdf_layout")


def plain_text(arranged: Arranged, layout: str) -> str:
    """Write a text.

    Parameters
    ----------
    arranged : Arranged
        Paragraphs and tables in their order.
    layout : str
        A key of `LAYOUTS`.
    """
    write = LAYOUTS[layout]
    gap = "\n\n" if layout.startswith("markdown") else " " if layout == "one_line" else "\n"
    blocks = [
        block if isinstance(block, str) else gap.join(map(write, _parts(block, layout)))
        for block in arranged.blocks[1:]
    ]
    head = f"# {arranged.title}\n\n" if layout.startswith("markdown") else f"{arranged.title}\n"
    return f"{head}{gap.join(blocks)}\n"


def _parts(blocks: list[Rows], layout: str) -> list[Rows]:
    """Return the parts of a table: blocks as wide as they are, or all over the same width."""
    return [whole(blocks)] if layout in _ONE_WIDTH else blocks


def _tabs(rows: Rows) -> str:
    return "\n".join("\t".join(line) for line in _spread(rows))


def _bars(rows: Rows) -> str:
    return "\n".join(f"| {' | '.join(line)} |" for line in _spread(rows))


def _bars_merged_vanished(rows: Rows) -> str:
    return "\n".join(f"| {' | '.join(line)} |" for line in _once(rows))


def _cell_a_line_bar(rows: Rows) -> str:
    return "\n".join(f"{words} |" for line in _once(rows) for words in line)


def _bar_between_lines(rows: Rows) -> str:
    return "\n".join(f"{words}\n|" for line in _once(rows) for words in line)


def _cell_a_line(rows: Rows) -> str:
    return "\n".join(words for line in _once(rows) for words in line)


def _one_line(rows: Rows) -> str:
    return " ".join(f"{' | '.join(line)} |" for line in _once(rows))


def _markdown(rows: Rows) -> str:
    head, *lines = _spread(rows)
    return _pipes([head, ["---"] * len(head), *lines])


def _markdown_ocr(rows: Rows) -> str:
    """Put generic heads above the table, and false ones in the midst of a long table which was cut in two."""
    lines = _spread(rows)
    half = len(lines) // 2 if len(lines) > 20 else len(lines)
    parts = [part for part in (lines[:half], lines[half:]) if part]
    heads = [f"数据{number}" for number in range(1, len(lines[0]) + 1)]
    return "\n\n".join(_pipes([heads, ["---"] * len(heads), *part]) for part in parts)


def _pdf_layout(rows: Rows) -> str:
    """Return columns kept apart by blanks, labels broken over lines, and a page number now and then."""
    laid = [line for row in _spread(rows) for line in _broken(row)]
    widths = [max(map(_width, column)) + 2 for column in zip(*laid, strict=True)]
    lines = ["".join(map(_padded, line, widths)).rstrip() for line in laid]
    return "\n".join(_paged(lines))


def _paged(lines: list[str]) -> Iterator[str]:
    for number, line in enumerate(lines, start=1):
        yield line
        if number % _PAGE == 0:
            yield f"— {number // _PAGE} —"


def _broken(row: list[str]) -> list[list[str]]:
    """Break the labels of a row over lines; a figure stands whole in the middle line."""
    pieces = [_cut(words) if _LABEL.search(words) else [words] for words in row]
    height = max(map(len, pieces))
    padded = [[""] * ((height - len(parts)) // 2) + parts for parts in pieces]
    return [[parts[line] if line < len(parts) else "" for parts in padded] for line in range(height)]


def _cut(words: str) -> list[str]:
    return [words[at : at + _LABEL_WIDTH] for at in range(0, len(words), _LABEL_WIDTH)]


def _width(words: str) -> int:
    return sum(2 if unicodedata.east_asian_width(character) in "WFA" else 1 for character in words)


def _padded(words: str, width: int) -> str:
    return words + " " * (width - _width(words))


def _pipes(lines: list[list[str]]) -> str:
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _spread(rows: Rows) -> list[list[str]]:
    """Return the words place by place; a merged cell leaves blanks where it goes on."""
    return [[_words(cell) if begins else "" for cell, begins in line] for line in slots(rows)]


def _once(rows: Rows) -> list[list[str]]:
    """Return the words cell by cell, a merged cell once."""
    return [[_words(cell) for cell in row] for row in rows]


def _words(cell: PrintedCell) -> str:
    return cell.text.replace("\n", "")


LAYOUTS: dict[str, Callable[[Rows], str]] = {
    "tabs": _tabs,
    "bars": _bars,
    "bars_merged_blank": _bars,
    "bars_merged_vanished": _bars_merged_vanished,
    "cell_a_line_bar": _cell_a_line_bar,
    "bar_between_lines": _bar_between_lines,
    "cell_a_line": _cell_a_line,
    "one_line": _one_line,
    "pdf_layout": _pdf_layout,
    "markdown": _markdown,
    "markdown_ocr": _markdown_ocr,
}
