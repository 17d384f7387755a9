"""Whose figures a report holds, and the sentence that shows it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from govreport_kit import codebook
from govreport_kit.parsing.clean import CleanText
from govreport_kit.report import Note, Section

_SENTENCE = re.compile(r"[^。；！？\n]+")
_HEAD = 1500
# The end of a name which the text uses of its issuer: 示例县水利局 calls itself 县水利局.
_BEHIND_THE_PLACE = re.compile(r"[省市县区旗州盟](?=[^省市县区旗州盟]{3,}$)")
_NAMES_THE_AGENCY = "{AGENCY}"


@dataclass(frozen=True, slots=True)
class _Evidence:
    """A kind of evidence; the fields are explained at the top of scope.toml."""

    scope: str
    pattern: str
    about: re.Pattern[str]
    levels: tuple[str, ...]
    agency: re.Pattern[str]

    def counts_for(self, agency: str | None, level: str | None) -> bool:
        """Tell whether an issuer of this name and level can be meant."""
        if agency is None:
            return _NAMES_THE_AGENCY not in self.pattern
        return (not self.levels or level in self.levels) and bool(self.agency.search(agency))

    def shown_by(self, agency: str | None) -> re.Pattern[str]:
        """Return the pattern of a sentence that shows it."""
        return re.compile(self.pattern.replace(_NAMES_THE_AGENCY, re.escape(_short_name(agency or ""))))


def read_scope(
    clean: CleanText, sections: Sequence[Section], agency: str | None = None, level: str | None = None
) -> tuple[str, list[Note]]:
    """Tell the scope of a report from its head and its first section.

    Parameters
    ----------
    clean : CleanText
        The running text without its tables.
    sections : sequence of Section
        The first section tells how far to read; without sections the first 1,500 characters are read.
    agency, level : str, optional
        The issuer and its level: 我局 shows more in the report of a bureau than in a government's.

    Returns
    -------
    tuple of (str, list of Note)
        A key of ``codebook.scopes`` and the note ``scope_evidence`` with the sentence; ``unknown``
        and no note where the text does not say.
    """
    following = [section.start for section in sections if section.key not in (None, "overview")]
    end = max(clean.find(following[0]) if following and following[0] is not None else 0, _HEAD)
    sentences = [(found.start(), found[0]) for found in _SENTENCE.finditer(clean.text, 0, end)]
    for evidence in _kinds_of_evidence():
        if not evidence.counts_for(agency, level):
            continue
        pattern = evidence.shown_by(agency)
        if not pattern.search(clean.text, 0, end):
            continue
        for start, sentence in sentences:
            if pattern.search(sentence) and evidence.about.search(sentence):
                if evidence.scope == "unknown":
                    return "unknown", []
                span = clean.span(start, start + len(sentence))
                told = f"{evidence.scope}: {clean.source[slice(*span)]}"
                return evidence.scope, [Note("scope_evidence", told, *span)]
    return "unknown", []


def _short_name(agency: str) -> str:
    place = _BEHIND_THE_PLACE.search(agency)
    return agency[place.end() :] if place else agency


@cache
def _kinds_of_evidence() -> tuple[_Evidence, ...]:
    data = codebook.read_toml("scope")

    def words(pattern: str) -> str:
        for name, meaning in reversed(data["words"].items()):
            pattern = pattern.replace(f"{{{name}}}", meaning)
        return pattern

    return tuple(
        _Evidence(
            entry["scope"],
            words(entry["pattern"]),
            re.compile(entry.get("about", "")),
            tuple(entry.get("levels", ())),
            re.compile(words(entry.get("agency", ""))),
        )
        for entry in data["scope"]
    )
