"""What workers do in these tests instead of, or besides, reading; worker processes import it by name."""

import hashlib
import os
import re
import sys
from functools import cache
from pathlib import Path

from govreport_kit.batch.work import Outcome, read_one
from govreport_kit.documents.limits import DEFAULT

EXAMPLE = Path(__file__).parents[2] / "data" / "examples" / "shili-xian-2023.html"


def recording(path, limits):
    """Write down each document that is read."""
    with (Path(path).parent / "read.log.json").open("a", encoding="utf-8") as log:
        log.write(Path(path).name + "\n")
    return read_one(path, limits)


def interrupted(path, limits):
    """Read until the user interrupts in front of c.txt, but not a second time."""
    mark = Path(path).parent / "interrupted.json"
    if Path(path).name == "c.txt" and not mark.exists():
        mark.touch()
        raise KeyboardInterrupt
    return recording(path, limits)


def dying(path, limits):
    """End the process in front of documents named deadly, each time."""
    if Path(path).stem == "deadly":
        os._exit(7)
    return read_one(path, limits)


def dying_once(path, limits):
    """End the process in front of the document b.txt, but not a second time."""
    mark = Path(path).parent / "died.json"
    if Path(path).name == "b.txt" and not mark.exists():
        mark.touch()
        os._exit(7)
    return read_one(path, limits)


def hanging(path, limits):
    """Hang in a library in C, which lets no other thread of Python run, at documents named endless."""
    if Path(path).stem == "endless":
        re.match("(a+)+$", "a" * 60 + "b")
    return read_one(path, limits)


def noisy(path, limits):
    """Print, as libraries may."""
    sys.stdout.write("this is no outcome\n")
    sys.stdout.flush()
    os.write(1, b"nor is this\n")
    return read_one(path, limits)


def faulty(path, limits):
    """Meet a fault of the kit."""
    return read_one(None, limits)


def loaded_modules(path, limits):
    """Read, and tell which modules are loaded."""
    read_one(path, limits)
    return Outcome.failed("invalid", " ".join(sys.modules))


def made_up(path, limits):
    """Give a full report of an agency named in the file, without the time it takes to read one."""
    agency = Path(path).read_text("utf-8")
    template = _template()
    packed = Outcome.failed("invalid", template.text.replace("示例县", agency)).packed
    digest = hashlib.sha256(Path(path).read_bytes()).digest()
    return template._replace(report_id=f"2023/{agency}", packed=packed, digest=digest)


@cache
def _template():
    return read_one(str(EXAMPLE), DEFAULT)


def telling_its_process(path, limits):
    """Tell in which process a document is read."""
    return Outcome.failed("empty", str(os.getpid()))
