"""Many files: each is read once, on one machine or on many; a bad one is told and never stops the rest."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from govreport_kit.batch.files import Paths, find_files
from govreport_kit.batch.run import results_of
from govreport_kit.documents.limits import DEFAULT, Limits

if TYPE_CHECKING:
    from distributed import Client

    from govreport_kit.batch.output import Written
    from govreport_kit.corpus import Corpus


def read_reports(
    paths: Paths,
    *,
    workers: int | None = None,
    picture_workers: int | None = None,
    client: Client | None = None,
    scheduler: str | None = None,
    cache: bool | str | os.PathLike[str] = True,
    limits: Limits = DEFAULT,
    progress: bool = True,
) -> Corpus:
    """Read a folder of published reports, or several files and folders.

    What a document gave is kept in a cache by the content of the file, so that the same folder is
    not read twice, and a run that was broken off goes on where it was.

    Parameters
    ----------
    paths : str, Path or iterable of them
        Files are read as they are; of a folder every file below it, but hidden files, the parts of
        saved pages (``*_files``) and files of data or code.
    workers : int, optional
        Worker processes on this machine; 1 reads in this process. Default: one a core, or 1 where
        only a few files are to be read.
    picture_workers : int, optional
        How many of these read pictures (PNG, JPEG and the like), which take seconds and about 1 GB of
        memory each; a cluster shares them out with the rest. Default: up to 4.
    client : distributed.Client, optional
        A Dask cluster to read on; its workers need the same version of the kit and the files under
        the same paths.
    scheduler : str, optional
        The address of its scheduler, such as ``"tcp://10.0.0.5:8786"``, instead of a client.
    cache : bool or path, default True
        A folder for the cache; True for that of the environment variable ``GOVREPORT_CACHE`` or
        else the usual one of the system, False to read everything.
    limits : Limits
        What each document may cost in bytes, in memory and in time.
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
        If the cluster or the cache cannot be used.
    MissingPathError
        If a path does not exist.

    See Also
    --------
    write_reports : Does the same for a folder of any size, and writes a file.
    """
    from govreport_kit.batch.output import in_memory

    with results_of(
        paths,
        workers=workers,
        picture_workers=picture_workers,
        client=client,
        scheduler=scheduler,
        cache=cache,
        limits=limits,
        progress=progress,
    ) as results:
        return in_memory(results)


def write_reports(
    paths: Paths,
    output: str | Path,
    *,
    workers: int | None = None,
    picture_workers: int | None = None,
    client: Client | None = None,
    scheduler: str | None = None,
    cache: bool | str | os.PathLike[str] = True,
    limits: Limits = DEFAULT,
    progress: bool = True,
) -> Written:
    """Read a folder of published reports into a file, with a memory that does not grow with the folder.

    Parameters
    ----------
    output : str or Path
        A ``.jsonl`` file, which gets one report a line, and a ``.failures.csv`` beside it; or a
        folder, which becomes a saved corpus. It appears, or is replaced, when it is whole.
    paths, workers, picture_workers, client, scheduler, cache, limits, progress
        As for `read_reports`.

    Returns
    -------
    Written
        The number of reports, and the failures.
    """
    from govreport_kit.batch.output import require_place_for, write_results

    output = Path(output)
    require_place_for(output)
    with results_of(
        paths,
        workers=workers,
        picture_workers=picture_workers,
        client=client,
        scheduler=scheduler,
        cache=cache,
        limits=limits,
        progress=progress,
    ) as results:
        return write_results(results, output)


__all__ = ["find_files", "read_reports", "write_reports"]
