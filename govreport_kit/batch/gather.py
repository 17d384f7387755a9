"""Documents to outcomes: each content is read once, and what was read before is not read again."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from govreport_kit.batch.cache import Cache
from govreport_kit.batch.progress import progress_bar
from govreport_kit.batch.work import REPORT, Outcome
from govreport_kit.documents.digests import digests_of
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
    """Files of the same content, pictures beside a page included.

    `alone` is the digest without these; what is too large or cannot be opened has none.
    """

    digest: bytes | None
    alone: bytes | None
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
            outcome = outcome._replace(digest=content.digest or outcome.digest)
            if outcome.digest and outcome.kind not in _PASSING:
                cache.keep(outcome.digest, outcome)
            gathered.add(content.files, outcome)
            bar.update(len(content.files))
    return gathered


def _contents(files: Sequence[Path], largest: int) -> list[_Content]:
    by_content: dict[bytes | Path, _Content] = {}
    for file in files:
        digest, alone = _digests(file, largest)
        by_content.setdefault(digest or file, _Content(digest, alone, [])).files.append(file)
    return list(by_content.values())


def _digests(file: Path, largest: int) -> tuple[bytes | None, bytes | None]:
    try:
        if file.stat().st_size > largest:
            return None, None
        digest, alone = digests_of(file.read_bytes(), file)
        return bytes.fromhex(digest), bytes.fromhex(alone)
    except OSError:
        return None, None


def _changed(content: _Content, outcome: Outcome) -> bool:
    """Tell whether another content was read than was there before, with or without the pictures beside it."""
    return None not in (outcome.digest, content.digest) and outcome.digest not in (content.digest, content.alone)
