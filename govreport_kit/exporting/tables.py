"""What is exported: named frames whose columns know their words in English and Chinese."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

import pandas as pd

from govreport_kit import codebook
from govreport_kit.codebook.entries import FrameColumn
from govreport_kit.corpus import Corpus, panel_columns
from govreport_kit.corpus.frames import OVERLAY, frame_columns, vocabulary_entries
from govreport_kit.errors import ExportError, UnknownKeyError
from govreport_kit.exporting.cleaning import texts_of

PANEL = "panel"


@dataclass(frozen=True)
class Table:
    """A frame to write.

    Attributes
    ----------
    name : str
        Its name: that of a sheet or a file.
    frame : pandas.DataFrame
        Columns with unique names that are texts; the index says nothing.
    columns : tuple of FrameColumn
        What is known of each column; one that the codebook does not know has its own name for words.
    """

    name: str
    frame: pd.DataFrame
    columns: tuple[FrameColumn, ...]

    def words(self, lang: str) -> dict[str, str]:
        """Return the label of each column in a language."""
        return {column.name: str(getattr(column, lang)) for column in self.columns}

    def value_words(self, lang: str) -> dict[str, dict[str, str]]:
        """Return the label of each key, for the columns which hold keys of the codebook only."""
        vocabularies = {column.name: column.vocabulary for column in self.columns if column.vocabulary}
        return {
            name: {key: str(getattr(entry, lang)) for key, entry in vocabulary_entries(vocabulary).items()}
            for name, vocabulary in vocabularies.items()
        }


def tables_of(data: Corpus | pd.DataFrame, what: str | Sequence[str] | None, *, several: bool) -> list[Table]:
    """Return the frames to write.

    Parameters
    ----------
    data : Corpus or pandas.DataFrame
        The data.
    what : str or sequence of str, optional
        Names of frames of the corpus, or ``"panel"``. Default: the panel, and for a format that
        holds several frames all of them behind it.
    several : bool
        Whether the format holds more than one frame.

    Raises
    ------
    UnknownKeyError
        If a corpus has no such frame.
    ExportError
        If frames are named of something that is no corpus, a format cannot hold so many, or the
        columns of a frame have no names of their own.
    """
    if isinstance(data, pd.DataFrame):
        if what is not None:
            raise ExportError(f"what={what!r} names frames of a corpus, but a single frame is given; leave it out")
        return [_table(_home(data), data)]
    known = (PANEL, *data.frames(), OVERLAY)
    names = _names(data, what, several)
    for name in names:
        if name not in known:
            raise UnknownKeyError("frame", name, codebook.nearest(name, known), known)
    return [_table(name, data.panel() if name == PANEL else getattr(data, name)) for name in names]


def _names(corpus: Corpus, what: str | Sequence[str] | None, several: bool) -> list[str]:
    if what is None:
        return [PANEL, *corpus.frames()] if several else [PANEL]
    names = [what] if isinstance(what, str) else list(dict.fromkeys(what))
    if not names or (len(names) > 1 and not several):
        raise ExportError(
            f"this format holds one frame, asked for were {names}; name one, or write .xlsx, .zip or datapackage.json"
        )
    return names


def _table(name: str, frame: pd.DataFrame) -> Table:
    named = frame if frame.index.names == [None] else frame.reset_index()
    if isinstance(named.columns, pd.MultiIndex):
        raise ExportError("the frame has columns of several levels; give each column one name")
    columns = [str(column) for column in named.columns]
    if double := sorted({column for column in columns if columns.count(column) > 1}):
        raise ExportError(f"the frame has more than one column of the name {', '.join(double)}; rename them")
    plain = _typed(named.reset_index(drop=True).set_axis(columns, axis=1))
    return Table(name, plain, tuple(_described(name, column, plain[column]) for column in columns))


def _typed(frame: pd.DataFrame) -> pd.DataFrame:
    """Give columns of plain objects the types of what they hold."""
    zoned = [name for name, dtype in frame.dtypes.items() if isinstance(dtype, pd.DatetimeTZDtype)]
    if zoned:
        raise ExportError(
            f"column {zoned[0]!r} has a time zone, which few formats hold; take it away by tz_localize(None)"
        )
    objects = [str(name) for name, dtype in frame.dtypes.items() if pd.api.types.is_object_dtype(dtype)]
    return frame.assign(**{name: _values(frame[name]) for name in objects})


def _values(objects: pd.Series[Any]) -> pd.Series[Any]:
    """Return numbers, truth values or dates if the objects are nothing else, and texts if they are."""
    try:
        typed = objects.convert_dtypes()
        if not pd.api.types.is_object_dtype(typed.dtype):
            return typed
        return pd.Series(texts_of(objects), objects.index, dtype="str")
    except UnicodeEncodeError as error:
        raise ExportError(f"column {objects.name!r} holds half a character, which no file can: {error}") from error


def is_rates(frame: pd.DataFrame) -> bool:
    """Return whether a frame is one of rates, as `govreport_kit.rate` gives."""
    return {"metric", "k", "n", "rate", "low", "high", "reports"} <= set(frame.columns)


def definitions_of(rates: pd.DataFrame) -> list[str]:
    """Return the definition of each row of a frame of rates, by default that of its metric."""
    if "definition" in rates:
        return [str(definition) for definition in rates["definition"]]
    return [codebook.metrics[key].definition for key in rates["metric"]]


def _described(frame: str, name: str, values: pd.Series[Any]) -> FrameColumn:
    """Return what the codebook says of a column; nothing if its values are not those of the vocabulary."""
    places = (frame, PANEL, "reports")
    known = next((_columns(place)[name] for place in places if name in _columns(place)), None)
    if known is None or not _keeps_to(known.vocabulary, values):
        return FrameColumn(frame, name, str(values.dtype), "", True, name, name)
    return replace(known, vocabulary="") if known.vocabulary == "report" else known


def _keeps_to(vocabulary: str, values: pd.Series[Any]) -> bool:
    return vocabulary in ("", "report") or set(values.dropna().unique()) <= set(vocabulary_entries(vocabulary))


def _home(frame: pd.DataFrame) -> str:
    """Return the frame of the codebook that a frame is, or comes nearest to; ``data`` where none does."""
    names = {str(name) for name in frame.columns}
    shared = {home: len(names & set(_columns(home))) for home in codebook.frames}
    best = max(shared, key=lambda home: shared[home])
    return best if shared[best] * 2 > len(names) else "data"


@cache
def _columns(frame: str) -> Mapping[str, FrameColumn]:
    if frame == PANEL:
        return {column.name: column for column in panel_columns()}
    listed = [column for column in codebook.result_columns if column.frame == frame] or frame_columns(frame)
    return {column.name: column for column in listed}
