"""Figures of the running text: which indicator, what value, in which clause."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from govreport_kit import codebook
from govreport_kit.parsing.clean import CleanText
from govreport_kit.parsing.context import Context, Subjects
from govreport_kit.parsing.cues import Cue, Cues, load_cues
from govreport_kit.parsing.numerals import plain_number
from govreport_kit.parsing.pairs import read_pairs
from govreport_kit.parsing.repeated_figures import note_repeated_figure
from govreport_kit.parsing.told_sums import makes_a_sum
from govreport_kit.report import Fact, Note, Section

# No sentence is longer; a text without full stops is read in pieces, as some patterns are quadratic.
_LONGEST_SENTENCE = 1000
_SENTENCE_END = "。！？\n"
_CLAUSE_EDGE = "，。；：！？\n"
# Without a number before a unit or a mark, and without a word for none or all, a sentence tells no figure.
# One set of characters begins it, as that is searched for quickly.
_TELLING = re.compile(
    r"[\d一二两三四五六七八九十百千万零未无没不均全](?:(?<=[零未无均])|(?<=没)有|(?<=不)存在|(?<=全)部|(?<=百)分之百"
    r"|(?<=\d)[千万亿]?(?:[余多件条宗份起项场篇期次封个人名部班元则例%，、；。)]|工作日|占)"
    r"|(?<=[一二两三四五六七八九十百千万])[余件条宗份起项场篇期次封人名班])"
)
# A figure of the whole wins over one of a part, whatever the strength of their cues.
_WHOLE, _PART = -1, 1


@dataclass(slots=True)
class _Sentence:
    """A sentence, where it begins in the running text, and itself with every clause's edge as "，"."""

    text: str
    start: int
    edges: str
    running_text: str
    context: Context

    def clause_start(self, position: int) -> int:
        return self.edges.rfind("，", 0, position) + 1

    def rest_of_clause(self, position: int) -> str:
        return self.text[position : _next_edge(self.edges, position)]


class _Candidate(NamedTuple):
    indicator: str
    rank: int
    value: float | int
    unit: str
    approx: bool
    start: int
    end: int


def read_facts(
    clean: CleanText, sections: Sequence[Section], year: int | None, printed: Mapping[str, float] | None = None
) -> tuple[list[Fact], list[Note]]:
    """Read the figures of the running text.

    Parameters
    ----------
    clean : CleanText
        The running text without its tables.
    sections : sequence of Section
        The figures of the section on problems and plans are left out: they are no results.
    year : int or None
        The report year; figures which the text gives for other years are left out.
    printed : mapping of str to float, optional
        What the tables print, by indicator.

    Returns
    -------
    tuple of (list of Fact, list of Note)
        One fact an indicator at most, in the order of the text: of several figures the one that a table
        prints, too, else the one that makes a sum of the form with other figures, else the one with the
        strongest cue, the first of equals. Other values that were seen for it are told in notes.
    """
    cues = load_cues()
    edges = _with_one_mark(clean.text, _CLAUSE_EDGE)
    subjects = Subjects(clean.text, cues.subjects)
    candidates: dict[str, list[_Candidate]] = {}
    for start, end in _sentences(clean, sections):
        context = Context(clean.text, start, end, cues, subjects)
        sentence = _Sentence(clean.text[start:end], start, edges[start:end], clean.text, context)
        for candidate in _read_sentence(sentence, cues, year):
            candidates.setdefault(candidate.indicator, []).append(candidate)
    facts: list[Fact] = []
    notes: list[Note] = []
    for indicator, best in _most_certain(candidates, printed or {}).items():
        found = candidates[indicator]
        facts.append(_fact(best, clean, edges, sections))
        places = [(candidate.start, candidate.end) for candidate in found if candidate.value == best.value]
        notes += note_repeated_figure(indicator, best.value, places, clean)
        others = sorted({float(other.value) for other in found} - {float(best.value)})
        if others:
            notes.append(_conflict(indicator, best, others, clean))
    return sorted(facts, key=lambda fact: fact.start or 0), notes


