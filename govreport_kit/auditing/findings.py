"""Findings: what a check saw, where, and in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from govreport_kit import codebook
from govreport_kit.auditing.places import place_in_words
from govreport_kit.codebook.entries import AuditRule
from govreport_kit.corpus.verdicts import KEY

FINDING_COLUMNS = (
    "rule", "severity", "report_id", "where", "observed", "expected", "difference", "evidence",
    "message_en", "message_zh", "follows", "verdict",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding of a check.

    Attributes
    ----------
    report : int
        Place of the report in ``corpus.reports``.
    where : str
        A cell as ``table/row/column``, an indicator, or a span ``start-end`` of the document's text.
    observed, expected : float or None
        The two values which do not agree.
    evidence : str
        The cells with their values, or the quote.
    follows : tuple of str
        What else does not hold because of the same cause, as ``RULE where``.
    words : mapping
        Further words for the message of the rule.
    messages : mapping, optional
        Messages by language (``en``, ``zh``) in the place of the rule's own.
    severity : str or None
        Where it is not the rule's own.
    """

    report: int
    where: str
    observed: float | None = None
    expected: float | None = None
    evidence: str = ""
    follows: tuple[str, ...] = ()
    words: Mapping[str, Any] = field(default_factory=dict)
    messages: Mapping[str, str] | None = None
    severity: str | None = None


def findings_frame(found: Iterable[tuple[AuditRule, Finding]], report_ids: pd.Series[str]) -> pd.DataFrame:
    """Return findings as a frame, in the order of the reports, then of the rules.

    Parameters
    ----------
    found : iterable of (AuditRule, Finding)
        What the checks gave.
    report_ids : Series of str
        ``corpus.reports["report_id"]``.
    """
    order = {rule: place for place, rule in enumerate(codebook.audit_rules)}
    listed = sorted(found, key=lambda pair: (pair[1].report, order[pair[0].key]))
    rows = [_row(rule, finding, report_ids.iloc[finding.report]) for rule, finding in listed]
    frame = pd.DataFrame(rows, columns=list(FINDING_COLUMNS)).astype(
        {"observed": "Float64", "expected": "Float64", "difference": "Float64"}
    )
    frame["rule"] = pd.Categorical(frame["rule"], list(codebook.audit_rules))
    frame["severity"] = pd.Categorical(frame["severity"], list(codebook.severities))
    frame["verdict"] = pd.Categorical(frame["verdict"], list(codebook.verdicts))
    return frame


def with_verdicts(findings: pd.DataFrame, verdicts: pd.DataFrame) -> pd.DataFrame:
    """Return findings with what was made of them."""
    judged = findings[KEY].merge(verdicts[[*KEY, "verdict"]], how="left", on=KEY)["verdict"].fillna("open")
    return findings.assign(verdict=pd.Categorical(judged, list(codebook.verdicts)))


def _row(rule: AuditRule, finding: Finding, report_id: str) -> tuple[Any, ...]:
    words = {
        "observed": Figure(finding.observed),
        "expected": Figure(finding.expected),
        **finding.words,
    }
    difference = None
    if finding.observed is not None and finding.expected is not None:
        difference = finding.observed - finding.expected
    messages = finding.messages or {"en": rule.message_en, "zh": rule.message_zh}
    return (
        rule.key, finding.severity or rule.severity, report_id, finding.where, finding.observed, finding.expected,
        difference, finding.evidence, *(_message(messages, language, finding, words) for language in ("en", "zh")),
        "; ".join(finding.follows), "open",
    )  # fmt: skip


def _message(messages: Mapping[str, str], language: str, finding: Finding, words: Mapping[str, Any]) -> str:
    return messages[language].format_map({"where": place_in_words(finding.where, language), **words})


class Figure:
    """A figure in a message: without needless decimals, or in the format that the message asks for."""

    def __init__(self, value: float | None) -> None:
        self.value = value

    def __format__(self, form: str) -> str:
        """Write the figure."""
        return format(self.value, form) if form and self.value is not None else plain(self.value)


def plain(value: float | None) -> str:
    """Write a figure without needless decimals."""
    return "" if value is None else f"{value:.12g}"
