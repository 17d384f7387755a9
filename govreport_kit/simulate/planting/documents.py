"""Errors of a document: words among its lines, missing parts, a late date, a unit in a cell."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np

from govreport_kit import codebook
from govreport_kit.report import Report, Section
from govreport_kit.simulate.narrative import with_text
from govreport_kit.simulate.planting.changes import KeyRow

Planted = tuple[Report, list[KeyRow]] | None
DocumentRule = Callable[[Report, np.random.Generator], Planted]
_LATE = date(2000, 4, 1)  # the day after the last on which any report is due


def _with_words(entry: Mapping[str, Any]) -> DocumentRule:
    def plant(report: Report, rng: np.random.Generator) -> Planted:
        year = report.year or 0
        if year < entry.get("from", 0) or any(fact.indicator == entry.get("unless") for fact in report.facts):
            return None
        line = str(rng.choice(entry["lines"])).format(before=year - 1)
        section = next((section for section in report.sections if section.key == entry["section"]), None)
        if section is None or section.end is None:
            return None
        return with_line(report, line, section.end), [("text", entry["section"], "", None, line)]

    return plant


def with_line(report: Report, line: str, at: int) -> Report:
    """Put a line into the text of a report; sections and figures behind it move."""
    added = len(line) + 1

    def moved(place: int | None, limit: int) -> int | None:
        return place + added if place is not None and place >= limit else place

    return replace(
        report,
        text=f"{(report.text or '')[:at]}{line}\n{(report.text or '')[at:]}",
        facts=tuple(replace(fact, start=moved(fact.start, at), end=moved(fact.end, at + 1)) for fact in report.facts),
        sections=tuple(
            replace(section, start=moved(section.start, at), end=moved(section.end, at)) for section in report.sections
        ),
    )


def _renamed_heading(report: Report, rng: np.random.Generator) -> Planted:
    """Give a section another name than the statutory one."""
    section = next(section for section in report.sections if section.key == "problems")
    text = _replaced(report.text or "", section, f"{section.number}、{section.title}", f"{section.number}、几点体会")
    return replace(report, text=text), [("text", "problems", "", section.title, "几点体会")]


def _empty_section(report: Report, rng: np.random.Generator) -> Planted:
    """Leave hardly a word in a section."""
    section = next(section for section in report.sections if section.key == "problems")
    heading = f"{section.number}、{section.title}\n"
    text = _replaced(report.text or "", section, (report.text or "")[section.start : section.end], f"{heading}无。\n")
    return replace(report, text=text), [("text", "problems", "", None, "无。")]


def _replaced(text: str, section: Section, old: str, new: str) -> str:
    start, end = section.start or 0, section.end or 0
    return text[:start] + text[start:end].replace(old, new, 1) + text[end:]


def _missing_table(report: Report, rng: np.random.Generator) -> Planted:
    table = str(rng.choice(list(codebook.tables)))
    left = tuple(cell for cell in report.cells if cell.table != table)
    return replace(report, cells=left), [(table, "", "", len(report.cells) - len(left), 0)]


def _published_late(report: Report, rng: np.random.Generator) -> Planted:
    if report.year is None or report.level in ("township", "other"):
        return None
    late = _LATE.replace(year=report.year + 1) + timedelta(days=int(rng.integers(0, 90)))
    now = replace(report, published=late.isoformat())
    now = with_text(now, rng) if report.text else now
    return now, [("reports", "published", "", report.published, now.published)]


def _unit_in_a_cell(report: Report, rng: np.random.Generator) -> Planted:
    """Print a unit behind the figure of a cell."""
    places = [place for place, cell in enumerate(report.cells) if cell.table != "disclosure" and cell.value]
    if not places:
        return None
    place = int(rng.choice(places))
    cell = report.cells[place]
    cells = (*report.cells[:place], replace(cell, unit="件"), *report.cells[place + 1 :])
    return replace(report, cells=cells), [(cell.table, cell.row, cell.column, cell.value, f"{cell.value}件")]


@cache
def _words() -> list[dict[str, Any]]:
    listed: list[dict[str, Any]] = tomllib.loads(
        (files("govreport_kit.simulate.planting") / "words.toml").read_text("utf-8")
    )["words"]
    return listed


DOCUMENT_RULES: dict[str, DocumentRule] = {
    "A5": _unit_in_a_cell,
    "E1.renamed": _renamed_heading,
    "E1.empty": _empty_section,
    "E2": _missing_table,
    "E4": _published_late,
} | {entry["rule"]: _with_words(entry) for entry in _words()}
