"""Errors planted in sound reports, with a key: what an audit has to find, and nothing else."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

import numpy as np
import pandas as pd

from govreport_kit.codebook import nearest
from govreport_kit.errors import UnknownKeyError
from govreport_kit.report import Report
from govreport_kit.simulate.planting.changes import changed
from govreport_kit.simulate.planting.documents import DOCUMENT_RULES, Planted
from govreport_kit.simulate.planting.figures import RULES
from govreport_kit.simulate.planting.panel import PANEL_RULES

_KEY = ["report_id", "rule", "table", "row", "column", "true", "planted"]
_Years = Mapping[tuple[str | None, int], Report]


def plant_errors(
    reports: Iterable[Report],
    rules: Collection[str],
    rng: int | np.random.Generator = 0,
    *,
    share: float = 0.1,
) -> tuple[list[Report], pd.DataFrame]:
    """Plant one error each in some of the reports.

    Parameters
    ----------
    reports : iterable of Report
        Sound ones, as `synthetic_report` gives them, or those of `synthetic_corpus` in the order of
        their years.
    rules : collection of str
        The kinds of error to plant: keys of `RULES` (the figures of a report), of `PANEL_RULES`
        (what other reports show; that of the year before must come first) and of
        `DOCUMENT_RULES` (what is read from a document: the reports need `text`). A kind is the rule
        of the audit that it breaks, and behind a dot what sets it apart from other kinds; ``A.cell``
        may break any rule of group A.
    rng : int or numpy.random.Generator
        The same seed plants the same errors.
    share : float
        The share of reports to plant an error in. A report in which the chosen rule cannot be
        broken, because a cell is blank or the level does not fit, stays sound.

    Returns
    -------
    tuple of (list of Report, pandas.DataFrame)
        The reports in their order, and the key: one row a changed figure, with the columns
        report_id, rule, table, row, column, true, planted. For a figure of the running text the
        table is ``facts`` and the row its indicator; for a claim it is ``claims``, with the kind of
        claim as the column. For words the table is ``text``, the row the section and `planted` the
        words.

    Raises
    ------
    UnknownKeyError
        If there is no such rule.
    """
    known = {**RULES, **PANEL_RULES, **DOCUMENT_RULES}
    for rule in rules:
        if rule not in known:
            raise UnknownKeyError("rule to break", rule, nearest(rule, known))
    rng = np.random.default_rng(rng)
    listed = sorted(rules)
    planted, key = [], []
    by_year: dict[tuple[str | None, int], Report] = {}
    for report in reports:
        if listed and rng.random() < share:
            rule = listed[rng.integers(len(listed))]
            if broken := _broken(rule, report, by_year, rng):
                report, rows = broken
                key += [(report.id, rule, *row) for row in rows]
        planted.append(report)
        by_year[report.agency, report.year or 0] = report
    return planted, pd.DataFrame(key, columns=_KEY)


def _broken(rule: str, report: Report, by_year: _Years, rng: np.random.Generator) -> Planted:
    """Return the report with the error and the rows of the key; None where the rule cannot be broken."""
    if rule in DOCUMENT_RULES:
        return DOCUMENT_RULES[rule](report, rng) if report.text else None
    if rule in RULES:
        return changed(report, RULES[rule](report, rng), rng)
    before = by_year.get((report.agency, (report.year or 0) - 1))
    return changed(report, PANEL_RULES[rule](report, before, rng), rng) if before else None


__all__ = ["DOCUMENT_RULES", "PANEL_RULES", "RULES", "plant_errors"]
