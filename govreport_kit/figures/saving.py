"""Saving a figure with its data and a manifest, the same bytes on every run."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from os import PathLike
from pathlib import Path
from typing import Any, cast

import matplotlib as mpl
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from govreport_kit import __version__
from govreport_kit.codebook.vocabulary import nearest
from govreport_kit.errors import UnknownKeyError
from govreport_kit.figures.plotted import Plotted, plotted_on
from govreport_kit.figures.theme import themed
from govreport_kit.safe_text import without_formula

SCHEMA = "govreport-figure/1"
_NO_DATE: dict[str, dict[str, Any]] = {"pdf": {"CreationDate": None}, "svg": {"Date": None}, "png": {}}


def save(
    figure: Figure | Axes,
    name: str,
    folder: str | PathLike[str] = "build/figures",
    *,
    formats: Sequence[str] = ("pdf", "svg", "png"),
    dpi: int = 300,
    data: pd.DataFrame | None = None,
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

    Returns
    -------
    dict of str to Path
        The files by their kind: the formats, then ``csv`` and ``json``. Where the figure holds several
        of the kit's plots their data are ``csv_1``, ``csv_2`` and so on.

    Raises
    ------
    UnknownKeyError
        If a format is not among those three.
    ValueError
        If `name` is no plain file name.
    """
    for kind in formats:
        if kind not in _NO_DATE:
            raise UnknownKeyError("format of figures", kind, nearest(kind, _NO_DATE))
    if not name.strip(".") or Path(name).name != name or "\\" in name:
        raise ValueError(f"{name!r} is no plain file name; give the place as `folder`.")
    whole = cast(Figure, figure.get_figure(root=True) if isinstance(figure, Axes) else figure)
    shown = [Plotted("data", "", data)] if data is not None else plotted_on(whole)
    target = Path(folder)
    target.mkdir(parents=True, exist_ok=True)
    files = {kind: target / f"{name}.{kind}" for kind in formats}
    with themed():
        for kind, path in files.items():
            whole.savefig(path, dpi=dpi, metadata=_NO_DATE[kind])
    for position, plotted in enumerate(shown, start=1):
        number = "" if len(shown) == 1 else str(position)
        files[f"csv_{number}".rstrip("_")] = path = target / f"{name}{number and '-'}{number}.csv"
        _write_csv(plotted.frame, path)
    manifest = _manifest(whole, shown, list(files.values()))
    files["json"] = target / f"{name}.json"
    files["json"].write_text(json.dumps(manifest, ensure_ascii=False, indent=2) + "\n", "utf-8", newline="\n")
    return files


def _write_csv(frame: pd.DataFrame, path: Path) -> None:
    safe = frame.copy()
    safe.columns = pd.Index([without_formula(str(column)) for column in frame.columns])
    for column in safe.columns[[not pd.api.types.is_numeric_dtype(dtype) for dtype in safe.dtypes]]:
        safe[column] = safe[column].astype("object").map(without_formula)
    safe.to_csv(path, index=False, encoding="utf-8", lineterminator="\n")


def _manifest(figure: Figure, shown: list[Plotted], files: list[Path]) -> dict[str, Any]:
    width, height = figure.get_size_inches() * 25.4
    return {
        "schema": SCHEMA,
        "plots": [
            {
                "kind": plotted.kind,
                "title": plotted.title,
                "definitions": dict(plotted.definitions),
                "rows": len(plotted.frame),
                "columns": [str(column) for column in plotted.frame.columns],
                "reports": None if plotted.reports is None else list(plotted.reports),
            }
            for plotted in shown
        ],
        "size_mm": [round(float(width), 1), round(float(height), 1)],
        "made_with": {"govreport-kit": __version__, "matplotlib": mpl.__version__},
        "files": [{"name": path.name, "sha256": hashlib.sha256(path.read_bytes()).hexdigest()} for path in files],
    }
