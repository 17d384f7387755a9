"""The sections of a report: where each statutory heading stands."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from govreport_kit import codebook
from govreport_kit.parsing.heading_words import headings
from govreport_kit.report import Note, Section

# Both begin with the line break before: a search for a character is quicker than one for the beginning of a line.
_NUMBERED = re.compile(
    r"\n[ \t\u3000\xa0#*]*(?P<number>[一二三四五六七八九十])[ \t\u3000]*[、.．,，]\s*(?P<title>[^\n]*)$", re.MULTILINE
)
# A heading without a number is a line of its own which ends as the statutory titles do.
_BARE = re.compile(
    r"\n[ \t\u3000\xa0#*]*(?P<number>)(?P<title>[^\n，。；：\d]{2,28}(?:情况|事项))[ \t\u3000*]*$", re.MULTILINE
)
_SPACES = re.compile(r"[\s\u200b]+")
_TITLE_END = re.compile(r"[。；：:，,]")
_LONGEST_TITLE = 40
_FEWEST_NUMBERED = 3


def read_sections(text: str, tables: Sequence[tuple[int, int]] = ()) -> list[Section]:
    """Find the sections of a report by their headings, which are numbered unless hardly one is.

    Parameters
    ----------
    text : str
        The document's text.
    tables : sequence of (int, int)
        Spans of the tables, whose rows are numbered like headings.

    Returns
    -------
    list of Section
        In the order of the text; `key` is None for a heading which is not one of the statutory six.
        A section reaches to the next one.
    """
    found = _headings(text, _NUMBERED, tables)
    if len({section_key(title) for _, _, title in found} - {None}) < _FEWEST_NUMBERED:
        bare = [heading for heading in _headings(text, _BARE, tables) if section_key(heading[2])]
        found = sorted([*found, *bare])
    ends = [start for start, _, _ in [*found[1:], (len(text), "", "")]]
    return [
        Section(number or None, section_key(title), title, start, end)
        for (start, number, title), end in zip(found, ends, strict=False)
    ]


def _headings(text: str, pattern: re.Pattern[str], tables: Sequence[tuple[int, int]]) -> list[tuple[int, str, str]]:
    found = []
    for heading in pattern.finditer(f"\n{text}"):
        title = _TITLE_END.split(_SPACES.sub("", heading["title"]).rstrip("#*"))[0]
        place = heading.start("number") - 1
        if title and len(title) <= _LONGEST_TITLE and not any(start <= place < end for start, end in tables):
            found.append((place, heading["number"], title))
    return found


def section_key(title: str) -> str | None:
    """Return the key of the statutory section that a heading names, or None."""
    return next((key for key, pattern in _patterns() if pattern.search(title)), None)


def missing_sections(sections: list[Section]) -> list[Note]:
    """Note each statutory section whose heading was not found; none if there is no heading at all."""
    present = {section.key for section in sections}
    if not present - {None}:
        return []
    return [
        Note("missing_section", f"no heading for section {section.number}, {section.zh} ({section.en})")
        for section in codebook.sections.values()
        if section.key not in present
    ]


@cache
def _patterns() -> list[tuple[str, re.Pattern[str]]]:
    return [(key, re.compile(pattern)) for key, pattern in headings()["sections"].items()]
