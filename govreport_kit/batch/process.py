"""A worker process of this machine: it may die, and no document is lost.

It is a fresh interpreter at the other end of two pipes, not one of ``multiprocessing``: forking the
process of a notebook, which has threads, may hang; and spawning runs the user's script again in each
worker, which asks for an ``if __name__ == "__main__"`` that a script of three lines does not have.
"""

from __future__ import annotations

import contextlib
import pickle
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from typing import Any

from govreport_kit.batch.work import Outcome, Task, crashed
from govreport_kit.child_process import environment
from govreport_kit.errors import GovReportError

_START = "from govreport_kit.batch.child import main; main()"
_TRIES = 2


class Stopped(Exception):  # noqa: N818
    """The process was ended on purpose, so there are no more answers."""


class _Died(Exception):  # noqa: N818
    """The process ended before it had answered."""


class WorkerProcess:
    """One worker process, started when it is first needed and again after it died.

    Parameters
    ----------
    task : Task
        What to do with each document.
    """

    def __init__(self, task: Task) -> None:
        self._task = task
        self._process: subprocess.Popen[bytes] | None = None
        self._stopped = False
        self._lock = threading.Lock()

    def read(self, paths: Sequence[str]) -> Iterator[tuple[str, Outcome]]:
        """Yield each path with what came of it.

        A document that ends the process is tried again in a new one, as its first; if it ends that
        too, or was not done when the patience was over, it is a failure, and the others go on.

        Raises
        ------
        GovReportError
            If no process starts at all.
        Stopped
            If another thread called `stop`.
        """
        rest, deaths, since = list(paths), 0, time.monotonic()
        while rest:
            try:
                for outcome in self._outcomes(rest):
                    yield rest.pop(0), outcome
                    deaths, since = 0, time.monotonic()
            except _Died:
                deaths += 1
                failure = self._failure(time.monotonic() - since)
                if deaths == _TRIES or failure.kind == "too_slow":
                    yield rest.pop(0), failure
                    deaths = 0
                since = time.monotonic()

    def stop(self) -> None:
        """End the process, also in the middle of a document; may be called from any thread."""
        with self._lock:
            self._stopped = True
            if self._process is not None:
                self._process.kill()

    def close(self) -> None:
        """Close the pipes of the stopped process."""
        if self._process is not None:
            _bury(self._process)

    def _outcomes(self, paths: list[str]) -> Iterator[Outcome]:
        process = self._process or self._start()
        _send(process, list(paths))
        for _ in range(len(paths)):
            yield _receive(process)

    def _start(self) -> subprocess.Popen[bytes]:
        with self._lock:
            if self._stopped:
                raise Stopped
            process = self._process = subprocess.Popen(
                [sys.executable, "-c", _START],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                # Words are recognised on one core, as others work beside it.
                env=environment(OMP_NUM_THREADS="1"),
            )
        try:
            _send(process, self._task)
            _receive(process)
        except _Died:
            if self._stopped:
                raise Stopped from None
            raise GovReportError(
                f"A worker process does not start ({sys.executable}, exit status {_bury(process)}); its own message"
                " stands on the standard error. Pass workers=1 (--workers 1) to read without worker processes."
            ) from None
        return process

    def _failure(self, seconds: float) -> Outcome:
        """Forget the dead process and say what the document did to it."""
        if self._stopped or self._process is None:
            raise Stopped
        status = _bury(self._process)
        self._process = None
        patience = self._task.patience
        if patience is None or seconds < patience:
            return crashed(f"reading it ended the worker process {_TRIES} times (exit status {status})")
        return Outcome.failed(
            "too_slow",
            f"reading did not end within {patience:g} seconds and was broken off; check that it is a report, or raise"
            " `most_seconds`",
        )


def _send(process: subprocess.Popen[bytes], message: object) -> None:
    assert process.stdin is not None
    try:
        pickle.dump(message, process.stdin)
        process.stdin.flush()
    except OSError as error:
        raise _Died from error


def _receive(process: subprocess.Popen[bytes]) -> Any:
    assert process.stdout is not None
    try:
        return pickle.load(process.stdout)
    except (EOFError, OSError, pickle.UnpicklingError) as error:
        raise _Died from error


def _bury(process: subprocess.Popen[bytes]) -> int:
    """Make sure that a process is gone, and return its exit status."""
    process.kill()
    # Closing sends what is left for it, which nobody takes any more.
    with contextlib.suppress(OSError), process:
        pass
    return process.wait()
