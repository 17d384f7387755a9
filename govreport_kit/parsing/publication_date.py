"""When a report was published."""

from __future__ import annotations

import re
from functools import cache

from govreport_kit.documents import Document
from govreport_kit.parsing.heading_words import headings, pattern
from govreport_kit.parsing.numerals import plain_number

_SPACES = re.compile(r"[\s\u200b\ufeff]+")
_DATE = re.compile(r"(20[012]\d)\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})(?!\d)")
_ANY_DATE = re.compile(
    r"20[012]\d[-/.年]\d{1,2}[-/.月]\d{1,2}日?|二[〇○零O][〇○零一二][〇○零一二三四五六七八九]年[一二三四五六七八九十]{1,2}月[一二三四五六七八九十]{1,3}日"
)
_CHINESE = {character: str(value) for value, character in enumerate("〇一二三四五六七八九")} | {
    "零": "0", "○": "0", "O": "0", "0": "0",
}  # fmt: skip
_CLOSING = 3000
_LAST_LINES = 3
_LONGEST_LINE = 90


def publication_date(document: Document, head: str) -> str | None:
    """Return when a report was published.

    Parameters
    ----------
    document : Document
        Its text and what the page says of itself.
    head : str
        The text before the body.

    Returns
    -------
    str or None
        As YYYY-MM-DD: the date that the head or the page names as such, else one on a line of the
        head, else that of the last lines.
    """
    closing = document.text[-_CLOSING:]
    date = _labelled_date(head) or next(
        filter(None, (_iso(_DATE.match(document.metadata.get(name, ""))) for name in headings()["date_metadata"])),
        None,
    )
    if date:
        return date
    last = [line for line in closing.split("\n") if line and not line.isspace()][-_LAST_LINES:]
    dated = [line for line in [*head.split("\n"), *reversed(last)] if "2" in line or "二" in line]
    return _labelled_date("\n".join(last)) or next(filter(None, map(_date_of_line, dated)), None)


def _labelled_date(text: str) -> str | None:
    dates = (_iso(_DATE.match(text, found.end())) for found in pattern("published").finditer(text))
    return next(filter(None, dates), None)


def _date_of_line(line: str) -> str | None:
    """Return the date of a line which holds hardly anything else."""
    words = _SPACES.sub("", line)
    if len(words) > _LONGEST_LINE or not _ANY_DATE.search(words):
        return None
    found = next((found for pattern in _dated_lines() if (found := pattern.fullmatch(words))), None)
    return _iso(_DATE.match(_in_digits(found["date"]))) if found else None


def _in_digits(date: str) -> str:
    """Return a date in digits: 二〇一一年三月二十五日 is 2011-3-25."""
    if date[0].isdigit():
        return date
    year, month, day = re.split("[年月]", date.removesuffix("日"))
    return f"{year_of(year)}-{plain_number(month)}-{plain_number(day)}"


def _iso(date: re.Match[str] | None) -> str | None:
    if date is None:
        return None
    year, month, day = (int(part) for part in date.groups())
    return f"{year:04}-{month:02}-{day:02}" if 1 <= month <= 12 and 1 <= day <= 31 else None


@cache
def _dated_lines() -> list[re.Pattern[str]]:
    named = {"{INSTITUTION}": headings()["institution"], "{DATE}": f"(?P<date>{_ANY_DATE.pattern})"}
    patterns = headings()["dated_lines"]
    for name, meaning in named.items():
        patterns = [pattern.replace(name, meaning) for pattern in patterns]
    return [re.compile(pattern) for pattern in patterns]


def year_of(words: str) -> int:
    """Return a year written in digits, Arabic or Chinese."""
    return int("".join(_CHINESE.get(character, character) for character in words))
