"""The figures of a saved corpus which a metric rests on, read without loading the rest."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from os import PathLike
from pathlib import Path
from typing import TypeAlias

from govreport_kit import codebook
from govreport_kit.codebook.entries import FigureKey, Metric
from govreport_kit.codebook.figure_keys import parse_figure_key
from govreport_kit.contributions.cells import cells_behind
from govreport_kit.corpus import Corpus, load_corpus
from govreport_kit.corpus.storage import read_figures

Cells: TypeAlias = Mapping[str, tuple[list[str], list[str]]]
Keys: TypeAlias = dict[str, dict[str, list[str]]]


def opened(corpus: Corpus | str | PathLike[str], metrics: Sequence[Metric]) -> Corpus:
    """Return a corpus as it is; of a path the part of the corpus there which the metrics need.

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
    cells = cells_behind([key for key in figures if key.table in codebook.tables])
    saved = Corpus(**read_figures(path, _keys_of_cells(cells) | _keys_of_facts(figures, cells)))
    saved.validate()
    return saved


def _keys_of_cells(cells: Cells) -> Keys:
    tables = codebook.tables
    return {name: {tables[name].row_name: rows, tables[name].column_name: cols} for name, (rows, cols) in cells.items()}


def _keys_of_facts(figures: Sequence[FigureKey], cells: Cells) -> Keys:
    """Name the indicators that are figures of a metric, or tell the same counts as its cells."""
    told = [key.row for key in figures if key.table == "facts"]
    same = [
        entry.key
        for entry in codebook.indicators.values()
        if entry.table in cells and entry.row in cells[entry.table][0]
    ]
    return {"facts": {"indicator": [*told, *same]}}
