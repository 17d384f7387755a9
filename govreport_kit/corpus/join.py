"""Other tables beside the reports: matched by key, with what did not match told."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from govreport_kit import codebook
from govreport_kit.corpus.frames import some
from govreport_kit.errors import CorpusError, UnknownKeyError

if TYPE_CHECKING:
    from govreport_kit.corpus.corpus import Corpus


class JoinedPanel(NamedTuple):
    """A panel with the columns of another table, and what stands on one side only."""

    panel: pd.DataFrame
    unmatched: pd.DataFrame


def join_panel(panel: Corpus | pd.DataFrame, table: pd.DataFrame, on: str | Sequence[str]) -> JoinedPanel:
    """Put the columns of another table (population, budget, treatment) beside the reports.

    Parameters
    ----------
    panel : Corpus or pandas.DataFrame
        A corpus, or what its `Corpus.panel` returned: one row a report.
    table : pandas.DataFrame
        The other table; a key stands in it once.
    on : str or sequence of str
        Columns of both which tell what belongs together: ``"region_code"``, ``("agency", "year")``.

    Returns
    -------
    JoinedPanel
        ``panel``: every row of the panel in its order, with the other columns of the table, missing
        where the table has no row for it. ``unmatched``: one row for each key that found no partner:
        ``side`` (``panel`` or ``table``), the columns of `on`, and ``rows``, how many rows have it. A
        key with a part missing matches nothing.

    Raises
    ------
    UnknownKeyError
        If a column of `on` is in only one of the two; names the nearest.
    CorpusError
        If a key stands twice in the table; if several reports of one agency and year would get the
        same row; if one side holds numbers and the other text; or if both have another column of the
        same name.
    """
    rows = panel if isinstance(panel, pd.DataFrame) else panel.panel()
    keys = [on] if isinstance(on, str) else list(on)
    if shared := [name for name in table.columns if name in rows and name not in keys]:
        raise CorpusError(f"Both the panel and the table have the columns {some(shared)}; rename those of the table")
    match = matching_rows(rows, table, keys)
    if {"agency", "year"} <= set(keys):
        _require_single(rows[match >= 0], keys, "the panel", "as with agencies of one name in two provinces")
    others = table.drop(columns=keys).reset_index(drop=True)
    beside = others.reindex(np.where(match >= 0, match, -1)).set_axis(rows.index)
    unused = np.setdiff1d(np.arange(len(table)), match)
    return JoinedPanel(
        pd.concat([rows, beside], axis=1),
        pd.concat(
            [_unmatched(rows[match < 0], keys, "panel"), _unmatched(table.iloc[unused], keys, "table")],
            ignore_index=True,
        ),
    )


def matching_rows(rows: pd.DataFrame, table: pd.DataFrame, keys: Sequence[str]) -> NDArray[np.intp]:
    """Return for each row the position of its partner in a table, -1 where it has none.

    Raises
    ------
    UnknownKeyError
        If a key is no column of one of the two.
    CorpusError
        If a key stands twice in the table, or one side holds numbers and the other text.
    """
    for name in keys:
        for frame, side in ((rows, "panel"), (table, "table")):
            if name not in frame:
                columns = list(map(str, frame.columns))
                raise UnknownKeyError(f"column of the {side}", name, codebook.nearest(name, columns), columns)
        _require_one_type(rows[name], table[name], name)
    _require_single(table, keys, "the table", "so that a report would have two partners")
    whole = np.flatnonzero(table[list(keys)].notna().all(axis=1))
    theirs, mine = _index(table.iloc[whole], keys), _index(rows, keys)
    found = theirs.get_indexer(mine)
    match: NDArray[np.intp] = np.where(found >= 0, np.append(whole, -1)[found], -1)
    match[rows[list(keys)].isna().any(axis=1).to_numpy(bool)] = -1
    return match


def _index(frame: pd.DataFrame, keys: Sequence[str]) -> pd.MultiIndex:
    """Lay out keys so that 2024 is 2024 whatever the dtypes of the two tables."""
    return pd.MultiIndex.from_arrays(
        [
            frame[name].astype("Float64").to_numpy("float64", na_value=np.nan)
            if pd.api.types.is_numeric_dtype(frame[name])
            else frame[name].astype(object)
            for name in keys
        ]
    )


def _require_one_type(mine: pd.Series[Any], theirs: pd.Series[Any], name: str) -> None:
    if pd.api.types.is_numeric_dtype(mine) != pd.api.types.is_numeric_dtype(theirs):
        kinds = ["numbers" if pd.api.types.is_numeric_dtype(column) else "text" for column in (mine, theirs)]
        raise CorpusError(
            f"{name!r} holds {kinds[0]} in the panel and {kinds[1]} in the table, so that nothing would match; convert"
            f" it, as with table[{name!r}].astype({'str' if kinds[0] == 'text' else 'int'!r})"
        )


def _require_single(frame: pd.DataFrame, keys: Sequence[str], where: str, why: str) -> None:
    known = frame[list(keys)].dropna()
    twice = known[known.duplicated()].drop_duplicates()
    if len(twice):
        listed = some("/".join(map(str, key)) for key in twice.itertuples(index=False))
        raise CorpusError(
            f"{len(twice)} keys ({', '.join(keys)}) stand more than once in {where}, {why}: {listed}; make them"
            " single, or join on more columns"
        )


def _unmatched(frame: pd.DataFrame, keys: list[str], side: str) -> pd.DataFrame:
    counted = frame[keys].astype(object).value_counts(dropna=False, sort=False).rename("rows").reset_index()
    return counted.assign(side=side)[["side", *keys, "rows"]]