def _most_certain(
    candidates: Mapping[str, Sequence[_Candidate]], printed: Mapping[str, float]
) -> dict[str, _Candidate]:
    """Return the figure of each indicator that is to be taken."""
    told = {indicator: min(found, key=_weakness).value for indicator, found in candidates.items()}
    return {
        indicator: found[0] if len(found) == 1 else min(found, key=lambda one: _doubt(one, printed, told))
        for indicator, found in candidates.items()
    }


def _weakness(candidate: _Candidate) -> tuple[int, int]:
    return candidate.rank, candidate.start


def _doubt(
    candidate: _Candidate, printed: Mapping[str, float], told: Mapping[str, float]
) -> tuple[bool, bool, tuple[int, int]]:
    """Return what orders the figures of an indicator: what no table prints and what makes no sum comes behind."""
    indicator, value = candidate.indicator, candidate.value
    alone = not makes_a_sum(indicator, {**told, indicator: value})
    return value != printed.get(indicator), alone, _weakness(candidate)


def _sentences(clean: CleanText, sections: Sequence[Section]) -> Iterator[tuple[int, int]]:
    """Yield the sentences that tell a figure, but for those on problems and plans."""
    plans = [
        (clean.find(section.start), clean.find(section.end))
        for section in sections
        if section.key == "problems" and section.start is not None and section.end is not None
    ]
    text, position = clean.text, 0
    marks = _with_one_mark(text, _SENTENCE_END)
    while telling := _TELLING.search(text, position):
        place = telling.start()
        begin = max(position, marks.rfind(_SENTENCE_END[0], position, place) + 1)
        begin += (place - begin) // _LONGEST_SENTENCE * _LONGEST_SENTENCE
        position = marks.find(_SENTENCE_END[0], place, begin + _LONGEST_SENTENCE + 1) + 1
        position = position or min(begin + _LONGEST_SENTENCE, len(text))
        if not any(start <= begin < end for start, end in plans):
            yield begin, position


def _read_sentence(sentence: _Sentence, cues: Cues, year: int | None) -> Iterator[_Candidate]:
    """Yield the figures that lists and cues tell in a sentence."""
    words = sentence.text
    for indicator, value, first, last in read_pairs(words):
        yield _Candidate(indicator, 0, value, "", False, sentence.start + first, sentence.start + last)
    for number in cues.sieve.left(words):
        cue, pattern = cues.patterns[number]
        for found in pattern.finditer(words):
            if _holds(cue, found, sentence, cues, year):
                yield _candidate(cue, cues, found, sentence)


def _holds(cue: Cue, found: re.Match[str], sentence: _Sentence, cues: Cues, year: int | None) -> bool:
    """Tell whether a match is about the report's own year, the cue's own subject and its own channel."""
    at = found.start("n") if cue.value is None else found.end()
    before = sentence.text[sentence.clause_start(found.start()) : at]
    place = sentence.start + at
    context = sentence.context
    return any(word in sentence.text for word in cue.words) and not (
        (cue.subject and context.subject(place) not in cue.subject)
        or (cue.channel and context.channel(place) not in cue.channel)
        or (cue.unless and cue.unless.search(before))
        or (cue.unless_sentence and cue.unless_sentence.search(sentence.text[:at]))
        or (cue.unless_behind and cue.unless_behind.search(sentence.rest_of_clause(found.end())))
        or (cue.unless_text and cue.unless_text.search(sentence.running_text))
        or (not cue.growth_is_fine and cues.guards["growth"].search(found[0]))
        or cues.guards["per_unit"].search(before)
        or cues.guards["planned"].search(before)
        or cues.guards["outlook"].search(sentence.text[:at])
        or cues.guards["set_apart"].match(sentence.text, found.end())
        or ("分别" in before and not cue.respectively)
        or _is_of_one_body(at, found.end(), sentence, cues)
        or _counts_time(cue, found, cues)
        or not _own_year(cue, found, before, context, place, year)
    )


