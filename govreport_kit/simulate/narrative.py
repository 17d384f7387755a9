"""Figures to running text: headings, sentences that tell the facts, and where each fact stands."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from govreport_kit import codebook
from govreport_kit.report import Fact, Report, Section
from govreport_kit.simulate.data import read_data

_SLOT = re.compile(r"\{(\w+)\}")
_CLAUSE_EDGE = "，。；：！？\n"


@dataclass(frozen=True, slots=True)
class _Told:
    """A sentence, and the facts that it tells with the places of their figures in it."""

    text: str
    places: tuple[tuple[Fact, int, int], ...]


def with_text(report: Report, rng: np.random.Generator) -> Report:
    """Return a report with running text which tells its facts.

    Parameters
    ----------
    report : Report
        Its facts need an indicator and a value only.
    rng : numpy.random.Generator
        Chooses among the wordings.

    Returns
    -------
    Report
        `text` begins with the title and ends with the issuing body and the date; facts and sections
        have their places in it. Tables are not part of it: `write_document` puts them behind the
        headings of their sections. A fact for which there is no sentence is left out.
    """
    sentences = read_data("sentences")
    lines = [report.title or "", _choose(rng, sentences["opening"])]
    at = sum(len(line) + 1 for line in lines)
    told = _told_by_section(report, rng)
    sections, facts = [], []
    for key in codebook.sections:
        heading = _choose(rng, sentences["headings"][key])
        options = [sentences["scope"].get(report.scope)] if key == "overview" else []
        options.append(sentences["filler"].get(key))
        paragraphs = [_Told(_choose(rng, option), ()) for option in options if option] + told[key]
        start = at
        lines.append(heading)
        at += len(heading) + 1
        for paragraph in paragraphs:
            facts += [_placed(fact, paragraph.text, first, last, at, key) for fact, first, last in paragraph.places]
            lines.append(paragraph.text)
            at += len(paragraph.text) + 1
        number, _, title = heading.partition("、")
        sections.append(Section(number, key, title, start, at))
    lines += [report.agency or "", _closing_date(report)]
    text = "\n".join(lines)
    sections[-1] = replace(sections[-1], end=len(text))
    return replace(report, text=text, sections=tuple(sections), facts=tuple(facts), complete=True)


def figure(value: float, *, separators: bool) -> str:
    """Print a number as reports do."""
    if isinstance(value, int):
        return f"{value:,}" if separators else str(value)
    words = np.format_float_positional(value, trim="-")
    whole, dot, decimals = words.partition(".")
    return f"{int(whole):,}{dot}{decimals}" if separators else words


def _choose(rng: np.random.Generator, options: list[Any]) -> Any:
    return options[rng.integers(len(options))]


def _told_by_section(report: Report, rng: np.random.Generator) -> dict[str, list[_Told]]:
    """Tell every fact once, topic by topic."""
    left = {fact.indicator: fact for fact in report.facts}
    separators = bool(rng.random() < 0.3)
    told: dict[str, list[_Told]] = {key: [] for key in codebook.sections}
    for topic in read_data("sentences")["topic"]:
        fitting = [variant for variant in topic["variants"] if _fits(variant, left)]
        if fitting:
            variant = _choose(rng, fitting)
            told[topic["section"]].append(_filled(variant, left, separators=separators))
            for indicator in _told_by(variant):
                del left[indicator]
    return told


def _told_by(variant: Mapping[str, Any]) -> list[str]:
    return [*variant.get("zero", []), *_SLOT.findall(variant["text"])]


def _fits(variant: Mapping[str, Any], left: Mapping[str, Fact]) -> bool:
    zero = variant.get("zero", [])
    return all(name in left for name in _told_by(variant)) and all(left[name].value == 0 for name in zero)


def _filled(variant: Mapping[str, Any], left: Mapping[str, Fact], *, separators: bool) -> _Told:
    text, places = "", []
    for part, indicator in _parts(variant["text"]):
        text += part
        if indicator:
            words = figure(left[indicator].value, separators=separators)
            places.append((left[indicator], len(text), len(text) + len(words)))
            text += words
    places += [(left[indicator], 0, 1) for indicator in variant.get("zero", [])]
    return _Told(text, tuple(places))


def _parts(template: str) -> Iterator[tuple[str, str | None]]:
    at = 0
    for slot in _SLOT.finditer(template):
        yield template[at : slot.start()], slot[1]
        at = slot.end()
    yield template[at:], None


def _placed(fact: Fact, text: str, first: int, last: int, offset: int, section: str) -> Fact:
    """Return a fact with the clause that holds it."""
    while first > 0 and text[first - 1] not in _CLAUSE_EDGE:
        first -= 1
    while last < len(text) and text[last] not in _CLAUSE_EDGE:
        last += 1
    unit = codebook.indicators[fact.indicator].unit
    return replace(fact, unit=unit, quote=text[first:last], section=section, start=offset + first, end=offset + last)


def _closing_date(report: Report) -> str:
    if report.published is None:
        return ""
    year, month, day = report.published.split("-")
    return f"{year}年{int(month)}月{int(day)}日"
