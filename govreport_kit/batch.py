"""Many files: each is read on its own, a bad one is told and never stops the rest."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

from govreport_kit.errors import DocumentError, GovReportError, MissingPathError
from govreport_kit.parsing import read_report
from govreport_kit.report import Report

if TYPE_CHECKING:
    from govreport_kit.corpus import Corpus

# Files which lie beside saved pages and hold no report by themselves.
_NO_DOCUMENTS = frozenset(
    ".css .js .json .jsonl .csv .parquet .xml .ico .woff .woff2 .ttf .map .svg .py .ipynb .toml .yml .yaml".split()
)
_PAGE_PARTS = ("_files", ".files")


def read_reports(paths: str | Path | Iterable[str | Path], *, workers: int | None = 1, progress: bool = True) -> Corpus:
    """Read a folder of published reports, or several files and folders.

    Parameters
    ----------
    paths : str, Path or iterable of them
        Files are read as they are; of a folder every file below it, but hidden files, the parts of
        saved pages (``*_files``) and files of data or code.
    workers : int or None, default 1
        Processes to use; None for one a core.
    progress : bool, default True
        Whether to show a progress bar.

    Returns
    -------
    Corpus
        Its frame ``failures`` names every file which could not be read, and why.

    Raises
    ------
    GovReportError
        If there was no file to read, or none of them is a report; the message lists the reasons.
    MissingPathError
        If a path does not exist.
    """
    from govreport_kit.corpus import Corpus
    from govreport_kit.corpus.records import report_faults

    files = find_files(paths)
    reports: list[Report] = []
    failures: list[DocumentError] = []
    for outcome in _show(read_each(files, workers), len(files), progress):
        if isinstance(outcome, DocumentError):
            failures.append(outcome)
        elif faults := report_faults(outcome):
            failures.append(DocumentError(str(outcome.source.path), "invalid", "; ".join(faults)))
        else:
            reports.append(outcome)
    if not reports:
        reasons = "\n".join(f"  {failure}" for failure in failures[:10])
        raise GovReportError(f"None of {len(files)} files is a report that could be read:\n{reasons}")
    told = [{"path": failure.path, "kind": failure.kind, "message": failure.message} for failure in failures]
    return Corpus.from_reports(reports, told)


def find_files(paths: str | Path | Iterable[str | Path]) -> list[Path]:
    """Return the files to read, in the order given; the files of a folder in the order of their names.

    Raises
    ------
    GovReportError
        If the paths hold no file to read.
    MissingPathError
        If a path does not exist.
    """
    given = [Path(paths)] if isinstance(paths, (str, Path)) else [Path(path) for path in paths]
    files: list[Path] = []
    for path in given:
        if path.is_dir():
            files.extend(_in_folder(path))
        elif path.exists():
            files.append(path)
        else:
            raise MissingPathError(path)
    if not files:
        raise GovReportError(f"No file to read in {', '.join(map(str, given))}: web pages and plain texts are read.")
    return list(dict.fromkeys(files))


def read_each(files: Sequence[Path], workers: int | None = 1) -> Iterator[Report | DocumentError]:
    """Yield, in the order of the files, a report or the reason why there is none."""
    workers = workers or os.cpu_count() or 1
    if workers == 1 or len(files) < 2:
        yield from map(read_one, files)
        return
    with ProcessPoolExecutor(workers) as pool:
        yield from pool.map(read_one, files, chunksize=max(1, min(50, len(files) // (4 * workers))))


def read_one(file: Path) -> Report | DocumentError:
    """Read one file; every failure becomes a DocumentError which names the file."""
    try:
        return read_report(file)
    except DocumentError as error:
        return error
    except (OSError, RecursionError, MemoryError) as error:
        return DocumentError(str(file), "damaged", f"{type(error).__name__}: {error}")


def _in_folder(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.rglob("*")):
        parts = path.relative_to(folder).parts
        hidden = any(part.startswith((".", "~$")) or part.endswith(_PAGE_PARTS) for part in parts)
        if path.is_file() and not hidden and path.suffix.lower() not in _NO_DOCUMENTS:
            yield path


def _show(outcomes: Iterator[Report | DocumentError], total: int, progress: bool) -> Iterable[Report | DocumentError]:
    if not progress:
        return outcomes
    from tqdm.auto import tqdm

    bar: Iterable[Report | DocumentError] = tqdm(outcomes, total=total, unit="file", desc="reading", disable=None)
    return bar
