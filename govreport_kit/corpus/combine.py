"""Parts of corpora and unions of them, frame by frame."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import pandas as pd

from govreport_kit import codebook
from govreport_kit.corpus.frames import FRAMES, frame_columns, make_frame, make_frames, report_ids, some, vocabulary
from govreport_kit.corpus.identity import without_path
from govreport_kit.errors import CorpusError, UnknownKeyError
from govreport_kit.report import Report

if TYPE_CHECKING:
    from govreport_kit.corpus.corpus import Corpus


def selected(frames: Mapping[str, pd.DataFrame], mask: Any, columns: Mapping[str, Any]) -> dict[str, pd.DataFrame]:
    """Keep the rows of some reports in every frame; see `Corpus.select`."""
    reports = frames["reports"]
    wanted = pd.Series(True, index=reports.index)
    if mask is not None:
        wanted &= _fitting(mask, reports.index)
    for name, values in columns.items():
        wanted &= reports[_known_column(name)].isin(_known_values(name, values))
    ids = reports["report_id"][wanted]
    kept = {name: frame[frame["report_id"].isin(ids)] for name, frame in frames.items() if name != "failures"}
    return make_frames(kept | {"failures": frames["failures"]})


def owners_of_ids(corpora: Sequence[Corpus], last_wins: bool) -> tuple[dict[str, int], list[str]]:
    """Tell from which corpus to take each report, and which ids stand for different contents."""
    owners: dict[str, int] = {}
    conflicts: dict[str, None] = {}
    for number, corpus in enumerate(corpora):
        ids = corpus.reports["report_id"].tolist()
        known = [report_id for report_id in ids if report_id in owners]
        mine = _contents(corpus, known)
        kept: dict[str, Report] = {}
        for owner in {owners[report_id] for report_id in known}:
            kept |= _contents(corpora[owner], [report_id for report_id in known if owners[report_id] == owner])
        differing = [report_id for report_id in known if mine[report_id] != kept[report_id]]
        conflicts |= dict.fromkeys(differing)
        owners |= dict.fromkeys(differing if last_wins else [], number)
        owners |= {report_id: number for report_id in ids if report_id not in owners}
    return owners, list(conflicts)


def concatenated(parts: Sequence[Mapping[str, pd.DataFrame]]) -> dict[str, pd.DataFrame]:
    """Put frames of different reports below each other; a failure listed twice is listed once."""
    ids = report_ids(pd.concat([part["reports"] for part in parts]))
    frames = {
        name: pd.concat([make_frame(name, part[name], ids) for part in parts], ignore_index=True) for name in FRAMES
    }
    return make_frames(frames | {"failures": frames["failures"].drop_duplicates()})


def _contents(corpus: Corpus, ids: list[str]) -> dict[str, Report]:
    part = corpus.select(corpus.reports["report_id"].isin(ids))
    return {report.id: without_path(report) for report in part.iter_reports()}


def _fitting(mask: Any, index: pd.Index[int]) -> pd.Series[bool]:
    if len(mask) != len(index):
        raise CorpusError(
            f"the mask has {len(mask)} values and must have one for each of the {len(index)} rows of reports"
        )
    if isinstance(mask, pd.Series) and not mask.index.equals(index):
        raise CorpusError(
            f"the mask has one value for each of the {len(index)} rows of reports, but another index: it begins with"
            f" {some(mask.index, 3)}, that of reports with {some(index, 3)}; make it from corpus.reports, or give"
            " mask.to_numpy() if its values stand in the order of the reports"
        )
    return pd.Series(mask, index=index).astype("boolean").fillna(False).astype(bool)


def _known_column(name: str) -> str:
    names = [column.name for column in frame_columns("reports")]
    if name not in names:
        raise UnknownKeyError("column of reports", name, codebook.nearest(name, names), names)
    return name


def _known_values(name: str, values: Any) -> list[Any]:
    listed = [values] if isinstance(values, str) or not isinstance(values, Iterable) else list(values)
    column = next(column for column in frame_columns("reports") if column.name == name)
    for value in listed if column.vocabulary else []:
        if value not in vocabulary(column.vocabulary):
            known = vocabulary(column.vocabulary)
            raise UnknownKeyError(column.vocabulary, value, codebook.nearest(value, known), known)
    return listed
