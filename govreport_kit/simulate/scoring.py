"""What an audit found of the errors that were planted, and what it found elsewhere."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from govreport_kit import codebook

_COLUMNS = ["planted", "found", "at_place", "recall", "elsewhere", "precision"]


def score_findings(
    findings: pd.DataFrame, key: pd.DataFrame, reports: pd.DataFrame, texts: Mapping[str, str] | None = None
) -> pd.DataFrame:
    """Compare the findings of an audit with the key of the errors that were planted.

    Parameters
    ----------
    findings : pandas.DataFrame
        As ``govreport_kit.audit`` gives them.
    key : pandas.DataFrame
        As `plant_errors` gives it.
    reports : pandas.DataFrame
        ``corpus.reports`` of the corpus that was judged.
    texts : mapping of str to str, optional
        The texts of the documents by report id, without which the place of words cannot be told.

    Returns
    -------
    pandas.DataFrame
        One row a kind of error (index ``rule``): how many reports it was planted in (``planted``),
        in how many of them its rule found something (``found``), and in how many it named the place
        (``at_place``): the figure, if one was changed; a row or column of them, if several were; the
        words or the part. ``recall`` is found / planted. ``elsewhere`` counts findings of that rule,
        of its own severity or above, in reports without an error, leaving out those which follow
        one with an error, as the next year may not agree with it; ``precision`` is
        found / (found + elsewhere).
    """
    by_report = {report: list(rows.itertuples()) for report, rows in findings.groupby("report_id")}
    free = findings[~findings["report_id"].isin(_touched(key, reports)) & _is_as_severe_as_its_rule(findings)]
    rows = {}
    for kind, planted in key.groupby("rule"):
        cases = []
        for report, changed in planted.groupby("report_id"):
            told = [finding for finding in by_report.get(report, ()) if _is_of(finding.rule, str(kind))]
            cases.append((told, list(changed.itertuples())))
        found = sum(bool(told) for told, _ in cases)
        at_place = sum(any(_names(one, changed, texts or {}) for one in told) for told, changed in cases)
        elsewhere = sum(_is_of(rule, str(kind)) for rule in free["rule"])
        precision = found / (found + elsewhere) if found + elsewhere else float("nan")
        rows[kind] = (len(cases), found, at_place, found / len(cases), elsewhere, precision)
    return pd.DataFrame.from_dict(rows, orient="index", columns=_COLUMNS).rename_axis("rule")


def _is_as_severe_as_its_rule(findings: pd.DataFrame) -> pd.Series[bool]:
    order = list(codebook.severities)
    own = findings["rule"].astype(object).map(lambda rule: order.index(codebook.audit_rules[rule].severity))
    return findings["severity"].astype(object).map(order.index) <= own


def _touched(key: pd.DataFrame, reports: pd.DataFrame) -> set[str]:
    """Return the reports with an error and those of the same agency in the year after."""
    ids = {
        (agency, year): report for report, agency, year in reports[["report_id", "agency", "year"]].itertuples(False)
    }
    planted = set(key["report_id"])
    after = {ids.get((agency, year + 1)) for (agency, year), report in ids.items() if report in planted}
    return planted | {report for report in after if report}


def _is_of(rule: Any, kind: str) -> bool:
    """Tell whether a rule is that of a kind of error, or one of its group."""
    base = kind.partition(".")[0]
    return bool(rule == base or (len(base) == 1 and rule.startswith(base)))


def _names(finding: Any, changed: Sequence[Any], texts: Mapping[str, str]) -> bool:
    table, *parts = finding.where.split("/")
    if table == "text":
        return any(_tells_part(finding, row) or _overlaps(finding, row, texts) for row in changed)
    if table == "sections":
        return any(row.row in parts for row in changed)
    if table in ("tables", "facts", "reports"):
        own = [row.row for row in changed if row.table in ("facts", "claims", "reports")]
        return table == "tables" or bool({*parts} & {*own}) or any(row in finding.evidence for row in own)
    rows = [row for row in changed if row.table == table]
    if not parts:
        return bool(rows)
    if len(changed) == 1:
        return any(parts == [row.row, row.column] for row in rows)
    return any(parts[0] in (row.row, row.column) or parts[-1] == row.column for row in rows)


def _tells_part(finding: Any, row: Any) -> bool:
    """Tell whether the evidence names the cell, or the heading of the section."""
    heading = codebook.sections[row.row].zh if row.row in codebook.sections else None
    return f"{row.row}/{row.column}:" in finding.evidence or (heading is not None and heading in finding.evidence)


def _overlaps(finding: Any, row: Any, texts: Mapping[str, str]) -> bool:
    """Tell whether a span of the text touches the words that were planted."""
    text, span = texts.get(finding.report_id, ""), finding.where.partition("/")[2]
    if not span:
        return False
    start, end = map(int, span.split("-"))
    for line in str(row.planted).split("\n"):
        place = text.find(line)
        if place >= 0 and place < end and start < place + len(line):
            return True
    return False
