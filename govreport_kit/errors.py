"""The errors of the kit: a message says what was looked for, where, the nearest match, and what to do."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence
from pathlib import Path

MOST_LISTED = 20  # keys of a vocabulary, in a message


class GovReportError(Exception):
    """Base class of every error that the kit raises on purpose."""


class DocumentError(GovReportError, ValueError):
    """A document could not be read as a report.

    Parameters
    ----------
    path : str
        The document.
    kind : str
        A key of ``codebook.failures``.
    message : str
        What was found and what to do.
    """

    def __init__(self, path: str, kind: str, message: str) -> None:
        super().__init__(path, kind, message)
        self.path = path
        self.kind = kind
        self.message = message

    def __str__(self) -> str:
        return f"{self.path}: {self.message} ({self.kind})"


class UnknownKeyError(GovReportError, LookupError):
    """A key is not in a vocabulary of the codebook, or a name not among those of a frame.

    Parameters
    ----------
    vocabulary : str
        What the key was to name, in the singular.
    key : str
        The key.
    nearest : sequence of str
        Keys which resemble it.
    known : iterable of str
        All keys; a short list is told in full.
    home : str
        Where a long list stands, as ``govreport_kit.codebook.metrics``.
    """

    def __init__(
        self, vocabulary: str, key: str, nearest: Sequence[str], known: Iterable[str] = (), home: str = ""
    ) -> None:
        super().__init__(vocabulary, key, nearest, tuple(known), home)
        self.vocabulary = vocabulary
        self.key = key
        self.nearest = list(nearest)
        self.known = self.args[3]
        self.home = home

    def __str__(self) -> str:
        hint = f" Nearest: {', '.join(self.nearest)}." if self.nearest else ""
        return f"There is no {self.vocabulary} {self.key!r}.{hint}{self._list()}"

    def _list(self) -> str:
        if 0 < len(self.known) <= MOST_LISTED:
            return f" There are: {', '.join(self.known)}."
        return f" {self.home} lists all." if self.home else ""


class ArgumentError(GovReportError, TypeError):
    """An argument is of another kind than the function takes; the message tells what it takes."""


class CorpusError(GovReportError, ValueError):
    """A saved corpus or a frame does not have the form that the kit writes."""


class ExportError(GovReportError, ValueError):
    """Data cannot be written in a format without becoming something else, or there is no such format."""


class MissingExtraError(GovReportError, ImportError):
    """A library of one of the optional extras is not installed; the message gives the command that installs it."""

    def __init__(self, what: str, extra: str, error: ImportError) -> None:
        super().__init__(f"{what} ({error}); run: pip install 'govreport-kit[{extra}]'")


class MissingPathError(GovReportError, FileNotFoundError):
    """A file or folder does not exist; the message names the nearest one that does."""

    def __init__(self, path: str | Path) -> None:
        super().__init__(str(path))
        self.path = Path(path)

    def __str__(self) -> str:
        if not self.path.parent.is_dir():
            return f"There is no {str(self.path)!r}: the folder {str(self.path.parent)!r} does not exist either."
        names = [entry.name for entry in self.path.parent.iterdir()]
        near = difflib.get_close_matches(self.path.name, names, n=3, cutoff=0.5)
        hint = f" Nearest: {', '.join(near)}." if near else ""
        return f"There is no {str(self.path)!r}.{hint}"
