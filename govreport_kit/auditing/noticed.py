"""What was noticed while a report was read, as findings (rules on missing parts, forms, placeholders, leaks)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

import pandas as pd

from govreport_kit import codebook
from govreport_kit.auditing.evidence import Bools, Evidence
from govreport_kit.auditing.findings import Finding
from govreport_kit.codebook.entries import AuditRule
from govreport_kit.corpus.positions import report_positions

Found = Iterator[tuple[AuditRule, Finding]]
_QUOTE = r": (.+)"


def check_notes(evidence: Evidence, rules: Sequence[AuditRule]) -> Found:
    """Yield the notes with the codes of each rule, of the reports whose document the kit has read.

    A report of which only a part was read lacks nothing for that.
    """
    for rule in rules:
        evidence.count(rule, read_for(evidence, rule))
        yield from noted(evidence, rule)


def check_short_sections(evidence: Evidence, rules: Sequence[AuditRule]) -> Found:
    """Yield, beside the notes of each rule, the sections of running text which hold hardly a word."""
    sections = evidence.corpus.sections
    places = report_positions(evidence.corpus, sections["report_id"])
    length = sections["end"] - sections["start"] - sections["title"].str.len()
    for rule in rules:
        yield from check_notes(evidence, [rule])
        of_text = sections["key"].isin(rule.settings["sections"]) & (length < rule.settings["fewest_characters"])
        short = of_text.fillna(value=False).to_numpy(bool) & read_for(evidence, rule)[places]
        for place, section in zip(places[short].tolist(), sections[short].itertuples(), strict=True):
            shown = length[section.Index]
            yield (
                rule,
                Finding(
                    place, f"text/{section.start}-{section.end}", float(shown), rule.settings["fewest_characters"],
                    evidence=section.title, words={"quote": section.title}, messages=rule.settings["messages"]["short"],
                ),
            )  # fmt: skip


def read_for(evidence: Evidence, rule: AuditRule) -> Bools:
    """Tell which reports a rule on the document can judge.

    Those which the kit has read, in whole if the rule asks for it, and not of a year before the form's.
    """
    reports = evidence.corpus.reports
    was_read = reports["sha256"].notna() & (reports["complete"] | (not rule.settings.get("only_complete")))
    too_early = (reports["year"] < rule.settings.get("first_year", 0)).fillna(value=False)
    mask: Bools = (was_read & ~too_early).to_numpy(bool)
    return mask


def noted(evidence: Evidence, rule: AuditRule) -> Found:
    """Yield the notes with the codes of a rule."""
    notes = evidence.corpus.notes
    places = report_positions(evidence.corpus, notes["report_id"])
    among = notes["code"].isin(rule.settings["codes"]).to_numpy(bool) & read_for(evidence, rule)[places]
    for place, note in zip(places[among].tolist(), notes[among].itertuples(), strict=True):
        told = _told(rule, note)
        where = _place(note, told["words"]["quote"])
        yield rule, Finding(place, where, evidence=str(note.message), **told)


def _told(rule: AuditRule, note: Any) -> dict[str, Any]:
    """Return the message for the code of a note, if it has its own, and the words which it quotes."""
    pattern = rule.settings.get("quotes", {}).get(note.code, _QUOTE)
    quoted = re.search(pattern, note.message, re.DOTALL)
    words = {"note": note.message, "quote": quoted[1] if quoted else note.message}
    return {"words": words, "messages": rule.settings.get("messages", {}).get(note.code)}


def _place(note: Any, quote: str) -> str:
    """Return the span of a note, or the table or section which it misses, as its name tells."""
    if note.start is not pd.NA:
        return f"text/{note.start}-{note.end}"
    tables = {entry.zh: entry.key for entry in codebook.tables.values()}
    sections = {entry.zh: f"sections/{entry.key}" for entry in codebook.sections.values()}
    return {"missing_table": tables, "missing_section": sections}.get(note.code, {}).get(quote, "text")
