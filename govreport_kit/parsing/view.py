"""A document as the patterns read it: simplified characters, one cell a line, every character at its place."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from functools import cache

from govreport_kit import codebook
from govreport_kit.documents import Document, Grid

# Words of every report whose characters differ in the traditional script.
_TRADITIONAL = re.compile(r"政府信息公開|主動公開|申請|條例|辦理|年度報告")
_BARRED_LINE = re.compile(r"^[^\n]{600,}$", re.MULTILINE)
_FEWEST_BARS = 12
# What is left of the beginning of a paragraph where line breaks are gone.
_INDENT = "\u3000\u3000"
# Mirrors for learners print the pronunciation between the characters.
_TONES = re.compile(r"[āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ]")
_SYLLABLES = re.compile(r"[a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜü]+")
_MANY_TONES = 30


def in_plain_characters(document: Document) -> Document:
    """Return a document in the characters which labels and patterns are written in.

    Parameters
    ----------
    document : Document
        As it was read.

    Returns
    -------
    Document
        With simplified characters where it is written in traditional ones, and blanks for the
        pronunciation that some mirrors print between the characters. Both texts are of the same
        length: every span holds in both.
    """
    if len(_TRADITIONAL.findall(document.text)) >= 3:
        document = _rewritten(document, lambda words: words.translate(_table()))
    if len(_TONES.findall(document.text)) >= _MANY_TONES:
        document = _rewritten(
            document, _without_pronunciation, lambda words: _SYLLABLES.sub("", words).replace(" ", "")
        )
    return document


def with_a_cell_a_line(document: Document) -> Document:
    """Return a document with a line a cell and paragraph of a line that holds the whole text; its length stays."""
    text = _BARRED_LINE.sub(_break_at_bars, document.text)
    return document if text == document.text else replace(document, text=text)


def _rewritten(
    document: Document, rewrite: Callable[[str], str], rewrite_cell: Callable[[str], str] | None = None
) -> Document:
    """Change words everywhere in a document; `rewrite` must keep their length, `rewrite_cell` need not."""
    grids = tuple(_rewritten_grid(grid, rewrite_cell or rewrite) for grid in document.grids)
    title = rewrite(document.title) if document.title else None
    metadata = {name: rewrite(value) for name, value in document.metadata.items()}
    return replace(document, text=rewrite(document.text), grids=grids, title=title, metadata=metadata)


def _rewritten_grid(grid: Grid, rewrite: Callable[[str], str]) -> Grid:
    """Change the words of the cells; a merged cell stays one cell in all of its slots."""
    cells = {id(cell): cell._replace(text=rewrite(cell.text)) for row in grid.rows for cell in row if cell}
    return replace(grid, rows=tuple(tuple(cell and cells[id(cell)] for cell in row) for row in grid.rows))


def _without_pronunciation(words: str) -> str:
    return _SYLLABLES.sub(lambda found: " " * len(found[0]), words)


def _break_at_bars(line: re.Match[str]) -> str:
    words = line[0].replace(_INDENT, "\n" + _INDENT[1:])
    return words.replace("|", "\n") if words.count("|") >= _FEWEST_BARS else words


@cache
def _table() -> dict[int, str]:
    return {ord(variant.traditional): variant.simplified for variant in codebook.traditional()}
