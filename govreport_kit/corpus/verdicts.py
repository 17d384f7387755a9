"""A researcher's verdicts on findings: a small file beside the corpus, applied on load, never lost by a new parse."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from govreport_kit import codebook
from govreport_kit.corpus.frames import OVERLAY, frame_columns, make_frame, report_ids
from govreport_kit.errors import ArgumentError, CorpusError, UnknownKeyError

if TYPE_CHECKING:
    from govreport_kit.corpus.corpus import Corpus

VERSION = "govreport-verdicts/1"
KEY = ["report_id", "rule", "where"]
_CORRECTED = "reading_error"


def judge(
    corpus: Corpus,
    finding: Mapping[str, Any] | pd.Series[Any],
    verdict: str,
    *,
    value: float | None = None,
    note: str | None = None,
    by: str | None = None,
    date: str | None = None,
) -> Corpus:
    """Keep a researcher's verdict on a finding of `govreport_kit.auditing`.

    Parameters
    ----------
    corpus : Corpus
        The reports.
    finding : Series or mapping
        A row of the findings: ``report_id``, ``rule``, ``where`` and ``observed``.
    verdict : {"open", "confirmed", "explained", "reading_error"}
        A key of ``codebook.verdicts``.
    value : float, optional
        For a reading error: what the document says at the cell or figure where the finding stands.
    note, by, date : str, optional
        The reason, who judged, and when (ISO date).

    Returns
    -------
    Corpus
        With the verdict in ``verdicts`` and a corrected value in its frame; the value before
        stands in ``corrections``. `Corpus.save` writes verdicts into a file of their own, which a
        new parse into the same folder leaves alone and `load_corpus` applies again, as long as
        the value that was judged still stands there.

    Raises
    ------
    UnknownKeyError
        If there is no such report, rule or verdict.
    CorpusError
        If a value is missing for a reading error, or given for another verdict.
    ArgumentError
        If the finding is no row of the findings.
    """
    _require_finding(finding)
    ids = corpus.reports["report_id"]
    if not (ids == finding["report_id"]).any():
        raise UnknownKeyError("report", finding["report_id"], codebook.nearest(finding["report_id"], ids))
    given = {"verdict": verdict, "value": value, "note": note, "by": by, "date": date}
    return apply_verdicts(corpus, with_verdict(corpus.verdicts, finding, given))


def _require_finding(finding: Any) -> None:
    is_row = isinstance(finding, Mapping | pd.Series)
    lacking = [name for name in (*KEY, "observed") if not is_row or name not in finding]
    if lacking:
        raise ArgumentError(
            f"A verdict is on one row of the findings, as audit(corpus).iloc[0], not on a {type(finding).__name__}"
            f" without {', '.join(lacking)}."
        )


def apply_verdicts(corpus: Corpus, verdicts: pd.DataFrame) -> Corpus:
    """Return a corpus with these verdicts in the place of its own, and their corrections applied."""
    return replace(corpus, **corrected(corpus.frames(), verdicts), verdicts=verdicts)


def no_verdicts() -> pd.DataFrame:
    """Return the frame of verdicts without a row."""
    return _frame({column.name: [] for column in frame_columns(OVERLAY)})


def verdicts_file(corpus: Path) -> Path:
    """Return where the verdicts on a saved corpus stand: in its folder, or beside its file."""
    return corpus.with_name(f"{corpus.stem}.verdicts.csv") if corpus.suffix == ".jsonl" else corpus / "verdicts.csv"


def read_verdicts(path: Path) -> pd.DataFrame:
    """Read verdicts; there are none where there is no file.

    Raises
    ------
    CorpusError
        If the file is of another version or does not have the columns of verdicts; names the line.
    """
    if not path.is_file():
        return no_verdicts()
    names = [column.name for column in frame_columns(OVERLAY)]
    version, head, *lines = csv.reader(path.read_text("utf-8-sig").splitlines())
    if version[:1] != [VERSION] or head[: len(names)] != names:
        raise CorpusError(
            f"{path}: the first two lines must be {VERSION!r} and {','.join(names)!r}; Corpus.save writes such a file"
        )
    rows = [line for line in lines if any(line)]
    if short := [number for number, line in enumerate(lines, 3) if any(line) and len(line) < len(names)]:
        raise CorpusError(f"{path}: line {short[0]} has fewer than {len(names)} columns; complete or remove it")
    columns = {name: [line[place] or None for line in rows] for place, name in enumerate(names)}
    try:
        return _frame(columns)
    except (CorpusError, ValueError) as error:
        raise CorpusError(f"{path}: {error}") from error


def write_verdicts(verdicts: pd.DataFrame, path: Path) -> None:
    """Write verdicts in the order in which they were given; where there are none, no file is written."""
    if len(verdicts):
        path.write_text(f"{VERSION}\n" + verdicts.to_csv(index=False, lineterminator="\n"), "utf-8-sig")


def with_verdict(
    verdicts: pd.DataFrame, finding: Mapping[str, Any] | pd.Series[Any], given: dict[str, Any]
) -> pd.DataFrame:
    """Return verdicts with one more; an earlier one on the same finding gives way.

    Raises
    ------
    UnknownKeyError
        If there is no such rule or verdict.
    CorpusError
        If a value is given for a verdict that corrects nothing, or none for one that does.
    """
    codebook.audit_rules[finding["rule"]]
    codebook.verdicts[given["verdict"]]
    if (given["value"] is not None) != (given["verdict"] == _CORRECTED):
        raise CorpusError(f"the verdict {_CORRECTED!r} needs the right value (value=...), the others correct nothing")
    told = {**{name: finding[name] for name in KEY}, "published": finding["observed"], **given}
    more = _frame({column.name: [told[column.name]] for column in frame_columns(OVERLAY)})
    return pd.concat([verdicts, more], ignore_index=True).drop_duplicates(KEY, keep="last", ignore_index=True)


def corrected(frames: Mapping[str, pd.DataFrame], verdicts: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Return frames in which the corrected values stand, the published ones beside them in ``corrections``.

    A value that is neither the one which was judged nor the corrected one is left: the document or
    the reading changed, and the finding has to be judged again.
    """
    changed = dict(frames)
    made = [
        correction
        for verdict in verdicts[verdicts["verdict"] == _CORRECTED].itertuples()
        if (correction := _correct(changed, verdict)) is not None
    ]
    if made:
        before = frames["corrections"]
        columns = {str(name): [*before[name], *(row[str(name)] for row in made)] for name in before}
        changed["corrections"] = make_frame("corrections", columns, report_ids(frames["reports"]))
    return changed


