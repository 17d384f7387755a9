"""What every statistic does with the counts it is given: align, check, and give back in the same form."""

from __future__ import annotations

from collections.abc import Iterable
from numbers import Real
from typing import Any, NamedTuple, TypeAlias

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from govreport_kit import codebook
from govreport_kit.codebook.vocabulary import nearest
from govreport_kit.errors import GovReportError

Floats: TypeAlias = NDArray[np.float64]


class StatisticsError(GovReportError, ValueError):
    """Counts, a level or a method of which no statistic can be made."""


class Interval(NamedTuple):
    """The two ends of an interval: floats, arrays or Series, as the counts were."""

    low: Any
    high: Any


def floats(counts: Any) -> Floats:
    """Return counts of any kind as floats, with NaN for what is missing."""
    if isinstance(counts, (pd.Series, pd.api.extensions.ExtensionArray)):
        return np.asarray(counts.to_numpy(dtype=np.float64, na_value=np.nan))
    plain = np.asarray(counts)
    if plain.dtype == object:
        plain = np.where(pd.isna(plain), np.nan, plain)
    return plain.astype(np.float64)


def aligned(**counts: ArrayLike) -> tuple[pd.Index[Any] | None, list[Floats]]:
    """Return the index that the Series among the counts share, and all counts as floats of one shape."""
    indexes = {name: given.index for name, given in counts.items() if isinstance(given, pd.Series)}
    first = next(iter(indexes), "")
    for name, index in indexes.items():
        if not index.equals(indexes[first]):
            raise StatisticsError(f"The indexes of {first} and {name} differ; align the Series first.")
    return indexes.get(first), list(np.broadcast_arrays(*[floats(given) for given in counts.values()]))


def columns_of(**counts: ArrayLike) -> tuple[pd.Index[Any], list[Floats]]:
    """Return the index of the rows of a frame, and the counts as columns of it."""
    index, columns = aligned(**counts)
    columns = [np.atleast_1d(column) for column in columns]
    if columns[0].ndim > 1:
        raise StatisticsError(f"One number a unit is wanted; {' and '.join(counts)} have {columns[0].ndim} dimensions.")
    return (pd.RangeIndex(len(columns[0])) if index is None else index), columns


def as_given(values: Floats, index: pd.Index[Any] | None) -> Any:
    """Return values as the counts were given: a Series, a float for a number, or an array."""
    if index is not None:
        return pd.Series(values, index)
    return float(values) if values.ndim == 0 else values


def counts_frame(k: Floats, n: Floats, index: pd.Index[Any]) -> pd.DataFrame:
    """Return whole counts as they were given, as the first columns (``Int64``) of a frame with a row a unit."""
    return pd.DataFrame({"k": k, "n": n}, index).astype("Int64")


def groups(by: Any, index: pd.Index[Any]) -> list[tuple[Any, NDArray[np.intp]]]:
    """Return the keys of the groups in order with the positions of their rows; all rows if `by` is None.

    `by` is an array, a Series or a frame whose columns make the key together; a missing key is one too.
    """
    if by is None:
        return [("all", np.arange(len(index)))]
    if len(by) != len(index):
        raise StatisticsError(f"There are {len(index)} units but {len(by)} keys of groups.")
    if isinstance(by, (pd.Series, pd.DataFrame)) and not by.index.equals(index):
        raise StatisticsError("The indexes of the counts and the groups differ; align them first.")
    keys = pd.DataFrame(by).reset_index(drop=True)
    number = keys.groupby(list(keys), observed=True, dropna=False).ngroup().to_numpy()
    positions = [np.flatnonzero(number == group) for group in range(number.max(initial=-1) + 1)]
    names = [tuple(keys.iloc[rows[0]]) for rows in positions]
    return [(name if len(name) > 1 else name[0], rows) for name, rows in zip(names, positions, strict=True)]


def check_level(level: float) -> None:
    """Raise a `StatisticsError` if `level` is not between 0 and 1."""
    if not isinstance(level, Real) or not 0 < level < 1:
        of_bodies = isinstance(level, str) and level in codebook.levels
        hint = (
            f" Corpus.select(level={level!r}) chooses reports by the level of their bodies, by='level' groups by it."
            if of_bodies
            else ""
        )
        raise StatisticsError(
            f"The confidence level must lie between 0 and 1, for example 0.95; it is {level!r}.{hint}"
        )


def check_choice(kind: str, choice: str, choices: Iterable[str]) -> None:
    """Raise a `StatisticsError` which names the nearest if `choice` is none of the choices."""
    choices = list(choices)
    if choice not in choices:
        near = nearest(choice, choices, 1)
        hint = f" Nearest: {near[0]}." if near else ""
        raise StatisticsError(
            f"There is no {kind} {choice!r}.{hint} {kind.split()[-1].title()}s: {', '.join(choices)}."
        )


def check_counts(k: Floats, n: Floats) -> None:
    """Raise a `StatisticsError` which tells the first pair that is not finite with 0 <= k <= n."""
    _check_pairs((k < 0) | (n < 0) | (k > n) | np.isinf(k) | np.isinf(n), k, n, "finite with 0 <= k <= n")


def check_whole_counts(k: Floats, n: Floats) -> None:
    """Raise a `StatisticsError` if a pair fails `check_counts` or is not of whole numbers."""
    check_counts(k, n)
    _check_pairs((k % 1 > 0) | (n % 1 > 0), k, n, "whole numbers")


def known_counts(k: Floats, n: Floats) -> tuple[Floats, Floats]:
    """Return the counts, both NaN where one is missing or `n` is 0: of nothing there is no share."""
    known = ~np.isnan(k) & (n > 0)
    return np.where(known, k, np.nan), np.where(known, n, np.nan)


def _check_pairs(wrong: NDArray[np.bool_], k: Floats, n: Floats, wanted: str) -> None:
    if wrong.any():
        first = np.flatnonzero(wrong)[0]
        raise StatisticsError(
            f"Counts must be {wanted}; k = {k.flat[first]:g} and n = {n.flat[first]:g}"
            f" at position {first} are not ({wrong.sum()} such pairs)."
        )
