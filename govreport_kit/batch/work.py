"""What a worker does with one document; nothing here loads pandas."""

from __future__ import annotations

import faulthandler
import os
import threading
import time
import traceback
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import NamedTuple

from govreport_kit.documents.limits import Limits
from govreport_kit.errors import DocumentError
from govreport_kit.parsing import read_report
from govreport_kit.report import Report

REPORT = "report"

_DEADLINES: dict[object, float] = {}
_LOCK = threading.Lock()


class Outcome(NamedTuple):
    """What came of a document: small, and the same wherever the document lies.

    Attributes
    ----------
    kind : str
        ``report``, or a key of ``codebook.failures``.
    report_id : str or None
        The id of a report; None for a failure, and for a report named after its file.
    packed : bytes
        A report as JSON, or the message of a failure; compressed.
    digest : bytes or None
        The SHA-256 of the content that was read, pictures beside a page included if they were read, too;
        None where it is not known.
    depends_on_others : bool
        Whether the report depends on other files too, as a page does on the pictures saved beside it.
    """

    kind: str
    report_id: str | None
    packed: bytes
    digest: bytes | None = None
    depends_on_others: bool = False

    @classmethod
    def of(cls, report: Report, path: str) -> Outcome:
        """Pack a report that was read from a path."""
        own_id = None if report.id == Path(path).stem else report.id
        digest = bytes.fromhex(report.source.sha256) if report.source.sha256 else None
        shows_pictures = any(note.code in ("picture", "picture_read") for note in report.notes)
        beside = shows_pictures and report.source.media_type == "text/html"
        return cls(REPORT, own_id, _packed(report.to_json()), digest, beside)

    @classmethod
    def failed(cls, kind: str, message: str) -> Outcome:
        """Pack the reason why there is no report."""
        return cls(kind, None, _packed(message))

    @property
    def text(self) -> str:
        """The report as JSON, or the message of the failure."""
        return zlib.decompress(self.packed).decode("utf-8", "surrogatepass")


Work = Callable[[str, Limits], Outcome]


@dataclass(frozen=True, slots=True)
class Task:
    """What is to be done with every document.

    Attributes
    ----------
    work : callable
        Takes a path and the limits and gives an outcome; found by its name in other processes.
    limits : Limits
        What one document may cost.
    version : str
        The version of the parser, which must be the same wherever documents are read.
    patience : float or None
        Seconds after which a process that does not come back from a document is ended; None for never.
    """

    work: Work
    limits: Limits
    version: str
    patience: float | None

    def __call__(self, path: str) -> Outcome:
        """Do the work on one document."""
        return self.work(path, self.limits)


def read_one(path: str, limits: Limits) -> Outcome:
    """Read one document; whatever goes wrong with it becomes a failure."""
    try:
        return Outcome.of(read_report(path, limits), path)
    except DocumentError as error:
        return Outcome.failed(error.kind, error.message)
    except OSError as error:
        return Outcome.failed("unopened", f"{error}; check that the file is still there and may be read")
    except Exception as error:
        place = traceback.extract_tb(error.__traceback__)[-1]
        what = f"{type(error).__name__} in {Path(place.filename).name}, line {place.lineno}: {error}"
        return Outcome.failed("crashed", f"{what}; this is a fault of the kit: please report it with the document")


def crashed(what: str) -> Outcome:
    """Return the failure of a document that ends the process which reads it."""
    return Outcome.failed(
        "crashed",
        f"{what}; it may be damaged or need more memory than there is: open it, and save it in another format",
    )


def patience_for(limits: Limits) -> float | None:
    """Return how long to wait for a document which its own limit of time should have ended."""
    return None if limits.most_seconds is None else 2 * limits.most_seconds + 10


@contextmanager
def ended_after(seconds: float | None) -> Iterator[None]:
    """End this process if the block takes longer, even one that hangs inside a library in C.

    Several threads may be in such a block; the process ends when the first of them is late.
    """
    if seconds is None:
        yield
        return
    me = object()
    _watch(me, time.monotonic() + seconds)
    try:
        yield
    finally:
        _watch(me, None)


def _watch(block: object, deadline: float | None) -> None:
    with _LOCK:
        if deadline is None:
            del _DEADLINES[block]
        else:
            _DEADLINES[block] = deadline
        if _DEADLINES:
            left = max(min(_DEADLINES.values()) - time.monotonic(), 0.001)
            faulthandler.dump_traceback_later(left, exit=True, file=_nowhere())
        else:
            faulthandler.cancel_dump_traceback_later()


@cache
def _nowhere() -> int:
    """Return an open file for the traceback, which would stand among the messages of the user."""
    return os.open(os.devnull, os.O_WRONLY)


def _packed(text: str) -> bytes:
    return zlib.compress(text.encode("utf-8", "surrogatepass"), level=1)
