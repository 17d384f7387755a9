"""What an audit found: findings by rule and group, beside how many reports there are."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

import pandas as pd
from matplotlib.axes import Axes

from govreport_kit import codebook
from govreport_kit.auditing import audited
from govreport_kit.errors import CorpusError
from govreport_kit.figures import layout
from govreport_kit.figures.heatmap import HeatCell, draw_heatmap
from govreport_kit.figures.labels import Lang, check_lang, group_label, word
from govreport_kit.figures.marks import groups_of, ids_by_group
from govreport_kit.figures.plotted import Mark, Plotted, attach, rows_of
from govreport_kit.figures.theme import themed
from govreport_kit.metrics.pooling import known_columns

if TYPE_CHECKING:
    from govreport_kit.corpus import Corpus


def findings_heatmap(
    corpus: Corpus,
    by: str | list[str] | None = "level",
    *,
    findings: pd.DataFrame | None = None,
    ax: Axes | None = None,
    lang: Lang = "en",
) -> Axes:
    """Draw how often the rules of the audit found something: one row a rule, one column a group.

    Parameters
    ----------
    corpus : Corpus
        The reports.
    by : str or list of str, optional
        Columns of ``corpus.reports`` to group the reports by.
    findings : pandas.DataFrame, optional
        What ``govreport_kit.audit(corpus)`` returns, or some of its rows; by default all of them.
    ax : matplotlib.axes.Axes, optional
        Axes to draw on; by default those of a new figure, as high as its rows need.
    lang : {"en", "zh"}
        Language of the labels.

    Returns
    -------
    matplotlib.axes.Axes
        The number in a cell counts findings; the shade tells how many there are per report of the group.
        The severity stands at the right. A blank cell says that the rule judged reports of the group and found
        nothing, a hatched one that it had nothing to judge there. Rules without findings have no row; the note
        tells how many of them judged something, and how many had nothing to judge and so say nothing.
    """
    check_lang(lang)
    found, judged_of = audited(corpus) if findings is None else (findings, None)
    if lacking := [name for name in ("rule", "severity", "report_id") if name not in found]:
        raise CorpusError(f"The frame of findings has no column {', '.join(lacking)}: give what audit() returns.")
    if found.empty:
        raise CorpusError("The audit found nothing: there is no finding to draw.")
    columns = known_columns(corpus, by)
    if judged_of is None:
        _, judged_of = audited(corpus, list(found["rule"].unique()))
    frame = _counts(found, corpus, columns, judged_of)
    judged = found.attrs.get("judged", {})
    with themed():
        drawn = ax if ax is not None else layout.new_axes()
        _draw(drawn, frame, columns, judged, lang, own_figure=ax is None)
    definitions = {rule: codebook.audit_rules[rule].en for rule in frame["rule"].unique()}
    attach(
        drawn,
        Plotted(
            "findings_heatmap", word("title.findings_heatmap", "en"), frame, definitions,
            tuple(corpus.reports["report_id"]), lang, corpus, partial(_sentences, frame, judged),
            partial(_values, frame, columns), partial(_marks, frame, columns, found),
        ),
    )  # fmt: skip
    return drawn


def _counts(found: pd.DataFrame, corpus: Corpus, columns: list[str], judged: pd.DataFrame) -> pd.DataFrame:
    """Return findings by group and rule: the groups in order, and for each every rule with findings.

    What a rule judged is not known where it found something and judges nothing now: it had the texts then.
    """
    groups = ids_by_group(corpus.reports, columns)
    first = corpus.reports.groupby(columns, observed=True, dropna=False).head(1) if columns else corpus.reports.head(1)
    first = first.sort_values(columns) if columns else first
    rules = [rule for rule in codebook.audit_rules if (found["rule"] == rule).any()]
    rows = []
    for values, group in zip(first[columns].to_dict("records"), groups_of(first, columns), strict=True):
        of_group = found[found["report_id"].isin(groups[group])]
        for rule in rules:
            hits = of_group[of_group["rule"] == rule]
            severity = found.loc[found["rule"] == rule, "severity"].astype("str").mode().iloc[0]
            rows.append(
                {**values, "rule": rule, "severity": severity, "findings": len(hits),
                 "with_findings": hits["report_id"].nunique(), "reports": len(groups[group]),
                 "judged": judged.loc[list(groups[group]), rule].sum() if judged[rule].any() else pd.NA}
            )  # fmt: skip
    frame = pd.DataFrame(rows)
    return frame.astype({column: corpus.reports[column].dtype for column in columns} | {"judged": "Int64"})


def _draw(
    ax: Axes, frame: pd.DataFrame, columns: list[str], judged: dict[str, int], lang: Lang, *, own_figure: bool
) -> None:
    rules = list(dict.fromkeys(frame["rule"]))
    groups = frame[frame["rule"] == rules[0]]
    names = [
        f"{group_label(group, lang).partition(' (')[0]}\nn={reports:,}"
        for group, reports in zip(groups[columns].to_dict("records"), groups["reports"], strict=True)
    ]
    most = (frame["findings"] / frame["reports"]).max()
    cells = [[_cell(row, most) for row in rows_of(frame[frame["rule"] == rule])] for rule in rules]
    middles = draw_heatmap(
        ax, [f"{rule} {getattr(codebook.audit_rules[rule], lang)}" for rule in rules], names, cells, even=False
    )
    severity = frame.drop_duplicates("rule").set_index("rule")["severity"]
    told = [codebook.severities[severity[rule]].zh if lang == "zh" else severity[rule] for rule in rules]
    layout.right_columns(ax, middles, [(word("severity", lang), told)])
    layout.label_values(ax, word("findings_and_reports", lang), _note(frame, judged, lang))
    layout.settle(ax, fit_height=own_figure)


def _cell(row: Any, most: float) -> HeatCell:
    if row.findings:
        return HeatCell(f"{row.findings:,}", row.findings / row.reports / most)
    if pd.isna(row.judged):
        return HeatCell("?", 0)
    return HeatCell("", 0 if row.judged else None, hatched=not row.judged)


def _idle(frame: pd.DataFrame) -> int:
    """Count the cells in which a rule had nothing to judge."""
    return int(((frame["judged"] == 0) & (frame["findings"] == 0)).sum())


def _note(frame: pd.DataFrame, judged: dict[str, int], lang: Lang) -> str:
    notes = [word("darker_per_report", lang)]
    if _idle(frame):
        notes.append(word("nothing_judged", lang))
    if (frame["judged"].isna() & (frame["findings"] == 0)).any():
        notes.append(word("judged_unknown", lang))
    if judged:
        silent = [rule for rule in judged if rule not in set(frame["rule"])]
        idle = sum(judged[rule] == 0 for rule in silent)
        notes.append(word("rules_without", lang, without=len(silent) - idle, idle=idle))
    return ("; " if lang == "en" else "；").join(notes)


def _sentences(frame: pd.DataFrame, judged: dict[str, int], lang: Lang) -> Sequence[str]:
    reports = frame[frame["rule"] == frame["rule"].iloc[0]]["reports"].sum()
    counted = word("n_findings", lang, findings=f"{frame['findings'].sum():,}", reports=f"{reports:,}")
    return [word("title.findings_heatmap", lang), counted, _note(frame, judged, lang), word("inconsistent", lang)]


def _values(frame: pd.DataFrame, columns: list[str], lang: Lang) -> Sequence[str]:
    groups = frame[columns].to_dict("records")
    found = [
        f"{row.rule}, {group_label(group, lang)}: {row.findings:,} ({row.with_findings:,}/{row.reports:,})"
        for row, group in zip(rows_of(frame), groups, strict=True)
        if row.findings
    ]
    idle = _idle(frame)
    return [*found, word("cells_idle", lang, idle=idle, cells=len(frame))] if idle else found


def _marks(frame: pd.DataFrame, columns: list[str], found: pd.DataFrame, corpus: Corpus) -> list[Mark]:
    """Return the reports with findings and where they were found."""
    groups = ids_by_group(corpus.reports, columns)
    marks = []
    for group, rule in zip(groups_of(frame, columns), frame["rule"], strict=True):
        hits = found[(found["rule"] == rule) & found["report_id"].isin(groups[group])]
        marks.append(Mark(tuple(dict.fromkeys(hits["report_id"])), tuple(dict.fromkeys(hits["where"]))))
    return marks
