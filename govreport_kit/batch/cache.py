"""What came of each document, kept by the content of its file and the version of the parser."""

from __future__ import annotations

import hashlib
import importlib.metadata
import os
import platform
import sqlite3
import sys
import time
import uuid
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import cache
from importlib.resources import files
from pathlib import Path

from govreport_kit.batch.work import Outcome
from govreport_kit.documents import reads_pictures
from govreport_kit.documents.limits import Limits
from govreport_kit.errors import GovReportError

FOLDER_VARIABLE = "GOVREPORT_CACHE"
FILE_NAME = "outcomes.sqlite"

_PARSER = ("codebook", "documents", "parsing", "report.py")
_LIBRARIES = ("lxml", "pypdfium2")
_FOR_PICTURES = ("rapidocr", "onnxruntime")
_SECONDS_BETWEEN_WRITES = 1.0
_SECONDS_TO_WAIT_FOR_OTHERS = 60.0

_TABLE = """
CREATE TABLE IF NOT EXISTS outcomes (
    sha256 BLOB PRIMARY KEY, version TEXT NOT NULL, kind TEXT NOT NULL, report_id TEXT, packed BLOB NOT NULL
)
"""


class Cache:
    """One SQLite file; a document read by another version of the parser is replaced.

    What depends on other files than the document is kept for this run only.

    Parameters
    ----------
    connection : sqlite3.Connection
        The database.
    version : str
        The version of the parser; see `parser_version`.
    """

    def __init__(self, connection: sqlite3.Connection, version: str) -> None:
        self._connection = connection
        self._version = version
        self._run = f"{version} {uuid.uuid4()}"
        self._new: dict[bytes, Outcome] = {}
        self._written = time.monotonic()
        with connection:
            connection.execute(_TABLE)

    def find(self, digest: bytes) -> Outcome | None:
        """Return what came of a document of that content, if this version of the parser read it."""
        if digest in self._new:
            return self._new[digest]
        found = self._connection.execute(
            "SELECT kind, report_id, packed FROM outcomes WHERE sha256 = ? AND version IN (?, ?)",
            (digest, self._version, self._run),
        ).fetchone()
        return None if found is None else Outcome(*found)._replace(digest=digest)

    def keep(self, digest: bytes, outcome: Outcome) -> None:
        """Keep what came of a document; a process that is killed loses what came in the last second."""
        self._new[digest] = outcome._replace(digest=digest)
        if time.monotonic() - self._written > _SECONDS_BETWEEN_WRITES:
            self.write()

    def write(self) -> None:
        """Write what is new; in between the file is free for other runs."""
        rows = [
            (digest, self._run if outcome.depends_on_others else self._version, *outcome[:3])
            for digest, outcome in self._new.items()
        ]
        with self._connection:
            self._connection.executemany("INSERT OR REPLACE INTO outcomes VALUES (?, ?, ?, ?, ?)", rows)
        self._new.clear()
        self._written = time.monotonic()


@contextmanager
def opened_cache(place: bool | str | os.PathLike[str], version: str) -> Iterator[Cache]:
    """Hold a cache; what it was given is kept, also if the block is broken off.

    Parameters
    ----------
    place : bool or path
        A folder; True for the usual one, False for a cache that is forgotten at the end.
    version : str
        The version of the parser; see `parser_version`.

    Raises
    ------
    GovReportError
        If the file cannot be opened or is no cache; names it and says what to do.
    """
    file = None if place is False else (cache_folder() if place is True else Path(place)) / FILE_NAME
    try:
        connection = _connection(file)
        with closing(connection):
            kept = Cache(connection, version)
            try:
                yield kept
            finally:
                kept.write()
    except sqlite3.Error as error:
        raise GovReportError(
            f"The cache {str(file or 'in the temporary folder')!r} cannot be used ({error}); delete it, name another"
            f" folder (cache=FOLDER, --cache FOLDER, or the variable {FOLDER_VARIABLE}), or do without (cache=False,"
            " --no-cache)"
        ) from error


def _connection(file: Path | None) -> sqlite3.Connection:
    try:
        if file is not None:
            file.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise sqlite3.OperationalError(str(error)) from error
    # SQLite keeps a database without a name in a temporary file, and deletes it.
    return sqlite3.connect(file or "", timeout=_SECONDS_TO_WAIT_FOR_OTHERS)


def cache_folder() -> Path:
    """Return the folder of ``GOVREPORT_CACHE``, else the one where this system keeps its caches."""
    if named := os.environ.get(FOLDER_VARIABLE):
        return Path(named).expanduser()
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA") or "~/AppData/Local"
    elif sys.platform == "darwin":
        base = "~/Library/Caches"
    else:
        base = os.environ.get("XDG_CACHE_HOME") or "~/.cache"
    return Path(base).expanduser() / "govreport_kit"


def parser_version(limits: Limits) -> str:
    """Return what the reading of a document depends on besides its content: code, data, libraries, Python, limits."""
    return hashlib.sha256(f"{_installed_parser()} {limits}".encode()).hexdigest()


@cache
def _installed_parser() -> str:
    """Hash the files of the parser, so that no change of a pattern or a label serves an old result."""
    package = Path(str(files("govreport_kit")))
    parts = [package / name for name in _PARSER]
    found = [file for part in parts for file in (sorted(part.rglob("*")) if part.is_dir() else [part])]
    digest = hashlib.sha256()
    for file in found:
        if file.is_file() and "__pycache__" not in file.parts:
            content = file.read_bytes()
            digest.update(f"{file.relative_to(package).as_posix()} {len(content)}\n".encode() + content)
    optional = _FOR_PICTURES if reads_pictures() else ()
    for name in (*_LIBRARIES, *optional):
        digest.update(f"{name} {importlib.metadata.version(name)}\n".encode())
    # Which characters are digits, letters or forms of others is told by the tables of each Python.
    digest.update(f"python {'.'.join(platform.python_version_tuple()[:2])}\n".encode())
    return digest.hexdigest()
