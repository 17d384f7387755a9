"""Corpora from disk: a saved one, parsed reports of a file, or the bundled figures."""

from __future__ import annotations

from os import PathLike
from pathlib import Path

from govreport_kit.corpus.corpus import Corpus
from govreport_kit.corpus.storage import read_folder, read_json_lines
from govreport_kit.corpus.verdicts import apply_verdicts, read_verdicts, verdicts_file
from govreport_kit.errors import MissingPathError
from govreport_kit.published import published_folder


def load_corpus(path: str | PathLike[str] | None = None) -> Corpus:
    """Load a corpus.

    Parameters
    ----------
    path : path, optional
        A folder that `Corpus.save` wrote, or a ``.jsonl`` file of parsed reports. Without it the
        bundled figures of published reports: a sample of convenience, mostly read from the
        opening of each report only; see ``data/published/README.md``.

    Returns
    -------
    Corpus
        A line of a ``.jsonl`` file that holds no report becomes a row of ``failures``. Verdicts
        which stand beside the corpus (``verdicts.csv`` in its folder, ``NAME.verdicts.csv`` beside
        ``NAME.jsonl``) are applied.

    Raises
    ------
    CorpusError
        If the corpus is incomplete, damaged or of another form; names the file, what was
        expected and what to do.
    MissingPathError
        If there is no such folder or file.
    """
    folder = published_folder() if path is None else Path(path)
    if folder.is_dir():
        corpus = Corpus(**read_folder(folder))
    elif folder.is_file():
        corpus = Corpus.from_reports(*read_json_lines(folder))
    else:
        raise MissingPathError(folder)
    corpus = apply_verdicts(corpus, read_verdicts(verdicts_file(folder)))
    corpus.validate()
    return corpus
