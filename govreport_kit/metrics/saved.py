"""The figures of a saved corpus which a metric rests on, read without loading the rest."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from os import PathLike
from pathlib import Path
from typing import TypeAlias

import pandas as pd

from govreport_kit import codebook
from govreport_kit.codebook.entries import FigureKey, Metric
from govreport_kit.codebook.figure_keys import parse_figure_key
from govreport_kit.contributions.cells import cells_behind, parts_behind
from govreport_kit.corpus import Corpus, load_corpus
from govreport_kit.corpus.arguments import require_corpus
from govreport_kit.corpus.storage import read_figures

Keys: TypeAlias = dict[str, dict[str, list[str]]]


def opened(corpus: Corpus | str | PathLike[str], metrics: Sequence[Metric], *, whole_tables: bool = False) -> Corpus:
    """Return a corpus as it is; of a path the part of the corpus there which the metrics need, or their whole tables.

    Raises
    ------
    CorpusError, MissingPathError
        As in `load_corpus`.
    ArgumentError
        If it is neither.
    """
    if not isinstance(corpus, str | PathLike):
        require_corpus(corpus)
        return corpus
    path = Path(corpus)
    if not path.is_dir():
        return load_corpus(path)
    figures = [parse_figure_key(name) for metric in metrics for name in metric.figures]
    in_tables = [key for key in figures if key.table in codebook.tables]
    cells = cells_behind(in_tables)
    keys = {table: _keys(table, rows, columns) for table, (rows, columns) in cells.items()}
    if whole_tables:
        keys = {table: {} for table in keys}
        return Corpus(**read_figures(path, keys | _keys_of_facts(figures, cells)))
    saved = Corpus(**read_figures(path, keys | _keys_of_facts(figures, cells)))
    parts = {
        table: _keys(table, rows, columns) | {"report_id": reports}
        for table, (rows, columns, reports) in parts_behind(saved, in_tables).items()
    }
    return _with_cells(saved, read_figures(path, parts), parts) if parts else saved


def _keys(table: str, rows: list[str], columns: list[str]) -> dict[str, list[str]]:
    return {codebook.tables[table].row_name: rows, codebook.tables[table].column_name: columns}


def _keys_of_facts(figures: Sequence[FigureKey], cells: Mapping[str, tuple[list[str], list[str]]]) -> Keys:
    """Name the indicators that are figures of a metric, or tell the same counts as its cells."""
    told = [key.row for key in figures if key.table == "facts"]
    same = [
        entry.key
        for entry in codebook.indicators.values()
        if entry.table in cells and entry.row in cells[entry.table][0]
    ]
    return {"facts": {"indicator": [*told, *same]}}


def _with_cells(saved: Corpus, more: Mapping[str, pd.DataFrame], tables: Iterable[str]) -> Corpus:
    return replace(saved, **{name: pd.concat([getattr(saved, name), more[name]], ignore_index=True) for name in tables})
