"""A text as a row of pieces: words, values, and the blank cells that bars or tabs leave between them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, NamedTuple

from govreport_kit.parsing.labels import find_key
from govreport_kit.parsing.numerals import read_cell

_BARS = re.compile(r"[|｜│]")
_WORD = re.compile(r"\S+")
_RULE = re.compile(r"[\s|｜│:+=_]*-{3}[\s|｜│:+=_-]*")
_NO_TEXT = re.compile(r"\s*(?:[-—–]+\s*\d{1,3}\s*[-—–]+|第\s*\d{1,3}\s*页.*|<!--.*-->)?\s*")
_MARK_FOR_NONE = re.compile(r"[/—–-]{1,4}")
_BLANK_LINE = re.compile(r"\n[^\S\n]*\n")
_FEWEST_LONE_BARS = 20
_FEWEST_ROWS = 10
_COLUMNS = 7
_MOST = 0.9
_LONGEST_VALUE = 40


class Piece(NamedTuple):
    """A piece of the text with its span; pieces that may belong to one row share the line."""

    kind: Literal["words", "value", "blank"]
    text: str
    start: int
    end: int
    line: int


def read_pieces(text: str) -> list[Piece]:
    """Cut a text into pieces.

    Parameters
    ----------
    text : str
        The document's text.

    Returns
    -------
    list of Piece
        Bars, tabs and line breaks separate pieces; where a bar closes or follows every cell on a
        line of its own, line breaks do not. In a line without bars and tabs, figures stand alone
        at its end. An empty line is a blank cell where rows keep a line for each of their cells.
        Page numbers between dashes and drawn rules are left out.
    """
    if _has_a_bar_for_every_line(text):
        return list(_pieces_between_bars(text))
    edges = _Edges.of(text)
    blank_lines = _has_blank_lines_for_cells(text)
    pieces: list[Piece] = []
    for number, (start, line) in enumerate(_lines(text)):
        if blank_lines and not line.strip():
            pieces.append(Piece("blank", "", start, start, number))
        else:
            pieces.extend(_pieces_of_line(line, start, number, edges))
    return pieces


@dataclass(frozen=True, slots=True)
class _Edges:
    """Whether a bar or tab opens and closes every row: where it does not, a blank cell may stand beyond it."""

    opens: bool
    closes: bool

    @classmethod
    def of(cls, text: str) -> _Edges:
        rows = [parts for parts in map(_separated, text.split("\n")) if len(parts) > 2]
        return cls(all(not row[0].strip() for row in rows), all(not row[-1].strip() for row in rows))


def _separated(line: str) -> list[str]:
    return _BARS.split(line) if _BARS.search(line) else line.split("\t")


@lru_cache(maxsize=4096)
def is_figure(text: str) -> bool:
    """Tell whether a word is a figure or a mark for none."""
    return len(text) <= _LONGEST_VALUE and read_cell(text).state not in ("unreadable", "blank")


def _lines(text: str) -> Iterator[tuple[int, str]]:
    position = 0
    for line in text.split("\n"):
        yield position, line
        position += len(line) + 1


def _has_blank_lines_for_cells(text: str) -> bool:
    """Tell whether the rows of the request table have seven lines below their labels, figures or nothing."""
    if not _BLANK_LINE.search(text):
        return False
    counts: list[int] = []
    in_row = False
    for _, line in _lines(text):
        words = line.strip()
        if words and not is_figure(words):
            in_row = find_key("requests", "row", words) not in (None, "total_closed", "other.other")
            counts += [0] * in_row
        elif in_row:
            counts[-1] += 1
    return len(counts) >= _FEWEST_ROWS and counts.count(_COLUMNS) > _MOST * len(counts)


def _has_a_bar_for_every_line(text: str) -> bool:
    counts = [len(_BARS.findall(line)) for line in text.split("\n")]
    lone = counts.count(1)
    return lone >= _FEWEST_LONE_BARS and lone > 3 * sum(count > 1 for count in counts)


def _pieces_between_bars(text: str) -> Iterator[Piece]:
    number = start = 0
    for bar in [*(found.start() for found in _BARS.finditer(text)), len(text)]:
        written = [(start + at, line) for at, line in _lines(text[start:bar]) if not _NO_TEXT.fullmatch(line)]
        number += 1
        if not written and bar < len(text):
            yield Piece("blank", "", start, start, number)
        for at, line in written:
            number += 1
            yield _cell(line, at, number)
        start = bar + 1


def _pieces_of_line(line: str, start: int, number: int, edges: _Edges) -> Iterator[Piece]:
    if _NO_TEXT.fullmatch(line) or _RULE.fullmatch(line):
        return iter(())
    parts = _separated(line)
    is_indented = not _BARS.search(line) and not any(part.strip() for part in parts[:-1])
    if (len(parts) > 2 and not is_indented) or (len(parts) == 2 and _are_label_and_cell(parts[0], parts[1], edges)):
        return _cells(parts, start, number, edges)
    return _words_and_figures(line, start, number)


def _are_label_and_cell(label: str, cell: str, edges: _Edges) -> bool:
    """Tell a row of two cells from a line with a bar or tab at its end; the cell may be blank behind a label."""
    if not label.strip() or cell.strip():
        return bool(label.strip() and cell.strip())
    return not edges.closes and find_key("disclosure", "row", label) is not None


def _cells(parts: list[str], start: int, number: int, edges: _Edges) -> Iterator[Piece]:
    for place, part in enumerate(parts):
        beyond = (place == 0 and edges.opens) or (place == len(parts) - 1 and edges.closes)
        if part.strip() or not beyond:
            yield _cell(part, start, number)
        start += len(part) + 1


def _cell(part: str, start: int, number: int) -> Piece:
    words = part.strip()
    if not words:
        return Piece("blank", "", start, start, number)
    start += len(part) - len(part.lstrip())
    return Piece("value" if is_figure(words) else "words", words, start, start + len(words), number)


def _words_and_figures(line: str, start: int, number: int) -> Iterator[Piece]:
    words = list(_WORD.finditer(line))
    first = len(words)
    while first and _stands_alone(words[first - 1][0]):
        first -= 1
    if first:
        begin, end = words[0].start(), words[first - 1].end()
        yield Piece("words", line[begin:end], start + begin, start + end, number)
    for word in words[first:]:
        yield Piece("value", word[0], start + word.start(), start + word.end(), number)


def _stands_alone(word: str) -> bool:
    """Tell whether a word of a line without bars is a figure: 无 or an ellipsis may be part of a torn label."""
    return is_figure(word) and (any(character.isdigit() for character in word) or bool(_MARK_FOR_NONE.fullmatch(word)))
