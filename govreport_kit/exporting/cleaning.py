"""What a format cannot hold of a text, and what stands for it instead; nothing is changed without a word."""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd

from govreport_kit.errors import ExportError

REPLACEMENT = "\ufffd"
LARGEST_WHOLE = 2**53 - 1
_NUL = re.compile("\x00")

Clean = Callable[[str], str]


class TextChangedWarning(UserWarning):
    """Some texts hold what a format cannot; the message says how many and what was done."""


def without_nul(text: str) -> str:
    """Put the replacement character in the place of NUL, at which many programs end a text."""
    return _NUL.sub(REPLACEMENT, text)


def text_columns(frame: pd.DataFrame) -> list[str]:
    """Return the columns that hold neither numbers nor truth values nor dates."""
    types = pd.api.types
    return [
        str(name)
        for name, dtype in frame.dtypes.items()
        if not (types.is_numeric_dtype(dtype) or types.is_bool_dtype(dtype) or types.is_datetime64_any_dtype(dtype))
    ]


def holds_days(dates: pd.Series[Any]) -> bool:
    """Return whether no date has a time of day."""
    given = dates.dropna()
    return bool((given == given.dt.normalize()).all())


def texts_of(values: pd.Series[Any]) -> list[str | None]:
    """Return values as texts, with ``None`` where nothing stands."""
    missing = values.isna()
    return [None if none else str(value) for value, none in zip(values.astype(object), missing, strict=True)]


def clean_texts(frame: pd.DataFrame, clean: Clean, why: str, escape: Clean = str) -> pd.DataFrame:
    """Return a frame whose texts are plain objects that went through `clean`, with ``None`` where nothing stands.

    Parameters
    ----------
    frame : pandas.DataFrame
        The frame.
    clean : callable
        From a text to a text.
    why : str
        What `clean` does, for the warning.
    escape : callable
        From a clean text to one from which it can be told; no loss, so no warning.

    Warns
    -----
    TextChangedWarning
        If a text was changed by `clean`.
    """
    cleaned, changed = {}, {}
    for name in text_columns(frame):
        codes, texts = _distinct(frame[name])
        kept = [clean(text) for text in texts]
        differs = np.array([*(text != other for text, other in zip(texts, kept, strict=True)), False])
        written = np.array([*map(escape, kept), None], dtype=object)
        cleaned[name] = pd.Series(written[codes], frame.index, dtype=object)
        if count := int(differs[codes].sum()):
            changed[name] = count
    if changed:
        where = ", ".join(changed)
        warnings.warn(f"{sum(changed.values())} texts were changed ({where}): {why}", TextChangedWarning, stacklevel=2)
    return frame.assign(**cleaned)


def _distinct(values: pd.Series[Any]) -> tuple[Any, list[str]]:
    """Return the different texts, and the place of each value among them; -1 where nothing stands."""
    if isinstance(values.dtype, pd.CategoricalDtype):
        return values.cat.codes.to_numpy(), [str(category) for category in values.cat.categories]
    codes, texts = pd.factorize(pd.Series(texts_of(values), dtype=object))
    return codes, list(texts)


def refuse_inexact_numbers(frame: pd.DataFrame, what: str) -> None:
    """Refuse numbers that a floating-point cell would turn into others.

    Raises
    ------
    ExportError
        Names the column and the first rows: whole numbers of 2**53 or more, and infinite ones.
    """
    for name in frame.columns[[pd.api.types.is_numeric_dtype(dtype) for dtype in frame.dtypes]]:
        values = frame[name].dropna()
        whole = pd.api.types.is_integer_dtype(values.dtype)
        wrong = (values.abs() > LARGEST_WHOLE) if whole else values.astype("float64").abs() == float("inf")
        if wrong.any():
            rows = ", ".join(map(str, wrong[wrong].index[:5]))
            kind = "whole numbers of 2**53 or more" if whole else "infinite numbers"
            raise ExportError(
                f"column {name!r} holds {kind} (rows {rows}), which {what} cannot hold exactly;"
                " correct them, or write .csv or .parquet"
            )
