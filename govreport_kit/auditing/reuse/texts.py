"""The texts of a corpus, which holds none: read again from the documents, one at a time."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from govreport_kit import codebook
from govreport_kit.documents import read_document
from govreport_kit.documents.limits import DEFAULT, Limits
from govreport_kit.errors import GovReportError

if TYPE_CHECKING:
    from govreport_kit.corpus import Corpus


class TextNotAtHandError(GovReportError, LookupError):
    """The text of a report cannot be had; `reason` is a key of ``codebook.text_gaps``."""

    def __init__(self, report_id: str, path: str | None, reason: str) -> None:
        super().__init__(report_id, path, reason)
        self.report_id = report_id
        self.path = path
        self.reason = reason

    def __str__(self) -> str:
        at = f" at {self.path!r}" if self.path else ""
        return (
            f"The text of {self.report_id!r} is not at hand{at}: {codebook.text_gaps[self.reason].en} ({self.reason})"
        )


class CorpusTexts(Mapping[str, str]):
    """Texts by report_id, each read from its document when it is asked for; made by `texts_of`."""

    def __init__(self, documents: Mapping[str, tuple[Path | None, str | None]], limits: Limits) -> None:
        self._documents = documents
        self._limits = limits

    def __getitem__(self, report_id: str) -> str:
        path = self._sound_path(report_id)
        document = read_document(path, self._limits)
        return document.text

    def __iter__(self) -> Iterator[str]:
        return iter(self._documents)

    def __len__(self) -> int:
        return len(self._documents)

    def __repr__(self) -> str:
        return f"<texts of {len(self)} reports, read when asked for>"

    def missing(self) -> pd.DataFrame:
        """Check every file, without reading it as a document.

        Returns
        -------
        pandas.DataFrame
            One row for each text that is not at hand: report_id, path, reason (a key of
            ``codebook.text_gaps``), message.
        """
        gaps = []
        for report_id in self:
            try:
                self._sound_path(report_id)
            except TextNotAtHandError as gap:
                gaps.append((gap.report_id, gap.path, gap.reason, str(gap)))
        return pd.DataFrame(gaps, columns=["report_id", "path", "reason", "message"], dtype="str")

    def _sound_path(self, report_id: str) -> Path:
        path, sha256 = self._documents[report_id]
        if path is None:
            raise TextNotAtHandError(report_id, None, "no_path")
        if not path.is_file():
            raise TextNotAtHandError(report_id, str(path), "no_file")
        if sha256 is None:
            raise TextNotAtHandError(report_id, str(path), "no_hash")
        with path.open("rb") as file:
            if hashlib.file_digest(file, "sha256").hexdigest() != sha256:
                raise TextNotAtHandError(report_id, str(path), "changed")
        return path


def texts_of(corpus: Corpus, *, folder: str | Path | None = None, limits: Limits = DEFAULT) -> CorpusTexts:
    """Return the texts of a corpus, read again from the documents at ``reports.path``.

    Parameters
    ----------
    corpus : Corpus
        Its reports tell path and SHA-256 of the documents.
    folder : path, optional
        What relative paths start from; the working directory by default.
    limits : Limits
        What each document may cost.

    Returns
    -------
    CorpusTexts
        A mapping from report_id to text which holds no text. Asking for a text that is not at hand
        raises a `TextNotAtHandError`, for one that is no longer read a `DocumentError`; ``missing()``
        tells beforehand.
    """
    columns = corpus.reports[["report_id", "path", "sha256"]]
    documents = {
        report_id: (
            None if pd.isna(path) else Path(folder or ".") / path,
            None if pd.isna(sha256) else sha256,
        )
        for report_id, path, sha256 in columns.itertuples(index=False)
    }
    return CorpusTexts(documents, limits)
