"""What a document may cost: bytes, elements, slots of tables, pages and time; beyond that it is refused."""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass
from types import FrameType
from typing import TypeVar

from govreport_kit.errors import DocumentError

T = TypeVar("T")

_MEGABYTE = 1024 * 1024
# A page of A3 at 400 dots an inch has 31 million.
_LARGEST_PICTURE = 80_000_000


@dataclass(frozen=True, slots=True)
class Limits:
    """What one document may cost.

    A report has a few hundred table cells and some ten thousand characters, so the defaults are
    wide; a document that exceeds one is refused as ``too_large`` or ``too_slow``.

    Attributes
    ----------
    largest_file : int
        Bytes of the file.
    largest_unpacked : int
        Bytes of all unpacked parts of a Word file together.
    largest_ratio : float
        Unpacked bytes for each byte of the file.
    longest_text : int
        Characters of the text.
    deepest_nesting : int
        Elements inside each other in a Word file; what lies deeper is left out. In a page no depth is
        too deep.
    most_elements : int
        Elements of a page or of a part of a Word file.
    most_slots : int
        Slots of all tables together; a table beyond them stays text.
    most_pages : int
        Pages of a PDF or TIFF file.
    most_pixels : int
        Pixels of all pictures which are unpacked, those drawn from pages of a scan among them.
    most_seconds : float or None
        Seconds for reading and understanding; None for as long as it takes. A page of a scan takes 2 to
        5 seconds on one core, so a long scan needs more than the default. One step inside a
        library in C (the parsing of a page, one page of a PDF file) is not broken off: the limits
        on size keep it short, and a PDF whose forms draw each other is read in a process of its own.
    """

    largest_file: int = 64 * _MEGABYTE
    largest_unpacked: int = 64 * _MEGABYTE
    largest_ratio: float = 200
    longest_text: int = 2_000_000
    deepest_nesting: int = 250
    most_elements: int = 1_000_000
    most_slots: int = 100_000
    most_pages: int = 500
    most_pixels: int = 400_000_000
    most_seconds: float | None = 60


DEFAULT = Limits()


class Unreadable(ValueError):  # noqa: N818
    """Bytes which a reader refuses; `read_document` adds the name of the file.

    Parameters
    ----------
    kind : str
        A key of ``codebook.failures``.
    message : str
        What was found and what to do.
    """

    def __init__(self, kind: str, message: str) -> None:
        super().__init__(message)
        self.kind = kind


class _OutOfTime(BaseException):
    """The time of a document is over; no ``except Exception`` on the way may take it for something else."""


class Watch:
    """What is left of the limits for the document which is being read."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.slots = limits.most_slots
        self.pixels = limits.most_pixels
        self.deadline = None if limits.most_seconds is None else time.monotonic() + limits.most_seconds

    def check_time(self) -> None:
        """Break off if the time is over."""
        if self.deadline is not None and time.monotonic() > self.deadline:
            raise _OutOfTime

    def time_is_short(self) -> bool:
        """Tell whether less than half of the time is left, so that what can be left out should be."""
        most = self.limits.most_seconds
        return self.deadline is not None and most is not None and self.deadline - time.monotonic() < most / 2

    def take_slots(self, number: int) -> bool:
        """Take slots for a table; False if so many are not left."""
        if number > self.slots:
            return False
        self.slots -= number
        return True

    def take_pixels(self, width: int, height: int) -> None:
        """Refuse a picture of more pixels than are left, before it is unpacked."""
        if width * height > min(self.pixels, _LARGEST_PICTURE):
            most = min(self.limits.most_pixels, _LARGEST_PICTURE)
            raise Unreadable(
                "too_large", f"pictures of {width:,} by {height:,} pixels exceed the limit of {most:,} pixels"
            )
        self.pixels -= width * height

    def require_length(self, text: str) -> None:
        """Refuse a text that is longer than any report."""
        if len(text) > self.limits.longest_text:
            raise Unreadable(
                "too_large",
                f"{len(text):,} characters exceed the limit of {self.limits.longest_text:,}; raise `longest_text`",
            )

    def require_elements(self, source: bytes | str) -> None:
        """Refuse a markup of too many elements before it is read."""
        tags = source.count("<") if isinstance(source, str) else source.count(b"<")
        if tags > self.limits.most_elements:
            raise Unreadable(
                "too_large", f"{tags:,} tags exceed the limit of {self.limits.most_elements:,}; raise `most_elements`"
            )


_WATCH: ContextVar[Watch] = ContextVar("watch")


def watch() -> Watch:
    """Return the watch of the document which is being read; outside `within` a fresh one with no limit of time."""
    return _WATCH.get(None) or Watch(Limits(most_seconds=None))


def within(limits: Limits, path: str, work: Callable[[], T]) -> T:
    """Do a piece of work on a document within its limits.

    The readers look at the clock between their blocks, in every thread and on every system. In the
    main thread of a process (a notebook, a script, a worker process) a timer interrupts what does
    not look, such as a slow pattern; not where Windows has none or another timer is already set.
    Work inside other work keeps to the limits of the outer one.

    Parameters
    ----------
    limits : Limits
        What the work may cost.
    path : str
        The document, for the message.
    work : callable
        The work.

    Raises
    ------
    DocumentError
        Of kind ``too_slow``, if the time is over before the work is done.
    """
    if _WATCH.get(None) is not None:
        return work()
    token = _WATCH.set(Watch(limits))
    try:
        if limits.most_seconds is None or not _timer_is_free():
            return work()
        return _with_timer(limits.most_seconds, work)
    except _OutOfTime:
        raise DocumentError(
            path,
            "too_slow",
            f"reading took longer than {limits.most_seconds:g} seconds; check that it is a report, "
            "or raise `most_seconds`",
        ) from None
    finally:
        _WATCH.reset(token)


def _timer_is_free() -> bool:
    return (
        hasattr(signal, "setitimer")
        and threading.current_thread() is threading.main_thread()
        and signal.getitimer(signal.ITIMER_REAL)[0] == 0
    )


def _with_timer(seconds: float, work: Callable[[], T]) -> T:
    previous = signal.signal(signal.SIGALRM, _interrupt)
    try:
        try:
            # Python drops an exception that a finalizer meets, so the timer rings again.
            signal.setitimer(signal.ITIMER_REAL, seconds, 0.5)
            return work()
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
    finally:
        # Once more, for an alarm that broke off the line above.
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, signal.SIG_DFL if previous is None else previous)


def _interrupt(number: int, frame: FrameType | None) -> None:
    raise _OutOfTime
