"""Many reports as tidy frames: build, save, load, merge, narrow, and lay out as a panel."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from os import PathLike
from pathlib import Path
from typing import Any, Literal

import pandas as pd

from govreport_kit import codebook
from govreport_kit.corpus.combine import concatenated, owners_of_ids, selected
from govreport_kit.corpus.copies import HandsOutCopies
from govreport_kit.corpus.coverage import corpus_html, corpus_text, make_summary
from govreport_kit.corpus.fingerprint import frames_fingerprint
from govreport_kit.corpus.frames import OVERLAY, frame_columns, make_frames, report_ids, some, validate_frame
from govreport_kit.corpus.identity import with_unique_ids
from govreport_kit.corpus.panel import make_panel
from govreport_kit.corpus.records import REPORT_FRAMES, columns_of, report_of, require_sound, rows_by_report
from govreport_kit.corpus.storage import write_folder
from govreport_kit.corpus.verdicts import KEY, no_verdicts, verdicts_file, write_verdicts
from govreport_kit.corpus.versions import latest
from govreport_kit.errors import CorpusError, UnknownKeyError
from govreport_kit.report import Report

CHUNK = 500


@dataclass(frozen=True, eq=False, repr=False)
class Corpus(HandsOutCopies):
    """Parsed reports as plain DataFrames in long form.

    Every column of every frame is described, in English and Chinese, in ``codebook.frame_columns``.
    Counts are in 件 (requests, cases); a blank cell has the count ``<NA>``, never 0. A frame is handed out
    as a copy: ``dataclasses.replace(corpus, facts=changed)`` makes a corpus with another one.

    Attributes
    ----------
    reports : pandas.DataFrame
        One row a report: report_id, title, agency, level, office, scope, province, region_code,
        year, form, published, complete, path, url, copy, sha256, media_type, encoding.
    requests, reviews : pandas.DataFrame
        Cells of the tables of requests (row, applicant, count) and of reviews (channel, outcome,
        count), with state, source, start, end. The applicant (outcome) ``total`` is the printed
        total and never a part.
    disclosure : pandas.DataFrame
        Cells of the table of proactive disclosure: item, measure, value, state, unit, source,
        start, end.
    facts : pandas.DataFrame
        Figures of the running text: indicator, value, unit, approx, quote, section, start, end.
    sections, notes : pandas.DataFrame
        Sections of the reports (number, key, title) and what was noticed in them (code, message).
    claims : pandas.DataFrame
        What the running text says about figures: kind (share, growth, change, previous), indicator,
        value, unit, decimals, quote, start, end.
    corrections : pandas.DataFrame
        Cells whose value is not the one that was read: table, row, column, read, read_state, value,
        reason, start, end. The tables' frames hold `value`.
    failures : pandas.DataFrame
        What could not be read: path, kind, message.

    See Also
    --------
    load_corpus : The bundled figures, or a saved corpus.
    """

    reports: pd.DataFrame
    requests: pd.DataFrame
    disclosure: pd.DataFrame
    reviews: pd.DataFrame
    facts: pd.DataFrame
    sections: pd.DataFrame
    claims: pd.DataFrame
    corrections: pd.DataFrame
    notes: pd.DataFrame
    failures: pd.DataFrame
    verdicts: pd.DataFrame = field(default_factory=no_verdicts)

    @classmethod
    def from_reports(cls, reports: Iterable[Report], failures: Iterable[Mapping[str, str]] = ()) -> Corpus:
        """Gather reports into frames.

        Parameters
        ----------
        reports : iterable of Report
            The parsed reports. Where two give the same id (year/agency) and the same content, one
            is kept and gets a note ``duplicate_document`` naming the other file or address. Where
            their contents differ, each keeps its figures, gets a note ``second_document``, and its
            id is lengthened by ``#`` and the first eight digits of the SHA-256 of its file (of its
            figures, where no hash of a file tells them apart), so that the ids do not depend on
            the order of reading.
        failures : iterable of mapping
            ``path``, ``kind`` (a key of ``codebook.failures``) and ``message`` of each document
            that could not be read.

        Raises
        ------
        CorpusError
            If a report holds something that the parsed-report format has no place for;
            `govreport_kit.corpus.records.report_faults` tells beforehand.
        """
        reports = list(reports)
        for report in reports:
            require_sound(report)
        kept = with_unique_ids(reports)
        listed = list(failures)
        columns = columns_of(kept)
        columns["failures"] = {
            column.name: [row[column.name] for row in listed] for column in frame_columns("failures")
        }
        corpus = cls(**make_frames(columns))
        corpus.validate()
        return corpus

    def __len__(self) -> int:
        return len(self.reports)

    def frames(self) -> dict[str, pd.DataFrame]:
        """Return the frames by name, without the verdicts, which are no part of what was read."""
        return {field.name: getattr(self, field.name) for field in fields(self) if field.name != OVERLAY}

    def fingerprint(self) -> str:
        """Return a SHA-256 of the frames: two corpora with the same one hold the same figures in the same order."""
        return frames_fingerprint(self.frames())

    def report(self, report_id: str) -> Report:
        """Return one report as it was parsed; its text is not part of a corpus.

        Raises
        ------
        UnknownKeyError
            If the corpus has no report of that id.
        """
        ids = self.reports["report_id"]
        if not (ids == report_id).any():
            raise UnknownKeyError("report", report_id, codebook.nearest(report_id, ids))
        return next(self.select(ids == report_id).iter_reports())

    def iter_reports(self) -> Iterator[Report]:
        """Yield the reports in the order of the frame ``reports``."""
        for start in range(0, len(self), CHUNK):
            ids = self.reports["report_id"].iloc[start : start + CHUNK]
            part = self.select(self.reports["report_id"].isin(ids))
            rows = {frame: rows_by_report(frame, getattr(part, frame)) for frame in REPORT_FRAMES}
            for report_id in ids:
                yield report_of({frame: by_report.get(report_id, []) for frame, by_report in rows.items()})

    def to_jsonl(self, path: str | PathLike[str]) -> None:
        """Write the reports in the parsed-report format, one a line; failures are not part of it."""
        with Path(path).open("w", encoding="utf-8", newline="\n") as lines:
            lines.writelines(report.to_json() + "\n" for report in self.iter_reports())

    def save(self, folder: str | PathLike[str]) -> None:
        """Save the corpus: one Parquet file a frame and ``corpus.json`` with the SHA-256 of each.

        Verdicts are written beside them, as ``verdicts.csv``.

        Raises
        ------
        CorpusError
            If a frame was changed into something that `load_corpus` would not accept.
        """
        self.validate()
        write_folder(self.frames(), Path(folder))
        write_verdicts(self.verdicts, verdicts_file(Path(folder)))

    def validate(self) -> None:
        """Check every frame against its schema, and that every row belongs to a report.

        Raises
        ------
        CorpusError
            Names the frame, the column, what was expected, and the rows.
        """
        ids = report_ids(self.reports)
        for name, frame in self.frames().items():
            validate_frame(name, frame, ids)

    def select(self, mask: pd.Series[bool] | None = None, /, **columns: Any) -> Corpus:
        """Keep some of the reports, in every frame.

        Parameters
        ----------
        mask : Series of bool, optional
            One value for each row of ``reports``; missing counts as false.
        **columns
            Columns of ``reports`` with the value, or the values, to keep:
            ``corpus.select(level="county", year=range(2021, 2026))``.

        Returns
        -------
        Corpus
            ``failures`` are kept whole: a document that was not read might have belonged here.

        Raises
        ------
        UnknownKeyError
            If `reports` has no such column, or a vocabulary no such key.
        """
        return Corpus(**selected(self.frames(), mask, columns), verdicts=self.verdicts)

    def latest(self) -> Corpus:
        """Keep one report of each agency and year, where several versions of it were read.

        Returns
        -------
        Corpus
            With the version published last. Where the day of one is not known, or the last day is that of
            several, it is the one with most numbers in its tables, of equals the first by report_id. A note
            ``version_left_out`` of the kept report tells the id, place, day and size of each other version.
            An agency's reports of one year whose scopes are known and differ are no versions of one.
        """
        return Corpus(**latest(self.frames()), verdicts=self.verdicts)

    def merge(self, *others: Corpus, on_conflict: Literal["raise", "first", "last"] = "raise") -> Corpus:
        """Unite corpora.

        Parameters
        ----------
        *others : Corpus
            The corpora to add.
        on_conflict : {"raise", "first", "last"}
            What to do where the same id stands for different content (everything but the path of
            the file): refuse, or keep the report of the first or the last corpus that has it.

        Raises
        ------
        CorpusError
            If contents differ and `on_conflict` is ``"raise"``; names the ids.
        """
        corpora = [self, *others]
        owners, conflicts = owners_of_ids(corpora, last_wins=on_conflict == "last")
        if conflicts and on_conflict == "raise":
            raise CorpusError(
                f"{len(conflicts)} reports have the same id and different content: {some(conflicts)};"
                " pass on_conflict='first' or 'last' to keep one of each"
            )
        parts = [c.select(c.reports["report_id"].map(owners) == number) for number, c in enumerate(corpora)]
        verdicts = pd.concat([c.verdicts for c in corpora], ignore_index=True).drop_duplicates(KEY)
        return Corpus(**concatenated([part.frames() for part in parts]), verdicts=verdicts)

    def panel(self) -> pd.DataFrame:
        """Lay the figures out with one row a report (an agency and a year), ready for a regression.

        Returns
        -------
        pandas.DataFrame
            The columns of `panel_columns`, whatever the corpus holds:

            - report_id, agency, level, office, scope, province, region_code, year, form,
              published, complete, url;
            - ``break.KEY``: whether the year is at or behind a change of law or form;
            - the total of each row and group of the request table (``received_new``,
              ``refused.state_secret``, ``refused``). The table wins over the running text, row by
              row; ``requests_source`` says ``table``, ``narrative`` or ``mixed``. A group is the
              sum of its rows only if all rows of a form stand there and none is blank;
            - ``disclosure.ITEM.MEASURE`` and ``reviews.CHANNEL.OUTCOME`` from the tables; money
              in the unit of the form (fees in 万元; procurement, for which the form names none,
              in 元 where a unit is printed and else as printed);
            - the indicators of the running text, where a report gives exactly one value.

            What a report does not state is ``<NA>``. Versions of one report have a row each; see `latest`.
        """
        return make_panel(self)

    def summary(self, by: str | Sequence[str] = "year") -> pd.DataFrame:
        """Count what the reports state: the table to look at before any rate.

        Parameters
        ----------
        by : str or sequence of str
            Columns of ``reports``.

        Returns
        -------
        pandas.DataFrame
            The columns of `by`, then numbers of reports: ``reports``; ``complete`` (read whole; not
            where `by` holds it, as each group is then all or none);
            ``request_table`` (with cells of the request table); and those which state
            ``requests_received``, ``requests_closed``, any of the ``outcomes``, ``reviews``,
            counts of ``proactive`` disclosure, ``suggestions`` from the public, ``response_time``
            (average days) and ``on_time_rate``. A figure told with two values does not count.

        Raises
        ------
        UnknownKeyError
            If `reports` has no such column.
        """
        return make_summary(self, by)

    def __repr__(self) -> str:
        return corpus_text(self)

    def _repr_html_(self) -> str:
        return corpus_html(self)
