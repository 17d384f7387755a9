"""The notation in which metrics name their figures; see the top of ``data/metrics.toml``."""

from __future__ import annotations

from functools import cache

from govreport_kit import codebook
from govreport_kit.codebook.entries import FigureKey
from govreport_kit.codebook.vocabulary import nearest
from govreport_kit.errors import UnknownKeyError

_PREVIOUS = "@previous"


@cache
def parse_figure_key(text: str) -> FigureKey:
    """Read the name of a figure.

    Parameters
    ----------
    text : str
        ``TABLE:ROW.COLUMN``, the short form ``ROW`` for the total of a row or group of the request
        table, an indicator of the running text, or ``exposure:NAME``; each may end in ``@previous``.

    Raises
    ------
    UnknownKeyError
        If the codebook has no such table, row, column or indicator; names the nearest.
    """
    plain = text.removesuffix(_PREVIOUS)
    previous = text.endswith(_PREVIOUS)
    table, colon, place = plain.partition(":")
    if not colon:
        return _short(plain, previous)
    if table == "exposure":
        return FigureKey(table, place, previous=previous)
    codebook.tables[table]
    row, _, column = place.rpartition(".")
    if (row, column) not in _cells(table):
        known = [f"{table}:{row}.{column}" for row, column in _cells(table)]
        raise UnknownKeyError("figure", plain, nearest(plain, known))
    return FigureKey(table, row, column, previous)


def _short(key: str, previous: bool) -> FigureKey:
    if key in codebook.indicators:
        return FigureKey("facts", key, previous=previous)
    if (key, "total") in _cells("requests"):
        return FigureKey("requests", key, "total", previous)
    known = [*codebook.indicators, *dict.fromkeys(row for row, _ in _cells("requests"))]
    raise UnknownKeyError("figure", key, nearest(key, known))


@cache
def _cells(table: str) -> dict[tuple[str, str], None]:
    """Return the cells of a table in any form, and those of its groups of rows."""
    printed = dict.fromkeys(cell for form in codebook.forms for cell in codebook.table_cells(table, form))
    groups = [group.key for group in codebook.groups.values() if group.table == table]
    columns = dict.fromkeys(column for _, column in printed)
    return printed | dict.fromkeys((group, column) for group in groups for column in columns)


def cells_of(key: FigureKey, form: str | None = None) -> list[tuple[str, str]]:
    """Return the cells (row, column) of a table which a figure is the sum of.

    Parameters
    ----------
    key : FigureKey
        A figure of a statutory table.
    form : str, optional
        A form; without it the cells of all forms.
    """
    rows = codebook.group_members(key.row) if key.row in codebook.groups else [key.row]
    printed = {row.key for row in codebook.table_rows(key.table, form)}
    return [(row, key.column) for row in rows if row in printed]
