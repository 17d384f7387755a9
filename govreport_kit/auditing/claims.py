"""The running text against itself and against last year's report (rules C2 to C4, B4, F7)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

import numpy as np

from govreport_kit import codebook
from govreport_kit.auditing.evidence import Evidence, Floats
from govreport_kit.auditing.findings import Finding, plain
from govreport_kit.auditing.noticed import noted
from govreport_kit.codebook.entries import AuditRule
from govreport_kit.corpus.positions import report_positions

Found = Iterator[tuple[AuditRule, Finding]]


def check_told_sums(evidence: Evidence, rules: Sequence[AuditRule]) -> Found:
    """Yield the wholes of the running text which are not the sum of the parts told with them (C2).

    A part that the text does not tell may be there: then only parts above the whole are
    inconsistent. Where a second addend of the whole is not told, that may be what is missing: worth
    knowing only.
    """
    for rule in rules:
        for case in rule.settings["cases"]:
            told = {name: evidence.told(name) for name in (*case["whole"], *case["parts"], *case.get("joint", ()))}
            stated = _parts_stated(case, told)
            whole = _sum_of_told(told, case["whole"])
            parts = _sum_of_told(told, [*case["parts"], *case.get("joint", ())])
            known = ~np.isnan(told[case["whole"][0]])
            all_told = (stated == len(case["parts"])) & (not case.get("others"))
            judged = known & (stated >= case["fewest"]) & (all_told | (parts >= whole))
            evidence.count(rule, judged)
            for report in np.flatnonzero(judged & (parts != whole)).tolist():
                whole_is_told = not any(np.isnan(told[name][report]) for name in case["whole"])
                yield rule, _sum_finding(evidence, case, told, report, None if whole_is_told else "info")


def _sum_of_told(told: Mapping[str, Floats], names: Sequence[str]) -> Floats:
    """Return the sum of figures, where those not told count for nothing."""
    total: Floats = np.sum([np.nan_to_num(told[name]) for name in names], axis=0)
    return total


def _parts_stated(case: dict[str, Any], told: dict[str, Floats]) -> Any:
    """Count the parts told; a joint figure counts for its members unless each is told, and only one of both is kept."""
    for name, members in case.get("joint", {}).items():
        each_told = ~np.isnan(sum(told[member] for member in members))
        told[name] = np.where(each_told, np.nan, told[name])
        for member in members:
            told[member] = np.where(~np.isnan(told[name]), np.nan, told[member])
    stated = sum((~np.isnan(told[name])).astype(int) for name in case["parts"])
    return stated + sum(len(of) * (~np.isnan(told[name])).astype(int) for name, of in case.get("joint", {}).items())


def check_possible_shares(evidence: Evidence, rules: Sequence[AuditRule]) -> Found:
    """Yield the shares which no count out of the possible wholes gives at the printed decimals (C3)."""
    claims = _claims(evidence, "share")
    for rule in rules:
        cases = rule.settings["cases"]
        wholes = {
            case["of"]: [np.sum([*map(evidence.figure, terms)], axis=0) for terms in case["wholes"]] for case in cases
        }
        parts = {indicator: evidence.told(indicator) for indicator in {claim.indicator for claim in claims}}
        for claim in claims:
            part = parts[claim.indicator][claim.place]
            among = wholes.get(claim.indicator, wholes["requests"] if claim.indicator.startswith("requests_") else [])
            possible = [float(100 * part / whole[claim.place]) for whole in among if whole[claim.place] > 0]
            if np.isnan(part) or not possible:
                continue
            evidence.count(rule, claim.place)
            nearest = _nearest(possible, claim.value)
            if 0 <= nearest - claim.value < 10.0**-claim.decimals:
                continue  # cut off instead of rounded
            if abs(nearest - claim.value) > 0.5 * 10.0**-claim.decimals + 1e-9:
                told = f"{evidence.quote(claim.indicator, claim.place)} | {claim.quote}"
                where = f"facts/{claim.indicator}"
                yield rule, Finding(claim.place, where, float(claim.value), round(nearest, claim.decimals + 2), told)


def check_growth(evidence: Evidence, rules: Sequence[AuditRule]) -> Found:
    """Yield the growth and the changes which do not follow from this year's figure and last year's (C4)."""
    for rule in rules:
        for kind in ("growth", "change"):
            for claim, now, before, report_id in _with_last_year(evidence, kind):
                if kind == "growth" and before == 0:
                    continue
                evidence.count(rule, claim.place)
                expected = 100 * (now / before - 1) if kind == "growth" else now - before
                if abs(expected - claim.value) > 10.0**-claim.decimals * (kind == "growth") + 1e-9:
                    yield rule, _claim_finding(claim, expected, now, before, report_id)


def check_restated(evidence: Evidence, rules: Sequence[AuditRule]) -> Found:
    """Yield the figures of the year before which that year's report tells otherwise (B4)."""
    for rule in rules:
        for claim, now, before, report_id in _with_last_year(evidence, "previous"):
            evidence.count(rule, claim.place)
            if claim.value != before:
                yield rule, _claim_finding(claim, before, now, before, report_id)


