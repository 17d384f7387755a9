"""Figures of the running text: which indicator, what value, in which clause."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from govreport_kit import codebook
from govreport_kit.parsing.clean import CleanText
from govreport_kit.parsing.cues import Cue, Cues, load_cues
from govreport_kit.parsing.numerals import plain_number
from govreport_kit.report import Fact, Note, Section

_SENTENCE = re.compile(r"[^。！？\n]+[。！？\n]?")
_CLAUSE_EDGE = "，。；：！？\n"
_TELLING = re.compile(r"\d|[一二两三四五六七八九十][件条宗份起项]|未|无|没有|零|不存在|均|全部")
_YEAR = re.compile(r"(?<!\d)(20\d\d)年")
_LAST_YEAR = re.compile(r"上年|去年|上一年|往年|前一年|同期")
# A report is about one year; a subject named longer ago than this is no longer meant.
_SUBJECT_REACH = 400


@dataclass(frozen=True, slots=True)
class _Candidate:
    cue: Cue
    value: float | int
    unit: str
    approx: bool
    start: int
    end: int


def read_facts(clean: CleanText, sections: Sequence[Section], year: int | None) -> tuple[list[Fact], list[Note]]:
    """Read the figures of the running text.

    Parameters
    ----------
    clean : CleanText
        The running text without its tables.
    sections : sequence of Section
        The figures of the section on problems and plans are left out: they are no results.
    year : int or None
        The report year; figures which the text gives for other years are left out.

    Returns
    -------
    tuple of (list of Fact, list of Note)
        One fact an indicator at most, in the order of the text: the figure with the strongest cue,
        the first of equals. Other values that were seen for the same indicator are told in notes.
    """
    cues = load_cues()
    subjects = _subjects(clean.text, cues)
    candidates: dict[str, list[_Candidate]] = {}
    for start, end in _sentences(clean, sections):
        for candidate in _read_sentence(clean.text, start, end, cues, subjects, year):
            candidates.setdefault(candidate.cue.indicator, []).append(candidate)
    facts, notes = [], []
    for indicator, found in candidates.items():
        best = min(found, key=lambda candidate: (candidate.cue.rank, candidate.start))
        facts.append(_fact(best, clean, sections))
        others = sorted({float(other.value) for other in found} - {float(best.value)})
        if others:
            notes.append(_conflict(indicator, best, others, clean))
    return sorted(facts, key=lambda fact: fact.start or 0), notes


def _sentences(clean: CleanText, sections: Sequence[Section]) -> Iterator[tuple[int, int]]:
    plans = [
        (clean.find(section.start), clean.find(section.end))
        for section in sections
        if section.key == "problems" and section.start is not None and section.end is not None
    ]
    for found in _SENTENCE.finditer(clean.text):
        if _TELLING.search(found[0]) and not any(start <= found.start() < end for start, end in plans):
            yield found.start(), found.end()


def _subjects(text: str, cues: Cues) -> list[tuple[int, str]]:
    return [(found.start(), found.lastgroup or "") for found in cues.subjects.finditer(text)]


def _subject_before(subjects: list[tuple[int, str]], position: int) -> str | None:
    place = bisect_left(subjects, (position, "")) - 1
    if place < 0 or position - subjects[place][0] > _SUBJECT_REACH:
        return None
    return subjects[place][1]


def _read_sentence(
    text: str, start: int, end: int, cues: Cues, subjects: list[tuple[int, str]], year: int | None
) -> Iterator[_Candidate]:
    sentence = text[start:end]
    for cue in cues.cues:
        if not any(word in sentence for word in cue.words):
            continue
        for pattern in cue.patterns:
            for found in pattern.finditer(sentence):
                if _holds(cue, found, sentence, start, text, cues, subjects, year):
                    yield _candidate(cue, found, start)


def _holds(
    cue: Cue,
    found: re.Match[str],
    sentence: str,
    offset: int,
    text: str,
    cues: Cues,
    subjects: list[tuple[int, str]],
    year: int | None,
) -> bool:
    """Tell whether a match is about the report's own year and the cue's own subject."""
    at = found.start("n") if cue.value is None else found.end()
    clause = max(sentence.rfind(edge, 0, found.start()) for edge in _CLAUSE_EDGE) + 1
    before = sentence[clause:at]
    if cue.subject and (_subject_before(subjects, offset + at) or "none") not in cue.subject:
        return False
    if cue.unless and cue.unless.search(before):
        return False
    if cue.unless_behind and cue.unless_behind.search(_rest_of_clause(sentence, found.end())):
        return False
    if cue.unless_text and cue.unless_text.search(text):
        return False
    if not cue.growth_is_fine and cues.growth.search(found[0]):
        return False
    if cues.part_of_year.search(sentence[:at]):
        return False
    return _own_year(cue, found, sentence[:at], before, year)


def _own_year(cue: Cue, found: re.Match[str], sentence: str, clause: str, year: int | None) -> bool:
    if cue.year is not None:
        return year is None or int(found["y"]) == year + cue.year
    if cue.other_years:
        return True
    if _LAST_YEAR.search(clause[clause.rfind("、") + 1 :]):
        return False
    named = _YEAR.findall(sentence)
    return year is None or not named or int(named[-1]) == year


def _rest_of_clause(sentence: str, position: int) -> str:
    ends = [found for found in (sentence.find(edge, position) for edge in _CLAUSE_EDGE) if found >= 0]
    return sentence[position : min(ends, default=len(sentence))]


def _candidate(cue: Cue, found: re.Match[str], offset: int) -> _Candidate:
    start, end = found.span()
    if cue.value is not None:
        return _Candidate(cue, cue.value, codebook.indicators[cue.indicator].unit, False, start + offset, end + offset)
    groups = found.groupdict()
    value = plain_number(found["n"] + (groups.get("k") or ""))
    unit = groups.get("u") or ""
    if unit == "万元":
        value, unit = plain_number(found["n"] + "万"), "元"
    about = bool(groups.get("a") or groups.get("b") or unit.startswith("余"))
    return _Candidate(cue, value, unit.removeprefix("余"), about, start + offset, end + offset)


def _fact(candidate: _Candidate, clean: CleanText, sections: Sequence[Section]) -> Fact:
    start, end = _clause(clean.text, candidate.start, candidate.end)
    span = clean.span(start, end)
    section = next((section.key for section in reversed(sections) if (section.start or 0) <= span[0]), None)
    unit = candidate.unit or codebook.indicators[candidate.cue.indicator].unit
    quote = clean.source[span[0] : span[1]]
    return Fact(candidate.cue.indicator, candidate.value, unit, candidate.approx, quote, section, *span)


def _clause(text: str, start: int, end: int) -> tuple[int, int]:
    """Widen a match to the clause that holds it, without the punctuation at its ends."""
    while start > 0 and text[start - 1] not in _CLAUSE_EDGE:
        start -= 1
    while end < len(text) and text[end] not in _CLAUSE_EDGE:
        end += 1
    while end - start > 1 and text[end - 1] in _CLAUSE_EDGE:
        end -= 1
    return start, end


def _conflict(indicator: str, best: _Candidate, others: list[float], clean: CleanText) -> Note:
    name = codebook.indicators[indicator].en
    seen = ", ".join(f"{value:g}" for value in others)
    message = f"{indicator} ({name}): {best.value} was taken; also seen: {seen}"
    return Note("conflicting_figures", message, *clean.span(best.start, best.end))
