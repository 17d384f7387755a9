"""Signs in the text which a reader of the figures should know of: placeholders, leaks, superseded rules."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from govreport_kit import codebook
from govreport_kit.parsing.pattern_needs import Group, can_match, needed_words
from govreport_kit.report import Note, Section

_LONGEST_QUOTE = 60
_FEW_WORDS = 4


@dataclass(frozen=True, slots=True)
class _Sign:
    """A sign of signs.toml, with its patterns compiled and what each of them needs."""

    code: str
    what: str
    patterns: tuple[tuple[re.Pattern[str], list[Group]], ...]
    first_year: int = 0
    section: str = ""
    once: str = ""


def read_signs(text: str, year: int | None = None, sections: Sequence[Section] = ()) -> list[Note]:
    """Find the signs that the codebook lists.

    Parameters
    ----------
    text : str
        The document's text.
    year : int, optional
        The report year; a sign of certain years is not looked for without it.
    sections : sequence of Section
        The sections of the report; a sign of one section is looked for there only.

    Returns
    -------
    list of Note
        One note a sign and line of the text, with the words that were found and their span.
    """
    notes = []
    for sign in _signs():
        if sign.first_year and (year is None or year < sign.first_year):
            continue
        told: set[int] = set()
        for found in _matches(sign, text, sections):
            place = {"line": text.count("\n", 0, found.start()), "report": 0}.get(sign.once, found.start())
            if place not in told:
                told.add(place)
                quote = found[0] if len(found[0]) <= _LONGEST_QUOTE else found[0][:_LONGEST_QUOTE] + "…"
                notes.append(Note(sign.code, f"{sign.what}: {quote}", *found.span()))
    return sorted(notes, key=lambda note: note.start or 0)


def _matches(sign: _Sign, text: str, sections: Sequence[Section]) -> Iterator[re.Match[str]]:
    spans = [
        (section.start, section.end)
        for section in sections
        if section.key == sign.section and section.start is not None and section.end is not None
    ]
    for pattern, needed in sign.patterns:
        if not can_match(needed, text):
            continue
        for start, end in spans if sign.section else [(0, len(text))]:
            yield from pattern.finditer(text, start, end)


@cache
def _signs() -> list[_Sign]:
    signs = codebook.read_toml("signs")["sign"]
    return [_Sign(**{**sign, "patterns": tuple(map(_with_needed_words, sign["patterns"]))}) for sign in signs]


def _with_needed_words(printed: str) -> tuple[re.Pattern[str], list[Group]]:
    """Compile a pattern, with those words of it that are sooner searched for than the pattern itself."""
    pattern = re.compile(printed)
    return pattern, [group for group in needed_words(pattern)[:1] if len(group) <= _FEW_WORDS]
