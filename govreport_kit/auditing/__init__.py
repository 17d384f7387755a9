"""An audit asks of the data what a referee would ask, before the first rate.

Rules are data (``codebook.audit_rules``); a check is one small function that judges all reports by
one rule. A finding says "inconsistent" and shows both values and the evidence: what it means is for
the reader to judge (see `govreport_kit.judge`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

import pandas as pd

from govreport_kit import codebook
from govreport_kit.auditing.against_text import check_claim_against_table, check_text_against_table
from govreport_kit.auditing.arithmetic import check_identities
from govreport_kit.auditing.blanks import check_blanks
from govreport_kit.auditing.claims import (
    check_growth,
    check_possible_shares,
    check_restated,
    check_same_figure,
    check_told_sums,
)
from govreport_kit.auditing.continuity import check_links
from govreport_kit.auditing.copies import check_members, check_stale_copies
from govreport_kit.auditing.evidence import Evidence
from govreport_kit.auditing.findings import FINDING_COLUMNS, Finding, findings_frame, with_verdicts
from govreport_kit.auditing.implausible import check_jumps, check_shares, check_values
from govreport_kit.auditing.noticed import check_notes, check_short_sections
from govreport_kit.auditing.publication import check_publication
from govreport_kit.auditing.shared_text import check_text_reuse
from govreport_kit.auditing.suspected_versions import check_suspected_versions
from govreport_kit.auditing.unusual_cells import check_unusual_cells
from govreport_kit.auditing.versions import check_versions
from govreport_kit.auditing.zeros import check_all_zero
from govreport_kit.codebook.entries import AuditRule
from govreport_kit.corpus import Corpus
from govreport_kit.corpus.arguments import require_corpus
from govreport_kit.errors import ArgumentError

Found = Iterator[tuple[AuditRule, Finding]]

# A check gets all rules that name it, as one cause may break several of them.
CHECKS: dict[str, Callable[[Evidence, Sequence[AuditRule]], Found]] = {
    "identity": check_identities,
    "blanks": check_blanks,
    "link": check_links,
    "text_against_table": check_text_against_table,
    "claim_against_table": check_claim_against_table,
    "value": check_values,
    "jump": check_jumps,
    "share": check_shares,
    "stale_copy": check_stale_copies,
    "members": check_members,
    "note": check_notes,
    "unusual_cell": check_unusual_cells,
    "short_section": check_short_sections,
    "publication": check_publication,
    "versions": check_versions,
    "suspected_versions": check_suspected_versions,
    "all_zero": check_all_zero,
    "told_sum": check_told_sums,
    "possible_share": check_possible_shares,
    "growth": check_growth,
    "restated": check_restated,
    "same_figure": check_same_figure,
    "text_reuse": check_text_reuse,
}


def audit(
    corpus: Corpus, rules: str | Iterable[str] | None = None, *, texts: Mapping[str, str] | None = None
) -> pd.DataFrame:
    """Judge the reports by the rules of the catalogue.

    Parameters
    ----------
    corpus : Corpus
        The reports.
    rules : str or iterable of str, optional
        A key of ``codebook.audit_rules`` (``"A1"``) or a letter of its groups (``"A"``), or several; all by
        default.
    texts : mapping of str to str, optional
        Texts of the documents by report id, for the rules which need them (F5); `texts_of` reads
        them again from the documents of the corpus.

    Returns
    -------
    pandas.DataFrame
        One row a finding: rule, severity (error, warning, info), report_id, where, observed and
        expected (``Float64``), difference (observed - expected), evidence, message_en, message_zh,
        follows (what else fails by the same cause), verdict. Nothing is raised: what a finding
        means is for the reader to decide. ``attrs["judged"]`` tells for each rule how many sums,
        figures or reports it could judge: with 0 it says nothing, not that all is well.

    Raises
    ------
    UnknownKeyError
        If there is no such rule; names the nearest.
    ArgumentError
        If something else than a corpus is given.
    """
    findings, _ = audited(corpus, rules, texts=texts)
    return findings


def audited(
    corpus: Corpus, rules: str | Iterable[str] | None = None, *, texts: Mapping[str, str] | None = None
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Judge the reports as `audit` does, and tell of each report what each rule could judge.

    Parameters
    ----------
    corpus, rules, texts
        As in `audit`.

    Returns
    -------
    pandas.DataFrame, pandas.DataFrame
        The findings, and how many sums, figures or reports were judged: one row a report of the corpus in
        its order, one column a rule (``int64``).

    Raises
    ------
    UnknownKeyError
        If there is no such rule; names the nearest.
    ArgumentError
        If something else than a corpus is given.
    """
    require_corpus(corpus)
    evidence = Evidence(corpus, texts or {})
    chosen = _chosen(rules)
    findings = with_verdicts(findings_frame(_found(evidence, chosen), corpus.reports["report_id"]), corpus.verdicts)
    judged = pd.DataFrame({rule.key: evidence.judged_by(rule) for rule in chosen}, corpus.reports["report_id"])
    findings.attrs["judged"] = {str(rule): int(count) for rule, count in judged.sum().items()}
    return findings, judged


def overview(findings: pd.DataFrame, language: str = "en") -> pd.DataFrame:
    """Count what each rule judged and found.

    Parameters
    ----------
    findings : pandas.DataFrame
        As `audit` gives them.
    language : {"en", "zh"}
        The language of the rules.

    Returns
    -------
    pandas.DataFrame
        One row a rule: ``rule``, ``severity``, ``judged`` (how many sums, figures or reports; 0 where
        the corpus does not hold what the rule needs), ``findings``, ``reports`` (with findings),
        ``statement``: the rule as a sentence, and ``needs``: where nothing could be judged, what the
        rule needs beyond the figures of a single report and how to give it, else empty.

    Raises
    ------
    ArgumentError
        If the frame does not tell what was judged.
    """
    judged = getattr(findings, "attrs", {}).get("judged")
    if judged is None:
        raise ArgumentError(
            "The findings do not tell what each rule judged (attrs['judged']), which is lost where they are merged,"
            " concatenated or read from a file: give what audit(corpus) returns, or rows of it."
        )
    rules = [codebook.audit_rules[key] for key in judged]
    by_rule = findings.groupby("rule", observed=False)["report_id"]
    counts, reports = by_rule.size(), by_rule.nunique()
    return pd.DataFrame(
        {
            "rule": [rule.key for rule in rules],
            "severity": [rule.severity for rule in rules],
            "judged": [judged[rule.key] for rule in rules],
            "findings": [int(counts[rule.key]) for rule in rules],
            "reports": [int(reports[rule.key]) for rule in rules],
            "statement": [getattr(rule, language) for rule in rules],
            "needs": ["" if judged[rule.key] else _needs(rule, language) for rule in rules],
        }
    )


def _needs(rule: AuditRule, language: str) -> str:
    return ("; " if language == "en" else "；").join(getattr(codebook.audit_needs[key], language) for key in rule.needs)


def _found(evidence: Evidence, rules: Sequence[AuditRule]) -> Found:
    for check in dict.fromkeys(rule.check for rule in rules):
        yield from CHECKS[check](evidence, [rule for rule in rules if rule.check == check])


def _chosen(rules: str | Iterable[str] | None) -> list[AuditRule]:
    if rules is None:
        return list(codebook.audit_rules.values())
    wanted = {rules} if isinstance(rules, str) else set(rules)
    for key in wanted - set(codebook.rule_groups):
        codebook.audit_rules[key]
    return [rule for rule in codebook.audit_rules.values() if {rule.key, rule.group} & wanted]


__all__ = ["FINDING_COLUMNS", "audit", "audited", "overview"]
