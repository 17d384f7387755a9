"""The frames of a corpus: their columns, dtypes and vocabularies, read from the codebook.

Everything here follows from ``codebook/data/frames.csv``. A column of dtype ``category`` with a
vocabulary has exactly that vocabulary as its categories; without one, the values that occur.
Positions are ``Int32`` because the size of a document is limited; counts are ``Int64`` because a
misread cell may hold any number, and an audit should find it rather than an overflow.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from govreport_kit import codebook
from govreport_kit.codebook.entries import FrameColumn
from govreport_kit.codebook.vocabulary import Entry
from govreport_kit.errors import CorpusError

if TYPE_CHECKING:
    from pandera.pandas import DataFrameSchema

# What a researcher adds to a corpus; it is kept in a file of its own, which no new parse touches.
OVERLAY = "verdicts"
FRAMES = tuple(dict.fromkeys(column.frame for column in codebook.frame_columns if column.frame != OVERLAY))
VALUE_STATES = ("reported", "zero")
DATE_DTYPE = "datetime64[s]"

_FRICTIONLESS = {
    "string": "string",
    "category": "string",
    "boolean": "boolean",
    "bool": "boolean",
    "date": "date",
    "Float64": "number",
    "Int16": "integer",
    "Int32": "integer",
    "Int64": "integer",
}


@cache
def frame_columns(frame: str) -> tuple[FrameColumn, ...]:
    """Return the columns of a frame in their order."""
    return tuple(column for column in codebook.frame_columns if column.frame == frame)


@cache
def vocabulary(name: str) -> tuple[str, ...]:
    """Return the keys which a column of that vocabulary may hold, in printed order; see `vocabulary_entries`."""
    return tuple(vocabulary_entries(name))


@cache
def vocabulary_entries(name: str) -> Mapping[str, Entry]:
    """Return the entries (with ``zh`` and ``en``) which a column of that vocabulary may name, in printed order.

    Parameters
    ----------
    name : str
        A vocabulary named in ``frames.csv``. ``requests_row`` holds the rows of the request table
        and the groups of outcomes, because the running text tells groups; ``report`` is not
        here: its keys are the ids of the corpus.
    """
    closed: dict[str, Mapping[str, Any]] = {
        "level": codebook.levels,
        "scope": codebook.scopes,
        "form": codebook.forms,
        "state": codebook.states,
        "source": codebook.sources,
        "section": codebook.sections,
        "indicator": codebook.indicators,
        "table": {**codebook.tables, "facts": codebook.frames["facts"]},
        "verdict": codebook.verdicts,
        "claim": codebook.claims,
        "correction": codebook.corrections,
        "note": codebook.notes,
        "failure": codebook.failures,
    }
    if name in closed:
        return closed[name]
    table, _, axis = name.partition("_")
    if axis == "column":
        return {column.key: column for column in codebook.table_columns(table)}
    rows = {row.key: row for row in codebook.table_rows(table)}
    return rows | {group.key: group for group in codebook.groups.values() if group.table == table}


def make_frame(frame: str, values: Mapping[str, Any] | pd.DataFrame, ids: pd.Index[str]) -> pd.DataFrame:
    """Give values the dtypes of a frame.

    Parameters
    ----------
    frame : str
        Name of the frame.
    values : mapping of str to sequence
        The values of each column, lists or Series; other keys are ignored.
    ids : pandas.Index
        The ids of the corpus's reports, the vocabulary of ``report_id``.

    Raises
    ------
    CorpusError
        If a column is missing, or a value is not in its vocabulary or not of its dtype.
    """
    columns = frame_columns(frame)
    if missing := [column.name for column in columns if column.name not in values]:
        raise CorpusError(f"frame {frame!r} lacks the columns {missing}; see codebook.frame_columns")
    return pd.DataFrame({column.name: _typed(values[column.name], column, ids) for column in columns})


def report_ids(reports: Mapping[str, Any] | pd.DataFrame) -> pd.Index[str]:
    """Return the ids of the frame ``reports``: the vocabulary of ``report_id`` in every other frame."""
    ids: pd.Index[str] = pd.Index(reports["report_id"], dtype="str").rename(None)
    return ids


def make_frames(values: Mapping[str, Mapping[str, Any] | pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """Give every frame of a corpus its dtypes; the ids are those of ``values["reports"]``."""
    ids = report_ids(values["reports"])
    return {frame: make_frame(frame, values[frame], ids) for frame in FRAMES}


def _typed(values: Any, column: FrameColumn, ids: pd.Index[str]) -> Any:
    if column.dtype == "category":
        return _categorical(values, column, ids)
    if isinstance(values, pd.Series):
        values = values.array
    try:
        return pd.array(values, dtype=_plain_dtype(column))
    except (TypeError, ValueError, OverflowError) as error:
        raise CorpusError(f"frame {column.frame!r}, column {column.name!r}: not {column.dtype}: {error}") from error


def _categorical(values: Any, column: FrameColumn, ids: pd.Index[str]) -> Any:
    found = pd.Categorical(values)
    if not column.vocabulary:
        found = found.remove_unused_categories()
        return found.set_categories(pd.Index(sorted(map(str, found.categories)), dtype="str"))
    allowed = _allowed(column, ids)
    position = allowed.get_indexer(found.categories)
    if (position < 0).any():
        _require_known(found.remove_unused_categories(), column, allowed)
    codes = np.append(position, -1)[found.codes]
    return pd.Categorical.from_codes(codes, dtype=pd.CategoricalDtype(allowed))


def _require_known(found: pd.Categorical, column: FrameColumn, allowed: pd.Index[str]) -> None:
    unknown = [str(value) for value in found.categories if value not in allowed]
    if unknown:
        near = codebook.nearest(unknown[0], vocabulary(column.vocabulary)) if column.vocabulary != "report" else []
        hint = f"; nearest to the first: {', '.join(near)}" if near else ""
        raise CorpusError(
            f"frame {column.frame!r}, column {column.name!r}: {unknown[:5]} not in the vocabulary"
            f" {column.vocabulary!r}{hint}"
        )


def _allowed(column: FrameColumn, ids: pd.Index[str]) -> pd.Index[str]:
    return ids if column.vocabulary == "report" else _vocabulary_index(column.vocabulary)


@cache
def _vocabulary_index(name: str) -> pd.Index[str]:
    return pd.Index(vocabulary(name), dtype="str")


def _plain_dtype(column: FrameColumn) -> str:
    return {"date": DATE_DTYPE, "string": "str"}.get(column.dtype, column.dtype)


def validate_frame(frame: str, data: pd.DataFrame, ids: pd.Index[str]) -> None:
    """Check a frame against its schema.

    Raises
    ------
    CorpusError
        Names the frame, and for each fault the column, what was expected, and the rows.
    """
    from pandera.errors import SchemaErrors

    if "report_id" in data and frame != "reports":
        strangers = data["report_id"][~data["report_id"].isin(ids)]
        if len(strangers):
            raise CorpusError(
                f"frame {frame!r}: {len(strangers)} rows name reports that are not in frame 'reports'"
                f" (rows {some(strangers.index)}: {some(strangers.unique())}); narrow a corpus with Corpus.select"
            )
    try:
        frame_schema(frame, ids).validate(data, lazy=True)
    except SchemaErrors as errors:
        raise CorpusError(f"frame {frame!r}: " + "; ".join(_faults(errors.failure_cases))) from None


def _faults(cases: pd.DataFrame) -> list[str]:
    faults = []
    for check, group in cases.groupby("check", sort=False):
        if check in ("column_in_schema", "column_in_dataframe"):
            what = {"column_in_schema": "unexpected column", "column_in_dataframe": "missing column"}[str(check)]
            faults += [f"{what} {name!r}" for name in group["failure_case"]]
            continue
        columns = some(group["column"].dropna().unique())
        rows = group["index"].dropna().unique()
        found = "" if len(rows) else f", found {group['failure_case'].iloc[0]}"
        faults.append(f"column {columns}: expected {check}{found}" + (f", rows {some(rows)}" if len(rows) else ""))
    return faults


def some(values: Iterable[Any], count: int = 5) -> str:
    """Name the first few values and say how many more there are."""
    listed = [str(value) for value in values]
    return ", ".join(listed[:count]) + (f" and {len(listed) - count} more" if len(listed) > count else "")


def frame_schema(frame: str, ids: pd.Index[str]) -> DataFrameSchema:
    """Return the pandera schema of a frame, built from ``codebook.frame_columns``.

    Beyond columns, dtypes and vocabularies it asks that a value stands exactly where the state is
    ``reported`` or ``zero`` (and is 0 exactly where it is ``zero``), that spans have two ends in
    order, and that a source gives a cell once.
    """
    import pandera.pandas as pa

    columns = {column.name: _schema_column(column, ids) for column in frame_columns(frame)}
    checks, unique = [], None
    if frame in codebook.tables:
        names = codebook.tables[frame]
        unique = ["report_id", names.row_name, names.column_name, "source"]
        checks.append(
            pa.Check(lambda data: _state_agrees(data[names.value_name], data["state"]), error="value and state agree")
        )
    if "start" in columns:
        checks.append(pa.Check(lambda data: _spans_agree(data["start"], data["end"]), error="start before end"))
    return pa.DataFrameSchema(columns, checks=checks, strict=True, unique=unique, name=frame)


def _schema_column(column: FrameColumn, ids: pd.Index[str]) -> Any:
    import pandera.pandas as pa

    if column.dtype != "category":
        unique = (column.frame, column.name) == ("reports", "report_id")
        return pa.Column(_plain_dtype(column), nullable=column.nullable, unique=unique)
    if not column.vocabulary:
        return pa.Column(pd.CategoricalDtype, nullable=column.nullable)
    expected = _allowed(column, ids)
    check = pa.Check(
        lambda values: isinstance(values.dtype, pd.CategoricalDtype) and values.cat.categories.equals(expected),
        error=f"category of the vocabulary {column.vocabulary!r}",
        ignore_na=False,
    )
    return pa.Column(None, checks=check, nullable=column.nullable)


def _state_agrees(values: pd.Series[Any], states: pd.Series[str]) -> pd.Series[bool]:
    is_zero = (values == 0).fillna(False).astype(bool)
    return (values.notna() == states.isin(VALUE_STATES)) & (is_zero == (states == "zero"))


def _spans_agree(start: pd.Series[int], end: pd.Series[int]) -> pd.Series[bool]:
    in_order = ((start >= 0) & (start <= end)).fillna(False).astype(bool)
    return in_order | (start.isna() & end.isna())


def table_schema(columns: Iterable[FrameColumn]) -> dict[str, Any]:
    """Describe columns as a Frictionless Table Schema, each in English and Chinese.

    Returns
    -------
    dict
        ``{"fields": [...], "missingValues": [""]}``; a closed vocabulary stands as ``enum``.
    """
    return {"fields": [_field(column) for column in columns], "missingValues": [""]}


def _field(column: FrameColumn) -> dict[str, Any]:
    constraints: dict[str, Any] = {"required": not column.nullable}
    if column.dtype == "category" and column.vocabulary not in ("", "report"):
        constraints["enum"] = list(vocabulary(column.vocabulary))
    if (column.frame, column.name) in (("reports", "report_id"), ("panel", "report_id")):
        constraints["unique"] = True
    return {
        "name": column.name,
        "type": _FRICTIONLESS[column.dtype],
        "title": column.name,
        "description": column.en,
        "description_zh": column.zh,
        "constraints": constraints,
    }