def _correct(frames: dict[str, pd.DataFrame], verdict: Any) -> dict[str, Any] | None:
    """Put a corrected value into its frame, a copy of which takes the place of the frame."""
    table, row, column = (*verdict.where.split("/"), "", "")[:3]
    value_name, *names = _columns_of_a_value(table)
    frame = frames[table]
    mine = frame["report_id"] == verdict.report_id
    for name, key in zip(names, (row, column), strict=False):
        mine &= frame[name] == key
    if mine.sum() != 1 or not _was_judged(frame.loc[mine, value_name].iloc[0], verdict):
        return None
    old = frame[mine].iloc[0]
    new = {value_name: verdict.value} | ({"state": "reported" if verdict.value else "zero"} if "state" in old else {})
    frames[table] = frame = frame.copy()
    frame.loc[mine, list(new)] = list(new.values())
    return {
        "report_id": verdict.report_id, "table": table, "row": row, "column": column,
        "read": old[value_name], "read_state": old.get("state", "reported"), "value": verdict.value,
        "reason": "verdict", "start": old["start"], "end": old["end"],
    }  # fmt: skip


def _columns_of_a_value(table: str) -> tuple[str, ...]:
    """Return the column of the values of a frame, and those that name a value."""
    if table == "facts":
        return "value", "indicator"
    if table not in codebook.tables:
        raise CorpusError(f"a value stands at table/row/column or facts/indicator; {table!r} is no table and not facts")
    names = codebook.tables[table]
    return names.value_name, names.row_name, names.column_name


def _was_judged(value: Any, verdict: Any) -> bool:
    """Tell whether the value that stands there is the one that was judged; a blank may have been judged, too."""
    if pd.isna(value):
        return bool(pd.isna(verdict.published))
    return bool(not pd.isna(verdict.published) and float(value) == verdict.published and value != verdict.value)


def _frame(columns: Mapping[str, Any]) -> pd.DataFrame:
    typed = {**columns, **{name: _numbers(columns[name]) for name in ("published", "value")}}
    typed["date"] = pd.to_datetime(pd.Series(columns["date"], dtype=object)).dt.as_unit("s")
    return make_frame(OVERLAY, typed, pd.Index([], dtype="str"))


def _numbers(values: Any) -> Any:
    return pd.array([None if pd.isna(value) else float(value) for value in values], dtype="Float64")
