"""PDF files which may take pdfium without end, read in a process of their own that can be ended.

pdfium reads a page in one step which nothing breaks off. Forms that draw other forms many times over make
that step as long as one likes, in a file of a few hundred bytes.
"""

from __future__ import annotations

import pickle
import re
import subprocess
import sys
import time

from govreport_kit.child_process import environment
from govreport_kit.documents.document import Reading
from govreport_kit.documents.limits import Limits, Unreadable, watch, within

_OBJECT = re.compile(rb"(\d+)\s+\d+\s+obj\b(.*?)(?:\bstream\b|\bendobj\b)", re.DOTALL)
_FORM = re.compile(rb"/Subtype\s*/Form\b")
_DRAWN = re.compile(rb"/XObject\s*(?:<<(.*?)>>|(\d+)\s+\d+\s+R\b)", re.DOTALL)
_RESOURCES = re.compile(rb"/Resources\s+(\d+)\s+\d+\s+R\b")
_REFERENCE = re.compile(rb"(\d+)\s+\d+\s+R\b")
_CALL = "from govreport_kit.documents.pdf_apart import answer; answer()"


def draws_forms_in_forms(content: bytes) -> bool:
    """Tell whether a form of a PDF draws another one, or resources which are packed away and may hold one."""
    if len(_FORM.findall(content)) < 2:
        return False
    objects = {int(number): told for number, told in _OBJECT.findall(content)}
    forms = {number for number, told in objects.items() if _FORM.search(told)}
    return any(_drawn_by(number, objects) & (forms - {number}) for number in forms)


def _drawn_by(form: int, objects: dict[int, bytes]) -> set[int]:
    """Return the numbers of the objects that a form draws; of what is packed away any may be drawn."""
    told = objects[form]
    shared = _RESOURCES.search(told)
    resources = objects.get(int(shared[1])) if shared else told
    if resources is None:
        return set(objects)
    drawn: set[int] = set()
    for inside, elsewhere in _DRAWN.findall(resources):
        names = objects.get(int(elsewhere)) if elsewhere else inside
        drawn |= set(objects) if names is None else set(map(int, _REFERENCE.findall(names)))
    return drawn


def read_apart(content: bytes, *, pictures: bool) -> Reading:
    """Read a PDF in a process of its own.

    Parameters
    ----------
    content : bytes
        The file.
    pictures : bool
        As in `read_pdf`.

    Raises
    ------
    Unreadable
        As in `read_pdf`; of kind ``too_slow``, if the time is over, and of kind ``damaged``, if the
        process died.
    """
    limits, deadline = watch().limits, watch().deadline
    seconds = None if deadline is None else max(0.0, deadline - time.monotonic())
    try:
        done = subprocess.run(
            [sys.executable, "-c", _CALL],
            input=pickle.dumps((content, pictures, limits, seconds)),
            capture_output=True,
            timeout=seconds,
            env=environment(),
            check=True,
        )
    except subprocess.TimeoutExpired:
        message = "the forms of the PDF file draw each other too many times; print it to a new PDF and read that"
        raise Unreadable("too_slow", message) from None
    except subprocess.CalledProcessError as error:
        raise Unreadable(
            "damaged", "pdfium broke down over the PDF file; print it to a new PDF and read that"
        ) from error
    reading = pickle.loads(done.stdout)
    if isinstance(reading, Reading):
        return reading
    raise Unreadable(*reading)


def answer() -> None:
    """Read the PDF that stands in the input of this process, and write the reading to its output."""
    content, pictures, limits, seconds = pickle.load(sys.stdin.buffer)
    _end_with_the_time(seconds)
    sys.stdout.buffer.write(pickle.dumps(_reading(content, pictures, limits)))


def _reading(content: bytes, pictures: bool, limits: Limits) -> Reading | tuple[str, str]:
    from govreport_kit.documents.pdf import read_pdf

    try:
        return within(limits, "", lambda: read_pdf(content, pictures=pictures))
    except Unreadable as error:
        return error.kind, str(error)


def _end_with_the_time(seconds: float | None) -> None:
    """Have the system end this process after its time, should the one that started it be gone by then."""
    if seconds is not None and sys.platform != "win32":
        import resource

        most = int(seconds) + 2
        resource.setrlimit(resource.RLIMIT_CPU, (most, most))
