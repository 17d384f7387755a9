"""Corpora, panels, rates and findings in the files that other programs read.

Every format goes through a `Table`: a frame whose columns know their words in both languages.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from os import PathLike
from pathlib import Path

import pandas as pd

from govreport_kit.corpus import Corpus
from govreport_kit.errors import ExportError
from govreport_kit.exporting.cleaning import TextChangedWarning
from govreport_kit.exporting.codebook_document import write_codebook
from govreport_kit.exporting.data_package import DESCRIPTOR, write_package
from govreport_kit.exporting.delimited import write_csv, write_folder, write_zip
from govreport_kit.exporting.excel import write_excel
from govreport_kit.exporting.latex import write_latex
from govreport_kit.exporting.numbers import export_numbers
from govreport_kit.exporting.parquet import write_parquet
from govreport_kit.exporting.r_script import write_r
from govreport_kit.exporting.spss import write_spss
from govreport_kit.exporting.stata import write_stata
from govreport_kit.exporting.tables import tables_of
from govreport_kit.exporting.words import check_lang


@dataclass(frozen=True)
class _Format:
    write: Callable[..., list[Path]]
    several: bool = False
    csv: bool = False


_FORMATS = {
    ".dta": _Format(write_stata),
    ".sav": _Format(write_spss),
    ".xlsx": _Format(write_excel, several=True),
    ".csv": _Format(write_csv, csv=True),
    ".zip": _Format(write_zip, several=True, csv=True),
    ".parquet": _Format(write_parquet),
    ".tex": _Format(write_latex),
    ".R": _Format(write_r, csv=True),
    DESCRIPTOR: _Format(write_package, several=True, csv=True),
    "": _Format(write_folder, several=True, csv=True),
}


def export(
    data: Corpus | pd.DataFrame,
    path: str | PathLike[str],
    *,
    lang: str = "en",
    what: str | Sequence[str] | None = None,
    safe: bool = True,
) -> list[Path]:
    r"""Write data in the format that the ending of a path names.

    Parameters
    ----------
    data : Corpus or pandas.DataFrame
        A corpus, or any frame: a panel, rates, findings, one of your own.
    path : path
        Where to write; folders are made. By its ending:

        - ``.dta``: Stata 14 and later. Names are ASCII of at most 32 characters, labels of variables
          in `lang`; a key of the codebook is a number (its place in the vocabulary) with a value
          label; what is missing is ``.``. A missing text is empty, as Stata knows no other.
        - ``.sav``: SPSS, the same way; blanks at the end of a text are lost.
        - ``.xlsx``: a sheet a frame and a sheet ``codebook``. No cell is ever a formula.
        - ``.csv``: UTF-8 with a byte order mark; an empty text is ``""``, a missing value nothing.
        - ``.zip``, or a folder (no ending): a CSV a frame and ``codebook.csv``.
        - ``.parquet``: with the labels as ``description`` of the fields.
        - ``.tex``: a LaTeX table in the style of booktabs; what is missing is ``--``. Below rates stands
          what their flags, breaks, scopes and coverage say.
        - ``.R``: a CSV beside a script of base R which sets types, factors and labels.
        - ``datapackage.json``: a Frictionless data package, a CSV a frame, in the folder of the file.
    lang : {"en", "zh"}
        Language of the labels.
    what : str or list of str, optional
        Which frames of a corpus: their names, ``"panel"``, ``"verdicts"``. By default the panel; for a
        format with several frames all of them.
    safe : bool
        In CSV, put an apostrophe in front of a text which a spreadsheet would take for a formula.
        To read back, take one apostrophe from every text that matches ``^'+[=+\-@\t\r\n]``.

    Returns
    -------
    list of pathlib.Path
        What was written, the file at `path` first. The same data give the same bytes with the same
        versions of the libraries: no time stands in the files.

    Raises
    ------
    UnknownKeyError
        If there is no such language or frame; names the nearest.
    ExportError
        If no format has this ending, or the format cannot hold the data: several frames in a file
        for one, numbers that it would round, more rows than a sheet has.
    MissingExtraError
        If ``.xlsx`` or ``.sav`` is asked for and its library is not installed.

    Warns
    -----
    TextChangedWarning
        If texts hold what the format cannot; says how many and what was done.
    """
    check_lang(lang)
    target = Path(path)
    kind = _format(target)
    tables = tables_of(data, what, several=kind.several)
    target.parent.mkdir(parents=True, exist_ok=True)
    return kind.write(tables, target, lang, **({"safe": safe} if kind.csv else {}))


def _format(path: Path) -> _Format:
    ending = path.name if path.name == DESCRIPTOR else path.suffix
    endings = {known.lower(): known for known in _FORMATS}
    if ending.lower() not in endings:
        known = ", ".join(known for known in _FORMATS if known)
        raise ExportError(f"{path.name!r}: no format has this ending; there are {known}, and a folder (no ending)")
    return _FORMATS[endings[ending.lower()]]


__all__ = ["ExportError", "TextChangedWarning", "export", "export_numbers", "write_codebook"]
