"""Whose figures a report holds, and the sentence that shows it."""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Iterator, Sequence
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
    pattern: re.Pattern[str]
    behind_the_name: bool
    about: re.Pattern[str]
    levels: tuple[str, ...]
    agency: re.Pattern[str]

    def counts_for(self, agency: str | None, level: str | None) -> bool:
        """Tell whether an issuer of this name and level can be meant."""
        if agency is None:
            return not self.behind_the_name
        return (not self.levels or level in self.levels) and bool(self.agency.search(agency))

    def stands_in(self, words: str, name: str) -> bool:
        """Tell whether words show it which use this name of the issuer."""
        if not self.behind_the_name:
            return bool(self.pattern.search(words))
        places = (found.end() for found in re.finditer(re.escape(name), words)) if name in words else ()
        return any(self.pattern.match(words, place) for place in places)


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
    head = _Sentences(clean.text[:end], _short_name(agency or ""))
    for evidence in _kinds_of_evidence():
        if not evidence.counts_for(agency, level):
            continue
        shown = next(head.that_show(evidence), None)
        if shown and evidence.scope == "unknown":
            break
        if shown:
            span = clean.span(*shown)
            return evidence.scope, [Note("scope_evidence", f"{evidence.scope}: {clean.source[slice(*span)]}", *span)]
    return "unknown", []


class _Sentences:
    """The sentences of a text, which uses this name of its issuer."""

    def __init__(self, text: str, name: str) -> None:
        self._text, self._name = text, name
        self._spans = [sentence.span() for sentence in _SENTENCE.finditer(text)]
        self._about: dict[str, list[tuple[int, int]]] = {"": self._spans}

    def that_show(self, evidence: _Evidence) -> Iterator[tuple[int, int]]:
        """Yield the spans of the sentences that are evidence."""
        if evidence.about.pattern or evidence.stands_in(self._text, self._name):
            for start, end in self._those_about(evidence.about):
                if evidence.stands_in(self._text[start:end], self._name):
                    yield start, end

    def _those_about(self, about: re.Pattern[str]) -> list[tuple[int, int]]:
        if about.pattern not in self._about:
            behind = (bisect(self._spans, (named.end(),)) for named in about.finditer(self._text))
            self._about[about.pattern] = [self._spans[place - 1] for place in sorted(set(behind))]
        return self._about[about.pattern]


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
            re.compile(words(entry["pattern"].removeprefix(_NAMES_THE_AGENCY))),
            entry["pattern"].startswith(_NAMES_THE_AGENCY),
            re.compile(entry.get("about", "")),
            tuple(entry.get("levels", ())),
            re.compile(words(entry.get("agency", ""))),
        )
        for entry in data["scope"]
    )
