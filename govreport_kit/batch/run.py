"""One run over many documents: find them, read what is not known yet, and hand out the results."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING

from govreport_kit.batch.cache import opened_cache, parser_version
from govreport_kit.batch.files import Paths, find_files
from govreport_kit.batch.gather import Read, gather
from govreport_kit.batch.pool import read_here
from govreport_kit.batch.work import Task, Work, patience_for, read_one
from govreport_kit.documents.limits import DEFAULT, Limits

if TYPE_CHECKING:
    from distributed import Client

    from govreport_kit.batch.results import Results


@contextmanager
def results_of(
    paths: Paths,
    *,
    workers: int | None = None,
    picture_workers: int | None = None,
    client: Client | None = None,
    scheduler: str | None = None,
    cache: bool | str | os.PathLike[str] = True,
    limits: Limits = DEFAULT,
    progress: bool = True,
    work: Work = read_one,
    patience: float | None = None,
) -> Iterator[Results]:
    """Read documents, and hold what came of them; see `govreport_kit.read_reports`.

    Parameters
    ----------
    paths, workers, picture_workers, client, scheduler, cache, limits, progress
        As for `govreport_kit.read_reports`.
    work : callable
        What a worker does with a document.
    patience : float, optional
        Seconds after which a worker that does not come back from a document is ended. Default: by
        the limits.
    """
    files = find_files(paths)
    task = Task(work, limits, parser_version(limits), patience or patience_for(limits))
    with opened_cache(cache, task.version) as known:
        here = partial(read_here, task=task, workers=workers, picture_workers=picture_workers)
        with _reader(here, task, client, scheduler) as read:
            gathered = gather(files, known, read, limits.largest_file, progress)
        from govreport_kit.batch.results import Results

        yield Results(files, gathered, known, progress)


@contextmanager
def _reader(here: Read, task: Task, client: Client | None, scheduler: str | None) -> Iterator[Read]:
    """Give the function which reads documents where the caller wants them read."""
    if client is not None:
        from govreport_kit.batch.cluster import read_on_cluster

        yield partial(read_on_cluster, task=task, client=client)
    elif scheduler is not None:
        from govreport_kit.batch.cluster import connected

        with connected(scheduler) as client, _reader(here, task, client, None) as read:
            yield read
    else:
        yield here
