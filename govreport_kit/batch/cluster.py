"""Documents shared out to the workers of a Dask cluster."""

from __future__ import annotations

import importlib.metadata
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from typing import TYPE_CHECKING, Any

from govreport_kit import __version__
from govreport_kit.batch.cache import parser_version
from govreport_kit.batch.pool import Answer, chunks_of
from govreport_kit.batch.work import Outcome, Task, crashed, ended_after
from govreport_kit.errors import GovReportError

if TYPE_CHECKING:
    from distributed import Client

# Chunks that wait at the scheduler, for each thread of the cluster.
_AHEAD = 4
_SECONDS_TO_CONNECT = 20
_SECONDS_WITHOUT_WORKERS = 60
_PACKAGE = "govreport-kit"


@contextmanager
def connected(scheduler: str) -> Iterator[Client]:
    """Hold a connection to the scheduler at an address such as ``tcp://10.0.0.5:8786``.

    Raises
    ------
    GovReportError
        If ``dask.distributed`` is not installed or no scheduler answers.
    """
    try:
        from distributed import Client
    except ImportError as error:
        raise GovReportError(
            f"A cluster needs dask.distributed, which is not installed ({error});"
            " run: pip install 'govreport-kit[scale]'"
        ) from error
    try:
        client = Client(scheduler, timeout=_SECONDS_TO_CONNECT, set_as_default=False)
    except (OSError, ValueError) as error:
        raise GovReportError(
            f"No Dask scheduler answers at {scheduler!r} ({error}); start one with: dask scheduler"
        ) from error
    with client:
        yield client


def read_on_cluster(paths: Sequence[str], task: Task, client: Client) -> Iterator[Answer]:
    """Yield each path with what came of it, in the order in which they are done.

    Every worker must find the same files under the same paths, and the same version of the kit. A
    chunk which ends its workers is tried again at the end, document by document, with nothing else
    running: so only a document that ends workers by itself is a failure.

    Raises
    ------
    GovReportError
        If a worker has no kit, or another version of it, of Python, or of a library that reads documents, or
        if the cluster has no worker for a minute.
    """
    from distributed.scheduler import KilledWorker

    _require_the_kit(client)
    threads = sum(client.nthreads().values()) or 1
    again: list[str] = []
    for chunk, future in _as_done(client, chunks_of(paths, threads), task, ahead=_AHEAD * threads):
        try:
            yield from zip(chunk, future.result(), strict=True)
        except KilledWorker:
            again += chunk
    for path in again:
        future = _submit(client, [path], task)
        _wait_for_one(client, [future])
        try:
            (outcome,) = future.result()
        except KilledWorker as error:
            outcome = crashed(f"reading it ended worker after worker of the cluster ({error})")
        yield path, outcome


def _require_the_kit(client: Client) -> None:
    """Ask in a way that needs no kit: a worker that cannot import a task would never answer."""
    try:
        client.run(importlib.metadata.version, _PACKAGE)
    except importlib.metadata.PackageNotFoundError as error:
        raise GovReportError(
            f"A worker of the cluster lacks the kit ({error}); install {_PACKAGE} {__version__} on every worker"
        ) from error


def _as_done(
    client: Client, chunks: Iterator[Sequence[str]], task: Task, ahead: int
) -> Iterator[tuple[Sequence[str], Any]]:
    """Keep some chunks waiting at the scheduler, and yield each with its future when it is done."""
    running: dict[Any, Sequence[str]] = {}
    try:
        while True:
            for chunk in islice(chunks, ahead - len(running)):
                running[_submit(client, chunk, task)] = chunk
            if not running:
                return
            for future in _wait_for_one(client, list(running)):
                yield running.pop(future), future
    finally:
        client.cancel(list(running))


def _wait_for_one(client: Client, futures: Sequence[Any]) -> list[Any]:
    """Wait until some futures are done; without any worker they never would be."""
    from distributed import wait

    while True:
        try:
            with client.as_current():
                return list(wait(futures, timeout=_SECONDS_WITHOUT_WORKERS, return_when="FIRST_COMPLETED").done)
        except TimeoutError:
            _require_workers(client)


def _require_workers(client: Client) -> None:
    try:
        client.wait_for_workers(1, timeout=_SECONDS_WITHOUT_WORKERS)
    except TimeoutError:
        raise GovReportError(
            f"The cluster had no worker for {_SECONDS_WITHOUT_WORKERS} seconds; start some with: dask worker ADDRESS."
            " Run the same again then: what was read so far is in the cache"
        ) from None


def _submit(client: Client, paths: Sequence[str], task: Task) -> Any:
    return client.submit(read_chunk, [os.path.abspath(path) for path in paths], task, pure=False)


def read_chunk(paths: Sequence[str], task: Task) -> list[Outcome]:
    """Read some documents on a worker of a cluster."""
    from distributed import get_worker

    if parser_version(task.limits) != task.version:
        raise GovReportError(
            "A worker of the cluster has another version of the kit, of Python, or of a library that reads documents;"
            " install the same ones there"
        )
    # Who has a nanny is started again after its end.
    patience = task.patience if get_worker().nanny else None
    outcomes = []
    for path in paths:
        with ended_after(patience):
            outcomes.append(task(path))
    return outcomes
