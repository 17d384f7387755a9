"""Results to a corpus in memory, or to files which appear under their names when they are whole."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from govreport_kit.batch.failures import write_failures
from govreport_kit.batch.results import Frames, Results, frames_of_failures
from govreport_kit.corpus import Corpus
from govreport_kit.corpus.combine import concatenated
from govreport_kit.corpus.storage import MANIFEST, write_parts
from govreport_kit.errors import DocumentError, GovReportError

LINES = ".jsonl"


@dataclass(frozen=True, slots=True)
class Written:
    """What was written.

    Attributes
    ----------
    reports : int
        Number of reports.
    failures : list of DocumentError
        Why the other documents are none.
    failures_file : Path
        Where the failures stand, if there are any.
    """

    reports: int
    failures: list[DocumentError]
    failures_file: Path


def in_memory(results: Results) -> Corpus:
    """Return the results as a corpus.

    Raises
    ------
    GovReportError
        If there is no report; the message lists the first reasons.
    """
    parts = [frames for _, frames in results.parts()]
    failures = results.failures
    if not any(len(part["reports"]) for part in parts):
        reasons = "\n".join(f"  {failure}" for failure in failures[:10])
        raise GovReportError(f"None of {len(failures)} files is a report that could be read:\n{reasons}")
    return Corpus(**concatenated([*parts, frames_of_failures(failures)]))


def require_place_for(output: Path) -> None:
    """Refuse, before anything is read, an output that could not be written.

    Raises
    ------
    GovReportError
        If a folder has the name of a file to write, or a file that of a folder.
    """
    if output.suffix == LINES and output.is_dir():
        raise GovReportError(f"{str(output)!r} is a folder; name a file, or a folder not ending in {LINES}")
    if output.suffix != LINES and output.exists() and not output.is_dir():
        raise GovReportError(f"{str(output)!r} is a file; name a folder, or a file ending in {LINES}")


def write_results(results: Results, output: Path) -> Written:
    """Write the results as JSON Lines or as a saved corpus, whichever the name of the output asks for."""
    write = _write_lines if output.suffix == LINES else _write_corpus
    return write(results, output)


def _write_lines(results: Results, output: Path) -> Written:
    """Write one report a line, and beside them a table of failures."""
    table = output.with_suffix(".failures.csv")
    count = 0
    with _prepared_in(output.parent) as folder:
        with (folder / output.name).open("w", encoding="utf-8", newline="\n") as lines:
            for reports, _ in results.parts():
                lines.writelines(report.to_json() + "\n" for report in reports)
                count += len(reports)
        failures = results.failures
        if failures:
            write_failures(failures, folder / table.name)
            os.replace(folder / table.name, table)
        else:
            table.unlink(missing_ok=True)
        os.replace(folder / output.name, output)
    return Written(count, failures, table)


def _write_corpus(results: Results, output: Path) -> Written:
    """Write a saved corpus; its frame ``failures`` holds the failures."""
    count = 0

    def parts() -> Iterator[Frames]:
        nonlocal count
        for reports, frames in results.parts():
            count += len(reports)
            yield frames
        yield {"failures": frames_of_failures(results.failures)["failures"]}

    with _prepared_in(output.parent) as folder:
        write_parts(parts(), folder)
        output.mkdir(exist_ok=True)
        # Without its manifest a folder is no corpus, so nobody reads it half replaced.
        (output / MANIFEST).unlink(missing_ok=True)
        for file in sorted(folder.iterdir(), key=lambda file: file.name == MANIFEST):
            os.replace(file, output / file.name)
    return Written(count, results.failures, output / "failures.parquet")


@contextmanager
def _prepared_in(parent: Path) -> Iterator[Path]:
    """Give a folder beside the output, from which what is whole moves to its place in one step."""
    parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".govreport-", dir=parent) as folder:
        yield Path(folder)
