"""Figures that are possible but not likely: for a level, for a kind of agency, beside each other, after last year's."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from operator import eq, ge, gt, le, lt
from typing import Any

import numpy as np

from govreport_kit.auditing.evidence import Bools, Evidence, Floats
from govreport_kit.auditing.findings import Finding, plain
from govreport_kit.codebook.entries import AuditRule

Found = Iterator[tuple[AuditRule, Finding]]
_SIGNS = {"==": eq, ">": gt, ">=": ge, "<": lt, "<=": le}


def check_values(evidence: Evidence, rules: Sequence[AuditRule]) -> Found:
    """Yield the cells which are what their rule does not expect of such an agency (D1, D2, D4, D7)."""
    for rule in rules:
        for case in rule.settings["cases"]:
            among = _is_among(evidence, case)
            if "when" in case:
                among &= _holds(evidence, *case["when"])
            for cell in case["cells"]:
                found = among & _holds(evidence, cell, *case["is"])
                evidence.count(rule, among & ~np.isnan(_figure(evidence, cell)))
                for report in np.flatnonzero(found).tolist():
                    value = float(_figure(evidence, cell)[report])
                    shown = [cell, *([case["when"][0]] if "when" in case else [])]
                    where = cell if "/" in cell else f"facts/{cell}"
                    yield rule, Finding(report, where, value, evidence=_shown(evidence, shown, report))


def check_jumps(evidence: Evidence, rules: Sequence[AuditRule]) -> Found:
    """Yield figures which are many times those of the year before, or a small part of them (D5, D6)."""
    earlier, later = evidence.links
    for rule in rules:
        settings = rule.settings
        for cell in settings["cells"]:
            now, before = evidence.value(cell)[later], evidence.value(cell)[earlier]
            with np.errstate(divide="ignore", invalid="ignore"):
                ratio = np.maximum(now / before, before / now)
            evidence.count(rule, later[~np.isnan(now + before)])
            found = (np.maximum(now, before) > 0) & (np.minimum(now, before) >= settings.get("base", 0))
            found &= (ratio >= settings["ratio"][0]) & (ratio <= settings["ratio"][1])
            yield from (_against_before(evidence, rule, cell, link, now, before) for link in np.flatnonzero(found))


def check_shares(evidence: Evidence, rules: Sequence[AuditRule]) -> Found:
    """Yield shares which differ by more than so many points from those of the year before (D5, D8)."""
    earlier, later = evidence.links
    for rule in rules:
        settings = rule.settings
        whole = evidence.sum(settings["whole"])
        enough = np.minimum(whole[earlier], whole[later]) >= settings["base"]
        if "years" in settings:
            enough &= np.isin(
                evidence.corpus.reports["year"].to_numpy(np.float64, na_value=np.nan)[later], settings["years"]
            )
        if "when" in settings:
            enough &= _holds(evidence, *settings["when"])[later]
        for cell in settings["cells"]:
            with np.errstate(divide="ignore", invalid="ignore"):
                share = 100 * evidence.value(cell) / whole
            now, before = share[later], share[earlier]
            evidence.count(rule, later[enough & ~np.isnan(now + before)])
            change = now - before if settings.get("signed") else np.abs(now - before)
            found = enough & _SIGNS[settings["is"][0]](change, settings["is"][1])
            yield from (_against_before(evidence, rule, cell, link, now, before) for link in np.flatnonzero(found))


def _against_before(
    evidence: Evidence, rule: AuditRule, cell: str, link: Any, now: Floats, before: Floats
) -> tuple[AuditRule, Finding]:
    earlier, later = (int(places[link]) for places in evidence.links)
    year_before = evidence.corpus.reports["report_id"].iloc[earlier]
    told = f"{cell} {now[link]:.4g}; {year_before}: {before[link]:.4g}"
    finding = Finding(later, cell, float(now[link]), float(before[link]), told, words={"before": year_before})
    return rule, finding


def _is_among(evidence: Evidence, case: dict[str, Any]) -> Bools:
    """Tell which reports a case is about: by level, name and year."""
    reports = evidence.corpus.reports
    among = np.ones(len(reports), bool)
    if "levels" in case:
        among &= reports["level"].isin(case["levels"]).to_numpy()
    if "agency" in case:
        among &= reports["agency"].fillna("").str.contains(case["agency"]).to_numpy(bool)
    if "until" in case:
        among &= (reports["year"] <= case["until"]).fillna(value=False).to_numpy(bool)
    return among


def _figure(evidence: Evidence, term: str) -> Floats:
    """Return a cell of a table, or a figure of the running text where the term is an indicator."""
    return evidence.value(term) if "/" in term else evidence.told(term)


def _holds(evidence: Evidence, term: str, sign: str, limit: float | str) -> Bools:
    """Compare a figure with a number, with another figure, or ask whether it is no multiple of a number."""
    value = _figure(evidence, term)
    known: Bools = ~np.isnan(value)
    if sign == "no multiple of":
        wrong: Bools = np.where(known, value, 0) % float(limit) != 0
        return np.logical_and(known, wrong)
    other = _figure(evidence, limit) if isinstance(limit, str) else limit
    with np.errstate(invalid="ignore"):
        compared: Bools = _SIGNS[sign](value, other)
    return np.logical_and(known, compared)


def _shown(evidence: Evidence, terms: Sequence[str], report: int) -> str:
    return ", ".join(f"{term} {plain(float(_figure(evidence, term)[report]))}" for term in terms)