def check_same_figure(evidence: Evidence, rules: Sequence[AuditRule]) -> Found:
    """Yield the distinctive figures which the text tells of two matters unrelated to each other (F7).

    Two matters of one indicator are noted when the report is read; see the codes of the rule.
    """
    for rule in rules:
        facts = evidence.facts[evidence.facts["value"] >= rule.settings["smallest"]]
        evidence.count(rule, facts["place"].unique())
        yield from noted(evidence, rule)
        twice = facts[facts.duplicated(["place", "value"], keep=False)].sort_values(["place", "value", "start"])
        for _, group in groupby(twice.itertuples(), key=lambda fact: (fact.place, fact.value)):
            told = list(group)
            for number, one in enumerate(told):
                others = [fact for fact in told[number + 1 :] if not _are_related(rule, one.indicator, fact.indicator)]
                if others:
                    yield rule, _twice_told(evidence, rule, one, others)


def _twice_told(evidence: Evidence, rule: AuditRule, one: Any, others: Sequence[Any]) -> Finding:
    entries = [codebook.indicators[other.indicator] for other in others]
    return Finding(
        one.place,
        f"facts/{one.indicator}",
        float(one.value),
        evidence=" | ".join(evidence.quote(fact.indicator, fact.place) for fact in (one, *others)),
        words={"other": " and ".join(e.en for e in entries), "other_zh": "、".join(e.zh for e in entries)},
        severity="info" if one.value < rule.settings["distinctive"] else None,
    )


def _nearest(values: Sequence[float], value: float) -> float:
    return min(values, key=lambda other: abs(other - value))


def _are_related(rule: AuditRule, one: str, other: str) -> bool:
    """Tell whether two indicators may well have the same value, or count things of unlike kinds."""
    if one.partition("_")[0] == other.partition("_")[0]:
        return True
    if codebook.indicators[one].kind != codebook.indicators[other].kind:
        return True
    return any({one, other} <= set(group) for group in rule.settings["related"])


def _sum_finding(
    evidence: Evidence, case: dict[str, Any], told: dict[str, Floats], report: int, severity: str | None
) -> Finding:
    names = {"whole": case["whole"], "parts": [*case["parts"], *case.get("joint", ())]}
    sides = {
        side: {name: float(told[name][report]) for name in names[side] if not np.isnan(told[name][report])}
        for side in names
    }
    first = case["whole"][0]
    shown = " | ".join(" + ".join(f"{name} {plain(value)}" for name, value in side.items()) for side in sides.values())
    return Finding(
        report,
        f"facts/{first}",
        sum(sides["whole"].values()),
        sum(sides["parts"].values()),
        evidence=f"{shown} | {evidence.quote(first, report)}",
        severity=severity,
    )


def _claims(evidence: Evidence, kind: str) -> list[Any]:
    """Return the claims of a kind as tuples, with the place of their report."""
    claims = evidence.corpus.claims
    claims = claims.assign(place=report_positions(evidence.corpus, claims["report_id"]))
    return list(claims[claims["kind"] == kind].itertuples())


def _with_last_year(evidence: Evidence, kind: str) -> Iterator[tuple[Any, float, float, str]]:
    """Yield the claims of a kind with this year's figure, last year's from its own report, and that report's id."""
    figures_of = {indicator: evidence.figure(indicator) for indicator in evidence.corpus.claims["indicator"].unique()}
    before_of = dict(zip(evidence.links[1].tolist(), evidence.links[0].tolist(), strict=True))
    for claim in _claims(evidence, kind):
        if claim.place in before_of:
            now = float(figures_of[claim.indicator][claim.place])
            before = float(figures_of[claim.indicator][before_of[claim.place]])
            if not np.isnan(now + before):
                yield claim, now, before, evidence.corpus.reports["report_id"].iloc[before_of[claim.place]]


def _claim_finding(claim: Any, expected: float, now: float, before: float, report_id: str) -> Finding:
    return Finding(
        claim.place,
        f"facts/{claim.indicator}",
        float(claim.value),
        round(expected, claim.decimals + 2),
        evidence=f"{claim.quote} | {plain(now)}; {report_id}: {plain(before)}",
        words={"before": report_id, "unit": claim.unit},
    )
