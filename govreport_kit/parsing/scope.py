"""Whose figures a report holds, and the sentence that shows it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from govreport_kit import codebook
from govreport_kit.parsing.clean import CleanText
from govreport_kit.report import Note, Section

_SENTENCE = re.compile(r"[^。；！？\n]+")
_HEAD = 1500


def read_scope(clean: CleanText, sections: Sequence[Section]) -> tuple[str, list[Note]]:
    """Tell the scope of a report from its head and its first section.

    Parameters
    ----------
    clean : CleanText
        The running text without its tables.
    sections : sequence of Section
        The first section tells how far to read; without sections the first 1,500 characters are read.

    Returns
    -------
    tuple of (str, list of Note)
        A key of ``codebook.scopes`` and the note ``scope_evidence`` with the sentence; ``unknown``
        and no note where the text does not say.
    """
    following = [section.start for section in sections if section.key not in (None, "overview")]
    end = clean.find(following[0]) if following and following[0] is not None else _HEAD
    sentences = [(found.start(), found[0]) for found in _SENTENCE.finditer(clean.text, 0, max(end, _HEAD))]
    for scope, pattern in _evidence():
        for start, sentence in sentences:
            if pattern.search(sentence):
                span = clean.span(start, start + len(sentence))
                return scope, [Note("scope_evidence", f"{scope}: {clean.source[slice(*span)]}", *span)]
    return "unknown", []


@cache
def _evidence() -> list[tuple[str, re.Pattern[str]]]:
    return [(entry["scope"], re.compile(entry["pattern"])) for entry in codebook.read_toml("headings")["scope"]]
