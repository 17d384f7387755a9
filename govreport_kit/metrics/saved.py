"""The figures of a saved corpus which a metric rests on, read without loading the rest."""

from __future__ import annotations

from collections.abc import Sequence
from os import PathLike
from pathlib import Path

from govreport_kit import codebook
from govreport_kit.codebook.entries import FigureKey, Metric
from govreport_kit.codebook.figure_keys import cells_of, parse_figure_key
from govreport_kit.contributions.cells import cells_behind
from govreport_kit.corpus import Corpus, load_corpus
from govreport_kit.corpus.storage import Keys, read_figures


def opened(corpus: Corpus | str | PathLike[str], metrics: Sequence[Metric], *, checked: bool = False) -> Corpus:
    """Return a corpus as it is; of a path the part of the corpus there which the metrics, or a check of them, need.

    Raises
    ------
    CorpusError, MissingPathError
        As in `load_corpus`.
    """
    if not isinstance(corpus, str | PathLike):
        return corpus
    path = Path(corpus)
    if not path.is_dir():
        return load_corpus(path)
    figures = [parse_figure_key(name) for metric in metrics for name in metric.figures]
    keys: dict[str, list[Keys]] = {"facts": [_keys_of_facts(figures)]}
    of_tables = [key for key in figures if key.table in codebook.tables]
    for table, rows, columns in cells_behind(of_tables, checked=checked):
        names = codebook.tables[table]
        keys.setdefault(table, []).append({names.row_name: rows, names.column_name: columns})
    return Corpus(**read_figures(path, keys))


def _keys_of_facts(figures: Sequence[FigureKey]) -> Keys:
    """Name the indicators that are figures of a metric, or tell the same counts as its cells."""
    told = [key.row for key in figures if key.table == "facts"]
    cells = {
        (key.table, row)
        for key in figures
        if key.table in codebook.tables
        for row in (key.row, *(row for row, _ in cells_of(key)))
    }
    same = [entry.key for entry in codebook.indicators.values() if (entry.table, entry.row) in cells]
    return {"indicator": [*told, *same]}
