"""Saving a figure with its data and a manifest, the same bytes on every run."""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from html import escape
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import matplotlib as mpl
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from govreport_kit import __version__
from govreport_kit.codebook.vocabulary import nearest
from govreport_kit.errors import UnknownKeyError
from govreport_kit.figures.captions import alternative, full_caption
from govreport_kit.figures.labels import LANGUAGES, Lang
from govreport_kit.figures.plotted import Mark, Plotted, plotted_on
from govreport_kit.figures.theme import themed
from govreport_kit.safe_text import without_formula

if TYPE_CHECKING:
    from govreport_kit.corpus import Corpus

SCHEMA = "govreport-figure/1"
_FORMATS = ("pdf", "svg", "png")


def save(
    figure: Figure | Axes,
    name: str,
    folder: str | PathLike[str] = "build/figures",
    *,
    formats: Sequence[str] = ("pdf", "svg", "png"),
    dpi: int = 300,
    data: pd.DataFrame | None = None,
    corpus: Corpus | None = None,
) -> dict[str, Path]:
    """Write a figure, the data that it shows, and a manifest.

    The same figure gives the same bytes on every run, in every folder, with one version of matplotlib;
    the manifest names that version.

    Parameters
    ----------
    figure : matplotlib.figure.Figure or matplotlib.axes.Axes
        The figure, or one of its axes.
    name : str
        Name of the files, without ending.
    folder : path
        Where to write; made if it does not exist.
    formats : sequence of {"pdf", "svg", "png"}
        Kinds of files to write.
    dpi : int
        Resolution of the PNG.
    data : pandas.DataFrame, optional
        The plotted data, for a figure which was not drawn by the kit.
    corpus : Corpus, optional
        The corpus behind a figure which was drawn from a frame; one drawn from a corpus knows it.

    Returns
    -------
    dict of str to Path
        The files by their kind: the formats, then ``csv`` and ``json``. Where the figure holds several
        of the kit's plots their data are ``csv_1``, ``csv_2`` and so on.

    Notes
    -----
    The manifest holds for each plot its caption and its alternative text in English and Chinese, the
    definitions, the fingerprint of the corpus, and what stands behind each row of the data: ``marks`` are
    triples of places in ``report_sets`` and, for numerator and denominator, in ``figure_sets``; `trace`
    reads them. Title and alternative text stand in the PDF (Title, Subject), the SVG (title, desc) and the PNG
    (Title, Description), in the language of the figure.

    Raises
    ------
    UnknownKeyError
        If a format is not among those three.
    CorpusError
        If `corpus` is not the one behind the figure.
    ValueError
        If `name` is no plain file name.
    """
    for kind in formats:
        if kind not in _FORMATS:
            raise UnknownKeyError("format of figures", kind, nearest(kind, _FORMATS), _FORMATS)
    if not name.strip(".") or Path(name).name != name or "\\" in name:
        raise ValueError(f"{name!r} is no plain file name; give the place as `folder`.")
    whole = cast(Figure, figure.get_figure(root=True) if isinstance(figure, Axes) else figure)
    shown = [Plotted("data", "", data)] if data is not None else plotted_on(whole)
    plots = [_told(plotted, plotted.corpus if corpus is None else corpus) for plotted in shown]
    target = Path(folder)
    target.mkdir(parents=True, exist_ok=True)
    files = {kind: target / f"{name}.{kind}" for kind in formats}
    with themed(), _without_chatter():
        for kind, path in files.items():
            _write_figure(whole, path, kind, dpi, shown)
    for position, plotted in enumerate(shown, start=1):
        number = "" if len(shown) == 1 else str(position)
        files[f"csv_{number}".rstrip("_")] = path = target / f"{name}{number and '-'}{number}.csv"
        _write_csv(plotted.frame, path)
        plots[position - 1]["data"] = path.name
    manifest = _manifest(whole, plots, list(files.values()))
    files["json"] = target / f"{name}.json"
    files["json"].write_text(json.dumps(manifest, ensure_ascii=False, indent=2) + "\n", "utf-8", newline="\n")
    return files


