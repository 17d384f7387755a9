"""Documents shared out to the worker processes of this machine."""

from __future__ import annotations

import os
import queue
import threading
from collections.abc import Iterator, Sequence

from govreport_kit.batch.process import Stopped, WorkerProcess
from govreport_kit.batch.work import Outcome, Task
from govreport_kit.documents.sniffing import PICTURES, media_type

# A few documents are read in less time than worker processes take to start.
ENOUGH_FOR_PROCESSES = 32

_LONGEST_CHUNK = 8

# A worker that reads pictures needs about 1 GB of memory.
_MOST_FOR_PICTURES = 4
_BYTES_THAT_TELL = 65536

Answer = tuple[str, Outcome]
_Answers = queue.Queue[Answer | Exception | None]


def read_here(
    paths: Sequence[str], task: Task, workers: int | None, picture_workers: int | None = None
) -> Iterator[Answer]:
    """Yield each path with what came of it, in the order in which they are done.

    Parameters
    ----------
    paths : sequence of str
        The documents.
    task : Task
        What to do with each.
    workers : int or None
        Worker processes; with 1 the work is done in this process. None: one a core where there are
        at least `ENOUGH_FOR_PROCESSES` documents or two pictures, else 1.
    picture_workers : int or None
        How many of them read pictures, which take seconds each; they begin with these. None: up to 4.
    """
    pictures = dict.fromkeys(filter(_is_picture, paths))
    if workers is None:
        workers = _cores() if len(paths) >= ENOUGH_FOR_PROCESSES or len(pictures) > 1 else 1
    if workers == 1:
        return ((path, task(path)) for path in paths)
    others = [path for path in paths if path not in pictures]
    for_pictures = min(workers, picture_workers or _MOST_FOR_PICTURES)
    return _read_in_processes(list(pictures), others, task, workers, for_pictures)


def chunks_of(paths: Sequence[str], workers: int) -> Iterator[Sequence[str]]:
    """Cut the paths into pieces: long enough to keep workers busy, short enough that all end together."""
    size = max(1, min(_LONGEST_CHUNK, len(paths) // (4 * workers)))
    return (paths[start : start + size] for start in range(0, len(paths), size))


def _cores() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _is_picture(path: str) -> bool:
    try:
        with open(path, "rb") as file:
            return media_type(file.read(_BYTES_THAT_TELL)) in PICTURES
    except OSError:
        return False


def _read_in_processes(
    pictures: Sequence[str], others: Sequence[str], task: Task, workers: int, for_pictures: int
) -> Iterator[Answer]:
    answers: _Answers = queue.Queue(maxsize=1000)
    slow, fast = _Shared([path] for path in pictures), _Shared(chunks_of(others, workers))
    processes = [WorkerProcess(task) for _ in range(workers)]
    threads = [
        threading.Thread(
            target=_serve, args=(process, [slow, fast] if number < for_pictures else [fast], answers), daemon=True
        )
        for number, process in enumerate(processes)
    ]
    for thread in threads:
        thread.start()
    try:
        working = workers
        while working:
            answer = answers.get()
            if isinstance(answer, Exception):
                raise answer
            if answer is None:
                working -= 1
            else:
                yield answer
    finally:
        for process in processes:
            process.stop()
        _join(threads, answers)
        for process in processes:
            process.close()


class _Shared:
    """Chunks from which several threads take."""

    def __init__(self, chunks: Iterator[Sequence[str]]) -> None:
        self._chunks = chunks
        self._lock = threading.Lock()

    def take(self) -> Sequence[str] | None:
        with self._lock:
            return next(self._chunks, None)


def _serve(process: WorkerProcess, work: Sequence[_Shared], answers: _Answers) -> None:
    """Let one worker process read chunks, one kind after the other, until there are no more; None says it is done."""
    try:
        for chunks in work:
            while chunk := chunks.take():
                for answer in process.read(chunk):
                    answers.put(answer)
        answers.put(None)
    except Stopped:
        pass
    except Exception as error:
        answers.put(error)


def _join(threads: list[threading.Thread], answers: _Answers) -> None:
    """Wait for threads which may themselves be waiting for room in the queue."""
    for thread in threads:
        while thread.is_alive():
            while not answers.empty():
                answers.get_nowait()
            thread.join(0.01)
