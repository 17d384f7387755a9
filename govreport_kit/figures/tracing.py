"""From a mark of a figure back to the cells and sentences behind it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

import pandas as pd
from matplotlib.axes import Axes

from govreport_kit import codebook
from govreport_kit.codebook.figure_keys import parse_figure_key
from govreport_kit.errors import CorpusError
from govreport_kit.figures.plotted import Mark, plotted_in

if TYPE_CHECKING:
    from govreport_kit.corpus import Corpus

TRACE_COLUMNS = (
    "report_id", "part", "frame", "row", "column", "value", "state", "source", "quote", "start", "end",
)  # fmt: skip
_PLACES = {
    "requests": ("row", "applicant", "count"),
    "disclosure": ("item", "measure", "value"),
    "reviews": ("channel", "outcome", "count"),
}
Place: TypeAlias = tuple[str, str, str]


def trace(
    figure: Axes | str | PathLike[str], mark: int | Mapping[str, Any], corpus: Corpus, *, plot: int = 0
) -> pd.DataFrame:
    """Return the cells and sentences behind one mark of a figure.

    Parameters
    ----------
    figure : matplotlib.axes.Axes or path
        What one of the kit's figures returned, or the manifest (JSON) which `save` wrote.
    mark : int or mapping
        A row of the plotted data, from 0, or values in its columns which only one row has, as
        ``{"year": 2023, "outcome": "refused"}``.
    corpus : Corpus
        The corpus of the figure.
    plot : int
        Which of several plots of a manifest, from 0.

    Returns
    -------
    pandas.DataFrame
        One row a cell or fact: ``report_id``; ``part`` (numerator, denominator); ``frame``, ``row`` and
        ``column`` of it; ``value``, ``state``; ``source`` (table, narrative, derived); ``quote``,
        ``start`` and ``end``: the span in the text of the document. Where table and running text both tell
        a count both stand here; rates take the table's first. A kind of applicant stands here only where
        the total is blank.

    Raises
    ------
    CorpusError
        If there is no such mark or several, if the manifest does not tell the marks, or if it was written
        for another corpus.
    """
    if isinstance(figure, Axes):
        plotted = plotted_in(figure)
        marks, data = plotted.marks(corpus), plotted.frame
    else:
        marks, data = _read_manifest(Path(figure), plot, corpus)
    chosen = marks[_position(mark, data, len(marks))]
    parts = [(key, "numerator") for key in chosen.figures]
    parts += [(key, "denominator") for key in chosen.of if key not in chosen.figures]
    rows = [_rows(corpus, chosen.reports, key, part) for key, part in parts]
    traced = pd.concat(rows, ignore_index=True) if rows else pd.DataFrame(columns=list(TRACE_COLUMNS))
    order = {report_id: place for place, report_id in enumerate(chosen.reports)}
    traced = traced.drop_duplicates([*TRACE_COLUMNS[:1], *TRACE_COLUMNS[2:5], "source", "start"])
    return traced.sort_values("report_id", key=lambda ids: ids.map(order), kind="stable", ignore_index=True)


def _read_manifest(path: Path, plot: int, corpus: Corpus) -> tuple[list[Mark], pd.DataFrame]:
    manifest = json.loads(path.read_text("utf-8"))
    told = manifest["plots"][plot]
    if not told.get("marks"):
        raise CorpusError(f"{path} does not tell what stands behind its marks: save the figure with corpus=.")
    if told["corpus"] != corpus.fingerprint():
        raise CorpusError(
            f"{path} was written for the corpus {told['corpus'][:12]}, this one is {corpus.fingerprint()[:12]}:"
            " its marks rest on other figures. Give the corpus that the figure was drawn from."
        )
    ids, figures = told["report_sets"], told["figure_sets"]
    marks = [Mark(tuple(ids[a]), tuple(figures[b]), tuple(figures[c])) for a, b, c in told["marks"]]
    return marks, pd.read_csv(path.with_name(told["data"]))


def _position(mark: int | Mapping[str, Any], data: pd.DataFrame, marks: int) -> int:
    if isinstance(mark, int):
        if not 0 <= mark < marks:
            raise CorpusError(f"There is no mark {mark}: the figure has {marks}, from 0.")
        return mark
    fits = pd.Series(True, data.index)
    for column, value in mark.items():
        if column not in data:
            near = ", ".join(codebook.nearest(column, data.columns))
            raise CorpusError(f"The plotted data has no column {column!r}. Nearest: {near}.")
        fits &= (data[column].astype("object") == value).fillna(False).astype(bool)
    if fits.sum() != 1:
        raise CorpusError(f"{fits.sum()} marks have {dict(mark)!r}: give the values that one mark alone has.")
    return int(fits.to_numpy().argmax())


def _rows(corpus: Corpus, reports: Sequence[str], key: str, part: str) -> pd.DataFrame:
    """Return the cells and facts of the reports which tell one figure, or lie in one span."""
    if key.partition("-")[0].isdigit():
        return _in_span(corpus, reports, key, part)
    places = _places(key)
    found = [_cells(corpus, reports, place, part) for place in places if place[0] in _PLACES]
    indicators = {place[1] for place in places if place[0] == "facts"}
    indicators |= {
        entry.key for entry in codebook.indicators.values() if (entry.table, entry.row, entry.column) in places
    }
    facts = corpus.facts[corpus.facts["report_id"].isin(reports) & corpus.facts["indicator"].isin(indicators)]
    return pd.concat([*found, _as_trace(facts, "facts", part, facts["indicator"].astype("str"), "", facts["value"])])


def _places(key: str) -> list[Place]:
    """Return the cells (frame, row, column) which a figure is the sum of, or the indicator that it is."""
    if "/" in key:
        table, row, column = (*key.split("/"), "", "")[:3]
    else:
        parsed = parse_figure_key(key)
        table, row, column = parsed.table, parsed.row, parsed.column
    members = codebook.group_members(row) if row in codebook.groups else []
    return [(table, name, column) for name in (row, *members)]


def _cells(corpus: Corpus, reports: Sequence[str], place: Place, part: str) -> pd.DataFrame:
    frame, row, column = place
    rows, columns, value = _PLACES[frame]
    cells = getattr(corpus, frame)
    cells = cells[cells["report_id"].isin(reports) & (cells[rows] == row)]
    told = cells[cells[columns] == column]
    if frame == "requests" and column == "total":
        numbers = told.loc[told["count"].notna(), "report_id"]
        told = pd.concat([told, cells[(cells[columns] != column) & ~cells["report_id"].isin(numbers)]])
    return _as_trace(told, frame, part, told[rows].astype("str"), told[columns].astype("str"), told[value])


def _in_span(corpus: Corpus, reports: Sequence[str], span: str, part: str) -> pd.DataFrame:
    start, end = map(int, span.split("-"))
    facts = corpus.facts[corpus.facts["report_id"].isin(reports)]
    facts = facts[(facts["start"] < end) & (facts["end"] > start)]
    return _as_trace(facts, "facts", part, facts["indicator"].astype("str"), "", facts["value"])


def _as_trace(rows: pd.DataFrame, frame: str, part: str, row: Any, column: Any, value: Any) -> pd.DataFrame:
    is_fact = frame == "facts"
    return pd.DataFrame(
        {
            "report_id": rows["report_id"].astype("str"), "part": part, "frame": frame, "row": row, "column": column,
            "value": value.astype("Float64"), "state": "reported" if is_fact else rows["state"].astype("str"),
            "source": "narrative" if is_fact else rows["source"].astype("str"),
            "quote": rows["quote"] if is_fact else pd.Series(pd.NA, rows.index, dtype="str"),
            "start": rows["start"], "end": rows["end"],
        }
    )  # fmt: skip
