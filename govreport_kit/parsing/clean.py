"""The running text without the accidents of its layout, and the way back to where it stood.

Patterns read a clean text: no spaces, no line breaks inside a sentence, half-width digits and
brackets, one kind of comma, semicolon and colon. Every character knows its place in the document.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

_WHITE = "#*\t\r\f\v\u00a0\u3000\u200b\u200c\u200d\ufeff\u2002\u2003\u2009\u202f"
_PLAIN = {
    **{chr(0xFF10 + digit): str(digit) for digit in range(10)},
    "（": "(", "）": ")", "％": "%", "﹪": "%", "．": ".",
    "〔": "[", "〕": "]", "【": "[", "】": "]", "［": "[", "］": "]",
    ";": "；", ":": "：", "!": "！", "?": "？", "﹐": "，", "﹔": "；", "＋": "+", "－": "-", "−": "-",
    **dict.fromkeys(_WHITE, " "),
}  # fmt: skip
_RUN = re.compile("[^ ]+")
_TERMINAL = "。；：！？"
_HEADING = re.compile(
    r"[一二三四五六七八九十]{1,3}[、.．]|[(（][一二三四五六七八九十\d]{1,3}[)）]|\d{1,2}(?:、|[.．](?!\d{1,2}(?!\d)))|第[一二三四五六七八九十]"
)
_END_OF_FIGURES = re.compile(r"[\s\d.,/|—–页-]")
_PAGE_NUMBER = re.compile(r"[-—–]*\d{1,3}[-—–]*|第\d+页")
_FIGURES_ONLY = re.compile(r"[\s\d.,/|—–-]*")
_FIGURE = re.compile(r"[\d.,/—–-]+")
_SENTENCE_MARK = re.compile(r"[，。；！？]")
_FULL_LINE = 18
# Lines of a menu and their like, which are taken as they are: no figures, no white space, too short to break off.
_SHORT_LINES = re.compile(r"(?:[^\W\d_第][^\s|]{0,15}\n)+")


@dataclass(frozen=True, slots=True)
class CleanText:
    """A clean text and, for each of its characters, the position in `source`, from which quotes are taken."""

    text: str
    origin: Sequence[int]
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
    plain = _plain(text)
    growing = _Growing()
    for start, end in _between(sorted(tables), len(text)):
        while start < end:
            short = None if growing.is_open() else _SHORT_LINES.match(plain, start, end)
            if short:
                growing.add_lines(short[0], start)
                start = short.end()
                continue
            stop = plain.find("\n", start, end)
            line = plain[start : end if stop < 0 else stop]
            shown, places = _visible(start, line)
            if shown and not _is_figures(shown, text[start : start + len(line)]):
                growing.add_line(shown, places)
            start += len(line) + 1
    return CleanText(_commas("".join(growing.parts)), growing.origin, text)


@dataclass(slots=True)
class _Growing:
    """A clean text as far as it was read, and the end of its last paragraph."""

    parts: list[str] = field(default_factory=list)
    origin: list[int] = field(default_factory=list)
    paragraph: str = ""

    def is_open(self) -> bool:
        """Tell whether the last paragraph may break off inside a sentence."""
        return len(self.paragraph) >= _FULL_LINE and self.paragraph[-1] not in _TERMINAL

    def add_line(self, shown: str, places: Sequence[int]) -> None:
        """Add a line, to the last paragraph if that goes on."""
        if self.is_open() and not _HEADING.match(shown):
            self.parts.pop()
            self.origin.pop()
            self.paragraph = self.paragraph[-_FULL_LINE:] + shown
        else:
            self.paragraph = shown
        self.parts += (shown, "\n")
        self.origin += places
        self.origin.append(places[-1])

    def add_lines(self, lines: str, start: int) -> None:
        """Add lines that are paragraphs each, with their line breaks."""
        self.parts.append(lines)
        self.origin += range(start, start + len(lines))
        self.paragraph = ""


def _plain(text: str) -> str:
    """Replace every character by its plain one; a replacement at a time is far quicker than `str.translate`."""
    for printed, plain in _PLAIN.items():
        text = text.replace(printed, plain)
    return text


def _between(tables: list[tuple[int, int]], length: int) -> Iterator[tuple[int, int]]:
    """Yield the spans of the running text."""
    position = 0
    for start, end in [*tables, (length, length)]:
        yield position, start
        position = max(position, end)


def _is_figures(shown: str, line: str) -> bool:
    """Tell whether a line, as shown and as printed, is a page number, figures only or a row of a table."""
    if not _END_OF_FIGURES.match(shown, len(shown) - 1):
        return False
    return bool(_PAGE_NUMBER.fullmatch(shown) or _FIGURES_ONLY.fullmatch(line)) or _is_table_row(line)


def _is_table_row(line: str) -> bool:
    """Tell whether a line which is no sentence ends in three figures or more."""
    words = line.replace("|", " ").split()
    return len(words) >= 3 and all(map(_FIGURE.fullmatch, words[-3:])) and not _SENTENCE_MARK.search(line)


def _visible(start: int, line: str) -> tuple[str, Sequence[int]]:
    """Drop the white space of a line, but keep a blank between two numbers: 12 35 is not 1235."""
    stripped = line.strip(" ")
    start += len(line) - len(line.lstrip(" "))
    if " " not in stripped:
        return stripped, range(start, start + len(stripped))
    shown: list[str] = []
    places: list[int] = []
    for run in _RUN.finditer(stripped):
        if shown and shown[-1][-1].isdigit() and run[0][0].isdigit():
            shown.append(" ")
            places.append(start + run.start() - 1)
        shown.append(run[0])
        places += range(start + run.start(), start + run.end())
    return "".join(shown), places


# The comma stands first: a search for a character is quick, one that begins with a look-behind is not.
_LIST_COMMA = re.compile(r",(?:(?<!\d,)|(?!\d{3}(?!\d)))")


def _commas(text: str) -> str:
    """Make a comma Chinese unless it separates thousands."""
    return _LIST_COMMA.sub("，", text)
