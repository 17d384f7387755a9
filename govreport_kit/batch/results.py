"""Outcomes to reports and their frames, part by part: the memory is that of one part."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import Any

import pandas as pd

from govreport_kit.batch.cache import Cache
from govreport_kit.batch.gather import Gathered
from govreport_kit.batch.progress import progress_bar
from govreport_kit.corpus.frames import frame_columns, make_frames, report_ids, validate_frame
from govreport_kit.corpus.identity import with_unique_ids
from govreport_kit.corpus.records import columns_of, report_faults
from govreport_kit.errors import DocumentError, GovReportError
from govreport_kit.report import Report

Frames = dict[str, pd.DataFrame]

_REPORTS_IN_A_PART = 250


class Results:
    """What came of the documents, in their order.

    Parameters
    ----------
    files : sequence of Path
        The documents.
    gathered : Gathered
        Which of them are reports.
    cache : Cache
        Holds the reports.
    progress : bool
        Whether to show a progress bar.
    """

    def __init__(self, files: Sequence[Path], gathered: Gathered, cache: Cache, progress: bool) -> None:
        self._files = files
        self._gathered = gathered
        self._cache = cache
        self._progress = progress
        self._failures = dict(gathered.failures)

    @property
    def failures(self) -> list[DocumentError]:
        """What could not be read, in the order of the files; whole when all parts were taken."""
        return [self._failures[file] for file in self._files if file in self._failures]

    def parts(self) -> Iterator[tuple[list[Report], Frames]]:
        """Yield the reports with their frames; a report which frames cannot hold becomes a failure."""
        reports = self._reports()
        with progress_bar("writing", len(self._gathered.reports), self._progress) as bar:
            while part := self._next_part(reports):
                yield part
                bar.update(len(part[0]))

    def _next_part(self, reports: Iterator[Report]) -> tuple[list[Report], Frames] | None:
        with _no_search_for_cycles():
            part = list(islice(reports, _REPORTS_IN_A_PART))
            return self._sound(part) if part else None

    def _reports(self) -> Iterator[Report]:
        """Yield the reports, told apart where they have the same id; see `Corpus.from_reports`."""
        by_id: dict[str, list[Path]] = {}
        for file in self._files:
            if file in self._gathered.reports:
                by_id.setdefault(self._gathered.reports[file][0], []).append(file)
        for files in by_id.values():
            yield from with_unique_ids(map(self._report, files))

    def _report(self, file: Path) -> Report:
        report_id, digest = self._gathered.reports[file]
        outcome = self._cache.find(digest)
        if outcome is None:
            raise GovReportError(f"The cache lost {str(file)!r} on the way; run again, or use cache=False (--no-cache)")
        report = Report.from_json(outcome.text)
        return replace(report, id=report_id, source=replace(report.source, path=str(file)))

    def _sound(self, reports: list[Report]) -> tuple[list[Report], Frames]:
        try:
            return reports, frames_of(reports)
        except (GovReportError, ValueError, TypeError):
            # The frames tell that something is wrong; which report it is costs more to find out.
            faults = {report.id: report_faults(report) for report in reports}
        for report in reports:
            if faults[report.id]:
                self._refuse(report, faults[report.id])
        sound = [report for report in reports if not faults[report.id]]
        return sound, frames_of(sound)

    def _refuse(self, report: Report, faults: list[str]) -> None:
        path = str(report.source.path)
        message = f"{'; '.join(faults[:3])}; this is a fault of the kit: please report it with the document"
        self._failures[Path(path)] = DocumentError(path, "invalid", message)


@contextmanager
def _no_search_for_cycles() -> Iterator[None]:
    """Spare a fifth of the time: a part makes a hundred thousand objects, none of which hold each other."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def frames_of(reports: Sequence[Report]) -> Frames:
    """Return the checked frames of some reports."""
    return _checked(columns_of(reports) | {"failures": _failure_columns([])})


def frames_of_failures(failures: Sequence[DocumentError]) -> Frames:
    """Return frames which hold failures only."""
    return _checked(columns_of([]) | {"failures": _failure_columns(failures)})


def _failure_columns(failures: Sequence[DocumentError]) -> dict[str, list[str]]:
    """Return the columns of the frame ``failures``."""
    names = [column.name for column in frame_columns("failures")]
    return {name: [getattr(failure, name) for failure in failures] for name in names}


def _checked(columns: Mapping[str, Mapping[str, list[Any]]]) -> Frames:
    frames = make_frames(columns)
    ids = report_ids(frames["reports"])
    for name, frame in frames.items():
        validate_frame(name, frame, ids)
    return frames
