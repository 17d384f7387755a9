"""Documents to outcomes: each content is read once, and what was read before is not read again."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from govreport_kit.batch.cache import Cache
from govreport_kit.batch.progress import progress_bar
from govreport_kit.batch.work import REPORT, Outcome
from govreport_kit.errors import DocumentError

Read = Callable[[Sequence[str]], Iterator[tuple[str, Outcome]]]

# What these say of a document holds for the moment only, so the next run tries it again.
_PASSING = frozenset({"crashed", "too_slow", "unopened"})


@dataclass
class Gathered:
    """Which files are reports, and why the others are none.

    Attributes
    ----------
    reports : dict
        For each file the id of its report, and the SHA-256 under which the cache holds it.
    failures : dict
        For each other file the reason.
    """

    reports: dict[Path, tuple[str, bytes]] = field(default_factory=dict)
    failures: dict[Path, DocumentError] = field(default_factory=dict)

    def add(self, files: Sequence[Path], outcome: Outcome) -> None:
        """Note what came of files of the same content."""
        for file in files:
            if outcome.kind == REPORT and outcome.digest:
                self.reports[file] = outcome.report_id or file.stem, outcome.digest
            else:
                self.failures[file] = DocumentError(str(file), outcome.kind, outcome.text)


@dataclass(frozen=True, slots=True)
class _Content:
    """Files of the same content; the digest of what is too large or cannot be opened is None."""

    digest: bytes | None
    files: list[Path]


def gather(files: Sequence[Path], cache: Cache, read: Read, largest: int, progress: bool) -> Gathered:
    """See to it that the cache holds what came of every file.

    Parameters
    ----------
    files : sequence of Path
        The documents.
    cache : Cache
        What was read before; it is given every new outcome as soon as it is known.
    read : callable
        Yields each path of a sequence with its outcome, in any order.
    largest : int
        Bytes beyond which a file will be refused, so that its content need not be known.
    progress : bool
        Whether to show a progress bar.
    """
    gathered = Gathered()
    missing: dict[str, _Content] = {}
    for content in _contents(files, largest):
        known = cache.find(content.digest) if content.digest else None
        if known:
            gathered.add(content.files, known)
        else:
            missing[str(content.files[0])] = content
    with progress_bar("reading", len(files), progress) as bar:
        bar.update(len(gathered.reports) + len(gathered.failures))
        for path, outcome in read(list(missing)):
            content = missing[path]
            if _changed(content, outcome):
                outcome = Outcome.failed("unopened", "the file was changed while it was read; read it again")
            digest = outcome.digest or content.digest
            if digest and outcome.kind not in _PASSING:
                cache.keep(digest, outcome)
            gathered.add(content.files, outcome)
            bar.update(len(content.files))
    return gathered


def _contents(files: Sequence[Path], largest: int) -> list[_Content]:
    by_content: dict[bytes | Path, _Content] = {}
    for file in files:
        digest = _digest(file, largest)
        by_content.setdefault(digest or file, _Content(digest, [])).files.append(file)
    return list(by_content.values())


def _digest(file: Path, largest: int) -> bytes | None:
    try:
        if file.stat().st_size > largest:
            return None
        with file.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").digest()
    except OSError:
        return None


def _changed(content: _Content, outcome: Outcome) -> bool:
    return outcome.digest is not None and content.digest is not None and outcome.digest != content.digest