def _is_of_one_body(at: int, end: int, sentence: _Sentence, cues: Cues) -> bool:
    """Tell whether a figure is that of one body, told beside those of others: none of them is the whole."""
    start = sentence.clause_start(at)
    if not cues.guards["body"].search(sentence.text, start, at):
        return False
    behind = cues.guards["next_body"].match(sentence.text, end)
    return bool(behind or cues.guards["body_before"].search(sentence.text, 0, start))


def _counts_time(cue: Cue, found: re.Match[str], cues: Cues) -> bool:
    """Tell whether a number is one of days or months though the cue counts something else."""
    if cue.value is not None or not cues.guards["time_unit"].match(found.string, found.end("n")):
        return False
    return codebook.indicators[cue.indicator].kind != "days"


def _own_year(cue: Cue, found: re.Match[str], clause: str, context: Context, place: int, year: int | None) -> bool:
    if cue.year is not None:
        return year is None or int(found["y"]) == year + cue.year
    if cue.other_years:
        return True
    part = clause[max(map(clause.rfind, "、，；")) + 1 :]
    if not found.groupdict().get("rise") and load_cues().guards["last_year"].search(part):
        return False
    return context.is_own_time(place, year)


def _with_one_mark(text: str, marks: str) -> str:
    """Return a text with the first of some marks in the place of all of them."""
    for mark in marks[1:]:
        text = text.replace(mark, marks[0])
    return text


def _next_edge(edges: str, position: int) -> int:
    end = edges.find("，", position)
    return end if end >= 0 else len(edges)


def _candidate(cue: Cue, cues: Cues, found: re.Match[str], sentence: _Sentence) -> _Candidate:
    start, end = found.span()
    clause = sentence.text[sentence.clause_start(start) : end]
    offset = sentence.start
    rank = (
        cue.rank
        + (_WHOLE if cues.guards["whole"].search(clause) else 0)
        + (_PART if cues.guards["part"].search(clause) else 0)
    )
    if cue.value is not None:
        return _Candidate(cue.indicator, rank, cue.value, "", False, start + offset, end + offset)
    groups = found.groupdict()
    value = plain_number(found["n"] + (groups.get("k") or ""))
    unit = groups.get("u") or ""
    if unit == "万元":
        value, unit = plain_number(found["n"] + "万"), "元"
    before = sentence.text[: found.start("n")]
    about = bool(groups.get("a") or unit.startswith("余") or cues.guards["about"].search(before))
    return _Candidate(cue.indicator, rank, value, unit.removeprefix("余"), about, start + offset, end + offset)


def _fact(candidate: _Candidate, clean: CleanText, edges: str, sections: Sequence[Section]) -> Fact:
    start, end = _clause(edges, candidate.start, candidate.end)
    span = clean.span(start, end)
    section = next((section.key for section in reversed(sections) if (section.start or 0) <= span[0]), None)
    unit = candidate.unit or codebook.indicators[candidate.indicator].unit
    quote = clean.source[span[0] : span[1]]
    return Fact(candidate.indicator, candidate.value, unit, candidate.approx, quote, section, *span)


def _clause(edges: str, start: int, end: int) -> tuple[int, int]:
    """Widen a match to the clause that holds it, without the punctuation at its ends."""
    start, end = edges.rfind("，", 0, start) + 1, _next_edge(edges, end)
    while end - start > 1 and edges[end - 1] == "，":
        end -= 1
    return start, end


def _conflict(indicator: str, best: _Candidate, others: list[float], clean: CleanText) -> Note:
    name = codebook.indicators[indicator].en
    seen = ", ".join(f"{value:g}" for value in others)
    message = f"{indicator} ({name}): {best.value} was taken; also seen: {seen}"
    return Note("conflicting_figures", message, *clean.span(best.start, best.end))