@contextmanager
def _without_chatter() -> Iterator[None]:
    """Keep fontTools from telling each step of making a font smaller, where some library has turned on such notes."""
    logger = logging.getLogger("fontTools")
    before = logger.level
    logger.setLevel(logging.WARNING)
    try:
        yield
    finally:
        logger.setLevel(before)


def _write_csv(frame: pd.DataFrame, path: Path) -> None:
    safe = frame.copy()
    safe.columns = pd.Index([without_formula(str(column)) for column in frame.columns])
    for column in safe.columns[[not pd.api.types.is_numeric_dtype(dtype) for dtype in safe.dtypes]]:
        safe[column] = safe[column].astype("object").map(without_formula)
    safe.to_csv(path, index=False, encoding="utf-8", lineterminator="\n")


def _write_figure(figure: Figure, path: Path, kind: str, dpi: int, shown: list[Plotted]) -> None:
    """Write a figure with its title and alternative text, and without the date, which would change the bytes."""
    title = " / ".join(_sentences(plotted, plotted.lang)[0] for plotted in shown)
    told = " ".join(alternative(plotted) for plotted in shown)
    metadata: dict[str, dict[str, Any]] = {
        "pdf": {"CreationDate": None, "Title": title or None, "Subject": told or None},
        "svg": {"Date": None, "Title": title or None, "Description": told or None},
        "png": {"Title": title, "Description": told} if told else {},
    }
    figure.savefig(path, dpi=dpi, metadata=metadata[kind])
    if kind == "svg" and told:
        svg = path.read_text("utf-8").replace("</title>", f"</title>\n <desc>{escape(told, quote=False)}</desc>", 1)
        path.write_text(svg, "utf-8", newline="\n")


def _sentences(plotted: Plotted, lang: Lang) -> list[str]:
    return [*plotted.sentences(lang)] or [plotted.title]


def _told(plotted: Plotted, corpus: Corpus | None) -> dict[str, Any]:
    """Return what the manifest says of one plot."""
    marks = [] if corpus is None else list(plotted.marks(corpus))
    reports = plotted.reports
    if reports is None and marks:
        reports = tuple(dict.fromkeys(report_id for mark in marks for report_id in mark.reports))
    known = replace(plotted, corpus=corpus, reports=reports)
    return {
        "kind": plotted.kind,
        "title": plotted.title,
        "captions": {lang: full_caption(known, lang) for lang in LANGUAGES},
        "alt_texts": {lang: alternative(known, lang) for lang in LANGUAGES},
        "definitions": dict(plotted.definitions),
        "rows": len(plotted.frame),
        "columns": [str(column) for column in plotted.frame.columns],
        "reports": None if reports is None else list(reports),
        "corpus": None if corpus is None else corpus.fingerprint(),
        **_marks_told(marks),
    }


def _marks_told(marks: Sequence[Mark]) -> dict[str, Any]:
    """Return the marks as places in lists of what they rest on, which many marks share."""
    reports = {mark.reports: None for mark in marks}
    figures = {keys: None for mark in marks for keys in (mark.figures, mark.of)}
    report_places = {ids: place for place, ids in enumerate(reports)}
    figure_places = {keys: place for place, keys in enumerate(figures)}
    return {
        "report_sets": [list(ids) for ids in reports],
        "figure_sets": [list(keys) for keys in figures],
        "marks": [[report_places[mark.reports], figure_places[mark.figures], figure_places[mark.of]] for mark in marks],
    }


def _manifest(figure: Figure, plots: list[dict[str, Any]], files: list[Path]) -> dict[str, Any]:
    width, height = figure.get_size_inches() * 25.4
    return {
        "schema": SCHEMA,
        "plots": plots,
        "size_mm": [round(float(width), 1), round(float(height), 1)],
        "made_with": {"govreport-kit": __version__, "matplotlib": mpl.__version__},
        "files": [{"name": path.name, "sha256": hashlib.sha256(path.read_bytes()).hexdigest()} for path in files],
    }
