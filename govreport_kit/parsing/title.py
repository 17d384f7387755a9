"""What a line says as a title: whose annual report it names, for which year."""

from __future__ import annotations

import re
from typing import NamedTuple

from govreport_kit.parsing.heading_words import pattern
from govreport_kit.parsing.publication_date import year_of

_YEAR = re.compile(
    r"(?<!\d)[(（]?(20[012]\d|二[〇○零O0][一二三〇○零]?[〇○零一二三四五六七八九])(?:年度|年)?(?!\d)[)）]?"
)
_EMPTY_BRACKETS = re.compile(r"[(（][)）]")
_DIGITS = {ord("０") + digit: str(digit) for digit in range(10)}
_LONGEST = 90


class Title(NamedTuple):
    """A title without spaces, and the name and the year in it."""

    words: str
    name: str | None
    year: int | None


def read_title(line: str) -> Title | None:
    """Read a line, a cell or a page's name as the title of an annual report.

    Parameters
    ----------
    line : str
        As printed; what stands before the title (a label, a site's name, a way through the site) and
        behind it (a date, a source) is left out.

    Returns
    -------
    Title or None
        None for a line which is no title of such a report.
    """
    if "开" not in line or not ("报" in line or "总" in line):
        return None
    words = pattern("before_title").sub(_with_bar, pattern("together").sub("、", line))
    words = without_spaces(words).translate(_DIGITS)
    found = pattern("report_name").search(words) or pattern("loose_name").search(words)
    if not found or found.end() > _LONGEST or pattern("no_title").search(words, 0, found.end()):
        return None
    tail = pattern("title_tail").match(words, found.end())
    if not tail or pattern("other_document").search(words, 0, tail.end()):
        return None
    parts = _parts(words[: found.start()])
    begin, name = next(
        ((begin, name) for begin, part in reversed(parts) if (name := _name(part))), (parts[-1][0], None)
    )
    told = (found[0], words[begin : found.start()], "|".join(part for _, part in parts), tail[0])
    years = next(filter(None, map(_YEAR.findall, told)), None)
    return Title(words[begin : tail.end()], name, year_of(years[-1]) if years else None)


def is_report_title(title: str) -> bool:
    """Tell whether a title names an annual report on information disclosure, and hardly anything behind it."""
    words = without_spaces(title)
    is_one = pattern("report_name").search(words) and not pattern("announcement").search(words)
    return bool(is_one) and read_title(title) is not None


def _with_bar(found: re.Match[str]) -> str:
    return f"{found[0]}|"


def _parts(words: str) -> list[tuple[int, str]]:
    """Return what stands between the marks of a text, without the label before it, and where it begins."""
    edges = [0, *(place for mark in pattern("title_parts").finditer(words) for place in mark.span()), len(words)]
    parts = []
    for begin, end in zip(edges[::2], edges[1::2], strict=True):
        label = pattern("title_labels").match(words[begin:end])
        begin += label.end() if label else 0
        parts.append((begin, words[begin:end]))
    return parts


def _name(part: str) -> str | None:
    """Return the agency's name in a part of a title, if what is left of it is one."""
    name = _EMPTY_BRACKETS.sub("", _YEAR.sub("", part))
    name = pattern("around_name").sub("", name).removesuffix("年度")
    return name if is_a_name(name) else None


def is_a_name(words: str) -> bool:
    """Tell whether words can be the name of an agency."""
    is_one = pattern("agency").fullmatch(words)
    return bool(is_one) and not (pattern("nobody").search(words) or pattern("placeholder").search(words))


def without_spaces(words: str) -> str:
    """Return a text without any blanks, those without width among them."""
    return "".join(words.split()).replace("\u200b", "").replace("\ufeff", "")
