"""Labels of tables as printed to keys of the codebook."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Any

from govreport_kit import codebook
from govreport_kit.documents import GridCell
from govreport_kit.parsing.numerals import read_cell

_ENUMERATOR = re.compile(r"^(?:[(]?(?:[一二三四五六七八九十]{1,3}|\d{1,2})(?:[)][、.,]?|[、.,]))+")
_MOST_WORDS = 6
_MOST_PAIRS = 0.6
_REMARK = re.compile(r"[(\[].*?(?:[)\]]|$)")
# Letters are pinyin between the characters of pages for reading aloud: no label of the form has any.
_NOISE = re.compile(r"[\s\u200b\"'“”‘’《》:。*A-Za-z\u00c0-\u024f]+")


@lru_cache(maxsize=4096)
def normal_label(text: str) -> str:
    """Return a label without spaces, quotes, pinyin, enumerator and bracketed remarks, in half-width characters."""
    return _REMARK.sub("", _ENUMERATOR.sub("", plain_label(text)))


@lru_cache(maxsize=4096)
def plain_label(text: str) -> str:
    """Return the plain words of a cell; labels are the same in report after report."""
    return plain_words(text)


def plain_words(text: str) -> str:
    """Return words without spaces, quotes and pinyin, in half-width characters."""
    return _NOISE.sub("", unicodedata.normalize("NFKC", text))


def innermost_key(table: str, words: Sequence[str]) -> str | None:
    """Return the row which the last of some words name: outer labels of merged cells may stand before them."""
    return _innermost_key(table, tuple(words[-_MOST_WORDS:]))


@lru_cache(maxsize=8192)
def _innermost_key(table: str, words: tuple[str, ...]) -> str | None:
    for first in reversed(range(len(words))):
        key = find_key(table, "row", "".join(words[first:]))
        if key:
            return key
    return None


@lru_cache(maxsize=8192)
def find_key(table: str, axis: str, text: str) -> str | None:
    """Return the codebook key of a printed label, or None if it is no label of that table."""
    label = normal_label(text)
    if not label:
        return None
    for key, pattern in _patterns(table, axis):
        if pattern.search(label):
            return key
    return None


@lru_cache(maxsize=4096)
def is_part_of_the_form(label: str) -> bool:
    """Tell whether words are torn from a label of the request table: most of their pairs of characters stand there."""
    words = plain_words(label)
    pairs = [words[place : place + 2] for place in range(len(words) - 1)] or [words]
    return sum(pair in _form_words() for pair in pairs) >= _MOST_PAIRS * len(pairs)


def is_continued_by(label: str, below: str) -> bool:
    """Tell whether the last words of a label and the words below it are one label of the request table."""
    upper, lower = normal_label((label.split() or [""])[-1]), plain_words(below)
    return bool(upper and lower) and upper + lower in _form_words()


@cache
def torn_labels() -> dict[str, Any]:
    """Return the words by which parts of the tables are known when their labels are torn."""
    return codebook.read_toml("torn_labels")


@cache
def _form_words() -> str:
    rows = [plain_words(row.zh) for row in codebook.table_rows("requests")]
    groups = [group.zh for group in codebook.groups.values()]
    return "\n".join([*rows, *groups, "三、本年度办理结果", "(二)部分公开(区分处理的,只计这一情形,不计其他情形)"])


@lru_cache(maxsize=16)
def _patterns(table: str, axis: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple(
        (label.key, re.compile(label.pattern))
        for label in codebook.labels
        if label.table == table and label.axis == axis
    )


def has_words(cell: GridCell | None) -> bool:
    """Tell whether a cell holds a label: words, not a figure, no mark for none and not nothing."""
    return cell is not None and _is_label(cell.text)


@lru_cache(maxsize=16384)
def _is_label(text: str) -> bool:
    return read_cell(text).state == "unreadable"
