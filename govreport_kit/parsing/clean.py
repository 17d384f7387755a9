"""The running text without the accidents of its layout, and the way back to where it stood.

Patterns read a clean text: no spaces, no line breaks inside a sentence, half-width digits and
brackets, one kind of comma, semicolon and colon. Every character knows its place in the document.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass

_MAP = {
    **{chr(0xFF10 + digit): str(digit) for digit in range(10)},
    "（": "(", "）": ")", "％": "%", "﹪": "%", "．": ".",
    "〔": "[", "〕": "]", "【": "[", "】": "]", "［": "[", "］": "]",
    ";": "；", ":": "：", "!": "！", "?": "？", "﹐": "，", "﹔": "；", "＋": "+", "－": "-", "−": "-",
}  # fmt: skip
_INVISIBLE = frozenset("#* \t\r\f\v\u00a0\u3000\u200b\u200c\u200d\ufeff\u2002\u2003\u2009\u202f")
_TERMINAL = "。；：！？"
_HEADING = re.compile(
    r"[一二三四五六七八九十]{1,3}[、.．]|[(（][一二三四五六七八九十\d]{1,3}[)）]|\d{1,2}[.．、]|第[一二三四五六七八九十]"
)
_PAGE_NUMBER = re.compile(r"[-—–]*\d{1,3}[-—–]*|第\d+页")
_FIGURES_ONLY = re.compile(r"[\s\d.,/|—–-]*")
_FIGURE = re.compile(r"[\d.,/—–-]+")
_SENTENCE_MARK = re.compile(r"[，。；！？]")
_FULL_LINE = 18


@dataclass(frozen=True, slots=True)
class CleanText:
    """A clean text and, for each of its characters, the position in `source`, from which quotes are taken."""

    text: str
    origin: tuple[int, ...]
    source: str

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the span in the document of the characters from `start` to `end` (exclusive)."""
        return self.origin[start], self.origin[end - 1] + 1

    def find(self, position: int) -> int:
        """Return the first clean character at or behind a position of the document."""
        return bisect_left(self.origin, position)


def clean_text(text: str, tables: Iterable[tuple[int, int]] = ()) -> CleanText:
    """Clean the running text of a document.

    Parameters
    ----------
    text : str
        The document's text.
    tables : iterable of (int, int)
        Spans to leave out: the statutory tables, whose figures are no sentences.

    Returns
    -------
    CleanText
        Paragraphs end in a line break; a line which breaks off inside a sentence is joined with the
        next one. Page numbers, lines of figures only and lines that end in three or more figures
        (rows of a table which came apart) are left out: their figures have lost their columns.
    """
    characters: list[str] = []
    origin: list[int] = []
    for start, line in _lines(text, sorted(tables)):
        words = _visible(start, line)
        if not words:
            continue
        shown = "".join(character for _, character in words)
        if _PAGE_NUMBER.fullmatch(shown) or _FIGURES_ONLY.fullmatch(line) or _is_table_row(line):
            continue
        if characters and characters[-1] == "\n" and _goes_on(characters, shown):
            characters.pop()
            origin.pop()
        for position, character in words:
            characters.append(_MAP.get(character, character))
            origin.append(position)
        characters.append("\n")
        origin.append(words[-1][0])
    return CleanText(_commas("".join(characters)), tuple(origin), text)


def _lines(text: str, tables: list[tuple[int, int]]) -> Iterable[tuple[int, str]]:
    position = 0
    for start, end in [*tables, (len(text), len(text))]:
        for line in text[position:start].split("\n"):
            yield position, line
            position += len(line) + 1
        position = max(position, end)


def _is_table_row(line: str) -> bool:
    """Tell whether a line which is no sentence ends in three figures or more."""
    if _SENTENCE_MARK.search(line):
        return False
    words = line.replace("|", " ").split()
    return len(words) >= 3 and all(_FIGURE.fullmatch(word) for word in words[-3:])


def _visible(start: int, line: str) -> list[tuple[int, str]]:
    """Drop the white space of a line, but keep a blank between two numbers: 12 35 is not 1235."""
    words: list[tuple[int, str]] = []
    gap = False
    for offset, character in enumerate(line):
        if character in _INVISIBLE:
            gap = True
            continue
        if gap and words and words[-1][1].isdigit() and character.isdigit():
            words.append((start + offset - 1, " "))
        words.append((start + offset, character))
        gap = False
    return words


def _goes_on(characters: list[str], line: str) -> bool:
    """Tell whether a line continues the sentence that the line before broke off."""
    if characters[-2] in _TERMINAL or _HEADING.match(line):
        return False
    last = characters[-_FULL_LINE - 1 : -1]
    return len(last) == _FULL_LINE and "\n" not in last


_LIST_COMMA = re.compile(r"(?<!\d),|,(?!\d{3}(?!\d))")


def _commas(text: str) -> str:
    """Make a comma Chinese unless it separates thousands."""
    return _LIST_COMMA.sub("，", text)
