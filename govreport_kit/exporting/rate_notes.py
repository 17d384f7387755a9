"""What must stand below a table of rates: few cases, changes of law or form, whose figures, how many reports."""

from __future__ import annotations

from collections.abc import Iterator
from string import ascii_lowercase

import pandas as pd

from govreport_kit import codebook
from govreport_kit.exporting.words import word
from govreport_kit.metrics.coverage import reports_of_all
from govreport_kit.metrics.intervals import caveats_of

_OF_INTERVALS = {"metric", "method", "low", "reports"}
_FLAGS = {"few": r"\dagger", "counts_only": r"\ddagger", "few_reports": r"\P", "unranked": r"\S"}


def notes_on_rates(rates: pd.DataFrame, lang: str) -> tuple[list[str], list[tuple[str, str]]]:
    r"""Return the marks of each row, and the notes with their marks.

    Parameters
    ----------
    rates : pandas.DataFrame
        A frame of rates; of ``flag``, ``breaks``, ``scopes`` and ``coverage`` what it has is told.
    lang : {"en", "zh"}
        Language of the notes.

    Returns
    -------
    list of str, list of (str, str)
        For each row the marks in LaTeX's mathematics, as ``\dagger,a``, empty where there is none; and
        the notes: mark and text. What holds for all rows has no mark. Flags come first.
    """
    texts: dict[str, str] = {}
    marks: list[list[str]] = [[] for _ in range(len(rates))]
    letters = iter(ascii_lowercase)
    for key, flagged, text in [*_flags(rates, lang), *_breaks(rates, lang), *_scopes(rates, lang)]:
        everywhere = key.startswith("scope.") and flagged[rates["reports"] > 0].all()
        mark = "" if everywhere else _FLAGS.get(key) or next(letters)
        texts[text] = mark
        for row, concerned in zip(marks, flagged, strict=True):
            row += [mark] if mark and concerned else []
    if "coverage" in rates:
        listed = ", ".join(map(reports_of_all, rates["reports"], rates["coverage"]))
        texts[word("coverage", lang, reports=listed)] = ""
    if set(rates) >= _OF_INTERVALS:
        texts |= {getattr(entry, lang): "" for entry in caveats_of(rates)}
    return [",".join(row) for row in marks], [(mark, text) for text, mark in texts.items()]


_Note = tuple[str, "pd.Series[bool]", str]


def _flags(rates: pd.DataFrame, lang: str) -> Iterator[_Note]:
    limits = rates.attrs.get("thresholds", {})
    for key in _FLAGS if "flag" in rates else ():
        flagged = rates["flag"].eq(key).fillna(value=False)
        if flagged.any():
            limit = limits.get(key)
            below = "below_reports" if key == "few_reports" else "below"
            told = "" if limit is None else word(below, lang, n=f"{limit:,}")
            yield key, flagged, word(f"flag.{key}", lang) + told


def _breaks(rates: pd.DataFrame, lang: str) -> Iterator[_Note]:
    for key, entry in codebook.breaks.items() if "breaks" in rates else ():
        crossed = rates["breaks"].fillna("").map(lambda told, key=key: key in told.split("+"))
        if crossed.any():
            yield key, crossed, word("break", lang, law=getattr(entry, lang), date=entry.date or entry.first_year)


def _scopes(rates: pd.DataFrame, lang: str) -> Iterator[_Note]:
    if "scopes" not in rates:
        return
    told = rates["scopes"].fillna("")
    unknown = told.eq("unknown")
    for key, concerned in (("scope.unknown", unknown), ("scope.partly", told.str.contains("unknown") & ~unknown)):
        if concerned.any():
            yield key, concerned, word(key, lang)
